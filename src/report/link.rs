//! A report as the fragment of a link, which no browser sends to a server.
//!
//! `r3.` and base64url of: length of the rest (u32, little endian), CRC-32 of `r3.` and the rest (u32, little endian), the rest:
//! the postcard bytes of [`super::wire`] without any text, behind their length, and the texts, both in raw deflate.
//! `docs/formats/report.md` describes it for others.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Bundle, wire};

/// How the fragment of a report link begins: *report*, version 3.
pub const LINK_PREFIX: &str = "r3.";
/// The versions that are read, and what their checksums cover beside the payload.
const READ: [(&str, u8, &str); 3] = [(LINK_PREFIX, wire::VERSION, LINK_PREFIX), ("r2.", 2, "r2."), ("r1.", 1, "")];
/// Characters of a fragment that browsers keep over a reload.
const MAX_LINK_CHARS: usize = 2 << 20;
/// Bytes that a link may unfold to: room for 1,000 findings with full notes in any script, and no danger to a small phone.
const MAX_UNFOLDED_BYTES: usize = 8 << 20;
/// Bytes of length and checksum.
const HEADER_BYTES: usize = 8;
/// Characters that surely hold the length: two base64 groups.
const LENGTH_CHARS: usize = 8;
/// Deflate's level: links are short, so the best costs nothing.
const DEFLATE_LEVEL: u8 = 9;

/// Why a link was not opened. A link is opened whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It does not begin like one.
    #[error("This link holds no Boardwatch report. Ask the sender to copy it again with Share.")]
    NotAReport,
    /// Made by a later version.
    #[error(
        "This report was made by a newer Boardwatch (format {version}). Reload this page to get the newest version, then open the link again."
    )]
    Newer {
        /// The format's version.
        version: String,
    },
    /// So little is left that the link can't say how long it was.
    #[error(
        "The link was cut on its way: only its first characters arrived. Ask the sender for it in another way, such as a text file."
    )]
    CutEarly,
    /// The end is missing.
    #[error(
        "The link was cut on its way: {got} of {expected} characters arrived. Chat programs cut long links; ask the sender for it in another way, such as a text file."
    )]
    Cut {
        /// Characters that came.
        got: usize,
        /// Characters that were sent.
        expected: usize,
    },
    /// Something in it is not what was sent.
    #[error(
        "The link was changed on its way: its checksum does not fit. Nothing of it is shown; ask the sender to copy it again."
    )]
    Altered,
    /// The checksum fits, but the contents break the format's limits.
    #[error(
        "The link holds a report that breaks the format's limits, so it is not shown. It was not made by Boardwatch's Share."
    )]
    OutOfLimits,
    /// Longer than any link that works.
    #[error("The link is longer than {MAX_LINK_CHARS} characters, which no browser keeps. Ask the sender for a shorter report.")]
    TooLong,
}

/// The fragment (without `#`) that carries `bundle`. Boxes come back to within 1/16 px, mesh nodes to within 1/32 px.
///
/// # Errors
/// [`LinkError::OutOfLimits`] for one that is not [valid](Bundle::is_valid), [`LinkError::TooLong`] for one that no browser
/// would keep or no reader would unfold.
pub fn write_link(bundle: &Bundle) -> Result<String, LinkError> {
    if !bundle.is_valid() {
        return Err(LinkError::OutOfLimits);
    }
    let payload = fold(bundle)?;
    let length = u32::try_from(payload.len()).map_err(|_| LinkError::TooLong)?;
    let mut bytes = length.to_le_bytes().to_vec();
    bytes.extend(checksum(LINK_PREFIX, &payload).to_le_bytes());
    bytes.extend(payload);
    let link = format!("{LINK_PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
    if link.len() > MAX_LINK_CHARS { Err(LinkError::TooLong) } else { Ok(link) }
}

/// What a fragment (without `#`) carries.
///
/// # Errors
/// A [`LinkError`] that says what is wrong; nothing is ever half opened.
pub fn read_link(fragment: &str) -> Result<Bundle, LinkError> {
    if fragment.len() > MAX_LINK_CHARS {
        return Err(LinkError::TooLong);
    }
    let known = READ.iter().find_map(|(prefix, version, signed)| Some((*version, *signed, fragment.strip_prefix(prefix)?)));
    let Some((version, signed, text)) = known else { return Err(foreign(fragment)) };
    if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Err(LinkError::Altered);
    }
    // The length stands at the very front, so that even a link that was cut can say how much is missing.
    let head = URL_SAFE_NO_PAD.decode(text.get(..LENGTH_CHARS).ok_or(LinkError::CutEarly)?).map_err(|_| LinkError::Altered)?;
    let length = head.first_chunk::<4>().map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
    let expected = LINK_PREFIX.len() as u64 + ((HEADER_BYTES as u64 + length) * 4).div_ceil(3);
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Altered);
    let payload = bytes.as_ref().ok().and_then(|bytes| intact(signed, bytes));
    match usize::try_from(expected) {
        // When the checksum fits without what seems to be missing, it is the length that was changed.
        Ok(expected) if fragment.len() < expected && expected <= MAX_LINK_CHARS && payload.is_none() => {
            return Err(LinkError::Cut { got: fragment.len(), expected });
        }
        _ => {}
    }
    let payload = payload.filter(|payload| payload.len() as u64 == length).ok_or(LinkError::Altered)?;
    let bundle = if version == wire::VERSION { unfold(payload)? } else { wire::read(version, &inflate(payload, 0)?)? };
    if bundle.is_valid() { Ok(bundle) } else { Err(LinkError::OutOfLimits) }
}

