//! A made-up web with a catalogue on it.

use std::collections::BTreeMap;

use boardwatch::app::library::BUILT_IN;
use boardwatch::catalog::{
    BOARD_FORMAT, BoardEntry, BoardLine, CATALOGUE_FORMAT, FileEntry, Index, Modality, ReferenceEntry, Side, search,
};
use boardwatch::vision::Sha256;

use crate::board;

pub(crate) const ADDRESS: &str = "https://boards.example/c/catalog.json";

/// Files at addresses.
pub(crate) type Web = BTreeMap<String, Vec<u8>>;

fn file_at(path: &str, bytes: &[u8]) -> FileEntry {
    FileEntry { path: path.to_owned(), sha256: Sha256::of(bytes), bytes: bytes.len() as u64 }
}

/// The reference of this name, side and unit.
fn reference(name: &str, side: Side, unit: &str) -> ReferenceEntry {
    let facts = board::facts(name);
    ReferenceEntry {
        title: format!("unit {unit}"),
        path: name.to_owned(),
        sha256: facts.sha256,
        width: facts.width,
        height: facts.height,
        bytes: 1_000_000,
        thumbnail: None,
        features: Some(FileEntry { path: format!("{name}.features"), sha256: board::sha("features"), bytes: 9 }),
        tiles: None,
        px_per_mm: Some(20.0),
        unit: unit.to_owned(),
        contributor: "A. Keeper".into(),
        licence: "CC-BY-4.0".into(),
        source: "own photo".into(),
        date: None,
        modality: Modality::VisibleLight,
        side,
        variant: None,
    }
}

/// A catalogue of so many boards, with an index when they are many.
pub(crate) fn web(edition: u64, boards: usize) -> Web {
    let (mut web, mut lines) = (Web::new(), Vec::new());
    for number in 0..boards {
        let references = vec![
            reference(&format!("a{number}.jpg"), Side::Top, "1"),
            reference(&format!("b{number}.jpg"), Side::Top, "2"),
            reference(&format!("c{number}.jpg"), Side::Top, "2"),
            reference(&format!("d{number}.jpg"), Side::Bottom, "1"),
        ];
        let entry = BoardEntry {
            format: BOARD_FORMAT.into(),
            version: 1,
            id: format!("acme-x{number}"),
            vendor: "Acme".into(),
            model: format!("X{number}"),
            revision: None,
            also: Vec::new(),
            size_mm: None,
            variants: Vec::new(),
            links: Vec::new(),
            references,
        };
        let (path, bytes) = (format!("boards/{}/board.json", entry.id), serde_json::to_vec(&entry).unwrap());
        lines.push(BoardLine {
            id: entry.id,
            vendor: entry.vendor,
            model: entry.model,
            revision: None,
            also: Vec::new(),
            sides: vec![Side::Top, Side::Bottom],
            references: 4,
            file: file_at(&path, &bytes),
            thumbnail: None,
        });
        web.insert(format!("https://boards.example/c/{path}"), bytes);
    }
    let mut index = Index {
        format: CATALOGUE_FORMAT.into(),
        version: 1,
        title: Some("Boards".into()),
        home: None,
        edition,
        date: None,
        contribute: Some("https://boards.example/new?title={title}".into()),
        boards: Vec::new(),
        search: None,
        recognise: vec![file_at("index/codes/0.bin", b"codes")],
    };
    if boards > 500 {
        let built = search::build(lines).unwrap();
        web.extend(built.files.into_iter().map(|(path, bytes)| (format!("https://boards.example/c/{path}"), bytes)));
        index.search = Some(built.index);
    } else {
        index.boards = lines;
    }
    web.insert(ADDRESS.into(), serde_json::to_vec(&index).unwrap());
    let built_in = Index { title: Some("Built in".into()), search: None, boards: Vec::new(), recognise: Vec::new(), ..index };
    web.insert(BUILT_IN.into(), serde_json::to_vec(&built_in).unwrap());
    web
}
