//! A link goes from one browser to another.

use boardwatch::app::{Action, Effect, Origin, Panel, Slot, SlotState};
use boardwatch::geometry::Rect;
use boardwatch::report::{Finding, FindingKind, Judgement, LinkError, Shape};

use crate::board;
use crate::journey::Journey;

/// The findings of a sender who accepted a difference and drew a box, and the link that was shared.
fn sent() -> (Vec<Finding>, String) {
    let mut sender = Journey::compared();
    sender.does(Action::AcceptDifference(0));
    let accepted = sender.case().document.findings().next().unwrap().clone();
    let named = Finding { note: "Wo ist C14? 🔎".into(), judgement: Judgement::Confirmed, ..accepted };
    sender.does(Action::ChangeFindings(vec![named]));
    sender.does(Action::AddFinding(Shape::Box(Rect::new(700.25, 30.0, 55.5, 21.0))));
    sender.does(Action::NameBoard("Specimen".into()));
    let link = sender.shares();
    (sender.case().document.findings().cloned().collect(), link)
}

/// A browser that opened the link.
fn reader(link: &str) -> Journey {
    let mut reader = Journey::at(link);
    reader.does(Action::CasesListed(Vec::new()));
    reader.does(Action::CatalogueArrived(Ok(board::catalogue())));
    reader
}

fn same_places(read: &[Finding], sent: &[Finding]) -> bool {
    let close = |a: &Shape, b: &Shape| {
        let far = |(a, b): (&boardwatch::geometry::Point<_>, &boardwatch::geometry::Point<_>)| a.distance(*b);
        a.points().iter().zip(&b.points()).map(far).fold(0.0, f64::max) < 0.25
    };
    read.len() == sent.len()
        && read.iter().zip(sent).all(|(read, sent)| {
            (read.id, &read.note, read.kind, read.judgement) == (sent.id, &sent.note, sent.kind, sent.judgement)
                && read.shapes.iter().zip(&sent.shapes).all(|(a, b)| close(a, b))
        })
}

#[test]
fn a_link_shows_its_findings_and_the_same_photo_shows_them_on_the_board() {
    let (findings, link) = sent();
    let mut reader = reader(&link);
    let report = reader.state.report().unwrap().clone();
    assert!(same_places(&report.findings, &findings));
    assert_eq!((report.board.as_str(), report.summary.differences, report.summary.flagged), ("Specimen", 3, 1));
    assert_eq!(report.findings[0].kind, FindingKind::Added);

    reader.drops(&["mine.jpg"]);
    let case = reader.case();
    assert!(same_places(&case.document.findings().cloned().collect::<Vec<_>>(), &findings));
    assert_eq!(case.document.alignment().unwrap().homography, report.alignment.homography);
    assert_eq!((case.document.references()[0].origin, reader.state.view.panel), (Origin::Report, Panel::Findings));
    assert_eq!(reader.compared_pictures(), None);
    assert!(reader.effects.contains(&Effect::LoadPicture(board::sha("known.jpg"))));
    // Nobody has that reference: the findings stand on the photo all the same, and no one is bothered.
    reader.does(Action::PictureLoaded(board::sha("known.jpg"), false));
    assert_eq!((reader.said().as_str(), &reader.effects[..]), ("", &[][..]));
}

#[test]
fn a_case_opened_from_a_report_shares_what_the_report_said() {
    let (_, link) = sent();
    let mut reader = reader(&link);
    assert_eq!(reader.shares(), link);
    reader.does(Action::CloseShare).drops(&["mine.jpg"]);
    assert_eq!(reader.shares(), link);
}

#[test]
fn another_photo_waits_for_the_reference_and_is_compared_with_it() {
    let (findings, link) = sent();
    let mut reader = reader(&link);
    reader.drops(&["other.jpg"]);
    assert!(reader.state.case.is_none());
    assert_eq!((reader.ready(Slot::YourBoard), reader.state.slot(Slot::KnownGood)), (Some("other.jpg"), &SlotState::Empty));
    reader.drops(&["known.jpg"]);
    assert_eq!(reader.compared_pictures(), Some((board::sha("other.jpg"), vec![board::sha("known.jpg")])));
    let job = reader.compare_job();
    assert_eq!(reader.case().document.alignment(), None);
    reader.does(Action::Compared(job, Box::new(board::comparison_of("other.jpg", "known.jpg"))));
    let asked: Vec<Finding> = reader.case().asked().into_iter().cloned().collect();
    assert!(same_places(&asked, &findings));
}

#[test]
fn photo_and_reference_may_come_in_one_drop_and_in_any_order() {
    for (names, seen_first) in [
        (["other.jpg", "known.jpg"], 0),
        (["other.jpg", "known.jpg"], 1),
        (["known.jpg", "other.jpg"], 0),
        (["known.jpg", "other.jpg"], 1),
    ] {
        let mut reader = reader(&sent().1);
        let jobs = reader.offers(&names);
        for place in [seen_first, 1 - seen_first] {
            reader.does(Action::PictureInspected(jobs[place], Ok(board::facts(names[place]))));
        }
        let expected = Some((board::sha("other.jpg"), vec![board::sha("known.jpg")]));
        assert_eq!(reader.compared_pictures(), expected, "{names:?}, {seen_first} first");
        assert_eq!(reader.said(), "");
    }
}

