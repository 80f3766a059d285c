//! Undo and redo.

use super::{Document, Edit};

/// What was done, and what was taken back. Only a person's edits come here, never the camera.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl History {
    /// Steps that are kept; at a few hundred bytes each this stays under a megabyte.
    const MOST_STEPS: usize = 1000;

    /// Applies `edit` to `document` and remembers it; what had been taken back before is gone.
    pub fn perform(&mut self, document: &mut Document, edit: Edit) {
        document.apply(&edit);
        self.undone.clear();
        self.done.push(edit);
        if self.done.len() > Self::MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// Applies a result as the rest of the step that changed the references and asked for it, whatever a person has done since or taken
    /// back, as long as that is about other things; as a step of its own otherwise.
    pub fn answer(&mut self, document: &mut Document, edit: Edit) {
        let later = self.done.iter().rev().take_while(|edit| !edit.is_about_references());
        let apart = later.clone().chain(&self.undone).all(|other| !other.shares_records(&edit) && !other.is_about_references());
        let asked = (self.done.len() - later.count()).checked_sub(1).filter(|_| apart);
        match asked.and_then(|place| self.done.get_mut(place)) {
            Some(asked) if !asked.shares_records(&edit) => {
                document.apply(&edit);
                asked.joined(edit);
            }
            _ => self.perform(document, edit),
        }
    }

    /// Takes the last edit back; gives what was done for that, or `None` when there is nothing to take back.
    pub fn undo(&mut self, document: &mut Document) -> Option<Edit> {
        let edit = self.done.pop()?;
        let back = edit.reversed();
        document.apply(&back);
        self.undone.push(edit);
        Some(back)
    }

    /// Does again what was taken back last, and gives it; `None` when there is nothing.
    pub fn redo(&mut self, document: &mut Document) -> Option<Edit> {
        let edit = self.undone.pop()?;
        document.apply(&edit);
        self.done.push(edit.clone());
        Some(edit)
    }

    /// True when there is something to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Steps that were taken back and can be done again.
    #[must_use]
    pub const fn taken_back(&self) -> usize {
        self.undone.len()
    }

    /// True when there is something to do again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::report::{Finding, FindingId};

    fn box_at(x: f64) -> Rect<crate::geometry::Reference> {
        Rect::new(x, 0.0, 4.0, 4.0)
    }

    fn adds(document: &Document, x: f64) -> Edit {
        document.edited(|document| document.put(Finding::around(document.next_id(), box_at(x)))).unwrap()
    }

    #[test]
    fn a_number_is_never_given_twice() {
        let (mut document, mut history) = (Document::default(), History::default());
        let edit = adds(&document, 0.0);
        history.perform(&mut document, edit);
        let edit = document.edited(|document| document.remove(FindingId(1))).unwrap();
        history.perform(&mut document, edit);
        assert_eq!(document.next_id(), FindingId(2));
    }

    #[test]
    fn a_new_edit_forgets_what_was_taken_back() {
        let (mut document, mut history) = (Document::default(), History::default());
        let edit = adds(&document, 0.0);
        history.perform(&mut document, edit);
        assert!(history.undo(&mut document).is_some() && history.can_redo());
        assert_eq!(document, Document::default(), "what was taken back leaves no trace");
        let edit = adds(&document, 9.0);
        history.perform(&mut document, edit);
        assert!(!history.can_redo());
    }

    #[test]
    fn what_changes_nothing_is_no_step() {
        assert_eq!(Document::default().edited(|document| document.remove(FindingId(7))), None);
    }
}
