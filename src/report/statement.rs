//! The report: a frozen case that others can open.

use serde::{Deserialize, Serialize};

use super::{Finding, Shape};
use crate::vision::{Alignment, PictureFacts};

/// Findings in one report; a person reads them, so more than this is no report.
pub const MAX_FINDINGS: usize = 1000;
/// Characters of a finding's note.
pub const MAX_NOTE_CHARS: usize = 2000;
/// Characters of a name: board, reference.
pub const MAX_TITLE_CHARS: usize = 200;

/// Everything that a link carries: findings, alignment, hashes and sizes of the pictures; never the pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Which board, in the sender's words; may be empty.
    pub board: String,
    /// The sender's photo.
    pub photo: PictureFacts,
    /// What it was compared with; findings lie on the first.
    pub references: Vec<ReferenceNote>,
    /// How the photo lies on the first reference. `points` stay empty: the map itself says it all.
    pub alignment: Alignment,
    /// What the comparison found.
    pub summary: Summary,
    /// What the person says, in the order of their numbers.
    pub findings: Vec<Finding>,
}

/// A reference by name and hash, so that a reader can look for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceNote {
    /// As the catalogue or the sender calls it.
    pub title: String,
    /// Which picture.
    pub picture: PictureFacts,
}

/// The comparison in four numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Places that differ.
    pub differences: u32,
    /// Of these, worth a look.
    pub flagged: u32,
    /// Side of the smallest square part that could have been seen, in reference pixels.
    pub smallest_part_px: f64,
    /// Reference pixels per millimetre, when known.
    pub px_per_mm: Option<f64>,
}

impl Report {
    /// True when everything is within the limits and every number is usable: nothing in it can hurt a reader.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let short = |text: &str, most: usize| text.chars().count() <= most;
        let sized = |picture: &PictureFacts| (1..=32_767).contains(&picture.width) && (1..=32_767).contains(&picture.height);
        short(&self.board, MAX_TITLE_CHARS)
            && sized(&self.photo)
            && (1..=64).contains(&self.references.len())
            && self.references.iter().all(|r| short(&r.title, MAX_TITLE_CHARS) && sized(&r.picture))
            && self.alignment.warp().is_none_or(|warp| warp.is_valid())
            && self.findings.len() <= MAX_FINDINGS
            && self.findings.iter().all(|finding| {
                short(&finding.note, MAX_NOTE_CHARS)
                    && (1..=64).contains(&finding.shapes.len())
                    && finding.shapes.iter().all(|Shape::Box(area)| area.is_valid())
            })
    }
}
