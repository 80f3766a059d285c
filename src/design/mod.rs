//! What a board was designed to be: where its parts belong and what is drawn on it, as files of design programmes say.
//!
//! Places are in millimetres on the board, x right and y down as it is seen from the top, whichever way the file counts. This room looks
//! at no photo: [`vision::lay_drawing`](crate::vision::lay_drawing) finds out where on a photo the footprints lie, and a [`LaidDesign`] says then what belongs where.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod arcs;
mod artwork;
mod boardview;
mod centroid;
mod check;
mod checked;
mod digits;
mod error;
mod excellon;
mod gerber;
mod ibom;
mod ipc2581;
mod kicad;
mod layers;
mod package;
mod placement;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod unit;

pub use artwork::{Figure, Frame, Layer, LayerKind, MOST_PAINTED_PX, MOST_POINTS, MOST_SHEET_PX, MOST_TIMES_OVER, Mark, Sheet};
pub use check::{Belongs, LaidDesign};
pub use checked::{CheckOrder, Checked, CheckedPart, DesignCheck, Placed, Says};
pub use error::DesignError;
pub use placement::{Design, Placement, Skipped, Why};
pub use read::{MOST_BYTES, MOST_PLACEMENTS, may_be_design, read_design};

use placement::kept;
