//! `catalog.json`: whose catalogue it is, and which boards there are.

use serde::{Deserialize, Serialize};

use super::search::SearchIndex;
use super::{BoardLine, CatalogueError, FileEntry, MOST_BOARDS, MOST_CODE_BYTES, MOST_CODE_FILES, checks};

/// `format` of a catalogue's first file.
pub const CATALOGUE_FORMAT: &str = "boardwatch-catalogue";

/// The first file of a catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// [`CATALOGUE_FORMAT`].
    pub format: String,
    /// 1.
    pub version: u32,
    /// What it calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its page for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
    /// How many times it was built; it only grows.
    #[serde(default)]
    pub edition: u64,
    /// When it was built, as ISO 8601 writes a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where it takes contributions: an address in which `{title}` and `{body}` are filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribute: Option<String>,
    /// The boards, of a small catalogue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boards: Vec<BoardLine>,
    /// Where they are found, of a large one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<SearchIndex>,
    /// What its references are recognised by, in files ([`super::read_codes`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recognise: Vec<FileEntry>,
}

impl Index {
    /// Reads and checks the file at `at`; its paths become relative to what `at` is relative to.
    ///
    /// # Errors
    /// A sentence when anything is not as the format says.
    pub fn parse(bytes: &[u8], at: &str) -> Result<Self, CatalogueError> {
        let mut index: Self = checks::json(bytes)?;
        index.check(at)?;
        Ok(index)
    }

    fn check(&mut self, at: &str) -> Result<(), CatalogueError> {
        checks::format(CATALOGUE_FORMAT, &self.format, self.version)?;
        self.title.as_deref().map_or(Ok(()), |title| checks::text("title", title))?;
        self.date.as_deref().map_or(Ok(()), checks::date)?;
        for address in [&self.home, &self.contribute].into_iter().flatten() {
            checks::address(address)?;
        }
        checks::count("boards", self.boards.len(), MOST_BOARDS)?;
        let mut ids = std::collections::BTreeSet::new();
        for board in &mut self.boards {
            board.check(at)?;
            if !ids.insert(board.id.clone()) {
                return Err(CatalogueError::Twice(board.id.clone()));
            }
        }
        if let Some(search) = &mut self.search {
            search.check()?;
            search.folder = checks::folder(at);
        }
        checks::count("files of codes", self.recognise.len(), MOST_CODE_FILES)?;
        for file in &mut self.recognise {
            file.check(at)?;
            if file.bytes > MOST_CODE_BYTES as u64 {
                return Err(CatalogueError::BadNumber { field: "length of a file of codes" });
            }
        }
        Ok(())
    }
}
