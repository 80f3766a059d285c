//! A report that answers another: the same places, looked at on another unit.

use serde::{Deserialize, Serialize};

use super::statement::{MAX_FINDINGS, MAX_NOTE_CHARS};
use super::{Finding, FindingId, Report};
use crate::geometry::{Rect, Reference};
use crate::sorted::SortedMap;
use crate::vision::{PictureFacts, Sha256};

/// What makes a report a confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Digest of the report that is answered.
    pub report: Sha256,
    /// What was seen at the places of its findings, in the order of their numbers; a place that nobody looked at is missing.
    pub places: Vec<Sighting>,
}

/// A report that is to be answered for another unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its digest.
    pub report: Sha256,
    /// What the sender's photo shows at its findings, as far as these pictures came along.
    pub crops: SortedMap<FindingId, SentCrop>,
}

/// A part of a sender's photo as it lies on the first reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SentCrop {
    /// The picture, which is kept under its hash.
    pub picture: PictureFacts,
    /// How much of the first reference it covers, in its pixels.
    pub area: Rect<Reference>,
}

/// One place of another report, on this unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sighting {
    /// The number of the finding in that report.
    pub finding: FindingId,
    /// What is there.
    pub seen: Seen,
    /// In the person's own words; may be empty.
    pub note: String,
}

/// What is at a place that another report speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The same as on the sender's unit.
    Same,
    /// Not what is on the sender's unit.
    Different,
    /// It can't be told.
    CantTell,
}

impl Seen {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 3] = [Self::Same, Self::Different, Self::CantTell];
}

impl Report {
    /// True for a finding that is quoted from the report that this one answers.
    #[must_use]
    pub fn is_answered(&self, id: FindingId) -> bool {
        self.answer.iter().flat_map(|answer| &answer.places).any(|place| place.finding == id)
    }
}

impl Answer {
    /// True when it can be kept and shared faithfully.
    pub(super) fn is_valid(&self) -> bool {
        let numbers = self.places.iter().map(|place| place.finding);
        let is_number = |id: FindingId| Finding::around(id, Rect::new(0.0, 0.0, 1.0, 1.0)).is_valid();
        self.places.len() <= MAX_FINDINGS
            && numbers.clone().all(is_number)
            && numbers.is_sorted_by(|before, after| before < after)
            && self.places.iter().all(|place| place.note.chars().count() <= MAX_NOTE_CHARS)
    }
}
