//! Files that were saved long ago. Every later version opens them, and finds in them what was saved.

use std::path::Path;

use boardwatch::app::{Case, CaseId};
use boardwatch::vision::Sha256;

use crate::whole::{Read, read};

fn frozen(name: &str) -> Read {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/backup-v1").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    read(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Written by this library.
#[test]
fn a_frozen_file_opens_as_it_was_saved() {
    let read = frozen("two-cases.boardwatch");
    assert_eq!((read.list.made_by.as_str(), read.list.saved_ms), ("boardwatch 0.1.0", 1_764_249_000_000.0));
    let [first, second] = read.list.cases.as_slice() else { panic!("two cases") };
    assert_eq!(
        (first.id, first.title.as_str(), first.changed_ms, first.deleted_ms),
        (CaseId(4), "Röntgen „links“", 1_764_248_000_000.0, None)
    );
    assert_eq!((second.id, second.deleted_ms), (CaseId(7), Some(1_764_248_500_000.0)));
    let texts: Vec<_> = read.cases.iter().map(|case| case.as_ref().unwrap()).collect();
    assert!(texts.iter().all(|(text, case)| Case::from_json(text).as_ref() == Ok(case)));
    assert_eq!(texts[0].1.document.findings().next().unwrap().note, "Wo ist C14? 🔎");
    let pictures: Vec<_> = read.pictures.iter().map(|picture| Sha256::of(picture.as_ref().unwrap())).collect();
    assert_eq!(pictures, read.list.pictures.iter().map(|picture| picture.sha256).collect::<Vec<_>>());
    assert_eq!((pictures.len(), read.list.missing.len()), (2, 3));
}
