//! The report as bytes: postcard over these structures, numbers on the grids named here. Versions 1 and 2 differ in their
//! findings, and version 3 has [`v3`] behind what version 2 has: 1 and 2 are read, 3 is read and written.
//!
//! The order of fields and of enum variants is the format (`docs/formats/report.md`); frozen examples in the tests hold it.

mod v1;
mod v2;
mod v3;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::statement::{MAX_FINDINGS, MAX_MESH_NODES, MAX_REFERENCES};
use super::{Bundle, Finding, LinkError, ReferenceNote, Report, Summary};
use crate::geometry::{Homography, Mesh};
use crate::vision::{Alignment, PictureFacts, Reason, Residual, Sha256, Verdict};

/// The newest version.
pub(super) const VERSION: u8 = 3;

/// Steps a pixel for shapes: ± 1/16 px is far below what a person can mark.
const SHAPE_STEPS: f64 = 8.0;
/// Steps a pixel for mesh nodes: ± 1/32 px is below the alignment's own error.
const MESH_STEPS: f32 = 16.0;
/// Steps for shares from 0 to 1.
const SHARE_STEPS: f64 = 10_000.0;

/// The bytes of a report, its proof and its exhibits in the newest version.
///
/// # Errors
/// [`LinkError::OutOfLimits`] when there is no room for them.
pub(super) fn write(bundle: &Bundle) -> Result<Vec<u8>, LinkError> {
    postcard::to_allocvec(&v3::WireBundle::from(bundle)).map_err(|_| LinkError::OutOfLimits)
}

/// What the bytes of this version hold.
///
/// # Errors
/// [`LinkError::OutOfLimits`] when they are nothing of the kind, or more than one.
pub(super) fn read(version: u8, bytes: &[u8]) -> Result<Bundle, LinkError> {
    fn all<'a, W: Deserialize<'a>>(bytes: &'a [u8]) -> Result<W, LinkError> {
        let (wire, rest) = postcard::take_from_bytes(bytes).map_err(|_| LinkError::OutOfLimits)?;
        if rest.is_empty() { Ok(wire) } else { Err(LinkError::OutOfLimits) }
    }
    match version {
        1 => all::<WireReport<v1::WireFinding>>(bytes).map(|wire| Bundle::of(wire.into())),
        2 => all::<WireReport<v2::WireFinding>>(bytes).map(|wire| Bundle::of(wire.into())),
        _ => all::<v3::WireBundle>(bytes)
            .and_then(|wire| if wire.is_whole() { Ok(wire.into()) } else { Err(LinkError::OutOfLimits) }),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "F: Deserialize<'de>"))]
struct WireReport<F> {
    board: String,
    photo: WirePicture,
    #[serde(deserialize_with = "at_most::<_, _, MAX_REFERENCES>")]
    references: Vec<(String, WirePicture)>,
    verdict: Verdict,
    reason: Reason,
    homography: Option<[f64; 9]>,
    mesh: Option<WireMesh>,
    inliers: u32,
    residual_px: Option<(f32, f32)>,
    coverage: u16,
    differences: u32,
    flagged: u32,
    smallest_part_px: f32,
    px_per_mm: Option<f32>,
    #[serde(deserialize_with = "at_most::<_, _, MAX_FINDINGS>")]
    findings: Vec<F>,
}

#[derive(Serialize, Deserialize)]
struct WirePicture {
    sha256: [u8; 32],
    width: u32,
    height: u32,
}

#[derive(Serialize, Deserialize)]
struct WireMesh {
    columns: u32,
    rows: u32,
    step_x: f64,
    step_y: f64,
    #[serde(deserialize_with = "at_most::<_, _, MAX_MESH_NODES>")]
    nodes: Vec<(i16, i16)>,
}

/// How the error of [`at_most`] begins.
pub(super) const TOO_MANY: &str = "too many";

