//! Control points under the pointer.

use super::Table;
use super::gesture::{POINT_PX, distance};
use super::scene::PairEnd;

impl Table {
    /// The end of a control point that a place of the canvas would be.
    pub(super) fn pair_end(&self, at: (f64, f64)) -> Option<PairEnd> {
        match self.photo_at(at) {
            Some(point) => Some(PairEnd::Photo(point)),
            None => self.reference_at(at).map(PairEnd::Reference),
        }
    }

    /// The control point under a place of the canvas.
    pub(super) fn pair_at(&self, at: (f64, f64)) -> Option<(usize, PairEnd)> {
        let pairs = self.scene.pairs.as_ref()?;
        let (view, camera, right) = self.view_at(at);
        let warp = self.scene.photo_warp();
        let near = pairs.iter().enumerate().filter_map(|(place, pair)| {
            let (seen, end) = if right {
                let point = pair.photo?;
                (warp.to_reference(point), PairEnd::Photo(point))
            } else {
                let point = pair.reference?;
                (point, PairEnd::Reference(point))
            };
            let away = distance(camera.to_screen(seen, &view), at);
            (away <= POINT_PX).then_some((away, place, end))
        });
        near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, place, end)| (place, end))
    }
}
