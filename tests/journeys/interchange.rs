//! Findings go to other programmes and come back.

use boardwatch::app::{Action, Effect, Panel};
use boardwatch::geometry::Rect;
use boardwatch::report::interchange::Format;
use boardwatch::report::{Finding, MAX_FINDINGS, Shape};

use crate::board;
use crate::journey::Journey;

/// A case with an accepted difference and a drawn box.
fn marked() -> Journey {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::AddFinding(Shape::Box(Rect::new(700.25, 30.0, 55.5, 21.0))));
    journey
}

fn findings(journey: &Journey) -> Vec<Finding> {
    journey.case().document.findings().cloned().collect()
}

#[test]
fn each_format_is_a_file_named_after_the_photo() {
    let mut journey = marked();
    let photo = board::sha("mine.jpg").short();
    for (format, name, media_type, sign) in [
        (Format::WebAnnotation, format!("boardwatch-annotations-{photo}.json"), "application/ld+json", "AnnotationPage"),
        (
            Format::Coco,
            format!("boardwatch-coco-{photo}.json"),
            "application/json",
            "\"file_name\":\"A known-good photo of the sender's\"",
        ),
        (Format::Csv, format!("boardwatch-findings-{photo}.csv"), "text/csv", "700.25,30,55.5,21"),
    ] {
        journey.does(Action::ExportFindings(format));
        let (saved_name, saved_type, text) = journey.saved();
        assert_eq!((saved_name, saved_type), (name.as_str(), media_type));
        assert!(text.contains(sign), "{text}");
    }
}

#[test]
fn an_import_adds_findings_under_new_numbers_as_one_step_of_undo() {
    for format in [Format::WebAnnotation, Format::Coco] {
        let mut journey = marked();
        let before = findings(&journey);
        journey.does(Action::ExportFindings(format));
        let text = journey.saved().2;
        journey.imports(&text);
        assert!(matches!(journey.effects[..], [Effect::ForgetOffer(_), Effect::StoreCase(_)]), "{:?}", journey.effects);
        assert_eq!(journey.said(), "2 findings were added.");
        let after = findings(&journey);
        assert_eq!(after[..2], before);
        for (copy, original) in after[2..].iter().zip(&before) {
            assert_eq!((copy.id.0, Finding { id: original.id, ..copy.clone() }), (original.id.0 + 2, original.clone()));
        }
        assert_eq!(journey.state.view.findings, after[2..].iter().map(|finding| finding.id).collect());
        assert_eq!(journey.state.view.panel, Panel::Findings);
        journey.does(Action::Undo);
        assert_eq!(findings(&journey), before);
        journey.does(Action::Redo);
        assert_eq!(findings(&journey), after);
    }
}

#[test]
fn what_does_not_come_is_said() {
    let mut journey = marked();
    let before = findings(&journey);
    let text = "[{\"target\": \"a#xywh=1,2,3,4\"}, {\"target\": \"b#xywh=1,2,3,4\"}, {\"target\": \"a\"}]";
    journey.imports(text);
    assert_eq!(
        journey.said(),
        "1 finding was added. 1 annotation belongs to another picture: left out. 1 annotation marks no place on the picture: left out."
    );
    for (text, said) in
        [("[]", "holds no annotation"), ("{}", "neither W3C Web Annotations nor a COCO dataset"), ("{", "not whole JSON")]
    {
        let mut journey = marked();
        journey.imports(text);
        assert!(journey.said().contains(said), "{}", journey.said());
        assert_eq!(findings(&journey), before);
        assert!(matches!(journey.effects[..], [Effect::ForgetOffer(_)]), "{:?}", journey.effects);
    }
}

#[test]
fn a_full_report_takes_what_still_fits() {
    let mut journey = marked();
    let target = "{\"target\": \"a#xywh=1,2,3,4\"}";
    journey.imports(&format!("[{}]", vec![target; MAX_FINDINGS].join(",")));
    assert_eq!(findings(&journey).len(), MAX_FINDINGS);
    assert_eq!(journey.said(), "998 findings were added. 2 annotations are beyond the 1000 that a report holds: left out.");
}

#[test]
fn without_an_open_case_nothing_goes_and_nothing_comes() {
    let mut journey = Journey::fresh();
    journey.does(Action::ExportFindings(Format::Csv));
    assert!(journey.effects.is_empty());
    journey.imports("[{\"target\": \"a#xywh=1,2,3,4\"}]");
    assert!(matches!(journey.effects[..], [Effect::ForgetOffer(_)]) && journey.state.case.is_none(), "{:?}", journey.effects);
}
