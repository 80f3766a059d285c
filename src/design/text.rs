//! The text of a file, in whichever encoding design programmes write it.

use std::borrow::Cow;

/// UTF-8, UTF-16 with its mark (as EasyEDA writes it), or else one byte for each character (as older programmes do).
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => str::from_utf8(bytes).map_or_else(|_| Cow::Owned(bytes.iter().copied().map(char::from).collect()), Cow::Borrowed),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks();
    char::decode_utf16(pairs.iter().copied().map(unit)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The beginning of a text, in which its kind is looked for.
pub(super) fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(4096)).unwrap_or(text)
}

#[test]
fn encodings_of_design_programmes_are_read() {
    for bytes in [
        &b"\xef\xbb\xbfR1 \xc2\xb5"[..],
        b"R1 \xc2\xb5",
        b"R1 \xb5",
        b"\xff\xfeR\x001\x00 \x00\xb5\x00",
        b"\xfe\xff\x00R\x001\x00 \x00\xb5",
    ] {
        assert_eq!(text_of(bytes), "R1 µ", "{bytes:x?}");
    }
    assert_eq!(text_of(b"\xff\xfe\x00\xd8x"), "\u{fffd}", "half a pair and half a unit");
}
