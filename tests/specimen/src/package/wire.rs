//! A wire that somebody soldered on.

use super::Site;
use crate::finish::{PLASTICS, TIN, WHITE};

/// Where the insulation lies above the board, in mm: over small parts.
const HIGH: [f64; 2] = [1.2, 1.9];

pub(super) fn build(site: &mut Site<'_>, length: f64) {
    let insulation = if site.part.lot.is_multiple_of(3) { WHITE } else { PLASTICS[site.part.lot as usize % PLASTICS.len()] };
    site.block([0.0; 2], [length - 1.6, 0.7], HIGH, [insulation, insulation]).bevel = 0.3;
    for end in [-1.0, 1.0] {
        site.block([end * (length / 2.0 - 0.6), 0.0], [0.8, 0.3], [0.3, 1.7], [TIN, TIN]).bevel = 0.1;
        site.cylinder([end * (length / 2.0 - 0.45), 0.0], 0.45, [0.0, 0.6], [TIN, TIN]).bevel = 0.3;
    }
}
