//! Pictures made to fill a memory or to take forever. None is larger than a few megabytes, but for one.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use miniz_oxide::deflate::core::CompressorOxide;
use miniz_oxide::deflate::stream::deflate;
use miniz_oxide::{DataFormat, MZFlush};

/// A file that means harm.
pub(crate) struct Bomb {
    /// What it is.
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// A part of the sentence that refuses it; `None` for a fair picture, which is read.
    pub(crate) refused: Option<&'static str>,
}

impl Bomb {
    const fn new(name: &'static str, bytes: Vec<u8>, refused: Option<&'static str>) -> Self {
        Self { name, bytes, refused }
    }

    /// The ending of its name, as a sender would choose it.
    pub(crate) fn ending(&self) -> &'static str {
        match self.bytes.get(..4) {
            Some([0xff, 0xd8, ..]) => "jpg",
            Some(b"\x89PNG") => "png",
            Some(b"RIFF") => "webp",
            _ => "tif",
        }
    }
}

const GIB: usize = 1 << 30;

/// Every kind that anybody has thought of.
pub(crate) fn bombs() -> Vec<Bomb> {
    let gib = zeros(GIB);
    [pngs(&gib), webps(), tiffs(&gib), jpegs()].into_iter().flatten().collect()
}

fn pngs(gib: &[u8]) -> Vec<Bomb> {
    let side = 20_000_usize;
    let large = |side: u32, data: &[u8]| png(&[(b"IHDR", &ihdr(side, side, 0)), (b"IDAT", data), (b"IEND", b"")]);
    let text = |kind: &'static [u8; 4], before: &[u8]| [(kind, [before, gib].concat())];
    let ignored = |name, chunks: [(&'static [u8; 4], Vec<u8>); 1]| Bomb::new(name, fair_png_with(&chunks), None);
    let mut claimed = fair_png_with(&[]);
    claimed.splice(33..33, [&0x7fff_fff0_u32.to_be_bytes()[..], b"zTXtComment\0\0"].concat());
    let frame = |number: u32| [&number.to_be_bytes()[..], &[0, 0, 0, 24, 0, 0, 0, 16], &[0; 14]].concat();
    let frames: Vec<(&[u8; 4], Vec<u8>)> = (0..10_000).map(|number| (b"fcTL", frame(number))).collect();
    let loops = exif_in_circles(8 << 20);
    vec![
        Bomb::new("a PNG of 20,000 × 20,000 pixels in 389 kB", large(20_000, &zeros(side * (side + 1))), Some("400 megapixels")),
        Bomb::new("a PNG of 2^31 - 1 pixels a side", large(0x7fff_ffff, &zeros(100)), Some("32767 a side")),
        Bomb::new("a PNG that claims 100 megapixels and has none", large(10_000, &zeros(100)), Some("nothing in it")),
        ignored("a PNG with a text of 1 GiB", text(b"zTXt", b"Comment\0\0")),
        ignored("a PNG with an international text of 1 GiB", text(b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0")),
        ignored("a PNG with a profile of 1 GiB", text(b"iCCP", b"icc\0\0")),
        ignored("a PNG with 8 MB of EXIF in circles", [(b"eXIf", loops)]),
        Bomb::new("a PNG whose text claims 2 GiB", claimed, Some("cut off")),
        Bomb::new("an animated PNG of 10,000 frames", fair_png_with(&frames), Some("10000 pictures")),
    ]
}

fn webps() -> Vec<Bomb> {
    let fair = fair(ImageFormat::WebP);
    let frame = &fair[12..];
    let extended = |flags: u8, width: u32, height: u32, chunks: &[u8]| {
        let [w, h] = [width, height].map(|side| (side - 1).to_le_bytes());
        let body = [b"WEBPVP8X\x0a\0\0\0", &[flags, 0, 0, 0][..], &w[..3], &h[..3], chunks].concat();
        [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
    };
    let animated = [&[0; 6][..], &[23, 0, 0, 15, 0, 0, 0, 0, 0, 0], frame].concat();
    let one = [b"ANMF", &(animated.len() as u32).to_le_bytes()[..], &animated].concat();
    let animation = [b"ANIM\x06\0\0\0\0\0\0\0\0\0".to_vec(), one.repeat(10_000)].concat();
    let lossy = [b"VP8 \x14\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\xff\x3f", &[0; 10][..]].concat();
    // 0x2f, then 14 bits of width - 1 and of height - 1.
    let flat = [b"RIFF\x1c\0\0\0WEBPVP8L\x10\0\0\0\x2f".to_vec(), (9_999_u32 | 9_999 << 14).to_le_bytes().to_vec(), vec![0; 11]]
        .concat();
    let claimed = [frame, b"EXIF\xf0\xff\xff\xffMM\0*"].concat();
    vec![
        Bomb::new("an animated WebP of 10,000 frames", extended(0x02, 24, 16, &animation), Some("10000 pictures")),
        Bomb::new("a WebP whose EXIF claims 4 GiB", extended(0x08, 24, 16, &claimed), Some("cut off")),
        Bomb::new("a WebP of 24 × 16 pixels with a frame of 16,383 × 16,383", extended(0, 24, 16, &lossy), Some("another size")),
        Bomb::new("a WebP of 100 megapixels in 36 bytes", flat, Some("nothing in it")),
    ]
}

fn tiffs(gib: &[u8]) -> Vec<Bomb> {
    let grey = [(256, 100), (257, 100), (258, 8), (259, 1), (262, 1), (277, 1), (278, 100)];
    let with = |changes: &[(u16, u32)], strip: &[u8], count: u32, next: u32| {
        let mut entries: Vec<(u16, u32, u32)> = grey.iter().map(|(tag, value)| (*tag, 1, *value)).collect();
        entries.extend([(273, 1, 8), (279, 1, strip.len() as u32)]);
        for (tag, value) in changes {
            entries.retain(|(here, ..)| here != tag);
            entries.push((*tag, if *tag == 258 { count } else { 1 }, *value));
        }
        tiff(entries, strip, next)
    };
    let strip = [90; 10_000];
    let jpeg = claiming_jpeg(16_000, 16_000);
    let here = |strip: &[u8]| 8 + strip.len() as u32;
    vec![
        Bomb::new("a TIFF whose directories lead in a circle", with(&[], &strip, 1, here(&strip)), Some("in circles")),
        Bomb::new("a TIFF with a strip of 4 GiB", with(&[(279, 0xffff_fff0)], &strip, 1, 0), Some("cut off")),
        Bomb::new("a TIFF with 4,000 million values in a tag", with(&[(258, 8)], &strip, 0xffff_ffff, 0), Some("TIFF file")),
        Bomb::new("a TIFF with 65,535 values in a pixel", with(&[(277, 65_535), (262, 2)], &strip, 1, 0), Some("16 values")),
        Bomb::new(
            "a TIFF with a tile of 2^31 pixels a side",
            with(&[(322, 0x8000_0000), (323, 0x8000_0000)], &strip, 1, 0),
            Some("a tile"),
        ),
        Bomb::new(
            "a TIFF with a JPEG of 256 megapixels in 100 × 100",
            with(&[(259, 7)], &jpeg, 1, 0),
            Some("larger than its place"),
        ),
        Bomb::new(
            "a TIFF of 100 megapixels in a kB",
            with(&[(256, 10_000), (257, 10_000)], &[0; 900], 1, 0),
            Some("nothing in it"),
        ),
        Bomb::new("a TIFF whose strip unfolds to 1 GiB", with(&[(259, 8)], gib, 1, 0), None),
    ]
}

fn jpegs() -> Vec<Bomb> {
    let fair = fair(ImageFormat::Jpeg);
    let segment = |marker: u8, body: &[u8]| [&[0xff, marker][..], &(body.len() as u16 + 2).to_be_bytes(), body].concat();
    let with = |segments: &[u8]| [&fair[..2], segments, &fair[2..]].concat();
    let scan = fair.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap_or(0);
    let end = fair.len() - 2;
    let scans = [&fair[..end], &fair[scan..end].repeat(30_000), &fair[end..]].concat();
    let restarts = [&fair[..end], &[0xff, 0xd0, 0xff, 0xd1].repeat(1 << 20), &fair[end..]].concat();
    let two = [&fair[..scan], &segment(0xc0, &[8, 0x7f, 0xff, 0x0e, 0x4c, 1, 1, 0x11, 0]), &fair[scan..]].concat();
    let loops = [b"Exif\0\0".to_vec(), exif_in_circles(64_000)].concat();
    let notes: Vec<u8> = (0..1000_u32).flat_map(|n| segment(0xe1 + (n % 13) as u8, &[b'x'; 65_000])).collect();
    let profiles: Vec<u8> =
        (0..255).flat_map(|n| segment(0xe2, &[b"ICC_PROFILE\0", &[n, 255][..], &[7; 60_000]].concat())).collect();
    vec![
        Bomb::new("a JPEG of 65,500 × 65,500 pixels", claiming_jpeg(65_500, 65_500), Some("32767 a side")),
        Bomb::new("a JPEG of 118 megapixels in some bytes", claiming_jpeg(10_900, 10_900), Some("nothing in it")),
        Bomb::new("a JPEG with 30,000 scans", scans, Some("scans")),
        Bomb::new("a JPEG with two sizes", two, Some("two sizes")),
        Bomb::new("a JPEG with two million empty restart intervals", restarts, None),
        Bomb::new("a JPEG with a thousand notes of 65 kB", with(&notes), None),
        Bomb::new("a JPEG with a profile in 255 pieces", with(&profiles), None),
        Bomb::new("a JPEG with EXIF in circles", with(&segment(0xe1, &loops)), None),
    ]
}

/// A small picture that anybody may have made.
fn fair(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(24, 16, |x, y| image::Rgb([(x * 9) as u8, (y * 13) as u8, (x * y) as u8]));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture in memory can be written");
    file.into_inner()
}

fn claiming_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = fair(ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame header");
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

/// The header of a PNG with 8 bits per value.
fn ihdr(width: u32, height: u32, colours: u8) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, colours, 0, 0, 0]].concat()
}

fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, body) in chunks {
        let start = file.len() + 4;
        file.extend((body.len() as u32).to_be_bytes());
        file.extend(*kind);
        file.extend(*body);
        file.extend(crc32fast::hash(&file[start..]).to_be_bytes());
    }
    file
}

/// A small picture with more chunks between its header and its pixels.
fn fair_png_with(more: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let rows: Vec<u8> = (0..16).flat_map(|y| std::iter::once(0).chain((0..72_u8).map(move |x| x.wrapping_mul(y)))).collect();
    let pixels = miniz_oxide::deflate::compress_to_vec_zlib(&rows, 6);
    let header = ihdr(24, 16, 2);
    let mut chunks: Vec<(&[u8; 4], &[u8])> = vec![(b"IHDR", &header)];
    chunks.extend(more.iter().map(|(kind, body)| (*kind, &body[..])));
    chunks.extend([(b"IDAT", &pixels[..]), (b"IEND", &[])]);
    png(&chunks)
}

/// So many zeros, packed by zlib, a megabyte at a time.
fn zeros(count: usize) -> Vec<u8> {
    let mut packer = CompressorOxide::default();
    packer.set_format_and_level(DataFormat::Zlib, 9);
    let (plain, mut room, mut packed) = (vec![0; 1 << 20], vec![0; 1 << 16], Vec::new());
    let mut left = count;
    loop {
        let now = left.min(plain.len());
        let flush = if left == now { MZFlush::Finish } else { MZFlush::None };
        let step = deflate(&mut packer, &plain[..now], &mut room, flush);
        left -= step.bytes_consumed;
        packed.extend(&room[..step.bytes_written]);
        match step.status {
            Ok(miniz_oxide::MZStatus::StreamEnd) => return packed,
            Ok(_) => {}
            Err(error) => panic!("zeros can't be packed: {error:?}"),
        }
    }
}

/// An EXIF block whose directories name each other and themselves, with as many entries as fit.
fn exif_in_circles(bytes: usize) -> Vec<u8> {
    let count = (bytes / 12).min(65_535) as u16;
    let mut block = b"II*\0\x08\0\0\0".to_vec();
    block.extend(count.to_le_bytes());
    for _ in 0..count {
        // The place of a further directory: this one.
        block.extend(b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0");
    }
    block.extend(8_u32.to_le_bytes());
    block.resize(bytes, 0);
    block
}

/// A little-endian TIFF of entries (tag, count, value) with one strip at 8; `next` is where its next directory is.
fn tiff(mut entries: Vec<(u16, u32, u32)>, strip: &[u8], next: u32) -> Vec<u8> {
    entries.sort_unstable();
    let mut file = [b"II*\0", &(8 + strip.len() as u32).to_le_bytes()[..], strip].concat();
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, count, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(4_u16.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend(next.to_le_bytes());
    file
}
