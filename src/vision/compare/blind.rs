//! What can't be compared, and why: out of frame, glare, darkness, blur, hidden behind a tall part.

use super::band::Band;
use super::heights::Heights;
use super::layers::Layers;
use super::overlap::{CELL, Cells};
use super::warp::Grid;
use crate::vision::connected::connected;
use crate::vision::crew::{Crew, share};
use crate::vision::order::rising;
use crate::vision::{BlindArea, BlindReason, Cancelled};

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
    /// Of how sharp one picture is in comparison with the other everywhere, the part that is left of it in a blurred place.
    pub blurred: f32,
    /// The part of a cell that only one picture shows as standing above the board from which on it hides the board.
    pub hidden: f32,
    /// Areas of fewer cells are parts of a part (a tinned lead shines, too).
    pub least_cells: usize,
    /// Areas listed, largest first.
    pub most_areas: usize,
}

impl Default for BlindConfig {
    fn default() -> Self {
        Self { bright: 250, dark: 6, most: 0.6, least: 0.2, blurred: 0.3, hidden: 0.5, least_cells: 4, most_areas: 40 }
    }
}

/// Cells in which nothing can be seen on one of the pictures, by reason.
pub(super) struct Blind {
    pub(super) out_of_frame: Cells,
    pub(super) glare: Cells,
    pub(super) dark: Cells,
    pub(super) blur: Cells,
    pub(super) parallax: Cells,
}

impl Blind {
    /// Look at the band's rows of both pictures before their light is made equal. `mask` is 0 where the photo does not reach.
    pub(super) async fn find(
        photo: &Layers,
        reference: &Layers,
        mask: &[u8],
        config: &BlindConfig,
        band: &Band,
        crew: &mut dyn Crew,
    ) -> Result<Self, Cancelled> {
        let columns = photo.width.div_ceil(CELL);
        let looked = (0..columns * photo.height.div_ceil(CELL)).map(|at| {
            let (x, y) = (at % columns * CELL, at / columns * CELL);
            let cell = |plane| Cell { plane, stride: photo.width, x, y };
            glance(&cell(&photo.planes[0]), &cell(&reference.planes[0]), &cell(mask), config)
        });
        let seen = share(crew, band.own_cells(looked.collect(), columns, CELL)).await?;
        let cells = |set: Vec<bool>| Cells { columns, rows: seen.len() / columns, set };
        let flagged = |flag: usize| cells(seen.iter().map(|glance| glance[flag] > 0.0).collect());
        let none = || cells(vec![false; seen.len()]);
        let ratios: Vec<Option<f32>> = seen.iter().map(|glance| Some(glance[0]).filter(|ratio| !ratio.is_nan())).collect();
        let mut blind = Self { out_of_frame: flagged(1), glare: flagged(2), dark: flagged(3), blur: none(), parallax: none() };
        mark_blurred(&ratios, config.blurred, &mut blind.blur);
        for cells in [&mut blind.glare, &mut blind.dark, &mut blind.blur] {
            drop_small(cells, config.least_cells);
        }
        Ok(blind)
    }

    /// What lies around the board is no part of it that can't be seen.
    pub(super) fn keep_to(&mut self, board: &Cells) {
        for cells in [&mut self.glare, &mut self.dark, &mut self.blur] {
            cells.set.iter_mut().zip(&board.set).for_each(|(set, board)| *set &= board);
        }
    }

    /// Add what tall parts hide on one of the pictures.
    pub(super) fn hide_behind(&mut self, heights: &Heights, board: &Cells, config: &BlindConfig) {
        let side = CELL as f64 - 1.0;
        for at in 0..self.parallax.set.len() {
            let (x, y) = (at % self.parallax.columns * CELL, at / self.parallax.columns * CELL);
            let [_, hidden] = heights.shares([x as f64, y as f64, side, side]);
            self.parallax.set[at] = board.set[at] && hidden > config.hidden;
        }
        drop_small(&mut self.parallax, config.least_cells);
    }

    /// True when a cell shows nothing.
    pub(super) fn covers(&self, at: usize) -> bool {
        [&self.out_of_frame, &self.glare, &self.dark, &self.blur, &self.parallax].iter().any(|cells| cells.set[at])
    }

