//! The built-in catalogue is what it says it is, and untrusted ones are refused with a sentence.

#![cfg(not(target_arch = "wasm32"))]

mod schema;

use std::fs;
use std::path::{Path, PathBuf};

use boardwatch::app::BuiltIn;
use boardwatch::app::library::BUILT_IN;
use boardwatch::catalog::{
    BoardEntry, CatalogueError, CodedReference, Edition, FileEntry, Index, Modality, Side, read_codes, write_codes,
};
use boardwatch::report::PictureEntry;
use boardwatch::vision::{AlignConfig, Codes, PictureFacts, ReferenceFeatures, Sha256, decode};
use serde_json::{Value, json};

fn at_home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(path)
}

/// The built-in catalogue: its index, and its only board; paths relative to the page.
fn built_in() -> (Index, BoardEntry) {
    let index = Index::parse(&fs::read(at_home("catalog/catalog.json")).unwrap(), "catalog/catalog.json").unwrap();
    assert_eq!(schema::problem_of(&fs::read(at_home("catalog/catalog.json")).unwrap()), None);
    let [line] = &index.boards[..] else { panic!("{:?}", index.boards) };
    assert_whole(&line.file);
    line.thumbnail.iter().for_each(assert_whole);
    let bytes = fs::read(at_home(&line.file.path)).unwrap();
    assert_eq!(schema::problem_of(&bytes), None);
    let board = BoardEntry::parse(&bytes, &line.file.path).unwrap();
    (index, board)
}

fn assert_whole(file: &FileEntry) {
    let bytes = fs::read(at_home(&file.path)).unwrap();
    assert_eq!((Sha256::of(&bytes), bytes.len() as u64), (file.sha256, file.bytes), "{}", file.path);
}

fn assert_true(path: &str, thumbnail: Option<&FileEntry>, facts: &PictureFacts, bytes: u64) -> u64 {
    let file = fs::read(at_home(path)).unwrap();
    assert_eq!(Sha256::of(&file), facts.sha256, "{path}");
    assert_eq!(file.len() as u64, bytes, "{path}");
    assert_eq!(image::image_dimensions(at_home(path)).unwrap(), (facts.width, facts.height), "{path}");
    let small = thumbnail.expect("every built-in picture has a thumbnail");
    assert_whole(small);
    assert!(small.bytes <= 20_000, "the thumbnail of {path} has {} bytes", small.bytes);
    bytes + small.bytes
}

#[test]
fn every_hash_size_and_length_in_the_built_in_catalogue_is_true() {
    let (index, board) = built_in();
    assert_eq!((board.name().as_str(), board.size_mm), ("Boardwatch Specimen, revision A", Some([190.0, 160.0])));
    assert!(board.references.len() >= 2);
    let mut total = 0;
    for reference in &board.references {
        total += assert_true(&reference.path, reference.thumbnail.as_ref(), &reference.picture(), reference.bytes);
    }
    // What the page's programme knows of it is what it says.
    let known: BuiltIn = serde_json::from_slice(&fs::read(at_home("catalog/built-in.json")).unwrap()).unwrap();
    let edition = Edition { address: String::new(), title: index.title.clone().unwrap(), number: index.edition };
    let entry = |reference| {
        let mut entry = PictureEntry::of_reference(&board, reference, &edition);
        let provenance = std::rc::Rc::make_mut(entry.provenance.as_mut().unwrap());
        BUILT_IN.clone_into(&mut provenance.edition.address);
        entry
    };
    assert_eq!(known.references, board.references.iter().map(entry).collect::<Vec<_>>());
    let sample = known.sample.unwrap();
    let file = sample.photo.provenance.as_ref().unwrap().file.clone().unwrap();
    let small = FileEntry { path: file.path.replace(".jpg", "-small.jpg"), ..file.clone() };
    let small = fs::read(at_home(&small.path)).map(|bytes| FileEntry {
        sha256: Sha256::of(&bytes),
        bytes: bytes.len() as u64,
        path: small.path,
    });
    total += assert_true(&file.path, small.ok().as_ref(), &sample.photo.facts, file.bytes);
    assert!(total <= 4_000_000, "the built-in catalogue has {total} bytes");
    assert!(board.references.iter().any(|reference| reference.sha256 == sample.reference));
}

/// What the built-in board is recognised by, worked out anew.
fn codes() -> Vec<u8> {
    let (_, board) = built_in();
    let coded = board.references.iter().map(|reference| {
        let bytes = fs::read(at_home(&reference.path)).unwrap();
        let features = ReferenceFeatures::find(&decode(&bytes).unwrap(), reference.picture(), &AlignConfig::default());
        CodedReference { number: 0, board: board.id.clone(), side: reference.side, codes: Codes::of(&features) }
    });
    let mut files = write_codes(&coded.collect::<Vec<_>>());
    assert_eq!(files.len(), 1);
    files.remove(0)
}

