//! A file of cases in memory, written and read as a shell does it with a file on disk: range by range.
#![allow(dead_code, reason = "each test programme writes or reads")]

use std::collections::BTreeMap;
use std::ops::Range;

use boardwatch::app::backup::{BackupEnd, BackupError, BackupFrame, BackupList, BackupReader, Piece, Volume};
use boardwatch::app::{Case, CaseId};
use boardwatch::vision::Sha256;

/// What a file holds, and what is wrong with a part of it.
#[derive(Debug, PartialEq)]
pub(crate) struct Read {
    pub(crate) list: BackupList,
    pub(crate) cases: Vec<Result<(String, Case), BackupError>>,
    pub(crate) pictures: Vec<Result<Vec<u8>, BackupError>>,
}

/// Slices of a picture: small ones, so that headers and pictures are cut anywhere.
const SLICE: usize = 37;

pub(crate) fn read(file: &[u8]) -> Result<Read, BackupError> {
    let tail = file.len().saturating_sub(BackupEnd::BYTES as usize);
    let end = BackupEnd::of(file.len() as u64, &file[..file.len().min(64)], &file[tail..])?;
    let frame = BackupFrame::of(&end, part(file, &end.directory))?;
    let list = part(file, &frame.list);
    let reader = BackupReader::of(frame, list)?;
    let case = |place| {
        let range = reader.case_range(place).expect("a listed case stands somewhere");
        reader.case(place, part(file, &range)).map(|(text, case)| (text.to_owned(), case))
    };
    let picture = |place| {
        let mut check = reader.check_picture(place).expect("a listed picture can be checked");
        let range = reader.picture_range(place).expect("a listed picture stands somewhere");
        part(file, &range).chunks(SLICE).try_for_each(|slice| check.feed(slice))?;
        check.finish()?;
        Ok(part(file, &reader.picture_file(place).expect("and its file")).to_vec())
    };
    Ok(Read {
        cases: (0..reader.list.cases.len()).map(case).collect(),
        pictures: (0..reader.list.pictures.len()).map(picture).collect(),
        list: reader.list.clone(),
    })
}

/// What a shell reads there; beyond the end there is nothing.
fn part<'a>(file: &'a [u8], range: &Range<u64>) -> &'a [u8] {
    let at = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(file.len());
    &file[at(range.start)..at(range.end)]
}

pub(crate) fn put_together(volume: &Volume, texts: &BTreeMap<CaseId, String>, pictures: &BTreeMap<Sha256, Vec<u8>>) -> Vec<u8> {
    let bytes = |piece: &Piece| match piece {
        Piece::Frame(bytes) => bytes.clone(),
        Piece::Case(id) => texts[id].clone().into_bytes(),
        Piece::Picture(sha256) => pictures[sha256].clone(),
    };
    volume.pieces.iter().flat_map(bytes).collect()
}
