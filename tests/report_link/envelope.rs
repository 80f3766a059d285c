//! A link made by hand: any payload behind a checksum that fits, as `docs/formats/report.md` describes it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The link around the bytes of a report, however wrong they are.
pub(crate) fn around_plain(plain: &[u8]) -> String {
    around_payload(&miniz_oxide::deflate::compress_to_vec(plain, 9))
}

/// The link around a payload that need not even be deflate.
pub(crate) fn around_payload(payload: &[u8]) -> String {
    let mut bytes = (payload.len() as u32).to_le_bytes().to_vec();
    bytes.extend(crc32fast::hash(&[b"r3.", payload].concat()).to_le_bytes());
    bytes.extend(payload);
    format!("r3.{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// The bytes of the report in a whole link.
pub(crate) fn plain_of(link: &str) -> Vec<u8> {
    let bytes = URL_SAFE_NO_PAD.decode(&link["r3.".len()..]).expect("a whole link is base64url");
    miniz_oxide::inflate::decompress_to_vec(&bytes[8..]).expect("a whole link unfolds")
}