const CODES: &str = "index/codes/0.bin";

/// After a change of the sample board, or of how features are found or coded, `BOARDWATCH_WRITE=1 cargo test --test catalogue` writes them anew.
#[test]
fn the_built_in_board_is_recognised_by_what_its_references_show() {
    let bytes = codes();
    if std::env::var_os("BOARDWATCH_WRITE").is_some() {
        write_codes_of_the_built_in_board(&bytes);
    }
    let (index, _) = built_in();
    let [file] = &index.recognise[..] else { panic!("{:?}", index.recognise) };
    assert_whole(file);
    assert!(fs::read(at_home(&file.path)).unwrap() == bytes, "features are found or coded otherwise now: write them anew");
}

fn write_codes_of_the_built_in_board(bytes: &[u8]) {
    let folder = at_home("catalog");
    fs::create_dir_all(folder.join(CODES).parent().unwrap()).unwrap();
    fs::write(folder.join(CODES), bytes).unwrap();
    let at = folder.join("catalog.json");
    let mut index: Value = serde_json::from_slice(&fs::read(&at).unwrap()).unwrap();
    index["recognise"] = json!([{ "path": CODES, "sha256": Sha256::of(bytes).to_string(), "bytes": bytes.len() }]);
    fs::write(at, serde_json::to_string_pretty(&index).unwrap() + "\n").unwrap();
}

/// Files as the first release writes them; every later one reads them.
#[test]
fn a_frozen_catalogue_reads_as_it_was_written() {
    let frozen =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/catalogue-v1").join(name)).unwrap();
    let [index, board, codes] = ["catalog.json", "board.json", "codes.bin"].map(frozen);
    assert_eq!((schema::problem_of(&index), schema::problem_of(&board)), (None, None));
    let index = Index::parse(&index, "c/catalog.json").unwrap();
    assert_eq!((index.title.as_deref(), index.edition, index.date.as_deref()), (Some("Acme boards"), 12, Some("2026-11-20")));
    let line = &index.boards[0];
    assert_eq!((line.name().as_str(), line.sides.len(), line.references), ("Acme X1, revision B", 2, 2));
    assert_eq!((line.file.sha256, line.file.path.as_str()), (Sha256::of(&board), "c/boards/acme-x1/board.json"));
    assert_eq!((index.recognise[0].sha256, index.recognise[0].bytes), (Sha256::of(&codes), codes.len() as u64));
    let board = BoardEntry::parse(&board, &line.file.path).unwrap();
    assert_eq!((board.size_mm, board.variants.len(), board.links.len()), (Some([304.8, 243.84]), 1, 1));
    let [top, bottom] = &board.references[..] else { panic!("{:?}", board.references) };
    assert_eq!(
        (top.path.as_str(), top.px_per_mm, top.variant.as_deref()),
        ("c/boards/acme-x1/top-7.jpg", Some(9.5), Some("no-tpm"))
    );
    assert_eq!((bottom.side, bottom.modality, bottom.licence.as_str()), (Side::Bottom, Modality::XRay, "LicenseRef-Lab"));
    // Codes of another version are refused in words; a release that finds features otherwise has to say so.
    let codes = read_codes(&codes).unwrap();
    assert!(codes.len() == 2 && codes.iter().all(|reference| reference.board == "specimen" && reference.side == Side::Top));
}

fn index() -> Value {
    let file = json!({ "path": "a/board.json", "sha256": "0".repeat(64), "bytes": 9 });
    let line = json!({ "id": "a", "vendor": "V", "model": "M", "file": file });
    json!({ "format": "boardwatch-catalogue", "version": 1, "boards": [line] })
}

fn board() -> Value {
    let reference = json!({
        "title": "unit 1", "path": "one.jpg", "sha256": "0".repeat(64), "bytes": 10, "width": 4, "height": 3, "px_per_mm": 8.5,
        "unit": "1", "contributor": "somebody", "licence": "CC-BY-4.0", "source": "own work", "modality": "visible_light", "side": "top",
    });
    json!({ "format": "boardwatch-board", "version": 1, "id": "a", "vendor": "V", "model": "M", "references": [reference] })
}

fn read_board(value: &Value) -> Result<BoardEntry, CatalogueError> {
    BoardEntry::parse(value.to_string().as_bytes(), "catalog/a/board.json")
}

