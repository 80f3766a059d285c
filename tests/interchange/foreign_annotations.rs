//! Annotations as other programmes write them.

use boardwatch::geometry::{Point, Rect, Reference};
use boardwatch::report::interchange::{Imported, InterchangeError, MAX_INTERCHANGE_BYTES, from_web_annotation};
use boardwatch::report::{FindingKind, MAX_FINDINGS, MAX_FREEHAND_POINTS, MAX_POLYGON_POINTS, Shape};
use serde_json::{Value, json};

use crate::reference;

fn read(text: &str) -> Imported {
    from_web_annotation(text, &reference()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn svg(value: &str) -> Value {
    json!({"type": "Annotation", "target": {"source": "board.jpg", "selector": {"type": "SvgSelector", "value": value}}})
}

fn at(x: f64, y: f64) -> Point<Reference> {
    Point::new(x, y)
}

#[test]
fn an_annotation_of_annotorious_becomes_a_finding() {
    let annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "0f5d35d6-1c9b-4d4b-8f6f-8b1c9b3f4f11",
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "commenting", "value": "Who put this here?"},
            {"type": "TextualBody", "purpose": "tagging", "value": "missing"},
            {"type": "TextualBody", "purpose": "tagging", "value": "near U3"},
            {"type": "TextualBody", "purpose": "replying", "value": "The factory did."},
        ],
        "target": {
            "source": "https://example.org/board.jpg",
            "selector": {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": "xywh=pixel:100,200,30.5,40"},
        },
    });
    for text in [
        annotation.to_string(),
        json!([annotation]).to_string(),
        json!({"type": "AnnotationPage", "items": [annotation]}).to_string(),
        json!({"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": [annotation]}})
            .to_string(),
        format!("\u{feff}{annotation}"),
    ] {
        let imported = read(&text);
        let [finding] = &imported.findings[..] else { panic!("{text}") };
        assert_eq!(finding.shapes, [Shape::Box(Rect::new(100.0, 200.0, 30.5, 40.0))]);
        assert_eq!((finding.note.as_str(), finding.kind), ("Who put this here?\n\nThe factory did.", FindingKind::Missing));
        assert_eq!((&finding.tags[..], finding.id.0, imported.skipped), (&["near U3".to_owned()][..], 1, 0));
    }
}

#[test]
fn every_form_of_target_is_understood() {
    for target in [
        json!("board.jpg#xywh=10,20,30,40"),
        json!({"id": "board.jpg#xywh=pixel:10,20,30,40", "type": "Image"}),
        json!({"source": "board.jpg#xywh=10,20,30,40"}),
        json!({"source": {"id": "board.jpg", "type": "Image"}, "selector": {"type": "FragmentSelector", "value": "xywh=percent:0.25,0.6666666666666667,0.75,1.3333333333333335"}}),
        json!([{"source": "board.jpg", "selector": [{"type": "TextQuoteSelector"}, {"type": "FragmentSelector", "value": "xywh=10,20,30,40"}]}]),
    ] {
        let imported = read(&json!({"target": target}).to_string());
        let area = imported.findings[0].bounds().unwrap();
        for (read, meant) in [area.x, area.y, area.w, area.h].into_iter().zip([10.0, 20.0, 30.0, 40.0]) {
            assert!((read - meant).abs() < 1e-9, "{target}: {area:?}");
        }
    }
    let point = json!({"target": {"source": "board.jpg", "selector": {"type": "PointSelector", "x": 3, "y": 4.5}}});
    assert_eq!(read(&point.to_string()).findings[0].shapes, [Shape::Point(at(3.0, 4.5))]);
}

