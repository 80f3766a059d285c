//! A report is answered for another unit, and several of them are added up.

use boardwatch::app::paper::Form;
use boardwatch::app::{Action, Case, Effect, Offer, Panel, Purpose};
use boardwatch::geometry::Rect;
use boardwatch::report::{Bundle, FindingId, Report, Seen, Shape, digest, open_report, read_link, write_link};
use boardwatch::vision::{Reason, Verdict};

use crate::board;
use crate::journey::Journey;

/// A sender's report with two findings, as a bundle.
fn asked() -> Vec<u8> {
    let mut sender = Journey::compared();
    sender.does(Action::AcceptDifference(0)).does(Action::AcceptDifference(1));
    sender.does(Action::NameUnit("rack 3".into())).does(Action::NameContributor("Wei".into()));
    sender.does(Action::Share).looks().does(Action::WriteReport(Form::Bundle));
    sender.saved_bytes().2
}

/// A stranger who opened it and compared a unit of their own.
fn answerer(file: &[u8]) -> Journey {
    let mut journey = Journey::fresh();
    journey.drops_file(file).drops(&["other.jpg", "known.jpg"]);
    let job = journey.compare_job();
    journey.does(Action::Compared(job, Box::new(board::comparison_of("other.jpg", "known.jpg"))));
    journey
}

/// The link of the same report, without pictures.
fn read_link_of(file: &[u8]) -> String {
    write_link(&Bundle::of(open_report(file).unwrap().report)).unwrap()
}

/// What the answer of this unit says, as a file.
fn answered(file: &[u8], who: &str, seen: [Seen; 2]) -> Vec<u8> {
    let mut journey = answerer(file);
    for (place, seen) in (1..).zip(seen) {
        journey.does(Action::SayPlace(FindingId(place), Some(seen)));
    }
    journey.does(Action::NameContributor(who.into())).does(Action::NameUnit(format!("{who}'s")));
    journey.does(Action::Share).looks().does(Action::WriteReport(Form::Page));
    journey.saved_bytes().2
}

fn shared(journey: &mut Journey) -> Report {
    read_link(&journey.shares()).unwrap().report
}

