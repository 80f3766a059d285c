//! What a check found, as a sentence and as JSON (docs/formats/check.md).

use serde::Serialize;

use super::CheckOrder;
use super::unlisted::UnlistedFacts;
use crate::design::{Belongs, Design, LaidDesign, Placement};
use crate::geometry::{Photo, Point, Rect};
use crate::report::{here_belongs, not_fitted, nothing_placed, part_named};
use crate::vision::{
    Comparison, Difference, DifferenceKind, DrawingAlignment, MADE_BY, Picture, PictureFacts, Residual, Sha256, Verdict,
};

/// The format's version.
const VERSION: u32 = 1;

/// A difference, and what the design has at its place.
pub(super) struct Set<'a> {
    pub(super) difference: &'a Difference,
    belongs: Belongs<'a>,
}

/// Every difference in its order, set against the design.
pub(super) fn set<'a>(laid: &LaidDesign<'a>, comparison: &'a Comparison) -> Vec<Set<'a>> {
    comparison.differences.iter().map(|difference| Set { difference, belongs: laid.belongs(&difference.photo_box) }).collect()
}

impl Set<'_> {
    /// What the design has there, for a person.
    pub(super) fn sentence(&self) -> String {
        match &self.belongs {
            Belongs::Parts(parts) => {
                let names: Vec<String> = parts.iter().map(|part| named(part)).collect();
                here_belongs(&names, self.difference.kind == DifferenceKind::Missing)
            }
            Belongs::NotFitted(part) => not_fitted(&named(part)),
            Belongs::Nothing { nearest } => nothing_placed(nearest.map(|(part, mm)| (named(part), mm))),
        }
    }
}

/// `R12 (10k, R_0603)`.
pub(super) fn named(part: &Placement) -> String {
    part_named(&part.designator, &part.about())
}

/// The JSON.
#[derive(Serialize)]
pub(super) struct Found<'a> {
    format: &'static str,
    version: u32,
    made_by: &'static str,
    photo: PictureFacts,
    design: DesignFacts,
    alignment: AlignmentFacts,
    parts: Vec<PartFacts<'a>>,
    differences: Vec<DifferenceFacts<'a>>,
    /// Null where nothing was looked for.
    unlisted: Option<Vec<UnlistedFacts<'a>>>,
}

#[derive(Serialize)]
struct DesignFacts {
    sha256: Sha256,
    side: &'static str,
    parts: usize,
    unit_is_stated: bool,
    skipped: usize,
}

#[derive(Serialize)]
struct AlignmentFacts {
    verdict: Verdict,
    /// Millimetres to photo pixels.
    homography: [f64; 9],
    px_per_mm: f64,
    looked_for: usize,
    agreed: f64,
    residual_mm: Residual,
}

#[derive(Serialize)]
struct PartFacts<'a> {
    designator: &'a str,
    value: &'a str,
    package: &'a str,
    part_number: &'a str,
    fitted: bool,
    /// The middle of its footprint on the photo.
    x: f64,
    y: f64,
    /// Its corners, going round.
    outline: Option<[[f64; 2]; 4]>,
}

#[derive(Serialize)]
struct DifferenceFacts<'a> {
    photo_box: Rect<Photo>,
    score: f64,
    kind: DifferenceKind,
    flagged: bool,
    design: &'static str,
    designators: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<Nearest<'a>>,
}

#[derive(Serialize)]
pub(super) struct Nearest<'a> {
    pub(super) designator: &'a str,
    pub(super) mm: f64,
}

impl<'a> Found<'a> {
    pub(super) fn new(
        order: &CheckOrder,
        (sha256, photo): (Sha256, &Picture),
        (design_sha256, design): (Sha256, &Design),
        alignment: &DrawingAlignment,
        laid: Option<&LaidDesign<'a>>,
        set: &[Set<'a>],
        unlisted: Option<Vec<UnlistedFacts<'a>>>,
    ) -> Self {
        let part = |(part, at, outline): (&'a Placement, Point<Photo>, Option<[Point<Photo>; 4]>)| PartFacts {
            designator: &part.designator,
            value: &part.value,
            package: &part.package,
            part_number: &part.part_number,
            fitted: part.fitted,
            x: at.x,
            y: at.y,
            outline: outline.map(|corners| corners.map(|corner| [corner.x, corner.y])),
        };
        Self {
            format: "boardwatch-check",
            version: VERSION,
            made_by: MADE_BY,
            photo: PictureFacts { sha256, width: photo.width as u32, height: photo.height as u32 },
            design: DesignFacts {
                sha256: design_sha256,
                side: order.side.word(),
                parts: design.on(order.side).count(),
                unit_is_stated: design.unit_is_stated,
                skipped: design.skipped_count,
            },
            alignment: AlignmentFacts {
                verdict: alignment.verdict,
                homography: *alignment.map.rows(),
                px_per_mm: alignment.px_per_mm,
                looked_for: alignment.looked_for,
                agreed: alignment.agreed,
                residual_mm: alignment.residual_mm,
            },
            parts: laid.into_iter().flat_map(LaidDesign::places).map(part).collect(),
            differences: set.iter().map(difference).collect(),
            unlisted,
        }
    }
}

fn difference<'a>(set: &Set<'a>) -> DifferenceFacts<'a> {
    let Difference { photo_box, score, kind, flagged, .. } = set.difference;
    let (design, designators, nearest) = match &set.belongs {
        Belongs::Parts(parts) => ("parts", parts.iter().map(|part| part.designator.as_str()).collect(), None),
        Belongs::NotFitted(part) => ("not_fitted", vec![part.designator.as_str()], None),
        Belongs::Nothing { nearest } => {
            ("nothing_placed", Vec::new(), nearest.map(|(part, mm)| Nearest { designator: &part.designator, mm }))
        }
    };
    DifferenceFacts { photo_box: *photo_box, score: *score, kind: *kind, flagged: *flagged, design, designators, nearest }
}
