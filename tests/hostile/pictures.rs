//! Pictures, and the EXIF blocks in them.

use std::io::Cursor;
use std::sync::LazyLock;

use boardwatch::vision::{decode, has_only_pixels, probe, stated_size};
use image::{DynamicImage, ImageFormat, RgbaImage};

use super::{Parser, refused};

const FORMATS: [ImageFormat; 4] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff, ImageFormat::WebP];

pub(crate) static PICTURES: Parser = Parser {
    files: LazyLock::new(|| {
        let plain = FORMATS.into_iter().flat_map(|format| [(24, 16), (7, 33)].map(|size| drawn(format, size)));
        let held = [with_exif_jpeg(&exif(6)), with_exif_png(&exif(3)), with_exif_webp(&exif(8))];
        plain.chain(held).chain(packed_tiffs()).collect()
    }),
    words: &[
        b"IHDR",
        b"IDAT",
        b"IEND",
        b"PLTE",
        b"tRNS",
        b"acTL",
        b"fcTL",
        b"zTXt",
        b"iCCP",
        b"eXIf",
        b"\xff\xd8",
        b"\xff\xd9",
        b"\xff\xda",
        b"\xff\xc0",
        b"\xff\xc2",
        b"\xff\xc4",
        b"\xff\xdb",
        b"\xff\xdd",
        b"\xff\xd0",
        b"\xff\xee\0\x0eAdobe",
        b"RIFF",
        b"WEBP",
        b"VP8 ",
        b"VP8L",
        b"VP8X",
        b"ANMF",
        b"ANIM",
        b"ALPH",
        b"EXIF",
        b"\x9d\x01\x2a",
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"\x03\x01\x03\0",
        b"\x11\x01\x04\0",
        b"\x17\x01\x04\0",
        b"\x42\x01\x03\0",
        b"\x44\x01\x04\0",
    ],
    sealed: Some(fitting_png),
    read: |bytes| {
        _ = (stated_size(bytes), has_only_pixels(bytes));
        let header = probe(bytes);
        match decode(bytes) {
            Ok(picture) if picture.rgb.len() != picture.width * picture.height * 3 => {
                Err(format!("{} bytes for {} × {} pixels", picture.rgb.len(), picture.width, picture.height))
            }
            Ok(picture) => match header {
                Ok(header) if (header.width as usize, header.height as usize) == (picture.width, picture.height) => Ok("read"),
                other => Err(format!("decoded, and its header is {other:?}")),
            },
            Err(error) => refused(&error),
        }
    },
};

/// A block alone, put into each format that has one: the same orientation comes of it, and it costs nobody the picture.
pub(crate) static EXIF: Parser = Parser {
    files: LazyLock::new(|| (1..=8).map(exif).chain([exif(6).into_iter().chain([0; 40]).collect()]).collect()),
    words: &[
        b"II*\0",
        b"MM\0*",
        b"\x12\x01\x03\0",
        b"\x01\x12\0\x03",
        b"\x69\x87\x04\0",
        b"Exif\0\0",
        b"\x08\0\0\0",
        b"\0\0\0\x08",
    ],
    sealed: None,
    read: |block| {
        // A JPEG segment holds no more.
        let block = &block[..block.len().min(65_000)];
        // One has the mark before its block always, the others by mistake.
        let marked = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        let files = [with_exif_jpeg(marked), with_exif_png(block), with_exif_webp(block)];
        let mut seen = Vec::new();
        for file in &files {
            let header = probe(file).map_err(|error| format!("a block costs the picture: {error}"))?;
            seen.push((header.width, header.height));
        }
        match seen[..] {
            [a, b, c] if a == b && b == c && (a == (24, 16) || a == (16, 24)) => {
                Ok(if block.len() < 26 { "refused" } else { "read" })
            }
            _ => Err(format!("the same block is read in different ways: {seen:?}")),
        }
    },
};

