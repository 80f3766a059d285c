use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

/// Wide, and different in each corner, so that no two orientations look alike.
fn corners() -> RgbImage {
    let colour = |right: bool, low: bool| match (right, low) {
        (false, false) => Rgb([220, 20, 20]),
        (true, false) => Rgb([20, 220, 20]),
        (false, true) => Rgb([20, 20, 220]),
        (true, true) => Rgb([200, 200, 200]),
    };
    RgbImage::from_fn(48, 32, |x, y| colour(x >= 24, y >= 16))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A little-endian EXIF segment with nothing but tag 0x0112, put right after the start of the image.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend((exif.len() as u16 + 2).to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// The channel that stands out in a corner: 0, 1, 2, or 3 for grey.
fn corner(picture: &Picture, right: bool, low: bool) -> usize {
    let p = picture.at(if right { picture.width - 6 } else { 5 }, if low { picture.height - 6 } else { 5 });
    (0..3).find(|&c| (0..3).all(|d| d == c || p[c].saturating_sub(p[d]) > 80)).unwrap_or(3)
}

#[test]
fn every_orientation_comes_out_upright() {
    // Corners clockwise from the top left, by EXIF 2.3, tag 0x0112: where row 0 and column 0 of the file are seen.
    let expected =
        [[0, 1, 3, 2], [1, 0, 2, 3], [3, 2, 0, 1], [2, 3, 1, 0], [0, 2, 3, 1], [2, 0, 1, 3], [3, 1, 0, 2], [1, 3, 2, 0]];
    let jpeg = encoded(&corners().into(), ImageFormat::Jpeg);
    for (orientation, expected) in (1..=8).zip(expected) {
        let bytes = with_orientation(&jpeg, orientation);
        let picture = decode(&bytes).unwrap();
        let seen = [(false, false), (true, false), (true, true), (false, true)].map(|(r, l)| corner(&picture, r, l));
        assert_eq!(seen, expected, "orientation {orientation}");
        let header = probe(&bytes).unwrap();
        assert_eq!((header.width as usize, header.height as usize), (picture.width, picture.height));
        assert_eq!(header.format, Format::Jpeg);
    }
}

#[test]
fn every_format_keeps_its_pixels() {
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff] {
        let picture = decode(&encoded(&corners().into(), format)).unwrap();
        assert_eq!(picture.rgb, corners().into_raw(), "{format:?}");
    }
}

#[test]
fn sixteen_bits_grey_and_alpha_become_plain_rgb() {
    let deep = ImageBuffer::<Rgb<u16>, _>::from_pixel(5, 4, Rgb([0xffff, 0x8080, 0x0000]));
    assert_eq!(decode(&encoded(&deep.clone().into(), ImageFormat::Png)).unwrap().at(2, 2), [255, 128, 0]);
    assert_eq!(decode(&encoded(&deep.into(), ImageFormat::Tiff)).unwrap().at(2, 2), [255, 128, 0]);
    let grey = GrayImage::from_pixel(5, 4, Luma([77]));
    assert_eq!(decode(&encoded(&grey.into(), ImageFormat::Png)).unwrap().at(0, 3), [77, 77, 77]);
    let glass = RgbaImage::from_fn(4, 4, |x, _| Rgba([100, 0, 50, if x < 2 { 0 } else { 127 }]));
    let picture = decode(&encoded(&glass.into(), ImageFormat::Png)).unwrap();
    assert_eq!(picture.at(0, 0), [255, 255, 255]);
    assert_eq!(picture.at(3, 0), [178, 128, 153]);
}

#[test]
fn what_is_no_picture_is_called_by_its_name() {
    let unsupported = |name| Err(DecodeError::Unsupported { name });
    assert_eq!(decode(b""), Err(DecodeError::Empty));
    assert_eq!(decode(b"Dear diary, this is not a photo.\n"), Err(DecodeError::NotAPicture));
    assert_eq!(decode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), unsupported("HEIC"));
    assert_eq!(decode(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"), unsupported("AVIF"));
    assert_eq!(decode(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"), unsupported("AVIF"));
    assert_eq!(decode(b"GIF89a\x01\0\x01\0"), unsupported("GIF"));
    assert_eq!(decode(b"BM\x46\0\0\0\0\0\0\0\x36\0"), unsupported("BMP"));
    assert!(DecodeError::Unsupported { name: "HEIC" }.to_string().contains("HEIC"));
}

#[test]
fn a_file_that_was_cut_off_is_an_error_wherever_it_was_cut() {
    let formats = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff];
    for (format, name) in formats.into_iter().zip([Format::Jpeg, Format::Png, Format::WebP, Format::Tiff]) {
        let bytes = encoded(&corners().into(), format);
        for keep in [bytes.len() - 1, bytes.len() - 2, bytes.len() * 3 / 4, bytes.len() / 2, 40] {
            let cut = decode(&bytes[..keep]);
            assert!(cut.is_err(), "{format:?} cut to {keep} of {}", bytes.len());
            if format != ImageFormat::Tiff {
                assert_eq!(cut, Err(DecodeError::Truncated { format: name }), "{format:?} cut to {keep}");
            }
        }
    }
}

#[test]
fn a_thumbnail_inside_does_not_stand_in_for_the_end() {
    let thumbnail = encoded(&corners().into(), ImageFormat::Jpeg);
    let mut bytes = thumbnail[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend((thumbnail.len() as u16 + 2).to_be_bytes());
    bytes.extend(&thumbnail);
    bytes.extend(&thumbnail[2..]);
    assert!(decode(&bytes).is_ok());
    bytes.truncate(bytes.len() - 30);
    assert_eq!(decode(&bytes), Err(DecodeError::Truncated { format: Format::Jpeg }));
}

/// A whole PNG of one pixel whose header claims another size.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&GrayImage::new(1, 1).into(), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32fast::hash(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

#[test]
fn bombs_are_refused_by_their_header() {
    let bomb = decode(&png_claiming(20_000, 20_000)).unwrap_err();
    assert_eq!(bomb, DecodeError::TooManyPixels { width: 20_000, height: 20_000, megapixels: 400, limit: 120 });
    assert!(bomb.to_string().contains("400 megapixels"));
    assert!(matches!(decode(&png_claiming(40_000, 10)), Err(DecodeError::SideTooLong { .. })));
    assert_eq!(decode(&png_claiming(0, 10)), Err(DecodeError::NoPixels));
    let mut jpeg = encoded(&corners().into(), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    assert!(matches!(decode(&jpeg), Err(DecodeError::TooManyPixels { megapixels: 900, .. })));
    assert!(matches!(decode(&vec![0xff; LARGEST_FILE + 1]), Err(DecodeError::FileTooLarge { .. })));
}

#[test]
fn no_bytes_whatever_make_it_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let small = DynamicImage::from(RgbImage::from_fn(24, 16, |x, y| Rgb([(x * 9) as u8, (y * 13) as u8, (x * y) as u8])));
    let formats = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Tiff];
    let mut seeds = formats.map(|format| encoded(&small, format)).to_vec();
    seeds.push(with_orientation(&seeds[0].clone(), 6));
    let mut refused = 0;
    for round in 0..4000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..1 + random(6) {
            let at = random(bytes.len());
            match random(4) {
                0 => bytes[at] = random(256) as u8,
                1 => bytes[at] ^= 1 << random(8),
                2 => bytes.truncate(at.max(1)),
                _ => bytes[at] = [0, 0xff, 0x7f, 0x80][random(4)],
            }
        }
        refused += usize::from(decode(&bytes).is_err());
    }
    assert!(refused > 1000, "only {refused} of 4000 damaged files were noticed");
}
