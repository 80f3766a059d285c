//! Cases are kept, found again and deleted.

use boardwatch::app::backup::{BackupEnd, BackupFrame, BackupReader};
use boardwatch::app::{Action, Case, CaseId, Effect, Storage};
use boardwatch::report::PictureEntry;

use crate::board;
use crate::journey::Journey;

/// A case as storage gives it back.
fn stored() -> Case {
    Case::from_json(&Journey::compared().case().to_json().unwrap()).unwrap()
}

#[test]
fn a_reload_restores_the_open_case() {
    let case = stored();
    let mut journey = Journey::at(&format!("case={}", case.id.0));
    assert_eq!(journey.effects, [Effect::ListCases, Effect::ListCatalogues, Effect::FetchCatalogue, Effect::LoadCase(case.id)]);
    journey.does(Action::CaseLoaded(case.id, Ok(Some(Box::new(case.clone())))));
    assert_eq!((journey.case(), journey.compared_pictures()), (&case, None));
    assert_eq!(journey.effects[1..], ["mine.jpg", "known.jpg"].map(|name| Effect::LoadPicture(board::sha(name))));
    for name in ["mine.jpg", "known.jpg"] {
        journey.does(Action::PictureLoaded(board::sha(name), true));
    }
    assert_eq!((journey.state.loaded.len(), journey.said().as_str()), (2, ""));
    let before = journey.state.clone();
    journey.does(Action::FragmentChanged(format!("case={}", case.id.0)));
    assert_eq!((&journey.state, &journey.effects[..]), (&before, &[][..]));
}

#[test]
fn a_case_that_was_never_compared_goes_on_once_its_pictures_are_here() {
    let mut case = stored();
    case.document = boardwatch::report::Document::about(case.document.references().to_vec());
    let mut journey = Journey::at(&format!("case={}", case.id.0));
    journey.does(Action::CaseLoaded(case.id, Ok(Some(Box::new(case)))));
    journey.does(Action::PictureLoaded(board::sha("mine.jpg"), true));
    assert_eq!(journey.compared_pictures(), None);
    journey.does(Action::PictureLoaded(board::sha("known.jpg"), false));
    assert!(journey.said().contains("drop the same file here"));
    journey.drops(&["known.jpg"]);
    assert!(journey.compared_pictures().is_some());
}

#[test]
fn a_lost_picture_of_the_catalogue_is_fetched_again() {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).does(Action::ChooseReference(board::sha("golden.jpg")));
    journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(()))).does(Action::Compare);
    let case = journey.case().clone();
    // Cases of before do not know where it was: then it is fetched when the catalogue is here.
    let mut older = case.clone();
    let references = older.document.references().iter().map(|entry| PictureEntry { provenance: None, ..entry.clone() });
    older.document.set_references(references.collect());
    for (case, is_known) in [(case, true), (older, false)] {
        let mut later = Journey::at(&format!("case={}", case.id.0));
        later.does(Action::CaseLoaded(case.id, Ok(Some(Box::new(case)))));
        later.does(Action::PictureLoaded(board::sha("golden.jpg"), false));
        assert_eq!((later.said().as_str(), later.effects == [board::fetch_golden()]), ("", is_known));
        later.does(Action::CatalogueArrived(Ok(board::catalogue())));
        assert_eq!(later.effects == [board::fetch_golden()], !is_known, "{:?}", later.effects);
        later.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(())));
        assert!(later.state.lost.is_empty());
    }
}

#[test]
fn a_case_that_is_not_here_says_so() {
    let mut journey = Journey::at("case=5");
    journey.does(Action::CaseLoaded(CaseId(5), Ok(None)));
    assert!(journey.said().contains("Case 5 is not in this browser"));
    assert_eq!(journey.effects, [Effect::SetFragment(String::new())]);
    journey.does(Action::OpenCase(CaseId(6))).does(Action::CaseLoaded(CaseId(6), Err("It can't be read.".into())));
    assert!(journey.said().contains("It can't be read."));
}

