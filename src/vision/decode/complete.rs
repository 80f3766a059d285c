//! Is the file whole? Decoders are lenient: a cut JPEG comes out half grey, and a grey half would be compared.

use std::ops::Range;

use super::chunks::chunks;
use super::{DecodeError, Format, MOST_FRAMES, MOST_SCANS, directory, frames};

/// Walks the container to its end, decodes nothing, and refuses what would take a decoder more time or memory than a picture of this size
/// has any need of.
pub(super) fn check(format: Format, bytes: &[u8]) -> Result<(), DecodeError> {
    let whole = match format {
        Format::Jpeg => jpeg(bytes)?,
        Format::Png => png(bytes)?,
        Format::WebP => riff(bytes),
        Format::Tiff => true,
    };
    match format {
        _ if !whole => Err(DecodeError::Truncated { format }),
        Format::WebP => frames::check(bytes),
        Format::Tiff => directory::check(bytes),
        Format::Jpeg | Format::Png => Ok(()),
    }
}

/// One marker of a JPEG file (ITU-T T.81, annex B) and the bytes that belong to it.
pub(super) struct Segment {
    pub(super) marker: u8,
    pub(super) body: Range<usize>,
}

/// The segments from the start of the image to its end marker or to where the file breaks off. Entropy-coded data is
/// skipped: in it a 0xff is followed by 0 or by a restart marker.
pub(super) fn jpeg_segments(bytes: &[u8]) -> impl Iterator<Item = Segment> + '_ {
    let mut at = 2;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        while bytes.get(at).is_some_and(|byte| *byte != 0xff) || bytes.get(at + 1).is_some_and(|next| *next == 0xff) {
            at += 1;
        }
        let marker = *bytes.get(at + 1)?;
        at += 2;
        let start = at;
        match marker {
            0xd9 => ended = true,
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            _ => {
                at += usize::from(be_u16(bytes, at)?).max(2);
                bytes.get(..at)?;
            }
        }
        let body = if at > start { start + 2..at } else { at..at };
        Some(Segment { marker, body })
    })
}

/// Width and height in each frame header of a JPEG file; a picture has one.
pub(super) fn jpeg_frames(bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    jpeg_segments(bytes).filter_map(|segment| {
        let is_frame = matches!(segment.marker, 0xc0..=0xcf) && !matches!(segment.marker, 0xc4 | 0xc8 | 0xcc);
        let body = bytes.get(segment.body)?;
        is_frame.then_some((u32::from(be_u16(body, 3)?), u32::from(be_u16(body, 1)?)))
    })
}

fn jpeg(bytes: &[u8]) -> Result<bool, DecodeError> {
    let broken = |detail: String| Err(DecodeError::Broken { format: Format::Jpeg, detail });
    let (mut scans, mut ended) = (0, false);
    for segment in jpeg_segments(bytes) {
        scans += usize::from(segment.marker == 0xda);
        ended |= segment.marker == 0xd9;
        if scans > MOST_SCANS {
            return broken(format!("it has more than {MOST_SCANS} scans"));
        }
    }
    if jpeg_frames(bytes).nth(1).is_some() {
        return broken("it has two sizes".to_owned());
    }
    Ok(ended && scans > 0)
}

fn png(bytes: &[u8]) -> Result<bool, DecodeError> {
    let (mut frames, mut ended) = (0, false);
    for chunk in chunks(bytes) {
        frames += usize::from(chunk.kind == b"fcTL");
        ended |= chunk.kind == b"IEND";
    }
    if frames > MOST_FRAMES {
        return Err(DecodeError::TooManyFrames { format: Format::Png, frames, limit: MOST_FRAMES });
    }
    Ok(ended)
}

fn riff(bytes: &[u8]) -> bool {
    le_u32(bytes, 4).is_some_and(|size| size as usize <= bytes.len() - 8)
}

pub(super) fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_be_bytes)
}

pub(super) fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}

pub(super) fn le_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

pub(super) fn le_u24(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at.checked_add(3)?)?;
    Some(three.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}
