//! Files that come in: into slots, onto the workbench, and those that are no pictures.

use boardwatch::app::job::JobFailure;
use boardwatch::app::{Action, Annex, Effect, OfferId, Slot, SlotState};

use crate::board;
use crate::journey::Journey;

fn refused(sentence: &str) -> JobFailure {
    JobFailure::Refused(sentence.to_owned())
}

#[test]
fn a_file_that_is_no_picture_gets_a_sentence_and_costs_nothing() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg"]);
    let job = journey.offers(&["notes.jpg"])[0];
    journey.does(Action::PictureInspected(job, Err(refused("This is a text file."))));
    assert_eq!(journey.said(), "notes.jpg: This is a text file.");
    assert_eq!(journey.effects, [Effect::ForgetOffer(OfferId(2))]);
    assert_eq!((journey.ready(Slot::YourBoard), journey.state.slot(Slot::KnownGood)), (Some("known.jpg"), &SlotState::Empty));

    let mut journey = Journey::compared();
    let (before, job) = (journey.case().clone(), journey.offers(&["half.jpg"])[0]);
    journey.does(Action::JobFailed(job, refused("The file ends in the middle.")));
    assert!(journey.said().contains("half.jpg: The file ends"));
    assert_eq!(journey.case(), &before);
}

#[test]
fn several_boards_of_ones_own_go_into_one_case() {
    let mut journey = Journey::fresh();
    let before = journey.offers(&["w.jpg", "x.jpg", "y.jpg"]);
    let jobs = journey.offers(&["a.jpg", "b.jpg", "c.jpg", "d.jpg"]);
    assert!(before.iter().all(|job| journey.effects.contains(&Effect::Cancel(*job))), "those before are not wanted any more");
    assert_eq!(jobs.len(), 4);
    for (job, name) in jobs.into_iter().zip(["a.jpg", "b.jpg", "c.jpg", "d.jpg"]) {
        journey.does(Action::PictureInspected(job, Ok(board::facts(name))));
    }
    journey.does(Action::PictureInspected(before[2], Ok(board::facts("y.jpg"))));
    assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (Some("a.jpg"), Some("b.jpg")));
    journey.does(Action::SwapPictures);
    assert_eq!(journey.state.further.len(), 2);
    // One that is still looked at is waited for.
    let mut early = Journey::fresh();
    let jobs = early.offers(&["a.jpg", "b.jpg", "c.jpg"]);
    for (job, name) in jobs.iter().zip(["a.jpg", "b.jpg"]) {
        early.does(Action::PictureInspected(*job, Ok(board::facts(name))));
    }
    early.does(Action::Compare);
    assert!(early.state.case.is_none() && early.said().contains("still being looked at"), "{}", early.said());
    early.does(Action::PictureInspected(jobs[2], Ok(board::facts("c.jpg")))).does(Action::Compare);
    assert_eq!(early.case().document.references().len(), 2);
    // In the library a photo is the board in question, whatever was there before.
    let mut there = Journey::fresh();
    there.drops(&["mine.jpg"]).does(Action::OpenAnnex(Annex::Library)).drops(&["other.jpg"]);
    assert_eq!((there.ready(Slot::YourBoard), there.state.slot(Slot::KnownGood)), (Some("other.jpg"), &SlotState::Empty));

    journey.does(Action::Compare);
    let names: Vec<&str> = journey.case().document.references().iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!((journey.case().photo.title.as_str(), names), ("a.jpg", vec!["b.jpg", "c.jpg", "d.jpg"]));
}

