//! What is found, and what has to be fetched for it.

use boardwatch::catalog::search::{Found, LinesFile, Shelf, Step, WordsFile, search};
use boardwatch::catalog::{BoardLine, CatalogueError, Index};
use serde_json::{Value, json};

use crate::made_up::{Served, Visitor, line};
use crate::schema;

/// What a look at every board finds, by the words of each.
fn plainly(boards: &[BoardLine], question: &[&str]) -> Vec<String> {
    let begins = |board: &&BoardLine| {
        let words = board.words();
        question.iter().all(|asked| words.iter().any(|word| word.starts_with(asked)))
    };
    let mut found: Vec<String> = boards.iter().filter(begins).map(|board| board.id.clone()).collect();
    found.sort();
    found
}

fn ids(found: &Found) -> Vec<String> {
    let mut ids: Vec<String> = found.boards.iter().map(|board| board.id.clone()).collect();
    ids.sort();
    ids
}

#[test]
fn files_find_what_a_look_at_every_board_finds() {
    let boards: Vec<BoardLine> = (0..3000).map(line).collect();
    let served = Served::of(boards.clone());
    let mut visitor = Visitor::of(&served);
    for question in [
        &["supermicro"][..],
        &["supermicro", "x11"],
        &["x11"],
        &["1.02"],
        &["oem", "dell"],
        &["dpi"],
        &["asrock", "rack", "mb"],
        &["nothing"],
    ] {
        let expected = plainly(&boards, question);
        let found = visitor.asks(&question.join(" "), 20);
        assert_eq!(found.count, expected.len(), "{question:?}");
        assert!(ids(&found).iter().all(|id| expected.contains(id)), "{question:?}");
        assert!(found.boards.len() == 20.min(expected.len()) || visitor.fetched.len() > 4, "{question:?}");
    }
}

#[test]
fn the_files_of_an_index_are_as_the_schema_says() {
    let served = Served::of((0..600).map(line).collect());
    assert_eq!(schema::problem_of(&served.root), None);
    assert!(served.files.len() > 2);
    for (path, bytes) in &served.files {
        assert_eq!(schema::problem_of(bytes), None, "{path}");
    }
}

#[test]
fn the_very_word_comes_before_words_that_begin_with_it() {
    let named = |number: u64, model: &str| BoardLine { model: model.to_owned(), also: Vec::new(), ..line(number) };
    let boards = vec![named(0, "X11A"), named(1, "X11B"), named(2, "X11"), named(3, "X12")];
    for served in [Served::of(boards.clone()), listed(&boards)] {
        let found = Visitor::of(&served).asks("x11", 10);
        assert_eq!((found.count, found.boards[0].model.as_str()), (3, "X11"));
    }
}

/// The same boards in `catalog.json` itself.
fn listed(boards: &[BoardLine]) -> Served {
    let root = json!({ "format": "boardwatch-catalogue", "version": 1, "boards": boards });
    Served { root: root.to_string().into_bytes(), files: std::collections::BTreeMap::new() }
}

#[test]
fn a_small_catalogue_needs_no_files() {
    let boards: Vec<BoardLine> = (0..200).map(line).collect();
    let served = listed(&boards);
    let mut visitor = Visitor::of(&served);
    let found = visitor.asks("giga x1", 300);
    assert_eq!(ids(&found), plainly(&boards, &["giga", "x1"]));
    assert_eq!(visitor.asks("", 300).count, 200);
    assert!(visitor.fetched.is_empty());
}

#[test]
fn typing_letter_by_letter_fetches_a_handful_of_files() {
    let served = Served::of((0..20_000).map(line).collect());
    let mut visitor = Visitor::of(&served);
    let question = "supermicro x11500";
    for end in 1..=question.len() {
        let before = visitor.fetched.len();
        let found = visitor.asks(&question[..end], 20);
        assert!(visitor.fetched.len() - before <= 8, "{:?} fetches {:?}", &question[..end], &visitor.fetched[before..]);
        assert!(end < 3 || !found.is_partial, "{:?}", &question[..end]);
    }
    assert!(visitor.fetched.len() <= 30, "{:?}", visitor.fetched);
}

#[test]
fn an_index_that_contradicts_itself_is_refused() {
    let served = Served::of((0..1500).map(line).collect());
    let root: Value = serde_json::from_slice(&served.root).unwrap();
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut root = root.clone();
        change(&mut root["search"]);
        Index::parse(root.to_string().as_bytes(), "catalog.json").err()
    };
    let broken = Some(CatalogueError::BrokenIndex);
    assert_eq!(refused(&|_| ()), None);
    assert_eq!(refused(&|search| search["boards"] = json!(9_000)), broken);
    assert_eq!(refused(&|search| search["per_file"] = json!(0)), broken);
    assert_eq!(refused(&|search| search["words"] = json!([["b", search["lines"][0]], ["a", search["lines"][0]]])), broken);
    assert!(matches!(refused(&|search| search["boards"] = json!(2_000_000)), Some(CatalogueError::TooMany { .. })));

    // Files that are sound by themselves, and belong to another catalogue.
    struct Other(WordsFile, LinesFile);
    impl Shelf for Other {
        fn words(&self, _: &str) -> Option<&WordsFile> {
            Some(&self.0)
        }
        fn lines(&self, _: &str) -> Option<&LinesFile> {
            Some(&self.1)
        }
    }
    let index = Index::parse(&served.root, "catalog.json").unwrap();
    let words = json!({ "format": "boardwatch-words", "version": 1, "words": [["x", [1490, 100]]] });
    let lines = &served.files["index/lines/1.json"];
    let other = Other(
        WordsFile::parse(words.to_string().as_bytes()).unwrap(),
        LinesFile::parse(lines, index.search.as_ref().unwrap()).unwrap(),
    );
    assert_eq!(search(&index, &other, "x", 10), Err(CatalogueError::BrokenIndex));
    assert_eq!(search(&index, &other, "", 10), Err(CatalogueError::BrokenIndex), "the first lines are not in this file");
    let unsorted = json!({ "format": "boardwatch-words", "version": 1, "words": [["b", [0, 1]], ["a", [0, 1]]] });
    assert_eq!(WordsFile::parse(unsorted.to_string().as_bytes()), Err(CatalogueError::BrokenIndex));
    assert!(matches!(search(&index, &other, "y", 10), Ok(Step::Found(found)) if found.count == 0));
}
