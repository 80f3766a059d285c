//! A link made by hand: any payload behind a checksum that fits, as `docs/formats/report.md` describes it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The numbers and the texts of a report, each before it was made small.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plain {
    pub(crate) numbers: Vec<u8>,
    pub(crate) texts: Vec<u8>,
}

/// The link around the bytes of a report, however wrong they are.
pub(crate) fn around_plain(plain: &Plain) -> String {
    let [numbers, texts] = [&plain.numbers, &plain.texts].map(|part| miniz_oxide::deflate::compress_to_vec(part, 9));
    around_payload(&[varint(numbers.len()), numbers, texts].concat())
}

/// The link around a payload that need not even be deflate.
pub(crate) fn around_payload(payload: &[u8]) -> String {
    let mut bytes = (payload.len() as u32).to_le_bytes().to_vec();
    bytes.extend(crc32fast::hash(&[b"r3.", payload].concat()).to_le_bytes());
    bytes.extend(payload);
    format!("r3.{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// Seven bits a byte, lowest first, the top bit on all but the last.
fn varint(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// The bytes of the report in a whole link.
pub(crate) fn plain_of(link: &str) -> Plain {
    let bytes = URL_SAFE_NO_PAD.decode(&link["r3.".len()..]).expect("a whole link is base64url");
    let digits = 1 + bytes[8..].iter().position(|byte| byte & 0x80 == 0).expect("the length has an end");
    let length = bytes[8..8 + digits].iter().rev().fold(0, |sum, byte| (sum << 7) | usize::from(byte & 0x7f));
    let (numbers, texts) = bytes[8 + digits..].split_at(length);
    let [numbers, texts] = [numbers, texts].map(|part| miniz_oxide::inflate::decompress_to_vec(part).expect("a part unfolds"));
    Plain { numbers, texts }
}
