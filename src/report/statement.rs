//! The report: a frozen case that others can open.

use serde::{Deserialize, Serialize};

use super::{Answer, ControlPoint, Finding, FindingId, MAX_CONTROL_POINTS, Shape};
use crate::geometry::Mesh;
use crate::vision::{Alignment, BlindArea, PictureFacts, Sha256, Verdict};

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

/// Pixels from the edge within which a control point lies.
const MAX_PLACE_PX: f64 = 131_072.0;

/// Pixels per millimetre, from a panorama to a microscope.
pub const DENSITIES: std::ops::RangeInclusive<f64> = 0.001..=100_000.0;

/// Areas that were not compared in one report: the largest; a reader looks at no more, and a link has little room.
pub const MAX_BLIND: usize = 12;

/// Findings, alignment, hashes and sizes of the pictures, and what it takes to do it again; never the pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Which board, in the sender's words; may be empty.
    pub board: String,
    /// Which physical board, in the sender's words; may be empty.
    #[serde(default)]
    pub unit: String,
    /// Who says it, in the sender's words; may be empty.
    #[serde(default)]
    pub contributor: String,
    /// The sender's photo.
    pub photo: PictureFacts,
    /// What it was compared with; findings lie on the first.
    pub references: Vec<ReferenceNote>,
    /// How the photo lies on the first reference. `points` stay empty: the map itself says it all.
    pub alignment: Alignment,
    /// What the comparison found.
    pub summary: Summary,
    /// The largest parts of the first reference that it could not compare.
    #[serde(default)]
    pub blind: Vec<BlindArea>,
    /// How it was made.
    #[serde(default)]
    pub method: Method,
    /// What the person says, in the order of their numbers.
    pub findings: Vec<Finding>,
    /// What makes it a confirmation of another report.
    #[serde(default)]
    pub answer: Option<Answer>,
}

/// A reference by name and hash, so that a reader can look for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceNote {
    /// As the catalogue or the sender calls it.
    pub title: String,
    /// Which picture.
    pub picture: PictureFacts,
    /// Who took it; may be empty.
    #[serde(default)]
    pub contributor: String,
    /// Under which licence it may be used (SPDX); may be empty.
    #[serde(default)]
    pub licence: String,
    /// Where it comes from: an address or a few words; may be empty.
    #[serde(default)]
    pub source: String,
    /// The catalogue that it was taken from, with its edition; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub catalogue: String,
}

impl ReferenceNote {
    /// A reference of which nothing else is known.
    #[must_use]
    pub fn of(title: String, picture: PictureFacts) -> Self {
        let [contributor, licence, source, catalogue] = [String::new(), String::new(), String::new(), String::new()];
        Self { title, picture, contributor, licence, source, catalogue }
    }

    /// What goes with it wherever it is shown: who took it, its licence, its source and its catalogue, as far as they are known.
    #[must_use]
    pub fn credits(&self) -> String {
        let known = [&self.contributor, &self.licence, &self.source, &self.catalogue].map(String::as_str);
        known.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// What it takes to repeat the comparison from the same pictures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// The programme that compared, with its version; may be empty.
    pub made_by: String,
    /// SHA-256 of the comparison in canonical JSON, without its times; `None` when nothing was compared.
    pub comparison: Option<Sha256>,
    /// Pixels per millimetre on the first reference, as the comparison was told.
    pub px_per_mm: Option<f64>,
    /// Places that a person marked as the same, as the comparison was told.
    pub control_points: Vec<ControlPoint>,
    /// The unit that each reference shows, by any number, as the comparison was told; empty when nobody knew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Option<u32>>,
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
    /// A report that says nothing yet.
    #[must_use]
    pub fn about(photo: PictureFacts, alignment: Alignment) -> Self {
        Self {
            board: String::new(),
            unit: String::new(),
            contributor: String::new(),
            photo,
            references: Vec::new(),
            alignment,
            summary: Summary::default(),
            blind: Vec::new(),
            method: Method::default(),
            findings: Vec::new(),
            answer: None,
        }
    }

    /// True when everything is within the limits of `docs/formats/report.md` and every number is usable: nothing in it can
    /// hurt a reader, and a link carries it faithfully.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let short = |text: &str| text.chars().count() <= MAX_TITLE_CHARS;
        let numbers: Vec<FindingId> = self.findings.iter().map(|finding| finding.id).collect();
        let named = |r: &ReferenceNote| {
            [&r.title, &r.contributor, &r.licence, &r.source, &r.catalogue].into_iter().all(|text| short(text))
        };
        short(&self.board)
            && short(&self.unit)
            && short(&self.contributor)
            && is_sized(&self.photo)
            && (1..=MAX_REFERENCES).contains(&self.references.len())
            && self.references.iter().all(|r| named(r) && is_sized(&r.picture))
            && is_usable(&self.alignment)
            && self.summary.is_valid()
            && self.findings.len() <= MAX_FINDINGS
            && self.findings.iter().all(Finding::is_valid)
            && numbers.is_sorted_by(|before, after| before < after)
            && self.blind.len() <= MAX_BLIND
            && self.blind.iter().all(|blind| Shape::Box(blind.reference_box).is_valid())
            && self.method.is_valid()
            && (self.method.units.is_empty() || self.method.units.len() == self.references.len())
            && self.answer.as_ref().is_none_or(Answer::is_valid)
    }
}

impl Summary {
    fn is_valid(&self) -> bool {
        self.flagged <= self.differences
            && is_length(self.smallest_part_px)
            && self.px_per_mm.is_none_or(|density| DENSITIES.contains(&density))
    }
}

impl Method {
    fn is_valid(&self) -> bool {
        let on_board = |point: &ControlPoint| {
            [point.photo.x, point.photo.y, point.reference.x, point.reference.y].iter().all(|v| v.abs() <= MAX_PLACE_PX)
        };
        self.made_by.chars().count() <= MAX_TITLE_CHARS
            && self.px_per_mm.is_none_or(|density| DENSITIES.contains(&density))
            && self.control_points.len() <= MAX_CONTROL_POINTS
            && self.control_points.iter().all(on_board)
    }
}

/// True for the pixels along a side of a picture.
pub(super) const fn is_side(px: u32) -> bool {
    0 < px && px <= MAX_SIDE_PX
}

fn is_sized(picture: &PictureFacts) -> bool {
    is_side(picture.width) && is_side(picture.height)
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
