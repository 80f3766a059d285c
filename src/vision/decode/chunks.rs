//! A PNG file chunk by chunk, and without what it tells beside its pixels.
//!
//! Text, profiles and animations are compressed inside a PNG (zTXt, iTXt, iCCP, fdAT), and a decoder may unfold them before
//! anybody asks: a megabyte becomes a gigabyte. Nothing here wants them, so that no decoder is shown them.

use std::io::{BufRead, Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::ops::Range;

use super::complete::be_u32;

const SIGNATURE_BYTES: usize = 8;
/// Bytes of a chunk beside its content: length, kind, checksum.
const FRAME_BYTES: usize = 12;

/// One chunk (PNG, third edition, 5.3).
pub(super) struct Chunk<'a> {
    pub(super) kind: &'a [u8],
    pub(super) body: Range<usize>,
    /// Behind its checksum.
    pub(super) end: usize,
}

/// The chunks up to the end chunk, or to the first that is not wholly there.
pub(super) fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = SIGNATURE_BYTES;
    std::iter::from_fn(move || {
        let length = be_u32(bytes, at)? as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(length)?.checked_add(FRAME_BYTES).filter(|end| *end <= bytes.len())?;
        let chunk = Chunk { kind, body: at + 8..end - 4, end };
        at = if kind == b"IEND" { bytes.len() } else { end };
        Some(chunk)
    })
}

/// A critical chunk (PNG, 5.4: its first letter is a capital), or transparency.
fn is_needed(kind: &[u8]) -> bool {
    kind.first().is_some_and(u8::is_ascii_uppercase) || kind == b"tRNS"
}

/// Reads a PNG file and passes over every chunk that no pixel depends on, by its length.
pub(super) struct Needed<'a> {
    bytes: &'a [u8],
    /// What is read next, and where this piece ends.
    piece: Range<usize>,
    read: u64,
}

impl<'a> Needed<'a> {
    pub(super) const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, piece: 0..SIGNATURE_BYTES, read: 0 }
    }
}

impl BufRead for Needed<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        while self.piece.is_empty() {
            let at = self.piece.end;
            let Some((length, kind)) = be_u32(self.bytes, at).zip(self.bytes.get(at + 4..at + 8)) else { break };
            let end = at.saturating_add(length as usize).saturating_add(FRAME_BYTES).min(self.bytes.len());
            self.piece = if is_needed(kind) { at..end } else { end..end };
        }
        Ok(self.bytes.get(self.piece.clone()).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.piece.start = (self.piece.start + amount).min(self.piece.end);
        self.read += amount as u64;
    }
}

impl Read for Needed<'_> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let mut from = self.fill_buf()?;
        let amount = from.read(to)?;
        self.consume(amount);
        Ok(amount)
    }
}

/// Nothing seeks in a PNG; the decoder's interface asks that it could.
impl Seek for Needed<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        if to == SeekFrom::Current(0) { Ok(self.read) } else { Err(Error::from(ErrorKind::Unsupported)) }
    }
}
