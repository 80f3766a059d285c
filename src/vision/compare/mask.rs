//! Where the two pictures are compared: 255, else 0.

use super::blind::Blind;
use super::layers::{Layers, halve};
use super::overlap::{CELL, Cells};
use crate::vision::{REGIONS, Region};

/// Show the reference where the photo does not reach, so that the photo's edge is no structure.
pub(super) fn fill(photo: &mut Layers, reference: &Layers, mask: &[u8]) {
    let width = photo.width;
    for (y, shown) in mask.chunks_exact(width).enumerate() {
        if !shown.contains(&0) {
            continue;
        }
        for (photo, reference) in photo.planes.iter_mut().zip(&reference.planes) {
            let (values, known) = (&mut photo[y * width..][..width], &reference[y * width..][..width]);
            for ((value, known), shown) in values.iter_mut().zip(known).zip(shown) {
                *value = if *shown == 0 { *known } else { *value };
            }
        }
    }
}

/// The cells of the board that can be seen on both pictures.
pub(super) fn seen(common: &Cells, blind: &Blind) -> Cells {
    let set = common.set.iter().enumerate().map(|(at, common)| *common && !blind.covers(at)).collect();
    Cells { set, ..*common }
}

/// Clear everything outside these cells. The mask is `level` halvings smaller than the comparison grid and `width` wide.
pub(super) fn keep(mask: &mut [u8], cells: &Cells, width: usize, level: u32) {
    let side = CELL >> level;
    for (y, row) in mask.chunks_exact_mut(width).enumerate() {
        for (pixels, seen) in row.chunks_mut(side).zip(&cells.set[y / side * cells.columns..]) {
            if !seen {
                pixels.fill(0);
            }
        }
    }
}

/// What part of the board is seen, 0 to 1.
pub(super) struct Coverage {
    /// Of the whole board: what both pictures show and what the photo does not reach is all of it.
    pub(super) board: f64,
    /// Of each region of the reference, whatever lies in it.
    pub(super) regions: [f64; REGIONS * REGIONS],
}

pub(super) fn coverage(seen: &Cells, common: &Cells, blind: &Blind) -> Coverage {
    let board = (0..common.set.len()).filter(|at| common.set[*at] || blind.out_of_frame.set[*at]).count();
    let count = seen.set.iter().filter(|seen| **seen).count();
    let mut regions = [[0_u32; 2]; REGIONS * REGIONS];
    for (at, seen) in seen.set.iter().enumerate() {
        let (column, row) = (at % common.columns, at / common.columns);
        let place = (column as f64 + 0.5, row as f64 + 0.5);
        let [seen_cells, cells] = &mut regions[Region::at(place, (common.columns as f64, common.rows as f64))];
        *seen_cells += u32::from(*seen);
        *cells += 1;
    }
    let share = |seen: f64, all: f64| seen / all.max(1.0);
    let regions = regions.map(|[seen, all]| share(f64::from(seen), f64::from(all)));
    Coverage { board: share(count as f64, board as f64), regions }
}

/// Pixels next to the edge of what is compared that are left out: windows and shifts would reach beyond it.
const MARGIN: usize = 5;

/// Clear everything within [`MARGIN`] pixels of a cleared pixel. The picture's own edge clears nothing.
pub(super) fn erode(mask: &mut Vec<u8>, width: usize, height: usize) {
    let mut wide = vec![255; width + 2 * MARGIN];
    for row in mask.chunks_exact_mut(width) {
        wide[MARGIN..][..width].copy_from_slice(row);
        for beside in 0..=2 * MARGIN {
            least(row, &wide[beside..][..width]);
        }
    }
    let mut eroded = mask.clone();
    for (y, row) in eroded.chunks_exact_mut(width).enumerate() {
        for near in y.saturating_sub(MARGIN)..(y + MARGIN + 1).min(height) {
            least(row, &mask[near * width..][..width]);
        }
    }
    *mask = eroded;
}

fn least(row: &mut [u8], other: &[u8]) {
    row.iter_mut().zip(other).for_each(|(a, b)| *a = (*a).min(*b));
}

/// Half the size; shown only where all four pixels are.
pub(super) fn halved(mask: &[u8], width: usize, height: usize) -> Vec<u8> {
    halve(mask, width, height, |upper, lower| upper[0].min(upper[1]).min(lower[0].min(lower[1])))
}
