//! What is shown in the table once more: the whole board in a corner, and both pictures under the loupe.

use super::{Camera, Table, Viewport};
use crate::geometry::Point;

/// The overview in a corner: its largest sides, and its distance from the edges, in CSS pixels.
const OVERVIEW_PX: (f64, f64) = (176.0, 132.0);
const OVERVIEW_INSET_PX: f64 = 12.0;
/// On a stage narrower than this the overview would be in the way.
const OVERVIEW_FROM_PX: f64 = 560.0;
/// One of the loupe's two squares, in CSS pixels.
const LOUPE_PX: f64 = 148.0;
/// Between the loupe and the pointer.
const LOUPE_GAP_PX: f64 = 24.0;
/// The loupe is so much nearer than the table.
const LOUPE_ZOOM: f64 = 3.0;

impl Table {
    /// The overview, when there is one and not the whole board is in sight: its viewport and its camera.
    #[must_use]
    pub fn overview(&self) -> Option<(Viewport, Camera)> {
        let [view, _] = self.viewports();
        let (size, orientation) = (self.scene.reference_size, self.orientation());
        let fitted = Camera::fitted(size, &view, orientation);
        if !self.scene.overview || view.width < OVERVIEW_FROM_PX || self.camera().zoom < 1.2 * fitted.zoom {
            return None;
        }
        let most = Viewport { x: 0.0, y: 0.0, width: OVERVIEW_PX.0, height: OVERVIEW_PX.1 };
        let camera = Camera::fitted(size, &most, orientation);
        let (left, top) = camera.to_screen(Point::new(0.0, 0.0), &most);
        let (right, bottom) = camera.to_screen(Point::new(f64::from(size.0), f64::from(size.1)), &most);
        let (width, height) = ((right - left).abs(), (bottom - top).abs());
        let whole = self.screen.whole();
        let y = whole.height - OVERVIEW_INSET_PX - height;
        Some((Viewport { x: OVERVIEW_INSET_PX, y, width, height }, camera))
    }

    /// The loupe: its two squares for reference and photo, and their camera.
    #[must_use]
    pub fn loupe(&self) -> Option<([Viewport; 2], Camera)> {
        if !self.scene.loupe || self.scene.warp.is_none() {
            return None;
        }
        let [view, _] = self.viewports();
        let at = self.hover.unwrap_or_else(|| view.middle());
        let whole = self.screen.whole();
        let centre = self.reference_at(at)?;
        let camera = Camera { centre, zoom: self.camera().zoom * LOUPE_ZOOM, orientation: self.orientation() };
        let side = LOUPE_PX.min(whole.width / 2.0);
        let x = (at.0 - side).clamp(0.0, (whole.width - 2.0 * side).max(0.0));
        let above = at.1 - LOUPE_GAP_PX - side;
        let y = if above >= 0.0 { above } else { (at.1 + LOUPE_GAP_PX).min((whole.height - side).max(0.0)) };
        let square = |x: f64| Viewport { x, y, width: side, height: side };
        Some(([square(x), square(x + side)], camera))
    }
}