#[test]
fn every_shape_of_svg_is_understood() {
    let triangle = || Shape::Polygon(vec![at(0.0, 0.0), at(10.0, 0.0), at(0.0, 10.0)]);
    let corner = || vec![at(1.0, 2.0), at(11.0, 2.0), at(11.0, 7.0)];
    for (value, shape) in [
        ("<svg><rect x='1' y='2' width='3px' height='4'/></svg>", Shape::Box(Rect::new(1.0, 2.0, 3.0, 4.0))),
        (
            "<svg xmlns='http://www.w3.org/2000/svg'><circle cx='5' cy='5' r='2'/></svg>",
            Shape::Ellipse(Rect::new(3.0, 3.0, 4.0, 4.0)),
        ),
        (
            "<svg:svg viewBox='0 0 9 9'><svg:ellipse cx='5' cy='5' rx='2' ry='1'/></svg:svg>",
            Shape::Ellipse(Rect::new(3.0, 4.0, 4.0, 2.0)),
        ),
        ("<?xml version='1.0'?><svg><g><polygon points='0,0 10,0 0,10'/></g></svg>", triangle()),
        ("<polygon points='0 0 10 0 0 10 0 0'/>", triangle()),
        ("<svg><polyline points='1,2 11,2 11,7'/></svg>", Shape::Freehand(corner())),
        ("<svg><line x1='1' y1='2' x2='3' y2='4'/></svg>", Shape::Line([at(1.0, 2.0), at(3.0, 4.0)])),
        ("<svg><path d='M0 0 L10 0 L0 10 Z'/></svg>", triangle()),
        ("<svg><path d='m0,0 10,0 -10,10z'/></svg>", triangle()),
        ("<svg><path d='M0 0H10L0 10V0'/></svg>", triangle()),
        ("<svg><path d='M1 2h10v5'/></svg>", Shape::Freehand(corner())),
        ("<svg><path d='M1 2 3 4'/></svg>", Shape::Line([at(1.0, 2.0), at(3.0, 4.0)])),
        (
            "<svg><rect x='10' y='10' width='20' height='10' transform='rotate(90 20 15)'/></svg>",
            Shape::Box(Rect::new(15.0, 5.0, 10.0, 20.0)),
        ),
    ] {
        let imported = read(&svg(value).to_string());
        let [read] = &imported.findings[0].shapes[..] else { panic!("{value}: {imported:?}") };
        let off = read.points().iter().zip(shape.points()).map(|(a, b)| a.distance(b)).fold(0.0, f64::max);
        let as_turned = value.contains("rotate") && (read.bounds().unwrap().centre().distance(at(20.0, 15.0)) < 1e-9);
        assert!(as_turned || (off < 1e-9 && std::mem::discriminant(read) == std::mem::discriminant(&shape)), "{value}: {read:?}");
        assert_eq!(imported.losses_in_words(), [""; 0], "{value}");
    }
}

#[test]
fn curves_become_straight_pieces_near_by_and_it_is_said() {
    for d in [
        "M 150,100 A 50,50 0 1,1 50,100 A 50,50 0 1,1 150,100 Z",
        "M150 100C150 127.614 127.614 150 100 150C72.386 150 50 127.614 50 100C50 72.386 72.386 50 100 50C127.614 50 150 72.386 150 100Z",
    ] {
        let imported = read(&svg(&format!("<svg><path d='{d}'/></svg>")).to_string());
        let [Shape::Polygon(points)] = &imported.findings[0].shapes[..] else { panic!("{imported:?}") };
        assert!(points.len() > 12);
        assert!(points.iter().all(|p| (p.distance(at(100.0, 100.0)) - 50.0).abs() < 0.1), "{points:?}");
        assert_eq!(imported.losses_in_words(), ["1 shape was simplified to fewer, straight pieces."]);
    }
}

#[test]
fn long_outlines_lose_points_but_not_their_place() {
    let points: Vec<String> = (0..3000)
        .map(|k| f64::from(k) * std::f64::consts::TAU / 3000.0)
        .map(|a| format!("{},{}", 900.0 * libm::cos(a), 900.0 * libm::sin(a)))
        .collect();
    for (element, most) in [("polygon", MAX_POLYGON_POINTS), ("polyline", MAX_FREEHAND_POINTS)] {
        let imported = read(&svg(&format!("<svg><{element} points='{}'/></svg>", points.join(" "))).to_string());
        let shape = &imported.findings[0].shapes[0];
        assert!((30..=most).contains(&shape.points().len()), "{element}: {} points", shape.points().len());
        assert!(shape.points().iter().all(|p| (p.distance(at(0.0, 0.0)) - 900.0).abs() < 0.01));
        assert_eq!(imported.losses.values().sum::<usize>(), 1);
    }
}

