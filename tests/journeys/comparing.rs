//! From two pictures to a ranked list.

use boardwatch::app::job::{JobFailure, JobId};
use boardwatch::app::{Action, Effect, JobTask, MemoryBudget, Panel, Slot, SlotState, Storage};
use boardwatch::catalog::FileEntry;
use boardwatch::geometry::{Homography, Rect};
use boardwatch::report::{Shape, words};
use boardwatch::vision::{Detail, Stage, Verdict};

use crate::board;
use crate::journey::Journey;

#[test]
fn two_dropped_pictures_become_a_case_with_a_list() {
    let mut journey = Journey::fresh();
    let jobs = journey.offers(&["known.jpg", "mine.jpg"]);
    assert_eq!(jobs.len(), 2);
    for (job, name) in jobs.into_iter().zip(["known.jpg", "mine.jpg"]) {
        journey.does(Action::PictureInspected(job, Ok(board::facts(name))));
        assert!(matches!(journey.effects[..], [Effect::KeepPicture { sha256, .. }] if sha256 == board::sha(name)));
    }
    assert_eq!((journey.ready(Slot::KnownGood), journey.ready(Slot::YourBoard)), (Some("known.jpg"), Some("mine.jpg")));

    journey.does(Action::Compare);
    assert_eq!(journey.compared_pictures(), Some((board::sha("mine.jpg"), vec![board::sha("known.jpg")])));
    let (job, id) = (journey.compare_job(), journey.case().id);
    assert!(journey.effects.contains(&Effect::SetFragment(format!("case={}", id.0))));
    assert_eq!(journey.state.slots, [SlotState::Empty, SlotState::Empty]);

    journey.does(Action::JobProgressed(job, Stage::Align, 0.5));
    assert_eq!(journey.state.jobs.get(&job).unwrap().progress, Some((Stage::Align, 0.5)));
    let coarse = Homography::new([1.0, 0.0, 9.0, 0.0, 1.0, -19.0, 0.0, 0.0, 1.0]);
    journey.does(Action::Placed(job, coarse));
    assert_eq!((&journey.effects[..], journey.state.jobs.get(&job).unwrap().placed), (&[Effect::MarkPlaced][..], Some(coarse)));
    assert!(journey.case().document.alignment().is_none(), "a coarse map is no alignment");
    journey.does(Action::Compared(job, Box::new(board::comparison())));
    assert!(matches!(&journey.effects[..], [Effect::StoreCase(case), Effect::MarkReady] if case.document.comparison().is_some()));
    assert!(journey.state.jobs.is_empty());
    assert_eq!(
        (journey.state.view.panel, journey.case().document.alignment().unwrap().verdict),
        (Panel::Differences, Verdict::Aligned)
    );

    journey.does(Action::CaseStored(id, 5.0));
    assert_eq!(journey.state.storage, Storage::Saved);
    assert_eq!(journey.state.cases.as_ref().unwrap()[0].id, id);
}

#[test]
fn a_reference_of_the_catalogue_brings_its_scale_and_its_features() {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).does(Action::ChooseReference(board::sha("golden.jpg")));
    journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(()))).does(Action::Compare);
    let asked = journey.effects.iter().find_map(|effect| match effect {
        Effect::Compare { features, px_per_mm, .. } => Some((features.clone(), *px_per_mm)),
        _ => None,
    });
    let path = "catalog/golden.features".to_owned();
    let features = FileEntry { path, sha256: board::sha("golden.features"), bytes: 90_000 };
    assert_eq!(asked, Some((vec![features], Some(12.5))));
    journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    assert!(
        journey
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Compare { features, px_per_mm: None, .. } if features.is_empty()))
    );
}

#[test]
fn the_list_is_walked_and_what_was_looked_at_is_kept() {
    let mut journey = Journey::compared();
    journey.does(Action::StepDifference(1));
    assert_eq!(journey.state.view.difference, Some(0));
    assert!(matches!(&journey.effects[..], [Effect::StoreCase(case)] if case.looked_at.contains(&0)));
    let flight = journey.state.view.flight;
    journey.does(Action::ChooseDifference(0));
    assert_eq!((&journey.effects[..], journey.state.view.flight), (&[][..], flight + 1));
    journey.does(Action::StepDifference(99)).does(Action::StepDifference(1));
    assert_eq!(journey.state.view.difference, Some(2));
    journey.does(Action::ChooseDifference(3));
    assert_eq!(journey.state.view.difference, Some(2));
    journey.does(Action::StepDifference(-99));
    assert_eq!(journey.state.view.difference, Some(0));
}

#[test]
fn late_results_of_a_cancelled_job_are_dropped() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    let first = journey.compare_job();
    journey.does(Action::CompareAgain);
    let second = journey.compare_job();
    assert_eq!(journey.effects[0], Effect::Cancel(first));
    journey.does(Action::Compared(first, Box::new(board::comparison())));
    assert!(journey.effects.is_empty() && journey.case().document.comparison().is_none());
    journey.does(Action::CancelJob(second));
    assert_eq!(journey.effects, [Effect::Cancel(second)]);
    for late in [
        Action::Compared(second, Box::new(board::comparison())),
        Action::JobFailed(second, JobFailure::Crashed),
        Action::JobProgressed(second, Stage::Compare, 0.9),
        Action::Placed(second, Homography::identity()),
        Action::Compared(JobId(9999), Box::new(board::comparison())),
    ] {
        let before = journey.state.clone();
        journey.does(late);
        assert_eq!((&journey.state, &journey.effects[..]), (&before, &[][..]));
    }
}