    /// Boxes around connected cells, largest first.
    pub(super) fn areas(&self, grid: &Grid, config: &BlindConfig) -> Vec<BlindArea> {
        let reasons = [
            (BlindReason::OutOfFrame, &self.out_of_frame),
            (BlindReason::Glare, &self.glare),
            (BlindReason::Dark, &self.dark),
            (BlindReason::Blur, &self.blur),
            (BlindReason::Parallax, &self.parallax),
        ];
        let mut sized: Vec<(usize, BlindArea)> = Vec::new();
        for (reason, cells) in reasons {
            sized.extend(connected(&cells.set, cells.columns).into_iter().map(|area| {
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
        rising(sized, |(size, _)| [-(*size as f64), 0.0, 0.0]).into_iter().take(config.most_areas).map(|(_, area)| area).collect()
    }
}

/// What can be said of one cell by itself: how much sharper the photo is than the reference, not a number where there is nothing to tell
/// it from; then whether it is out of frame, in glare, and too dark, 0 or 1 each.
type Glance = [f32; 4];

fn glance(photo: &Cell<'_>, reference: &Cell<'_>, mask: &Cell<'_>, config: &BlindConfig) -> Glance {
    if mask.share(|v| v == 0) > 0.5 {
        return [f32::NAN, 1.0, 0.0, 0.0];
    }
    let one_only = |a: f32, b: f32| f32::from(u8::from(a.max(b) >= config.most && a.min(b) <= config.least));
    let (bright, dark) = (|v: u8| v >= config.bright, |v: u8| v <= config.dark);
    let sharpness = photo.sharpness_over(reference).unwrap_or(f32::NAN);
    let [glare, dark] =
        [one_only(photo.share(bright), reference.share(bright)), one_only(photo.share(dark), reference.share(dark))];
    [sharpness, 0.0, glare, dark]
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

    /// How much sharper this cell is than the other; `None` when there is little to be seen or they show different things.
    fn sharpness_over(&self, other: &Self) -> Option<f32> {
        /// Mean deviation from the cell's mean below which noise is most of it.
        const PLAIN: f32 = 8.0;
        /// Blur takes little of a whole cell's contrast.
        const ALIKE: f32 = 1.6;
        let [(detail, contrast), (other_detail, other_contrast)] = [self, other].map(Self::detail_and_contrast);
        let (low, high) = (contrast.min(other_contrast), contrast.max(other_contrast));
        (low >= PLAIN && high <= ALIKE * low && other_detail > 0.0).then(|| detail / other_detail)
    }

    /// The mean difference of a pixel from its neighbours' mean, twice, and the mean deviation from the cell's mean.
    fn detail_and_contrast(&self) -> (f32, f32) {
        /// Every fourth row tells as much as all of them.
        const STEP: usize = 4;
        let wide = CELL.min(self.stride - self.x);
        let rows =
            || self.plane.chunks_exact(self.stride).skip(self.y).take(CELL).step_by(STEP).map(|row| &row[self.x..][..wide]);
        let count = rows().map(<[u8]>::len).sum::<usize>().max(1) as f32;
        let mean = rows().flatten().map(|v| u32::from(*v)).sum::<u32>() as f32 / count;
        let contrast = rows().flatten().map(|v| (f32::from(*v) - mean).abs()).sum::<f32>() / count;
        let bend = |near: &[u8]| (2 * u32::from(near[1])).abs_diff(u32::from(near[0]) + u32::from(near[2]));
        let detail = rows().flat_map(|row| row.windows(3)).map(bend).sum::<u32>();
        (detail as f32 / count, contrast)
    }
}

/// Mark where the middle one of the ratios of sharpness around is far from what it is everywhere.
fn mark_blurred(ratios: &[Option<f32>], blurred: f32, cells: &mut Cells) {
    /// Cells around one that are asked, on each side.
    const AROUND: usize = 2;
    /// Of these, so many must show something.
    const LEAST: usize = 8;
    let middle = |mut known: Vec<f32>, least: usize| {
        let half = known.len() / 2;
        (known.len() >= least).then(|| *known.select_nth_unstable_by(half, f32::total_cmp).1)
    };
    let Some(usual) = middle(ratios.iter().flatten().copied().collect(), 1) else { return };
    for at in 0..ratios.len() {
        let (column, row) = (at % cells.columns, at / cells.columns);
        let near = |at: usize, count: usize| at.saturating_sub(AROUND)..(at + AROUND + 1).min(count);
        let around = near(row, cells.rows).flat_map(|r| near(column, cells.columns).map(move |c| (r, c)));
        let known = around.filter_map(|(r, c)| ratios[r * cells.columns + c]).collect();
        cells.set[at] = middle(known, LEAST).is_some_and(|ratio| ratio < blurred * usual || ratio * blurred > usual);
    }
}

fn drop_small(cells: &mut Cells, least: usize) {
    for area in connected(&cells.set, cells.columns).iter().filter(|area| area.len() < least) {
        area.iter().for_each(|at| cells.set[*at] = false);
    }
}
