//! A report goes as a file from one browser to another.

use boardwatch::app::job::{JobFailure, JobId};
use boardwatch::app::paper::Form;
use boardwatch::app::{Action, Effect};
use boardwatch::geometry::Rect;
use boardwatch::report::{FindingId, Shape, Shows, begins_like_report, digest, open_report};

use crate::board;
use crate::journey::Journey;

/// A sender with two findings, a unit and a name, at the share dialog.
fn sender() -> Journey {
    let mut sender = Journey::compared();
    sender.does(Action::AcceptDifference(0)).does(Action::AcceptDifference(1));
    sender.does(Action::NameUnit("rack 3".into())).does(Action::NameContributor("Wei".into())).does(Action::Share).looks();
    sender
}

fn file(sender: &mut Journey, form: Form) -> (String, String, Vec<u8>) {
    sender.does(Action::WriteReport(form));
    let (name, media_type, bytes) = sender.saved_bytes();
    (name.to_owned(), media_type.to_owned(), bytes)
}

#[test]
fn each_form_opens_in_another_browser_as_the_same_report() {
    let mut digests = Vec::new();
    for (form, ending, media_type, exhibits) in [
        (Form::Page, ".html", "text/html", 5),
        (Form::Bundle, ".boardwatch", "application/zip", 5),
        (Form::Picture, ".png", "image/png", 0),
    ] {
        let (name, said_type, bytes) = file(&mut sender(), form);
        assert!(name.ends_with(ending) && name.contains(&board::sha("mine.jpg").short()), "{name}");
        assert_eq!(said_type, media_type);
        let mut reader = Journey::fresh();
        reader.drops_file(&bytes);
        let opened = reader.state.opened().unwrap_or_else(|| panic!("{form:?}: {:?}", reader.said()));
        assert_eq!((opened.report.unit.as_str(), opened.report.contributor.as_str()), ("rack 3", "Wei"));
        assert_eq!((opened.exhibits.len(), opened.report.findings.len()), (exhibits, 2), "{form:?}");
        assert_eq!(opened.digest, digest(&opened.report));
        assert!(opened.report.method.comparison.is_some());
        digests.push(opened.digest);
    }
    assert!(digests.iter().all(|other| *other == digests[0]), "one report, one digest");
}

#[test]
fn small_pictures_ride_along_in_the_link_when_asked_to() {
    let mut sender = sender();
    let plain = sender.state.share.clone().unwrap().link.unwrap().unwrap().fragment;
    sender.does(Action::SetCrops(true));
    let full = sender.state.share.clone().unwrap().link.unwrap().unwrap().fragment;
    assert!(full.len() > plain.len());
    let reader = Journey::at(&full);
    let opened = reader.state.opened().unwrap();
    assert!(opened.exhibits.iter().all(|note| matches!(note.shows, Shows::PhotoCrop(_) | Shows::ReferenceCrop(_))));
    assert_eq!((opened.exhibits.len(), reader.state.opened.as_ref().unwrap().pictures.len()), (4, 4));
    sender.does(Action::SetCrops(false));
    assert_eq!(sender.state.share.clone().unwrap().link.unwrap().unwrap().fragment, plain);
}

#[test]
fn an_opened_report_is_passed_on_with_what_came_with_it() {
    let (.., bytes) = file(&mut sender(), Form::Bundle);
    let mut reader = Journey::fresh();
    reader.drops_file(&bytes).does(Action::Share);
    assert!(reader.state.share.as_ref().unwrap().link.as_ref().unwrap().is_ok());
    assert_eq!(file(&mut reader, Form::Bundle).2, bytes);
    // Its pictures are forgotten with it.
    let pictures = reader.state.opened.as_ref().unwrap().pictures.clone();
    reader.does(Action::CloseCase);
    for offer in pictures {
        assert!(reader.effects.contains(&Effect::ForgetOffer(offer)));
    }
}

