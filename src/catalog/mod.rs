//! Boards and their references as a catalogue describes them.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

use serde::{Deserialize, Serialize};

use crate::vision::{PictureFacts, Sha256};

/// A catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Boards.
    pub boards: Vec<BoardEntry>,
    /// The sample photo, in the built-in catalogue only.
    pub sample: Option<SamplePhoto>,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardEntry {
    /// Vendor, model and revision in one line.
    pub name: String,
    /// Pictures of known units.
    pub references: Vec<ReferenceEntry>,
}

/// A reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceEntry {
    /// What to call it.
    pub title: String,
    /// Relative to the page.
    pub path: String,
    /// Which picture.
    #[serde(flatten)]
    pub picture: PictureFacts,
}

/// The photo behind *Try the sample board*.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SamplePhoto {
    /// What to call it.
    pub title: String,
    /// Relative to the page.
    pub path: String,
    /// Which picture.
    #[serde(flatten)]
    pub picture: PictureFacts,
    /// The reference to compare it with.
    pub reference: Sha256,
}

impl Catalogue {
    /// The reference with this hash, and its board.
    #[must_use]
    pub fn reference(&self, sha256: Sha256) -> Option<(&BoardEntry, &ReferenceEntry)> {
        let with_board = |board| move |reference| (board, reference);
        self.boards
            .iter()
            .flat_map(|board| board.references.iter().map(with_board(board)))
            .find(|(_, r)| r.picture.sha256 == sha256)
    }
}
