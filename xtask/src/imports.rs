//! Shorter to pack: the names by which a module's WebAssembly and its JavaScript know each other.
//!
//! wasm-bindgen ends each with sixteen digits of a hash, so that modules of several versions can be linked. A built site has one: there the
//! digits are eight bytes that nothing compresses, twice for each of some four hundred names. Numbers of the same length take their place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::step::Failure;

/// How such a name begins.
const PREFIX: &str = "__wbg_";
/// Digits of the hash at its end.
const DIGITS: usize = 16;
/// What the WebAssembly beside `NAME.js` is called, after its name.
const BINARY: &str = "_bg.wasm";

/// Numbers the names in every module of `folder`.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn number(folder: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        let binary = entry.map_err(Failure::file(folder))?.path();
        let Some(name) = binary.file_name().and_then(|name| name.to_str()?.strip_suffix(BINARY)) else { continue };
        let script = folder.join(format!("{name}.js"));
        let mut text = fs::read_to_string(&script).map_err(Failure::file(&script))?.into_bytes();
        let mut code = fs::read(&binary).map_err(Failure::file(&binary))?;
        numbered(&mut text, &mut code);
        fs::write(&script, text).map_err(Failure::file(&script))?;
        fs::write(&binary, code).map_err(Failure::file(&binary))?;
    }
    Ok(())
}

/// Gives the names in `script` numbers, in the order of the alphabet, there and in `code`.
fn numbered(script: &mut [u8], code: &mut [u8]) {
    let names: BTreeSet<Vec<u8>> = names(script).into_iter().map(|(start, end)| script[start..end].to_vec()).collect();
    for bytes in [script, code] {
        for (_, end) in self::names(bytes) {
            // In code a name is followed by whatever comes next, which may look like more of it.
            let place = |name: &Vec<u8>| bytes[..end].ends_with(name);
            if let Some(number) = names.iter().position(place) {
                bytes[end - DIGITS..end].copy_from_slice(format!("{number:016x}").as_bytes());
            }
        }
    }
}

/// Where such names begin and end.
fn names(bytes: &[u8]) -> Vec<(usize, usize)> {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].windows(PREFIX.len()).position(|window| window == PREFIX.as_bytes()) {
        let start = at + next;
        let signs = bytes[start..].iter().take_while(|byte| is_sign(byte)).count();
        // The first `_` with sixteen digits behind it that are not followed by another one.
        let end = (start + PREFIX.len()..start + signs).find_map(|place| {
            let digits = bytes.get(place + 1..place + 1 + DIGITS)?;
            (bytes[place] == b'_' && digits.iter().all(is_digit)).then_some(place + 1 + DIGITS)
        });
        found.extend(end.map(|end| (start, end)));
        at = start + PREFIX.len();
    }
    found
}

#[test]
fn names_get_numbers_of_the_same_length_on_both_sides() {
    let script =
        "__wbg_append_1949cf8c6b5b557f: f, __wbg_app_0011223344556677: g, __wbg_append_1949cf8c6b5b557f(), __wbg_other: h";
    let (mut script, mut code) = (
        script.as_bytes().to_vec(),
        b"\x1d__wbg_append_1949cf8c6b5b557fa__wbg_app_0011223344556677\0__wbg_x_9999999999999999".to_vec(),
    );
    numbered(&mut script, &mut code);
    assert_eq!(
        String::from_utf8_lossy(&script),
        "__wbg_append_0000000000000001: f, __wbg_app_0000000000000000: g, __wbg_append_0000000000000001(), __wbg_other: h"
    );
    let expected = b"\x1d__wbg_append_0000000000000001a__wbg_app_0000000000000000\0__wbg_x_9999999999999999";
    assert_eq!(code, expected, "a name that the script does not know stays");
}
