//! A part as it was designed.

use crate::catalog::Side;
use crate::geometry::{Drawing, Point};

/// Characters of a text of a placement; what is longer is cut there.
const LONGEST_TEXT: usize = 200;
/// Rows that were left out and are told one by one.
const MOST_TOLD: usize = 20;

/// What a file of a design programme says of a board.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Design {
    /// In the order of the file.
    pub placements: Vec<Placement>,
    /// False when the file names no unit: millimetres were taken for granted, or mils where the board would be longer than a metre.
    pub unit_is_stated: bool,
    /// Rows that could not be read, the first twenty.
    pub skipped: Vec<Skipped>,
    /// All of them.
    pub skipped_count: usize,
}

/// A part, and where it belongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// `R12`.
    pub designator: String,
    /// Its centre in millimetres.
    pub at: Point<Drawing>,
    /// Degrees counterclockwise, seen from the side that the file counts them from.
    pub rotation_deg: f64,
    /// Where it sits.
    pub side: Side,
    /// `10k`; empty when the file has none, as the next two.
    pub value: String,
    /// `R_0603_1608Metric`.
    pub package: String,
    /// The manufacturer's, or a shop's.
    pub part_number: String,
    /// False when the file says that this variant of the board has no such part.
    pub fitted: bool,
    /// Width and height of its outline in millimetres before it is turned, where the file says.
    pub size_mm: Option<[f64; 2]>,
}

/// A row that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// Its line, or its place in a list, counted from 1.
    pub row: usize,
    /// What it lacks.
    pub why: Why,
}

/// What a row lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No name of a part.
    NoDesignator,
    /// No two numbers for its place.
    NoPlace,
    /// Its place is further away than any board is long.
    TooFar,
    /// Its side is neither the top nor the bottom.
    NoSide,
}

impl Design {
    /// Leaves a row out.
    pub(super) fn skip(&mut self, row: usize, why: Why) {
        self.skipped_count += 1;
        if self.skipped.len() < MOST_TOLD {
            self.skipped.push(Skipped { row, why });
        }
    }
}

/// A text of a placement as it is kept: without what can't be shown, and not too long.
pub(super) fn kept(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LONGEST_TEXT).collect()
}
