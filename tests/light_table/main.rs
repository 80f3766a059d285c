//! The light table without a browser: gestures go in, what they mean comes out.

mod gestures;
mod keys;
mod looking;
mod wheel;

use std::rc::Rc;

use boardwatch::app::table::{Hand, Held, Mark, Scene, Screen, Strength, Swipe, Table, TableEvent};
use boardwatch::app::{Mode, Palette, Tool};
use boardwatch::geometry::{Homography, Point, Rect, Reference, Warp};
use boardwatch::report::{FindingId, Shape};
use boardwatch::vision::Sha256;

/// CSS pixels of the canvas; two pixels of the screen each.
pub(crate) const VIEW: (f64, f64) = (800.0, 600.0);

/// A board of 2,000 × 1,000 pixels with its photo exactly on it, one finding and one difference.
pub(crate) fn scene() -> Scene {
    let mark =
        Mark { id: FindingId(1), shapes: vec![Shape::Box(Rect::new(400.0, 300.0, 200.0, 100.0))], chosen: false, fixed: false };
    Scene {
        reference: Some(Sha256::of(b"reference")),
        reference_picture: (2000, 1000),
        reference_is_sheet: false,
        reference_warp: None,
        reference_size: (2000, 1000),
        photo: Some(Sha256::of(b"photo")),
        photo_size: (2000, 1000),
        strength: Strength::default(),
        over: Rc::default(),
        warp: Some(Rc::new(Warp { homography: Homography::identity(), mesh: None })),
        mode: Mode::Opacity,
        opacity: 0.5,
        swipe: Swipe::default(),
        tool: Tool::Hand,
        linked: true,
        loupe: false,
        overview: false,
        palette: Palette::Colour,
        tolerance: 0.08,
        blink_hz: 1.0,
        marks: Rc::new(vec![mark]),
        places: Rc::new(vec![(3, Rect::new(1200.0, 500.0, 60.0, 40.0))]),
        pairs: None,
    }
}

pub(crate) fn table(change: impl FnOnce(&mut Scene)) -> Table {
    let mut scene = scene();
    change(&mut scene);
    Table::new(scene, Screen { width_px: 1600, height_px: 1200, ratio: 2.0 })
}

/// Where a reference point is seen.
pub(crate) fn seen(table: &Table, x: f64, y: f64) -> (f64, f64) {
    table.camera().to_screen(Point::<Reference>::new(x, y), &table.viewports()[0])
}

/// Presses, moves in steps, lets go.
pub(crate) fn drag(table: &mut Table, from: (f64, f64), to: (f64, f64), held: Held) -> Option<TableEvent> {
    table.press(1, from, Hand::Tool, held);
    for step in 1..=4 {
        let share = f64::from(step) / 4.0;
        table.glide(1, (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share), &[], held);
    }
    table.release(1, to, held)
}

pub(crate) fn click(table: &mut Table, at: (f64, f64), held: Held) -> Option<TableEvent> {
    table.glide(1, at, &[], held);
    table.press(1, at, Hand::Tool, held);
    table.release(1, at, held)
}

pub(crate) const NOTHING: Held = Held { shift: false, alt: false, ctrl: false };