#[test]
fn of_more_files_than_can_be_compared_the_first_are_taken() {
    let mut journey = Journey::fresh();
    let names: Vec<String> = (0..9).map(|number| format!("{number}.jpg")).collect();
    let jobs = journey.offers(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(jobs.len(), 7);
    assert!(
        journey.effects.contains(&Effect::ForgetOffer(OfferId(8))) && journey.effects.contains(&Effect::ForgetOffer(OfferId(9)))
    );
    assert!(journey.said().contains("the first 7 were taken"), "{}", journey.said());
    // On a case it is a new pair, as before.
    let mut journey = Journey::compared();
    assert_eq!(journey.offers(&["a.jpg", "b.jpg", "c.jpg"]).len(), 2);
    assert!(journey.said().contains("the first two were taken"));
}

#[test]
fn a_slot_that_is_emptied_or_filled_anew_stops_what_was_on_its_way() {
    let mut journey = Journey::fresh();
    let first = journey.offers(&["mine.jpg"])[0];
    journey.does(Action::RemovePicture(Slot::YourBoard));
    assert_eq!(journey.effects, [Effect::Cancel(first), Effect::ForgetOffer(OfferId(1))]);
    journey.does(Action::PictureInspected(first, Ok(board::facts("mine.jpg"))));
    assert_eq!(journey.state.slots, [SlotState::Empty, SlotState::Empty]);

    let pair = journey.offers(&["a.jpg", "b.jpg"]);
    let new = journey.offers(&["c.jpg", "d.jpg"]);
    assert_eq!(journey.state.jobs.keys().copied().collect::<Vec<_>>(), new);
    assert!(pair.iter().all(|job| journey.effects.contains(&Effect::Cancel(*job))));
}

#[test]
fn pictures_change_places() {
    let mut journey = Journey::fresh();
    let jobs = journey.offers(&["known.jpg", "mine.jpg"]);
    journey.does(Action::SwapPictures);
    for (job, name) in jobs.into_iter().zip(["known.jpg", "mine.jpg"]) {
        journey.does(Action::PictureInspected(job, Ok(board::facts(name))));
    }
    assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (Some("mine.jpg"), Some("known.jpg")));
}

#[test]
fn a_new_photo_on_the_workbench_goes_beside_the_same_reference() {
    let mut journey = Journey::compared();
    journey.drops(&["second.jpg"]);
    assert!(journey.state.case.is_none());
    assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (Some("known.jpg"), Some("second.jpg")));
}

#[test]
fn two_new_files_on_the_workbench_are_a_new_pair_whichever_is_seen_first() {
    for order in [[0, 1], [1, 0]] {
        let mut journey = Journey::compared();
        let names = ["new-known.jpg", "new-mine.jpg"];
        let jobs = journey.offers(&names);
        for place in order {
            journey.does(Action::PictureInspected(jobs[place], Ok(board::facts(names[place]))));
        }
        assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (Some(names[0]), Some(names[1])));
    }
}

#[test]
fn both_lost_pictures_of_a_case_come_back_in_one_drop() {
    let mut journey = Journey::compared();
    let case = journey.case().clone();
    journey
        .does(Action::PictureLoaded(board::sha("mine.jpg"), false))
        .does(Action::PictureLoaded(board::sha("known.jpg"), false));
    assert!(journey.said().contains("mine.jpg is no longer") && journey.said().contains("known.jpg is no longer"));
    assert_eq!(journey.state.lost.len(), 2);
    journey.drops(&["mine.jpg", "known.jpg"]);
    assert_eq!(journey.case(), &case);
    assert!(journey.state.lost.is_empty() && journey.state.loaded.contains(&board::sha("known.jpg")));
}

#[test]
fn a_file_whose_workbench_was_left_is_forgotten() {
    let mut journey = Journey::compared();
    let job = journey.offers(&["second.jpg"])[0];
    journey.does(Action::CloseCase).does(Action::PictureInspected(job, Ok(board::facts("second.jpg"))));
    assert!(matches!(journey.effects[..], [Effect::ForgetOffer(_)]));
}

#[test]
fn the_pictures_of_a_case_go_back_to_their_slots_to_be_changed() {
    let mut journey = Journey::compared();
    let kept = journey.case().id;
    journey.does(Action::ChangePictures);
    assert!(journey.state.case.is_none());
    assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (Some("known.jpg"), Some("mine.jpg")));
    assert_eq!(journey.effects, [Effect::ReleaseCase(kept), Effect::SetFragment(String::new())], "other tabs may have it");
    journey.does(Action::Compare);
    assert_ne!(journey.case().id, kept);
}

#[test]
fn a_picture_that_is_lost_does_not_go_back_to_its_slot() {
    let mut journey = Journey::compared();
    journey.does(Action::PictureLoaded(board::sha("known.jpg"), false)).does(Action::ChangePictures);
    assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (None, Some("mine.jpg")));
}
