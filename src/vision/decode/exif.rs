//! How the camera was held: all that is read of a picture's EXIF block.

use image::metadata::Orientation;

use super::complete::jpeg_segments;
use super::{Format, chunks, frames};

/// Bytes of an EXIF block that are looked at. A JPEG segment ends there, and the orientation stands among the first entries.
const MOST_BYTES: usize = 65_535;
/// What stands before the block in a JPEG, and by mistake in some other files.
const MARK: &[u8] = b"Exif\0\0";

/// The orientation that the file's EXIF block gives; a broken or absent block costs the orientation, not the picture. TIFF
/// has it among its own tags.
pub(super) fn orientation(format: Format, bytes: &[u8]) -> Orientation {
    let block = match format {
        Format::Jpeg => jpeg_segments(bytes)
            .take_while(|segment| segment.marker != 0xda)
            .filter(|segment| segment.marker == 0xe1)
            .filter_map(|segment| bytes.get(segment.body))
            .find(|body| body.starts_with(MARK)),
        Format::Png => chunks::chunks(bytes).find(|chunk| chunk.kind == b"eXIf").and_then(|chunk| bytes.get(chunk.body)),
        Format::WebP => frames::all(bytes).find(|chunk| chunk.kind == b"EXIF").and_then(|chunk| bytes.get(chunk.body)),
        Format::Tiff => None,
    };
    let block = block.map(|block| block.strip_prefix(MARK).unwrap_or(block));
    let head = block.map(|block| block.get(..MOST_BYTES).unwrap_or(block));
    head.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}
