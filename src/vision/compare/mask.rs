//! Where the two pictures are compared: 255, else 0.

use super::blind::Blind;
use super::layers::{Layers, halve};
use super::overlap::{CELL, Cells};

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

/// Clear what lies outside the common part of the board or can't be seen; returns the part of the board that is left, 0 to 1.
pub(super) fn keep_cells(mask: &mut [u8], common: &Cells, blind: &Blind, width: usize) -> f64 {
    let keeps: Vec<bool> =
        (0..common.set.len()).map(|at| common.set[at] && !blind.covers(at % common.columns, at / common.columns)).collect();
    for (y, row) in mask.chunks_exact_mut(width).enumerate() {
        for (column, cell) in row.chunks_mut(CELL).enumerate() {
            if !keeps[y / CELL * common.columns + column] {
                cell.fill(0);
            }
        }
    }
    let board = (0..common.set.len()).filter(|at| common.set[*at] || blind.out_of_frame.set[*at]).count();
    keeps.iter().filter(|keep| **keep).count() as f64 / board.max(1) as f64
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
