//! The pictures, the catalogue and the result that journeys are about. A picture is known by its file's name.

use std::collections::BTreeMap;
use std::rc::Rc;

use boardwatch::app::{BuiltIn, Effect, Sample};
use boardwatch::catalog::{Edition, FileEntry, Side};
use boardwatch::geometry::{Homography, Rect};
use boardwatch::report::{BoardName, Origin, PictureEntry, Provenance};
use boardwatch::vision::{
    Alignment, Comparison, Detail, Difference, DifferenceKind, DifferenceReason, Limits, PictureFacts, Reason, ReferenceResult,
    Residual, Sha256, Verdict,
};

/// What a worker finds in the file of this name.
pub(crate) fn facts(name: &str) -> PictureFacts {
    PictureFacts { sha256: Sha256::of(name.as_bytes()), width: 4000, height: 3000 }
}

pub(crate) fn sha(name: &str) -> Sha256 {
    facts(name).sha256
}

/// What fetches the reference of [`catalogue`].
pub(crate) fn fetch_golden() -> Effect {
    let file = FileEntry { path: "catalog/golden.jpg".into(), sha256: sha("golden.jpg"), bytes: 1_000_000 };
    Effect::FetchPicture { file, picture: facts("golden.jpg") }
}

/// What is known of a built-in catalogue with one board, its reference "golden.jpg" and the sample photo "sample.jpg".
pub(crate) fn catalogue() -> BuiltIn {
    let file = |name: &str, bytes| Some(FileEntry { path: format!("catalog/{name}"), sha256: sha(name), bytes });
    let entry = |name: &str, title: &str, known: Provenance| PictureEntry {
        provenance: Some(Rc::new(Provenance { file: file(name, 1_000_000), ..known })),
        ..PictureEntry::of(facts(name), title.into(), Origin::Catalogue)
    };
    let (id, vendor, model) = ("specimen".into(), "Boardwatch".into(), "Specimen".into());
    let known = Provenance {
        features: file("golden.features", 90_000),
        board: BoardName { id, vendor, model, revision: String::new(), side: Some(Side::Top) },
        unit: "1".into(),
        contributor: "the developers".into(),
        licence: "CC0-1.0".into(),
        source: "drawn".into(),
        px_per_mm: Some(12.5),
        edition: Edition { address: "catalog/catalog.json".into(), title: "Built in".into(), number: 3 },
        ..Provenance::default()
    };
    let sample = entry("sample.jpg", "Sample photo", Provenance::default());
    BuiltIn {
        references: vec![entry("golden.jpg", "Boardwatch Specimen, unit 1, top", known)],
        sample: Some(Sample { photo: sample, reference: sha("golden.jpg") }),
    }
}

/// Three differences between "mine.jpg" and "known.jpg".
pub(crate) fn comparison() -> Comparison {
    comparison_of("mine.jpg", "known.jpg")
}

pub(crate) fn comparison_of(photo: &str, reference: &str) -> Comparison {
    let alignment = Alignment {
        verdict: Verdict::Aligned,
        reason: Reason::Agrees,
        homography: Some(Homography::new([1.0, 0.0, 10.0, 0.0, 1.0, -20.0, 0.0, 0.0, 1.0])),
        mesh: None,
        points: vec![[0.0, 20.0, 10.0, 0.0]],
        inliers: 500,
        residual_px: Some(Residual { median: 0.25, p95: 0.5 }),
        coverage: 0.75,
        regions: Vec::new(),
    };
    let difference = |place: u32, kind| Difference {
        photo_box: Rect::new(f64::from(place) * 100.0 - 10.0, 70.0, 40.0, 20.0),
        reference_box: Rect::new(f64::from(place) * 100.0, 50.0, 40.0, 20.0),
        score: 1.0 - f64::from(place) / 4.0,
        kind,
        reason: DifferenceReason::Structure,
        flagged: place == 1,
        seen_by: vec![0],
        differs_from: vec![0],
        spread: None,
        like: None,
    };
    Comparison {
        version: 1,
        made_by: "boardwatch".into(),
        photo: facts(photo),
        references: vec![ReferenceResult {
            picture: facts(reference),
            alignment: alignment.clone(),
            unit: None,
            standing: Default::default(),
        }],
        alignment,
        differences: vec![
            difference(1, DifferenceKind::Added),
            difference(2, DifferenceKind::Missing),
            difference(3, DifferenceKind::Unclear),
        ],
        closeups: Vec::new(),
        limits: Limits { px_per_mm: Some(10.0), smallest_part_px: 15.0, detail: Detail::Full, blind_areas: Vec::new() },
        parameters: BTreeMap::new(),
        timing_ms: BTreeMap::new(),
    }
}
