//! Why a file did not become a picture, in sentences.

use image::ImageError;
use image::error::LimitErrorKind;

use super::Format;

/// Why a file did not become a picture. Each message says what happened, why, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Nothing in it.
    #[error("The file is empty: it has 0 bytes. Copy it again from where it came, or choose another picture.")]
    Empty,
    /// No known beginning.
    #[error(
        "This file is not a picture, whatever its name says: its first bytes belong to no picture format. Choose a JPEG, PNG, WebP or TIFF file."
    )]
    NotAPicture,
    /// A picture of a kind that is recognised and not read.
    #[error("This is a {name} picture, which can't be read here. Save it as JPEG or PNG and choose that file.")]
    Unsupported {
        /// The format's usual name.
        name: &'static str,
    },
    /// The end is missing.
    #[error(
        "The {format} file is cut off: it ends before its picture does. Copy or download it again, then choose the new file."
    )]
    Truncated {
        /// What the file began as.
        format: Format,
    },
    /// The decoder gave up on the data.
    #[error(
        "The {format} file is damaged and can't be decoded ({detail}). Copy or download it again, or save it anew as JPEG or PNG."
    )]
    Broken {
        /// What the file began as.
        format: Format,
        /// The decoder's own words.
        detail: String,
    },
    /// Zero wide or high.
    #[error("The picture has no pixels: its header gives a width or height of 0. Save it anew, or choose another picture.")]
    NoPixels,
    /// More pixels than a tab can hold.
    #[error(
        "The picture has {megapixels} megapixels ({width} × {height}); the limit is {limit}. Reduce it or cut out the board, then choose that file."
    )]
    TooManyPixels {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// Millions of pixels, rounded down.
        megapixels: u64,
        /// Millions of pixels that are allowed.
        limit: u64,
    },
    /// One side is out of range.
    #[error(
        "The picture measures {width} × {height} pixels; the limit is {limit} a side. Reduce it or cut out the board, then choose that file."
    )]
    SideTooLong {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// Pixels that are allowed along a side.
        limit: u32,
    },
    /// Far more pixels than its bytes can describe.
    #[error(
        "The {format} file claims {megapixels} megapixels in {kilobytes} kB: no photo is packed so small, so there is nothing in it to compare. Choose the original picture."
    )]
    NothingInIt {
        /// What the file began as.
        format: Format,
        /// Millions of pixels, rounded down.
        megapixels: u64,
        /// Thousands of bytes, rounded up.
        kilobytes: usize,
    },
    /// An animation.
    #[error(
        "The {format} file is an animation of {frames} pictures; the limit is {limit}. Save the one that shows the board, then choose that file."
    )]
    TooManyFrames {
        /// What the file began as.
        format: Format,
        /// Pictures in it.
        frames: usize,
        /// Pictures that are allowed.
        limit: usize,
    },
    /// More bytes than a picture needs.
    #[error("The file has {megabytes} MB; the limit is {limit} MB. Save it as JPEG, then choose that file.")]
    FileTooLarge {
        /// Millions of bytes, rounded down.
        megabytes: usize,
        /// Millions of bytes that are allowed.
        limit: usize,
    },
    /// The decoder needs more memory than the picture's size explains.
    #[error(
        "Decoding this {format} file would take far more memory than its size explains. Save it anew as JPEG or PNG and choose that file."
    )]
    TooMuchMemory {
        /// What the file began as.
        format: Format,
    },
}

impl DecodeError {
    pub(super) fn from_image(format: Format, error: &ImageError) -> Self {
        match error {
            ImageError::IoError(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Self::Truncated { format },
            ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::InsufficientMemory) => {
                Self::TooMuchMemory { format }
            }
            other => Self::Broken { format, detail: other.to_string().trim_end_matches('.').to_owned() },
        }
    }
}
