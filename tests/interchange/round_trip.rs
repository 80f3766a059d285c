//! What Boardwatch writes it reads without a loss, and it sees what was changed in between.

use boardwatch::geometry::{Point, Rect};
use boardwatch::report::interchange::{Format, Imported, Subject, from_coco, from_web_annotation, read_findings};
use boardwatch::report::{Finding, FindingId, FindingKind, Judgement, Severity, Shape};
use boardwatch::vision::Sha256;
use serde_json::{Value, json};

use crate::random::{Dice, report};
use crate::reference;

const DRAWS: u64 = 300;
const BOTH: [Format; 2] = [Format::WebAnnotation, Format::Coco];

fn drawn(seed: u64) -> Vec<Finding> {
    let mut dice = Dice::new(seed);
    let mut number = 0;
    let findings = (0..dice.below(30)).map(|_| {
        number += 1 + dice.below(50) as u32;
        report::finding(&mut dice, FindingId(number))
    });
    findings.collect()
}

fn written(findings: &[Finding], format: Format) -> String {
    format.write(findings, &Subject { photo: Sha256([9; 32]), reference: &reference(), px_per_mm: None })
}

fn read(text: &str) -> Imported {
    read_findings(text, &reference()).unwrap()
}

#[test]
fn nothing_is_lost_on_the_way_out_and_back() {
    let mut shapes = 0;
    for seed in 0..DRAWS {
        let findings = drawn(seed);
        shapes += findings.iter().map(|finding| finding.shapes.len()).sum::<usize>();
        for format in BOTH {
            let imported = read(&written(&findings, format));
            assert_eq!(imported.findings, findings, "seed {seed}, {format:?}");
            assert_eq!((imported.skipped, imported.losses_in_words()), (0, Vec::new()), "seed {seed}, {format:?}");
        }
    }
    assert!(shapes > 5000, "only {shapes} shapes were drawn");
}

#[test]
fn the_longest_of_everything_comes_back() {
    let at = |k: u32| Point::new(f64::from(k) * 1.000_001, f64::from(k % 13) / 7.0);
    let finding = Finding {
        id: FindingId(999_999),
        shapes: vec![
            Shape::Freehand((0..1024).map(at).collect()),
            Shape::Polygon((0..256).map(at).collect()),
            Shape::Box(Rect::new(131_072.0, -131_072.0, 131_072.0, 0.0)),
            Shape::Line([at(1), at(1)]),
        ],
        kind: FindingKind::BodgeWire,
        designator: "Ж".repeat(32),
        severity: Severity::High,
        judgement: Judgement::Refuted,
        note: "𝄞".repeat(2000),
        tags: (0..16).map(|k| format!("{k:032}")).collect(),
        score: Some(1.0 / 3.0),
        depth: -1_000_000,
    };
    assert!(finding.is_valid());
    for format in BOTH {
        assert_eq!(read(&written(std::slice::from_ref(&finding), format)).findings, std::slice::from_ref(&finding), "{format:?}");
    }
}

#[test]
fn what_another_programme_moved_comes_back_moved_and_stays_what_it_is() {
    let arrow = Finding {
        shapes: vec![Shape::Arrow([Point::new(10.1, 20.2), Point::new(30.3, 40.4)]), Shape::Point(Point::new(5.0, 6.0))],
        note: "Here".into(),
        score: Some(0.5),
        ..Finding::around(FindingId(4), Rect::new(0.0, 0.0, 1.0, 1.0))
    };
    let text = written(&[arrow], Format::WebAnnotation);
    let mut page: Value = serde_json::from_str(&text).unwrap();
    let annotation = &mut page["items"][0];
    annotation["target"][0]["selector"]["value"] = json!("<svg><path d=\"M 10.1,20.2 L 300,40.4\" /></svg>");
    annotation["target"][1]["selector"]["value"] = json!("<svg><ellipse cx=\"7\" cy=\"8\" rx=\"4\" ry=\"4\" /></svg>");
    annotation["body"][0]["value"] = json!("There");
    annotation["body"][2]["value"] = json!("severity: high");
    // The programme saves a list of annotations, not the page.
    let moved = from_web_annotation(&page["items"].to_string(), &reference()).unwrap();
    let [finding] = &moved.findings[..] else { panic!("{moved:?}") };
    let expected = [Shape::Arrow([Point::new(10.1, 20.2), Point::new(300.0, 40.4)]), Shape::Point(Point::new(7.0, 8.0))];
    assert_eq!(finding.shapes, expected);
    assert_eq!((finding.note.as_str(), finding.severity, finding.score), ("There", Severity::High, Some(0.5)));
}