#[test]
fn the_reports_own_photo_is_found_whatever_came_with_it() {
    for names in [["mine.jpg", "other.jpg"], ["other.jpg", "mine.jpg"], ["known.jpg", "mine.jpg"]] {
        let mut reader = reader(&sent().1);
        reader.drops(&names);
        assert_eq!((reader.case().photo.title.as_str(), reader.state.jobs.len()), ("mine.jpg", 0), "{names:?}");
    }
}

#[test]
fn a_wrong_reference_is_refused_by_name_and_hash() {
    let mut reader = reader(&sent().1);
    reader.drops(&["other.jpg"]).drops(&["wrong.jpg"]);
    let said = reader.said();
    assert!(said.contains("wrong.jpg is not the reference") && said.contains(&board::sha("known.jpg").short()), "{said}");
    assert_eq!((reader.ready(Slot::YourBoard), reader.state.slot(Slot::KnownGood)), (Some("other.jpg"), &SlotState::Empty));
    reader.drops(&["known.jpg"]);
    assert!(reader.compared_pictures().is_some());
}

#[test]
fn a_broken_file_beside_a_good_one_holds_nothing_up() {
    let mut reader = reader(&sent().1);
    let jobs = reader.offers(&["broken.jpg", "mine.jpg"]);
    reader.does(Action::PictureInspected(jobs[1], Ok(board::facts("mine.jpg"))));
    assert!(reader.state.case.is_none());
    reader.does(Action::CancelJob(jobs[0]));
    assert_eq!(reader.case().photo.title, "mine.jpg");
}

/// The link of a report whose reference is in the catalogue.
fn catalogue_link() -> String {
    let mut sender = Journey::fresh();
    sender.drops(&["mine.jpg"]).does(Action::ChooseReference(board::sha("golden.jpg")));
    sender.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(()))).does(Action::Compare);
    assert_eq!(sender.case().board, "Boardwatch Specimen");
    let job = sender.compare_job();
    sender.does(Action::Compared(job, Box::new(board::comparison_of("mine.jpg", "golden.jpg"))));
    sender.does(Action::AcceptDifference(1)).shares()
}

#[test]
fn a_reference_of_the_catalogue_is_fetched() {
    let mut reader = reader(&catalogue_link());
    reader.drops(&["other.jpg"]);
    let sha256 = board::sha("golden.jpg");
    assert!(reader.effects.contains(&board::fetch_golden()));
    reader.does(Action::PictureFetched(sha256, Ok(())));
    assert_eq!(reader.compared_pictures(), Some((board::sha("other.jpg"), vec![sha256])));
}

#[test]
fn a_reference_that_cannot_be_fetched_may_be_dropped() {
    let mut reader = reader(&catalogue_link());
    reader.drops(&["other.jpg"]).does(Action::PictureFetched(board::sha("golden.jpg"), Err("The network is away.".into())));
    assert_eq!((reader.said().as_str(), reader.ready(Slot::YourBoard)), ("The network is away.", Some("other.jpg")));
    assert!(reader.state.opened.is_some() && reader.state.case.is_none());
    reader.drops(&["golden.jpg"]);
    assert!(reader.compared_pictures().is_some());
}

#[test]
fn a_reference_that_is_already_in_memory_needs_no_fetching() {
    let link = catalogue_link();
    let mut reader = Journey::fresh();
    reader.does(Action::ChooseReference(board::sha("golden.jpg"))).does(Action::PictureFetched(board::sha("golden.jpg"), Ok(())));
    reader.does(Action::RemovePicture(Slot::KnownGood)).does(Action::FragmentChanged(link)).drops(&["other.jpg"]);
    assert!(reader.compared_pictures().is_some());
}

#[test]
fn the_catalogue_may_come_after_the_photo() {
    let mut reader = Journey::at(&catalogue_link());
    reader.drops(&["other.jpg"]).does(Action::CatalogueArrived(Ok(board::catalogue())));
    assert!(matches!(reader.effects[..], [Effect::FetchPicture { .. }]));
}

#[test]
fn a_cut_link_opens_an_explained_error_and_the_whole_one_replaces_it() {
    let (_, link) = sent();
    let mut reader = reader(&link[..link.len() - 9]);
    let error = reader.state.opened.as_ref().unwrap().report.clone().unwrap().unwrap_err();
    assert_eq!(error, LinkError::Cut { got: link.len() - 9, expected: link.len() }.to_string());
    reader.does(Action::Share);
    assert_eq!(reader.state.share, None);
    let before = reader.state.clone();
    reader.does(Action::FragmentChanged(link[..link.len() - 9].to_owned()));
    assert_eq!(reader.state, before);
    reader.does(Action::FragmentChanged(link));
    assert!(reader.state.report().is_some());
    reader.does(Action::FragmentChanged(String::new()));
    assert_eq!(reader.state.opened, None);
}

#[test]
fn the_link_is_copied_and_the_copy_is_owned_up_to() {
    let mut journey = Journey::compared();
    let link = journey.shares();
    journey.does(Action::CopyLink);
    assert_eq!(journey.effects, [Effect::Copy(format!("https://boards.example/#{link}"))]);
    journey.does(Action::LinkCopied(false));
    assert_eq!(journey.state.share.as_ref().unwrap().copied, Some(false));
    journey.does(Action::CloseShare).does(Action::CopyLink);
    assert!(journey.effects.is_empty());
}

#[test]
fn nothing_is_shared_before_there_is_an_alignment() {
    let mut journey = Journey::fresh();
    journey.drops(&["known.jpg", "mine.jpg"]).does(Action::Compare).does(Action::Share);
    assert!(journey.state.share.as_ref().unwrap().link.as_ref().unwrap().as_ref().unwrap_err().contains("nothing to share yet"));
}
