//! The pictures, the catalogue and the result that journeys are about. A picture is known by its file's name.

use std::collections::BTreeMap;

use boardwatch::catalog::{BOARD_FORMAT, BoardEntry, Catalogue, FileEntry, Modality, ReferenceEntry, SamplePhoto, Side};
use boardwatch::geometry::{Homography, Rect};
use boardwatch::vision::{
    Alignment, Comparison, Difference, DifferenceKind, DifferenceReason, Limits, PictureFacts, Reason, ReferenceResult, Residual,
    Sha256, Verdict,
};

/// What a worker finds in the file of this name.
pub(crate) fn facts(name: &str) -> PictureFacts {
    PictureFacts { sha256: Sha256::of(name.as_bytes()), width: 4000, height: 3000 }
}

pub(crate) fn sha(name: &str) -> Sha256 {
    facts(name).sha256
}

/// A catalogue with one board, its reference "golden.jpg" and the sample photo "sample.jpg".
pub(crate) fn catalogue() -> Catalogue {
    let reference = ReferenceEntry {
        title: "unit 1, top".into(),
        path: "catalog/golden.jpg".into(),
        thumbnail: None,
        features: Some(FileEntry { path: "catalog/golden.features".into(), sha256: sha("golden.features"), bytes: 90_000 }),
        tiles: None,
        date: None,
        variant: None,
        sha256: sha("golden.jpg"),
        width: facts("golden.jpg").width,
        height: facts("golden.jpg").height,
        bytes: 1_000_000,
        px_per_mm: Some(12.5),
        unit: "1".into(),
        contributor: "the developers".into(),
        licence: "CC0-1.0".into(),
        source: "drawn".into(),
        modality: Modality::VisibleLight,
        side: Side::Top,
    };
    Catalogue {
        boards: vec![BoardEntry {
            format: BOARD_FORMAT.into(),
            version: 1,
            id: "specimen".into(),
            vendor: "Boardwatch".into(),
            model: "Specimen".into(),
            revision: None,
            also: Vec::new(),
            size_mm: None,
            variants: Vec::new(),
            links: Vec::new(),
            references: vec![reference],
        }],
        sample: Some(SamplePhoto {
            title: "Sample photo".into(),
            path: "catalog/sample.jpg".into(),
            thumbnail: None,
            sha256: sha("sample.jpg"),
            width: facts("sample.jpg").width,
            height: facts("sample.jpg").height,
            bytes: 1_000_000,
            reference: sha("golden.jpg"),
        }),
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
        limits: Limits { px_per_mm: Some(10.0), smallest_part_px: 15.0, blind_areas: Vec::new() },
        parameters: BTreeMap::new(),
        timing_ms: BTreeMap::new(),
    }
}
