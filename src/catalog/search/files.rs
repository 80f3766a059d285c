//! The files that a search reads.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::numbers::Numbers;
use super::{Shelf, Wanted};
use crate::catalog::{BoardLine, CatalogueError, checks};
use crate::vision::Sha256;

/// Boards of a catalogue that is searched by files.
pub(in crate::catalog) const MOST_BOARDS: u32 = 1_000_000;
/// Files of words, and files of lines.
const MOST_FILES: usize = 10_000;
/// Words of one file.
const MOST_WORDS: usize = 50_000;
/// Boards whose lines one file holds.
const MOST_LINES: u32 = 2_000;

/// Where the index is, as `catalog.json` says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchIndex {
    /// Boards in all.
    pub boards: u32,
    /// References in all.
    pub references: u64,
    /// Lines of boards in one file.
    pub per_file: u32,
    /// The SHA-256 of each file of lines, `index/lines/0.json` and so on.
    pub lines: Vec<Sha256>,
    /// The first word of each file of words, `index/words/0.json` and so on, and its SHA-256; by rising words.
    pub words: Vec<(String, Sha256)>,
    /// The folder of `catalog.json`, in front of every path.
    #[serde(skip)]
    pub(in crate::catalog) folder: String,
}

impl SearchIndex {
    pub(in crate::catalog) fn check(&self) -> Result<(), CatalogueError> {
        checks::count("boards", self.boards as usize, MOST_BOARDS as usize)?;
        checks::count("files of the index", self.lines.len().max(self.words.len()), MOST_FILES)?;
        let is_whole =
            (1..=MOST_LINES).contains(&self.per_file) && self.boards.div_ceil(self.per_file) as usize == self.lines.len();
        let rises = self.words.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0));
        if is_whole && rises { Ok(()) } else { Err(CatalogueError::BrokenIndex) }
    }

    /// Which files of words may hold words that begin with this one.
    pub(super) fn files_with(&self, word: &str) -> Range<usize> {
        let end = self.words.partition_point(|(first, _)| first.as_str() <= word || first.starts_with(word));
        let before = self.words.partition_point(|(first, _)| first.as_str() <= word);
        before.saturating_sub(1)..end
    }

    pub(super) fn words_file(&self, number: usize) -> Wanted {
        self.wanted("words", number, self.words.get(number).map(|(_, sha256)| *sha256))
    }

    pub(super) fn lines_file(&self, number: u32) -> Wanted {
        self.wanted("lines", number as usize, self.lines.get(number as usize).copied())
    }

    fn wanted(&self, kind: &str, number: usize, sha256: Option<Sha256>) -> Wanted {
        Wanted { path: format!("{}{number}.json", self.folder_of(kind)), sha256: sha256.unwrap_or(Sha256([0; 32])) }
    }

    fn folder_of(&self, kind: &str) -> String {
        format!("{}index/{kind}/", self.folder)
    }
}

/// The files of an index that were fetched.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fetched {
    words: BTreeMap<String, WordsFile>,
    lines: BTreeMap<String, LinesFile>,
}

impl Fetched {
    /// Reads, checks and keeps a file of this index, whose hash was checked before.
    ///
    /// # Errors
    /// A sentence when it is not as the format says.
    pub fn put(&mut self, index: &SearchIndex, path: String, bytes: &[u8]) -> Result<(), CatalogueError> {
        if path.starts_with(&index.folder_of("words")) {
            self.words.insert(path, WordsFile::parse(bytes)?);
        } else {
            self.lines.insert(path, LinesFile::parse(bytes, index)?);
        }
        Ok(())
    }

    /// How many files it holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.len() + self.lines.len()
    }
}

impl Shelf for Fetched {
    fn words(&self, path: &str) -> Option<&WordsFile> {
        self.words.get(path)
    }

    fn lines(&self, path: &str) -> Option<&LinesFile> {
        self.lines.get(path)
    }
}

/// Sorted words, each with the numbers of its boards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordsFile {
    pub(super) format: String,
    pub(super) version: u32,
    pub(super) words: Vec<(String, Vec<u32>)>,
}

pub(super) const WORDS_FORMAT: &str = "boardwatch-words";
pub(super) const LINES_FORMAT: &str = "boardwatch-lines";

impl WordsFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// A sentence when it is not as the format says.
    pub fn parse(bytes: &[u8]) -> Result<Self, CatalogueError> {
        let file: Self = checks::json(bytes)?;
        checks::format(WORDS_FORMAT, &file.format, file.version)?;
        checks::count("words", file.words.len(), MOST_WORDS)?;
        let rises = file.words.windows(2).all(|pair| matches!(pair, [a, b] if a.0 < b.0));
        if rises { Ok(file) } else { Err(CatalogueError::BrokenIndex) }
    }

    /// The words that begin with this one, each with its boards.
    pub(super) fn beginning_with<'a>(
        &'a self,
        word: &'a str,
        boards: u32,
    ) -> impl Iterator<Item = (&'a str, Result<Numbers, CatalogueError>)> {
        let start = self.words.partition_point(|(here, _)| here.as_str() < word);
        let from = self.words.get(start..).unwrap_or_default().iter().take_while(move |(here, _)| here.starts_with(word));
        from.map(move |(here, written)| (here.as_str(), Numbers::read(written, boards).ok_or(CatalogueError::BrokenIndex)))
    }
}

/// The lines of boards that follow each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinesFile {
    pub(super) format: String,
    pub(super) version: u32,
    /// The number of the first.
    pub(super) first: u32,
    pub(super) boards: Vec<BoardLine>,
}

impl LinesFile {
    /// Reads and checks a file of this index; paths become relative to what that of `catalog.json` is relative to.
    ///
    /// # Errors
    /// A sentence when it is not as the format says.
    pub fn parse(bytes: &[u8], index: &SearchIndex) -> Result<Self, CatalogueError> {
        let mut file: Self = checks::json(bytes)?;
        checks::format(LINES_FORMAT, &file.format, file.version)?;
        checks::count("boards", file.boards.len(), MOST_LINES as usize)?;
        for board in &mut file.boards {
            board.check(&index.folder)?;
        }
        Ok(file)
    }

    pub(super) fn line(&self, number: u32, index: &SearchIndex) -> Result<&BoardLine, CatalogueError> {
        let here = number.checked_sub(self.first).and_then(|at| self.boards.get(at as usize));
        here.filter(|_| self.first.is_multiple_of(index.per_file)).ok_or(CatalogueError::BrokenIndex)
    }
}
