//! Marks that follow the camera at its own pace, without the interface having to draw anew.

use web_sys::SvgElement;

use super::table::Table;
use crate::app::Mode;
use crate::geometry::Point;

/// A group of marks in reference pixels.
pub(super) struct Overlay {
    pub(super) group: SvgElement,
    pub(super) viewport: usize,
}

impl Overlay {
    pub(super) fn follow(&self, table: &Table) {
        let viewports = table.viewports();
        let there = match self.viewport {
            0 => true,
            _ => table.scene.shown_mode() == Mode::SideBySide && table.scene.warp.is_some(),
        };
        let style = self.group.style();
        let Some(view) = viewports.get(self.viewport).filter(|_| there) else {
            drop(style.set_property("display", "none"));
            return;
        };
        let (zoom, (x, y)) = (table.camera.zoom, table.camera.to_screen(Point::new(0.0, 0.0), view));
        // Properties and attributes that a browser refuses leave a mark where it was; there is nothing better to do.
        drop(style.remove_property("display"));
        drop(style.set_property("--zoom", &zoom.to_string()));
        drop(self.group.set_attribute("transform", &format!("matrix({zoom} 0 0 {zoom} {x} {y})")));
    }
}
