//! Boards looked for in a catalogue of a million references, letter by letter.

use std::sync::LazyLock;

use crate::made_up_boards::{Served, Visitor, line};

/// Boards; they have five references each in the mean.
pub(crate) const BOARDS: u64 = 200_000;
/// Answers that are shown.
const SHOWN: usize = 20;
/// Files that one more letter may need.
const MOST_FILES: usize = 10;

static CATALOGUE: LazyLock<Served> = LazyLock::new(|| Served::of((0..BOARDS).map(line).collect()));

/// Whoever types a board's vendor and model finds it among the first answers, and no letter needs more than a few files.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let board = line(seed * 197 % BOARDS);
    let question = format!("{} {} {}", board.vendor, board.model, board.revision.as_deref().unwrap_or_default()).to_lowercase();
    let mut visitor = Visitor::of(&CATALOGUE);
    if visitor.index.search.as_ref().is_none_or(|index| index.references < 950_000) {
        return Err("the catalogue has fewer references than it should".to_owned());
    }
    let mut found = visitor.asks("", SHOWN);
    for (end, _) in question.char_indices().skip(2) {
        let before = visitor.fetched.len();
        found = visitor.asks(&question[..end], SHOWN);
        if visitor.fetched.len() - before > MOST_FILES {
            return Err(format!("{:?} needs {:?}", &question[..end], &visitor.fetched[before..]));
        }
        if found.boards.iter().any(|shown| shown.id == board.id) {
            return Ok(if end + 5 < question.len() { "found before its revision was typed" } else { "found with its revision" });
        }
    }
    Err(format!("{question:?} finds {} boards, and {} is not among the first", found.count, board.id))
}
