//! A report inside a PNG picture: the text chunk `Boardwatch` holds the fragment of a link (PNG, third edition, 11.3.3.2).

use super::{Bundle, BundleError, LinkError, read_link, write_link};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const TEXT: &[u8; 4] = b"tEXt";
const KEYWORD: &[u8] = b"Boardwatch\0";
/// Bytes of the signature and of the header chunk, behind which ours stands.
pub(super) const HEAD_BYTES: usize = 8 + 25;

/// The picture with the bundle in it; `png` is a PNG file.
///
/// # Errors
/// A [`LinkError`] when a link can't hold the bundle, or the picture is no PNG.
pub fn write_png(png: &[u8], bundle: &Bundle) -> Result<Vec<u8>, LinkError> {
    let (head, rest) =
        png.split_at_checked(HEAD_BYTES).filter(|(head, _)| head.starts_with(SIGNATURE)).ok_or(LinkError::OutOfLimits)?;
    let mut chunk = [TEXT, KEYWORD].concat();
    chunk.extend(write_link(bundle)?.as_bytes());
    let length = u32::try_from(chunk.len() - TEXT.len()).map_err(|_| LinkError::TooLong)?;
    let sum = crc32fast::hash(&chunk).to_be_bytes();
    Ok([head, &length.to_be_bytes(), &chunk, &sum, rest].concat())
}

/// What a PNG file holds beside its picture.
///
/// # Errors
/// [`BundleError::NotAReport`] when it holds none, another one when it was changed or cut.
pub fn read_png(bytes: &[u8]) -> Result<Bundle, BundleError> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or(BundleError::NotAReport)?;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let chunk = after.get(..length.saturating_add(4));
        if after.starts_with(TEXT) && after.get(4..).is_some_and(|text| text.starts_with(KEYWORD)) {
            let (chunk, sum) = chunk.zip(after.get(length + 4..length + 8)).ok_or(BundleError::Cut)?;
            if crc32fast::hash(chunk).to_be_bytes() != sum {
                return Err(BundleError::Altered);
            }
            let link = chunk.get(TEXT.len() + KEYWORD.len()..).and_then(|text| std::str::from_utf8(text).ok());
            return read_link(link.ok_or(BundleError::Altered)?).map_err(|error| match error {
                LinkError::Newer { version } => BundleError::Newer(version.parse().unwrap_or(u32::MAX)),
                LinkError::OutOfLimits | LinkError::TooLong => BundleError::OutOfLimits,
                LinkError::Cut { .. } | LinkError::CutEarly => BundleError::Cut,
                LinkError::NotAReport | LinkError::Altered => BundleError::Altered,
            });
        }
        rest = chunk.and_then(|_| after.get(length + 8..)).unwrap_or_default();
    }
    Err(BundleError::NotAReport)
}