/// The numbers behind their length, and the texts.
fn fold(bundle: &Bundle) -> Result<Vec<u8>, LinkError> {
    let mut bare = bundle.clone();
    let texts = bare.take_texts();
    let numbers = wire::write(&bare)?;
    if numbers.len() + texts.len() > MAX_UNFOLDED_BYTES {
        return Err(LinkError::TooLong);
    }
    let [numbers, texts] = [numbers, texts].map(|plain| miniz_oxide::deflate::compress_to_vec(&plain, DEFLATE_LEVEL));
    let length = u32::try_from(numbers.len()).map_err(|_| LinkError::TooLong)?;
    let mut payload = postcard::to_allocvec(&length).map_err(|_| LinkError::OutOfLimits)?;
    payload.extend(numbers);
    payload.extend(texts);
    Ok(payload)
}

/// What [`fold`] folded.
fn unfold(payload: &[u8]) -> Result<Bundle, LinkError> {
    let (length, rest) = postcard::take_from_bytes::<u32>(payload).map_err(|_| LinkError::OutOfLimits)?;
    let parts = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length));
    let (numbers, texts) = parts.ok_or(LinkError::OutOfLimits)?;
    let numbers = inflate(numbers, 0)?;
    let texts = inflate(texts, numbers.len())?;
    let mut bundle = wire::read(wire::VERSION, &numbers)?;
    bundle.put_texts(&texts)?;
    Ok(bundle)
}

/// What deflate made small, when there is room for it beside what was unfolded before.
fn inflate(folded: &[u8], before: usize) -> Result<Vec<u8>, LinkError> {
    let room = MAX_UNFOLDED_BYTES.saturating_sub(before);
    miniz_oxide::inflate::decompress_to_vec_with_limit(folded, room).map_err(|_| LinkError::OutOfLimits)
}

/// CRC-32 of both, one behind the other. A version that is part of it can't be taken for another one.
fn checksum(prefix: &str, payload: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(prefix.as_bytes());
    sum.update(payload);
    sum.finalize()
}

/// What follows the header, if its checksum, over `prefix` as well, fits.
fn intact<'a>(prefix: &str, bytes: &'a [u8]) -> Option<&'a [u8]> {
    let (header, payload) = bytes.split_at_checked(HEADER_BYTES)?;
    let sum = u32::from_le_bytes(*header.last_chunk::<4>()?);
    (checksum(prefix, payload) == sum).then_some(payload)
}

/// What to say of a fragment that is no report of a version that this one knows.
fn foreign(fragment: &str) -> LinkError {
    if !fragment.is_empty() && READ.iter().any(|(prefix, ..)| prefix.starts_with(fragment)) {
        return LinkError::CutEarly;
    }
    let version = fragment.strip_prefix('r').and_then(|rest| rest.split_once('.')).map_or("", |(version, _)| version);
    let is_number = (1..=4).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit()) && !version.starts_with('0');
    if is_number { LinkError::Newer { version: version.to_owned() } } else { LinkError::NotAReport }
}
