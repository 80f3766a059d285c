//! The flat face of a board, drawn: copper, bare metal, print, holes.

use crate::board::Board;
use crate::package;
use crate::part::{Kind, Part};
use crate::sheet::{Lettering, Sheet};

/// Layers of the sheet.
const COPPER: usize = 0;
const METAL: usize = 1;
const SILK: usize = 2;
const HOLE: usize = 3;
const UPRIGHT: [f64; 2] = [1.0, 0.0];

/// Draws the face at `density` pixels per mm; the print lies `silk_shift` mm beside the copper.
pub(crate) fn draw(board: &Board, density: f64, silk_shift: [f64; 2]) -> Sheet {
    let [w, h] = board.size_mm;
    let mut sheet = Sheet::new(w, h, density);
    copper(&mut sheet, board);
    for note in &board.notes {
        let centre = [note.centre[0] + silk_shift[0], note.centre[1] + silk_shift[1]];
        let turn = if note.upright { UPRIGHT } else { [0.0, -1.0] };
        let bold = if note.height > 2.0 { 0.17 } else { 0.14 };
        sheet.text(SILK, &note.text, Lettering { centre, height: note.height, stroke: note.height * bold, turn });
    }
    for part in &board.parts {
        outline(&mut sheet, part, silk_shift, board.framed);
    }
    for part in &board.parts {
        let turn = part.footprint_turn();
        for pad in package::pads(&part.kind) {
            let [u, v] = pad.centre;
            let centre = [part.centre[0] + u * turn[0] - v * turn[1], part.centre[1] + u * turn[1] + v * turn[0]];
            sheet.clear_block(SILK, centre, pad.half.map(|p| p + 0.1), turn);
            sheet.clear_block(COPPER, centre, pad.half.map(|p| p + 0.08), turn);
            sheet.block(METAL, centre, pad.half, turn);
        }
    }
    for &hole in &board.holes {
        sheet.disc(METAL, hole, 3.9);
        sheet.disc(HOLE, hole, 1.9);
    }
    sheet
}

fn copper(sheet: &mut Sheet, board: &Board) {
    let copper = &board.copper;
    let [w, h] = board.size_mm;
    if copper.flooded {
        sheet.block(COPPER, [w / 2.0, h / 2.0], [w / 2.0 - 0.6, h / 2.0 - 0.6], UPRIGHT);
        for track in &copper.tracks {
            sheet.cut(COPPER, track.a, track.b, track.width + 0.34);
        }
        copper.vias.iter().for_each(|via| sheet.clear_disc(COPPER, via.at, 0.46));
    } else {
        copper.pours.iter().for_each(|[centre, half]| sheet.block(COPPER, *centre, *half, UPRIGHT));
    }
    copper.tracks.iter().for_each(|track| sheet.line(COPPER, track.a, track.b, track.width));
    for via in &copper.vias {
        sheet.disc(if via.bare { METAL } else { COPPER }, via.at, 0.3);
        sheet.disc(HOLE, via.at, 0.13);
    }
}

/// What is printed around a part.
fn outline(sheet: &mut Sheet, part: &Part, shift: [f64; 2], framed: bool) {
    let [w, d, _] = part.kind.extent_mm();
    let turn = part.footprint_turn();
    let centre = [part.centre[0] + shift[0], part.centre[1] + shift[1]];
    let place = |u: f64, v: f64| [centre[0] + u * turn[0] - v * turn[1], centre[1] + u * turn[1] + v * turn[0]];
    match part.kind {
        Kind::Chip(..) if framed => sheet.frame(SILK, centre, [w / 2.0 + 0.3, d / 2.0 + 0.3], turn, 0.14),
        Kind::Chip(..) => {
            let [x, y] = [w / 2.0 + 0.25, d / 2.0 + 0.25];
            for end in [-1.0, 1.0] {
                sheet.line(SILK, place(-x * 0.5, end * y), place(x * 0.5, end * y), 0.11);
            }
        }
        Kind::Electrolytic { .. } | Kind::Inductor { .. } | Kind::Crystal | Kind::Tantalum | Kind::Battery => {
            sheet.frame(SILK, centre, [w / 2.0 + 0.35, d / 2.0 + 0.35], turn, 0.15);
        }
        Kind::Dual { .. } | Kind::Quad { .. } | Kind::BallGrid { .. } | Kind::PowerTransistor | Kind::Transistor => {
            let half = [w / 2.0 + 0.3, d / 2.0 + 0.3];
            sheet.frame(SILK, centre, half, turn, 0.13);
            sheet.disc(SILK, place(-half[0] - 0.5, -half[1] - 0.1), 0.3);
        }
        Kind::Header { .. }
        | Kind::Slot { .. }
        | Kind::MemorySocket { .. }
        | Kind::Storage
        | Kind::PowerPlug { .. }
        | Kind::Socket { .. } => {
            sheet.frame(SILK, centre, [w / 2.0 + 0.4, d / 2.0 + 0.4], turn, 0.15);
            sheet.disc(SILK, place(-w / 2.0 - 0.9, -d / 2.0 + 0.6), 0.35);
        }
        Kind::HeatSink { .. }
        | Kind::Shield { .. }
        | Kind::Port { .. }
        | Kind::Wire { .. }
        | Kind::Cut { .. }
        | Kind::Bridge { .. }
        | Kind::Block { .. } => {}
    }
}