#[test]
fn a_comparison_never_answers_for_an_inspection() {
    let mut journey = Journey::fresh();
    let job = journey.offers(&["mine.jpg"])[0];
    let before = journey.state.clone();
    journey.does(Action::Compared(job, Box::new(board::comparison())));
    assert_eq!(journey.state, before);
    assert!(matches!(before.jobs.get(&job).unwrap().task, JobTask::Inspect(_)));
}

#[test]
fn the_same_result_again_changes_nothing() {
    let mut journey = Journey::compared();
    journey.does(Action::ChooseDifference(0)).does(Action::CompareAgain);
    let (job, before, steps) = (journey.compare_job(), journey.case().clone(), journey.state.history.clone());
    assert!(!before.looked_at.is_empty());
    let mut slower = journey.comparison().clone();
    slower.timing_ms.insert("align".to_owned(), 1e6);
    journey.does(Action::Compared(job, Box::new(slower.clone())));
    assert_eq!((journey.case(), &journey.state.history), (&before, &steps));
    assert!(!journey.effects.iter().any(|effect| matches!(effect, Effect::StoreCase(_))));
    // Another one is a change.
    journey.does(Action::CompareAgain);
    slower.limits.smallest_part_px += 1.0;
    let job = journey.compare_job();
    journey.does(Action::Compared(job, Box::new(slower)));
    assert!(journey.state.history != steps && journey.case().looked_at.is_empty());
}

#[test]
fn a_crash_keeps_the_findings_and_says_what_to_do() {
    let mut journey = Journey::compared();
    journey.does(Action::AddFinding(Shape::Box(Rect::new(5.0, 5.0, 30.0, 30.0)))).does(Action::CompareAgain);
    let before = journey.case().clone();
    // A device that can't do less either is told apart from one that has too little memory.
    for _ in Detail::ALL {
        let job = journey.compare_job();
        journey.does(Action::JobFailed(job, JobFailure::Crashed));
        assert_eq!(journey.case(), &before);
    }
    assert!(journey.state.comparing().is_none() && journey.said().contains("Try again"));
    assert_eq!(journey.state.notices.len(), 1, "it is no longer being made again: {}", journey.said());
    while let Some(notice) = journey.state.notices.first().map(|notice| notice.id) {
        journey.does(Action::DismissNotice(notice));
    }
    journey.does(Action::CompareAgain);
    assert_eq!(detail(&journey), Some(Detail::Full));
}

fn detail(journey: &Journey) -> Option<Detail> {
    journey.effects.iter().find_map(|effect| if let Effect::Compare { detail, .. } = effect { Some(*detail) } else { None })
}

#[test]
fn where_memory_is_short_fewer_pixels_are_compared_and_that_is_said() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    assert_eq!(detail(&journey), Some(Detail::Full));
    let job = journey.compare_job();
    journey.does(Action::JobFailed(job, JobFailure::Crashed));
    assert_eq!(detail(&journey), Some(Detail::Half));
    assert!(journey.said().contains("with fewer pixels"), "{}", journey.said());
    let job = journey.compare_job();
    let mut comparison = board::comparison();
    comparison.limits.detail = Detail::Half;
    journey.does(Action::Compared(job, Box::new(comparison)));
    assert_eq!(journey.said(), "");
    let kept = journey.comparison().limits.detail;
    assert!(words::left_out(kept, Verdict::Aligned).unwrap().starts_with("Half of the pixels"));
    // What failed once is not tried again.
    journey.does(Action::CompareAgain);
    assert_eq!(detail(&journey), Some(Detail::Half));
    // Other failures are none of memory.
    let job = journey.compare_job();
    journey.does(Action::JobFailed(job, JobFailure::PictureGone));
    assert_eq!((detail(&journey), journey.state.comparing()), (None, None));
}

#[test]
fn whoever_does_not_wait_hears_no_more_of_it() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    let job = journey.compare_job();
    journey.does(Action::JobFailed(job, JobFailure::Crashed));
    let job = journey.compare_job();
    assert_ne!(journey.said(), "");
    journey.does(Action::CancelJob(job));
    assert_eq!(journey.said(), "");
}

#[test]
fn a_small_device_compares_fewer_pixels_from_the_start() {
    let mut journey = Journey::fresh();
    journey.state.memory = MemoryBudget::of_device(Some(1.0));
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    assert_eq!(detail(&journey), Some(Detail::Half));
}

#[test]
fn one_picture_or_the_same_file_twice_is_no_comparison() {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).does(Action::Compare);
    assert!(journey.said().contains("Two pictures are needed") && journey.state.case.is_none());
    journey.drops(&["mine.jpg"]).does(Action::Compare);
    assert!(journey.said().contains("same file") && journey.state.case.is_none());
    assert_eq!(journey.ready(Slot::YourBoard), Some("mine.jpg"));
}

#[test]
fn nothing_is_compared_before_its_pictures_are_in_memory() {
    let mut journey = Journey::compared();
    journey.does(Action::PictureLoaded(board::sha("known.jpg"), false)).does(Action::CompareAgain);
    assert_eq!(journey.effects, [Effect::LoadPicture(board::sha("known.jpg"))]);
}

#[test]
fn the_comparison_can_be_taken_along_as_a_file() {
    let mut journey = Journey::compared();
    journey.does(Action::ExportComparison);
    let (name, _, text) = journey.saved();
    assert!(name.contains(&board::sha("mine.jpg").short()));
    assert_eq!(&serde_json::from_str::<boardwatch::vision::Comparison>(&text).unwrap(), journey.comparison());
}
