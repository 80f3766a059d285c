//! What can't be compared, and why: out of frame, glare, darkness.

use super::layers::Layers;
use super::overlap::{CELL, Cells};
use super::warp::Grid;
use crate::vision::{BlindArea, BlindReason};

/// When a place shows nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlindConfig {
    /// Luma from here on is a highlight.
    pub bright: u8,
    /// Luma up to here is darkness.
    pub dark: u8,
    /// The part of a cell of 32 pixels that must be so on one picture ...
    pub most: f32,
    /// ... and at most this part on the other: white labels and black parts are so on both.
    pub least: f32,
    /// Areas of fewer cells are parts of a part (a tinned lead shines, too).
    pub least_cells: usize,
    /// Areas listed, largest first.
    pub most_areas: usize,
}

impl Default for BlindConfig {
    fn default() -> Self {
        Self { bright: 250, dark: 6, most: 0.6, least: 0.2, least_cells: 4, most_areas: 40 }
    }
}

/// Cells in which nothing can be seen on one of the pictures, by reason.
pub(super) struct Blind {
    pub(super) out_of_frame: Cells,
    pub(super) glare: Cells,
    pub(super) dark: Cells,
}

impl Blind {
    /// Look at both pictures before their light is made equal. `mask` is 0 where the photo does not reach.
    pub(super) fn find(photo: &Layers, reference: &Layers, mask: &[u8], config: &BlindConfig) -> Self {
        let empty = Cells::clear(photo.width, photo.height);
        let mut blind = Self { out_of_frame: empty.clone(), glare: empty.clone(), dark: empty };
        for at in 0..blind.glare.set.len() {
            let (x, y) = (at % blind.glare.columns * CELL, at / blind.glare.columns * CELL);
            let share = |plane: &[u8], test: &dyn Fn(u8) -> bool| {
                let rows =
                    (y..(y + CELL).min(photo.height)).map(|row| &plane[row * photo.width + x..][..CELL.min(photo.width - x)]);
                let (count, all) =
                    rows.fold((0, 0), |(count, all), row| (count + row.iter().filter(|v| test(**v)).count(), all + row.len()));
                count as f32 / all.max(1) as f32
            };
            blind.out_of_frame.set[at] = share(mask, &|v| v == 0) > 0.5;
            if blind.out_of_frame.set[at] {
                continue;
            }
            let one_only = |test: &dyn Fn(u8) -> bool| {
                let (a, b) = (share(&photo.planes[0], test), share(&reference.planes[0], test));
                a.max(b) >= config.most && a.min(b) <= config.least
            };
            blind.glare.set[at] = one_only(&|v| v >= config.bright);
            blind.dark.set[at] = one_only(&|v| v <= config.dark);
        }
        for cells in [&mut blind.glare, &mut blind.dark] {
            let areas = areas(cells);
            for area in areas.iter().filter(|area| area.len() < config.least_cells) {
                area.iter().for_each(|at| cells.set[*at] = false);
            }
        }
        blind
    }

    /// True when a cell shows nothing.
    pub(super) fn covers(&self, column: usize, row: usize) -> bool {
        [&self.out_of_frame, &self.glare, &self.dark].iter().any(|cells| cells.at(column, row))
    }

    /// Boxes around connected cells, largest first.
    pub(super) fn areas(&self, grid: &Grid, config: &BlindConfig) -> Vec<BlindArea> {
        let reasons =
            [(BlindReason::OutOfFrame, &self.out_of_frame), (BlindReason::Glare, &self.glare), (BlindReason::Dark, &self.dark)];
        let mut sized: Vec<(usize, BlindArea)> = Vec::new();
        for (reason, cells) in reasons {
            sized.extend(areas(cells).into_iter().map(|area| {
                let (columns, rows) = (|at: &usize| at % cells.columns, |at: &usize| at / cells.columns);
                let edge = |of: &dyn Fn(&usize) -> usize| {
                    let low = area.iter().map(of).min().unwrap_or(0);
                    (low, area.iter().map(of).max().unwrap_or(0) + 1 - low)
                };
                let ((x, w), (y, h)) = (edge(&columns), edge(&rows));
                let side = |from: usize, count: usize, most: usize| ((from + count) * CELL).min(most) - from * CELL;
                let (w, h) = (side(x, w, grid.width), side(y, h, grid.height));
                let reference_box = grid.on_reference((x * CELL) as f64, (y * CELL) as f64, w as f64, h as f64);
                (area.len(), BlindArea { reference_box, reason })
            }));
        }
        sized.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        sized.into_iter().take(config.most_areas).map(|(_, area)| area).collect()
    }
}

/// Connected sets of cells (four neighbours), in reading order of their first cell.
fn areas(cells: &Cells) -> Vec<Vec<usize>> {
    let mut taken = vec![false; cells.set.len()];
    let mut found = Vec::new();
    for start in 0..cells.set.len() {
        if !cells.set[start] || taken[start] {
            continue;
        }
        taken[start] = true;
        let (mut area, mut next) = (vec![start], 0);
        while let Some(&at) = area.get(next) {
            next += 1;
            let (column, row) = (at % cells.columns, at / cells.columns);
            let around = [
                (column > 0).then(|| at - 1),
                (column + 1 < cells.columns).then_some(at + 1),
                (row > 0).then(|| at - cells.columns),
                (row + 1 < cells.rows).then_some(at + cells.columns),
            ];
            for beside in around.into_iter().flatten() {
                if cells.set[beside] && !taken[beside] {
                    taken[beside] = true;
                    area.push(beside);
                }
            }
        }
        found.push(area);
    }
    found
}
