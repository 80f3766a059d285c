//! Is the file whole? Decoders are lenient: a cut JPEG comes out half grey, and a grey half would be compared.

use std::ops::Range;

use super::{DecodeError, Format};

/// Passes over the picture in a progressive JPEG. Cameras make one, encoders about ten; thousands are a way to burn time.
const MOST_SCANS: usize = 100;

/// Walks the container to its end marker. TIFF has none: there a missing strip shows when it is read.
pub(super) fn check(format: Format, bytes: &[u8]) -> Result<(), DecodeError> {
    let whole = match format {
        Format::Jpeg => jpeg(bytes)?,
        Format::Png => png(bytes),
        Format::WebP => riff(bytes),
        Format::Tiff => true,
    };
    if whole { Ok(()) } else { Err(DecodeError::Truncated { format }) }
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

fn jpeg(bytes: &[u8]) -> Result<bool, DecodeError> {
    let (mut scans, mut ended) = (0, false);
    for segment in jpeg_segments(bytes) {
        scans += usize::from(segment.marker == 0xda);
        ended |= segment.marker == 0xd9;
        if scans > MOST_SCANS {
            let detail = format!("it has more than {MOST_SCANS} scans");
            return Err(DecodeError::Broken { format: Format::Jpeg, detail });
        }
    }
    Ok(ended && scans > 0)
}

fn png(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let (Some(length), Some(kind)) = (be_u32(bytes, at), bytes.get(at + 4..at + 8)) {
        let Some(end) = at.checked_add(length as usize + 12).filter(|end| *end <= bytes.len()) else { return false };
        if kind == b"IEND" {
            return true;
        }
        at = end;
    }
    false
}

fn riff(bytes: &[u8]) -> bool {
    let size = bytes.get(4..8).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    size.is_some_and(|size| size as usize <= bytes.len() - 8)
}

pub(super) fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_be_bytes)
}

pub(super) fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}
