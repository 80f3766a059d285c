//! What a board was designed to be: where its parts belong, as files of design programmes say.
//!
//! Places are in millimetres on the board, x right and y down as it is seen from the top, whichever way the file counts. This room looks
//! at no pixels: [`vision::lay_drawing`](crate::vision::lay_drawing) finds out where on a photo the footprints lie, and a [`LaidDesign`] says then what belongs where.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod centroid;
mod check;
mod error;
mod ibom;
mod package;
mod placement;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use check::{Belongs, LaidDesign};
pub use error::DesignError;
pub use placement::{Design, Placement, Skipped, Why};
pub use read::{MOST_BYTES, MOST_PLACEMENTS, read_design};

use placement::kept;
