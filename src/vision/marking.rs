//! Numbered outlines on a picture: each with a dark rim, so that it reads on every board.

use serde::{Deserialize, Serialize};

use super::Picture;

/// Of the lines.
const COLOUR: [f32; 3] = [255.0, 210.0, 74.0];
/// Around them.
const RIM: [f32; 3] = [11.0, 12.0, 15.0];

/// What is drawn for one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Its number.
    pub number: u32,
    /// Outlines in pixels of the picture, each from point to point.
    pub lines: Vec<Vec<[f64; 2]>>,
}

/// Draws the marks in lines of this width in pixels, their numbers beside their topmost points.
pub fn draw_marks(picture: &mut Picture, marks: &[Mark], width: f64) {
    let digit_height = 7.0 * width;
    for mark in marks {
        let points = || mark.lines.iter().flatten();
        let left = points().map(|point| point[0]).fold(f64::INFINITY, f64::min);
        let top = points().map(|point| point[1]).fold(f64::INFINITY, f64::min);
        if !left.is_finite() || !top.is_finite() {
            continue;
        }
        let room = picture.width as f64 - digit_height * 0.8 * mark.number.to_string().len() as f64;
        let at = [left.clamp(2.0 * width, room.max(2.0 * width)), (top - digit_height - 2.0 * width).max(2.0 * width)];
        let lines: Vec<Vec<[f64; 2]>> = mark.lines.iter().cloned().chain(digits(mark.number, at, digit_height)).collect();
        draw_lines(picture, &lines, width);
    }
}

/// Draws lines of this width in pixels, each from point to point, over one rim.
pub fn draw_lines(picture: &mut Picture, lines: &[Vec<[f64; 2]>], width: f64) {
    for (colour, width) in [(RIM, 2.4 * width), (COLOUR, width)] {
        lines.iter().for_each(|line| stroke(picture, line, colour, width));
    }
}

/// A line through the points, round at its ends, with smooth edges.
fn stroke(picture: &mut Picture, line: &[[f64; 2]], colour: [f32; 3], width: f64) {
    let only = line.first().filter(|_| line.len() == 1).map(|point| [*point, *point]);
    let pieces = line.windows(2).map(|pair| [pair[0], pair[1]]).chain(only);
    for [a, b] in pieces {
        let reach = width / 2.0 + 1.0;
        let top = (a[1].min(b[1]) - reach).clamp(0.0, picture.height as f64) as usize;
        let bottom = (a[1].max(b[1]) + reach).clamp(0.0, picture.height as f64) as usize;
        for y in top..(bottom + 1).min(picture.height) {
            for x in row(y, a, b, reach, picture.width) {
                let distance = from_piece([x as f64 + 0.5, y as f64 + 0.5], a, b);
                let cover = (width / 2.0 + 0.5 - distance).clamp(0.0, 1.0) as f32;
                if cover > 0.0 {
                    let at = 3 * (y * picture.width + x);
                    for (value, colour) in picture.rgb[at..at + 3].iter_mut().zip(colour) {
                        *value = (f32::from(*value) + (colour - f32::from(*value)) * cover + 0.5) as u8;
                    }
                }
            }
        }
    }
}

/// The pixels of a row that a piece of line, and what is within `reach` of it, may touch.
fn row(y: usize, a: [f64; 2], b: [f64; 2], reach: f64, width: usize) -> std::ops::Range<usize> {
    let middle = y as f64 + 0.5;
    let down = b[1] - a[1];
    // Where the piece enters and leaves the band of rows within reach.
    let share = |at: f64| ((at - a[1]) / down).clamp(0.0, 1.0);
    let (one, two) = if down == 0.0 { (0.0, 1.0) } else { (share(middle - reach), share(middle + reach)) };
    let [left, right] = [one, two].map(|share| a[0] + share * (b[0] - a[0]));
    let low = (left.min(right) - reach).clamp(0.0, width as f64) as usize;
    let high = (left.max(right) + reach).clamp(0.0, width as f64) as usize;
    low..(high + 1).min(width)
}

/// How far a point is from the piece of line between two others.
fn from_piece(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (along, from) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let length = along[0] * along[0] + along[1] * along[1];
    let share = if length > 0.0 { ((from[0] * along[0] + from[1] * along[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(from[0] - share * along[0], from[1] - share * along[1])
}

/// The digits of a number as lines, the first with its top left corner at `at`.
fn digits(number: u32, at: [f64; 2], height: f64) -> impl Iterator<Item = Vec<[f64; 2]>> {
    let text = number.to_string().into_bytes();
    text.into_iter().enumerate().flat_map(move |(place, digit)| {
        let shape = DIGITS.get(usize::from(digit.wrapping_sub(b'0'))).copied().unwrap_or_default();
        let left = at[0] + place as f64 * 0.8 * height;
        shape.split(' ').map(move |line| {
            let corner = |pair: &[u8]| {
                let of = |digit: u8| f64::from(digit.wrapping_sub(b'0')) / 4.0;
                [left + of(pair[0]) * height, at[1] + of(pair[1]) * height]
            };
            line.as_bytes().chunks_exact(2).map(corner).collect()
        })
    })
}

/// Each digit as lines over a grid of 3 × 5 points: x from 0 to 2, y from 0 to 4.
const DIGITS: [&str; 10] = [
    "0020240400",
    "011014 0424",
    "002022020424",
    "00202404 0222",
    "000222 2024",
    "200002222404",
    "200004242202",
    "002014",
    "0020240400 0222",
    "220200202404",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_an_outline_with_a_rim_and_its_number_above() {
        let mut picture = Picture { width: 120, height: 90, rgb: vec![200; 3 * 120 * 90] };
        let outline = vec![[40.5, 40.5], [80.5, 40.5], [80.5, 70.5], [40.5, 70.5], [40.5, 40.5]];
        draw_marks(&mut picture, &[Mark { number: 40, lines: vec![outline] }, Mark { number: 1, lines: Vec::new() }], 2.0);
        assert_eq!(picture.at(60, 40), [255, 210, 74]);
        assert!(picture.at(60, 42).iter().all(|value| *value < 40), "{:?}", picture.at(60, 42));
        assert_eq!(picture.at(60, 55), [200; 3]);
        // The stem of the 4, and the two sides of the 0.
        for x in [40.5 + 7.0, 40.5 + 11.2, 40.5 + 11.2 + 7.0] {
            assert_eq!(picture.at(x as usize, 30), [255, 210, 74], "{x}");
        }
    }

    #[test]
    fn every_digit_has_a_form_of_its_own() {
        let drawn: Vec<Vec<u8>> = (0..10)
            .map(|number| {
                let mut picture = Picture { width: 40, height: 40, rgb: vec![0; 3 * 40 * 40] };
                draw_marks(&mut picture, &[Mark { number, lines: vec![vec![[5.0, 35.0], [30.0, 35.0]]] }], 2.0);
                picture.rgb
            })
            .collect();
        for (place, one) in drawn.iter().enumerate() {
            assert!(drawn[place + 1..].iter().all(|other| other != one), "{place}");
        }
    }
}
