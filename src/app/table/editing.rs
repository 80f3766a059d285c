//! Findings in the hand: what they were, and what they become.

use crate::geometry::{Point, Reference};
use crate::report::{FindingId, Handle, Shape};

/// Findings that are being moved or reshaped.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Editing {
    /// As they were.
    pub(super) before: Vec<(FindingId, Vec<Shape>)>,
    /// Which shape of the only finding, and which handle; `None` moves all.
    pub(super) held: Option<(usize, Handle)>,
    /// Where they were taken hold of.
    pub(super) from: Point<Reference>,
    /// Where that place is now.
    pub(super) to: Point<Reference>,
}

impl Editing {
    /// As they are now, finding by finding.
    pub(super) fn after(&self) -> Vec<(FindingId, Vec<Shape>)> {
        let now = |(id, shapes): &(FindingId, Vec<Shape>)| {
            let shapes = shapes.iter().enumerate().map(|(place, shape)| match self.held {
                Some((held, _)) if held != place => shape.clone(),
                Some((_, handle)) => shape.dragged(handle, self.from, self.to),
                None => shape.dragged(Handle::Whole, self.from, self.to),
            });
            (*id, shapes.collect())
        };
        self.before.iter().map(now).collect()
    }

    /// Without the corner that is held; `None` when nothing that is held is a corner that could go.
    pub(super) fn without_corner(&self) -> Option<Vec<(FindingId, Vec<Shape>)>> {
        let Some((held, Handle::Corner(corner))) = self.held else { return None };
        let mut after = self.before.clone();
        for (_, shapes) in &mut after {
            let shape = shapes.get_mut(held)?;
            *shape = shape.without_corner(corner);
        }
        (after != self.before).then_some(after)
    }

    pub(super) fn shapes(&self) -> Vec<Shape> {
        self.after().into_iter().flat_map(|(_, shapes)| shapes).collect()
    }
}
