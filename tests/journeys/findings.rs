//! Marking, changing, undoing.

use boardwatch::app::table::Swipe;
use boardwatch::app::{Action, Effect, Panel, Purpose};
use boardwatch::geometry::{Point, Rect};
use boardwatch::report::{Decision, Dismissal, Finding, FindingId, FindingKind, MAX_FINDINGS, MAX_NOTE_CHARS, Severity, Shape};

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
    assert_eq!((journey.state.view.finding(), journey.state.view.panel), (Some(made.id), Panel::Findings));
    assert!(matches!(&journey.effects[..], [Effect::StoreCase(case)] if case.document.findings().len() == 1));

    let changed = Finding { severity: Severity::High, note: "C14".into(), ..made.clone() };
    journey.does(Action::ChangeFindings(vec![changed.clone()])).does(Action::Undo);
    assert_eq!(only_finding(&journey), made);
    journey.does(Action::Redo);
    assert_eq!(only_finding(&journey), changed);
    journey.does(Action::Undo).does(Action::Undo);
    assert_eq!((journey.case().document.findings().len(), journey.state.view.finding()), (0, None));
    journey.does(Action::Undo);
    assert!(journey.effects.is_empty());
    journey.does(Action::Redo).does(Action::Redo).does(Action::Redo);
    assert_eq!(only_finding(&journey), changed);
}

#[test]
fn a_number_is_never_given_again() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::RemoveFindings(vec![FindingId(1)])).does(Action::AcceptDifference(0));
    assert_eq!(only_finding(&journey).id, FindingId(2));
    // What was taken back was never there: its number is free, so that undo leaves no trace.
    journey.does(Action::Undo).does(Action::AcceptDifference(0));
    assert_eq!(only_finding(&journey).id, FindingId(2));
}

#[test]
fn the_thousand_and_first_finding_is_declined_in_words() {
    let mut journey = Journey::compared();
    for place in 0..=MAX_FINDINGS {
        journey.does(Action::AddFinding(Shape::Box(Rect::new(place as f64, 0.0, 5.0, 5.0))));
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
    journey.does(Action::ChangeFindings(vec![finding]));
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
        journey.does(Action::AddFinding(Shape::Box(area)));
        assert!(journey.effects.is_empty() && journey.case().document.findings().len() == 0, "{area:?}");
    }
    journey.does(Action::AcceptDifference(0));
    let before = only_finding(&journey);
    let nowhere = Finding { shapes: vec![Shape::Box(Rect::new(nan, 0.0, 1.0, 1.0))], ..before.clone() };
    journey.does(Action::ChangeFindings(vec![nowhere]));
    assert_eq!(only_finding(&journey), before);
    journey.does(Action::ChangeFindings(vec![Finding { id: FindingId(77), ..before }]));
    assert!(journey.effects.is_empty());
}

#[test]
fn what_is_chosen_is_one_thing_and_exists() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::ChooseDifference(2));
    assert_eq!((journey.state.view.difference, journey.state.view.finding()), (Some(2), None));
    journey.does(Action::ChooseFinding(FindingId(1)));
    assert_eq!((journey.state.view.difference, journey.state.view.finding()), (None, Some(FindingId(1))));
    journey.does(Action::ChooseFinding(FindingId(8)));
    assert_eq!(journey.state.view.finding(), None);
    journey.does(Action::SetOpacity(7.0)).does(Action::SetSwipe(Swipe { position: -1.0, angle: 190.0 }));
    assert_eq!((journey.state.view.opacity, journey.state.view.swipe), (1.0, Swipe { position: 0.0, angle: -170.0 }));
}

