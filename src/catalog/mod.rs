//! Boards and their references as a catalogue describes them. Nothing in a catalogue is trusted before it is checked.
//!
//! A shell fetches `catalog.json` and gives its bytes to [`Index::parse`]; [`search::search`] says which boards fit, and [`BoardEntry::parse`] reads
//! the file of one. `docs/formats/catalogue.md` describes the files.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod board;
mod checks;
mod edition;
mod error;
mod file;
pub mod iiif;
mod index;
mod line;
mod recognise;
pub mod search;

pub use board::{BOARD_FORMAT, BoardEntry, Link, Modality, ReferenceEntry, Side, Variant};
pub use checks::{LONGEST_TEXT, MOST_BOARDS, MOST_BYTES, MOST_FILE_BYTES, MOST_REFERENCES};
pub use edition::{Edition, Whose, catalogue_address, host_of, whose};
pub use error::CatalogueError;
pub use file::{FileEntry, media_type};
pub use index::{CATALOGUE_FORMAT, Index};
pub use line::{BoardLine, board_name, id_of};
pub use recognise::{
    CodedReference, MOST_CODE_BYTES, MOST_CODE_FILES, RecogniseError, Recognised, Recognition, read_codes, recognise, write_codes,
};
