//! Finding boards by vendor, model, revision or any other word, in catalogues of any size.
//!
//! A small catalogue lists its boards in `catalog.json`. A large one has its boards' lines in files of some hundred, in the order of their
//! names, and the words in files that are sorted, each word with the numbers of its boards: [`build`] makes them. A search then needs the file
//! that holds each word, and the files that hold the lines of the boards found: a handful. [`search`] says which; whoever has fetched
//! them asks again.

mod build;
pub(in crate::catalog) mod files;
mod numbers;
mod words;

pub use build::{BuiltIndex, build, sorted};
pub use files::{Fetched, LinesFile, SearchIndex, WordsFile};
pub use words::words;

use serde::{Deserialize, Serialize};

use super::{BoardLine, CatalogueError, Index};
use crate::vision::Sha256;
use numbers::Numbers;

/// Files of words that are read for one word of a question, at most: a word of one letter begins hundreds.
const MOST_WORD_FILES: usize = 2;
/// Files of lines that are read for one page of answers, at most.
const MOST_LINE_FILES: usize = 4;

/// A file of the index that is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Relative to `catalog.json`.
    pub path: String,
    /// What its bytes must be.
    pub sha256: Sha256,
}

/// What a search has come to.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// These files are needed first.
    Fetch(Vec<Wanted>),
    /// The answer.
    Found(Found),
}

/// Boards that fit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The first of them: those that have the very words first, then by name.
    pub boards: Vec<BoardLine>,
    /// How many fit in all, as far as was looked.
    pub count: usize,
    /// True when more may fit than were looked at: the words are too short.
    pub is_partial: bool,
}

/// The files of an index that are here already, by their paths.
pub trait Shelf {
    /// A file of words, parsed.
    fn words(&self, path: &str) -> Option<&WordsFile>;
    /// A file of lines, parsed.
    fn lines(&self, path: &str) -> Option<&LinesFile>;
}

/// Looks for the boards whose words begin with each word of `question`, at most `most` of them; without a word for all boards.
///
/// # Errors
/// When a file of the index is not what `catalog.json` says.
pub fn search(catalogue: &Index, shelf: &impl Shelf, question: &str, most: usize) -> Result<Step, CatalogueError> {
    let asked = words_of_question(question);
    let Some(index) = &catalogue.search else { return Ok(Step::Found(among(&catalogue.boards, &asked, most))) };
    let mut wanted = Vec::new();
    let (mut fitting, mut exact) = (Numbers::below(index.boards), Numbers::below(index.boards));
    let mut is_partial = false;
    for word in &asked {
        let mut range = index.files_with(word);
        is_partial |= range.len() > MOST_WORD_FILES;
        range.end = range.end.min(range.start + MOST_WORD_FILES);
        let (mut begins, mut is) = (Numbers::default(), Numbers::default());
        for number in range {
            let file = index.words_file(number);
            let Some(here) = shelf.words(&file.path) else {
                wanted.push(file);
                continue;
            };
            for (found, boards) in here.beginning_with(word, index.boards) {
                let boards = boards?;
                if found == word {
                    is = is.union(&boards);
                }
                begins = begins.union(&boards);
            }
        }
        fitting = fitting.intersection(&begins);
        exact = exact.intersection(&is);
    }
    if !wanted.is_empty() {
        return Ok(Step::Fetch(wanted));
    }
    let others = fitting.iter().filter(|number| !exact.contains(*number));
    let first: Vec<u32> = exact.iter().take(most).chain(others.take(most)).take(most).collect();
    let mut boards = Vec::new();
    let mut files: Vec<u32> = Vec::new();
    for number in first {
        let file = number / index.per_file;
        if !files.contains(&file) {
            if files.len() == MOST_LINE_FILES {
                break;
            }
            files.push(file);
        }
        let wanted_file = index.lines_file(file);
        match shelf.lines(&wanted_file.path) {
            Some(lines) => boards.push(lines.line(number, index)?.clone()),
            None if !wanted.contains(&wanted_file) => wanted.push(wanted_file),
            None => {}
        }
    }
    if wanted.is_empty() {
        Ok(Step::Found(Found { boards, count: fitting.count(), is_partial }))
    } else {
        Ok(Step::Fetch(wanted))
    }
}

/// The boards with these numbers, as a file of codes gives them, in the same order.
///
/// # Errors
/// When there is no board with such a number, or a file of the index is not what `catalog.json` says.
pub fn numbered(catalogue: &Index, shelf: &impl Shelf, numbers: &[u32]) -> Result<Step, CatalogueError> {
    let (mut boards, mut wanted) = (Vec::new(), Vec::new());
    for &number in numbers {
        let Some(index) = &catalogue.search else {
            boards.push(catalogue.boards.get(number as usize).ok_or(CatalogueError::BrokenIndex)?.clone());
            continue;
        };
        let file = index.lines_file(number / index.per_file);
        match shelf.lines(&file.path) {
            Some(lines) => boards.push(lines.line(number, index)?.clone()),
            None if number >= index.boards => return Err(CatalogueError::BrokenIndex),
            None if !wanted.contains(&file) => wanted.push(file),
            None => {}
        }
    }
    let count = boards.len();
    Ok(if wanted.is_empty() { Step::Found(Found { boards, count, is_partial: false }) } else { Step::Fetch(wanted) })
}

/// As [`words()`], without what is only another's joined form: whoever types `x11-dpi` has given two words, or one.
fn words_of_question(question: &str) -> Vec<String> {
    let mut asked: Vec<String> = Vec::new();
    for written in question.split_whitespace() {
        let mut parts = words(written);
        if parts.len() > 1 {
            parts.pop();
        }
        asked.extend(parts.into_iter().filter(|word| !asked.contains(word)).collect::<Vec<_>>());
    }
    asked
}

/// The same among boards that are all here.
fn among(boards: &[BoardLine], asked: &[String], most: usize) -> Found {
    let found: Vec<(bool, &BoardLine)> = boards
        .iter()
        .filter_map(|board| {
            let words = board.words();
            let begins = asked.iter().all(|asked| words.iter().any(|word| word.starts_with(asked.as_str())));
            begins.then(|| (asked.iter().all(|asked| words.contains(asked)), board))
        })
        .collect();
    let of = |wanted: bool| found.iter().filter(move |(exact, _)| *exact == wanted).map(|(_, board)| (*board).clone());
    Found { count: found.len(), boards: of(true).chain(of(false)).take(most).collect(), is_partial: false }
}
