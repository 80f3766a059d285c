//! A point, and the spaces it can live in.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

/// A coordinate space: the pixels of one picture, or the millimetres of a drawing.
pub trait Space: Copy + Clone + std::fmt::Debug + PartialEq + 'static {}

/// The user's own picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Photo {}

/// The reference picture, in its pixels. Findings live here, so that they outlast the photo.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reference {}

/// A board as it was designed, in millimetres, seen from its top side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drawing {}

impl Space for Photo {}
impl Space for Reference {}
impl Space for Drawing {}

/// A point of the space `S`: in pixels, the centre of the first being (0.5, 0.5), or in the millimetres of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Point<S: Space> {
    /// Pixels, or millimetres, to the right.
    pub x: f64,
    /// Pixels, or millimetres, down.
    pub y: f64,
    #[serde(skip)]
    space: PhantomData<S>,
}

impl<S: Space> Point<S> {
    /// The point at `x`, `y`.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y, space: PhantomData }
    }

    /// Euclidean distance in the space's own unit.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// True when both coordinates are finite numbers.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}
