//! Why a drawing can't be used, as sentences.

use super::{MOST_BYTES, MOST_PLACEMENTS};

/// A file is no placement data that could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// Larger than such a file ever is.
    #[error("The file is larger than {} MB, more than placement data ever is, so it was not read. Check that it is the right file.", MOST_BYTES / 1_000_000)]
    TooLarge,
    /// No line names what is needed.
    #[error(
        "The file has no line that names a column for the designator, one for X and one for Y, so it can't be placement data. \
         Export the placement (centroid, pick and place) file once more, as CSV with a header."
    )]
    NoHeader,
    /// Nothing below the header.
    #[error(
        "The file names its columns and then places no part that could be read. Export it once more, with all parts of the board."
    )]
    Empty,
    /// More parts than any board has.
    #[error("The file places more than {MOST_PLACEMENTS} parts, more than any board has. Check that it is the right file.")]
    TooMany,
    /// JSON of another kind, or broken.
    #[error(
        "The file is JSON, but not what InteractiveHtmlBom calls generic data: {0}. Export it once more, or take the placement file."
    )]
    OtherJson(String),
    /// From a later release of that format.
    #[error("The file has version {0} of InteractiveHtmlBom's generic data, and version 1 is read. Export it in that version.")]
    OtherVersion(i64),
}