#[test]
fn what_cannot_be_drawn_is_counted_with_the_reason() {
    let hash = "0".repeat(64);
    for (annotation, reason) in [
        (json!({"target": "board.jpg"}), "no place"),
        (json!({"body": "x"}), "could not be read"),
        (json!(5), "could not be read"),
        (
            json!({"target": {"source": format!("urn:sha-256:{hash}"), "selector": {"type": "FragmentSelector", "value": "xywh=1,2,3,4"}}}),
            "another picture",
        ),
        (json!({"target": "board.jpg#xywh=1,2,0,0"}), "without extent"),
        (json!({"target": "board.jpg#xywh=1e300,2,3,4"}), "without extent"),
        (json!({"target": "board.jpg#xywh=NaN,2,3,4"}), "without extent"),
        (svg("<svg><text x='1' y='2'>C14</text></svg>"), "can't be drawn"),
        (svg("<svg><g transform='scale(2)'><rect width='3' height='3'/></g></svg>"), "can't be drawn"),
        (svg("<svg><rect width='3' height='3' transform='skewX(3)'/></svg>"), "can't be drawn"),
        (svg("<svg><rect width='50%' height='3'/></svg>"), "can't be drawn"),
        (svg("<svg><polygon points='1,2 3'/></svg>"), "can't be drawn"),
        (svg("<svg><path d='M0 0 A1e99 1e99 0 0 0 5 5'/></svg>"), "too many points"),
        (svg("<svg><path d='M0 0 A99999999 9 0 0 0 5 5'/></svg>"), "too many points"),
        (svg("<svg><path d='N 5'/></svg>"), "can't be drawn"),
        (svg("<svg><rect"), "can't be drawn"),
        (svg("<!DOCTYPE a [<!ENTITY b 'c'>]><svg><rect width='3' height='3'/></svg>"), "can't be drawn"),
        (svg("<svg/>"), "no place"),
        (svg(&format!("<svg><polyline points='{}'/></svg>", "1,1 2,2 ".repeat(5000))), "too many points"),
    ] {
        let imported = read(&json!([annotation]).to_string());
        assert_eq!((imported.findings.len(), imported.skipped), (0, 1), "{annotation}");
        let said = imported.losses_in_words().join(" ");
        assert!(said.contains(reason) && said.starts_with('1'), "{annotation}: {said}");
    }
}

#[test]
fn an_annotation_keeps_the_shapes_that_are_good() {
    let imported = read(&svg("<svg><rect width='3' height='3'/><rect width='0' height='0'/></svg>").to_string());
    assert_eq!((imported.findings[0].shapes.len(), imported.skipped), (1, 0));
    assert_eq!(imported.losses_in_words(), ["1 shape without extent, far off the picture or with too many points: left out."]);
}

#[test]
fn texts_that_are_too_long_are_cut() {
    let body = json!([
        {"type": "TextualBody", "value": "ü".repeat(2001)},
        {"type": "TextualBody", "purpose": "tagging", "value": "ü".repeat(33)},
        {"type": "TextualBody", "purpose": "identifying", "value": "ü".repeat(33)},
    ]);
    let imported = read(&json!({"target": "a#xywh=1,2,3,4", "body": body}).to_string());
    let finding = &imported.findings[0];
    let lengths = [&finding.note, &finding.tags[0], &finding.designator].map(|text| text.chars().count());
    assert_eq!((lengths, finding.is_valid(), imported.losses.len()), ([2000, 32, 32], true, 1));
}

#[test]
fn no_more_come_than_a_report_holds() {
    let items = vec![json!({"target": "a#xywh=1,2,3,4"}); MAX_FINDINGS + 2];
    let imported = read(&json!(items).to_string());
    assert_eq!((imported.findings.len(), imported.skipped), (MAX_FINDINGS, 2));
    assert_eq!(imported.losses_in_words(), ["2 annotations are beyond the 1000 that a report holds: left out."]);
}

#[test]
fn what_is_no_annotation_at_all_is_refused() {
    let refusal = |text: &str| from_web_annotation(text, &reference()).unwrap_err();
    assert!(matches!(refusal(""), InterchangeError::NotJson(_)));
    assert!(matches!(refusal("{\"items\": ["), InterchangeError::NotJson(_)));
    assert_eq!(refusal("{}"), InterchangeError::UnknownFormat);
    assert_eq!(refusal("{\"items\": 5}"), InterchangeError::UnknownFormat);
    assert_eq!(refusal("7"), InterchangeError::UnknownFormat);
    let long = " ".repeat(MAX_INTERCHANGE_BYTES) + "x";
    assert!(matches!(refusal(&("[".to_owned() + &long)), InterchangeError::TooLarge(_)));
}
