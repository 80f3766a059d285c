//! Forty pictures that say whose they are, and exports that don't.

use boardwatch::geometry::Rect;
use boardwatch::report::{Bundle, Exhibit, Shows, open_report, write_bundle};
use boardwatch::vision::decode;

use crate::exports::{self, Exports};
use crate::tokens::{self, Planted, contains};

/// What a file of a report holds, unfolded as a reader does.
fn unfolded(exports: Exports) -> Exports {
    let inner: Exports = exports
        .iter()
        .filter_map(|(name, file)| Some((name, open_report(file).ok()?)))
        .flat_map(|(name, bundle)| exports::inner(name, &bundle))
        .collect();
    assert!(inner.len() >= 5 + 5 + 2, "page and bundle have five pictures each");
    exports.into_iter().chain(inner).collect()
}

#[test]
fn forty_pictures_have_something_planted_and_are_pictures_all_the_same() {
    let all = tokens::all();
    assert_eq!(all.len(), 40);
    for Planted { name, file, tokens } in &all {
        assert!(tokens.len() >= 3, "{name}: {tokens:?}");
        let picture = decode(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((picture.width as u32, picture.height as u32), (tokens::WIDTH, tokens::HEIGHT), "{name}");
    }
    let kinds = ["SERIAL", "OWNER", "PLACE", "NOTE", "THUMB", "TIME"];
    assert!(kinds.iter().all(|kind| all.iter().filter(|planted| planted.tokens.iter().any(|t| t.contains(kind))).count() >= 6));
}

#[test]
fn no_token_is_in_any_export() {
    let all = tokens::all();
    for (place, Planted { name, file, tokens }) in all.iter().enumerate() {
        let reference = &all[(place + 7) % all.len()];
        let exports = unfolded(exports::all(file, &reference.file, &[]));
        for (export, bytes) in &exports {
            for token in tokens.iter().chain(&reference.tokens) {
                let wide: Vec<u8> = token.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert!(!contains(bytes, token.as_bytes()) && !contains(bytes, &wide), "{name}: {token} is in {export}");
            }
            // Nor what such things are kept in.
            for sign in [&b"Exif\0"[..], b"eXIf", b"http://ns.adobe.com", b"Photoshop", b"GPS", b"ICC_PROFILE", b"tIME"] {
                assert!(!contains(bytes, sign), "{name}: {:?} is in {export}", String::from_utf8_lossy(sign));
            }
        }
    }
}

/// The search finds them where they are: in the originals, which go along only when ticked.
#[test]
fn the_originals_hold_what_they_hold() {
    for Planted { name, file, tokens } in tokens::all() {
        let report = exports::report(&file, &file);
        let (width, height) = (tokens::WIDTH, tokens::HEIGHT);
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let exhibits = vec![Exhibit { shows: Shows::Photo, area, width, height, file }];
        let bundle = write_bundle(&Bundle { report, signature: None, exhibits }).unwrap();
        assert!(tokens.iter().all(|token| contains(&bundle, token.as_bytes())), "{name}");
    }
}
