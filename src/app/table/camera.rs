//! Where the table is looked at: which reference point is in the middle, how large a reference pixel is, which way is up.

use crate::geometry::{Point, Rect, Reference};

/// Room around the board when it is fitted, as a share of the viewport: the edge stays visible as an edge.
const FIT_MARGIN: f64 = 0.03;
/// Smallest zoom, relative to the fitted one: smaller, the board would be lost on the table.
const FARTHEST: f64 = 0.5;
/// Largest zoom in CSS pixels per reference pixel: a part of the smallest size fills a third of a laptop's screen.
const NEAREST: f64 = 40.0;
/// A place flown to takes this share of the viewport, so that its surroundings are seen.
const FLIGHT_SHARE: f64 = 0.3;
/// A flight ends no nearer than this, in CSS pixels per reference pixel: a speck is shown with the parts around it.
const FLIGHT_NEAREST: f64 = 4.0;

/// The drawing surface in the pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// Screen pixels across.
    pub width_px: u32,
    /// Screen pixels down.
    pub height_px: u32,
    /// Screen pixels per CSS pixel.
    pub ratio: f64,
}

/// A part of the canvas that shows the table, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Viewport {
    /// The middle of it.
    #[must_use]
    pub fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// True when the place is in it.
    #[must_use]
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        x >= self.x && y >= self.y && x < self.x + self.width && y < self.y + self.height
    }
}

impl Screen {
    /// The whole canvas.
    #[must_use]
    pub fn whole(&self) -> Viewport {
        let (width, height) = (f64::from(self.width_px) / self.ratio, f64::from(self.height_px) / self.ratio);
        Viewport { x: 0.0, y: 0.0, width, height }
    }

    /// Its left and right halves; they meet at a whole pixel of the screen.
    #[must_use]
    pub fn halves(&self) -> [Viewport; 2] {
        let (whole, split) = (self.whole(), (f64::from(self.width_px) / 2.0).round() / self.ratio);
        [Viewport { width: split, ..whole }, Viewport { x: split, width: whole.width - split, ..whole }]
    }
}

/// Which way the board lies on the table: first mirrored left to right, then turned clockwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Orientation {
    /// Quarter turns clockwise, 0 to 3.
    pub quarters: u8,
    /// Mirrored left to right before it is turned.
    pub flipped: bool,
}

impl Orientation {
    /// A quarter turn on, clockwise or against.
    #[must_use]
    pub const fn turned(self, clockwise: bool) -> Self {
        Self { quarters: (self.quarters + if clockwise { 1 } else { 3 }) % 4, ..self }
    }

    /// Mirrored left to right as it is seen.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        Self { quarters: (4 - self.quarters) % 4, flipped: !self.flipped }
    }

    /// The matrix from reference to screen directions, row by row.
    #[must_use]
    pub const fn matrix(self) -> [[f64; 2]; 2] {
        let mirror = if self.flipped { -1.0 } else { 1.0 };
        match self.quarters {
            0 => [[mirror, 0.0], [0.0, 1.0]],
            1 => [[0.0, -1.0], [mirror, 0.0]],
            2 => [[-mirror, 0.0], [0.0, -1.0]],
            _ => [[0.0, 1.0], [-mirror, 0.0]],
        }
    }

    /// A direction of the reference, as it is seen.
    #[must_use]
    pub fn to_screen(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [[a, b], [c, d]] = self.matrix();
        (a * x + b * y, c * x + d * y)
    }

    /// A direction of the screen, on the reference.
    #[must_use]
    pub fn to_reference(self, (x, y): (f64, f64)) -> (f64, f64) {
        let [[a, b], [c, d]] = self.matrix();
        (a * x + c * y, b * x + d * y)
    }

    /// A width and a height, as they are seen.
    const fn size(self, (width, height): (f64, f64)) -> (f64, f64) {
        if self.quarters % 2 == 1 { (height, width) } else { (width, height) }
    }
}

/// Where the table is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// In the middle of the viewport.
    pub centre: Point<Reference>,
    /// CSS pixels per reference pixel.
    pub zoom: f64,
    /// Which way the board lies.
    pub orientation: Orientation,
}

impl Camera {
    /// Shows all of a board of this size.
    #[must_use]
    pub fn fitted((width, height): (u32, u32), view: &Viewport, orientation: Orientation) -> Self {
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let (across, down) = orientation.size((width, height));
        let room = 1.0 - 2.0 * FIT_MARGIN;
        let zoom = (view.width * room / across).min(view.height * room / down).max(f64::MIN_POSITIVE);
        Self { centre: Point::new(width / 2.0, height / 2.0), zoom, orientation }
    }

    /// The same way up, at `area` and its surroundings.
    #[must_use]
    pub fn around(self, area: &Rect<Reference>, size: (u32, u32), view: &Viewport) -> Self {
        let (across, down) = self.orientation.size((area.w.max(1.0), area.h.max(1.0)));
        let zoom = FLIGHT_SHARE * (view.width / across).min(view.height / down);
        // A large place is not shown smaller than the whole board.
        let zoom = zoom.min(FLIGHT_NEAREST).max(Self::fitted(size, view, self.orientation).zoom);
        Self { centre: area.centre(), zoom, ..self }.kept_in(size, view)
    }

