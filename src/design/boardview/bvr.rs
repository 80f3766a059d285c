//! BVR version 3: a line for each thing that is said of a part.

use kurbo::Point;

use super::{Part, Pin, View, number};
use crate::catalog::Side;
use crate::design::{DesignError, Why};

/// True when the text looks like one.
pub(crate) fn is_one(text: &str) -> bool {
    text.starts_with("BVRAW_FORMAT_3")
}

pub(super) fn read(text: &str) -> Result<View, DesignError> {
    let mut view = View::default();
    let mut pin = Pin { at: Point::ORIGIN, radius: None };
    let mut has_place = false;
    for (place, line) in text.lines().enumerate() {
        let row = place + 1;
        let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let mut words = rest.split_whitespace();
        match word {
            "PART_NAME" => {
                let name = words.next().unwrap_or_default().to_owned();
                view.add_part(Part { row, name, side: None, pins: Vec::new() })?;
            }
            "PART_SIDE" => {
                if let Some(part) = view.parts.last_mut() {
                    part.side = match words.next() {
                        Some("T") => Some(Side::Top),
                        Some("B") => Some(Side::Bottom),
                        _ => None,
                    };
                }
            }
            "PIN_ORIGIN" => match (number(words.next()), number(words.next())) {
                (Some(x), Some(y)) => (pin.at, has_place) = (Point::new(x, y), true),
                _ => view.left_out.skip(row, Why::NoPlace),
            },
            "PIN_RADIUS" => pin.radius = number(words.next()).filter(|radius| *radius > 0.0),
            "PIN_END" => {
                if has_place && let Some(part) = view.parts.len().checked_sub(1) {
                    view.add_pin(part, Pin { at: pin.at, radius: pin.radius })?;
                }
                (pin, has_place) = (Pin { at: Point::ORIGIN, radius: None }, false);
            }
            "OUTLINE_SEGMENTED" | "OUTLINE_POINTS" => {
                let numbers: Vec<f64> = words.map_while(|word| number(Some(word))).collect();
                let corners: Vec<Point> = numbers.as_chunks::<2>().0.iter().map(|[x, y]| Point::new(*x, *y)).collect();
                if word == "OUTLINE_POINTS" {
                    view.edge.push(corners);
                } else {
                    view.edge.extend(corners.chunks_exact(2).map(<[Point]>::to_vec));
                }
            }
            _ => {}
        }
    }
    Ok(view)
}
