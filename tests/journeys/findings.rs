//! Marking, changing, undoing.

use boardwatch::app::{Action, Effect, Panel};
use boardwatch::geometry::Rect;
use boardwatch::report::{Finding, FindingId, FindingKind, MAX_FINDINGS, MAX_NOTE_CHARS, Severity, Shape};

use crate::journey::Journey;

fn only_finding(journey: &Journey) -> Finding {
    let mut findings = journey.case().document.findings();
    assert_eq!(findings.len(), 1);
    findings.next().unwrap().clone()
}

#[test]
fn a_difference_becomes_a_finding_that_can_be_changed_and_undone() {
    let mut journey = Journey::compared();
    journey.does(Action::ChooseDifference(1)).does(Action::AcceptDifference(1));
    let made = only_finding(&journey);
    assert_eq!(
        (made.kind, made.score, made.bounds()),
        (FindingKind::Missing, Some(0.5), Some(Rect::new(200.0, 50.0, 40.0, 20.0)))
    );
    assert_eq!((journey.state.view.finding, journey.state.view.panel), (Some(made.id), Panel::Findings));
    assert!(matches!(&journey.effects[..], [Effect::StoreCase(case)] if case.document.findings().len() == 1));

    let changed = Finding { severity: Severity::High, note: "C14".into(), ..made.clone() };
    journey.does(Action::ChangeFinding(changed.clone())).does(Action::Undo);
    assert_eq!(only_finding(&journey), made);
    journey.does(Action::Redo);
    assert_eq!(only_finding(&journey), changed);
    journey.does(Action::Undo).does(Action::Undo);
    assert_eq!((journey.case().document.findings().len(), journey.state.view.finding), (0, None));
    journey.does(Action::Undo);
    assert!(journey.effects.is_empty());
    journey.does(Action::Redo).does(Action::Redo).does(Action::Redo);
    assert_eq!(only_finding(&journey), changed);
}

#[test]
fn a_number_is_never_given_again() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::RemoveFinding(FindingId(1))).does(Action::AcceptDifference(0));
    assert_eq!(only_finding(&journey).id, FindingId(2));
    journey.does(Action::Undo).does(Action::AcceptDifference(0));
    assert_eq!(only_finding(&journey).id, FindingId(3));
}

#[test]
fn the_thousand_and_first_finding_is_declined_in_words() {
    let mut journey = Journey::compared();
    for place in 0..=MAX_FINDINGS {
        journey.does(Action::AddFinding(Rect::new(place as f64, 0.0, 5.0, 5.0)));
    }
    assert_eq!(journey.case().document.findings().len(), MAX_FINDINGS);
    assert!(journey.said().contains("at most 1000 findings"));
    journey.shares();
}

#[test]
fn a_note_that_is_too_long_is_cut_between_characters() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0));
    let finding = Finding { note: "🔎".repeat(MAX_NOTE_CHARS + 1), ..only_finding(&journey) };
    journey.does(Action::ChangeFinding(finding));
    assert_eq!(only_finding(&journey).note.chars().count(), MAX_NOTE_CHARS);
    assert!(journey.said().contains("at most 2000 characters"));
}

#[test]
fn a_box_that_is_none_marks_nothing() {
    let mut journey = Journey::compared();
    let nan = f64::NAN;
    for area in [
        Rect::new(1.0, 1.0, 0.0, 9.0),
        Rect::new(nan, 1.0, 2.0, 2.0),
        Rect::new(1e12, 0.0, 5.0, 5.0),
        Rect::new(0.0, 0.0, -3.0, 4.0),
    ] {
        journey.does(Action::AddFinding(area));
        assert!(journey.effects.is_empty() && journey.case().document.findings().len() == 0, "{area:?}");
    }
    journey.does(Action::AcceptDifference(0));
    let before = only_finding(&journey);
    journey.does(Action::ChangeFinding(Finding { shapes: vec![Shape::Box(Rect::new(nan, 0.0, 1.0, 1.0))], ..before.clone() }));
    assert_eq!(only_finding(&journey), before);
    journey.does(Action::ChangeFinding(Finding { id: FindingId(77), ..before }));
    assert!(journey.effects.is_empty());
}

#[test]
fn what_is_chosen_is_one_thing_and_exists() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::ChooseDifference(2));
    assert_eq!((journey.state.view.difference, journey.state.view.finding), (Some(2), None));
    journey.does(Action::ChooseFinding(FindingId(1)));
    assert_eq!((journey.state.view.difference, journey.state.view.finding), (None, Some(FindingId(1))));
    journey.does(Action::ChooseFinding(FindingId(8)));
    assert_eq!(journey.state.view.finding, None);
    journey.does(Action::SetOpacity(7.0)).does(Action::SetSwipe(-1.0));
    assert_eq!((journey.state.view.opacity, journey.state.view.swipe), (1.0, 0.0));
}
