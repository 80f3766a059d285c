//! The sample board, one click away.

use boardwatch::app::{Action, CaseId, CaseSummary, Effect, Slot};

use crate::board;
use crate::journey::Journey;

fn kept_sample() -> CaseSummary {
    CaseSummary {
        id: CaseId(42),
        title: "Sample photo".into(),
        board: "Boardwatch Specimen".into(),
        findings: 2,
        answered: None,
        photo: board::facts("sample.jpg"),
        changed_ms: 1.0,
    }
}

fn fetches(journey: &Journey) -> usize {
    journey.effects.iter().filter(|effect| matches!(effect, Effect::FetchPicture { .. })).count()
}

#[test]
fn the_sample_opens_whichever_comes_first() {
    let cases = || Action::CasesListed(Vec::new());
    let catalogue = || Action::CatalogueArrived(Ok(board::catalogue()));
    for [first, second] in [[cases(), catalogue()], [catalogue(), cases()]] {
        let mut journey = Journey::at("sample");
        journey.does(first);
        assert_eq!(fetches(&journey), 0);
        journey.does(second);
        assert_eq!(fetches(&journey), 2);
        journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(())));
        journey.does(Action::PictureFetched(board::sha("sample.jpg"), Ok(())));
        assert_eq!(journey.compared_pictures(), Some((board::sha("sample.jpg"), vec![board::sha("golden.jpg")])));
        assert_eq!((journey.case().title.as_str(), journey.state.opening_sample), ("Sample photo", false));
    }
}

#[test]
fn a_kept_sample_case_is_opened_instead() {
    for catalogue_first in [true, false] {
        let mut journey = Journey::at("");
        let mut actions = [Action::CatalogueArrived(Ok(board::catalogue())), Action::CasesListed(vec![kept_sample()])];
        if !catalogue_first {
            actions.reverse();
        }
        journey.does(Action::OpenSample);
        for action in actions {
            journey.does(action);
        }
        assert_eq!(journey.effects, [Effect::LoadCase(CaseId(42))]);
    }
}

#[test]
fn a_list_that_comes_again_fetches_nothing_twice() {
    let mut journey = Journey::fresh();
    journey.does(Action::OpenSample);
    assert_eq!(fetches(&journey), 2);
    journey.does(Action::CasesListed(Vec::new()));
    assert_eq!(fetches(&journey), 0);
    journey.does(Action::OpenSample);
    assert_eq!(fetches(&journey), 0);
}

#[test]
fn who_drops_a_photo_meanwhile_keeps_it() {
    let mut journey = Journey::fresh();
    journey.does(Action::OpenSample).drops(&["mine.jpg"]);
    journey.does(Action::PictureFetched(board::sha("sample.jpg"), Ok(())));
    journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(())));
    assert!(journey.state.case.is_none() && !journey.state.opening_sample);
    assert_eq!(
        (journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)),
        (Some("Boardwatch Specimen, unit 1, top"), Some("mine.jpg"))
    );
}

#[test]
fn the_sample_is_not_taken_for_an_answer_to_an_open_report() {
    let link = Journey::compared().shares();
    let mut journey = Journey::fresh();
    journey.does(Action::FragmentChanged(link)).does(Action::OpenSample);
    journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(())));
    journey.does(Action::PictureFetched(board::sha("sample.jpg"), Ok(())));
    assert_eq!((journey.said().as_str(), journey.case().photo.title.as_str()), ("", "Sample photo"));
}

#[test]
fn without_a_catalogue_the_sample_says_why() {
    let mut journey = Journey::at("sample");
    journey.does(Action::CasesListed(Vec::new())).does(Action::CatalogueArrived(Err("The catalogue did not come.".into())));
    assert_eq!((journey.said().as_str(), journey.state.opening_sample), ("The catalogue did not come.", false));
    let mut journey = Journey::fresh();
    journey.does(Action::OpenSample).does(Action::PictureFetched(board::sha("sample.jpg"), Err("No network.".into())));
    journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(())));
    assert_eq!((journey.said().as_str(), journey.state.case.is_none()), ("No network.", true));
}

#[test]
fn storage_that_says_no_does_not_stop_the_sample() {
    let mut journey = Journey::at("sample");
    journey.does(Action::StorageFailed("Private windows keep nothing.".into()));
    journey.does(Action::CatalogueArrived(Ok(board::catalogue())));
    assert_eq!(fetches(&journey), 2);
}
