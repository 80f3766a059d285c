//! A link as it is shown: as text, and as a QR code where it is short enough.

use serde::{Deserialize, Serialize};

/// A report as a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What stands behind the `#`.
    pub fragment: String,
    /// The whole address as a QR code, where it is short enough.
    pub qr: Option<QrCode>,
}

/// A QR code to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules along a side, the quiet zone included.
    pub side: u32,
    /// The dark modules, as the path of an SVG picture of `side` by `side`.
    pub path: String,
}

/// Characters of an address that a phone reads from a screen at arm's length: some 130 modules a side.
pub const MOST_QR_CHARS: usize = 1200;
/// Light modules around a code (ISO/IEC 18004, 5.3.8).
const QUIET_ZONE: i32 = 4;

/// The code of an address; `None` when it is too long for one that is read at ease.
pub(super) fn qr_code(address: &str) -> Option<QrCode> {
    if address.len() > MOST_QR_CHARS {
        return None;
    }
    let code = qrcodegen::QrCode::encode_text(address, qrcodegen::QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path += &format!("M{},{}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE);
        }
    }
    Some(QrCode { side: u32::try_from(code.size() + 2 * QUIET_ZONE).ok()?, path })
}

#[test]
fn a_code_has_a_quiet_zone_and_long_addresses_have_none() {
    let code = qr_code("https://boards.example/#r3.AAAA").unwrap();
    // Version 2 has 25 modules a side; the corner of the first finder pattern is the first dark one.
    assert_eq!(code.side, 25 + 8);
    assert!(code.path.starts_with("M4,4h1v1h-1z"));
    assert_eq!(qr_code(&"x".repeat(MOST_QR_CHARS + 1)), None);
}
