//! Manifests of other collections: a board whose files are held to what they were when they were first fetched.

use boardwatch::app::library::{LibraryAction, LibraryEffect};
use boardwatch::catalog::iiif::LeftOut;
use boardwatch::vision::Sha256;
use serde_json::json;

use crate::library::{Visit, opened};
use crate::made_up_web::{ADDRESS, Web, web};

/// A manifest at [`ADDRESS`] with a picture, and whether it says what its file is.
fn manifest(says: bool) -> Vec<u8> {
    let hash = json!([{ "label": { "en": ["SHA-256"] }, "value": { "en": [Sha256::of(b"picture").to_string()] } }]);
    let picture = json!({ "id": PICTURE, "type": "Image", "width": 4000, "height": 3000 });
    json!({
        "type": "Manifest", "label": { "en": ["Old board"] }, "rights": "http://creativecommons.org/licenses/by/4.0/",
        "items": [{
            "label": { "en": ["front"] }, "metadata": if says { hash } else { json!([]) },
            "items": [{ "items": [{ "body": picture }] }],
        }],
    })
    .to_string()
    .into_bytes()
}

const PICTURE: &str = "https://boards.example/iiif/1/full/max/0/default.jpg";

#[test]
fn a_manifests_pictures_are_held_to_what_they_were_first() {
    for says in [true, false] {
        let mut web = web(1, 1);
        web.insert(ADDRESS.into(), manifest(says));
        web.insert(PICTURE.into(), b"picture".to_vec());
        let mut visit = opened(&web);
        assert_eq!(visit.models(), ["Old board"]);
        visit.looks_at_the_first(&web);
        let unpinned = |visit: &Visit| visit.library.page.as_ref().unwrap().manifest.as_ref().unwrap().unpinned.len();
        assert_eq!(unpinned(&visit), usize::from(!says));
        // Its host does not answer.
        visit.does(LibraryAction::UseReferences).fetches(&Web::new(), &Web::new());
        assert!(visit.library.page.as_ref().unwrap().manifest.as_ref().unwrap().failed.is_some());
        visit.does(LibraryAction::UseReferences).fetches(&web, &Web::new());
        let [LibraryEffect::Tell(choice), LibraryEffect::KeepCatalogue(kept)] = &visit.effects[..] else {
            panic!("{:?}", visit.effects)
        };
        let file = choice.references[0].provenance.as_ref().unwrap().file.clone().unwrap();
        assert_eq!((choice.references[0].facts.sha256, file.bytes, file.path.as_str()), (Sha256::of(b"picture"), 7, PICTURE));
        assert_eq!((kept.pictures.clone(), unpinned(&visit)), (vec![file], 0));
        // Another visit asks for nothing that is known, whatever the host would send now.
        let mut again = Visit::default();
        again.does(LibraryAction::CataloguesListed(vec![kept.clone()])).fetches(&web, &Web::new());
        web.insert(PICTURE.into(), b"another picture".to_vec());
        again.looks_at_the_first(&web);
        let choice = again.does(LibraryAction::UseReferences).choice();
        assert_eq!(choice.references[0].facts.sha256, Sha256::of(b"picture"), "the page refuses any other file");
        // A manifest that says now that it is another file does not make it one.
        let other = String::from_utf8(manifest(true)).unwrap();
        let other = other.replace(&Sha256::of(b"picture").to_string(), &Sha256::of(b"another picture").to_string());
        web.insert(ADDRESS.into(), other.into_bytes());
        again.does(LibraryAction::OpenCatalogue(ADDRESS.into())).fetches(&web, &Web::new()).looks_at_the_first(&web);
        let page = again.library.page.as_ref().unwrap();
        assert_eq!(page.manifest.as_ref().unwrap().left_out, Some((1, LeftOut::Changed)));
        assert!(page.chosen.is_empty());
    }
}

#[test]
fn one_file_at_two_addresses_is_one_reference() {
    let canvas = |number: u32| {
        let picture =
            json!({ "id": format!("https://boards.example/{number}.jpg"), "type": "Image", "width": 4000, "height": 3000 });
        let unit = json!([{ "label": { "en": ["Unit"] }, "value": { "en": [number.to_string()] } }]);
        json!({ "metadata": unit, "items": [{ "items": [{ "body": picture }] }] })
    };
    let manifest = json!({
        "type": "Manifest", "label": { "en": ["Old board"] }, "rights": "http://creativecommons.org/licenses/by/4.0/",
        "items": (0..3).map(canvas).collect::<Vec<_>>(),
    });
    let mut web = web(1, 1);
    web.insert(ADDRESS.into(), manifest.to_string().into_bytes());
    for (number, bytes) in [(0, "one"), (1, "one"), (2, "")] {
        web.insert(format!("https://boards.example/{number}.jpg"), bytes.as_bytes().to_vec());
    }
    let mut visit = opened(&web);
    visit.looks_at_the_first(&web).does(LibraryAction::UseReferences).fetches(&web, &Web::new());
    assert!(visit.library.page.as_ref().unwrap().manifest.as_ref().unwrap().failed.is_some(), "the third is empty");
    let third = visit.library.page.as_ref().unwrap().chosen[2];
    visit.does(LibraryAction::ToggleReference(third)).does(LibraryAction::UseReferences).fetches(&web, &Web::new());
    let told = visit.effects.iter().find_map(|effect| match effect {
        LibraryEffect::Tell(choice) => Some(choice.references.len()),
        _ => None,
    });
    assert_eq!(told, Some(1), "{:?}", visit.effects);
}
