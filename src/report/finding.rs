//! What a person says about a place on the board.

use serde::{Deserialize, Serialize};

use super::Shape;
use super::statement::MAX_NOTE_CHARS;
use crate::geometry::{Rect, Reference};
use crate::vision::DifferenceKind;

/// Shapes of one finding.
pub(super) const MAX_SHAPES: usize = 64;
/// The highest number of a finding: far above what a person gives, far below where counting on would overflow.
pub const MAX_NUMBER: u32 = 999_999;
/// Characters of a designator: the longest in use, such as `J1201-A`, with room to spare.
pub const MAX_DESIGNATOR_CHARS: usize = 32;
/// Tags of one finding.
pub const MAX_TAGS: usize = 16;
/// Characters of one tag.
pub const MAX_TAG_CHARS: usize = 32;
/// How far findings can be raised or lowered over each other.
const MAX_DEPTH: i32 = 1_000_000;

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
    /// The part's name as printed on the board, such as `C14`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub designator: String,
    /// How much it matters.
    pub severity: Severity,
    /// What the person makes of it.
    pub judgement: Judgement,
    /// In the person's own words.
    pub note: String,
    /// Words to find it by, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The score of the difference it grew out of; `None` when it was drawn by hand.
    pub score: Option<f64>,
    /// What lies higher is drawn over what lies lower; of the same depth, the later number lies higher.
    #[serde(default, skip_serializing_if = "is_ground")]
    pub depth: i32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_ground(depth: &i32) -> bool {
    *depth == 0
}

impl Finding {
    /// A new finding marked by `shape`, with nothing said about it yet.
    #[must_use]
    pub fn marked(id: FindingId, shape: Shape) -> Self {
        Self {
            id,
            shapes: vec![shape],
            kind: FindingKind::Other,
            designator: String::new(),
            severity: Severity::Medium,
            judgement: Judgement::Suspicious,
            note: String::new(),
            tags: Vec::new(),
            score: None,
            depth: 0,
        }
    }

    /// A new finding in a box around `area`.
    #[must_use]
    pub fn around(id: FindingId, area: Rect<Reference>) -> Self {
        Self::marked(id, Shape::Box(area))
    }

    /// True when it can be kept and shared faithfully: a number from 1 to 999,999, 1 to 64 shapes near the board, texts and
    /// tags within their limits, a score from 0 to 1.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let at_most = |text: &str, most: usize| text.chars().count() <= most;
        (1..=MAX_NUMBER).contains(&self.id.0)
            && (1..=MAX_SHAPES).contains(&self.shapes.len())
            && self.shapes.iter().all(Shape::is_valid)
            && at_most(&self.designator, MAX_DESIGNATOR_CHARS)
            && at_most(&self.note, MAX_NOTE_CHARS)
            && self.tags.len() <= MAX_TAGS
            && self.tags.iter().all(|tag| !tag.is_empty() && at_most(tag, MAX_TAG_CHARS))
            && self.score.is_none_or(|score| (0.0..=1.0).contains(&score))
            && self.depth.abs() <= MAX_DEPTH
    }

    /// The smallest rectangle around all its shapes.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect<Reference>> {
        Rect::around(self.shapes.iter().flat_map(Shape::points))
    }

    /// The same, moved.
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        Self { shapes: self.shapes.iter().map(|shape| shape.moved(dx, dy)).collect(), ..self.clone() }
    }
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
