//! What is asked of every value of a catalogue.

use serde::de::DeserializeOwned;

use super::CatalogueError;
use crate::vision::PictureFacts;

/// A catalogue file, in bytes: a thousand references take a third of it.
pub const MOST_FILE_BYTES: usize = 2_000_000;
/// Boards in an index.
pub const MOST_BOARDS: usize = 5_000;
/// References of a board.
pub const MOST_REFERENCES: usize = 1_000;
/// Characters of any text.
pub const LONGEST_TEXT: usize = 200;
/// Characters of an address.
const LONGEST_ADDRESS: usize = 2_000;
/// A picture's file, in bytes; what decoding accepts.
pub const MOST_BYTES: u64 = 100_000_000;
/// Pixels on a side; what decoding accepts.
const LONGEST_SIDE_PX: u32 = 32_767;
/// Pixels of a picture; what decoding accepts.
const MOST_PIXELS: u64 = 120_000_000;

/// The value of a JSON file that is not too large.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CatalogueError> {
    if bytes.len() > MOST_FILE_BYTES {
        return Err(CatalogueError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| CatalogueError::NotReadable(error.to_string()))?;
    crate::json::from_str(text).map_err(|error| CatalogueError::NotReadable(error.to_string()))
}

/// The file is what it should be, in a version that is known.
pub(super) fn format(expected: &'static str, found: &str, version: u32) -> Result<(), CatalogueError> {
    if found != expected {
        return Err(CatalogueError::OtherFormat { expected, found: found.chars().take(40).collect() });
    }
    match version {
        0 => Err(CatalogueError::BadNumber { field: "version" }),
        1 => Ok(()),
        newer => Err(CatalogueError::NewerVersion(newer)),
    }
}

pub(super) fn count(what: &'static str, count: usize, most: usize) -> Result<(), CatalogueError> {
    if count > most { Err(CatalogueError::TooMany { what, count, most }) } else { Ok(()) }
}

/// Not empty, not too long, nothing that can't be shown or that turns the direction of reading.
pub(super) fn text(field: &'static str, text: &str) -> Result<(), CatalogueError> {
    let is_odd = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.trim().is_empty() || text.chars().count() > LONGEST_TEXT || text.chars().any(is_odd) {
        return Err(CatalogueError::BadText { field });
    }
    Ok(())
}

/// Small letters, digits and hyphens.
pub(super) fn id(id: &str) -> Result<(), CatalogueError> {
    let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if plain { text("identifier", id) } else { Err(CatalogueError::BadText { field: "identifier" }) }
}

/// The path of a file beside the one at `at`, relative to the same.
pub(super) fn beside(at: &str, path: &str) -> Result<String, CatalogueError> {
    let plain_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let plain_step = |step: &str| !step.is_empty() && !step.starts_with('.');
    if path.len() > LONGEST_TEXT || !path.chars().all(plain_sign) || !path.split('/').all(plain_step) {
        return Err(CatalogueError::BadPath(path.chars().take(80).collect()));
    }
    Ok(folder(at) + path)
}

/// The folder of the file at `at`, with its last stroke; empty when it has none.
pub(super) fn folder(at: &str) -> String {
    at.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))
}

/// An address that a person can be offered.
pub(super) fn address(address: &str) -> Result<(), CatalogueError> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`');
    match rest {
        Some(rest) if !rest.is_empty() && address.len() <= LONGEST_ADDRESS && rest.chars().all(is_plain) => Ok(()),
        _ => Err(CatalogueError::BadAddress(address.chars().take(80).collect())),
    }
}

/// A year, a month or a day.
pub(super) fn date(date: &str) -> Result<(), CatalogueError> {
    let parts: Vec<Option<u32>> = date.split('-').map(|part| part.parse().ok()).collect();
    let is_digit = |c: char| c.is_ascii_digit() || c == '-';
    let fits = match parts[..] {
        _ if !date.chars().all(is_digit) => false,
        [Some(1900..=2999)] => date.len() == 4,
        [Some(1900..=2999), Some(1..=12)] => date.len() == 7,
        [Some(1900..=2999), Some(1..=12), Some(1..=31)] => date.len() == 10,
        _ => false,
    };
    if fits { Ok(()) } else { Err(CatalogueError::BadDate(date.chars().take(40).collect())) }
}

/// A side of a board between a stamp and a rack.
pub(super) fn side_mm(side: f64) -> Result<(), CatalogueError> {
    if (1.0..=2_000.0).contains(&side) { Ok(()) } else { Err(CatalogueError::BadNumber { field: "board size" }) }
}

/// A file's length.
pub(super) fn length(bytes: u64) -> Result<(), CatalogueError> {
    if (1..=MOST_BYTES).contains(&bytes) { Ok(()) } else { Err(CatalogueError::BadNumber { field: "file length" }) }
}

/// A size that a picture may have.
pub(super) fn picture(facts: &PictureFacts, bytes: u64) -> Result<(), CatalogueError> {
    let sides = [facts.width, facts.height];
    let sides_fit = sides.iter().all(|side| (1..=LONGEST_SIDE_PX).contains(side));
    if !sides_fit || u64::from(facts.width) * u64::from(facts.height) > MOST_PIXELS {
        return Err(CatalogueError::BadNumber { field: "picture size" });
    }
    length(bytes)
}

/// A scale between a whole rack in view and a microscope.
pub(super) fn px_per_mm(scale: f64) -> Result<(), CatalogueError> {
    if scale.is_finite() && (0.1..=10_000.0).contains(&scale) {
        Ok(())
    } else {
        Err(CatalogueError::BadNumber { field: "scale" })
    }
}

/// The shape of an SPDX licence expression.
pub(super) fn licence(licence: &str) -> Result<(), CatalogueError> {
    let plain_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+' | ' ' | '(' | ')' | ':');
    if licence.trim().is_empty() || licence.len() > LONGEST_TEXT || !licence.chars().all(plain_sign) {
        return Err(CatalogueError::BadLicence(licence.chars().take(80).collect()));
    }
    Ok(())
}
