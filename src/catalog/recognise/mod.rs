//! Which of a catalogue's boards is this? A photo and the catalogue's files of codes go in, what they come to comes out.

mod file;
#[cfg(test)]
mod tests;

pub use file::{CodedReference, MOST_CODE_BYTES, MOST_CODE_FILES, read_codes, write_codes};

use serde::{Deserialize, Serialize};

use super::{CatalogueError, Side};
use crate::geometry::{Homography, Photo, Reference};
use crate::vision::{Cancelled, DecodeError, Identity, Listed, PictureFacts, Stage, Watch, decode, identify};

/// A board that the photo may show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recognised {
    /// Which of the catalogues it is in, as it was numbered.
    pub catalogue: u32,
    /// Its place among the catalogue's boards.
    pub number: u32,
    /// Its identifier.
    pub board: String,
    /// The reference that fits best.
    pub reference: PictureFacts,
    /// The side that this one shows.
    pub side: Side,
    /// The photo is a mirror image, or a view through the board.
    pub mirrored: bool,
    /// How likely it is this board, 0 to 1.
    pub confidence: f64,
    /// Features of the reference that the photo shows where they should be.
    pub inliers: usize,
    /// Where the photo's pixels lie on the reference; mirroring included.
    pub map: Homography<Photo, Reference>,
}

/// What the photo may show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recognition {
    /// Whether the first of the boards is it, one of the first few, or none.
    pub identity: Identity,
    /// Best first, each board once; those of an unknown board are guesses.
    pub boards: Vec<Recognised>,
    /// Catalogues that took no part, as they were numbered, each with why: one of their files is not what it should be.
    pub unread: Vec<(u32, String)>,
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecogniseError {
    /// The photo is no picture that can be read.
    #[error("The photo could not be read. {0}")]
    Photo(#[from] DecodeError),
    /// There are more files of codes than any catalogue has.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// Nobody waits for it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Looks for the board of a photo among the references of these files of codes, all as bytes, each with the number of its catalogue: 0, 1
/// and so on.
///
/// # Errors
/// When the photo can't be read, there are too many files, or `watch` stops it. A board that is not among them is no error, and a file that can't be
/// read is a catalogue that took no part.
pub fn recognise(photo: &[u8], codes: &[(u32, &[u8])], watch: &mut dyn Watch) -> Result<Recognition, RecogniseError> {
    if codes.len() > MOST_CODE_FILES {
        return Err(CatalogueError::TooMany { what: "files of codes", count: codes.len(), most: MOST_CODE_FILES }.into());
    }
    watch.progressed(Stage::Decode, 0.0)?;
    let (mut references, mut unread) = (Vec::new(), Vec::new());
    for (catalogue, file) in codes {
        match read_codes(file) {
            Ok(coded) => references.extend(coded.into_iter().map(|reference| (*catalogue, reference))),
            Err(error) => unread.push((*catalogue, error.to_string())),
        }
    }
    // A part of a catalogue would make a stranger of the rest.
    references.retain(|(catalogue, _)| unread.iter().all(|(unread, _)| unread != catalogue));
    let photo = decode(photo)?;
    watch.progressed(Stage::Decode, 1.0)?;
    // A board of one catalogue may be one of another as well: it is told of twice then, and whoever looks sees it.
    let board = |(catalogue, reference): &(u32, CodedReference)| u64::from(*catalogue) << 32 | u64::from(reference.number);
    let listed: Vec<Listed<'_>> =
        references.iter().map(|numbered| Listed { codes: &numbered.1.codes, board: board(numbered) }).collect();
    let said = identify(&photo, &listed, watch)?;
    let boards = said.candidates.iter().filter_map(|candidate| {
        let (catalogue, CodedReference { number, board, side, codes }) = references.get(candidate.reference)?.clone();
        Some(Recognised {
            catalogue,
            number,
            board,
            reference: codes.picture,
            side,
            mirrored: candidate.mirrored,
            confidence: candidate.confidence,
            inliers: candidate.inliers,
            map: candidate.map,
        })
    });
    Ok(Recognition { identity: said.identity, boards: boards.collect(), unread })
}
