//! A catalogue from a host that nobody knows.

use std::sync::LazyLock;

use boardwatch::catalog::search::{Fetched, search};
use boardwatch::catalog::{BoardEntry, Index, iiif};
use boardwatch::report::{CatalogueSignature, PublicKey, SignatureBytes};
use serde_json::{Value, json};

use super::{Parser, refused, same};

const INDEX: &[u8] = include_bytes!("../frozen/catalogue-v1/catalog.json");
const BOARD: &[u8] = include_bytes!("../frozen/catalogue-v1/board.json");
const WORDS: &[&[u8]] = &[
    b"null",
    b"[]",
    b"{}",
    b"\"\"",
    b"-1",
    b",",
    b":",
    b"]",
    b"}",
    b"../",
    b"..%2f",
    b"//",
    b"\\\\",
    b"javascript:",
    b"data:",
    b"https://",
    b"\\u0000",
    b"\\u202e",
    b"\\ud800",
    b"\"boards\"",
    b"\"search\"",
    b"\"recognise\"",
    b"\"path\"",
    b"\"sha256\"",
    b"\"references\"",
    b"\"words\"",
    b"\"lines\"",
    b"\"version\": 2",
    b"\"items\"",
    b"\"type\"",
    b"\"Manifest\"",
    b"\"Canvas\"",
    b"\"body\"",
    b"\"rights\"",
    b"\"width\"",
];

pub(crate) static INDEXES: Parser = Parser {
    files: LazyLock::new(|| vec![INDEX.to_vec(), large().0]),
    words: WORDS,
    sealed: None,
    read: |bytes| match Index::parse(bytes, "") {
        Ok(index) => same(&index, Index::parse(&written(&index), "").ok().as_ref()),
        Err(error) => refused(&error),
    },
};

pub(crate) static BOARDS: Parser = Parser {
    files: LazyLock::new(|| vec![BOARD.to_vec()]),
    words: WORDS,
    sealed: None,
    read: |bytes| match BoardEntry::parse(bytes, "") {
        Ok(board) => same(&board, BoardEntry::parse(&written(&board), "").ok().as_ref()),
        Err(error) => refused(&error),
    },
};

/// Files of words and of lines, whose hashes fit: whoever keeps a catalogue may write what he likes into them.
pub(crate) static SEARCH_FILES: Parser = Parser {
    files: LazyLock::new(|| large().1.into_iter().map(|(_, bytes)| bytes).collect()),
    words: WORDS,
    sealed: None,
    read: |bytes| {
        static LARGE: LazyLock<(Index, Large)> = LazyLock::new(|| {
            let (root, files) = large();
            (Index::parse(&root, "").expect("it was just made"), files)
        });
        let (index, files) = &*LARGE;
        let search_index = index.search.as_ref().expect("it is searched by files");
        let mut shelf = Fetched::default();
        let is_words = bytes.windows(16).any(|part| part == b"boardwatch-words");
        for (path, whole) in files {
            let bytes = if path.contains("words") == is_words { bytes } else { whole };
            if let Err(error) = shelf.put(search_index, path.clone(), bytes) {
                return refused(&error);
            }
        }
        for question in ["", "x1", "acme x", "board \u{202e}"] {
            if let Err(error) = search(index, &shelf, question, 24) {
                return refused(&error);
            }
        }
        Ok("read")
    },
};

pub(crate) static MANIFESTS: Parser = Parser {
    files: LazyLock::new(|| {
        let board = BoardEntry::parse(BOARD, "").expect("a frozen board");
        let own = iiif::manifest(&board, "https://boards.example/acme/");
        let mut foreign = own.clone();
        foreign["label"] = json!({ "none": ["A board"] });
        foreign["metadata"] = Value::Null;
        [own, foreign].map(|manifest| manifest.to_string().into_bytes()).to_vec()
    }),
    words: WORDS,
    sealed: None,
    read: |bytes| {
        if !iiif::is_manifest(bytes) {
            return Ok("refused");
        }
        let one = match iiif::read(bytes, "https://boards.example/acme/manifest.json") {
            Ok(one) => one,
            Err(error) => return refused(&error),
        };
        let elsewhere = |path: &str| {
            let host = path.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
            !host.is_some_and(|host| host.eq_ignore_ascii_case("boards.example"))
        };
        match one.board.references.iter().find(|reference| elsewhere(&reference.path)) {
            Some(reference) => Err(format!("a picture of another host: {}", reference.path)),
            None if one.board.references.is_empty() => Err("a board without references".to_owned()),
            None => Ok("read"),
        }
    },
};

pub(crate) static SIGNATURES: Parser = Parser {
    files: LazyLock::new(|| {
        let made = |key| CatalogueSignature { key: PublicKey([key; 32]), signature: SignatureBytes(([1; 32], [2; 32])) };
        vec![made(9).to_bytes(), made(200).to_bytes()]
    }),
    words: WORDS,
    sealed: None,
    read: |bytes| match CatalogueSignature::from_bytes(bytes) {
        Ok(signature) => same(&signature, CatalogueSignature::from_bytes(&signature.to_bytes()).ok().as_ref()),
        Err(error) => refused(&error),
    },
};

type Large = Vec<(String, Vec<u8>)>;

/// The first file of a catalogue that is searched by files, and these.
fn large() -> (Vec<u8>, Large) {
    let line = Index::parse(INDEX, "").expect("a frozen catalogue").boards.remove(0);
    let boards = (0..12).map(|number| {
        let mut board = line.clone();
        board.id = format!("board-{number}");
        board.model = format!("X{number} rev {}", number * 7 % 5);
        board
    });
    let built = boardwatch::catalog::search::build(boards.collect()).expect("an index");
    let root = json!({ "format": "boardwatch-catalogue", "version": 1, "search": built.index });
    (root.to_string().into_bytes(), built.files)
}

fn written(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
