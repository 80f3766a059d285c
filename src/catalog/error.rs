//! Why a catalogue can't be used, as sentences.

use super::{LONGEST_TEXT, MOST_FILE_BYTES};

/// A file of a catalogue is not what `docs/formats/catalogue.md` says. Nothing of that file is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Larger than such a file ever is.
    #[error("The catalogue file is larger than {} kB, so it was not read. Tell whoever keeps it.", MOST_FILE_BYTES / 1000)]
    TooLarge,
    /// No JSON, or other fields.
    #[error("The catalogue file can't be read: {0}. Tell whoever keeps it.")]
    NotReadable(String),
    /// Not such a file at all.
    #[error("The file is no {expected}: its `format` says {found:?}. Check the address of the catalogue.")]
    OtherFormat {
        /// What was asked for.
        expected: &'static str,
        /// What it says it is.
        found: String,
    },
    /// From a later release.
    #[error(
        "The catalogue has version {0} of its format, and this Boardwatch reads version 1. Reload the page to get the newest one."
    )]
    NewerVersion(u32),
    /// More entries than any catalogue needs.
    #[error("The catalogue lists {count} {what}, more than the {most} that are read. Tell whoever keeps it.")]
    TooMany {
        /// Boards or references.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// A text that is empty, too long, or holds control characters.
    #[error("The catalogue's {field} is empty, longer than {LONGEST_TEXT} characters, or holds characters that can't be shown.")]
    BadText {
        /// Which one.
        field: &'static str,
    },
    /// A path that leads out of the catalogue.
    #[error("The catalogue's path {0:?} does not stay inside its folder. Only plain relative paths are followed.")]
    BadPath(String),
    /// A size, length or scale that can't be.
    #[error("The catalogue's {field} can't be right.")]
    BadNumber {
        /// Which one.
        field: &'static str,
    },
    /// No licence that SPDX knows the shape of.
    #[error("The catalogue's licence {0:?} is no SPDX expression. Every picture needs one, for example CC-BY-4.0.")]
    BadLicence(String),
    /// No day, month or year.
    #[error("The catalogue's date {0:?} is none: 2018, 2018-10 or 2018-10-04 would be one.")]
    BadDate(String),
    /// An address that a person can't follow.
    #[error("The catalogue's address {0:?} is none that a browser opens: it begins with https:// and has no spaces.")]
    BadAddress(String),
    /// A reference of a variant that the board does not have.
    #[error("The reference {0:?} names an assembly variant that its board does not list. Tell whoever keeps the catalogue.")]
    NoSuchVariant(String),
    /// The files of the search index contradict `catalog.json` or themselves.
    #[error("The catalogue's search index is broken. Tell whoever keeps it: `boardwatch catalog build` makes it anew.")]
    BrokenIndex,
    /// A file of codes is damaged.
    #[error(
        "A file that the catalogue recognises boards by is damaged: {0}. Tell whoever keeps it: `boardwatch catalog build` makes it anew."
    )]
    BrokenCodes(&'static str),
    /// Codes of a version that finds features in another way.
    #[error("The catalogue recognises boards by codes of another version of Boardwatch. Reload the page to get the newest one.")]
    OtherCodes,
    /// A manifest without a picture that may be used.
    #[error(
        "The manifest has no picture that can be used: each needs its size, a licence in `rights` or under the label Licence, and the manifest's own host."
    )]
    NoPictures,
    /// Two things with one name.
    #[error("The catalogue lists {0:?} twice.")]
    Twice(String),
    /// The index and a board's file contradict each other.
    #[error(
        "The catalogue's index and its boards do not belong together. Reload the page; if that does not help, tell whoever keeps it."
    )]
    OtherBoard,
}
