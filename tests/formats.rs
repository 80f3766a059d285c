//! The pages under `docs/formats` are right, and what was stored long ago still opens.

use std::path::Path;

use boardwatch::app::{CASE_VERSION, Case, CaseError};
use boardwatch::catalog::Modality;
use boardwatch::geometry::Point;
use boardwatch::report::{Decision, Dismissal, FindingId, Seen, words};
use boardwatch::vision::{BlindReason, Comparison, DifferenceKind, DifferenceReason, Hiding, Reason, Sha256, Verdict};

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The one JSON example of a page.
fn example(page: &str) -> String {
    let page = text(page);
    let (_, from) = page.split_once("```json\n").expect("the page has an example");
    from.split_once("```").expect("the example ends").0.to_owned()
}

#[test]
fn the_example_of_a_comparison_says_all_that_the_format_can_say() {
    let example = example("docs/formats/comparison.md");
    let comparison: Comparison = serde_json::from_str(&example).unwrap();
    let (read, shown): (serde_json::Value, serde_json::Value) =
        (serde_json::to_value(&comparison).unwrap(), serde_json::from_str(&example).unwrap());
    assert_eq!(read, shown);
    assert_eq!(comparison.references[0].alignment, comparison.alignment);
    let warp = comparison.alignment.warp().unwrap();
    for [x, y, reference_x, reference_y] in &comparison.alignment.points {
        let off = warp.to_reference(Point::new(*x, *y)).distance(Point::new(*reference_x, *reference_y));
        assert!(off < 0.05, "the example's map and its samples disagree by {off} px");
    }
}

#[test]
fn the_page_names_every_code() {
    let page = text("docs/formats/comparison.md");
    let codes = [
        serde_json::to_value([Verdict::Aligned, Verdict::Doubtful, Verdict::Refused]).unwrap(),
        serde_json::to_value([
            Reason::Agrees,
            Reason::LittleOverlap,
            Reason::PartlyAgrees,
            Reason::LooseFit,
            Reason::TooFewFeatures,
            Reason::TooBlurred,
            Reason::TooFewPixels,
            Reason::Mirrored,
            Reason::DifferentBoard,
            Reason::PartsAgree,
            Reason::PartsPartlyAgree,
            Reason::PartsDisagree,
            Reason::TooFewParts,
        ])
        .unwrap(),
        serde_json::to_value([
            DifferenceKind::Added,
            DifferenceKind::Missing,
            DifferenceKind::Replaced,
            DifferenceKind::Moved,
            DifferenceKind::Marking,
            DifferenceKind::Unclear,
        ])
        .unwrap(),
        serde_json::to_value([
            DifferenceReason::Structure,
            DifferenceReason::Colour,
            DifferenceReason::Brightness,
            DifferenceReason::Displaced,
        ])
        .unwrap(),
        serde_json::to_value([
            BlindReason::OutOfFrame,
            BlindReason::Glare,
            BlindReason::Blur,
            BlindReason::Parallax,
            BlindReason::Dark,
        ])
        .unwrap(),
    ];
    for code in codes.iter().filter_map(|codes| codes.as_array()).flatten().filter_map(|code| code.as_str()) {
        assert!(page.contains(&format!("| `{code}` |")), "{code} is not on the page");
    }
}

#[test]
fn a_frozen_case_opens_as_it_was_stored() {
    let stored = text("tests/frozen/case-v1/compared.json");
    let case = Case::from_json(&stored).unwrap();
    assert_eq!((case.title.as_str(), case.photo.facts.width, case.looked_at.len()), ("mine.jpg", 4000, 1));
    assert_eq!(case.document.comparison().map(|comparison| comparison.differences.len()), Some(3));
    let notes: Vec<_> = case.document.findings().map(|finding| (finding.id.0, finding.note.as_str())).collect();
    assert_eq!(notes, [(1, "Wo ist C14? 🔎"), (3, "")]);
    assert_eq!(case.document.next_id().0, 4);
    assert!(case.report(&|_| None).unwrap().is_valid());
    assert_eq!(Case::from_json(&case.to_json().unwrap()), Ok(case));
}

