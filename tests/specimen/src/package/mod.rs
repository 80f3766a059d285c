//! Parts as bodies: from a kind to its solids, its pads and its print.

mod chip;
mod connector;
mod integrated;
mod power;
mod rework;

use crate::finish::{self, Finish};
use crate::part::{Kind, Part};
use crate::sheet::{Lettering, Sheet};
use crate::solid::{Decal, Shape, Solid};

/// A pad of a footprint, in the part's own frame, in mm.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pad {
    pub(crate) centre: [f64; 2],
    pub(crate) half: [f64; 2],
}

/// Solids and prints, as they are put together.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    pub(crate) solids: Vec<Solid>,
    pub(crate) decals: Vec<Decal>,
}

/// The pads of a kind of part.
pub(crate) fn pads(kind: &Kind) -> Vec<Pad> {
    match kind {
        Kind::Chip(size, _) => chip::pads(*size),
        Kind::Dual { .. } | Kind::Quad { .. } | Kind::BallGrid { .. } | Kind::Transistor | Kind::PowerTransistor => {
            integrated::pads(kind)
        }
        Kind::Electrolytic { .. } | Kind::Tantalum | Kind::Inductor { .. } | Kind::Crystal => power::pads(kind),
        _ => connector::pads(kind),
    }
}

/// Builds `part`; prints are drawn at `density` pixels per mm.
pub(crate) fn build(assembly: &mut Assembly, part: &Part, density: f64) {
    let mut site = Site { assembly, part, density };
    match part.kind {
        Kind::Chip(size, family) => chip::build(&mut site, size, family),
        Kind::Dual { .. } | Kind::Quad { .. } | Kind::BallGrid { .. } | Kind::Transistor | Kind::PowerTransistor => {
            integrated::build(&mut site);
        }
        Kind::Electrolytic { .. } | Kind::Tantalum | Kind::Inductor { .. } | Kind::Crystal | Kind::Battery => {
            power::build(&mut site);
        }
        Kind::Wire { length } => rework::wire(&mut site, length),
        Kind::Cut { length } => rework::cut(&mut site, length),
        Kind::Bridge { diameter } => rework::bridge(&mut site, diameter),
        Kind::Block { side } => rework::block(&mut site, side),
        Kind::HeatSink { size } => power::heat_sink(&mut site, size),
        Kind::Shield { size } => power::shield(&mut site, size),
        _ => connector::build(&mut site),
    }
}

/// A part under construction: everything is said in the part's own frame.
struct Site<'a> {
    assembly: &'a mut Assembly,
    part: &'a Part,
    density: f64,
}

impl Site<'_> {
    fn solid(&mut self, centre: [f64; 2], shape: Shape, z: [f64; 2], [top, side]: [Finish; 2]) -> &mut Solid {
        let (centre, turn) = (self.part.place(centre), self.part.turn());
        self.assembly.solids.push(Solid { centre, turn, shape, z, top, side, bevel: 0.08, decal: None });
        let last = self.assembly.solids.len() - 1;
        &mut self.assembly.solids[last]
    }

    /// A block of this width and depth from `z[0]` to `z[1]`.
    fn block(&mut self, centre: [f64; 2], size: [f64; 2], z: [f64; 2], finishes: [Finish; 2]) -> &mut Solid {
        self.solid(centre, Shape::Box([size[0] / 2.0, size[1] / 2.0]), z, finishes)
    }

    fn cylinder(&mut self, centre: [f64; 2], radius: f64, z: [f64; 2], finishes: [Finish; 2]) -> &mut Solid {
        self.solid(centre, Shape::Disc(radius), z, finishes)
    }

    /// Prints on the top of the last solid; `draw` gets a sheet with its middle, and the layers are the four inks.
    fn print(&mut self, inks: [Finish; 4], draw: impl FnOnce(&mut Sheet, [f64; 2])) {
        let last = self.assembly.solids.len() - 1;
        let [w, h] = match self.assembly.solids[last].shape {
            Shape::Box(half) => half,
            Shape::Disc(r) => [r; 2],
        };
        let mut sheet = Sheet::new(2.0 * w, 2.0 * h, self.density);
        draw(&mut sheet, [w, h]);
        self.assembly.decals.push(Decal { sheet, inks });
        self.assembly.solids[last].decal = Some(self.assembly.decals.len() as u32 - 1);
    }
}

/// Lines of text, one below the other, as large as fits into `room` (width, height), the first one larger.
fn lines(sheet: &mut Sheet, layer: usize, text: &[String], middle: [f64; 2], room: [f64; 2], upright: bool) {
    let (along, across) = if upright { (room[0], room[1]) } else { (room[1], room[0]) };
    let turn = if upright { [1.0, 0.0] } else { [0.0, 1.0] };
    let slot = across / text.len().max(1) as f64;
    for (k, line) in text.iter().enumerate() {
        let tallest = slot * if k == 0 { 0.68 } else { 0.58 };
        let height = tallest.min(along / crate::glyphs::text_width(line, 1.0).max(0.1)).min(2.6);
        let offset = (k as f64 + 0.5) * slot - across / 2.0;
        let centre = [middle[0] - turn[1] * offset, middle[1] + turn[0] * offset];
        sheet.text(layer, line, Lettering { centre, height, stroke: height * 0.15, turn });
    }
}

/// The four inks of a laser-marked mould: letters, a dull dent for pin 1, and two spares.
const LASER_INKS: [Finish; 4] = [finish::LASER, finish::BLACK, finish::INK, finish::WHITE];