#[test]
fn a_difference_is_decided_once_and_every_decision_can_be_taken_back() {
    let mut journey = Journey::compared();
    let decision = |journey: &Journey, place| journey.case().document.decision(place);
    journey.does(Action::ChooseDifference(0)).does(Action::DismissDifference(0, Dismissal::Dust));
    assert_eq!(decision(&journey, 0), Some(Decision::Dismissed(Dismissal::Dust)));
    assert_eq!(journey.state.view.difference, Some(1), "the queue goes on by itself");
    journey.does(Action::AcceptDifference(1));
    assert_eq!(decision(&journey, 1), Some(Decision::Accepted(FindingId(1))));
    // A second acceptance shows the finding that is there already.
    journey.does(Action::AcceptDifference(1));
    assert_eq!((journey.case().document.findings().len(), journey.state.view.finding()), (1, Some(FindingId(1))));
    journey.does(Action::DismissDifference(1, Dismissal::Light));
    assert_eq!(decision(&journey, 1), Some(Decision::Accepted(FindingId(1))), "its finding is removed first");
    journey.does(Action::RemoveFindings(vec![FindingId(1)]));
    assert_eq!(decision(&journey, 1), None);
    journey.does(Action::Undo);
    assert_eq!(decision(&journey, 1), Some(Decision::Accepted(FindingId(1))));
    journey.does(Action::ReopenDifference(0));
    assert_eq!(decision(&journey, 0), None);
    journey.does(Action::Undo).does(Action::Undo).does(Action::Undo);
    assert_eq!((decision(&journey, 0), decision(&journey, 1)), (None, None));
    assert!(!journey.state.history.can_undo());
}

#[test]
fn several_findings_are_changed_in_one_step() {
    let mut journey = Journey::compared();
    for place in 0..3 {
        journey.does(Action::AcceptDifference(place));
    }
    let ids: Vec<_> = (1..=3).map(FindingId).collect();
    let before = journey.case().document.clone();
    journey.does(Action::ChooseFindings(ids.clone())).does(Action::SetKind(FindingKind::Rework));
    assert!(journey.case().document.findings().all(|finding| finding.kind == FindingKind::Rework));
    journey.does(Action::NudgeChosen(3.0, -2.0)).does(Action::DuplicateChosen);
    assert_eq!((journey.case().document.findings().len(), journey.state.view.findings.len()), (6, 3));
    journey.does(Action::StackChosen(false));
    let lowest: Vec<_> = journey.case().document.stacked().iter().take(3).map(|finding| finding.id.0).collect();
    assert_eq!(lowest, [4, 5, 6]);
    journey.does(Action::ToggleFinding(FindingId(5))).does(Action::StackChosen(true));
    assert_eq!(journey.case().document.stacked().last().unwrap().id, FindingId(6));
    for _ in 0..5 {
        journey.does(Action::Undo);
    }
    assert_eq!(journey.case().document, before);
    journey.does(Action::RemoveFindings(ids));
    assert_eq!(journey.case().document.findings().len(), 0);
    journey.does(Action::Undo);
    assert_eq!(journey.case().document, before);
}

#[test]
fn a_second_result_is_a_step_that_can_be_taken_back_and_decisions_stay_with_their_places() {
    let mut journey = Journey::compared();
    journey.does(Action::DismissDifference(2, Dismissal::Label));
    let before = journey.case().document.clone();
    journey.does(Action::CompareAgain);
    let job = journey.compare_job();
    let mut again = crate::board::comparison();
    // The first place does not differ any more: the third is the second now.
    again.differences.remove(0);
    journey.does(Action::Compared(job, Box::new(again)));
    assert_eq!(journey.case().document.decision(1), Some(Decision::Dismissed(Dismissal::Label)));
    assert_eq!(journey.case().document.decision(2), None);
    journey.does(Action::Undo);
    assert_eq!(journey.case().document, before);
    journey.does(Action::Redo);
    assert_eq!(journey.comparison().differences.len(), 2);
}

#[test]
fn another_photo_of_the_board_keeps_the_findings_where_they_are() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::AddFinding(Shape::Point(Point::new(300.0, 200.0))));
    journey.does(Action::DismissDifference(2, Dismissal::Dust));
    let before = journey.case().clone();
    journey.gives(Purpose::Photo, "other.jpg");
    let (after, compared) = (journey.case().clone(), journey.compared_pictures());
    assert_eq!(compared, Some((crate::board::sha("other.jpg"), vec![crate::board::sha("known.jpg")])));
    assert!(
        after.id != before.id && after.photo.title == "other.jpg" && after.document.references() == before.document.references()
    );
    let places = |case: &boardwatch::app::Case| case.document.findings().cloned().collect::<Vec<_>>();
    assert_eq!(places(&after), places(&before));
    // What was decided about the other photo's differences says nothing about this one's.
    assert!(after.document.decision(2).is_none() && after.document.comparison().is_none());
    let job = journey.compare_job();
    journey.does(Action::Compared(job, Box::new(crate::board::comparison_of("other.jpg", "known.jpg"))));
    assert_eq!(places(journey.case()), places(&before));
}
