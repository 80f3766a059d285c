//! What somebody did with a soldering iron and a knife.

use super::Site;
use crate::finish::{CERAMICS, GOLD, LAMINATE, PLASTICS, TIN, WHITE};

/// Where the insulation of a wire lies above the board, in mm: over small parts.
const HIGH: [f64; 2] = [1.2, 1.9];

pub(super) fn wire(site: &mut Site<'_>, length: f64) {
    let lot = site.part.lot as usize;
    let insulation = if lot.is_multiple_of(3) { WHITE } else { PLASTICS[lot % PLASTICS.len()] };
    let thick = 0.7 * [1.0, 0.6][lot / 6 % 2];
    site.block([0.0; 2], [length - 1.6, thick], HIGH, [insulation, insulation]).bevel = 0.3;
    for end in [-1.0, 1.0] {
        site.block([end * (length / 2.0 - 0.6), 0.0], [0.8, 0.3], [0.3, 1.7], [TIN, TIN]).bevel = 0.1;
        site.cylinder([end * (length / 2.0 - 0.45), 0.0], 0.45, [0.0, 0.6], [TIN, TIN]).bevel = 0.3;
    }
}

/// Bare laminate across the track, and at both ends a sliver of bare copper.
pub(super) fn cut(site: &mut Site<'_>, length: f64) {
    site.block([0.0; 2], [length, 0.5], [0.0, 0.012], [LAMINATE, LAMINATE]).bevel = 0.0;
    for end in [-1.0, 1.0] {
        site.block([end * length / 2.0, 0.0], [0.12, 0.3], [0.0, 0.02], [GOLD, GOLD]).bevel = 0.0;
    }
}

pub(super) fn bridge(site: &mut Site<'_>, diameter: f64) {
    let tin = TIN.times(site.part.shade);
    site.cylinder([0.0; 2], diameter / 2.0, [0.0, 0.35], [tin, tin]).bevel = 0.4;
}

pub(super) fn block(site: &mut Site<'_>, side: f64) {
    let ceramic = CERAMICS[site.part.lot as usize % CERAMICS.len()].times(site.part.shade);
    site.block([0.0; 2], [side; 2], [0.0, (side / 2.0).min(1.0)], [ceramic, ceramic]).bevel = 0.06 * side;
}
