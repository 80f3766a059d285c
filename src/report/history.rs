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

    /// Takes the last edit back; false when there is none.
    pub fn undo(&mut self, document: &mut Document) -> bool {
        let Some(edit) = self.done.pop() else { return false };
        document.apply(&edit.reversed());
        self.undone.push(edit);
        true
    }

    /// Does again what was taken back last; false when there is nothing.
    pub fn redo(&mut self, document: &mut Document) -> bool {
        let Some(edit) = self.undone.pop() else { return false };
        document.apply(&edit);
        self.done.push(edit);
        true
    }

    /// True when there is something to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
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
    use crate::report::{Finding, FindingId, FindingKind};

    /// Random edits from a seed: additions, changes and removals of whatever is there.
    fn random_edit(document: &Document, seed: &mut u64) -> Edit {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let roll = (*seed >> 33) as usize;
        let there: Vec<FindingId> = document.findings().map(|f| f.id).collect();
        let chosen = there.get(roll % there.len().max(1)).and_then(|id| document.get(*id)).cloned();
        match (roll % 3, chosen) {
            (0, Some(finding)) => Edit::remove(finding),
            (1, Some(before)) => {
                let kind = FindingKind::ALL[roll % FindingKind::ALL.len()];
                Edit::update(before.clone(), Finding { kind, note: format!("note {roll}"), ..before })
            }
            _ => Edit::add(Finding::around(document.next_id(), Rect::new(roll as f64, 1.0, 20.0, 10.0))),
        }
    }

    #[test]
    fn undo_to_the_start_and_redo_to_the_end_give_both_ends_back() {
        for seed in 0..200 {
            let (mut document, mut history, mut state) = (Document::default(), History::default(), seed);
            for _ in 0..40 {
                let edit = random_edit(&document, &mut state);
                history.perform(&mut document, edit);
            }
            let end: Vec<Finding> = document.findings().cloned().collect();
            while history.undo(&mut document) {}
            assert_eq!(document.findings().len(), 0);
            while history.redo(&mut document) {}
            assert_eq!(document.findings().cloned().collect::<Vec<_>>(), end);
        }
    }

    #[test]
    fn a_number_is_never_given_twice() {
        let (mut document, mut history) = (Document::default(), History::default());
        let first = Finding::around(document.next_id(), Rect::new(0.0, 0.0, 4.0, 4.0));
        history.perform(&mut document, Edit::add(first.clone()));
        history.perform(&mut document, Edit::remove(first));
        assert_eq!(document.next_id(), FindingId(2));
    }

    #[test]
    fn a_new_edit_forgets_what_was_taken_back() {
        let (mut document, mut history) = (Document::default(), History::default());
        history.perform(&mut document, Edit::add(Finding::around(FindingId(1), Rect::new(0.0, 0.0, 4.0, 4.0))));
        assert!(history.undo(&mut document) && history.can_redo());
        history.perform(&mut document, Edit::add(Finding::around(FindingId(2), Rect::new(9.0, 0.0, 4.0, 4.0))));
        assert!(!history.can_redo());
    }
}
