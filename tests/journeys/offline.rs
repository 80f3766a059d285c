//! New versions are taken when the person agrees, and never at the price of work; what is shared with the page is opened.

use boardwatch::app::job::JobFailure;
use boardwatch::app::{Action, Effect, OfflineNews, Storage, Version};

use crate::journey::Journey;

fn waiting() -> Journey {
    let mut journey = Journey::compared();
    let id = journey.case().id;
    journey.does(Action::CaseStored(id, 1.0)).does(Action::OfflineHeard(OfflineNews::Waiting));
    journey
}

#[test]
fn a_new_version_waits_for_the_person() {
    let mut journey = waiting();
    assert_eq!((journey.state.offline.version, &journey.effects[..]), (Version::Waiting, &[][..]));
    journey.does(Action::RenameCase("Rack 7".to_owned()));
    let id = journey.case().id;
    journey.does(Action::CaseStored(id, 2.0));
    assert!(!journey.effects.contains(&Effect::TakeVersion), "nobody has agreed yet");
    journey.does(Action::UseNewVersion);
    assert_eq!(journey.effects, [Effect::TakeVersion]);
}

#[test]
fn it_takes_over_when_the_open_case_is_safe_and_not_before() {
    let mut journey = waiting();
    journey.does(Action::RenameCase("Rack 7".to_owned())).does(Action::UseNewVersion);
    assert_eq!((journey.state.offline.version, &journey.effects[..]), (Version::Wanted, &[][..]), "the case is being written");
    let id = journey.case().id;
    journey.does(Action::CaseStored(id, 2.0));
    assert!(journey.effects.contains(&Effect::TakeVersion));
    assert_eq!(journey.state.storage, Storage::Saved);
}

#[test]
fn it_does_not_take_over_when_the_case_can_not_be_kept() {
    let mut journey = waiting();
    journey.does(Action::RenameCase("Rack 7".to_owned())).does(Action::UseNewVersion);
    journey.does(Action::StorageFailed("The disk is full.".to_owned()));
    assert_eq!((journey.state.offline.version, &journey.effects[..]), (Version::Waiting, &[][..]), "the person is asked again");
    journey.does(Action::UseNewVersion);
    assert!(!journey.effects.contains(&Effect::TakeVersion));
}

#[test]
fn pictures_on_the_start_screen_and_running_work_are_not_thrown_away() {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).does(Action::OfflineHeard(OfflineNews::Waiting)).does(Action::UseNewVersion);
    assert_eq!((journey.state.offline.version, &journey.effects[..]), (Version::Waiting, &[][..]));
    journey.drops(&["known.jpg"]).does(Action::Compare);
    assert!(!journey.state.is_kept(), "a comparison runs");
    let job = journey.compare_job();
    let id = journey.case().id;
    journey.does(Action::CaseStored(id, 1.0)).does(Action::CancelJob(job)).does(Action::UseNewVersion);
    assert_eq!(journey.effects, [Effect::TakeVersion]);
}

#[test]
fn a_version_that_is_put_off_is_not_spoken_of_again() {
    let mut journey = waiting();
    journey.does(Action::PutOffVersion).does(Action::UseNewVersion);
    assert_eq!((journey.state.offline.version, &journey.effects[..]), (Version::PutOff, &[][..]));
}

#[test]
fn the_other_tabs_are_told_and_load_anew_when_asked() {
    let mut journey = waiting();
    journey.does(Action::OfflineHeard(OfflineNews::Replaced));
    assert_eq!((journey.state.offline.version, &journey.effects[..]), (Version::Replaced, &[][..]), "nothing happens by itself");
    journey.does(Action::OfflineHeard(OfflineNews::Waiting));
    assert_eq!(journey.state.offline.version, Version::Replaced);
    journey.does(Action::UseNewVersion);
    assert_eq!(journey.effects, [Effect::Reload]);
}

#[test]
fn a_part_that_is_missing_is_said_and_the_case_stays() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    let job = journey.compare_job();
    journey.does(Action::JobFailed(job, JobFailure::NotStarted));
    assert!(journey.state.offline.part_missing && journey.state.case.is_some());
    assert!(journey.said().contains("reload the page"), "{}", journey.said());
}

#[test]
fn a_link_that_is_pasted_or_shared_is_opened_whichever_page_it_is_of() {
    let mut journey = Journey::fresh();
    journey.slow = true;
    let fragment = "r3.AAAABBBBCCCCDDDD";
    journey.does(Action::WordsGiven(format!("look at https://elsewhere.example/board/#{fragment} please")));
    assert_eq!(journey.state.opened.as_ref().map(|opened| opened.fragment.as_str()), Some(fragment));
    assert!(journey.effects.contains(&Effect::SetFragment(fragment.to_owned())), "a reload opens it again");
    let before = journey.state.clone();
    journey.does(Action::WordsGiven("just words with a # in them".to_owned()));
    assert_eq!((&journey.state, &journey.effects[..]), (&before, &[][..]));
}

#[test]
fn what_was_shared_leaves_no_address_to_go_back_to() {
    let journey = Journey::at("shared");
    assert!(journey.state.opened.is_none() && journey.said().is_empty());
    assert_eq!(journey.effects.last(), Some(&Effect::SetFragment(String::new())));
}
