//! The examples of `docs/formats/interchange.md` are what is written, to the last field.

use boardwatch::geometry::{Point, Rect};
use boardwatch::report::interchange::{Format, Subject, read_findings};
use boardwatch::report::{Finding, FindingId, FindingKind, Severity, Shape};
use boardwatch::vision::Sha256;
use serde_json::Value;

use crate::reference;

const PAGE: &str = include_str!("../../docs/formats/interchange.md");

fn finding() -> Finding {
    Finding {
        shapes: vec![
            Shape::Box(Rect::new(120.0, 80.5, 40.0, 20.0)),
            Shape::Arrow([Point::new(200.0, 60.0), Point::new(162.0, 82.25)]),
        ],
        kind: FindingKind::Added,
        designator: "U14".into(),
        severity: Severity::High,
        note: "Not on the other two units.".into(),
        tags: vec!["power".into()],
        score: Some(0.75),
        ..Finding::around(FindingId(3), Rect::new(0.0, 0.0, 1.0, 1.0))
    }
}

fn written(format: Format) -> String {
    format.write(&[finding()], &Subject { photo: Sha256([9; 32]), reference: &reference(), px_per_mm: Some(10.0) })
}

fn examples(language: &str) -> Vec<&'static str> {
    PAGE.split(&format!("```{language}\n")).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect()
}

#[test]
fn the_examples_are_what_is_written_and_they_are_read() {
    let shown = examples("json");
    assert_eq!(shown.len(), 2);
    for (shown, format) in shown.into_iter().zip([Format::WebAnnotation, Format::Coco]) {
        let [meant, made]: [Value; 2] = [shown, &written(format)].map(|text| serde_json::from_str(text).unwrap());
        assert_eq!(meant, made, "{format:?}");
        assert_eq!(read_findings(shown, &reference()).unwrap().findings, [finding()]);
    }
    assert_eq!(examples("csv"), [written(Format::Csv).replace("\r\n", "\n")]);
}
