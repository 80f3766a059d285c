//! An axis-parallel rectangle.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{Point, Space};

/// A rectangle in pixels of the space `S`: top left corner, width and height (never negative).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Rect<S: Space> {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    #[serde(skip)]
    space: PhantomData<S>,
}

impl<S: Space> Rect<S> {
    /// The rectangle with its top left corner at `x`, `y`.
    #[must_use]
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h, space: PhantomData }
    }

    /// The rectangle that has `a` and `b` as opposite corners, in whatever order.
    #[must_use]
    pub fn from_corners(a: Point<S>, b: Point<S>) -> Self {
        Self::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
    }

    /// The smallest rectangle around `points`; `None` when there are none.
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = Point<S>>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let (low, high) = points.fold((first, first), |(low, high), p| {
            (Point::new(low.x.min(p.x), low.y.min(p.y)), Point::new(high.x.max(p.x), high.y.max(p.y)))
        });
        Some(Self::from_corners(low, high))
    }

    /// The four corners, clockwise from the top left.
    #[must_use]
    pub fn corners(&self) -> [Point<S>; 4] {
        let (right, bottom) = (self.x + self.w, self.y + self.h);
        [Point::new(self.x, self.y), Point::new(right, self.y), Point::new(right, bottom), Point::new(self.x, bottom)]
    }

    /// The middle.
    #[must_use]
    pub fn centre(&self) -> Point<S> {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Square pixels.
    #[must_use]
    pub fn area(&self) -> f64 {
        self.w * self.h
    }

    /// The same rectangle with `margin` more pixels on every side.
    #[must_use]
    pub fn grown(&self, margin: f64) -> Self {
        Self::new(self.x - margin, self.y - margin, self.w + 2.0 * margin, self.h + 2.0 * margin)
    }

    /// The same rectangle on a picture with `factor` times as many pixels along each side.
    #[must_use]
    pub fn enlarged(&self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor, self.w * factor, self.h * factor)
    }

    /// True when `p` is inside or on the edge.
    #[must_use]
    pub fn contains(&self, p: Point<S>) -> bool {
        p.x >= self.x && p.y >= self.y && p.x <= self.x + self.w && p.y <= self.y + self.h
    }

    /// The common part; `None` when there is no area in common.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (right, bottom) = ((self.x + self.w).min(other.x + other.w), (self.y + self.h).min(other.y + other.h));
        (right > x && bottom > y).then(|| Self::new(x, y, right - x, bottom - y))
    }

    /// Square pixels in common.
    #[must_use]
    pub fn common_area(&self, other: &Self) -> f64 {
        self.intersection(other).map_or(0.0, |common| common.area())
    }

    /// True when more than half of the smaller one is common to both.
    #[must_use]
    pub fn is_mostly(&self, other: &Self) -> bool {
        self.common_area(other) > 0.5 * self.area().min(other.area())
    }

    /// True when all four numbers are finite and neither side is negative.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        [self.x, self.y, self.w, self.h].iter().all(|v| v.is_finite()) && self.w >= 0.0 && self.h >= 0.0
    }
}