#[test]
fn paths_become_relative_to_the_page() {
    assert_eq!((schema::problem(&index()), schema::problem(&board())), (None, None));
    let index = Index::parse(index().to_string().as_bytes(), "catalog/catalog.json").unwrap();
    assert_eq!(index.boards[0].file.path, "catalog/a/board.json");
    let board = read_board(&board()).unwrap();
    assert_eq!((board.name().as_str(), board.references[0].path.as_str()), ("V M", "catalog/a/one.jpg"));
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    for path in [
        "../x.jpg",
        "a/../../x.jpg",
        "/x.jpg",
        "https://example.org/x.jpg",
        "//host/x.jpg",
        "a\\x.jpg",
        "",
        "a//x.jpg",
        "%2e%2e/x",
        ".x",
    ] {
        let mut board = board();
        board["references"][0]["path"] = json!(path);
        assert_eq!(read_board(&board), Err(CatalogueError::BadPath(path.to_owned())), "{path}");
        assert!(schema::problem(&board).is_some(), "the schema takes {path}");
        let mut index = index();
        index["boards"][0]["file"]["path"] = json!(path);
        assert_eq!(Index::parse(index.to_string().as_bytes(), "catalog.json"), Err(CatalogueError::BadPath(path.to_owned())));
    }
}

#[test]
fn every_value_out_of_bounds_is_refused_with_a_sentence() {
    let wrong = [
        ("title", json!("")),
        ("title", json!("x".repeat(201))),
        ("title", json!("a\u{202e}b")),
        ("contributor", json!("a\nb")),
        ("licence", json!("")),
        ("licence", json!("<b>free</b>")),
        ("width", json!(0)),
        ("width", json!(32_768)),
        ("bytes", json!(0)),
        ("bytes", json!(100_000_001)),
        ("px_per_mm", json!(0.0)),
        ("px_per_mm", json!(-3.0)),
        ("px_per_mm", json!(1e9)),
        ("sha256", json!("12")),
        ("modality", json!("smell")),
        ("licence", Value::Null),
        ("date", json!("4 October 2018")),
        ("date", json!("2018-13")),
        ("date", json!("2018-1-1")),
        ("variant", json!("no-such")),
        ("tiles", json!("../info.json")),
        ("thumbnail", json!({ "path": "x.jpg", "sha256": "0".repeat(64), "bytes": 0 })),
        ("features", json!({ "path": "/x", "sha256": "0".repeat(64), "bytes": 1 })),
    ];
    for (field, value) in wrong {
        let mut board = board();
        board["references"][0][field] = value.clone();
        let error = read_board(&board).expect_err(&format!("{field}: {value}"));
        let sentence = error.to_string();
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
        // What contradicts another value no schema can say.
        assert!(field == "variant" || schema::problem(&board).is_some(), "the schema takes {field}: {value}");
    }
}

#[test]
fn other_formats_versions_and_contradictions_are_refused() {
    let changed = |field: &str, value: Value| {
        let mut index = index();
        index[field] = value;
        Index::parse(index.to_string().as_bytes(), "catalog.json")
    };
    assert_eq!(changed("version", json!(2)), Err(CatalogueError::NewerVersion(2)));
    assert!(matches!(changed("format", json!("x")), Err(CatalogueError::OtherFormat { .. })));
    let link = index()["boards"][0].clone();
    assert_eq!(changed("boards", json!([link, link])), Err(CatalogueError::Twice("a".into())));
    assert!(matches!(changed("boards", json!(vec![link; 5_001])), Err(CatalogueError::TooMany { .. })));
    assert_eq!(Index::parse(&vec![b' '; 2_000_001], "catalog.json"), Err(CatalogueError::TooLarge));
    let mut twice = board();
    twice["references"] = json!([twice["references"][0], twice["references"][0]]);
    assert_eq!(read_board(&twice), Err(CatalogueError::Twice("unit 1".into())));
}

#[test]
fn what_a_board_says_of_itself_is_checked() {
    let wrong = [
        ("size_mm", json!([0.0, 100.0])),
        ("size_mm", json!([100.0, 3000.0])),
        ("links", json!([{ "title": "page", "url": "javascript:alert(1)" }])),
        ("links", json!([{ "title": "page", "url": "https://example.org/a b" }])),
        ("links", json!([{ "title": "", "url": "https://example.org/" }])),
        ("variants", json!([{ "id": "A B", "about": "spaces" }])),
        ("also", json!(vec!["name"; 21])),
        ("revision", json!("")),
    ];
    for (field, value) in wrong {
        let mut board = board();
        board[field] = value.clone();
        let sentence = read_board(&board).expect_err(&format!("{field}: {value}")).to_string();
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
    }
    let mut right = board();
    right["variants"] = json!([{ "id": "no-bmc", "about": "without the management controller" }]);
    right["links"] = json!([{ "title": "page", "url": "https://example.org/?q=1#top" }]);
    right["references"][0]["variant"] = json!("no-bmc");
    right["references"][0]["date"] = json!("2018-10-04");
    let read = read_board(&right).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap()["references"][0]["variant"], "no-bmc");
}