    /// Where a reference point is on the canvas, in CSS pixels.
    #[must_use]
    pub fn to_screen(self, p: Point<Reference>, view: &Viewport) -> (f64, f64) {
        let (x, y) = self.orientation.to_screen((p.x - self.centre.x, p.y - self.centre.y));
        let middle = view.middle();
        (x * self.zoom + middle.0, y * self.zoom + middle.1)
    }

    /// The reference point at a place of the canvas.
    #[must_use]
    pub fn to_reference(self, at: (f64, f64), view: &Viewport) -> Point<Reference> {
        let middle = view.middle();
        let (x, y) = self.orientation.to_reference((at.0 - middle.0, at.1 - middle.1));
        Point::new(self.centre.x + x / self.zoom, self.centre.y + y / self.zoom)
    }

    /// Moves the board by CSS pixels.
    #[must_use]
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        let (x, y) = self.orientation.to_reference((dx, dy));
        Self { centre: Point::new(self.centre.x - x / self.zoom, self.centre.y - y / self.zoom), ..self }
    }

    /// Another zoom, with the same reference point under `at`.
    #[must_use]
    pub fn zoomed(self, factor: f64, at: (f64, f64), size: (u32, u32), view: &Viewport) -> Self {
        let zoom = self.within(self.zoom * factor, size, view);
        let fixed = self.to_reference(at, view);
        let shrink = self.zoom / zoom;
        let centre = Point::new(fixed.x + (self.centre.x - fixed.x) * shrink, fixed.y + (self.centre.y - fixed.y) * shrink);
        Self { centre, zoom, ..self }
    }

    /// The nearest camera that has the board in sight.
    #[must_use]
    pub fn kept_in(self, size: (u32, u32), view: &Viewport) -> Self {
        let (width, height) = (f64::from(size.0), f64::from(size.1));
        let centre = Point::new(self.centre.x.clamp(0.0, width), self.centre.y.clamp(0.0, height));
        Self { centre, zoom: self.within(self.zoom, size, view), ..self }
    }

    /// Between two cameras of the same orientation; `share` from 0 to 1. Zoom goes by factors, so that it feels even.
    #[must_use]
    pub fn between(from: Self, to: Self, share: f64) -> Self {
        let zoom = from.zoom * libm::pow(to.zoom / from.zoom, share);
        // The way on screen is straight and even when the centre moves with 1 / zoom.
        let moved = if (to.zoom - from.zoom).abs() < 1e-9 * from.zoom {
            share
        } else {
            (1.0 / from.zoom - 1.0 / zoom) / (1.0 / from.zoom - 1.0 / to.zoom)
        };
        let mix = |a: f64, b: f64| a + (b - a) * moved;
        Self { centre: Point::new(mix(from.centre.x, to.centre.x), mix(from.centre.y, to.centre.y)), zoom, ..to }
    }

    fn within(self, zoom: f64, size: (u32, u32), view: &Viewport) -> f64 {
        let least = (Self::fitted(size, view, self.orientation).zoom * FARTHEST).min(NEAREST);
        zoom.clamp(least, NEAREST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Viewport = Viewport { x: 40.0, y: 10.0, width: 300.0, height: 200.0 };

    fn all() -> impl Iterator<Item = Orientation> {
        (0..4).flat_map(|quarters| [false, true].map(|flipped| Orientation { quarters, flipped }))
    }

    #[test]
    fn every_orientation_goes_there_and_back_and_keeps_the_point_under_the_pointer() {
        for orientation in all() {
            let camera = Camera { centre: Point::new(50.0, 70.0), zoom: 1.7, orientation };
            let p = Point::new(12.0, 34.0);
            let at = camera.to_screen(p, &VIEW);
            assert!(camera.to_reference(at, &VIEW).distance(p) < 1e-9);
            let closer = camera.zoomed(2.0, at, (100, 100), &VIEW);
            assert!(closer.to_reference(at, &VIEW).distance(p) < 1e-9, "{orientation:?}");
            let moved = camera.panned(5.0, -3.0).to_screen(p, &VIEW);
            assert!((moved.0 - at.0 - 5.0).abs() + (moved.1 - at.1 + 3.0).abs() < 1e-9, "{orientation:?}");
        }
    }

    #[test]
    fn a_turn_is_clockwise_and_a_flip_mirrors_what_is_seen() {
        for orientation in all() {
            let (x, y) = orientation.to_screen((3.0, 2.0));
            assert_eq!(orientation.turned(true).to_screen((3.0, 2.0)), (-y, x), "{orientation:?} turned");
            assert_eq!(orientation.mirrored().to_screen((3.0, 2.0)), (-x, y), "{orientation:?} mirrored");
            assert_eq!(orientation.turned(true).turned(false), orientation);
            assert_eq!(orientation.mirrored().mirrored(), orientation);
        }
    }

    #[test]
    fn a_board_on_its_side_is_fitted_on_its_side() {
        let turned = Orientation::default().turned(true);
        let camera = Camera::fitted((400, 100), &VIEW, turned);
        let (left, top) = camera.to_screen(Point::new(0.0, 100.0), &VIEW);
        assert!(left > VIEW.x && top > VIEW.y && top < VIEW.y + 10.0, "{left} {top}");
    }
}
