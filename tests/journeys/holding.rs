//! One case in two tabs: one changes it, the other follows, and what both did is kept.

use boardwatch::app::{Action, Case, Effect, Hold, Storage};
use boardwatch::geometry::Rect;
use boardwatch::report::{FindingKind, Shape};

use crate::board;
use crate::journey::Journey;

/// A tab with the compared case open, which another tab works on.
fn watching() -> Journey {
    let mut journey = Journey::compared();
    let case = journey.case().clone();
    journey.does(Action::CaseStored(case.id, 1.0)).does(Action::CloseCase).does(Action::OpenCase(case.id));
    journey.does(Action::CaseHeld(case.id, false)).does(Action::CaseLoaded(case.id, Ok(Some(Box::new(case)))));
    assert_eq!(journey.state.hold, Hold::Elsewhere);
    journey
}

/// What the other tab made of the case.
fn changed(case: &Case) -> Box<Case> {
    let mut other = Journey::compared();
    other.state.case = Some(case.clone());
    other.does(Action::AcceptDifference(0)).does(Action::RenameCase("From the other tab".into()));
    Box::new(other.case().clone())
}

fn mark() -> Action {
    Action::AddFinding(Shape::Box(Rect::new(10.0, 10.0, 30.0, 30.0)))
}

#[test]
fn who_watches_changes_nothing_and_is_told_why() {
    let mut journey = watching();
    let case = journey.case().clone();
    for action in [mark(), Action::AcceptDifference(0), Action::RenameCase("x".into()), Action::CompareAgain, Action::Undo] {
        journey.does(action.clone());
        assert_eq!((journey.case(), &journey.effects[..]), (&case, &[][..]), "{action:?}");
    }
    assert!(journey.said().contains("Another tab is working on this case"), "{}", journey.said());
    assert_eq!((journey.state.notices.len(), &journey.state.storage), (1, &Storage::Saved), "it is said once");
    assert!(journey.state.view.findings.is_empty(), "nothing is chosen that is not there");
}

#[test]
fn who_watches_may_look_at_everything() {
    let mut journey = watching();
    let places = journey.case().looked_at.len();
    journey.does(Action::ChooseDifference(1)).does(Action::SetKind(FindingKind::Missing));
    assert_eq!((journey.state.view.difference, journey.said().as_str()), (Some(1), ""));
    assert_eq!(journey.case().looked_at.len(), places + 1);
    assert!(!journey.effects.iter().any(|effect| matches!(effect, Effect::StoreCase(_))));
    journey.does(Action::Share);
    assert!(journey.state.share.is_some());
}

#[test]
fn what_storage_says_while_a_case_is_watched_stays_said() {
    let mut journey = watching();
    journey.does(Action::StorageFailed("The disk is full.".into()));
    assert_eq!(journey.state.storage, Storage::Failed("The disk is full.".into()));
    journey.does(mark());
    assert_eq!(journey.state.storage, Storage::Failed("The disk is full.".into()), "nothing is on its way");
}

#[test]
fn what_the_other_tab_stores_is_shown() {
    let mut journey = watching();
    let (id, later) = (journey.case().id, changed(journey.case()));
    journey.does(Action::CaseStoredElsewhere(id));
    assert_eq!(journey.effects, [Effect::ListCases, Effect::FollowCase(id)]);
    journey.does(Action::ChooseDifference(1));
    journey.does(Action::CaseLoaded(id, Ok(Some(later.clone()))));
    assert_eq!((journey.case(), journey.state.view.difference), (&*later, Some(1)));
    // Of a case that is not open here only the list changes.
    let mut elsewhere = Journey::fresh();
    elsewhere.does(Action::CaseStoredElsewhere(id));
    assert_eq!(elsewhere.effects, [Effect::ListCases]);
}

#[test]
fn what_is_gone_in_the_other_tab_is_chosen_no_longer() {
    let mut journey = watching();
    let (id, later) = (journey.case().id, changed(journey.case()));
    let before = Box::new(journey.case().clone());
    journey.does(Action::CaseLoaded(id, Ok(Some(later.clone()))));
    let finding = later.document.findings().next().unwrap().id;
    journey.does(Action::ChooseFindings(vec![finding]));
    assert_eq!(journey.state.view.findings.len(), 1);
    journey.does(Action::CaseLoaded(id, Ok(Some(before))));
    assert!(journey.state.view.findings.is_empty());
}