#[test]
fn a_programme_that_knows_one_target_loses_no_other() {
    let finding = Finding {
        shapes: vec![
            Shape::Ellipse(Rect::new(1.0, 2.0, 3.0, 4.0)),
            Shape::Text { at: Point::new(9.0, 9.0), text: "C14?".into() },
        ],
        ..Finding::around(FindingId(1), Rect::new(0.0, 0.0, 1.0, 1.0))
    };
    let mut page: Value = serde_json::from_str(&written(std::slice::from_ref(&finding), Format::WebAnnotation)).unwrap();
    page["items"][0]["target"] = page["items"][0]["target"][0].clone();
    assert_eq!(read(&page.to_string()).findings, [finding]);
}

#[test]
fn without_our_own_property_all_that_the_standard_can_say_is_understood() {
    let finding = Finding {
        shapes: vec![Shape::Box(Rect::new(10.0, 20.0, 30.0, 40.0)), Shape::Ellipse(Rect::new(1.5, 2.5, 30.0, 40.0))],
        kind: FindingKind::BodgeWire,
        designator: "U3".into(),
        severity: Severity::Low,
        judgement: Judgement::Explained,
        note: "A wire".into(),
        tags: vec!["power".into(), "again".into()],
        ..Finding::around(FindingId(1), Rect::new(0.0, 0.0, 1.0, 1.0))
    };
    let mut page: Value = serde_json::from_str(&written(std::slice::from_ref(&finding), Format::WebAnnotation)).unwrap();
    page["items"][0].as_object_mut().unwrap().remove("boardwatch");
    assert_eq!(read(&page.to_string()).findings, [finding]);
}

#[test]
fn a_dataset_that_was_moved_or_sorted_differently_says_so() {
    let finding = Finding { note: "Here".into(), ..Finding::around(FindingId(4), Rect::new(10.0, 20.0, 30.0, 40.0)) };
    let mut dataset: Value = serde_json::from_str(&written(std::slice::from_ref(&finding), Format::Coco)).unwrap();
    // To hundredths, and without the polygon: still the same place.
    dataset["annotations"][0]["bbox"] = json!([10.004, 20, 30, 40]);
    dataset["annotations"][0].as_object_mut().unwrap().remove("segmentation");
    assert_eq!(from_coco(&dataset.to_string(), &reference()).unwrap().findings, std::slice::from_ref(&finding));
    dataset["annotations"][0]["bbox"] = json!([11, 20, 30, 40]);
    dataset["annotations"][0]["category_id"] = json!(2);
    let [moved] = &from_coco(&dataset.to_string(), &reference()).unwrap().findings[..] else { panic!() };
    let expected = Finding { kind: FindingKind::Missing, shapes: vec![Shape::Box(Rect::new(11.0, 20.0, 30.0, 40.0))], ..finding };
    assert_eq!(*moved, expected);
}

#[test]
fn findings_of_another_reference_are_left_out() {
    let findings = [Finding::around(FindingId(1), Rect::new(10.0, 20.0, 30.0, 40.0))];
    for format in BOTH {
        let mut other = reference();
        other.picture.sha256 = Sha256([8; 32]);
        let imported = read_findings(&written(&findings, format), &other).unwrap();
        assert_eq!((imported.findings.len(), imported.skipped), (0, 1), "{format:?}");
        assert_eq!(imported.losses_in_words(), ["1 annotation belongs to another picture: left out."], "{format:?}");
    }
}
