//! Why a drawing can't be used, as sentences.

use super::{MOST_BYTES, MOST_PLACEMENTS, MOST_POINTS, MOST_TIMES_OVER};

/// A file is no placement data that could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// Larger than such a file ever is.
    #[error("The file is larger than {} MB, more than placement data ever is, so it was not read. Check that it is the right file.", MOST_BYTES / 1_000_000)]
    TooLarge,
    /// No line names what is needed.
    #[error(
        "The file is none that is known here, and has no line that names a column for the designator, one for X and one for Y, so it can't be placement data \
         either. Export the placement (centroid, pick and place) file once more, as CSV with a header, or the drawings as Gerber."
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
    /// A Gerber or drill file with nothing in it.
    #[error(
        "The file looks like a Gerber or drill file, but draws nothing that could be read. Where its apertures or tools stand in a file of their own, export it \
         once more as RS-274X or X2, which has them inside."
    )]
    NothingDrawn,
    /// XML that can't be read.
    #[error("The file looks like IPC-2581 and can't be read as that: {0}. Export it once more, as revision B or C.")]
    BrokenXml(String),
    /// Brackets that don't fit.
    #[error("The file begins as a KiCad board and is cut off or damaged. Save it in KiCad once more, or copy it again.")]
    BrokenKicad,
    /// More than any board has.
    #[error("The file draws more than {MOST_POINTS} points, more than any board has. Check that it is the right file.")]
    TooMuchDrawn,
    /// The same places again and again.
    #[error(
        "A layer of the file draws the same places more than {MOST_TIMES_OVER} times over, which no board needs. Check that it is the right file."
    )]
    DrawnOver,
    /// JSON of another kind, or broken.
    #[error(
        "The file is JSON, but not what InteractiveHtmlBom calls generic data: {0}. Export it once more, or take the placement file."
    )]
    OtherJson(String),
    /// From a later release of that format.
    #[error("The file has version {0} of InteractiveHtmlBom's generic data, and version 1 is read. Export it in that version.")]
    OtherVersion(i64),
}
