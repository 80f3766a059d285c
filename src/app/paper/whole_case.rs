//! A case as a file, with its pictures.

use super::{Answer, refused, written};
use crate::app::CaseSummary;
use crate::app::backup::{Piece, StoredCase, StoredPicture, Volume};
use crate::sorted::{SortedMap, SortedSet};
use crate::vision::{MADE_BY, Sha256};

/// The file. A case that has to be taken along because storage said no is in memory with its pictures anyway.
pub(super) fn write(summary: &CaseSummary, pictures: &[Sha256], here: &[Sha256], text: &str, files: &[Vec<u8>]) -> Answer {
    let stored = |(sha256, file): (&Sha256, &Vec<u8>)| StoredPicture {
        sha256: *sha256,
        bytes: file.len() as u64,
        crc32: crc32fast::hash(file),
    };
    // One picture may be two of the case's.
    let known: SortedMap<_, _> = here.iter().zip(files).map(stored).map(|picture| (picture.sha256, picture)).collect();
    let known: Vec<_> = known.into_iter().map(|(_, picture)| picture).collect();
    let pictures: SortedSet<Sha256> = pictures.iter().copied().collect();
    let case = StoredCase::of(summary, None, &pictures, text);
    let volume =
        match Volume::of(MADE_BY, summary.changed_ms, &[case], &known).map(|mut volumes| (volumes.pop(), volumes.is_empty())) {
            Ok((Some(volume), true)) => volume,
            Ok(_) => {
                return refused(
                    "The case is too large for one file. Save it from Cases and storage, which writes several.".to_owned(),
                );
            }
            Err(error) => return refused(error.to_string()),
        };
    let mut file = Vec::new();
    for piece in &volume.pieces {
        match piece {
            Piece::Frame(bytes) => file.extend(bytes),
            Piece::Case(_) => file.extend(text.as_bytes()),
            Piece::Picture(sha256) => {
                let place = here.iter().position(|known| known == sha256);
                file.extend(place.and_then(|place| files.get(place)).into_iter().flatten());
            }
        }
    }
    written(format!("boardwatch-case-{}.boardwatch", summary.photo.sha256.short()), "application/zip", file)
}