#[test]
fn each_place_is_looked_at_with_the_senders_picture_and_the_answer_names_the_report() {
    let file = asked();
    let mut journey = Journey::fresh();
    journey.drops_file(&file);
    let question = journey.state.opened().unwrap().clone();
    journey.drops(&["other.jpg", "known.jpg"]);
    let kept = journey.effects.iter().filter(|effect| matches!(effect, Effect::KeepPicture { .. })).count();
    let job = journey.compare_job();
    assert_eq!(journey.case().asked().len(), 2);
    let crops = &journey.case().question.as_ref().unwrap().crops;
    assert!(crops.len() == 2 && kept >= 2 && crops.values().all(|crop| journey.state.loaded.contains(&crop.picture.sha256)));
    assert!(
        crops.values().all(|crop| journey.case().pictures().any(|picture| picture == crop.picture.sha256)),
        "kept with the case"
    );
    journey.does(Action::Compared(job, Box::new(board::comparison_of("other.jpg", "known.jpg"))));
    assert_eq!((journey.state.view.panel, journey.state.view.place), (Panel::Places, Some(FindingId(1))));
    assert_eq!(journey.case().document.findings().len(), 0, "what the sender says is not said by this person");

    // Nothing is answered yet: that is no answer.
    assert_eq!(shared(&mut journey).answer, None);
    journey.does(Action::SayPlace(FindingId(1), Some(Seen::Different)));
    journey.does(Action::NotePlace(FindingId(1), "bare pads here".into())).does(Action::StepPlace(1));
    assert_eq!(journey.state.view.place, Some(FindingId(2)));
    journey.does(Action::StepPlace(1));
    assert_eq!(journey.state.view.place, Some(FindingId(2)), "the last is the last");
    journey.does(Action::AddFinding(Shape::Box(Rect::new(700.0, 30.0, 55.0, 21.0))));
    assert_eq!(journey.case().document.findings().next().unwrap().id, FindingId(3), "numbers go on behind the sender's");
    let report = shared(&mut journey);
    let answer = report.answer.clone().unwrap();
    assert_eq!((answer.report, answer.places.len()), (question.digest, 1));
    assert_eq!((answer.places[0].seen, answer.places[0].note.as_str()), (Seen::Different, "bare pads here"));
    // The place that was looked at goes along as its sender has it; the other one does not.
    assert_eq!(report.findings.iter().map(|finding| finding.id.0).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(report.findings[0], question.report.findings[0]);

    journey.does(Action::Undo).does(Action::Undo);
    assert_eq!(journey.case().document.sighting(FindingId(1)).unwrap().note, "");
    journey.does(Action::Undo);
    assert_eq!(journey.case().document.sightings().len(), 0);
    journey.does(Action::Redo);
    let loaded = Case::from_json(&journey.case().to_json().unwrap()).unwrap();
    assert_eq!(&loaded, journey.case());
}

#[test]
fn what_nobody_asked_is_not_answered() {
    let mut journey = answerer(&asked());
    let before = journey.state.clone();
    journey.does(Action::SayPlace(FindingId(7), Some(Seen::Same))).does(Action::VisitPlace(FindingId(7)));
    journey.does(Action::NotePlace(FindingId(7), "x".into())).does(Action::NotePlace(FindingId(1), "not said yet".into()));
    assert_eq!(journey.state, before);
    let mut own = Journey::compared();
    own.does(Action::AcceptDifference(0)).does(Action::SayPlace(FindingId(1), Some(Seen::Same))).does(Action::StepPlace(1));
    assert_eq!((own.case().document.sightings().len(), own.state.view.place), (0, None));
}

#[test]
fn another_photo_is_asked_the_same_and_has_not_answered() {
    let mut journey = answerer(&asked());
    journey.does(Action::SayPlace(FindingId(1), Some(Seen::Same)));
    journey.gives(Purpose::Photo, "third.jpg");
    assert_eq!((journey.case().photo.title.as_str(), journey.case().asked().len()), ("third.jpg", 2));
    assert_eq!(journey.case().document.sightings().len(), 0);
}

#[test]
fn an_answer_is_gone_on_with_from_its_own_photo_and_asks_only_what_it_says_itself() {
    let mut journey = answerer(&asked());
    journey.does(Action::SayPlace(FindingId(1), Some(Seen::Different))).does(Action::NotePlace(FindingId(1), "bare pads".into()));
    journey.does(Action::AddFinding(Shape::Box(Rect::new(700.0, 30.0, 55.0, 21.0)))).does(Action::NameContributor("Ann".into()));
    let link = journey.shares();
    let sent = read_link(&link).unwrap().report;

    // Ann, on another device, with the same photo.
    let mut again = Journey::at(&link);
    again.does(Action::CasesListed(Vec::new())).drops(&["other.jpg"]);
    let case = again.case();
    assert_eq!((case.asked().len(), case.document.findings().len(), case.document.sightings().len()), (1, 1, 1));
    assert_eq!(case.question.as_ref().unwrap().report, sent.answer.as_ref().unwrap().report);
    again.does(Action::NameContributor("Ann".into()));
    let shared = read_link(&again.shares()).unwrap().report;
    assert_eq!((shared.answer, shared.findings), (sent.answer, sent.findings));

    // A stranger with a third unit is asked about Ann's own finding, not about what she only quotes.
    let mut stranger = Journey::at(&link);
    stranger.does(Action::CasesListed(Vec::new())).drops(&["third.jpg", "known.jpg"]);
    let asked: Vec<_> = stranger.case().asked().into_iter().map(|finding| finding.id).collect();
    assert_eq!(asked, [FindingId(3)]);
}

#[test]
fn of_a_photo_that_lies_nowhere_nothing_can_be_told_and_the_report_still_goes() {
    let mut journey = Journey::fresh();
    journey.drops_file(&asked()).drops(&["other.jpg", "known.jpg"]);
    let job = journey.compare_job();
    let mut refused = board::comparison_of("other.jpg", "known.jpg");
    refused.differences.clear();
    refused.alignment.homography = None;
    (refused.alignment.verdict, refused.alignment.reason) = (Verdict::Refused, Reason::DifferentBoard);
    refused.references[0].alignment = refused.alignment.clone();
    journey.does(Action::Compared(job, Box::new(refused)));
    journey.does(Action::SayPlace(FindingId(1), Some(Seen::Same)));
    assert_eq!(journey.case().document.sightings().len(), 0);
    journey.does(Action::SayPlace(FindingId(1), Some(Seen::CantTell)));
    journey.does(Action::Share).does(Action::ShowPictures).does(Action::WriteReport(Form::Bundle));
    let report = open_report(&journey.saved_bytes().2).unwrap();
    assert!(report.exhibits.is_empty() && report.report.answer.is_some());
    // Another photo, dropped without a word, answers the same question.
    journey.does(Action::CloseShare).drops(&["third.jpg"]);
    assert_eq!((journey.case().photo.title.as_str(), journey.case().asked().len()), ("third.jpg", 2));
}

#[test]
fn what_is_answered_counts_among_the_findings_that_a_report_holds() {
    let mut sender = Journey::compared();
    let finding = |n: u32| Shape::Box(Rect::new(f64::from(n), 30.0, 25.0, 21.0));
    (0..998).for_each(|n| _ = sender.does(Action::AddFinding(finding(n))));
    sender.does(Action::Share).looks().does(Action::WriteReport(Form::Bundle));
    let mut journey = answerer(&sender.saved_bytes().2);
    for n in 1..=998 {
        journey.does(Action::SayPlace(FindingId(n), Some(Seen::Same)));
    }
    (0..5).for_each(|n| _ = journey.does(Action::AddFinding(finding(n))));
    assert_eq!(journey.case().document.findings().len(), 2);
    assert!(journey.said().contains("At most") || journey.said().contains("at most 1000"), "{}", journey.said());
    assert_eq!(shared(&mut journey).findings.len(), 1000);
}

#[test]
fn a_report_and_its_confirmations_are_opened_together() {
    let file = asked();
    let [same, other] =
        [("Ann", [Seen::Same, Seen::Different]), ("Bo", [Seen::Different; 2])].map(|(who, seen)| answered(&file, who, seen));
    let mut reader = Journey::fresh();
    reader.drops_file(&file);
    let first = reader.state.opened().unwrap().digest;
    reader.drops_file(&same).drops_file(&other);
    let opened = reader.state.opened.clone().unwrap();
    assert_eq!((reader.state.opened().unwrap().digest, opened.added.len()), (first, 2));
    assert!(opened.added.iter().all(|added| added.report.report.answer.as_ref().unwrap().report == first));
    assert!(opened.added.iter().all(|added| added.pictures.len() == added.report.exhibits.len()));

    // A link without pictures takes over those of the same report's file.
    let link = read_link_of(&file);
    let mut bare = Journey::at(&link);
    let added = bare.drops_file(&file).state.opened.clone().unwrap();
    assert_eq!((added.added.len(), added.pictures.len()), (0, bare.state.opened().unwrap().exhibits.len()));
    assert!(added.pictures.len() > 4 && bare.said().is_empty());

    // Each counts once.
    reader.drops_file(&other);
    assert!(reader.said().contains("open already"));
    assert_eq!(reader.state.opened.as_ref().unwrap().added.len(), 2);
    reader.does(Action::ShowAdded(1));
    let added = reader.state.opened.clone().unwrap();
    assert_eq!((reader.state.report().unwrap().contributor.as_str(), added.added[1].report.digest), ("Bo", first));
    assert_eq!((&added.pictures, &added.added[1].pictures), (&opened.added[1].pictures, &opened.pictures));
    reader.does(Action::PutAside(0));
    let gone = &opened.added[0].pictures;
    assert!(gone.iter().all(|offer| reader.effects.contains(&Effect::ForgetOffer(*offer))) && !gone.is_empty());
    reader.does(Action::PutAside(7)).does(Action::ShowAdded(7));
    assert_eq!(reader.state.opened.as_ref().unwrap().added.len(), 1);
    // All of them go when the screen does.
    reader.does(Action::CloseCase);
    for offer in opened.pictures.iter().chain(&opened.added[1].pictures) {
        assert!(reader.effects.contains(&Effect::ForgetOffer(*offer)));
    }
}

#[test]
fn a_link_is_added_and_another_reference_is_not() {
    let file = asked();
    let report = open_report(&answered(&file, "Ann", [Seen::Same; 2])).unwrap().report;
    let mut sender = Journey::compared();
    let link = sender.does(Action::AcceptDifference(2)).shares();
    let mut reader = Journey::fresh();
    reader.drops_file(&file).does(Action::AddReport(format!(" https://boards.example/#{link}\n")));
    let opened = reader.state.opened.clone().unwrap();
    assert_eq!((opened.added.len(), &opened.added[0].fragment, &opened.adding), (1, &link, &None));
    assert_ne!(opened.added[0].report.digest, digest(&report));
    reader.does(Action::AddReport(link[..link.len() - 4].to_owned()));
    assert!(reader.said().contains("cut on its way"), "{}", reader.said());
    assert_eq!(reader.state.opened.as_ref().unwrap().adding, None);
    let mut elsewhere = Journey::fresh();
    elsewhere.drops(&["golden.jpg", "mine.jpg"]).does(Action::Compare);
    let job = elsewhere.compare_job();
    elsewhere.does(Action::Compared(job, Box::new(board::comparison_of("mine.jpg", "golden.jpg"))));
    let link = elsewhere.shares();
    reader.does(Action::AddReport(link.clone()));
    assert!(reader.said().contains("another reference"));
    assert_eq!(reader.state.opened.as_ref().unwrap().added.len(), 1);
    elsewhere.looks().does(Action::WriteReport(Form::Bundle));
    let file = elsewhere.saved_bytes().2;
    // Dropped, it takes the place of one report, but not of several that were added up.
    reader.drops_file(&file);
    assert_eq!(reader.state.opened.as_ref().unwrap().added.len(), 1);
    reader.does(Action::PutAside(0)).drops_file(&file);
    assert_eq!((reader.state.report().unwrap().findings.len(), reader.state.opened.as_ref().unwrap().added.len()), (0, 0));
    // Chosen to be added, it is not opened in the other one's place.
    let mut reader = Journey::fresh();
    reader.drops_file(&asked());
    let mut offer = reader.offer_of(&file);
    offer.purpose = Some(Purpose::Report);
    reader.does(Action::PicturesOffered(vec![offer.clone()]));
    assert!(reader.said().contains("another reference") && reader.state.report().unwrap().findings.len() == 2);
    // One that is far too large is not even read, and one that is no longer wanted leaves nothing behind.
    reader.does(Action::PicturesOffered(vec![Offer { bytes: u64::MAX, ..offer.clone() }]));
    assert!(reader.said().contains("larger than 256 MB") && reader.effects == [Effect::ForgetOffer(offer.id)]);
    reader.slow = true;
    reader.does(Action::AddReport(link));
    let job = reader.state.opened.as_ref().unwrap().adding.clone().unwrap().0;
    reader.does(Action::CancelJob(job));
    assert_eq!(reader.state.opened.as_ref().unwrap().adding, None);
    offer.is_report = false;
    reader.does(Action::PicturesOffered(vec![offer]));
    assert!(reader.said().contains("holds no Boardwatch report"), "{}", reader.said());
}

#[test]
fn the_reference_is_fetched_for_the_map_where_the_catalogue_has_it() {
    let mut sender = Journey::fresh();
    sender.drops(&["mine.jpg"]).does(Action::ChooseReference(board::sha("golden.jpg")));
    sender.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(()))).does(Action::Compare);
    let job = sender.compare_job();
    sender.does(Action::Compared(job, Box::new(board::comparison_of("mine.jpg", "golden.jpg"))));
    let links = [0, 1].map(|place| sender.does(Action::AcceptDifference(place)).shares());
    let mut reader = Journey::at(&links[0]);
    reader.does(Action::CatalogueArrived(Ok(board::catalogue()))).does(Action::AddReport(links[1].clone()));
    let sha256 = board::sha("golden.jpg");
    assert_eq!(reader.effects, [board::fetch_golden()]);
    reader.does(Action::PictureFetched(sha256, Ok(())));
    assert!(reader.state.case.is_none() && reader.state.loaded.contains(&sha256));
}
