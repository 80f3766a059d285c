//! What is acknowledged can be read by the next page.

use std::cell::RefCell;
use std::rc::Rc;

use boardwatch::app::keeping::{KeepingAction, KeepingEffect};
use boardwatch::app::{Action, CASE_VERSION, Case, CaseId, Effect, Origin, PictureEntry};
use boardwatch::catalog::Modality;
use boardwatch::report::{Document, PictureLayer};
use boardwatch::vision::{PictureFacts, Sha256};
use boardwatch::web::Keeper;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Heard, file, wait_for};

fn entry(sha256: Sha256) -> PictureEntry {
    PictureEntry::of(PictureFacts { sha256, width: 4, height: 3 }, "board.jpg".to_owned(), Origin::Own)
}

fn case(id: u32, title: &str, photo: Sha256, reference: Sha256) -> Case {
    Case {
        version: CASE_VERSION,
        id: CaseId(id),
        title: title.to_owned(),
        board: "Specimen".to_owned(),
        photo: entry(photo),
        document: Document::about(vec![entry(reference)]),
        unit: String::new(),
        contributor: String::new(),
        reported: None,
        question: None,
        looked_at: boardwatch::sorted::SortedSet::new(),
    }
}

async fn store(page: &Heard, case: Case) -> f64 {
    let id = case.id;
    page.perform(Effect::StoreCase(Box::new(case)));
    let stored = |action: &Action| match action {
        Action::CaseStored(stored, at_ms) if *stored == id => Some(*at_ms),
        Action::StorageFailed(sentence) => panic!("{sentence}"),
        _ => None,
    };
    page.expect("the stored case", stored).await
}

async fn is_kept(sha256: Sha256) -> bool {
    // A page of its own has nothing in memory.
    let page = Heard::new();
    page.perform(Effect::LoadPicture(sha256));
    let loaded = |action: &Action| match action {
        Action::PictureLoaded(_, here) => Some(*here),
        _ => None,
    };
    page.expect("the picture", loaded).await
}

async fn load(id: u32) -> Option<Box<Case>> {
    let page = Heard::new();
    page.perform(Effect::LoadCase(CaseId(id)));
    let loaded = |action: &Action| match action {
        Action::CaseLoaded(_, case) => Some(case.clone()),
        _ => None,
    };
    page.expect("the case", loaded).await.unwrap()
}

/// As on the screen about the stored cases: not into the bin.
async fn delete_for_good(id: u32) {
    let said: Rc<RefCell<Vec<KeepingAction>>> = Rc::default();
    let hearing = Rc::clone(&said);
    let keeper = Keeper::start(Rc::new(move |action| hearing.borrow_mut().push(action)));
    keeper.perform(vec![KeepingEffect::Delete(vec![CaseId(id)])]);
    let done = |action: &KeepingAction| if let KeepingAction::Done(outcome) = action { Some(outcome.clone()) } else { None };
    let outcome = wait_for("the deletion", || said.borrow().iter().find_map(done)).await;
    assert_eq!(outcome, Ok(None));
    keeper.leave();
}

async fn titles(page: &Heard) -> Vec<String> {
    page.perform(Effect::ListCases);
    let listed = |action: &Action| match action {
        Action::CasesListed(list) => Some(list.iter().map(|case| case.title.clone()).collect()),
        _ => None,
    };
    page.expect("the list", listed).await
}

#[wasm_bindgen_test]
async fn a_case_and_its_pictures_outlast_the_page_and_go_when_nothing_needs_them() {
    let page = Heard::new();
    let ((one, photo), (two, other), (three, reference)) = (file("a", b"photo"), file("b", b"other"), file("c", b"reference"));
    for (file, sha256) in [(one, photo), (two, other), (three, reference)] {
        page.keep(file, sha256).await;
    }
    assert!(!is_kept(photo).await, "a picture that no case needs is not stored");
    store(&page, case(1, "first", photo, reference)).await;
    store(&page, case(2, "second", other, reference)).await;
    assert!(is_kept(photo).await && is_kept(other).await && is_kept(reference).await);
    assert_eq!(*load(1).await.unwrap(), case(1, "first", photo, reference));
    let listed: Vec<String> =
        titles(&page).await.into_iter().filter(|title| ["first", "second"].contains(&title.as_str())).collect();
    assert_eq!(listed, ["second", "first"], "last changed first");

    page.perform(Effect::DeleteCase(CaseId(1)));
    // The answer to a later write comes after the deletion.
    store(&page, case(2, "renamed", other, reference)).await;
    assert!(!titles(&page).await.contains(&"first".to_owned()));
    assert!(load(1).await.is_some() && is_kept(photo).await, "in the bin nothing is lost");

    delete_for_good(1).await;
    assert!(load(1).await.is_none());
    assert!(!is_kept(photo).await, "the deleted case's own picture is gone");
    assert!(is_kept(reference).await, "the reference is the other case's as well");

    store(&page, case(3, "last", other, other)).await;
    delete_for_good(2).await;
    assert!(!is_kept(reference).await);
    delete_for_good(3).await;
}

