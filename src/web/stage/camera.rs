//! Where the stage looks: which reference point is in the middle, and how large a reference pixel is.

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
pub(super) struct Screen {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    /// Screen pixels per CSS pixel.
    pub(super) ratio: f64,
}

/// A part of the canvas that shows the stage, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Viewport {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Screen {
    /// The screen column of a share of the width.
    pub(super) fn column(&self, share: f64) -> u32 {
        (f64::from(self.width_px) * share).round() as u32
    }

    /// The whole canvas.
    pub(super) fn whole(&self) -> Viewport {
        let (width, height) = (f64::from(self.width_px) / self.ratio, f64::from(self.height_px) / self.ratio);
        Viewport { x: 0.0, y: 0.0, width, height }
    }

    /// Its left and right halves.
    pub(super) fn halves(&self) -> [Viewport; 2] {
        let (whole, split) = (self.whole(), f64::from(self.column(0.5)) / self.ratio);
        [Viewport { width: split, ..whole }, Viewport { x: split, width: whole.width - split, ..whole }]
    }
}

/// Where the stage looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Camera {
    /// In the middle of the viewport.
    pub(super) centre: Point<Reference>,
    /// CSS pixels per reference pixel.
    pub(super) zoom: f64,
}

impl Camera {
    /// Shows all of a board of this size.
    pub(super) fn fitted((width, height): (u32, u32), view: &Viewport) -> Self {
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let room = 1.0 - 2.0 * FIT_MARGIN;
        let zoom = (view.width * room / width).min(view.height * room / height).max(f64::MIN_POSITIVE);
        Self { centre: Point::new(width / 2.0, height / 2.0), zoom }
    }

    /// Shows `area` and its surroundings.
    pub(super) fn around(area: &Rect<Reference>, size: (u32, u32), view: &Viewport) -> Self {
        let zoom = FLIGHT_SHARE * (view.width / area.w.max(1.0)).min(view.height / area.h.max(1.0));
        // A large place is not shown smaller than the whole board.
        let zoom = zoom.min(FLIGHT_NEAREST).max(Self::fitted(size, view).zoom);
        Self { centre: area.centre(), zoom }.kept_in(size, view)
    }

    /// Where a reference point is on the canvas, in CSS pixels.
    pub(super) fn to_screen(self, p: Point<Reference>, view: &Viewport) -> (f64, f64) {
        let x = (p.x - self.centre.x) * self.zoom + view.x + view.width / 2.0;
        (x, (p.y - self.centre.y) * self.zoom + view.y + view.height / 2.0)
    }

    /// The reference point at a place of the canvas.
    pub(super) fn to_reference(self, (x, y): (f64, f64), view: &Viewport) -> Point<Reference> {
        let (x, y) = (x - view.x - view.width / 2.0, y - view.y - view.height / 2.0);
        Point::new(self.centre.x + x / self.zoom, self.centre.y + y / self.zoom)
    }

    /// Moves the board by CSS pixels.
    pub(super) fn panned(self, dx: f64, dy: f64) -> Self {
        Self { centre: Point::new(self.centre.x - dx / self.zoom, self.centre.y - dy / self.zoom), ..self }
    }

    /// Another zoom, with the same reference point under `at`.
    pub(super) fn zoomed(self, factor: f64, at: (f64, f64), size: (u32, u32), view: &Viewport) -> Self {
        let zoom = within(self.zoom * factor, size, view);
        let fixed = self.to_reference(at, view);
        let shrink = self.zoom / zoom;
        let centre = Point::new(fixed.x + (self.centre.x - fixed.x) * shrink, fixed.y + (self.centre.y - fixed.y) * shrink);
        Self { centre, zoom }
    }

    /// The nearest camera that has the board in sight.
    pub(super) fn kept_in(self, size: (u32, u32), view: &Viewport) -> Self {
        let (width, height) = (f64::from(size.0), f64::from(size.1));
        let centre = Point::new(self.centre.x.clamp(0.0, width), self.centre.y.clamp(0.0, height));
        Self { centre, zoom: within(self.zoom, size, view) }
    }

    /// Between two cameras; `share` from 0 to 1. Zoom goes by factors, so that it feels even.
    pub(super) fn between(from: Self, to: Self, share: f64) -> Self {
        let zoom = from.zoom * libm::pow(to.zoom / from.zoom, share);
        // The way on screen is straight and even when the centre moves with 1 / zoom.
        let moved = if (to.zoom - from.zoom).abs() < 1e-9 * from.zoom {
            share
        } else {
            (1.0 / from.zoom - 1.0 / zoom) / (1.0 / from.zoom - 1.0 / to.zoom)
        };
        let mix = |a: f64, b: f64| a + (b - a) * moved;
        Self { centre: Point::new(mix(from.centre.x, to.centre.x), mix(from.centre.y, to.centre.y)), zoom }
    }
}

fn within(zoom: f64, size: (u32, u32), view: &Viewport) -> f64 {
    let least = (Camera::fitted(size, view).zoom * FARTHEST).min(NEAREST);
    zoom.clamp(least, NEAREST)
}
