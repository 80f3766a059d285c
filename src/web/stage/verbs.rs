//! What buttons and keys do to the stage.

use super::{Stage, reduced_motion};
use crate::app::table::{Held, Orientation, Table, WheelSetting};
use crate::geometry::{Point, Rect, Reference};
use crate::web::wait::window;

impl Stage {
    /// Flies to `area`, so that it stands in the middle with its surroundings.
    pub fn fly_to(&self, area: &Rect<Reference>) {
        let now_ms = window().performance().map(|performance| performance.now()).filter(|_| !reduced_motion());
        self.change(|table| table.fly_to(area, now_ms));
    }

    /// Shows the whole reference.
    pub fn fit(&self) {
        self.change(Table::fit);
    }

    /// One reference pixel becomes one pixel of the screen.
    pub fn actual_size(&self) {
        self.change(Table::actual_size);
    }

    /// Zooms about the middle.
    pub fn zoom_by(&self, factor: f64) {
        self.change(|table| table.zoom(factor, None));
    }

    /// Moves the board, by CSS pixels to the right and down.
    pub fn pan_by(&self, dx: f64, dy: f64) {
        self.change(|table| table.pan(dx, dy, None));
    }

    /// Lays the board another way.
    pub fn orient(&self, change: impl Fn(Orientation) -> Orientation) {
        self.change(|table| table.orient(change));
    }

    /// How the wheel is to be understood from now on.
    pub fn set_wheel(&self, setting: WheelSetting) {
        self.core.borrow_mut().wheel_setting = setting;
    }

    /// Shows the photo for as long as it is held up.
    pub fn hold_photo(&self, held: bool) {
        self.change(|table| table.hold_photo(held));
    }

    /// Draws with the chosen tool in the middle of what is seen, for whoever has no pointer.
    pub fn mark_middle(&self) {
        self.hear(|table| table.mark_middle());
    }

    /// Finishes what is being drawn; true when that was a shape.
    pub fn finish(&self) -> bool {
        let mut done = false;
        self.hear(|table| {
            let told = table.finish(Held::default());
            done = told.is_some();
            told
        });
        done
    }

    /// Which way the board lies.
    #[must_use]
    pub fn orientation(&self) -> Orientation {
        self.core.borrow().table.as_ref().map(Table::orientation).unwrap_or_default()
    }

    /// Where a reference point is, in CSS pixels from the stage's upper left corner.
    #[must_use]
    pub fn place_of(&self, point: Point<Reference>) -> Option<(f64, f64)> {
        let core = self.core.borrow();
        let table = core.table.as_ref()?;
        let [view, _] = table.viewports();
        Some(table.camera().to_screen(point, &view))
    }

    /// Forgets, or goes a step back in, what is being drawn; true when there was something.
    pub fn step_back(&self, all: bool) -> bool {
        let mut done = false;
        self.change(|table| done = if all { table.cancel() } else { table.step_back() });
        done
    }

    /// Blink: the other picture, and no more turns by itself until the mode is chosen anew.
    pub fn toggle_blink(&self) {
        self.core.borrow_mut().blink_paused = true;
        self.change(Table::toggle_photo);
        self.blink();
    }
}
