//! The parsers that campaigns feed, each by itself.

use crate::hostile::{Outcome, PARSERS};

/// The seed files themselves are read: a campaign of refusals would say nothing.
#[test]
fn every_parser_reads_its_own_files() {
    for (name, parser) in PARSERS {
        assert!(!parser.files.is_empty(), "{name}");
        for (place, file) in parser.files.iter().enumerate() {
            assert_eq!((parser.read)(file), Ok("read"), "{name}, file {place}");
            if let Some(sealed) = parser.sealed {
                let mut again = file.clone();
                sealed(&mut again);
                assert!(again == *file, "{name}, file {place}: a fitting checksum was changed");
            }
        }
        let outcomes: Vec<Outcome> = (0..1000).map(|seed| parser.case(seed)).collect();
        for outcome in ["read", "refused"] {
            assert!(outcomes.contains(&Ok(outcome)), "{name}: none of 1000 is {outcome}");
        }
    }
}

/// What once crashed a parser, or came out of it other than it should, is refused or read for good. `tests/crashes/README.md` says what each was.
#[test]
fn every_file_that_ever_crashed_is_harmless() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder of crashes").map_while(Result::ok) {
        if !entry.path().is_dir() {
            continue;
        }
        let name = entry.file_name();
        let (_, parser) = PARSERS.iter().find(|(parser, _)| **parser == *name).expect("a folder is named after a parser");
        for file in std::fs::read_dir(entry.path()).expect("a folder").map_while(Result::ok) {
            let bytes = std::fs::read(file.path()).expect("a file");
            assert!(bytes.len() < 100_000, "{:?} is too large to keep: make it smaller", file.path());
            let outcome = (parser.read)(&bytes);
            assert!(outcome.is_ok(), "{:?}: {outcome:?}", file.path());
            count += 1;
        }
    }
    assert!(count > 0, "nothing was read from {}", folder.display());
}
