//! What can't be compared, and why: out of frame, glare, darkness.

use super::layers::Layers;
use super::overlap::{CELL, Cells};
use super::warp::Grid;
use crate::vision::{BlindArea, BlindReason};

/// When a place shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
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
            let cell = |plane| Cell { plane, stride: photo.width, x, y };
            blind.out_of_frame.set[at] = cell(mask).share(|v| v == 0) > 0.5;
            if blind.out_of_frame.set[at] {
                continue;
            }
            let (photo, reference) = (cell(&photo.planes[0]), cell(&reference.planes[0]));
            let one_only = |a: f32, b: f32| a.max(b) >= config.most && a.min(b) <= config.least;
            let (bright, dark) = (|v: u8| v >= config.bright, |v: u8| v <= config.dark);
            blind.glare.set[at] = one_only(photo.share(bright), reference.share(bright));
            blind.dark.set[at] = one_only(photo.share(dark), reference.share(dark));
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

/// The pixels of one cell, cut off at the picture's edge.
struct Cell<'a> {
    plane: &'a [u8],
    /// Width of the plane.
    stride: usize,
    x: usize,
    y: usize,
}

impl Cell<'_> {
    /// The part of its pixels that pass a test.
    fn share(&self, test: impl Fn(u8) -> bool) -> f32 {
        let wide = CELL.min(self.stride - self.x);
        let (mut count, mut all) = (0_u32, 0_u32);
        for row in self.plane.chunks_exact(self.stride).skip(self.y).take(CELL) {
            count += row[self.x..][..wide].iter().map(|v| u32::from(test(*v))).sum::<u32>();
            all += wide as u32;
        }
        count as f32 / all.max(1) as f32
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
