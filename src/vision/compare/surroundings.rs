//! Differences relative to how well the surroundings agree.

use std::ops::Range;

use super::band::Band;
use super::difference::{MOST_VALUE, Map, UNIT};
use super::normalise::{between, halves};
use super::whole::whole;
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, share};

/// Side of a cell in pixels of the map.
pub(super) const CELL: usize = 16;

/// How a place is compared with its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct SurroundingsConfig {
    /// Half the side of the surroundings, in cells of 16 pixels. Five make 176 px: several parts, not the whole board.
    pub radius_cells: usize,
    /// The part of the surroundings' cells that count as usual. A changed part must not fill the rest.
    pub usual: f32,
    /// The part of the whole picture's median that every place is allowed.
    pub floor: f32,
}

impl Default for SurroundingsConfig {
    fn default() -> Self {
        Self { radius_cells: 5, usual: 0.7, floor: 0.7 }
    }
}

/// Mean values of the cells of a whole map.
pub(super) struct Means {
    columns: usize,
    rows: usize,
    /// `None` where most of a cell is masked.
    values: Vec<Option<f32>>,
    /// The value that counts as usual on the picture as a whole, never 0.
    pub(super) usual: f32,
}

impl Means {
    /// Those of all hands, from what each has of its band; `level` halvings below the grid.
    pub(super) async fn of(map: &Map, mask: &[u8], band: &Band, level: usize, crew: &mut dyn Crew) -> Result<Self, Cancelled> {
        let columns = map.width.div_ceil(CELL);
        let own = cell_means(map, mask, columns, map.height.div_ceil(CELL));
        let all = share(crew, band.own_cells(own, columns, CELL << level)).await?;
        let values: Vec<Option<f32>> = all.into_iter().map(|mean| Some(mean).filter(|mean| !mean.is_nan())).collect();
        let mut known: Vec<f32> = values.iter().flatten().copied().collect();
        let usual = quantile(&mut known, 0.5).unwrap_or(0.0).max(0.25 * f32::from(UNIT));
        Ok(Self { columns, rows: values.len() / columns, values, usual })
    }
}

/// Divide every value in these rows of the map by what is usual around it, so that [`UNIT`] means *as usual*. The map begins with row
/// `top` of the whole one.
///
/// Where tall parts or a loose fit make everything differ a little more, only what stands out of that is left.
pub(super) fn relate(map: &mut Map, lines: &Range<usize>, top: usize, means: &Means, config: &SurroundingsConfig) {
    let Means { columns, rows, .. } = *means;
    let floor = (config.floor * means.usual).max(0.25 * f32::from(UNIT));
    // Between the middles of the cells that the map's rows lie in, and of those beside them.
    let first = ((top + lines.start) / CELL).saturating_sub(1);
    let last = ((top + lines.end).div_ceil(CELL) + 1).min(rows);
    let mut around: Vec<f32> = Vec::new();
    let usual: Vec<f32> = (first * columns..last * columns)
        .map(|k| {
            let near =
                |at: usize, count: usize| at.saturating_sub(config.radius_cells)..(at + config.radius_cells + 1).min(count);
            let across = near(k % columns, columns);
            around.clear();
            for row in near(k / columns, rows) {
                around.extend(means.values[row * columns..][across.clone()].iter().flatten());
            }
            quantile(&mut around, config.usual).unwrap_or(floor).max(floor)
        })
        .collect();
    let values = &mut map.values[lines.start * map.width..lines.end * map.width];
    for (y, line) in (top + lines.start..).zip(values.chunks_exact_mut(map.width)) {
        let (upper, lower, down) = between(y, CELL, rows);
        let (upper, lower) = (upper - first, lower - first);
        let edge = |c: usize| usual[upper * columns + c] + (usual[lower * columns + c] - usual[upper * columns + c]) * down;
        let mut left = edge(0);
        for (column, values) in halves(line, CELL).enumerate() {
            let right = edge(column.min(columns - 1));
            let slope = (right - left) / CELL as f32;
            match values.as_mut_array::<CELL>() {
                // The same; but that their number is known spares every cell a loop for what may be left over.
                Some(values) => divide(values, left, slope),
                None => divide(values, left, slope),
            }
            left = right;
        }
    }
}

/// Relate values to what is usual: `left` before the first of them, and more by `slope` from each to the next.
#[inline(always)]
fn divide(values: &mut [u16], left: f32, slope: f32) {
    for (k, value) in values.iter_mut().enumerate() {
        let usual = left + slope * (k as f32 + 0.5);
        *value = whole((f32::from(*value) * f32::from(UNIT) / usual).min(MOST_VALUE)) as u16;
    }
}

/// Mean value per cell; not a number where most of it is masked.
fn cell_means(map: &Map, mask: &[u8], columns: usize, rows: usize) -> Vec<f32> {
    // A cell's largest possible sum, 256 × 65535, fits.
    let mut sums = vec![(0_u32, 0_u32); columns * rows];
    for (y, (values, masks)) in map.values.chunks_exact(map.width).zip(mask.chunks_exact(map.width)).enumerate() {
        let cells = values.chunks(CELL).zip(masks.chunks(CELL));
        for (sum, (values, masks)) in sums[y / CELL * columns..].iter_mut().zip(cells) {
            for (value, mask) in values.iter().zip(masks) {
                let shown = u32::from(*mask != 0);
                *sum = (sum.0 + shown * u32::from(*value), sum.1 + shown);
            }
        }
    }
    sums.into_iter().map(|(sum, count)| if count > 64 { sum as f32 / count as f32 } else { f32::NAN }).collect()
}

/// The value below which this part of the values lies.
fn quantile(values: &mut [f32], part: f32) -> Option<f32> {
    let last = values.len().checked_sub(1)?;
    let at = ((last as f32 * part) as usize).min(last);
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}
