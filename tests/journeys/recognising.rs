//! Which board is this: asked of the catalogues that are open, told with names, and never chosen in silence.

use boardwatch::app::library::{Answer, BoardState, FetchId, LibraryAction, LibraryEffect, Need, Recognising};
use boardwatch::catalog::{Recognised, Recognition, Side};
use boardwatch::geometry::Homography;
use boardwatch::vision::{Identity, Sha256};

use crate::board;
use crate::library::{Visit, opened};
use crate::made_up_web::{ADDRESS, Web, web};

/// What a worker says of a photo: these boards of the first catalogue, by number, identifier and side.
pub(crate) fn said(identity: Identity, boards: &[(u32, &str, Side)]) -> (Recognition, Vec<String>) {
    let board = |(number, id, side): &(u32, &str, Side)| Recognised {
        catalogue: 0,
        number: *number,
        board: (*id).to_owned(),
        reference: board::facts("known.jpg"),
        side: *side,
        mirrored: false,
        confidence: 0.9,
        inliers: 40,
        map: Homography::identity(),
    };
    (Recognition { identity, boards: boards.iter().map(board).collect(), unread: Vec::new() }, Vec::new())
}

/// A visit in which the question was asked, and the number of the work.
fn asked(web: &Web) -> (Visit, FetchId) {
    let mut visit = opened(web);
    visit.does(LibraryAction::PhotoGiven("mine.jpg".into())).does(LibraryAction::Recognise);
    let [LibraryEffect::Recognise(job, files)] = &visit.effects[..] else { panic!("{:?}", visit.effects) };
    let wanted = Need::Known {
        address: "https://boards.example/c/index/codes/0.bin".into(),
        sha256: Sha256::of(b"codes"),
        bytes: Some(5),
    };
    assert_eq!(files, &[vec![wanted]], "what the open catalogue's boards are recognised by, by its hash");
    let job = *job;
    (visit, job)
}

fn told(visit: &Visit) -> &Answer {
    match &visit.library.recognising {
        Some(Recognising::Told(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

fn names(answer: &Answer) -> Vec<String> {
    answer.guesses.iter().map(|guess| guess.line.as_ref().unwrap().name()).collect()
}

#[test]
fn the_boards_found_are_told_by_name_and_opened_at_the_side_that_the_photo_shows() {
    // In a small catalogue names are at hand, in a large one they are fetched.
    for boards in [3, 600] {
        let web = web(1, boards);
        let (mut visit, job) = asked(&web);
        visit.does(LibraryAction::RecognitionProgressed(job, 0.5));
        assert!(matches!(visit.library.recognising, Some(Recognising::Looking { done: 0.5, .. })));
        // A large catalogue has its boards in the order of their names: 0, 1, 10, 100 and so on to 99.
        let (last, number) = if boards == 3 { ("acme-x2", 2) } else { ("acme-x99", 599) };
        let found = said(Identity::Ambiguous(2), &[(number, last, Side::Bottom), (0, "acme-x0", Side::Top)]);
        visit.does(LibraryAction::Recognised(job, Ok(found)));
        assert_eq!(visit.effects.is_empty(), boards == 3, "{:?}", visit.effects);
        visit.fetches(&web, &Web::new());
        let answer = told(&visit).clone();
        assert_eq!(
            (answer.identity, names(&answer)),
            (Identity::Ambiguous(2), vec![last.replace("acme-x", "Acme X"), "Acme X0".into()])
        );

        let guess = &answer.guesses[0];
        let line = Box::new(guess.line.clone().unwrap());
        visit.does(LibraryAction::ShowBoard(guess.catalogue.clone(), line, Some(guess.found.side))).fetches(&web, &Web::new());
        let page = visit.library.page.clone().unwrap();
        assert!(matches!(page.board, BoardState::Here(_)));
        assert_eq!(
            page.chosen,
            [board::sha(&format!("{}.jpg", last.replace("acme-x", "d")))],
            "the references of the side that the photo shows"
        );
        visit.does(LibraryAction::LeaveBoard);
        assert_eq!(told(&visit), &answer, "what was found is still there");
        visit.does(LibraryAction::PhotoGiven("other.jpg".into()));
        assert_eq!(visit.library.recognising, None, "of another photo nothing is known");
    }
}

#[test]
fn what_nobody_waits_for_is_dropped() {
    let web = web(1, 3);
    let (mut visit, job) = asked(&web);
    visit.does(LibraryAction::StopRecognising);
    assert_eq!(visit.effects, [LibraryEffect::StopRecognising(job)]);
    visit.does(LibraryAction::Recognised(job, Ok(said(Identity::Known, &[(0, "acme-x0", Side::Top)]))));
    assert_eq!(visit.library.recognising, None);
    // Asked again while the first is running: only the second counts.
    let (mut visit, first) = asked(&web);
    visit.does(LibraryAction::Recognise);
    assert_eq!((visit.effects.len(), &visit.effects[0]), (2, &LibraryEffect::StopRecognising(first)));
    visit.does(LibraryAction::Recognised(first, Err("Too late.".into())));
    assert!(matches!(visit.library.recognising, Some(Recognising::Looking { .. })));
    // With its catalogue the answer goes.
    visit.does(LibraryAction::RemoveCatalogue(ADDRESS.into()));
    assert_eq!(visit.library.recognising, None);
}

#[test]
fn what_could_not_be_asked_and_what_does_not_fit_is_said() {
    let failed = |visit: &Visit| match &visit.library.recognising {
        Some(Recognising::Failed(sentence)) => sentence.clone(),
        other => panic!("{other:?}"),
    };
    let mut visit = Visit::default();
    visit.does(LibraryAction::CataloguesListed(Vec::new())).fetches(&web(1, 1), &Web::new());
    visit.does(LibraryAction::PhotoGiven("mine.jpg".into())).does(LibraryAction::Recognise);
    assert_eq!((failed(&visit), visit.effects.len()), ("Nothing could be looked at. No catalogue has boards.".into(), 0));

    let web = web(1, 600);
    let (mut visit, job) = asked(&web);
    visit.does(LibraryAction::Recognised(job, Err("The photo could not be read.".into())));
    assert_eq!(failed(&visit), "The photo could not be read.");
    let (mut visit, job) = asked(&web);
    visit.does(LibraryAction::Recognised(job, Ok(said(Identity::Known, &[(600, "acme-x600", Side::Top)]))));
    assert!(failed(&visit).contains("index"), "there is no such board: {}", failed(&visit));
    let (mut visit, job) = asked(&web);
    let (other, _) = said(Identity::Known, &[(5, "acme-x6", Side::Top)]);
    visit.does(LibraryAction::Recognised(job, Ok((other, Vec::new())))).fetches(&web, &Web::new());
    assert!(failed(&visit).contains("index"), "the file of codes calls it otherwise: {}", failed(&visit));
    let (mut visit, job) = asked(&web);
    let (mut none, _) = said(Identity::Unknown, &[]);
    none.unread = vec![(0, "A file is damaged.".into())];
    visit.does(LibraryAction::Recognised(job, Ok((none.clone(), Vec::new()))));
    assert!(failed(&visit).contains("A file is damaged."), "{}", failed(&visit));
    let (mut visit, job) = asked(&web);
    none.unread.clear();
    visit.does(LibraryAction::Recognised(job, Ok((none, vec!["One did not answer.".into()]))));
    assert_eq!((told(&visit).unasked.clone(), told(&visit).guesses.len()), (vec!["One did not answer.".to_owned()], 0));
}
