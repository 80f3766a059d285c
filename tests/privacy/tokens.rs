//! Pictures with something planted in their metadata: everywhere where cameras, phones and programmes write.

use image::{ExtendedColorType, ImageEncoder as _, ImageFormat};

/// A picture file, and what was planted in it.
pub(crate) struct Planted {
    /// Which, in words.
    pub(crate) name: String,
    pub(crate) file: Vec<u8>,
    pub(crate) tokens: Vec<String>,
}

pub(crate) const WIDTH: u32 = 320;
pub(crate) const HEIGHT: u32 = 240;

/// Places, names and numbers, as cameras and people write them, each with the picture's own number.
const KINDS: [&str; 6] = ["SERIAL", "OWNER", "PLACE", "NOTE", "THUMB", "TIME"];

/// Forty of them: ten of each format, each with other places planted.
pub(crate) fn all() -> Vec<Planted> {
    let mut all = Vec::new();
    for number in 0..10 {
        let tokens = |format: &str| KINDS.map(|kind| format!("{format}{number}-{kind}-Zq{:04}", 7919 * (number + 1) % 10_000));
        let plant = |format: &str, file: Vec<u8>| Planted {
            name: format!("{format} {number}"),
            file,
            tokens: tokens(format).into_iter().collect(),
        };
        all.push(plant("jpeg", jpeg(number, &tokens("jpeg"))));
        all.push(plant("png", png(number, &tokens("png"))));
        all.push(plant("webp", webp(number, &tokens("webp"))));
        all.push(plant("tiff", tiff(number, &tokens("tiff"))));
    }
    // What a file does not hold need not be looked for.
    for planted in &mut all {
        let (file, tokens) = (&planted.file, &mut planted.tokens);
        tokens.retain(|token| contains(file, token.as_bytes()));
    }
    all
}

pub(crate) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A board-like picture, another one for each number.
pub(crate) fn pixels(number: usize) -> Vec<u8> {
    let pixel = |k: usize| {
        let (x, y) = (k % WIDTH as usize, k / WIDTH as usize);
        let part = (x / 24 * 31 + y / 18 * 17 + number * 5) % 11;
        [(40 + part * 18) as u8, (60 + part * 9) as u8, if x % 24 < 3 || y % 18 < 3 { 30 } else { 140 }]
    };
    (0..(WIDTH * HEIGHT) as usize).flat_map(pixel).collect()
}

fn encoded(number: usize, format: ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let (pixels, colour) = (pixels(number), ExtendedColorType::Rgb8);
    match format {
        ImageFormat::Jpeg => {
            image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 92).write_image(&pixels, WIDTH, HEIGHT, colour)
        }
        ImageFormat::Png => image::codecs::png::PngEncoder::new(&mut file).write_image(&pixels, WIDTH, HEIGHT, colour),
        ImageFormat::WebP => {
            image::codecs::webp::WebPEncoder::new_lossless(&mut file).write_image(&pixels, WIDTH, HEIGHT, colour)
        }
        _ => image::codecs::tiff::TiffEncoder::new(&mut file).write_image(&pixels, WIDTH, HEIGHT, colour),
    }
    .unwrap();
    file.into_inner()
}

/// A TIFF directory of these (tag, type, count, bytes) at this offset, and what does not fit into it behind it.
fn directory(offset: usize, next: u32, entries: &[(u16, u16, u32, Vec<u8>)]) -> Vec<u8> {
    let mut table = (entries.len() as u16).to_le_bytes().to_vec();
    let mut heap = Vec::new();
    let heap_at = offset + 2 + 12 * entries.len() + 4;
    for (tag, kind, count, value) in entries {
        table.extend(tag.to_le_bytes());
        table.extend(kind.to_le_bytes());
        table.extend(count.to_le_bytes());
        let mut inline = [0; 4];
        if value.len() <= 4 {
            inline[..value.len()].copy_from_slice(value);
        } else {
            inline = ((heap_at + heap.len()) as u32).to_le_bytes();
            heap.extend(value);
            heap.extend(vec![0; heap.len() % 2]);
        }
        table.extend(inline);
    }
    table.extend(next.to_le_bytes());
    table.extend(heap);
    table
}

