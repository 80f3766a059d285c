//! Where the two pictures are compared: 255, else 0.

use super::blind::Blind;
use super::layers::{Layers, halve};
use super::overlap::{CELL, Cells};
use crate::vision::REGIONS;

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

/// Clear everything outside these cells. The mask is `level` halvings smaller than the comparison grid and `width` wide, and begins
/// with row `top` of the whole one.
pub(super) fn keep(mask: &mut [u8], cells: &Cells, width: usize, top: usize, level: usize) {
    let side = CELL >> level;
    for (y, row) in (top..).zip(mask.chunks_exact_mut(width)) {
        for (pixels, seen) in row.chunks_mut(side).zip(&cells.set[y / side * cells.columns..]) {
            if !seen {
                pixels.fill(0);
            }
        }
    }
}

/// What part of the board is seen, 0 to 1.
pub(super) struct Coverage {
    /// Of the whole board: what both pictures show, what the photo does not reach, and what else the reference shows like a board.
    pub(super) board: f64,
    /// Of each region of the reference, whatever lies in it.
    pub(super) regions: [f64; REGIONS * REGIONS],
}

pub(super) fn coverage(seen: &Cells, common: &Cells, structured: &Cells, blind: &Blind) -> Coverage {
    let is_board = |at: &usize| common.set[*at] || blind.out_of_frame.set[*at] || structured.set[*at];
    let board = (0..common.set.len()).filter(is_board).count();
    let count = seen.set.iter().filter(|seen| **seen).count();
    // A cell may lie in several regions, where there are few: it counts in each by the part that lies in it.
    let mut regions = [[0.0; 2]; REGIONS * REGIONS];
    let inside = |cell: usize, cells: usize, region: usize| {
        let edge = |k: usize| k as f64 * cells as f64 / REGIONS as f64;
        ((cell as f64 + 1.0).min(edge(region + 1)) - (cell as f64).max(edge(region))).max(0.0)
    };
    for (at, seen) in seen.set.iter().enumerate() {
        let (column, row) = (at % common.columns, at / common.columns);
        for (region, [seen_part, part]) in regions.iter_mut().enumerate() {
            let share = inside(column, common.columns, region % REGIONS) * inside(row, common.rows, region / REGIONS);
            *seen_part += if *seen { share } else { 0.0 };
            *part += share;
        }
    }
    let share = |seen: f64, all: f64| if all > 0.0 { seen / all } else { 0.0 };
    let regions = regions.map(|[seen, all]| share(seen, all));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(columns: usize, rows: usize, set: impl Fn(usize, usize) -> bool) -> Cells {
        Cells { columns, rows, set: (0..columns * rows).map(|at| set(at % columns, at / columns)).collect() }
    }

    fn nothing_blind(columns: usize, rows: usize) -> Blind {
        let none = || cells(columns, rows, |_, _| false);
        Blind { out_of_frame: none(), glare: none(), dark: none(), blur: none(), parallax: none() }
    }

    #[test]
    fn regions_that_are_finer_than_cells_share_them() {
        let board = cells(8, 2, |_, row| row == 0);
        let found = coverage(&board, &board, &board, &nothing_blind(8, 2));
        assert!((found.board - 1.0).abs() < 1e-9, "what is neither common nor structured is no board");
        assert_eq!(found.regions, std::array::from_fn(|k| if k < 8 { 1.0 } else { 0.0 }));
    }

    #[test]
    fn what_the_reference_alone_shows_like_a_board_was_not_compared() {
        let left = cells(8, 8, |column, _| column < 4);
        let all = cells(8, 8, |_, _| true);
        let found = coverage(&left, &left, &all, &nothing_blind(8, 8));
        assert!((found.board - 0.5).abs() < 1e-9, "{}", found.board);
        assert_eq!(found.regions, std::array::from_fn(|k| if k % 4 < 2 { 1.0 } else { 0.0 }));
    }
}