#[test]
fn a_frozen_case_of_version_2_opens_as_it_was_stored() {
    let stored = text("tests/frozen/case-v2/compared.json");
    let case = Case::from_json(&stored).unwrap();
    let document = &case.document;
    assert_eq!(document.decision(0), Some(Decision::Accepted(FindingId(1))));
    assert_eq!(document.decision(2), Some(Decision::Dismissed(Dismissal::OtherRevision)));
    assert_eq!((document.control_points().len(), document.px_per_mm()), (1, Some(12.5)));
    let finding = document.get(FindingId(1)).unwrap();
    assert_eq!((finding.designator.as_str(), finding.tags.len(), finding.shapes.len(), finding.depth), ("C14", 2, 9, 2));
    assert!(case.report(&|_| None).unwrap().is_valid());
    // It is stored again as the version of today, and all else as it was.
    let (read, mut shown): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&case.to_json().unwrap()).unwrap(), serde_json::from_str(&stored).unwrap());
    shown["version"] = CASE_VERSION.into();
    let references = shown.as_object_mut().unwrap().remove("references").unwrap();
    shown["document"]["references"] = references;
    assert_eq!(read, shown);
}

#[test]
fn a_frozen_case_of_version_3_opens_as_it_was_stored() {
    let stored = text("tests/frozen/case-v3/compared.json");
    let case = Case::from_json(&stored).unwrap();
    let [layer] = case.document.layers() else { panic!("one layer") };
    assert_eq!(
        (layer.title.as_str(), layer.modality, layer.picture.width, layer.points.len()),
        ("röntgen.png", Modality::XRay, 1200, 1)
    );
    assert_eq!(case.pictures().count(), 3);
    let (read, mut shown): (serde_json::Value, serde_json::Value) =
        (serde_json::from_str(&case.to_json().unwrap()).unwrap(), serde_json::from_str(&stored).unwrap());
    shown["version"] = CASE_VERSION.into();
    assert_eq!(read, shown);
}

#[test]
fn a_frozen_case_of_version_4_opens_as_it_was_stored() {
    let stored = text("tests/frozen/case-v4/compared.json");
    let case = Case::from_json(&stored).unwrap();
    assert_eq!((case.unit.as_str(), case.contributor.as_str()), ("rack 3, node 7", "Wei 🔎"));
    assert!(case.reported.as_ref().is_some_and(|report| report.is_valid() && !report.findings.is_empty()));
    assert_eq!(case.document.laid().told.control_points.len(), 1);
    let crops = &case.question.as_ref().unwrap().crops;
    assert_eq!((case.asked().len(), crops.values().last().unwrap().picture.width), (5, 420));
    assert_eq!(case.pictures().last(), crops.values().last().map(|crop| crop.picture.sha256));
    assert_eq!(case.document.sightings().map(|place| place.seen).collect::<Vec<_>>(), [Seen::Different, Seen::CantTell]);
    assert_eq!(case.document.hidden().iter().map(|hidden| hidden.how).collect::<Vec<_>>(), Hiding::ALL);
    assert!(case.report(&|_| None).is_some_and(|report| report.is_valid() && report.answer.is_some_and(|a| a.places.len() == 2)));
    let [read, shown]: [serde_json::Value; 2] =
        [&case.to_json().unwrap(), &stored].map(|text| serde_json::from_str(text).unwrap());
    assert_eq!(read, shown);
}

#[test]
fn four_numbers_of_an_older_case_become_the_report_that_it_came_from() {
    let mut stored: serde_json::Value = serde_json::from_str(&text("tests/frozen/case-v3/compared.json")).unwrap();
    stored["reported"] = serde_json::json!({"differences": 7, "flagged": 2, "smallest_part_px": 5.0, "px_per_mm": null});
    let case = Case::from_json(&stored.to_string()).unwrap();
    assert_eq!(case.reported.map(|report| (report.summary.differences, report.summary.flagged)), Some((7, 2)));
}