fn ascii(tag: u16, text: &str) -> (u16, u16, u32, Vec<u8>) {
    let bytes = [text.as_bytes(), &[0]].concat();
    (tag, 2, bytes.len() as u32, bytes)
}

/// Exif with camera, owner, serial number, time, place and a thumbnail (Exif 2.32, TIFF 6.0).
fn exif([serial, owner, place, note, thumb, time]: &[String; 6]) -> Vec<u8> {
    let thumbnail = jpeg_comment(&encoded(3, ImageFormat::Jpeg), thumb);
    let first_at = 8;
    let long = |tag: u16, value: usize| (tag, 4, 1, (value as u32).to_le_bytes().to_vec());
    // Twice: the first time to learn how long each part is.
    let mut parts: [Vec<u8>; 4] = Default::default();
    for _ in 0..2 {
        let [first, camera, gps, small] = &parts;
        let camera_at = first_at + first.len();
        let (gps_at, small_at) = (camera_at + camera.len(), camera_at + camera.len() + gps.len());
        let picture_at = small_at + small.len();
        parts = [
            directory(
                first_at,
                small_at as u32,
                &[
                    ascii(0x010e, note),
                    ascii(0x010f, "Maker"),
                    ascii(0x0132, time),
                    ascii(0x013b, owner),
                    long(0x8769, camera_at),
                    long(0x8825, gps_at),
                ],
            ),
            directory(camera_at, 0, &[ascii(0x9003, time), ascii(0xa430, owner), ascii(0xa431, serial), ascii(0xa435, serial)]),
            directory(
                gps_at,
                0,
                &[
                    ascii(1, "N"),
                    (2, 5, 3, [59_u32, 1, 19, 1, 3751, 100].iter().flat_map(|v| v.to_le_bytes()).collect()),
                    ascii(0x1b, place),
                ],
            ),
            directory(small_at, 0, &[long(0x0201, picture_at), long(0x0202, thumbnail.len())]),
        ];
    }
    let mut all = b"II*\0\x08\0\0\0".to_vec();
    parts.into_iter().for_each(|part| all.extend(part));
    all.extend(thumbnail);
    all
}

fn xmp([serial, owner, place, ..]: &[String; 6]) -> String {
    format!(
        "<?xpacket begin='\u{feff}' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' \
         dc:creator='{owner}' xmlns:aux='http://ns.adobe.com/exif/1.0/aux/' aux:SerialNumber='{serial}' \
         xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSAreaInformation='{place}'/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &((body.len() + 2) as u16).to_be_bytes(), body].concat()
}

fn jpeg_comment(file: &[u8], text: &str) -> Vec<u8> {
    [&file[..2], &segment(0xfe, text.as_bytes()), &file[2..]].concat()
}

fn jpeg(number: usize, tokens: &[String; 6]) -> Vec<u8> {
    let file = encoded(number, ImageFormat::Jpeg);
    let [serial, owner, place, note, ..] = tokens;
    let iptc = [
        b"Photoshop 3.0\08BIM\x04\x04\0\0".as_slice(),
        &((owner.len() + 5) as u32).to_be_bytes(),
        &[0x1c, 2, 80, 0, owner.len() as u8],
    ]
    .concat();
    let mut segments = Vec::new();
    if number % 5 != 1 {
        segments.push(segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(tokens)].concat()));
    }
    if number.is_multiple_of(2) || number % 5 == 1 {
        segments.push(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", xmp(tokens).as_bytes()].concat()));
    }
    if number.is_multiple_of(3) {
        segments.push(segment(0xed, &[&iptc, owner.as_bytes()].concat()));
    }
    if number % 3 == 1 {
        segments.push(segment(0xfe, note.as_bytes()));
        segments.push(segment(0xec, &[b"Ducky", serial.as_bytes()].concat()));
    }
    // Phones write what they please behind the picture.
    let tail = if number % 4 == 2 { place.as_bytes() } else { &[] };
    [&file[..2], &segments.concat(), &file[2..], tail].concat()
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    [&(body.len() as u32).to_be_bytes()[..], &named, &crc32fast::hash(&named).to_be_bytes()].concat()
}

