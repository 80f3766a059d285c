//! Pictures for others to see: what is to be cut, and what the worker makes of it. What is hidden is hidden before anything is written.

use serde::{Deserialize, Serialize};

use crate::geometry::{Rect, Reference, Warp};
use crate::vision::{self, Hidden, LabelKind, Mark, Picture, View, draw_marks, to_jpeg, to_png};

/// Places that a person may hide in one case.
pub const MAX_HIDDEN: usize = 200;
/// Labels that are offered: nobody goes through more.
const MOST_LABELS: usize = 24;

/// Pictures to be cut.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CutOrder {
    /// How the photo lies on the first reference.
    pub warp: Warp,
    /// The whole photo with marks, as a PNG file, where that is wanted: it comes first.
    pub marked: Option<(View, Vec<Mark>, f64)>,
    /// Parts of the photo (true) or of the reference, as JPEG files.
    pub views: Vec<(bool, View)>,
    /// What is not to be seen on any of them.
    pub hidden: Vec<Hidden>,
    /// Labels are looked for, on both.
    pub labels: bool,
}

/// A place that looks like a label, on either picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FoundLabel {
    /// On the first reference, in its pixels.
    pub area: Rect<Reference>,
    /// What seems to be on it.
    pub kind: LabelKind,
}

impl CutOrder {
    /// The files, in the order in which they were wanted, and the labels. Each picture is decoded once, and only when something of it is
    /// wanted.
    ///
    /// # Errors
    /// A sentence when a file can't be decoded or written.
    pub fn answer(&self, photo: &[u8], reference: &[u8]) -> Result<(Vec<Vec<u8>>, Vec<FoundLabel>), String> {
        let (mut made, mut first, mut labels) = (vec![None; self.views.len()], None, Vec::new());
        for (file, of_photo) in [(photo, true), (reference, false)] {
            let wanted = self.views.iter().any(|(of, _)| *of == of_photo) || (of_photo && self.marked.is_some());
            if !wanted && !self.labels {
                continue;
            }
            let picture = vision::decode(file).map_err(|error| error.to_string())?;
            for ((_, view), place) in self.views.iter().zip(&mut made).filter(|((of, _), _)| *of == of_photo) {
                *place = to_jpeg(&self.cut(&picture, view, of_photo));
            }
            if let (true, Some((view, marks, width))) = (of_photo, &self.marked) {
                let mut marked = self.cut(&picture, view, true);
                draw_marks(&mut marked, marks, *width);
                first = Some(to_png(&marked));
            }
            if self.labels {
                find_labels(&picture, of_photo.then_some(&self.warp), &self.hidden, &mut labels);
            }
        }
        let made: Option<Vec<Vec<u8>>> = first.into_iter().chain(made).collect();
        let made = made.ok_or("A picture for the report could not be written. Try again.")?;
        Ok((made, labels))
    }

    fn cut(&self, picture: &Picture, view: &View, of_photo: bool) -> Picture {
        let mut cut = if of_photo { view.of_photo(picture, &self.warp) } else { view.of_reference(picture) };
        self.hidden.iter().for_each(|hidden| hidden.hide(&mut cut, view));
        cut
    }
}

/// Adds the labels of a picture that are not known yet in the same place; `warp` is how it lies on the first reference, unless it is that.
pub(super) fn find_labels(picture: &Picture, warp: Option<&Warp>, hidden: &[Hidden], all: &mut Vec<FoundLabel>) {
    for label in vision::labels(picture) {
        let Rect { x, y, w, h, .. } = label.area;
        let on_itself = || Some(Rect::new(x, y, w, h));
        let area = warp.map_or_else(on_itself, |warp| Rect::around(label.area.corners().map(|corner| warp.to_reference(corner))));
        let Some(area) = area.filter(Rect::is_valid) else { continue };
        let found = FoundLabel { area, kind: label.kind };
        // What is hidden already takes nobody's place.
        let is_new = !found.is_hidden_by(hidden) && all.iter().all(|known| !known.area.is_mostly(&area));
        if is_new && all.len() < MOST_LABELS {
            all.push(found);
        }
    }
}

impl FoundLabel {
    /// True when one of these places covers it, but for its edge.
    #[must_use]
    pub fn is_hidden_by(&self, hidden: &[Hidden]) -> bool {
        hidden.iter().any(|hidden| hidden.area.common_area(&self.area) >= 0.9 * self.area.area())
    }
}
