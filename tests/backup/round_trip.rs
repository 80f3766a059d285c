//! What goes in comes out, and every byte counts.

use boardwatch::app::CASE_VERSION;
use boardwatch::app::backup::{BackupError, StoredCase, Volume};
use boardwatch::app::{Case, CaseId};
use std::collections::BTreeMap;

use crate::drawn::draw;
use crate::random::Dice;
use crate::whole::{put_together, read};

#[test]
fn a_file_of_cases_comes_out_as_it_went_in() {
    for seed in 0..60 {
        let drawn = draw(&mut Dice::new(seed), 6);
        let read = read(&drawn.file).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(read.list, drawn.volume.list);
        assert_eq!((read.cases.len(), read.pictures.len()), (drawn.texts.len(), drawn.pictures.len()));
        for (listed, case) in read.list.cases.iter().zip(read.cases) {
            let (text, case) = case.unwrap();
            assert_eq!((&text, case), (&drawn.texts[&listed.id], Case::from_json(&text).unwrap()), "exactly as it was stored");
        }
        for (listed, picture) in read.list.pictures.iter().zip(read.pictures) {
            assert_eq!(picture.as_ref(), Ok(&drawn.pictures[&listed.sha256]));
        }
    }
}

/// A single byte, wherever it stands: the file is refused, or the one case or picture that it belongs to; the others are as they were.
#[test]
fn every_single_byte_edit_and_every_cut_is_found() {
    let drawn = (0..).map(|seed| draw(&mut Dice::new(seed), 3)).find(|drawn| drawn.texts.len() == 2 && drawn.pictures.len() == 2);
    let Some(drawn) = drawn else { panic!("none") };
    let whole = read(&drawn.file).unwrap();
    let mut dice = Dice::new(5);
    // The frame byte by byte, the long texts here and there.
    let places = (0..drawn.file.len()).filter(|place| *place < 2_000 || *place + 1_500 > drawn.file.len() || place % 97 == 0);
    for place in places {
        let mut changed = drawn.file.clone();
        changed[place] ^= 1 + dice.below(255) as u8;
        match read(&changed) {
            Err(error) => assert!(error.to_string().ends_with('.')),
            Ok(read) => {
                assert_eq!(read.list, whole.list, "byte {place}");
                let pairs = read.cases.iter().zip(&whole.cases).map(|(a, b)| (a == b, a.is_err()));
                let pairs: Vec<_> =
                    pairs.chain(read.pictures.iter().zip(&whole.pictures).map(|(a, b)| (a == b, a.is_err()))).collect();
                let wrong = pairs.iter().filter(|(same, _)| !same).count();
                assert!(wrong == 1 && pairs.iter().all(|(same, refused)| same != refused), "byte {place}: {pairs:?}");
            }
        }
        if place % 7 == 0 {
            assert!(read(&drawn.file[..place]).is_err(), "cut to {place}");
        }
    }
    assert_eq!(read(&[&drawn.file[..], b"\0"].concat()), Err(BackupError::Cut));
    assert_eq!(read(&drawn.file[..drawn.file.len() - 1]), Err(BackupError::Cut));
    assert_eq!(read(&drawn.file[1..]), Err(BackupError::NotABackup));
    assert_eq!(read(b""), Err(BackupError::NotABackup));
}

/// What can't be read is in the file all the same, and hinders nothing else.
#[test]
fn an_unreadable_case_is_named_and_the_others_open() {
    let good = include_str!("../frozen/case-v4/compared.json");
    let case = Case::from_json(good).unwrap();
    let newer = format!("{{\"version\": {}, \"wings\": 2}}", CASE_VERSION + 1);
    let texts =
        [(CaseId(1), "not a case".to_owned()), (CaseId(2), newer), (case.id, good.to_owned()), (CaseId(4), good.to_owned())];
    let stored = texts.iter().enumerate().map(|(place, (id, text))| {
        let summary = boardwatch::app::CaseSummary { id: *id, title: format!("case {place}"), ..case.summary() };
        StoredCase::of(&summary, None, &boardwatch::sorted::SortedSet::new(), text)
    });
    let volumes = Volume::of("tests", 1.0, &stored.collect::<Vec<_>>(), &[]).unwrap();
    let texts: BTreeMap<_, _> = texts.into_iter().collect();
    let read = read(&put_together(&volumes[0], &texts, &BTreeMap::new())).unwrap();
    let says = |place: usize| read.cases[place].as_ref().map_or_else(ToString::to_string, |_| String::new());
    assert!(says(0).contains("“case 0” can't be read") && says(0).contains("keep the file"), "{}", says(0));
    assert!(says(1).contains(&format!("newer Boardwatch (format {})", CASE_VERSION + 1)), "{}", says(1));
    assert_eq!(says(2), "");
    assert!(says(3).contains("was changed"), "a text under another case's number: {}", says(3));
}