fn png(number: usize, tokens: &[String; 6]) -> Vec<u8> {
    let file = encoded(number, ImageFormat::Png);
    let [serial, owner, place, note, _, time] = tokens;
    let mut chunks = vec![chunk(b"tEXt", &[b"Author\0", owner.as_bytes()].concat())];
    if number.is_multiple_of(2) {
        chunks.push(chunk(b"eXIf", &exif(tokens)));
    }
    if !number.is_multiple_of(3) {
        chunks.push(chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", xmp(tokens).as_bytes()].concat()));
    }
    chunks.push(chunk(b"tEXt", &[b"Creation Time\0", time.as_bytes()].concat()));
    chunks.push(chunk(b"prVt", &[serial.as_bytes(), note.as_bytes()].concat()));
    let tail = if number % 4 == 1 { place.as_bytes() } else { &[] };
    // Behind the header of 8 + 25 bytes.
    [&file[..33], &chunks.concat(), &file[33..], tail].concat()
}

fn webp(number: usize, tokens: &[String; 6]) -> Vec<u8> {
    let file = encoded(number, ImageFormat::WebP);
    let riff = |name: &[u8; 4], body: &[u8]| {
        [name.as_slice(), &(body.len() as u32).to_le_bytes(), body, &vec![0; body.len() % 2]].concat()
    };
    let side = |px: u32| (px - 1).to_le_bytes()[..3].to_vec();
    let flags = [0b0000_1100, 0, 0, 0];
    let mut body = riff(b"VP8X", &[&flags[..], &side(WIDTH), &side(HEIGHT)].concat());
    body.extend(&file[12..]);
    body.extend(riff(b"EXIF", &exif(tokens)));
    body.extend(riff(b"XMP ", xmp(tokens).as_bytes()));
    if number % 2 == 1 {
        body.extend(riff(b"JUNK", tokens[3].as_bytes()));
    }
    [b"RIFF".as_slice(), &((body.len() + 4) as u32).to_le_bytes(), b"WEBP", &body].concat()
}

fn tiff(number: usize, tokens: &[String; 6]) -> Vec<u8> {
    let [serial, owner, place, note, thumb, time] = tokens;
    let pixels = pixels(number);
    let at = 8 + pixels.len();
    let short = |tag: u16, values: &[u16]| (tag, 3, values.len() as u32, values.iter().flat_map(|v| v.to_le_bytes()).collect());
    let long = |tag: u16, value: u32| (tag, 4, 1, value.to_le_bytes().to_vec());
    let bytes = |tag: u16, kind: u16, value: &[u8]| (tag, kind, value.len() as u32, value.to_vec());
    let mut entries = vec![
        short(256, &[WIDTH as u16]),
        short(257, &[HEIGHT as u16]),
        short(258, &[8, 8, 8]),
        short(259, &[1]),
        short(262, &[2]),
        ascii(270, note),
        ascii(271, place),
        long(273, 8),
        short(277, &[3]),
        short(278, &[HEIGHT as u16]),
        long(279, pixels.len() as u32),
        ascii(305, serial),
        ascii(306, time),
        ascii(315, owner),
    ];
    if number.is_multiple_of(2) {
        entries.push(bytes(700, 1, xmp(tokens).as_bytes()));
    }
    if number.is_multiple_of(3) {
        entries.push(bytes(0x8649, 1, thumb.as_bytes()));
    }
    [b"II*\0", &(at as u32).to_le_bytes()[..], &pixels, &directory(at, 0, &entries)].concat()
}
