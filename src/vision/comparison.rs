//! The result of a comparison, as `docs/formats/comparison.md` describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::written::{WrittenCloseUp, WrittenReference};
use super::{Detail, Picture, Sha256};
use crate::geometry::{Homography, Mesh, Photo, Rect, Reference, Warp};

/// Which picture: its file's hash and its size in pixels after EXIF orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// Hash of the file as it came.
    pub sha256: Sha256,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl PictureFacts {
    /// Those of a file and of what was decoded from it.
    #[must_use]
    pub fn of(file: &[u8], picture: &Picture) -> Self {
        Self { sha256: Sha256::of(file), width: picture.width as u32, height: picture.height as u32 }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        (f64::from(self.width), f64::from(self.height))
    }
}

/// What can be said about the two pictures being of one board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The same board, and the map is good everywhere that counts.
    Aligned,
    /// Probably the same board; look before you believe the differences.
    Doubtful,
    /// Not compared.
    Refused,
}

/// Why the verdict is what it is. The sentences for people are in `report::words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Structure agrees all over the common area.
    Agrees,
    /// It agrees, but the common area is a small part of the board.
    LittleOverlap,
    /// It agrees in places only: another revision, a sibling product, or large changes.
    PartlyAgrees,
    /// It agrees, but what is left over after alignment is large.
    LooseFit,
    /// One of the pictures has too few features to tell.
    TooFewFeatures,
    /// One of the pictures is too blurred to tell.
    TooBlurred,
    /// One of the pictures is too small to tell.
    TooFewPixels,
    /// One of them seems to be mirrored or to show the other side.
    Mirrored,
    /// No map lays one over the other: another board.
    DifferentBoard,
    /// The reference is a drawing, and parts stand where the design has them.
    PartsAgree,
    /// The reference is a drawing, and some parts stand where the design has them.
    PartsPartlyAgree,
    /// The reference is a drawing that could not be laid over the photo.
    PartsDisagree,
    /// The reference is a drawing with too few small parts to find its place.
    TooFewParts,
}

impl Reason {
    /// True when the reference is a drawing: what is listed then looks like a part where the design has none.
    #[must_use]
    pub const fn is_of_drawing(self) -> bool {
        matches!(self, Self::PartsAgree | Self::PartsPartlyAgree | Self::PartsDisagree | Self::TooFewParts)
    }
}

/// Distances between matched places after alignment, in reference pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Residual {
    /// Half of them are smaller.
    pub median: f64,
    /// 95 % of them are smaller.
    pub p95: f64,
}

impl Residual {
    /// Of distances in rising order; `None` when there are none.
    pub(in crate::vision) fn of_sorted(distances: &[f64]) -> Option<Self> {
        let at = |part: f64| distances.get((distances.len() as f64 * part) as usize).copied();
        at(0.5).zip(at(0.95)).map(|(median, p95)| Self { median, p95 })
    }
}

/// The map from photo to reference, and how much to trust it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    /// Aligned, doubtful or refused.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// Photo → reference, pixel centres at .5; `None` when no map was found at all.
    pub homography: Option<Homography<Photo, Reference>>,
    /// What is added to the homography; `None` when it is enough by itself.
    pub mesh: Option<Mesh>,
    /// `[photo_x, photo_y, ref_x, ref_y]` on a grid of at most 64 photo px, up to the edge of the overlap.
    pub points: Vec<[f64; 4]>,
    /// Matched places that agree with the map.
    pub inliers: u32,
    /// How well they agree; `None` when there are none.
    pub residual_px: Option<Residual>,
    /// The part of the reference that was really compared, 0 to 1.
    pub coverage: f64,
    /// The same by region of the reference, [`REGIONS`] times [`REGIONS`], row by row; empty when there is no map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
}

/// Regions along each side of a reference.
pub const REGIONS: usize = 4;

/// How well one region of the reference fits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// On the reference.
    pub reference_box: Rect<Reference>,
    /// Matched places in it that agree with the map.
    pub inliers: u32,
    /// How well they agree; `None` when there are none.
    pub residual_px: Option<Residual>,
    /// The part of it that was really compared, 0 to 1.
    pub coverage: f64,
}

impl Region {
    /// The regions of a reference of this width and height in pixels, with nothing in them.
    pub(super) fn all((width, height): (f64, f64)) -> impl Iterator<Item = Self> {
        let (w, h) = (width / REGIONS as f64, height / REGIONS as f64);
        (0..REGIONS * REGIONS).map(move |k| {
            let reference_box = Rect::new((k % REGIONS) as f64 * w, (k / REGIONS) as f64 * h, w, h);
            Self { reference_box, inliers: 0, residual_px: None, coverage: 0.0 }
        })
    }

    /// The number of the region that `at` lies in, from 0, for a reference of this width and height.
    pub(super) fn at((x, y): (f64, f64), (width, height): (f64, f64)) -> usize {
        let along = |v: f64, side: f64| ((v / side * REGIONS as f64).max(0.0) as usize).min(REGIONS - 1);
        along(y, height) * REGIONS + along(x, width)
    }
}

