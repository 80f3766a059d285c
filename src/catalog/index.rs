//! `catalog.json`: which boards there are.

use serde::Deserialize;

use super::{CatalogueError, MOST_BOARDS, checks};
use crate::vision::{PictureFacts, Sha256};

/// The first file of a catalogue, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    /// The boards' files, to be fetched and given to `BoardEntry::parse`.
    pub boards: Vec<BoardLink>,
    /// The sample photo, in the built-in catalogue only.
    pub sample: Option<SamplePhoto>,
}

/// A board, and where its file is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BoardLink {
    /// The board's identifier: small letters, digits, hyphens.
    pub id: String,
    /// Vendor, model and revision in one line.
    pub name: String,
    /// Relative to the page.
    pub path: String,
}

/// The photo behind *Try the sample board*.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SamplePhoto {
    /// What to call it.
    pub title: String,
    /// Relative to the page.
    pub path: String,
    /// A small version of it, relative to the page.
    pub thumbnail: Option<String>,
    /// Which picture.
    #[serde(flatten)]
    pub picture: PictureFacts,
    /// Length of its file.
    pub bytes: u64,
    /// The reference to compare it with.
    pub reference: Sha256,
}

#[derive(Deserialize)]
struct IndexFile {
    format: String,
    version: u32,
    boards: Vec<BoardLink>,
    #[serde(default)]
    sample: Option<SamplePhoto>,
}

impl Index {
    /// Reads and checks the file at `at` (relative to the page); its paths become relative to the page too.
    ///
    /// # Errors
    /// A sentence when anything is not as the format says.
    pub fn parse(bytes: &[u8], at: &str) -> Result<Self, CatalogueError> {
        let mut file: IndexFile = checks::json(bytes)?;
        checks::format("boardwatch-catalogue", &file.format, file.version)?;
        checks::count("boards", file.boards.len(), MOST_BOARDS)?;
        let mut ids = std::collections::BTreeSet::new();
        for link in &mut file.boards {
            checks::id(&link.id)?;
            checks::text("board name", &link.name)?;
            link.path = checks::beside(at, &link.path)?;
            if !ids.insert(link.id.clone()) {
                return Err(CatalogueError::Twice(link.id.clone()));
            }
        }
        if let Some(sample) = &mut file.sample {
            checks::text("sample title", &sample.title)?;
            checks::picture(&sample.picture, sample.bytes)?;
            sample.path = checks::beside(at, &sample.path)?;
            sample.thumbnail = sample.thumbnail.as_ref().map(|path| checks::beside(at, path)).transpose()?;
        }
        Ok(Self { boards: file.boards, sample: file.sample })
    }
}