pub(crate) fn drawn(format: ImageFormat, (width, height): (u32, u32)) -> Vec<u8> {
    let shade = |place: u32| (place.wrapping_mul(2_654_435_761) >> 24) as u8 | 1;
    let rgba = RgbaImage::from_fn(width, height, |x, y| {
        image::Rgba([shade(x / 4 + 9 * (y / 4)), shade(x), shade(y), 255 - (x as u8 & 3)])
    });
    let picture = DynamicImage::from(rgba);
    // JPEG knows no alpha.
    encoded(&if format == ImageFormat::Jpeg { picture.to_rgb8().into() } else { picture }, format)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture in memory can be written");
    file.into_inner()
}

/// A little-endian block with an orientation and a date.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([orientation, 0, 0, 0]);
    block.extend(b"\x32\x01\x02\0\x14\0\0\0\x26\0\0\0\0\0\0\0");
    block.extend(b"2026:11:27 12:00:00\0");
    block
}

fn with_exif_jpeg(block: &[u8]) -> Vec<u8> {
    let jpeg = drawn(ImageFormat::Jpeg, (24, 16));
    let length = (block.len() as u16 + 8).to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", block, &jpeg[2..]].concat()
}

fn with_exif_png(block: &[u8]) -> Vec<u8> {
    let png = drawn(ImageFormat::Png, (24, 16));
    let chunk = [b"eXIf", block].concat();
    let sum = crc32fast::hash(&chunk).to_be_bytes();
    [&png[..33], &(block.len() as u32).to_be_bytes(), &chunk, &sum, &png[33..]].concat()
}

/// The extended form: `VP8X` says that there is a block, and it stands behind the frame.
fn with_exif_webp(block: &[u8]) -> Vec<u8> {
    let webp = drawn(ImageFormat::WebP, (24, 16));
    let frame = webp[12..].to_vec();
    let length = (block.len() as u32).to_le_bytes();
    let padding = vec![0; block.len() % 2];
    let body = [b"WEBPVP8X\x0a\0\0\0\x18\0\0\0\x17\0\0\x0f\0\0", &frame[..], b"EXIF", &length, block, &padding].concat();
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

/// TIFF files of 16 × 8 grey pixels in one strip, as packed by others: deflate, LZW-like codes are not made here, PackBits, tiles.
fn packed_tiffs() -> Vec<Vec<u8>> {
    let grey: Vec<u8> = (0..128).collect();
    let runs: Vec<u8> = grey.chunks(16).flat_map(|row| [&[15][..], row].concat()).collect();
    [(1, grey.clone()), (8, miniz_oxide::deflate::compress_to_vec_zlib(&grey, 6)), (32_773, runs)]
        .map(|(compression, strip)| {
            tiff(&[(256, 16), (257, 8), (258, 8), (259, compression), (262, 1), (277, 1), (278, 8)], &strip)
        })
        .to_vec()
}

/// A little-endian TIFF with these short values and one strip.
pub(crate) fn tiff(values: &[(u16, u32)], strip: &[u8]) -> Vec<u8> {
    let mut entries: Vec<(u16, u32)> = values.to_vec();
    entries.extend([(273, 8), (279, strip.len() as u32)]);
    entries.sort_unstable();
    let directory = 8 + strip.len() as u32;
    let mut file = [b"II*\0", &directory.to_le_bytes()[..], strip].concat();
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend([4, 0, 1, 0, 0, 0]);
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file
}

/// Makes the checksum of each chunk fit.
fn fitting_png(bytes: &mut [u8]) {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return;
    }
    let mut at = 8;
    while let Some(length) = bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes) {
        let end = at.saturating_add(8).saturating_add(length as usize);
        let Some(chunk) = bytes.get(at + 4..end) else { return };
        let sum = crc32fast::hash(chunk).to_be_bytes();
        let Some(place) = bytes.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum);
        at = end + 4;
    }
}
