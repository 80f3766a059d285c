//! JPEG by zune-jpeg itself. Through `image` it would be the same decoder once more: reading owned bytes, it is the one that `tiff`
//! brings along for its own JPEG strips, and the worker has to be sent 40 kB less.

use image::error::DecodingError;
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageResult};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::LONGEST_SIDE;
use super::complete::jpeg_segments;

/// Bytes of a segment that says how colours are packed: JFIF without a thumbnail has 14, Adobe's 12.
const LONGEST_COLOURS: usize = 64;

/// A JPEG whose headers are read.
pub(super) struct Jpeg {
    decoder: JpegDecoder<ZCursor<Vec<u8>>>,
    size: (u32, u32),
    grey: bool,
}

/// The file without what it tells beside its pixels: EXIF, profiles, thumbnails, comments, whatever stands behind its end. A decoder keeps copies
/// of them that nobody asks for.
fn needed(bytes: &[u8]) -> Vec<u8> {
    let mut needed = Vec::new();
    let mut kept = 0;
    for segment in jpeg_segments(bytes) {
        let skipped = match segment.marker {
            0xe0 | 0xee => segment.body.len() > LONGEST_COLOURS,
            0xe1..=0xef | 0xfe => true,
            _ => false,
        };
        if skipped {
            // Marker and length stand before the body.
            needed.extend_from_slice(bytes.get(kept..segment.body.start - 4).unwrap_or_default());
            kept = segment.body.end;
        } else if segment.marker == 0xd9 {
            needed.extend_from_slice(bytes.get(kept..segment.body.end).unwrap_or_default());
            kept = bytes.len();
        }
    }
    needed.extend_from_slice(bytes.get(kept..).unwrap_or_default());
    needed
}

impl Jpeg {
    /// Reads the headers.
    pub(super) fn open(bytes: &[u8]) -> ImageResult<Self> {
        let longest = LONGEST_SIDE as usize;
        // Cameras write what the strict mode refuses.
        let options = DecoderOptions::default().set_strict_mode(false).set_max_width(longest).set_max_height(longest);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(needed(bytes)), options);
        decoder.decode_headers().map_err(broken)?;
        let grey = matches!(decoder.input_colorspace(), Some(ColorSpace::Luma));
        let wanted = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
        decoder.set_options(decoder.options().jpeg_set_out_colorspace(wanted));
        let size = decoder.info().map_or((0, 0), |info| (u32::from(info.width), u32::from(info.height)));
        Ok(Self { decoder, size, grey })
    }
}

fn broken(error: impl std::error::Error + Send + Sync + 'static) -> ImageError {
    ImageError::Decoding(DecodingError::new(ImageFormat::Jpeg.into(), error))
}

impl ImageDecoder for Jpeg {
    fn dimensions(&self) -> (u32, u32) {
        self.size
    }

    fn color_type(&self) -> ColorType {
        if self.grey { ColorType::L8 } else { ColorType::Rgb8 }
    }

    fn read_image(mut self, buf: &mut [u8]) -> ImageResult<()> {
        self.decoder.decode_into(buf).map_err(broken)
    }

    fn read_image_boxed(self: Box<Self>, buf: &mut [u8]) -> ImageResult<()> {
        (*self).read_image(buf)
    }
}
