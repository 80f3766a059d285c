//! What version 3 has behind a report of version 2: who says it, credits, limits, method, answer, proof and small exhibits.

use serde::{Deserialize, Serialize};

use super::v2::{WireFinding, area, to_area};
use super::{WireReport, at_most, without_sign};
use crate::geometry::Point;
use crate::report::bundle::MAX_EXHIBITS;
use crate::report::statement::{MAX_BLIND, MAX_FINDINGS, MAX_REFERENCES};
use crate::report::{
    Answer, Bundle, ControlPoint, Exhibit, FindingId, MAX_CONTROL_POINTS, Method, PublicKey, ReferenceNote, Report, Seen, Shows,
    Sighting, Signature, SignatureBytes,
};
use crate::vision::{BlindArea, BlindReason, Sha256};

#[derive(Serialize, Deserialize)]
pub(super) struct WireBundle {
    report: WireReport<WireFinding>,
    unit: String,
    contributor: String,
    /// Contributor, licence, source and catalogue of each reference.
    #[serde(deserialize_with = "at_most::<_, _, MAX_REFERENCES>")]
    credits: Vec<[String; 4]>,
    #[serde(deserialize_with = "at_most::<_, _, MAX_BLIND>")]
    blind: Vec<(BlindReason, [i32; 4])>,
    made_by: String,
    comparison: Option<[u8; 32]>,
    told_px_per_mm: Option<f64>,
    #[serde(deserialize_with = "at_most::<_, _, MAX_CONTROL_POINTS>")]
    control_points: Vec<[f64; 4]>,
    #[serde(deserialize_with = "at_most::<_, _, MAX_REFERENCES>")]
    units: Vec<Option<u32>>,
    answer: Option<WireAnswer>,
    signature: Option<WireSignature>,
    #[serde(deserialize_with = "at_most::<_, _, MAX_EXHIBITS>")]
    exhibits: Vec<WireExhibit>,
}

#[derive(Serialize, Deserialize)]
struct WireAnswer {
    report: [u8; 32],
    #[serde(deserialize_with = "at_most::<_, _, MAX_FINDINGS>")]
    places: Vec<(u32, Seen, String)>,
}

#[derive(Serialize, Deserialize)]
struct WireSignature {
    name: String,
    key: [u8; 32],
    evidence: Option<[u8; 32]>,
    signature: ([u8; 32], [u8; 32]),
}

#[derive(Serialize, Deserialize)]
struct WireExhibit {
    shows: Shows,
    area: [i32; 4],
    width: u32,
    height: u32,
    file: Vec<u8>,
}

impl WireBundle {
    /// True when each reference has its credits.
    pub(super) fn is_whole(&self) -> bool {
        self.credits.len() == self.report.references.len()
    }
}

fn credits(note: &ReferenceNote) -> [String; 4] {
    [&note.contributor, &note.licence, &note.source, &note.catalogue].map(Clone::clone)
}

impl From<&Bundle> for WireBundle {
    fn from(bundle: &Bundle) -> Self {
        let Bundle { report, signature, exhibits } = bundle;
        let method = &report.method;
        let places = |p: &ControlPoint| [p.photo.x, p.photo.y, p.reference.x, p.reference.y].map(without_sign);
        Self {
            report: report.into(),
            unit: report.unit.clone(),
            contributor: report.contributor.clone(),
            credits: report.references.iter().map(credits).collect(),
            blind: report.blind.iter().map(|blind| (blind.reason, to_area(&blind.reference_box))).collect(),
            made_by: method.made_by.clone(),
            comparison: method.comparison.map(|sha256| sha256.0),
            told_px_per_mm: method.px_per_mm,
            control_points: method.control_points.iter().map(places).collect(),
            units: method.units.clone(),
            answer: report.answer.as_ref().map(|answer| WireAnswer {
                report: answer.report.0,
                places: answer.places.iter().map(|place| (place.finding.0, place.seen, place.note.clone())).collect(),
            }),
            signature: signature.as_ref().map(|signature| WireSignature {
                name: signature.name.clone(),
                key: signature.key.0,
                evidence: signature.evidence.map(|sha256| sha256.0),
                signature: signature.signature.0,
            }),
            exhibits: exhibits.iter().map(Into::into).collect(),
        }
    }
}

impl From<WireBundle> for Bundle {
    fn from(wire: WireBundle) -> Self {
        let report = Report::from(wire.report);
        let mut references = report.references;
        for (note, [contributor, licence, source, catalogue]) in references.iter_mut().zip(wire.credits) {
            (note.contributor, note.licence, note.source, note.catalogue) = (contributor, licence, source, catalogue);
        }
        let point = |[x, y, u, v]: [f64; 4]| ControlPoint { photo: Point::new(x, y), reference: Point::new(u, v) };
        let sighting = |(number, seen, note)| Sighting { finding: FindingId(number), seen, note };
        let blind = |(reason, box_)| BlindArea { reference_box: area(box_), reason };
        Self {
            report: Report {
                references,
                unit: wire.unit,
                contributor: wire.contributor,
                blind: wire.blind.into_iter().map(blind).collect(),
                method: Method {
                    made_by: wire.made_by,
                    comparison: wire.comparison.map(Sha256),
                    px_per_mm: wire.told_px_per_mm,
                    control_points: wire.control_points.into_iter().map(point).collect(),
                    units: wire.units,
                },
                answer: wire.answer.map(|answer| Answer {
                    report: Sha256(answer.report),
                    places: answer.places.into_iter().map(sighting).collect(),
                }),
                ..report
            },
            signature: wire.signature.map(|wire| Signature {
                name: wire.name,
                key: PublicKey(wire.key),
                evidence: wire.evidence.map(Sha256),
                signature: SignatureBytes(wire.signature),
            }),
            exhibits: wire.exhibits.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<&Exhibit> for WireExhibit {
    fn from(exhibit: &Exhibit) -> Self {
        let Exhibit { shows, area, width, height, file } = exhibit.clone();
        Self { shows, area: to_area(&area), width, height, file }
    }
}

impl From<WireExhibit> for Exhibit {
    fn from(wire: WireExhibit) -> Self {
        Self { shows: wire.shows, area: area(wire.area), width: wire.width, height: wire.height, file: wire.file }
    }
}