#[test]
fn the_case_that_was_asked_for_last_is_the_one_that_opens() {
    let (first, mut second) = (stored(), stored());
    second.id = CaseId(first.id.0 + 1);
    let mut journey = Journey::fresh();
    journey.does(Action::OpenCase(first.id)).does(Action::OpenCase(second.id));
    journey.does(Action::CaseLoaded(first.id, Ok(Some(Box::new(first.clone())))));
    assert!(journey.state.case.is_none());
    journey.does(Action::CaseLoaded(second.id, Ok(Some(Box::new(second.clone())))));
    assert_eq!(journey.case().id, second.id);
    journey.does(Action::OpenCase(first.id)).does(Action::CloseCase);
    journey.does(Action::CaseLoaded(first.id, Ok(Some(Box::new(first)))));
    assert!(journey.state.case.is_none());
}

#[test]
fn opening_the_open_case_keeps_what_can_be_undone() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0));
    let (before, id) = (journey.state.clone(), journey.case().id);
    journey.does(Action::OpenCase(id));
    assert_eq!(journey.state, before);
}

#[test]
fn a_case_that_is_left_while_it_is_stored_comes_back_from_storage() {
    let mut journey = Journey::compared();
    let id = journey.case().id;
    journey.does(Action::AcceptDifference(0)).does(Action::CloseCase).does(Action::OpenCase(id));
    assert_eq!(journey.effects, [Effect::LoadCase(id)]);
    journey.does(Action::CaseStored(id, 3.0));
    assert_eq!((&journey.state.storage, &journey.effects[..]), (&Storage::Saved, &[Effect::ListCases][..]));
}

#[test]
fn deleting_the_open_case_leads_to_the_start() {
    let mut journey = Journey::compared();
    let id = journey.case().id;
    journey.does(Action::CaseStored(id, 1.0)).does(Action::DeleteCase(id));
    assert_eq!(journey.effects, [Effect::ReleaseCase(id), Effect::SetFragment(String::new()), Effect::DeleteCase(id)]);
    assert!(journey.state.case.is_none() && journey.state.cases.as_ref().unwrap().is_empty());
    journey.does(Action::OpenCase(id)).does(Action::DeleteCase(id)).does(Action::CaseLoaded(id, Ok(Some(Box::new(stored())))));
    assert!(journey.state.case.is_none());
}

#[test]
fn work_goes_on_when_storage_says_no() {
    let mut journey = Journey::compared();
    journey.does(Action::StorageFailed("The disk is full.".into()));
    assert_eq!(journey.state.storage, Storage::Failed("The disk is full.".into()));
    journey.does(Action::AcceptDifference(0));
    assert_eq!((journey.case().document.findings().len(), &journey.state.storage), (1, &Storage::Saving));
}

#[test]
fn leaving_a_case_stops_its_comparison() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    let job = journey.compare_job();
    journey.does(Action::CloseCase);
    assert!(journey.effects.contains(&Effect::Cancel(job)) && journey.state.jobs.is_empty());
}

#[test]
fn names_stay_within_what_a_report_carries() {
    let mut journey = Journey::compared();
    journey.does(Action::NameBoard("Ü".repeat(900))).does(Action::RenameCase("x".repeat(900)));
    assert_eq!((journey.case().board.chars().count(), journey.case().title.len()), (200, 200));
    journey.shares();
}

#[test]
fn a_case_that_can_not_be_kept_is_saved_to_a_file() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::StorageFailed("The disk is full.".into()));
    let case = journey.case().clone();
    journey.does(Action::SaveCase);
    let (name, media_type, bytes) = journey.saved_bytes();
    assert!(name.starts_with("boardwatch-case-") && name.ends_with(".boardwatch") && media_type == "application/zip", "{name}");
    let part = |range: std::ops::Range<u64>| &bytes[range.start as usize..range.end as usize];
    let end = BackupEnd::of(bytes.len() as u64, &bytes[..64], &bytes[bytes.len() - BackupEnd::BYTES as usize..]).unwrap();
    let frame = BackupFrame::of(&end, part(end.directory.clone())).unwrap();
    let list = part(frame.list.clone());
    let reader = BackupReader::of(frame, list).unwrap();
    assert_eq!(reader.case(0, part(reader.case_range(0).unwrap())).unwrap().1, case);
    assert_eq!((reader.list.pictures.len(), reader.list.missing.len()), (2, 0));
}
