//! A part as it was designed.

use super::artwork::Layer;
use super::package::size_of;
use crate::catalog::Side;
use crate::geometry::{Drawing, Point, Rect};
use crate::vision::Footprint;

/// Characters of a text of a placement; what is longer is cut there.
const LONGEST_TEXT: usize = 200;
/// Rows that were left out and are told one by one.
const MOST_TOLD: usize = 20;

/// What a file of a design programme says of a board.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Design {
    /// In the order of the file.
    pub placements: Vec<Placement>,
    /// What is drawn, in the order of the files.
    pub layers: Vec<Layer>,
    /// False when the file names no unit: millimetres were taken for granted, or mils where the board would be longer than a metre.
    pub unit_is_stated: bool,
    /// Rows or commands that could not be read, the first twenty.
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

/// A row or command that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// Its line, or its place in a list, counted from 1.
    pub row: usize,
    /// Why.
    pub why: Why,
}

/// Why something was left out.
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
    /// A command that is unknown or broken.
    Unreadable,
    /// It draws with an aperture or a tool that was never defined.
    NoAperture,
}

impl Placement {
    /// Where it stands and how large it is: as the file says, or else as the name of its package does.
    #[must_use]
    pub fn footprint(&self) -> Footprint {
        let turned = |[w, h]: [f64; 2]| {
            let (sine, cosine) = libm::sincos(self.rotation_deg.to_radians());
            [(w * cosine).abs() + (h * sine).abs(), (w * sine).abs() + (h * cosine).abs()].map(|side| side / 2.0)
        };
        Footprint { at: self.at, half_mm: self.size_mm.or_else(|| size_of(&self.package)).map(turned), fitted: self.fitted }
    }

    /// Its line of the bill of materials: value, package and part number, as far as they are known.
    #[must_use]
    pub fn about(&self) -> String {
        let about = [&self.value, &self.package, &self.part_number].map(String::as_str);
        about.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The upright rectangle around it, in millimetres; a point where its size is unknown.
    #[must_use]
    pub fn outline(&self) -> Rect<Drawing> {
        let [w, h] = self.footprint().half_mm.unwrap_or_default();
        Rect::new(self.at.x - w, self.at.y - h, 2.0 * w, 2.0 * h)
    }
}

impl Design {
    /// The parts of one side.
    pub fn on(&self, side: Side) -> impl Iterator<Item = &Placement> {
        self.placements.iter().filter(move |placement| placement.side == side)
    }

    /// What files of one board say together; `None` when there are no files.
    ///
    /// # Errors
    /// The first one among them.
    pub fn joined<E>(files: impl IntoIterator<Item = Result<Self, E>>) -> Result<Option<Self>, E> {
        let mut design: Option<Self> = None;
        for file in files {
            let file = file?;
            match &mut design {
                Some(design) => design.join(file),
                None => design = Some(file),
            }
        }
        Ok(design)
    }

    /// Takes in what another file says of the same board, in the same coordinates.
    pub fn join(&mut self, other: Self) {
        self.placements.extend(other.placements);
        self.layers.extend(other.layers);
        self.unit_is_stated &= other.unit_is_stated;
        self.skipped_count += other.skipped_count;
        self.skipped.extend(other.skipped.into_iter().take(MOST_TOLD.saturating_sub(self.skipped.len())));
    }

    /// What of the files was not read, as a sentence; `None` when all of it was.
    #[must_use]
    pub fn unread(&self) -> Option<String> {
        let rows: Vec<String> = self.skipped.iter().map(|skipped| skipped.row.to_string()).collect();
        let more = if self.skipped_count > rows.len() { " and more" } else { "" };
        let said = || format!("{} lines of the design could not be read: {}{more}.", self.skipped_count, rows.join(", "));
        (self.skipped_count > 0).then(said)
    }

    /// Which unit was taken for granted, as a sentence; `None` when the files say it.
    #[must_use]
    pub fn assumed_unit(&self) -> Option<String> {
        let assumed = if self.placements.is_empty() {
            "inches were"
        } else {
            "millimetres, or mils where the board would be too large, were"
        };
        (!self.unit_is_stated).then(|| format!("The design doesn't say in which unit it counts; {assumed} taken for granted."))
    }

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