#[test]
fn a_case_without_what_later_builds_added_still_opens() {
    let mut stored: serde_json::Value = serde_json::from_str(&text("tests/frozen/case-v1/compared.json")).unwrap();
    stored.as_object_mut().unwrap().remove("reported");
    assert_eq!(Case::from_json(&stored.to_string()).unwrap().reported, None);
}

#[test]
fn a_case_of_a_later_version_is_told_from_a_broken_one() {
    let newer = CASE_VERSION + 1;
    assert_eq!(Case::from_json(&format!("{{\"version\": {newer}, \"wings\": 2}}")), Err(CaseError::Newer(newer)));
    for broken in ["", "null", "{}", "{\"version\": 1}", "{\"version\": \"1\"}", "not a case"] {
        assert!(matches!(Case::from_json(broken), Err(CaseError::Broken(_))), "{broken}");
    }
}

#[test]
fn a_hash_is_read_from_64_digits_and_nothing_else() {
    // FIPS 180-4's own example.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Sha256::of(b"abc").to_string(), abc);
    assert_eq!(abc.parse(), Ok(Sha256::of(b"abc")));
    assert_eq!(abc.to_uppercase().parse(), Ok(Sha256::of(b"abc")));
    assert_eq!(Sha256::of(b"abc").short(), "ba7816bf");
    for wrong in ["", &abc[1..], &format!("{abc}0"), &abc.replace('b', "g"), &format!(" {}", &abc[1..]), &"é".repeat(32)] {
        assert!(wrong.parse::<Sha256>().is_err(), "{wrong}");
        assert!(serde_json::from_str::<Sha256>(&format!("\"{wrong}\"")).is_err());
    }
}

#[test]
fn the_headline_says_what_was_found_and_what_was_not_seen() {
    let comparison: Comparison = serde_json::from_str(&example("docs/formats/comparison.md")).unwrap();
    let headline = |verdict, coverage, counts: (usize, usize), px_per_mm| {
        let mut alignment = comparison.alignment.clone();
        (alignment.verdict, alignment.coverage) = (verdict, coverage);
        alignment.reason = if verdict == Verdict::Aligned { Reason::Agrees } else { Reason::LooseFit };
        words::headline(&alignment, counts.0, counts.1, 18.0, px_per_mm)
    };
    assert_eq!(
        headline(Verdict::Aligned, 0.91, (14, 3), Some(12.0)),
        "Aligned. 14 places differ, 3 worth a look. Parts under 1.5 mm could not have been seen. 9 % of the reference was not compared."
    );
    assert_eq!(
        headline(Verdict::Aligned, 1.0, (0, 0), None),
        "Aligned. No place differs. Parts under 18 pixels could not have been seen. All of the reference was compared."
    );
    assert!(headline(Verdict::Aligned, 0.997, (1, 1), None).ends_with("Less than 1 % of the reference was not compared."));
    assert!(headline(Verdict::Aligned, 0.001, (1, 0), None).ends_with("More than 99 % of the reference was not compared."));
    assert!(headline(Verdict::Aligned, 1.0, (1, 1), None).contains("1 place differs and is worth a look."));
    assert!(headline(Verdict::Aligned, 1.0, (1, 0), None).contains("1 place differs, not worth a look by itself."));
    assert!(headline(Verdict::Aligned, 1.0, (5, 0), None).contains("5 places differ a little"));
    assert!(headline(Verdict::Doubtful, 1.0, (5, 0), None).starts_with("Doubtful. The pictures agree, but what is left over"));
    let refused = headline(Verdict::Refused, 0.0, (0, 0), None);
    assert!(refused.starts_with("Refused. ") && !refused.contains("differ"), "{refused}");
}
