//! What a file is, by its first bytes; a name proves nothing.

use std::fmt;

use image::ImageFormat;

use super::complete::{be_u32, jpeg_frames};
use super::{DecodeError, directory, frames};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG, baseline or progressive.
    Jpeg,
    /// PNG, its first frame.
    Png,
    /// WebP, lossy or lossless, its first frame.
    WebP,
    /// TIFF, its first page.
    Tiff,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
        })
    }
}

/// Recognises a format that is read, and names those that are not.
pub(super) fn recognise(bytes: &[u8]) -> Result<Format, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    let name = match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => return Ok(Format::Jpeg),
        Ok(ImageFormat::Png) => return Ok(Format::Png),
        Ok(ImageFormat::WebP) => return Ok(Format::WebP),
        Ok(ImageFormat::Tiff) => return Ok(Format::Tiff),
        Ok(ImageFormat::Gif) => "GIF",
        Ok(ImageFormat::Bmp) => "BMP",
        Ok(ImageFormat::Ico) => "ICO",
        Ok(ImageFormat::Hdr) => "Radiance HDR",
        Ok(ImageFormat::OpenExr) => "OpenEXR",
        Ok(ImageFormat::Pnm) => "PNM",
        Ok(ImageFormat::Dds) => "DDS",
        Ok(ImageFormat::Farbfeld) => "farbfeld",
        Ok(ImageFormat::Qoi) => "QOI",
        Ok(ImageFormat::Avif) => "AVIF",
        _ => iso_media(bytes).or_else(|| by_magic(bytes)).ok_or(DecodeError::NotAPicture)?,
    };
    Err(DecodeError::Unsupported { name })
}

/// Pictures in ISO media files tell their kind in the `ftyp` box (ISO/IEC 14496-12): a brand, then more brands.
fn iso_media(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    let size = (be_u32(bytes, 0)? as usize).clamp(16, bytes.len().min(256));
    let brands: Vec<&[u8]> = bytes.get(8..size).unwrap_or_default().chunks_exact(4).collect();
    let any = |names: &[&[u8]]| brands.iter().any(|brand| names.contains(brand));
    if any(&[b"avif", b"avis"]) {
        Some("AVIF")
    } else if any(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        Some("HEIC")
    } else {
        None
    }
}

fn by_magic(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 5] = [
        (b"\xff\x0a", "JPEG XL"),
        (b"\0\0\0\x0cJXL ", "JPEG XL"),
        (b"\0\0\0\x0cjP  ", "JPEG 2000"),
        (b"8BPS", "Photoshop"),
        (b"%PDF", "PDF"),
    ];
    known.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

/// Width and height as the file's own header states them, before any decoder sees it.
pub(super) fn declared_size(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    match format {
        Format::Png => Some((be_u32(bytes, 16)?, be_u32(bytes, 20)?)),
        Format::Jpeg => jpeg_frames(bytes).next(),
        Format::WebP => frames::declared_size(bytes),
        Format::Tiff => directory::declared_size(bytes),
    }
}
