//! Any file that says where parts belong.

use super::text::text_of;
use super::{Design, DesignError, centroid, ibom};

/// Bytes of a file: ten thousand parts with pads and silk as JSON take 12 million.
pub const MOST_BYTES: usize = 64_000_000;
/// Parts of a file; the largest mainboards have some ten thousand.
pub const MOST_PLACEMENTS: usize = 100_000;

/// What placement data says: a table as design programmes write it (CSV, `.pos`, columns of text), or the generic JSON of InteractiveHtmlBom. Which of
/// them it is, is seen from its beginning. See `docs/formats/placement.md`.
///
/// # Errors
/// A sentence when nothing of it can be used. Rows that can't be read are left out and told in [`Design::skipped`].
pub fn read_design(bytes: &[u8]) -> Result<Design, DesignError> {
    if bytes.len() > MOST_BYTES {
        return Err(DesignError::TooLarge);
    }
    let text = text_of(bytes);
    let design = if text.trim_start().starts_with('{') { ibom::read(&text)? } else { centroid::read(&text)? };
    match design.placements.len() {
        0 => Err(DesignError::Empty),
        count if count > MOST_PLACEMENTS => Err(DesignError::TooMany),
        _ => Ok(design),
    }
}
