//! Making the index of a large catalogue.

use std::collections::BTreeMap;

use super::files::{LINES_FORMAT, LinesFile, SearchIndex, WORDS_FORMAT, WordsFile};
use super::numbers::Numbers;
use crate::catalog::BoardLine;
use crate::vision::Sha256;

/// Boards whose lines one file holds: some 75 kB of JSON, a quarter of it when packed.
const PER_FILE: u32 = 256;
/// A file of words is closed when it has as many bytes of JSON.
const WORDS_BYTES: usize = 100_000;

/// An index, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltIndex {
    /// For `catalog.json`.
    pub index: SearchIndex,
    /// Files by their paths beside `catalog.json`.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The boards in the order in which an index numbers them, by name: what has a word in common stands together then.
#[must_use]
pub fn sorted(mut boards: Vec<BoardLine>) -> Vec<BoardLine> {
    boards.sort_by_cached_key(|board| (board.name().to_lowercase(), board.id.clone()));
    boards
}

/// The index of these boards, in the order of [`sorted`].
///
/// # Errors
/// What `serde_json` says, which it does not of such values.
pub fn build(boards: Vec<BoardLine>) -> Result<BuiltIndex, serde_json::Error> {
    let boards = sorted(boards);
    let mut numbers: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (number, board) in (0..).zip(&boards) {
        for word in board.words() {
            numbers.entry(word).or_default().push(number);
        }
    }
    let (count, references) = (boards.len() as u32, boards.iter().map(|board| u64::from(board.references)).sum());
    let mut files = Vec::new();
    let mut lines = Vec::new();
    for (number, part) in boards.chunks(PER_FILE as usize).enumerate() {
        let file =
            LinesFile { format: LINES_FORMAT.to_owned(), version: 1, first: number as u32 * PER_FILE, boards: part.to_vec() };
        let bytes = serde_json::to_vec(&file)?;
        lines.push(Sha256::of(&bytes));
        files.push((format!("index/lines/{number}.json"), bytes));
    }
    let mut words = Vec::new();
    let mut open: Vec<(String, Vec<u32>)> = Vec::new();
    let mut size = 0;
    let mut close = |open: &mut Vec<(String, Vec<u32>)>| {
        let Some((first, _)) = open.first().cloned() else { return Ok(()) };
        let file = WordsFile { format: WORDS_FORMAT.to_owned(), version: 1, words: std::mem::take(open) };
        let bytes = serde_json::to_vec(&file)?;
        files.push((format!("index/words/{}.json", words.len()), bytes.clone()));
        words.push((first, Sha256::of(&bytes)));
        Ok::<(), serde_json::Error>(())
    };
    for (word, numbers) in numbers {
        let written = Numbers::of(numbers).written();
        size += word.len() + 6 + written.iter().map(|number| number.to_string().len() + 1).sum::<usize>();
        open.push((word, written));
        if size > WORDS_BYTES {
            close(&mut open)?;
            size = 0;
        }
    }
    close(&mut open)?;
    let index = SearchIndex { boards: count, references, per_file: PER_FILE, lines, words, folder: String::new() };
    Ok(BuiltIndex { index, files })
}