#[wasm_bindgen_test]
async fn a_picture_that_a_case_lets_go_of_stays_until_a_case_is_deleted() {
    let page = Heard::new();
    let ((one, photo), (two, layer)) = (file("a", b"photo of five"), file("b", b"layer of five"));
    page.keep(one, photo).await;
    page.keep(two, layer).await;
    let mut with = case(5, "with", photo, photo);
    with.document.set_layers(vec![PictureLayer {
        picture: entry(layer).facts,
        title: "x-ray.png".to_owned(),
        modality: Modality::XRay,
        points: Vec::new(),
        drawing: None,
    }]);
    store(&page, with).await;
    assert!(is_kept(layer).await);
    // Another tab may still show it.
    store(&page, case(5, "without", photo, photo)).await;
    assert!(is_kept(layer).await);
    store(&page, case(6, "another", photo, photo)).await;
    delete_for_good(6).await;
    assert!(!is_kept(layer).await && is_kept(photo).await);
    delete_for_good(5).await;
}

#[wasm_bindgen_test]
async fn of_many_changes_in_a_row_the_last_one_is_kept() {
    let page = Heard::new();
    let nothing = Sha256::of(b"never kept");
    for step in 0..50 {
        page.perform(Effect::StoreCase(Box::new(case(9, &format!("step {step}"), nothing, nothing))));
    }
    store(&page, case(9, "final", nothing, nothing)).await;
    assert_eq!(load(9).await.unwrap().title, "final");
    delete_for_good(9).await;
}

#[wasm_bindgen_test]
async fn a_case_that_is_not_there_is_none() {
    assert!(load(123_456).await.is_none());
}

/// What storage said of this case, without what it reads.
fn said(page: &Heard, id: u32) -> Vec<&'static str> {
    page.said(|action| match action {
        Action::CaseHeld(CaseId(of), here) if *of == id => Some(if *here { "held" } else { "watched" }),
        Action::CaseLoaded(CaseId(of), _) if *of == id => Some("loaded"),
        _ => None,
    })
}

#[wasm_bindgen_test]
async fn a_case_is_here_as_it_is_stored_before_it_may_be_changed() {
    let nothing = Sha256::of(b"never kept");
    let first = Heard::new();
    store(&first, case(11, "first", nothing, nothing)).await;
    let second = Heard::new();
    second.perform(Effect::LoadCase(CaseId(11)));
    wait_for("the second tab", || (said(&second, 11) == ["watched", "loaded"]).then_some(())).await;

    store(&first, case(11, "later", nothing, nothing)).await;
    second.perform(Effect::FollowCase(CaseId(11)));
    first.perform(Effect::ReleaseCase(CaseId(11)));
    // What follows when it is here already has nothing to say.
    let order = wait_for("the case", || Some(said(&second, 11)).filter(|said| said.contains(&"held"))).await;
    assert_eq!(order[order.len() - 2..], ["loaded", "held"]);
    second.perform(Effect::FollowCase(CaseId(11)));

    // Taken back, and left at once for good.
    first.perform(Effect::LoadCase(CaseId(11)));
    wait_for("the first tab", || said(&first, 11).contains(&"watched").then_some(())).await;
    first.perform(Effect::TakeOver(CaseId(11)));
    wait_for("the first tab", || said(&first, 11).ends_with(&["loaded", "held"]).then_some(())).await;
    wait_for("the second tab", || said(&second, 11).ends_with(&["held", "watched"]).then_some(())).await;
    store(&first, case(11, "last", nothing, nothing)).await;
    assert_eq!(load(11).await.unwrap().title, "last");
    first.perform(Effect::ReleaseCase(CaseId(11)));
    delete_for_good(11).await;
}
