//! Boards and their references as a catalogue describes them. Nothing in a catalogue is trusted before it is checked.
//!
//! A shell fetches `catalog.json`, gives its bytes to [`Index::parse`], fetches what [`Index::boards`] names, gives each to
//! [`BoardEntry::parse`], and puts them together with [`Catalogue::assemble`]. `docs/formats/catalogue.md` describes the files.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod board;
mod checks;
mod error;
mod file;
pub mod iiif;
mod index;
mod line;
mod recognise;
pub mod search;

pub use board::{BOARD_FORMAT, BoardEntry, Link, Modality, ReferenceEntry, Side, Variant};
pub use checks::{LONGEST_TEXT, MOST_BOARDS, MOST_BYTES, MOST_FILE_BYTES, MOST_REFERENCES};
pub use error::CatalogueError;
pub use file::{FileEntry, media_type};
pub use index::{CATALOGUE_FORMAT, Index, SamplePhoto};
pub use line::BoardLine;
pub use recognise::{
    CodedReference, MOST_CODE_BYTES, MOST_CODE_FILES, RecogniseError, Recognised, Recognition, read_codes, recognise, write_codes,
};

use crate::vision::Sha256;

/// A catalogue: boards, and the pictures of known units of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// In the order of the index.
    pub boards: Vec<BoardEntry>,
    /// The sample photo, in the built-in catalogue only.
    pub sample: Option<SamplePhoto>,
}

impl Catalogue {
    /// An index and the boards that it names, in the same order.
    ///
    /// # Errors
    /// When a board is not the one that the index names in its place, or the sample's reference is in none.
    pub fn assemble(index: Index, boards: Vec<BoardEntry>) -> Result<Self, CatalogueError> {
        let ids = index.boards.iter().map(|line| &line.id);
        if !ids.eq(boards.iter().map(|board| &board.id)) {
            return Err(CatalogueError::OtherBoard);
        }
        let catalogue = Self { boards, sample: index.sample };
        match &catalogue.sample {
            Some(sample) if catalogue.reference(sample.reference).is_none() => Err(CatalogueError::NoSampleReference),
            _ => Ok(catalogue),
        }
    }

    /// The reference with this hash, and its board.
    #[must_use]
    pub fn reference(&self, sha256: Sha256) -> Option<(&BoardEntry, &ReferenceEntry)> {
        let with_board = |board| move |reference| (board, reference);
        self.boards.iter().flat_map(|board| board.references.iter().map(with_board(board))).find(|(_, r)| r.sha256 == sha256)
    }

    /// The board with this identifier.
    #[must_use]
    pub fn board(&self, id: &str) -> Option<&BoardEntry> {
        self.boards.iter().find(|board| board.id == id)
    }
}
