//! Every parser of what strangers wrote, with files that it reads, words of its format, and what must hold of anything at all that it is given.
//!
//! The campaigns feed them with seeded mutations on stable; the targets in `fuzz/` let libFuzzer look for ways through the same functions.
#![allow(dead_code, reason = "campaigns and fuzz targets take the parsers that they feed")]

mod annotations;
mod catalogues;
mod designs;
mod pictures;
mod placements;
mod recognition;
mod records;
mod reports;

use std::fmt::Display;
use std::sync::LazyLock;

pub(crate) use annotations::{ANNOTATIONS, DATASETS, DRAWINGS};
pub(crate) use catalogues::{BOARDS, INDEXES, MANIFESTS, SEARCH_FILES, SIGNATURES};
pub(crate) use designs::{BOARDVIEWS, DRILL_FILES, GERBER_LAYERS, IPC2581, KICAD_BOARDS};
pub(crate) use pictures::{EXIF, PICTURES};
pub(crate) use placements::PLACEMENTS;
pub(crate) use recognition::{CODES, FEATURES};
pub(crate) use records::{CASES, COMPARISONS, CONTRIBUTIONS, CONTROL_POINTS};
pub(crate) use reports::{LINKS, REPORTS};

use crate::random::{Dice, mutation};

/// What an input came to, or why that must not be.
pub(crate) type Outcome = Result<&'static str, String>;

/// A parser of what strangers wrote.
pub(crate) struct Parser {
    /// Files that it reads.
    pub(crate) files: LazyLock<Vec<Vec<u8>>>,
    /// What means something in the format.
    pub(crate) words: &'static [&'static [u8]],
    /// Makes checksums fit again, so that what is behind them is met as well.
    pub(crate) sealed: Option<fn(&mut [u8])>,
    /// Reads an input and checks what must hold of any.
    pub(crate) read: fn(&[u8]) -> Outcome,
}

impl Parser {
    /// A mutated file is read, or refused in words.
    pub(crate) fn case(&self, seed: u64) -> Outcome {
        let mut dice = Dice::new(seed);
        (self.read)(&self.drawn(&mut dice))
    }

    /// A file that was changed on its way.
    pub(crate) fn drawn(&self, dice: &mut Dice) -> Vec<u8> {
        let files = &self.files;
        let mut bytes = files[dice.below(files.len())].clone();
        let other = dice.below(files.len());
        mutation::mutate(&mut bytes, dice, self.words, &files[other]);
        if let Some(sealed) = self.sealed.filter(|_| dice.chance(2)) {
            sealed(&mut bytes);
        }
        bytes
    }
}

/// A refusal that a person can use: what happened, why, what to do next.
fn refused(error: &impl Display) -> Outcome {
    let text = error.to_string();
    // What a decoder or parser of others says may be quoted in it, however long.
    if text.ends_with('.') && text.split(' ').count() >= 6 { Ok("refused") } else { Err(format!("no sentence: {text:?}")) }
}

/// What was read must come back from what is written of it.
fn same<T: PartialEq>(read: &T, again: Option<&T>) -> Outcome {
    if again == Some(read) { Ok("read") } else { Err("written and read again, it is another".to_owned()) }
}

/// All of them by their names, which are those of campaigns, of fuzz targets and of folders in `tests/crashes`.
pub(crate) static PARSERS: [(&str, &Parser); 24] = [
    ("annotations", &ANNOTATIONS),
    ("boards", &BOARDS),
    ("boardviews", &BOARDVIEWS),
    ("cases", &CASES),
    ("catalogue_indexes", &INDEXES),
    ("codes", &CODES),
    ("comparisons", &COMPARISONS),
    ("contributions", &CONTRIBUTIONS),
    ("control_points", &CONTROL_POINTS),
    ("datasets", &DATASETS),
    ("drawings", &DRAWINGS),
    ("drill_files", &DRILL_FILES),
    ("exif", &EXIF),
    ("features", &FEATURES),
    ("gerber_layers", &GERBER_LAYERS),
    ("ipc2581", &IPC2581),
    ("kicad_boards", &KICAD_BOARDS),
    ("links", &LINKS),
    ("manifests", &MANIFESTS),
    ("pictures", &PICTURES),
    ("placements", &PLACEMENTS),
    ("reports", &REPORTS),
    ("search_files", &SEARCH_FILES),
    ("signatures", &SIGNATURES),
];
