//! Files of cases that somebody changed on their way, or made up; one per seed.

use std::sync::OnceLock;

use boardwatch::app::backup::BackupError;

use crate::random::Dice;
use crate::random::mutation::mutate;
use crate::stored::{Drawn, draw};
use crate::whole::read;

/// What means something in such a file.
const WORDS: &[&[u8]] = &[b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\"version\":", b"\"deleted_ms\":", b"\"missing\":"];

fn saved() -> &'static [Drawn] {
    static SAVED: OnceLock<Vec<Drawn>> = OnceLock::new();
    SAVED.get_or_init(|| (0..16).map(|seed| draw(&mut Dice::new(seed), 3)).collect())
}

/// A changed file is refused, or gives what was saved and a sentence about the rest; a made-up one gives nothing that it does not list.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let mut dice = Dice::new(seed);
    let drawn = &saved()[dice.below(saved().len())];
    let made_up = dice.chance(2);
    let mut file = drawn.file.clone();
    for _ in 0..=dice.below(3) {
        let other = &saved()[dice.below(saved().len())].file;
        if made_up { forge(&mut file, &mut dice) } else { mutate(&mut file, &mut dice, WORDS, other) }
    }
    let read = match read(&file) {
        Ok(read) => read,
        Err(error) => return refused(&error),
    };
    let errors: Vec<_> = read
        .cases
        .iter()
        .filter_map(|case| case.as_ref().err())
        .chain(read.pictures.iter().filter_map(|one| one.as_ref().err()))
        .collect();
    for error in &errors {
        refused(error)?;
    }
    for (listed, case) in read.list.cases.iter().zip(&read.cases) {
        let Ok((text, case)) = case else { continue };
        if case.id != listed.id || (!made_up && drawn.texts.get(&listed.id) != Some(text)) {
            return Err(format!("another case was read as {:?}", listed.id));
        }
    }
    for (listed, picture) in read.list.pictures.iter().zip(&read.pictures) {
        if picture.is_ok() && picture.as_ref().ok() != drawn.pictures.get(&listed.sha256) {
            return Err(format!("another picture was read as {}", listed.sha256));
        }
    }
    Ok(match (errors.is_empty(), read.list == drawn.volume.list) {
        (true, true) => "the same cases",
        (false, true) => "a part refused",
        (true, false) => "another list of its own",
        (false, false) => "another list, a part of it refused",
    })
}

fn refused(error: &BackupError) -> Result<&'static str, String> {
    let sentence = error.to_string();
    if !sentence.ends_with('.') || sentence.len() > 2_000 {
        return Err(format!("no sentence: {sentence}"));
    }
    Ok(match error {
        BackupError::NotABackup => "not a backup",
        BackupError::Newer(_) => "newer",
        BackupError::Cut => "cut",
        BackupError::Altered => "altered",
        BackupError::OutOfLimits => "out of limits",
        _ => "a part refused",
    })
}

/// Changes letters of the first entry, the list, and makes its checksums fit, so that what the list says is looked at.
fn forge(file: &mut [u8], dice: &mut Dice) {
    const HEADER: usize = 30 + "boardwatch.json".len();
    let number = |file: &[u8], at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes")) as usize;
    let end = HEADER + number(file, 18);
    let list = &mut file[HEADER..end];
    for _ in 0..=dice.below(4) {
        let at = dice.below(list.len());
        list[at] = match list[at] {
            b'0'..=b'9' => dice.one_of(b"0123456789-.e"),
            b'a'..=b'f' => dice.one_of(b"0123456789abcdef"),
            other if dice.chance(2) => other,
            _ => dice.one_of(b" {}[]\",:0x\\\xff"),
        };
    }
    let crc32 = crc32fast::hash(list).to_le_bytes();
    let directory = number(file, file.len() - 6);
    file[14..18].copy_from_slice(&crc32);
    file[directory + 16..directory + 20].copy_from_slice(&crc32);
}