#[test]
fn the_case_is_taken_over_with_what_the_other_tab_did_last() {
    let mut journey = watching();
    let (id, later) = (journey.case().id, changed(journey.case()));
    journey.does(Action::TakeOver);
    assert_eq!((journey.state.hold, &journey.effects[..]), (Hold::Asked, &[Effect::TakeOver(id)][..]));
    journey.does(Action::TakeOver);
    assert!(journey.effects.is_empty(), "it is asked once");
    journey.does(mark());
    assert!(journey.case().document.findings().next().is_none(), "it is not here yet");
    journey.does(Action::CaseLoaded(id, Ok(Some(later.clone())))).does(Action::CaseHeld(id, true));
    assert_eq!((journey.state.hold, journey.case()), (Hold::Here, &*later));
    journey.does(mark());
    assert_eq!(journey.case().document.findings().len(), 2);
    assert!(matches!(&journey.effects[..], [Effect::StoreCase(_)]));
}

#[test]
fn a_case_that_is_taken_away_is_watched_and_its_comparison_stops() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    let (id, job) = (journey.case().id, journey.compare_job());
    journey.does(mark()).does(Action::CaseHeld(id, false));
    assert_eq!((journey.state.hold, &journey.effects[..]), (Hold::Elsewhere, &[Effect::Cancel(job)][..]));
    assert!(!journey.state.history.can_undo());
    // Back again: what was not finished begins anew.
    journey.does(Action::CaseHeld(id, true));
    assert!(journey.compared_pictures().is_some());
}

#[test]
fn a_case_that_was_never_compared_is_not_compared_twice() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    let case = Box::new(journey.case().clone());
    let mut second = Journey::at(&format!("case={}", case.id.0));
    second.does(Action::CaseHeld(case.id, false)).does(Action::CaseLoaded(case.id, Ok(Some(case))));
    second.does(Action::PictureLoaded(board::sha("mine.jpg"), true)).does(Action::PictureLoaded(board::sha("known.jpg"), true));
    assert_eq!(second.compared_pictures(), None);
}

#[test]
fn two_later_states_of_a_case_become_two_cases() {
    let mut journey = Journey::compared();
    journey.does(mark());
    let (before, stale) = (journey.case().clone(), Box::new(journey.case().clone()));
    // What is on the screen holds more than what was not stored.
    journey.does(Action::AcceptDifference(0)).does(Action::CaseConflicted(stale));
    let copy = journey.case().clone();
    assert_ne!(copy.id, before.id);
    assert_eq!((copy.document.findings().len(), copy.title), (2, format!("{} (2)", before.title)));
    assert!(journey.said().contains("is kept as a case of its own"));
    let stored = Effect::StoreCase(Box::new(journey.case().clone()));
    let named = Effect::SetFragment(format!("case={}", copy.id.0));
    assert_eq!(journey.effects, [stored, Effect::ReleaseCase(before.id), named, Effect::ListCases]);
}

#[test]
fn a_case_that_was_left_and_not_stored_is_kept_beside_the_other_one() {
    let mut journey = Journey::compared();
    let case = Box::new(journey.case().clone());
    journey.does(Action::CloseCase).does(Action::CaseConflicted(case.clone()));
    assert!(journey.state.case.is_none());
    assert!(matches!(&journey.effects[..], [Effect::StoreCase(copy), Effect::ListCases]
        if copy.id != case.id && copy.document == case.document));
}

#[test]
fn a_deleted_case_can_be_brought_back() {
    let mut journey = Journey::compared();
    let id = journey.case().id;
    journey.does(Action::CaseStored(id, 1.0)).does(Action::DeleteCase(id));
    assert_eq!(journey.state.binned.as_ref().map(|case| case.id), Some(id));
    journey.does(Action::RestoreCase);
    assert_eq!((&journey.state.binned, &journey.effects[..]), (&None, &[Effect::RestoreCase(id)][..]));
    journey.does(Action::RestoreCase);
    assert!(journey.effects.is_empty());
}
