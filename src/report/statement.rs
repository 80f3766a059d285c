//! The report: a frozen case that others can open.

use serde::{Deserialize, Serialize};

use super::{Finding, FindingId};
use crate::geometry::Mesh;
use crate::vision::{Alignment, PictureFacts, Verdict};

/// Findings in one report; a person reads them, so more than this is no report.
pub const MAX_FINDINGS: usize = 1000;
/// Characters of a finding's note.
pub const MAX_NOTE_CHARS: usize = 2000;
/// Characters of a name: board, reference.
pub const MAX_TITLE_CHARS: usize = 200;

/// References in one report.
pub(super) const MAX_REFERENCES: usize = 64;
/// Pixels along a side of a picture: the most that decoding accepts.
const MAX_SIDE_PX: u32 = 32_767;
/// Nodes of a mesh: one for each 64 px square of the largest picture, twice over.
pub(super) const MAX_MESH_NODES: usize = 65_536;
/// Reference pixels that a mesh may add to the homography; more is no remainder, and the link's grid ends soon after.
const MAX_BEND_PX: f32 = 2000.0;

/// Pixels per millimetre, from a panorama to a microscope.
pub const DENSITIES: std::ops::RangeInclusive<f64> = 0.001..=100_000.0;

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
    /// True when everything is within the limits of `docs/formats/report.md` and every number is usable: nothing in it can
    /// hurt a reader, and a link carries it faithfully.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let short = |text: &str| text.chars().count() <= MAX_TITLE_CHARS;
        let numbers: Vec<FindingId> = self.findings.iter().map(|finding| finding.id).collect();
        short(&self.board)
            && is_sized(&self.photo)
            && (1..=MAX_REFERENCES).contains(&self.references.len())
            && self.references.iter().all(|r| short(&r.title) && is_sized(&r.picture))
            && is_usable(&self.alignment)
            && self.summary.is_valid()
            && self.findings.len() <= MAX_FINDINGS
            && self.findings.iter().all(Finding::is_valid)
            && numbers.is_sorted_by(|before, after| before < after)
    }
}

impl Summary {
    fn is_valid(&self) -> bool {
        self.flagged <= self.differences
            && is_length(self.smallest_part_px)
            && self.px_per_mm.is_none_or(|density| DENSITIES.contains(&density))
    }
}

fn is_sized(picture: &PictureFacts) -> bool {
    [picture.width, picture.height].iter().all(|side| (1..=MAX_SIDE_PX).contains(side))
}

/// A length that single precision holds.
fn is_length(value: f64) -> bool {
    (0.0..=f64::from(f32::MAX)).contains(&value)
}

fn is_usable(alignment: &Alignment) -> bool {
    let is_small =
        |mesh: &Mesh| mesh.nodes.len() <= MAX_MESH_NODES && mesh.nodes.iter().flatten().all(|v| v.abs() <= MAX_BEND_PX);
    // A mesh bends a homography: alone it has no meaning. Without a map nothing can be aligned.
    let is_placed = alignment.homography.is_some() || (alignment.mesh.is_none() && alignment.verdict == Verdict::Refused);
    is_placed
        && alignment.warp().is_none_or(|warp| warp.is_valid())
        && alignment.mesh.as_ref().is_none_or(is_small)
        && alignment.residual_px.is_none_or(|r| is_length(r.median) && is_length(r.p95))
        && (0.0..=1.0).contains(&alignment.coverage)
}
