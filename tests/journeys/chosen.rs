//! References that were chosen in the library: which of their files are asked for.

use boardwatch::app::library::LibraryAction;
use boardwatch::app::{Action, Annex, Effect, Slot, SlotState};

use crate::board;
use crate::journey::Journey;
use crate::library::{hosts, opened};
use crate::made_up_web::web;

/// The page with two references of the catalogue chosen.
fn chosen() -> Journey {
    let web = web(7, 1);
    let mut visit = opened(&web);
    let choice = visit.looks_at_the_first(&web).does(LibraryAction::UseReferences).choice();
    let mut journey = Journey::fresh();
    journey.does(Action::OpenAnnex(Annex::Library)).does(Action::ReferencesChosen(Box::new(choice)));
    journey.does(Action::PictureFetched(board::sha("a0.jpg"), Ok(())));
    journey
}

#[test]
fn a_further_reference_that_is_refused_does_not_hold_up_the_others() {
    let mut journey = chosen();
    journey.drops(&["mine.jpg"]).does(Action::Compare).does(Action::PictureLoaded(board::sha("b0.jpg"), false));
    journey.does(Action::PictureFetched(board::sha("b0.jpg"), Err("b0.jpg was not used: its SHA-256 differs.".into())));
    assert_eq!(journey.compared_pictures(), Some((board::sha("mine.jpg"), vec![board::sha("a0.jpg")])));
    assert!(journey.said().contains("SHA-256"), "{}", journey.said());

    // Another known-good picture is not one of that board.
    let mut journey = chosen();
    journey.does(Action::RemovePicture(Slot::KnownGood));
    assert_eq!((journey.state.slot(Slot::KnownGood), journey.state.further.len()), (&SlotState::Empty, 0));
}

#[test]
fn a_picture_of_a_host_that_is_no_longer_agreed_to_is_not_fetched() {
    let mut journey = chosen();
    journey.drops(&["mine.jpg"]).does(Action::Compare).does(Action::CataloguesListed(Vec::new()));
    journey.does(Action::PictureLoaded(board::sha("b0.jpg"), false));
    assert_eq!(hosts(&journey), [""; 0]);
    assert!(journey.said().contains("no longer in this browser's storage"), "{}", journey.said());
}

#[test]
fn an_address_out_of_a_strangers_case_is_not_asked() {
    for address in ["//evil.example/b0.jpg", "\\\\evil.example\\b0.jpg", "https:evil.example/b0.jpg"] {
        let mut journey = chosen();
        journey.drops(&["mine.jpg"]).does(Action::Compare);
        let mut case = journey.case().clone();
        let mut references = case.document.references().to_vec();
        for entry in &mut references {
            let mut known = entry.provenance.as_deref().cloned().expect("they are of a catalogue");
            for file in [&mut known.file, &mut known.features].into_iter().flatten() {
                file.path = address.to_owned();
            }
            entry.provenance = Some(known.into());
        }
        let pictures: Vec<_> = references.iter().map(|entry| entry.facts.sha256).collect();
        case.document.set_references(references);
        let id = case.id;
        let mut journey = Journey::fresh();
        journey.does(Action::OpenCase(id)).does(Action::CaseLoaded(id, Ok(Some(Box::new(case)))));
        let mut asked = Vec::new();
        for picture in pictures {
            journey.does(Action::PictureLoaded(picture, false));
            asked.append(&mut journey.effects);
        }
        journey.does(Action::CompareAgain);
        asked.append(&mut journey.effects);
        let is_asked = |effect: &&Effect| match effect {
            Effect::FetchPicture { .. } => true,
            Effect::Compare { features, .. } => !features.is_empty(),
            _ => false,
        };
        assert_eq!(asked.iter().find(is_asked), None, "{address}");
    }
}
