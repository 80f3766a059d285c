//! What happens to bytes on their way, or in the hands of somebody who means harm.

use super::Dice;

/// Numbers at the edges of what a length, a count or a size may be.
const EXTREMES: [u32; 13] =
    [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x00ff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
/// The same where numbers are written out.
const NUMBERS: [&str; 12] =
    ["0", "-1", "9", "1e9", "1e308", "-1e308", "1e-320", "4294967296", "9999999", "0.1", "18446744073709551616", ""];
/// Headers stand here, where lengths, sizes and types are.
const HEAD: usize = 64;
/// A file grows to this, beside its own length.
const GROWTH: usize = 4096;

/// Changes the bytes in one to four ways: bits and bytes change, vanish, come twice or often; lengths and counts become extreme; words of the
/// format stand in other places; a piece of another file comes in; the end is lost.
pub(crate) fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice, words: &[&[u8]], other: &[u8]) {
    let most = bytes.len() + GROWTH;
    let is_text = std::str::from_utf8(bytes).is_ok();
    // One change alone is what most often leads behind the first check.
    for _ in 0..if dice.chance(2) { 1 } else { 2 + dice.below(3) } {
        if bytes.is_empty() {
            return;
        }
        once(bytes, dice, words, other, is_text);
        bytes.truncate(most);
    }
    // What is no text is refused at the door; a few are enough.
    if is_text && !dice.chance(16) {
        *bytes = String::from_utf8_lossy(bytes).into_owned().into_bytes();
    }
}

fn once(bytes: &mut Vec<u8>, dice: &mut Dice, words: &[&[u8]], other: &[u8], is_text: bool) {
    let reach = if dice.chance(3) { bytes.len().min(HEAD) } else { bytes.len() };
    let at = dice.below(reach);
    let piece = |dice: &mut Dice, longest: usize| at..(at + 1 + dice.below(longest)).min(bytes.len());
    match dice.below(12) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = dice.next() as u8,
        2 => bytes.insert(at, dice.next() as u8),
        3 => drop(bytes.drain(piece(dice, 16))),
        4 => bytes.truncate(at),
        5 => {
            let gone = piece(dice, 9);
            bytes[gone].fill(dice.one_of(&[0, b'0', b'9', b'{', b'[', b'"', 0x7f, 0xff]));
        }
        6 => {
            let twice = bytes[piece(dice, 200)].to_vec().repeat(1 + dice.below(3));
            let to = dice.below(bytes.len());
            drop(bytes.splice(to..to, twice));
        }
        7 | 8 if !is_text => extreme(bytes, at, dice),
        9 if !other.is_empty() => {
            let from = dice.below(other.len());
            let foreign = &other[from..(from + 1 + dice.below(300)).min(other.len())];
            let gone = if dice.chance(2) { piece(dice, 300) } else { at..at };
            drop(bytes.splice(gone, foreign.iter().copied()));
        }
        10 if !words.is_empty() => {
            let gone = piece(dice, 12);
            drop(bytes.splice(gone, dice.one_of(words).iter().copied()));
        }
        _ => number(bytes, at, dice),
    }
}

/// A length, count or size of one to four bytes, in either order.
fn extreme(bytes: &mut [u8], at: usize, dice: &mut Dice) {
    let width = dice.one_of(&[1, 2, 4]);
    let mut digits = dice.one_of(&EXTREMES).to_le_bytes();
    digits[..width].rotate_left(dice.below(width));
    if dice.chance(2) {
        digits[..width].reverse();
    }
    for (to, digit) in bytes[at..].iter_mut().zip(&digits[..width]) {
        *to = *digit;
    }
}

/// The next number that is written out, as another one.
fn number(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let Some(start) = bytes[at..].iter().position(is_digit).map(|start| at + start) else { return };
    let end = bytes[start..].iter().position(|byte| !is_digit(byte)).map_or(bytes.len(), |length| start + length);
    drop(bytes.splice(start..end, dice.one_of(&NUMBERS).bytes()));
}