impl Alignment {
    /// The whole map; `None` when there is none.
    #[must_use]
    pub fn warp(&self) -> Option<Warp> {
        self.homography.map(|homography| Warp { homography, mesh: self.mesh.clone() })
    }
}

/// A reference and how the photo lies on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "WrittenReference", into = "WrittenReference")]
pub struct ReferenceResult {
    /// Which picture.
    pub picture: PictureFacts,
    /// The photo on this reference.
    pub alignment: Alignment,
    /// Which physical board it shows, where somebody said so: references of one unit are one witness.
    pub unit: Option<u32>,
    /// What the other references say of it.
    pub standing: Standing,
}

/// What the other references say of one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Why it took no part in the judgement; `None` when it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_out: Option<KeptOut>,
    /// Where it differs from most of the others, surest first; `photo_box` lies on this reference, `reference_box` on the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd_places: Vec<Difference>,
}

impl Standing {
    /// True when there is nothing to say.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a reference takes no part in the judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptOut {
    /// It does not lie on most of the others: another board, or another revision.
    OtherBoard,
    /// It has something that no other unit has.
    OddOneOut,
}

/// A further photo of a part of the same unit, on the first reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "WrittenCloseUp", into = "WrittenCloseUp")]
pub struct CloseUp {
    /// Which picture.
    pub picture: PictureFacts,
    /// The close-up on the first reference; coverage is the part of the whole reference that it was compared with.
    pub alignment: Alignment,
    /// Surest first; `photo_box` lies on the close-up.
    pub differences: Vec<Difference>,
    /// What this close-up could not have shown; `smallest_part_px` is in pixels of the first reference.
    pub limits: Limits,
}

/// What kind of difference the machine believes to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Structure on the photo where the reference is plain.
    Added,
    /// Plain on the photo where the reference has structure.
    Missing,
    /// Structure on both, and not the same.
    Replaced,
    /// The same structure, shifted or turned.
    Moved,
    /// Ink, label or print.
    Marking,
    /// Different, and no more can be said.
    Unclear,
}

/// What speaks for the difference. The sentences for people are in `report::words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceReason {
    /// Edges and texture that the other picture does not have here.
    Structure,
    /// Another colour than the surroundings explain.
    Colour,
    /// Brighter or darker than the surroundings explain.
    Brightness,
    /// The same patch is found, but elsewhere.
    Displaced,
}

/// A place that is not the same on both pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// On the photo.
    pub photo_box: Rect<Photo>,
    /// On the first reference.
    pub reference_box: Rect<Reference>,
    /// Larger is surer; 0 to 1.
    pub score: f64,
    /// What it looks like.
    pub kind: DifferenceKind,
    /// Why.
    pub reason: DifferenceReason,
    /// Worth a person's look; the rest is a ranked tail.
    pub flagged: bool,
    /// Numbers of the references that could see this place, from 0.
    pub seen_by: Vec<u32>,
    /// Numbers of the references that it differs from.
    pub differs_from: Vec<u32>,
    /// How the references differ among themselves there; `None` when no two of them were compared there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// The number of a reference that was kept out of the judgement and looks like the photo here, while the others don't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<u32>,
}

/// How good units differ among themselves at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Pairs of references that were compared there.
    pub pairs: u32,
    /// Those of them that differ.
    pub differing: u32,
}

/// Why a part of the board was not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlindReason {
    /// The photo does not reach there.
    OutOfFrame,
    /// A highlight hides it.
    Glare,
    /// Too blurred on one of the pictures.
    Blur,
    /// Something tall stands before it.
    Parallax,
    /// Too dark on one of the pictures.
    Dark,
}

/// A part of the reference that was not compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlindArea {
    /// On the first reference.
    pub reference_box: Rect<Reference>,
    /// Why.
    pub reason: BlindReason,
}

/// What the comparison could not have seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Reference pixels per millimetre, when somebody said so.
    pub px_per_mm: Option<f64>,
    /// The side of the smallest square part that this pair could have shown, in reference pixels.
    pub smallest_part_px: f64,
    /// How many of the pictures' pixels were looked at; all of them, where memory was not short.
    #[serde(default, skip_serializing_if = "Detail::is_full")]
    pub detail: Detail,
    /// What was not compared, and why.
    pub blind_areas: Vec<BlindArea>,
}

/// Everything that one comparison found. The same bytes in give the same value, natively and in wasm, but for `timing_ms`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The version of this format; 1.
    pub version: u32,
    /// The programme that made it, with its version.
    pub made_by: String,
    /// The photo.
    pub photo: PictureFacts,
    /// In the order given.
    pub references: Vec<ReferenceResult>,
    /// That of the first reference.
    pub alignment: Alignment,
    /// Surest first; boxes on the first reference.
    pub differences: Vec<Difference>,
    /// What could not be seen.
    pub limits: Limits,
    /// Further photos of parts of the same unit, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closeups: Vec<CloseUp>,
    /// Every number that steered the method, by name.
    pub parameters: BTreeMap<String, f64>,
    /// Milliseconds per stage, filled in by the shells; no part of the result.
    #[serde(default)]
    pub timing_ms: BTreeMap<String, f64>,
}
