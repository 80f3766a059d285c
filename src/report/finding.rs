//! What a person says about a place on the board.

use serde::{Deserialize, Serialize};

use super::statement::MAX_NOTE_CHARS;
use crate::geometry::{Rect, Reference};
use crate::vision::DifferenceKind;

/// Shapes of one finding.
pub(super) const MAX_SHAPES: usize = 64;
/// The highest number of a finding: far above what a person gives, far below where counting on would overflow.
const MAX_NUMBER: u32 = 999_999;
/// The largest coordinate, width and height of a box: four times the longest side of any picture.
const MAX_BOX_PX: f64 = 131_072.0;

/// The number of a finding: given once within a case, never given again, and the name people use for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FindingId(pub u32);

/// A marked place. Geometry lives in reference space, so that it stays put when the photo is taken again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Its number.
    pub id: FindingId,
    /// Where it is; at least one shape.
    pub shapes: Vec<Shape>,
    /// What it is.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// What the person makes of it.
    pub judgement: Judgement,
    /// In the person's own words.
    pub note: String,
    /// The score of the difference it grew out of; `None` when it was drawn by hand.
    pub score: Option<f64>,
}

impl Finding {
    /// A new finding around `area`, with nothing said about it yet.
    #[must_use]
    pub fn around(id: FindingId, area: Rect<Reference>) -> Self {
        Self {
            id,
            shapes: vec![Shape::Box(area)],
            kind: FindingKind::Other,
            severity: Severity::Medium,
            judgement: Judgement::Suspicious,
            note: String::new(),
            score: None,
        }
    }

    /// True when it can be kept and shared faithfully: a number from 1 to 999,999, 1 to 64 shapes near the board, a note of at
    /// most [`MAX_NOTE_CHARS`] characters, a score from 0 to 1.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let is_near = |area: &Rect<Reference>| {
            area.is_valid() && [area.x, area.y, area.w, area.h].iter().all(|length| length.abs() <= MAX_BOX_PX)
        };
        (1..=MAX_NUMBER).contains(&self.id.0)
            && (1..=MAX_SHAPES).contains(&self.shapes.len())
            && self.shapes.iter().all(|Shape::Box(area)| is_near(area))
            && self.note.chars().count() <= MAX_NOTE_CHARS
            && self.score.is_none_or(|score| (0.0..=1.0).contains(&score))
    }

    /// The smallest rectangle around all its shapes.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect<Reference>> {
        Rect::around(self.shapes.iter().flat_map(|Shape::Box(area)| area.corners()))
    }
}

/// A mark on the reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An axis-parallel box.
    Box(Rect<Reference>),
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A part that the reference does not have.
    Added,
    /// A part that only the reference has.
    Missing,
    /// Another part in its place.
    Replaced,
    /// The same part elsewhere or turned.
    Moved,
    /// A wire that was put on later.
    BodgeWire,
    /// Traces of soldering after manufacture.
    Rework,
    /// Print, label or sticker.
    Marking,
    /// Broken, burnt or corroded.
    Damage,
    /// Something else.
    Other,
}

impl FindingKind {
    /// All of them, in the order of the number keys.
    pub const ALL: [Self; 9] = [
        Self::Added,
        Self::Missing,
        Self::Replaced,
        Self::Moved,
        Self::BodgeWire,
        Self::Rework,
        Self::Marking,
        Self::Damage,
        Self::Other,
    ];
}

impl From<DifferenceKind> for FindingKind {
    fn from(kind: DifferenceKind) -> Self {
        match kind {
            DifferenceKind::Added => Self::Added,
            DifferenceKind::Missing => Self::Missing,
            DifferenceKind::Replaced => Self::Replaced,
            DifferenceKind::Moved => Self::Moved,
            DifferenceKind::Marking => Self::Marking,
            DifferenceKind::Unclear => Self::Other,
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth asking about.
    Medium,
    /// Worth stopping for.
    High,
}

impl Severity {
    /// All of them, mildest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];
}

/// What a person makes of a finding; the design's word is *verdict*, which in code belongs to the alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Nobody knows why it is there.
    Suspicious,
    /// There is a harmless reason.
    Explained,
    /// Checked on the unit itself: it is what it seems.
    Confirmed,
    /// Checked on the unit itself: it is not.
    Refuted,
}

impl Judgement {
    /// All of them, in the order in which people move through them.
    pub const ALL: [Self; 4] = [Self::Suspicious, Self::Explained, Self::Confirmed, Self::Refuted];
}
