//! What a board was designed to be: where its parts belong, as files of design programmes say.
//!
//! Places are in millimetres on the board, x right and y down as it is seen from the top, whichever way the file counts. This room knows nothing
//! of pixels: what lies where on a photo is said by whoever lays the drawing over it.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod centroid;
mod error;
mod ibom;
mod placement;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use error::DesignError;
pub use placement::{Design, Placement, Skipped, Why};
pub use read::{MOST_BYTES, MOST_PLACEMENTS, read_design};

use placement::kept;
