//! Opens a report from a file of any form.

use super::png::HEAD_BYTES;
use super::{Bundle, BundleError, read_bundle, read_html, read_png, read_report_json};

/// True when the first 64 bytes of a file are those of a report, in whatever form: it is to be opened rather than looked at as a picture.
#[must_use]
pub fn begins_like_report(head: &[u8]) -> bool {
    match head {
        [b'P', b'K', 3, 4, ..] => head.get(30..).is_some_and(|rest| rest.starts_with(b"manifest.json")),
        [b'{', ..] => head.starts_with(b"{\"alignment\":"),
        [b'<', ..] => head.starts_with(b"<!doctype html>\n<html lang=\"en\">\n<head>\n"),
        [0x89, b'P', b'N', b'G', ..] => head.get(HEAD_BYTES + 4..).is_some_and(|rest| rest.starts_with(b"tEXtBoardwatch\0")),
        _ => false,
    }
}

/// A report in whatever form it came: a bundle, a web page, a picture, or the report's own JSON.
///
/// # Errors
/// [`BundleError::NotAReport`] for anything else; other errors say what is wrong with a report.
pub fn open_report(bytes: &[u8]) -> Result<Bundle, BundleError> {
    match bytes {
        [b'P', b'K', ..] => read_bundle(bytes),
        [0x89, b'P', b'N', b'G', ..] => read_png(bytes),
        [b'{', ..] => read_report_json(bytes).map(Bundle::of),
        [b'<', ..] => read_html(std::str::from_utf8(bytes).map_err(|_| BundleError::Altered)?),
        _ => Err(BundleError::NotAReport),
    }
}