#[test]
fn a_changed_file_says_so_and_nothing_of_it_is_shown() {
    let (.., mut bytes) = file(&mut sender(), Form::Bundle);
    bytes[400] ^= 1;
    let mut reader = Journey::fresh();
    reader.drops_file(&bytes);
    assert!(reader.state.opened.is_none() && reader.said().contains("was changed"), "{}", reader.said());
    // On the workbench the work goes on.
    let mut working = Journey::compared();
    let before = working.case().clone();
    working.does(Action::AddFinding(Shape::Box(Rect::new(7.0, 3.0, 5.0, 2.0)))).drops_file(&bytes);
    assert!(working.said().contains("was changed") && working.case().id == before.id && working.state.history.can_undo());
}

#[test]
fn other_files_are_no_reports() {
    for bytes in [&b"{\"some\": \"json\"}"[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04 a document"] {
        assert!(!begins_like_report(bytes), "{bytes:?}");
    }
}

#[test]
fn a_link_is_that_of_the_last_wish_however_the_answers_come() {
    let mut sender = sender();
    let plain = sender.state.share.clone().unwrap().link.unwrap().unwrap();
    sender.slow = true;
    sender.does(Action::SetCrops(true));
    let cut: Vec<JobId> = sender.state.jobs.keys().copied().collect();
    sender.does(Action::SetCrops(false));
    let write: Vec<JobId> = sender.state.jobs.keys().copied().filter(|job| !cut.contains(job)).collect();
    assert_eq!(sender.state.share.as_ref().unwrap().ready(), None, "nothing is copied while it is written");
    for job in write.into_iter().chain(cut) {
        sender.answers(job);
    }
    let late: Vec<JobId> = sender.state.jobs.keys().copied().collect();
    late.into_iter().for_each(|job| _ = sender.answers(job));
    assert_eq!(sender.state.share.as_ref().unwrap().ready(), Some(&plain));
}

#[test]
fn a_file_is_of_what_there_was_when_it_was_wanted() {
    let mut sender = sender();
    sender.does(Action::SetOriginals(true));
    sender.slow = true;
    sender.does(Action::WriteReport(Form::Bundle));
    let cut: Vec<JobId> = sender.state.jobs.keys().copied().collect();
    sender.does(Action::CloseShare).does(Action::RemoveFindings(vec![FindingId(1)]));
    for job in cut {
        sender.answers(job);
    }
    let write: Vec<JobId> = sender.state.jobs.keys().copied().collect();
    for job in write {
        sender.answers(job);
    }
    let read = open_report(&sender.saved_bytes().2).unwrap();
    assert_eq!((read.report.findings.len(), read.exhibits.len()), (2, 7));
}

#[test]
fn a_key_that_is_never_made_does_not_block_the_next_one() {
    let mut sender = sender();
    sender.slow = true;
    sender.does(Action::MakeKey("Wei".into(), false));
    let key = *sender.state.jobs.keys().next_back().unwrap();
    sender.does(Action::CloseCase);
    assert!(sender.state.making_key && sender.state.jobs.contains_key(&key), "it goes on without the case");
    sender.does(Action::JobFailed(key, JobFailure::Crashed));
    assert!(!sender.state.making_key);
}

#[test]
fn a_report_dropped_on_the_workbench_opens_and_the_case_stays_kept() {
    let (.., bytes) = file(&mut sender(), Form::Page);
    let mut reader = Journey::compared();
    reader.drops_file(&bytes);
    assert!(reader.state.case.is_none() && reader.state.report().is_some());
}

#[test]
fn the_pictures_themselves_go_only_with_a_bundle_and_only_when_ticked() {
    let mut sender = sender();
    for (ticked, form, wholes) in [
        (false, Form::Bundle, 0),
        (true, Form::Bundle, 2),
        (true, Form::Page, 0),
        (true, Form::Picture, 0),
        (false, Form::Bundle, 0),
    ] {
        sender.does(Action::SetOriginals(ticked));
        let (.., bytes) = file(&mut sender, form);
        let read = open_report(&bytes).unwrap();
        let whole = |shows| matches!(shows, Shows::Photo | Shows::Reference(_));
        let there: Vec<_> = read.exhibits.iter().filter(|exhibit| whole(exhibit.shows)).collect();
        assert_eq!(there.len(), wholes, "{form:?}, ticked: {ticked}");
        for (exhibit, name) in there.iter().zip(["mine.jpg", "known.jpg"]) {
            assert_eq!(exhibit.file, board::sha(name).to_string().into_bytes());
        }
    }
}

/// The fragment of a link to a bundle that was saved and put on a host, and the bundle.
fn hosted() -> (String, Vec<u8>) {
    let mut sender = sender();
    sender.does(Action::LinkTo("https://boards.example/a.boardwatch".into()));
    let whole = sender.state.share.clone().unwrap().link.unwrap().unwrap().fragment;
    assert!(whole.starts_with("r3."), "no bundle was saved yet");
    let (.., bytes) = file(&mut sender, Form::Bundle);
    assert!(sender.state.share.as_ref().unwrap().hosted.is_none());
    sender.does(Action::LinkTo("not an address".into()));
    assert!(sender.said().contains("no address of a file"), "{}", sender.said());
    sender.does(Action::LinkTo(" https://boards.example/a.boardwatch".into()));
    (sender.state.share.clone().unwrap().hosted.unwrap().fragment, bytes)
}

#[test]
fn a_link_to_another_host_asks_nothing_before_the_person_says_so() {
    let (link, bytes) = hosted();
    assert!(link.starts_with("b1.") && link.len() < 150, "{link}");
    let mut reader = Journey::at(&link);
    assert!(!reader.effects.iter().any(|effect| matches!(effect, Effect::FetchReport { .. })));
    assert_eq!(reader.state.opened.as_ref().unwrap().hosted.as_ref().unwrap().host(), Some("boards.example"));
    reader.does(Action::FetchReport);
    let [Effect::FetchReport { job, address }] = &reader.effects[..] else { panic!("{:?}", reader.effects) };
    let (job, address) = (*job, address.clone());
    assert_eq!(address, "https://boards.example/a.boardwatch");
    let offer = reader.offer_of(&bytes);
    reader.does(Action::ReportFetched(job, Ok(offer)));
    assert_eq!(reader.state.report().unwrap().unit, "rack 3");
}

#[test]
fn whoever_leaves_stops_what_another_host_still_sends() {
    let mut reader = Journey::at(&hosted().0);
    reader.does(Action::FetchReport);
    let [Effect::FetchReport { job, .. }] = reader.effects[..] else { panic!("{:?}", reader.effects) };
    reader.does(Action::CloseCase);
    assert!(reader.effects.contains(&Effect::Cancel(job)) && reader.state.jobs.is_empty());
}

#[test]
fn another_file_at_that_address_is_refused() {
    let (link, right) = hosted();
    let mut stranger = Journey::compared();
    stranger.does(Action::Share).looks();
    let (.., other) = file(&mut stranger, Form::Bundle);
    let mut reader = Journey::at(&link);
    reader.does(Action::FetchReport);
    let [Effect::FetchReport { job, .. }] = reader.effects[..] else { panic!("{:?}", reader.effects) };
    let offer = reader.offer_of(&other);
    reader.does(Action::ReportFetched(job, Ok(offer)));
    let said = reader.state.opened.as_ref().unwrap().report.clone().unwrap().unwrap_err();
    assert!(said.contains("not the one that the link speaks of"), "{said}");
    reader.does(Action::FetchReport);
    let [Effect::FetchReport { job, .. }] = reader.effects[..] else { panic!("{:?}", reader.effects) };
    reader.does(Action::ReportFetched(job, Err("The report could not be fetched.".into())));
    assert!(reader.state.opened.as_ref().unwrap().report.clone().unwrap().is_err());
    // Got by hand, it still has to be the one that the link speaks of.
    reader.drops_file(&other);
    assert!(reader.state.report().is_none() && reader.said().contains("not the one"), "{}", reader.said());
    reader.drops_file(&right);
    assert!(reader.state.report().is_some());
}

#[test]
fn no_file_name_goes_with_a_report() {
    let mut sender = sender();
    for form in [Form::Page, Form::Bundle, Form::Picture] {
        let bytes = file(&mut sender, form).2;
        let read = open_report(&bytes).unwrap();
        assert_eq!(read.report.references[0].title, "A known-good photo of the sender's");
        for name in ["mine.jpg", "known.jpg"] {
            assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name} in {form:?}");
        }
    }
}
