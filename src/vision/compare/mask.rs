//! Where the two pictures are compared: 255, else 0.

use super::blind::Blind;
use super::layers::Layers;
use super::overlap::{CELL, Cells};

/// Show the reference where the photo does not reach, so that the photo's edge is no structure.
pub(super) fn fill(photo: &mut Layers, reference: &Layers, mask: &[u8]) {
    for (photo, reference) in photo.planes.iter_mut().zip(&reference.planes) {
        for ((value, known), shown) in photo.iter_mut().zip(reference).zip(mask) {
            if *shown == 0 {
                *value = *known;
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
pub(super) fn erode(mask: &mut [u8], width: usize, height: usize) {
    for row in mask.chunks_exact_mut(width) {
        erode_line(row, 0, 1, width);
    }
    for column in 0..width {
        erode_line(mask, column, width, height);
    }
}

fn erode_line(mask: &mut [u8], start: usize, step: usize, length: usize) {
    let mut clear_until = 0;
    let mut shown_since = 0;
    for k in 0..length {
        if mask[start + k * step] == 0 {
            for back in shown_since.max(k.saturating_sub(MARGIN))..k {
                mask[start + back * step] = 0;
            }
            (clear_until, shown_since) = (k + MARGIN + 1, k + 1);
        } else if k < clear_until {
            mask[start + k * step] = 0;
            shown_since = k + 1;
        }
    }
}

/// Half the size; shown only where all four pixels are.
pub(super) fn halved(mask: &[u8], width: usize, height: usize) -> Vec<u8> {
    let (small_width, small_height) = ((width / 2).max(1), (height / 2).max(1));
    let at = |x: usize, y: usize| mask[y.min(height - 1) * width + x.min(width - 1)];
    (0..small_width * small_height)
        .map(|k| {
            let (x, y) = (k % small_width * 2, k / small_width * 2);
            at(x, y).min(at(x + 1, y)).min(at(x, y + 1)).min(at(x + 1, y + 1))
        })
        .collect()
}
