//! BRD.

use std::borrow::Cow;

use super::{Part, Pin, View, number};
use crate::catalog::Side;
use crate::design::{DesignError, Why};
use kurbo::Point;

/// How a scrambled file begins.
const SCRAMBLED: [u8; 4] = [0x23, 0xe2, 0x63, 0x28];

/// True when the text looks like one.
pub(crate) fn is_one(text: &str) -> bool {
    text.contains("str_length:") && text.contains("var_data:")
}

/// True when the bytes are scrambled.
pub(crate) fn is_scrambled(bytes: &[u8]) -> bool {
    bytes.starts_with(&SCRAMBLED)
}

/// The bytes of a file as they were before every one of them was turned over and its bits moved, if they were.
pub(crate) fn unscrambled(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !is_scrambled(bytes) {
        return Cow::Borrowed(bytes);
    }
    let plain = |byte: &u8| match *byte {
        end @ (b'\r' | b'\n' | 0) => end,
        byte => !byte.rotate_left(2),
    };
    Cow::Owned(bytes.iter().map(plain).collect())
}

/// Which list a line belongs to.
#[derive(Clone, Copy)]
enum Block {
    Passed,
    Edge,
    Parts,
    Pins,
}

pub(super) fn read(text: &str) -> Result<View, DesignError> {
    let mut view = View::default();
    let mut block = Block::Passed;
    let mut edge = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let row = place + 1;
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { continue };
        block = match first {
            "str_length:" | "var_data:" | "Nails:" => Block::Passed,
            "Format:" | "format:" => Block::Edge,
            "Parts:" | "Pins1:" => Block::Parts,
            "Pins:" | "Pins2:" => Block::Pins,
            _ => {
                let is_read = match block {
                    Block::Passed => Some(()),
                    Block::Edge => corner(first, words.next()).map(|corner| edge.push(corner)),
                    Block::Parts => match part(row, first, words.next()) {
                        Some(part) => Some(view.add_part(part)?),
                        None => None,
                    },
                    Block::Pins => match pin(first, words) {
                        Some((part, pin)) => Some(view.add_pin(part, pin)?),
                        None => None,
                    },
                };
                if is_read.is_none() {
                    view.left_out.skip(row, Why::Unreadable);
                }
                continue;
            }
        };
    }
    view.edge.push(edge);
    Ok(view)
}

fn corner(x: &str, y: Option<&str>) -> Option<Point> {
    Some(Point::new(number(Some(x))?, number(y)?))
}

/// A name, a number for its kind and side, and the last of its pins.
fn part(row: usize, name: &str, kind: Option<&str>) -> Option<Part> {
    let side = match kind?.parse().ok()? {
        1 | 4..=7 => Some(Side::Top),
        2 | 8.. => Some(Side::Bottom),
        0_u32 | 3 => None,
    };
    Some(Part { row, name: name.to_owned(), side, pins: Vec::new() })
}

/// Its place, a number for test probes, and the number of its part, counted from 1.
fn pin<'a>(x: &str, mut words: impl Iterator<Item = &'a str>) -> Option<(usize, Pin)> {
    let at = corner(x, words.next())?;
    let part: usize = words.nth(1)?.parse().ok()?;
    Some((part.checked_sub(1)?, Pin { at, radius: None }))
}
