//! Which pictures a case is about.

use serde::{Deserialize, Serialize};

use super::MAX_TITLE_CHARS;
use crate::vision::PictureFacts;

/// A picture of a case: which one, and what to call it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureEntry {
    /// Hash and size.
    pub facts: PictureFacts,
    /// File name or catalogue title.
    pub title: String,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a picture came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The user's own file.
    Own,
    /// A catalogue; it can be fetched again.
    Catalogue,
    /// Only its facts are known, from a report.
    Report,
}

impl PictureEntry {
    /// What others may call it. A file's name says more of a person than of a board; the hash says which picture it is.
    #[must_use]
    pub fn public_title(&self) -> String {
        match self.origin {
            Origin::Own => "A known-good photo of the sender's".to_owned(),
            Origin::Catalogue | Origin::Report => self.title.chars().take(MAX_TITLE_CHARS).collect(),
        }
    }
}
