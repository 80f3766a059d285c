//! A file's bytes become a [`Picture`].
//!
//! The header is read and checked first; pixels are decoded only when the file is whole and its size is within the
//! limits. The same bytes give the same pixels natively and in the browser, which a canvas can't promise.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod chunks;
mod complete;
mod directory;
mod error;
mod exif;
mod format;
mod frames;
mod jpeg;
mod pixels;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::codecs::{png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageResult};

pub use error::DecodeError;
pub use format::Format;
pub use pixels::has_only_pixels;

use super::Picture;

/// Pixels in a picture. Three bytes each: the decoded picture stays below what a browser's tab may hold.
pub const MOST_PIXELS: u64 = 120_000_000;
/// Pixels along a side. Signed 16-bit coordinates in other programmes end here, and so do real cameras.
pub const LONGEST_SIDE: u32 = 32_767;
/// Bytes in a file. A lossless 48 MP picture has about 90 million.
pub const LARGEST_FILE: usize = 100_000_000;
/// Passes over the picture in a progressive JPEG. Cameras make one, encoders about ten; thousands are a way to burn time.
const MOST_SCANS: usize = 100;
/// Pictures of an animated PNG or WebP. The first is looked at; a photo has no others.
const MOST_FRAMES: usize = 100;
/// Directories of a TIFF. A scanned book has some hundred; a chain that has no end leads in a circle.
const MOST_PAGES: usize = 1_000;
/// Pixels that a byte may stand for in a picture of more than [`FREE_PIXELS`]. Deflate packs a flat RGB picture 340 to 1; a drawing of thin lines
/// stays below 1,000.
const MOST_PIXELS_PER_BYTE: u64 = 4_096;
/// The same for JPEG, whose blocks of 64 pixels take a bit each at the least (ITU-T T.81, F.1.2.1).
const MOST_JPEG_PIXELS_PER_BYTE: u64 = 512;
/// Pixels that are decoded however few bytes there are: they take 12 MB.
const FREE_PIXELS: u64 = 4_000_000;
/// Bytes that a decoder may take beside its output: tables, rows, embedded profiles.
const DECODER_OVERHEAD: u64 = 64 << 20;
/// Bytes per pixel of the widest layout, 16-bit RGBA; progressive JPEG keeps as much in coefficients.
const WIDEST_PIXEL: u64 = 8;

/// What the file says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// How the picture is packed.
    pub format: Format,
    /// Pixels in a row, after EXIF orientation.
    pub width: u32,
    /// Rows, after EXIF orientation.
    pub height: u32,
}

/// Reads and checks the header; decodes no pixel.
///
/// # Errors
/// A [`DecodeError`] when the bytes are no picture that can be read, are cut off, or exceed a limit.
pub fn probe(bytes: &[u8]) -> Result<Header, DecodeError> {
    open(bytes).map(|(header, ..)| header)
}

/// Decodes the picture: upright, 8 bits per channel, transparent pixels over white.
///
/// # Errors
/// As [`probe`], and when the pixels' data is broken.
pub fn decode(bytes: &[u8]) -> Result<Picture, DecodeError> {
    let (header, orientation, decoder) = open(bytes)?;
    let broken = |error| DecodeError::from_image(header.format, &error);
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    pixels.apply_orientation(orientation);
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    Ok(Picture { width, height, rgb: flatten(pixels) })
}

/// Width and height that the header of a JPEG or PNG file states, before orientation; decodes nothing. `None` for other files.
#[must_use]
pub fn stated_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let format = match bytes {
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Format::Png,
        _ => return None,
    };
    format::declared_size(format, bytes)
}

/// Checks everything that can be checked without pixels.
fn open(bytes: &[u8]) -> Result<(Header, Orientation, Box<dyn ImageDecoder + '_>), DecodeError> {
    if bytes.len() > LARGEST_FILE {
        return Err(DecodeError::FileTooLarge { megabytes: bytes.len() / 1_000_000, limit: LARGEST_FILE / 1_000_000 });
    }
    let format = format::recognise(bytes)?;
    if let Some((width, height)) = format::declared_size(format, bytes) {
        check_size(width, height)?;
        check_substance(format, u64::from(width) * u64::from(height), bytes.len())?;
    }
    complete::check(format, bytes)?;
    let broken = |error| DecodeError::from_image(format, &error);
    let mut decoder = decoder(format, bytes).map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    decoder.set_limits(limits(u64::from(width) * u64::from(height))).map_err(broken)?;
    let orientation = match format {
        Format::Tiff => decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Format::Jpeg | Format::Png | Format::WebP => exif::orientation(format, bytes),
    };
    let (width, height) = if swaps_sides(orientation) { (height, width) } else { (width, height) };
    Ok((Header { format, width, height }, orientation, decoder))
}

/// The decoder of the format, its headers read.
fn decoder(format: Format, bytes: &[u8]) -> ImageResult<Box<dyn ImageDecoder + '_>> {
    let (file, limits) = (Cursor::new(bytes), limits(MOST_PIXELS));
    let mut decoder: Box<dyn ImageDecoder> = match format {
        Format::Jpeg => Box::new(jpeg::Jpeg::open(bytes)?),
        Format::Png => Box::new(PngDecoder::with_limits(chunks::Needed::of(bytes), limits.clone())?),
        Format::WebP => Box::new(WebPDecoder::new(file)?),
        Format::Tiff => Box::new(TiffDecoder::new(file)?),
    };
    decoder.set_limits(limits)?;
    Ok(decoder)
}

fn check_size(width: u32, height: u32) -> Result<(), DecodeError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        Err(DecodeError::NoPixels)
    } else if width.max(height) > LONGEST_SIDE {
        Err(DecodeError::SideTooLong { width, height, limit: LONGEST_SIDE })
    } else if pixels > MOST_PIXELS {
        Err(DecodeError::TooManyPixels { width, height, megapixels: pixels / 1_000_000, limit: MOST_PIXELS / 1_000_000 })
    } else {
        Ok(())
    }
}

/// Refuses a picture of which there is nothing in the file.
fn check_substance(format: Format, pixels: u64, bytes: usize) -> Result<(), DecodeError> {
    let most = if format == Format::Jpeg { MOST_JPEG_PIXELS_PER_BYTE } else { MOST_PIXELS_PER_BYTE };
    if pixels > FREE_PIXELS && pixels > bytes as u64 * most {
        return Err(DecodeError::NothingInIt { format, megapixels: pixels / 1_000_000, kilobytes: bytes.div_ceil(1000) });
    }
    Ok(())
}

fn limits(pixels: u64) -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(pixels * WIDEST_PIXEL + DECODER_OVERHEAD);
    limits
}

const fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// Interleaved 8-bit RGB; where there is alpha, the picture lies on white paper.
fn flatten(pixels: DynamicImage) -> Vec<u8> {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8().into_raw();
    }
    let over_white = |value: u8, alpha: u8| {
        let alpha = u32::from(alpha);
        ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let rgba = pixels.into_rgba8();
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    rgb.extend(rgba.pixels().flat_map(|image::Rgba([r, g, b, alpha])| [*r, *g, *b].map(|value| over_white(value, *alpha))));
    rgb
}
