//! What people say about a board, and how it travels: findings, edits and undo, the report, its link, and the words.
//!
//! This room knows no network and no files. Text from outside (a link) passes [`read_link`] and its limits, or is refused
//! with a [`LinkError`].
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod document;
mod finding;
mod history;
mod link;
mod statement;
mod wire;
pub mod words;

pub use document::{Document, Edit};
pub use finding::{Finding, FindingId, FindingKind, Judgement, Severity, Shape};
pub use history::History;
pub use link::{LINK_PREFIX, LinkError, read_link, write_link};
pub use statement::{MAX_FINDINGS, MAX_NOTE_CHARS, MAX_TITLE_CHARS, ReferenceNote, Report, Summary};
