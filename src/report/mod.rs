//! What people say about a board, and how it travels: findings, edits and undo, the report, its link, and the words.
//!
//! This room knows no network and no files. Text from outside (a link) passes [`read_link`] and its limits, or is refused
//! with a [`LinkError`].
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod document;
mod finding;
mod history;
pub mod interchange;
mod layer;
mod link;
mod picture;
mod placing;
mod review;
mod shape;
mod statement;
mod wire;
pub mod words;

pub use document::{Document, Edit, Laid};
pub use finding::{Finding, FindingId, FindingKind, Judgement, MAX_DESIGNATOR_CHARS, MAX_TAG_CHARS, MAX_TAGS, Severity};
pub use history::History;
pub use layer::{MAX_LAYERS, PictureLayer};
pub use link::{LINK_PREFIX, LinkError, read_link, write_link};
pub use picture::{Origin, PictureEntry};
pub use placing::{Calibration, CalibrationSource, ControlPoint, FEWEST_CONTROL_POINTS, MAX_CONTROL_POINTS, fit};
pub use review::{Decision, Dismissal};
pub use shape::{Handle, MAX_FREEHAND_POINTS, MAX_LABEL_CHARS, MAX_POLYGON_POINTS, Shape, simplified};
pub use statement::{DENSITIES, MAX_FINDINGS, MAX_NOTE_CHARS, MAX_TITLE_CHARS, ReferenceNote, Report, Summary};