/// Reads a list and stops at `MOST`, so that what is made up costs no memory before it is refused.
pub(super) fn at_most<'de, D: Deserializer<'de>, T: Deserialize<'de>, const MOST: usize>(from: D) -> Result<Vec<T>, D::Error> {
    struct List<T, const MOST: usize>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for List<T, MOST> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of at most {MOST}")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                if items.len() == MOST {
                    return Err(A::Error::custom(TOO_MANY));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    from.deserialize_seq(List::<T, MOST>(PhantomData))
}

impl From<&PictureFacts> for WirePicture {
    fn from(facts: &PictureFacts) -> Self {
        Self { sha256: facts.sha256.0, width: facts.width, height: facts.height }
    }
}

impl From<WirePicture> for PictureFacts {
    fn from(wire: WirePicture) -> Self {
        Self { sha256: Sha256(wire.sha256), width: wire.width, height: wire.height }
    }
}

impl From<&Mesh> for WireMesh {
    fn from(mesh: &Mesh) -> Self {
        let step = |v: f32| (v * MESH_STEPS).round() as i16;
        let nodes = mesh.nodes.iter().map(|[dx, dy]| (step(*dx), step(*dy))).collect();
        Self { columns: mesh.columns, rows: mesh.rows, step_x: mesh.step_x, step_y: mesh.step_y, nodes }
    }
}

/// Minus nought becomes nought, which is all that JSON knows of it.
fn without_sign(value: f64) -> f64 {
    value + 0.0
}

impl From<WireMesh> for Mesh {
    fn from(wire: WireMesh) -> Self {
        let nodes = wire.nodes.iter().map(|(dx, dy)| [f32::from(*dx) / MESH_STEPS, f32::from(*dy) / MESH_STEPS]).collect();
        Self { columns: wire.columns, rows: wire.rows, step_x: wire.step_x, step_y: wire.step_y, nodes }
    }
}

impl<F: for<'a> From<&'a Finding>> From<&Report> for WireReport<F> {
    fn from(report: &Report) -> Self {
        let alignment = &report.alignment;
        Self {
            board: report.board.clone(),
            photo: (&report.photo).into(),
            references: report.references.iter().map(|r| (r.title.clone(), (&r.picture).into())).collect(),
            verdict: alignment.verdict,
            reason: alignment.reason,
            homography: alignment.homography.map(|h| h.rows().map(without_sign)),
            mesh: alignment.mesh.as_ref().map(Into::into),
            inliers: alignment.inliers,
            residual_px: alignment.residual_px.map(|r| (r.median as f32, r.p95 as f32)),
            coverage: (alignment.coverage.clamp(0.0, 1.0) * SHARE_STEPS).round() as u16,
            differences: report.summary.differences,
            flagged: report.summary.flagged,
            smallest_part_px: report.summary.smallest_part_px as f32,
            px_per_mm: report.summary.px_per_mm.map(|v| v as f32),
            findings: report.findings.iter().map(Into::into).collect(),
        }
    }
}

impl<F: Into<Finding>> From<WireReport<F>> for Report {
    fn from(wire: WireReport<F>) -> Self {
        let alignment = Alignment {
            verdict: wire.verdict,
            reason: wire.reason,
            homography: wire.homography.map(Homography::new),
            mesh: wire.mesh.map(Into::into),
            points: Vec::new(),
            inliers: wire.inliers,
            residual_px: wire.residual_px.map(|(median, p95)| Residual { median: f64::from(median), p95: f64::from(p95) }),
            coverage: f64::from(wire.coverage) / SHARE_STEPS,
            regions: Vec::new(),
        };
        Self {
            board: wire.board,
            references: wire.references.into_iter().map(|(title, p)| ReferenceNote::of(title, p.into())).collect(),
            summary: Summary {
                differences: wire.differences,
                flagged: wire.flagged,
                smallest_part_px: f64::from(wire.smallest_part_px),
                px_per_mm: wire.px_per_mm.map(f64::from),
            },
            findings: wire.findings.into_iter().map(Into::into).collect(),
            ..Self::about(wire.photo.into(), alignment)
        }
    }
}
