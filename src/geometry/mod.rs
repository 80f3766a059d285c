//! Vocabulary types: where things are, in which picture, and how one picture maps onto the other.
//!
//! Coordinates: x right, y down, pixel centres at .5, after EXIF orientation. [`Photo`] and [`Reference`]
//! space are different types, so that a photo's point can't be handed to a reference by accident.
//! This room knows nothing of pixels' values.

mod homography;
mod mesh;
mod point;
mod rect;
mod warp;

pub use homography::{Homography, NotInvertible};
pub use mesh::Mesh;
pub use point::{Drawing, Photo, Point, Reference, Space};
pub use rect::Rect;
pub use warp::{Warp, WayBack};
