//! Boardview files, as people who repair boards use them: BRD, plain or scrambled, and BVR version 3.
//!
//! Both name parts with their pins, in thousandths of an inch, y upwards; neither tells values or packages.

mod brd;
mod bvr;
#[cfg(test)]
mod tests;

pub(super) use brd::{is_one as is_brd, is_scrambled, unscrambled};
pub(super) use bvr::is_one as is_bvr;

use kurbo::Point;

use super::artwork::{Drawn, Figure, Layer, LayerKind, Mark, around, chain};
use super::unit::{Unit, is_near};
use super::{Design, DesignError, MOST_PLACEMENTS, Placement, Why, kept};
use crate::catalog::Side;
use crate::geometry::{Drawing, Rect};

/// Pins of a file; the largest boards have some fifty thousand.
const MOST_PINS: usize = 1_000_000;
/// How wide a pin is that doesn't say so, in millimetres.
const PIN_MM: f64 = 0.4;

pub(super) fn read_brd(text: &str) -> Result<Design, DesignError> {
    brd::read(text)?.design()
}

pub(super) fn read_bvr(text: &str) -> Result<Design, DesignError> {
    bvr::read(text)?.design()
}

/// What such a file says.
#[derive(Default)]
struct View {
    /// Pieces of the board's edge, each from corner to corner.
    edge: Vec<Vec<Point>>,
    parts: Vec<Part>,
    /// Lines that could not be read.
    left_out: Design,
    pins: usize,
}

struct Part {
    row: usize,
    name: String,
    side: Option<Side>,
    pins: Vec<Pin>,
}

struct Pin {
    at: Point,
    radius: Option<f64>,
}

impl View {
    fn add_pin(&mut self, part: usize, pin: Pin) -> Result<(), DesignError> {
        self.pins += 1;
        if self.pins > MOST_PINS {
            return Err(DesignError::TooMany);
        }
        if let Some(part) = self.parts.get_mut(part) {
            part.pins.push(pin);
        }
        Ok(())
    }

    fn add_part(&mut self, part: Part) -> Result<(), DesignError> {
        if self.parts.len() >= MOST_PLACEMENTS {
            return Err(DesignError::TooMany);
        }
        self.parts.push(part);
        Ok(())
    }

    /// Millimetres, y downwards.
    fn design(self) -> Result<Design, DesignError> {
        let mut design = Design { unit_is_stated: true, ..self.left_out };
        let mm = |p: Point| Point::new(Unit::Mil.mm(p.x), 0.0 - Unit::Mil.mm(p.y));
        let mut outline = Layer::new(LayerKind::Outline, None, "outline");
        let mut drawn = Drawn::default();
        for piece in &self.edge {
            let path = chain(piece.iter().map(|corner| mm(*corner)));
            drawn.push(Mark::dark(Figure::Line { path, width_mm: 0.0 }))?;
        }
        outline.marks = std::mem::take(&mut drawn.marks);
        let mut pads = [Side::Top, Side::Bottom].map(|side| Layer::new(LayerKind::Mask, Some(side), side.word()));
        for part in self.parts {
            let name = kept(&part.name);
            let discs: Vec<Figure> = part
                .pins
                .iter()
                .filter(|pin| is_near(mm(pin.at).x) && is_near(mm(pin.at).y))
                .map(|pin| Figure::disc(mm(pin.at), pin.radius.map_or(PIN_MM, |radius| 2.0 * Unit::Mil.mm(radius))))
                .collect();
            let body: Option<Rect<Drawing>> = around(discs.iter().filter_map(Figure::bounds));
            let why = match (&body, part.side) {
                _ if name.is_empty() => Some(Why::NoDesignator),
                (None, _) => Some(Why::NoPlace),
                (_, None) => Some(Why::NoSide),
                _ => None,
            };
            if let Some(why) = why {
                design.skip(part.row, why);
                continue;
            }
            let (Some(body), Some(side)) = (body, part.side) else { continue };
            for disc in discs {
                drawn.push(Mark::dark(disc))?;
            }
            if let Some(layer) = pads.iter_mut().find(|layer| layer.side == Some(side)) {
                layer.marks.append(&mut drawn.marks);
            }
            design.placements.push(Placement {
                designator: name,
                at: body.centre(),
                rotation_deg: 0.0,
                side,
                value: String::new(),
                package: String::new(),
                part_number: String::new(),
                fitted: true,
                size_mm: Some([body.w, body.h]),
            });
        }
        design.layers = std::iter::once(outline).chain(pads).filter(|layer| !layer.marks.is_empty()).collect();
        Ok(design)
    }
}

/// A number of a file, in thousandths of an inch; `None` where it is none, or further than any board is long.
fn number(word: Option<&str>) -> Option<f64> {
    word?.parse().ok().filter(|number: &f64| is_near(Unit::Mil.mm(*number)))
}
