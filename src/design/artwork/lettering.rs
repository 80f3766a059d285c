//! Designators in strokes, as a plotter writes them: a few straight lines for each letter, readable from six pixels on.

use kurbo::{BezPath, Point};

/// Rows of a letter above its base line, and columns; between two letters are two more.
const ROWS: f64 = 6.0;
const COLUMNS: f64 = 4.0;
const GAP: f64 = 2.0;

/// The lines of a letter: `|` lifts the pen; each pair of digits is a column, from the left, and a row, from the base line up. Small letters are written as
/// capitals. Nothing for what can't be written.
fn strokes(letter: char) -> &'static str {
    match letter.to_ascii_uppercase() {
        'A' => "00 26 40|12 32",
        'B' => "03 33 42 41 30 00 06 36 45 44 33",
        'C' => "45 36 16 05 01 10 30 41",
        'D' => "00 06 26 44 42 20 00",
        'E' => "46 06 00 40|03 33",
        'F' => "46 06 00|03 33",
        'G' => "45 36 16 05 01 10 30 41 43 23",
        'H' => "06 00|46 40|03 43",
        'I' => "16 36|26 20|10 30",
        'J' => "46 41 30 10 01",
        'K' => "06 00|46 02|13 40",
        'L' => "06 00 40",
        'M' => "00 06 23 46 40",
        'N' => "00 06 40 46",
        'O' => "16 05 01 10 30 41 45 36 16",
        'P' => "00 06 36 45 44 33 03",
        'Q' => "16 05 01 10 30 41 45 36 16|22 40",
        'R' => "00 06 36 45 44 33 03|23 40",
        'S' => "45 36 16 05 04 13 33 42 41 30 10 01",
        'T' => "06 46|26 20",
        'U' => "06 01 10 30 41 46",
        'V' => "06 20 46",
        'W' => "06 10 23 30 46",
        'X' => "06 40|00 46",
        'Y' => "06 23 46|23 20",
        'Z' => "06 46 00 40",
        '0' => "16 05 01 10 30 41 45 36 16|12 34",
        '1' => "15 26 20|10 30",
        '2' => "05 16 36 45 44 00 40",
        '3' => "05 16 36 45 44 33 13|33 42 41 30 10 01",
        '4' => "30 36 02 42",
        '5' => "46 06 03 33 42 41 30 10 01",
        '6' => "45 36 16 05 01 10 30 41 42 33 03",
        '7' => "06 46 10",
        '8' => "13 04 05 16 36 45 44 33 13 02 01 10 30 41 42 33",
        '9' => "01 10 30 41 45 36 16 05 04 13 43",
        '-' => "13 33",
        '_' => "00 40",
        '.' => "20 21",
        '+' => "13 33|22 24",
        '/' => "00 46",
        _ => "",
    }
}

/// How wide a text is for its height.
pub(super) fn width_of(text: &str) -> f64 {
    let letters = text.chars().count() as f64;
    ((COLUMNS + GAP) * letters - GAP).max(0.0) / ROWS
}

/// The lines of a text whose letters are 1 high, its middle at the origin, x right and y down.
pub(super) fn written(text: &str) -> BezPath {
    let mut path = BezPath::new();
    let mut left = -width_of(text) / 2.0;
    for letter in text.chars() {
        for line in strokes(letter).split('|') {
            for (place, pair) in line.split(' ').enumerate() {
                let mut digits = pair.bytes().map(|digit| f64::from(digit.saturating_sub(b'0')));
                let (Some(column), Some(row)) = (digits.next(), digits.next()) else { continue };
                let at = Point::new(left + column / ROWS, 0.5 - row / ROWS);
                if place == 0 { path.move_to(at) } else { path.line_to(at) }
            }
        }
        left += (COLUMNS + GAP) / ROWS;
    }
    path
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use kurbo::Shape;

    fn drawn(text: &str) -> String {
        format!("{:?}", written(text).elements())
    }

    #[test]
    fn letters_and_digits_differ_and_stay_in_their_boxes() {
        let letters = ('A'..='Z').chain('0'..='9');
        let all: BTreeSet<String> = letters.clone().map(|letter| drawn(&letter.to_string())).collect();
        assert_eq!(all.len(), 36);
        for letter in letters {
            let bounds = written(&letter.to_string()).bounding_box();
            assert!(bounds.x0 >= -0.334 && bounds.x1 <= 0.334 && bounds.y0 == -0.5 && bounds.y1 == 0.5, "{letter}: {bounds:?}");
        }
        assert_eq!(drawn("r12"), drawn("R12"));
    }

    #[test]
    fn a_text_is_as_wide_as_is_said() {
        let bounds = written("MM").bounding_box();
        assert!((bounds.width() - width_of("MM")).abs() < 1e-9);
        assert!(written("").elements().is_empty() && width_of("") == 0.0);
    }
}
