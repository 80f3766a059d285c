//! A photo is given to a catalogue: only when it is good enough, was looked at, and everything is said with it.

use boardwatch::app::contribution::{ContributionText, Prepared};
use boardwatch::app::library::KeptCatalogue;
use boardwatch::app::{Action, Effect, JobTask};
use boardwatch::catalog::Side;
use boardwatch::geometry::Rect;
use boardwatch::report::{CheckKind, Contribution};
use boardwatch::vision::{Hiding, Picture, PictureFacts, Quality, Sha256, to_fine_jpeg};

use crate::board;
use crate::journey::Journey;

/// The workbench with a comparison that lies on a reference of the built-in catalogue, and the dialog open.
fn opened() -> Journey {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).does(Action::ChooseReference(board::sha("golden.jpg")));
    journey.does(Action::PictureFetched(board::sha("golden.jpg"), Ok(()))).does(Action::Compare);
    let job = journey.compare_job();
    journey.does(Action::Compared(job, Box::new(board::comparison_of("mine.jpg", "golden.jpg"))));
    journey.does(Action::Contribute);
    journey
}

/// A worker made the picture; `quality` is what it thinks of the photo.
fn prepared(journey: &mut Journey, quality: Quality) -> PictureFacts {
    let job = journey.state.jobs.iter().find(|(_, job)| job.task == JobTask::Prepare).map(|(id, _)| *id).expect("it is made");
    let grey = Picture { width: 4000, height: 3000, rgb: vec![128; 3 * 4000 * 3000] };
    let file = to_fine_jpeg(&grey).expect("it has pixels");
    let picture = PictureFacts { sha256: Sha256::of(&file), width: 4000, height: 3000 };
    let offer = journey.offer_of(&file).id;
    let made = Prepared { picture, quality, labels: Vec::new() };
    journey.does(Action::ContributionPrepared(job, offer, Box::new(made)));
    picture
}

const GOOD: Quality = Quality { blur: 0.2, glare: 0.0, dark: 0.0 };

fn orders(journey: &Journey) -> usize {
    journey.effects.iter().filter(|effect| matches!(effect, Effect::Prepare { .. })).count()
}

#[test]
fn a_good_photo_that_was_looked_at_becomes_a_file_for_the_catalogue() {
    let mut journey = opened();
    assert_eq!(orders(&journey), 1);
    let form = journey.state.contribution.as_ref().unwrap().form.clone();
    assert_eq!((form.vendor.as_str(), form.model.as_str(), form.side), ("Boardwatch", "Specimen", Some(Side::Top)));
    let picture = prepared(&mut journey, GOOD);
    let writes = |journey: &mut Journey| {
        journey.does(Action::WriteContribution(false));
        journey.effects.iter().any(|effect| matches!(effect, Effect::Download { .. }))
    };
    assert!(!writes(&mut journey), "nobody has looked at it");
    journey.does(Action::SetContributionLooked(true));
    assert!(!writes(&mut journey), "it is not said which unit it is, nor whose photo");
    journey.does(Action::SayOfContribution(ContributionText::Unit, " rack 7 ".into()));
    journey.does(Action::SayOfContribution(ContributionText::Contributor, "Wei".into()));
    journey.does(Action::SetContributionLicence("CC-BY-4.0".into()));
    assert!(writes(&mut journey), "{:?}", journey.state.contribution);
    let (name, media_type, bytes) = journey.saved_bytes();
    assert_eq!((name, media_type), (format!("specimen-{}.zip", picture.sha256.short()).as_str(), "application/zip"));
    let contribution = Contribution::from_bytes(&bytes).unwrap();
    let reference = contribution.reference().unwrap();
    assert_eq!((reference.picture(), reference.px_per_mm, reference.unit.as_str()), (picture, Some(10.0), "rack 7"));
    assert_eq!((contribution.board.id.as_str(), reference.licence.as_str()), ("specimen", "CC-BY-4.0"));
    assert!(journey.state.contribution.as_ref().unwrap().saved.is_some());
    // Under another name it is another board.
    journey.does(Action::SayOfContribution(ContributionText::Model, "Specimen Pro".into()));
    assert!(writes(&mut journey) && journey.saved_bytes().0.starts_with("boardwatch-specimen-pro-"));
}

#[test]
fn a_photo_that_is_not_good_enough_is_not_written() {
    let mut journey = opened();
    prepared(&mut journey, Quality { blur: 0.6, ..GOOD });
    let checks = &journey.state.contribution.as_ref().unwrap().prepared.as_ref().unwrap().as_ref().unwrap().checks;
    let failed: Vec<CheckKind> = checks.iter().filter(|check| check.passed == Some(false)).map(|check| check.kind).collect();
    assert_eq!(failed, [CheckKind::Sharp]);
    journey.does(Action::SayOfContribution(ContributionText::Unit, "1".into()));
    journey.does(Action::SayOfContribution(ContributionText::Contributor, "Wei".into()));
    journey.does(Action::SetContributionLooked(true)).does(Action::WriteContribution(false));
    assert_eq!(journey.effects, []);
}

#[test]
fn what_is_hidden_is_hidden_anew_and_looked_at_anew() {
    let mut journey = opened();
    prepared(&mut journey, GOOD);
    journey.does(Action::SetContributionLooked(true));
    journey.does(Action::HidePlace(Rect::new(300.0, 200.0, 120.0, 50.0), Hiding::Box));
    assert_eq!((orders(&journey), journey.state.contribution.as_ref().unwrap().looked), (1, false));
    let order = journey.effects.iter().find_map(|effect| match effect {
        Effect::Prepare { order, .. } => Some(order.hidden.len()),
        _ => None,
    });
    assert_eq!(order, Some(1));
    // What was made before comes too late, and is not shown.
    let before = journey.state.contribution.clone();
    journey.does(Action::CloseContribution);
    assert!(journey.state.contribution.is_none() && before.is_some());
    assert!(journey.effects.iter().any(|effect| matches!(effect, Effect::ForgetOffer(_))), "{:?}", journey.effects);
    assert!(journey.state.jobs.is_empty());
}

#[test]
fn the_catalogue_of_the_reference_says_where_it_takes_contributions() {
    let mut journey = opened();
    assert_eq!(journey.state.contribution.as_ref().unwrap().form.contribute, "", "the built-in catalogue takes none");
    journey.does(Action::CloseContribution);
    let address = "catalog/catalog.json".to_owned();
    let page = "https://boards.example/new?title={title}";
    let kept = KeptCatalogue { address, contribute: Some(page.into()), ..KeptCatalogue::default() };
    journey.does(Action::CataloguesListed(vec![kept])).does(Action::Contribute);
    assert_eq!(journey.state.contribution.as_ref().unwrap().form.contribute, page);
    // Another case is another photo.
    journey.does(Action::ReferencesChosen(Box::default()));
    assert!(journey.state.contribution.is_none());
}
