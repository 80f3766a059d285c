//! A unit as a camera finds it: solids, face, light.

use crate::camera::Light;
use crate::crowd::Crowd;
use crate::face;
use crate::finish::{self, Finish};
use crate::package::{self, Assembly};
use crate::shade::Shade;
use crate::sheet::{Lettering, Sheet};
use crate::solid::{Decal, Shape, Solid};
use crate::tampering::Tampering;
use crate::unit::{Label, Unit};

/// The thickness of a board, in mm.
pub(crate) const BOARD_MM: f64 = 1.6;
/// Sheets are not finer than this many pixels on their longer side: 16 MP of memory is enough.
const LONGEST_SHEET: f64 = 4600.0;

/// Everything that rays can meet.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) crowd: Crowd,
    pub(crate) decals: Vec<Decal>,
    pub(crate) face: Sheet,
    pub(crate) shade: Shade,
    pub(crate) mask: [Finish; 2],
    pub(crate) metal: Finish,
}

/// The solids of a unit, and their prints at `density` pixels per mm.
pub(crate) fn assemble(unit: &Unit, density: f64) -> (Crowd, Vec<Decal>) {
    let mut assembly = Assembly::default();
    for part in unit.parts.iter().filter(|part| part.populated) {
        package::build(&mut assembly, part, density);
    }
    for change in unit.changes.iter().filter(|change| change.tampering == Tampering::Added) {
        // What was added brings its own pads.
        let turn = change.part.footprint_turn();
        for pad in package::pads(&change.part.kind) {
            let mut solid = plain(change.part.centre, turn, Shape::Box(pad.half), 0.05, finish::TIN);
            let [u, v] = pad.centre;
            solid.centre = [solid.centre[0] + u * turn[0] - v * turn[1], solid.centre[1] + u * turn[1] + v * turn[0]];
            assembly.solids.push(solid);
        }
    }
    for label in &unit.labels {
        stick(&mut assembly, label, density);
    }
    let still = Crowd::new(assembly.solids, unit.board.size_mm);
    let specks: Vec<Solid> = unit
        .dust
        .iter()
        .map(|speck| {
            let shape =
                if speck.length > 0.0 { Shape::Box([speck.length / 2.0, speck.radius]) } else { Shape::Disc(speck.radius) };
            let ground = still.height_at(speck.at[0], speck.at[1]);
            let mut solid = plain(speck.at, speck.turn, shape, ground + 0.03, finish::DUST);
            solid.z[0] = ground;
            solid
        })
        .collect();
    let mut solids = still.solids;
    solids.extend(specks);
    (Crowd::new(solids, unit.board.size_mm), assembly.decals)
}

fn plain(centre: [f64; 2], turn: [f64; 2], shape: Shape, height: f64, finish: Finish) -> Solid {
    Solid { centre, turn, shape, z: [0.0, height], top: finish, side: finish, bevel: 0.0, decal: None }
}

/// A printed label, or a dot of paint.
fn stick(assembly: &mut Assembly, label: &Label, density: f64) {
    if let Some(colour) = label.dot {
        let paint = Finish { colour, gloss: 0.6, metal: 0.0, grain: 0.2 };
        assembly.solids.push(plain(label.centre, label.turn, Shape::Disc(label.size[0] / 2.0), 0.04, paint));
        return;
    }
    let [w, h] = label.size;
    let mut sheet = Sheet::new(w, h, density);
    let mut x = 1.2;
    for (k, byte) in label.text.bytes().cycle().take(400).enumerate() {
        let bar = 0.18 + 0.14 * f64::from((byte >> (k % 5)) & 3);
        if x + bar > w - 1.2 {
            break;
        }
        sheet.block(0, [x + bar / 2.0, h * 0.36], [bar / 2.0, h * 0.26], [1.0, 0.0]);
        x += bar + 0.2 + 0.12 * f64::from((byte >> (k % 3)) & 1);
    }
    let height = h * 0.2;
    sheet.text(0, &label.text, Lettering { centre: [w / 2.0, h * 0.8], height, stroke: height * 0.14, turn: [1.0, 0.0] });
    assembly.decals.push(Decal { sheet, inks: [finish::INK; 4] });
    let mut solid = plain(label.centre, label.turn, Shape::Box([w / 2.0, h / 2.0]), 0.1, finish::PAPER);
    solid.decal = Some(assembly.decals.len() as u32 - 1);
    assembly.solids.push(solid);
}

impl Scene {
    /// The unit in this light, drawn finely enough for `px_per_mm` pixels of photo on a mm.
    pub(crate) fn new(unit: &Unit, light: &Light, px_per_mm: f64) -> Self {
        let board = &unit.board;
        let longer = board.size_mm[0].max(board.size_mm[1]);
        // Two samples per pixel and direction deserve two pixels of drawing.
        let density = (2.0 * px_per_mm).min(LONGEST_SHEET / longer).ceil();
        let (crowd, decals) = assemble(unit, density);
        let face = face::draw(board, density, unit.silk_shift);
        let shade = Shade::new(&crowd, board.size_mm, light, (px_per_mm * 0.5).clamp(2.0, 6.0));
        let mask = board.mask.finishes().map(|finish| finish.times(unit.mask_shade));
        Self { crowd, decals, face, shade, mask, metal: if board.gilded { finish::GOLD } else { finish::TIN } }
    }
}
