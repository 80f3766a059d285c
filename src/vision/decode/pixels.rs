//! Does a file hold anything but a picture?

use super::chunks::chunks;
use super::complete::jpeg_segments;
use super::format::{Format, recognise};

/// True when a JPEG or PNG file holds what is needed to draw it and nothing else: no EXIF, no comment, no thumbnail, nothing behind its end.
#[must_use]
pub fn has_only_pixels(bytes: &[u8]) -> bool {
    match recognise(bytes) {
        Ok(Format::Jpeg) => jpeg(bytes),
        Ok(Format::Png) => png(bytes),
        _ => false,
    }
}

fn jpeg(bytes: &[u8]) -> bool {
    /// Version, units, density and no thumbnail.
    const JFIF_BYTES: usize = 14;
    let mut ends_at = None;
    for segment in jpeg_segments(bytes) {
        let body = bytes.get(segment.body.clone()).unwrap_or_default();
        let needed = match segment.marker {
            // Frames, tables, scans, restarts.
            0xc0..=0xcf | 0xd0..=0xd7 | 0xda..=0xdd => true,
            0xd9 => {
                ends_at = Some(segment.body.end);
                true
            }
            // JFIF, and how Adobe says which colours there are.
            0xe0 => body.starts_with(b"JFIF\0") && body.len() == JFIF_BYTES,
            0xee => body.starts_with(b"Adobe") && body.len() == 12,
            0x00 | 0x01 => true,
            _ => false,
        };
        if !needed {
            return false;
        }
    }
    ends_at == Some(bytes.len())
}

fn png(bytes: &[u8]) -> bool {
    const NEEDED: [&[u8; 4]; 9] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT"];
    let mut chunks = chunks(bytes);
    let ends_at = loop {
        match chunks.next() {
            Some(chunk) if !NEEDED.iter().any(|needed| *needed == chunk.kind) => return false,
            Some(chunk) if chunk.kind == b"IEND" => break chunk.end,
            Some(_) => {}
            None => return false,
        }
    };
    ends_at == bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::{Picture, to_jpeg, to_png};

    #[test]
    fn what_is_made_here_holds_pixels_and_everything_else_is_seen() {
        let picture = Picture { width: 20, height: 16, rgb: (0..960).map(|v| (v * 7 % 251) as u8).collect() };
        let (jpeg, png) = (to_jpeg(&picture).unwrap(), to_png(&picture).unwrap());
        assert!(has_only_pixels(&jpeg) && has_only_pixels(&png));
        let segment = |marker: u8, body: &[u8]| {
            let mut with = jpeg[..2].to_vec();
            with.extend([0xff, marker]);
            with.extend((body.len() as u16 + 2).to_be_bytes());
            with.extend(body);
            with.extend(&jpeg[2..]);
            with
        };
        for (marker, body) in [
            (0xe1, &b"Exif\0\0MM"[..]),
            (0xfe, b"taken at home"),
            (0xe0, b"JFXX\0\x10"),
            (0xed, b"Photoshop"),
            (0xe2, b"ICC_PROFILE\0"),
        ] {
            assert!(!has_only_pixels(&segment(marker, body)), "{marker:x}");
        }
        let mut text = png[..33].to_vec();
        text.extend(4_u32.to_be_bytes());
        text.extend(b"tEXta\0bc");
        text.extend([0; 4]);
        text.extend(&png[33..]);
        assert!(!has_only_pixels(&text));
        for file in [&jpeg, &png] {
            assert!(!has_only_pixels(&[&file[..], b"behind"].concat()));
            assert!(!has_only_pixels(&file[..file.len() - 1]));
        }
        assert!(!has_only_pixels(b"RIFF") && !has_only_pixels(b""));
    }
}
