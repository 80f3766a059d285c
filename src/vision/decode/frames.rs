//! A WebP file chunk by chunk: are all of them there, and are its pictures as large as it says?

use std::ops::Range;

use super::complete::{le_u24, le_u32};
use super::{DecodeError, Format, MOST_FRAMES};

const FIRST_CHUNK: usize = 12;

/// One chunk of a RIFF file and its content.
pub(super) struct Chunk<'a> {
    pub(super) kind: &'a [u8],
    pub(super) body: Range<usize>,
}

/// The chunks that stand in a part of the file; the last may claim more than there is.
pub(super) fn chunks(bytes: &[u8], mut part: Range<usize>) -> impl Iterator<Item = Chunk<'_>> {
    std::iter::from_fn(move || {
        let at = part.start;
        let (kind, length) = (bytes.get(at..at + 4)?, le_u32(bytes, at + 4)? as usize);
        if at + 8 > part.end {
            return None;
        }
        let body = at + 8..(at + 8).saturating_add(length);
        part.start = body.end.saturating_add(length % 2);
        Some(Chunk { kind, body })
    })
}

/// The chunks of the file itself; what stands behind its stated end is none of them.
pub(super) fn all(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let end = le_u32(bytes, 4).map_or(0, |size| (size as usize).saturating_add(8)).min(bytes.len());
    chunks(bytes, FIRST_CHUNK..end)
}

/// Width and height in the header of a frame, lossy (RFC 6386, 9.1) or lossless (RFC 9649, 3.4).
fn frame_size(kind: &[u8], body: &[u8]) -> Option<(u32, u32)> {
    match kind {
        b"VP8 " => Some((le_u24(body, 6)? & 0x3fff, le_u24(body, 8)? & 0x3fff)),
        b"VP8L" => le_u32(body, 1).map(|sizes| ((sizes & 0x3fff) + 1, (sizes >> 14 & 0x3fff) + 1)),
        _ => None,
    }
}

/// Width and height of the canvas, or of the only frame.
pub(super) fn declared_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let first = all(bytes).next()?;
    let body = bytes.get(first.body.start..)?;
    if first.kind == b"VP8X" { Some((le_u24(body, 4)? + 1, le_u24(body, 7)? + 1)) } else { frame_size(first.kind, body) }
}

/// Refuses what a decoder would believe: chunks beyond the end, frames of another size than the picture's, endless animations.
pub(super) fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    let broken = |detail: &str| DecodeError::Broken { format: Format::WebP, detail: detail.to_owned() };
    let size = declared_size(bytes).ok_or(DecodeError::Truncated { format: Format::WebP })?;
    let fits = |chunk: &Chunk<'_>, size| {
        let body = bytes.get(chunk.body.clone()).unwrap_or_default();
        !matches!(chunk.kind, b"VP8 " | b"VP8L") || frame_size(chunk.kind, body) == Some(size)
    };
    let mut frames = 0;
    for chunk in all(bytes) {
        let body = bytes.get(chunk.body.clone()).ok_or(DecodeError::Truncated { format: Format::WebP })?;
        if !fits(&chunk, size) {
            return Err(broken("its frame has another size than the picture"));
        }
        if chunk.kind != b"ANMF" {
            continue;
        }
        frames += 1;
        // Where it lies, its size, how long it is shown: 16 bytes (RFC 9649, 2.7.1.1).
        let frame = le_u24(body, 6).zip(le_u24(body, 9)).map(|(width, height)| (width + 1, height + 1));
        let frame = frame.ok_or_else(|| broken("a frame has no size"))?;
        let mut inside = chunks(bytes, chunk.body.start + 16..chunk.body.end);
        if inside.any(|inside| inside.body.end > chunk.body.end || !fits(&inside, frame)) {
            return Err(broken("a frame has another size than it says"));
        }
    }
    if frames > MOST_FRAMES {
        return Err(DecodeError::TooManyFrames { format: Format::WebP, frames, limit: MOST_FRAMES });
    }
    Ok(())
}
