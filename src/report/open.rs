//! Opens a report from a file of any form.

use super::{Bundle, BundleError, read_bundle, read_html, read_png, read_report_json};

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
