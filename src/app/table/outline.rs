//! Shapes as lines to be drawn, in the notation of SVG's paths.

use std::fmt::Write as _;

use crate::geometry::{Point, Reference};
use crate::report::Shape;

/// Something at a place of a shape that keeps its size on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ornament {
    /// Where.
    pub at: Point<Reference>,
    /// Which way it points, as an angle on the reference in degrees, clockwise from the right.
    pub angle: f64,
    /// What.
    pub kind: OrnamentKind,
}

/// What keeps its size on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrnamentKind {
    /// An arrow's head.
    Head,
    /// A measure's end.
    Tick,
    /// A point.
    Dot,
}

impl OrnamentKind {
    /// Its lines in CSS pixels, with its place at the origin, pointing to the right.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Head => "M-12 -6L0 0L-12 6",
            Self::Tick => "M0 -7V7",
            Self::Dot => "M-6 0A6 6 0 1 0 6 0A6 6 0 1 0 -6 0M0 -1V1M-1 0H1",
        }
    }
}

/// The line of a shape in reference pixels; empty for points and words.
#[must_use]
pub fn path(shape: &Shape) -> String {
    let mut d = String::new();
    match shape {
        Shape::Point(_) | Shape::Text { .. } => {}
        Shape::Ellipse(area) => {
            let (middle, rx, ry) = (area.centre(), area.w / 2.0, area.h / 2.0);
            let (left, right) = (middle.x - rx, middle.x + rx);
            // Writing into a text can't fail.
            _ = write!(d, "M{left} {y}A{rx} {ry} 0 1 0 {right} {y}A{rx} {ry} 0 1 0 {left} {y}Z", y = middle.y);
        }
        _ => {
            let (points, closed) = shape.outline();
            for (place, p) in points.iter().enumerate() {
                _ = write!(d, "{}{} {}", if place == 0 { 'M' } else { 'L' }, p.x, p.y);
            }
            if closed {
                d.push('Z');
            }
        }
    }
    d
}

/// What of a shape keeps its size on screen.
#[must_use]
pub fn ornaments(shape: &Shape) -> Vec<Ornament> {
    let angle = |a: &Point<Reference>, b: &Point<Reference>| libm::atan2(b.y - a.y, b.x - a.x).to_degrees();
    let at = |at: &Point<Reference>, angle: f64, kind| Ornament { at: *at, angle, kind };
    match shape {
        Shape::Point(p) => vec![at(p, 0.0, OrnamentKind::Dot)],
        Shape::Arrow([from, to]) => vec![at(to, angle(from, to), OrnamentKind::Head)],
        Shape::Measure(ends) => {
            let [from, to] = ends;
            ends.iter().map(|end| at(end, angle(from, to), OrnamentKind::Tick)).collect()
        }
        _ => Vec::new(),
    }
}
