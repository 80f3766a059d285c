//! Apertures: what is flashed, and what draws lines.

use std::collections::BTreeMap;

use kurbo::{Affine, Point, Rect, RoundedRect};

use super::macros::{self, polygon};
use crate::design::artwork::{Figure, Mark};
use crate::design::unit::is_near;

/// An aperture, in the file's unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Aperture {
    /// What a flash at the origin draws.
    pub(super) flash: Flash,
    /// What draws lines.
    pub(super) pen: Pen,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flash {
    /// At once.
    Figure(Figure),
    /// One after the other, as if they stood in the file.
    Block(Vec<Mark>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pen {
    /// A diameter.
    Round(f64),
    /// Half a width and half a height.
    Box([f64; 2]),
}

impl Aperture {
    /// The same in another unit, of which this one has so many.
    pub(super) fn scaled(&self, unit: f64) -> Self {
        let scaled = Affine::scale(unit);
        let flash = match &self.flash {
            Flash::Figure(figure) => Flash::Figure(figure.moved(scaled)),
            Flash::Block(marks) => Flash::Block(marks.iter().map(|mark| mark.moved(scaled)).collect()),
        };
        let pen = match self.pen {
            Pen::Round(diameter) => Pen::Round(diameter * unit),
            Pen::Box(half) => Pen::Box(half.map(|side| side * unit)),
        };
        Self { flash, pen }
    }
}

/// The number and the aperture that `D10C,0.05` defines, behind the letters `AD`; `None` where it can't be read. Macros are known by their names.
pub(super) fn defined(text: &str, known: &BTreeMap<String, Vec<String>>) -> Option<(u32, Aperture)> {
    let text = text.strip_prefix('D')?;
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = text.split_at_checked(end)?;
    let (name, values) = rest.split_once(',').unwrap_or((rest, ""));
    // A cross at the end, with nothing behind it, is written by some.
    let values: Vec<f64> = values
        .split(['X', 'x'])
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().ok().filter(|value| is_near(*value)))
        .collect::<Option<_>>()?;
    let aperture = match known.get(name) {
        Some(lines) => Aperture { flash: Flash::Figure(macros::drawn(lines, &values)?), pen: Pen::Round(0.0) },
        None => standard(name, &values)?,
    };
    Some((number.parse().ok()?, aperture))
}

fn standard(name: &str, values: &[f64]) -> Option<Aperture> {
    let value = |place: usize| values.get(place).copied();
    let first = value(0).filter(|size| *size >= 0.0)?;
    // Some write a square with one number.
    let second = value(1).unwrap_or(first);
    let (figure, pen, hole) = match name {
        "C" => (Figure::disc(Point::ORIGIN, first), Pen::Round(first), 1),
        "R" => (Figure::of(&upright(first, second)), Pen::Box([first / 2.0, second / 2.0]), 2),
        "O" => {
            let figure = Figure::of(&RoundedRect::from_rect(upright(first, second), first.min(second) / 2.0));
            (figure, Pen::Round(first), 2)
        }
        "P" => {
            let turned = Affine::rotate(value(2).unwrap_or(0.0).to_radians());
            (polygon(second as usize, first)?.moved(turned), Pen::Round(first), 3)
        }
        _ => return None,
    };
    let cut = match (value(hole), value(hole + 1)) {
        (Some(width), Some(height)) if width > 0.0 && height > 0.0 => Some(Figure::of(&upright(width, height))),
        (Some(diameter), None) if diameter > 0.0 => Some(Figure::disc(Point::ORIGIN, diameter)),
        _ => None,
    };
    let figure = match cut {
        Some(cut) => Figure::Group(vec![Mark::dark(figure), Mark { is_clear: true, figure: cut }]),
        None => figure,
    };
    Some(Aperture { flash: Flash::Figure(figure), pen })
}

fn upright(width: f64, height: f64) -> Rect {
    Rect::from_center_size(Point::ORIGIN, (width, height))
}
