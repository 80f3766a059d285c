//! Files of codes: what the references of a catalogue are recognised by. `docs/formats/codes.md` describes the bytes.

use crate::catalog::search::files::MOST_BOARDS;
use crate::catalog::{CatalogueError, Side, checks};
use crate::vision::Codes;

/// How a file begins; the last byte is the version. It changes when features are found or coded in another way.
const MAGIC: [u8; 8] = *b"BWCODE\0\x01";
/// Files of codes of a catalogue; 20,000 references, which take a browser some seconds.
pub const MOST_CODE_FILES: usize = 64;
/// Bytes of a file of codes.
pub const MOST_CODE_BYTES: usize = 1_200_000;
/// References of a file of codes.
const MOST_CODED: usize = 20_000;
/// A file of codes is closed when it has as many bytes: some 290 references.
const CODE_BYTES: usize = 1_000_000;

/// A reference of a catalogue, as far as it is needed to recognise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedReference {
    /// Its board's place among the catalogue's boards, in the order of `catalog.json` or of the search index.
    pub number: u32,
    /// Its board's identifier.
    pub board: String,
    /// The side that it shows.
    pub side: Side,
    /// Which picture it is, and what is recognised.
    pub codes: Codes,
}

/// The files of these references; they hold as many each as a file should.
#[must_use]
pub fn write_codes(references: &[CodedReference]) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let (mut open, mut count) = (Vec::new(), 0_u32);
    for (k, reference) in references.iter().enumerate() {
        open.extend(reference.number.to_le_bytes());
        open.push(reference.board.len() as u8);
        open.extend(reference.board.bytes());
        open.push(match reference.side {
            Side::Top => 0,
            Side::Bottom => 1,
        });
        open.extend(reference.codes.to_bytes());
        count += 1;
        if open.len() > CODE_BYTES || k + 1 == references.len() {
            files.push([&MAGIC[..], &count.to_le_bytes(), &std::mem::take(&mut open)].concat());
            count = 0;
        }
    }
    files
}

/// Reads and checks a file.
///
/// # Errors
/// A sentence when it is not as the format says.
pub fn read_codes(bytes: &[u8]) -> Result<Vec<CodedReference>, CatalogueError> {
    if bytes.len() > MOST_CODE_BYTES {
        return Err(CatalogueError::BrokenCodes("it is larger than such a file ever is"));
    }
    let cut_off = || CatalogueError::BrokenCodes("it is cut off");
    let (magic, rest) = bytes.split_first_chunk().ok_or_else(cut_off)?;
    if *magic != MAGIC {
        let same_kind = magic.iter().zip(&MAGIC).take(7).all(|(a, b)| a == b);
        return Err(if same_kind {
            CatalogueError::OtherCodes
        } else {
            CatalogueError::BrokenCodes("it is another kind of file")
        });
    }
    let (count, mut rest) = rest.split_first_chunk().ok_or_else(cut_off)?;
    let count = u32::from_le_bytes(*count) as usize;
    checks::count("references in a file of codes", count, MOST_CODED)?;
    let mut references = Vec::new();
    for _ in 0..count {
        let (number, behind) = rest.split_first_chunk().ok_or_else(cut_off)?;
        let (&length, behind) = behind.split_first().ok_or_else(cut_off)?;
        let (board, behind) = behind.split_at_checked(usize::from(length)).ok_or_else(cut_off)?;
        let (&side, behind) = behind.split_first().ok_or_else(cut_off)?;
        let (codes, behind) =
            Codes::read(behind).map_err(|_| CatalogueError::BrokenCodes("it is cut off, or holds impossible numbers"))?;
        let number = u32::from_le_bytes(*number);
        let board = String::from_utf8(board.to_vec()).map_err(|_| CatalogueError::BadText { field: "identifier" })?;
        checks::id(&board)?;
        let side = match side {
            0 => Side::Top,
            1 => Side::Bottom,
            _ => return Err(CatalogueError::BrokenCodes("it names a side that no board has")),
        };
        if number >= MOST_BOARDS {
            return Err(CatalogueError::BadNumber { field: "number of a board" });
        }
        references.push(CodedReference { number, board, side, codes });
        rest = behind;
    }
    if rest.is_empty() { Ok(references) } else { Err(CatalogueError::BrokenCodes("it is longer than it says")) }
}
