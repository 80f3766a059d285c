//! Differences relative to how well the surroundings agree.

use super::difference::{MOST_VALUE, Map, UNIT};
use super::normalise::{between, halves};
use super::whole::whole;

/// Side of a cell in pixels of the map.
const CELL: usize = 16;

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

/// Divide every value by what is usual around it, so that [`UNIT`] means *as usual*.
///
/// Where tall parts or a loose fit make everything differ a little more, only what stands out of that is left.
/// Returns the value that counts as usual on the picture as a whole, never 0.
pub(super) fn relate(map: &mut Map, mask: &[u8], config: &SurroundingsConfig) -> f32 {
    let (columns, rows) = (map.width.div_ceil(CELL), map.height.div_ceil(CELL));
    let means = cell_means(map, mask, columns, rows);
    let middle = middle(&means);
    let floor = (config.floor * middle).max(0.25 * f32::from(UNIT));
    let usual: Vec<f32> = (0..columns * rows)
        .map(|k| {
            let (column, row) = (k % columns, k / columns);
            let near =
                |at: usize, count: usize| at.saturating_sub(config.radius_cells)..(at + config.radius_cells + 1).min(count);
            let mut around: Vec<f32> = near(row, rows)
                .flat_map(|r| near(column, columns).map(move |c| r * columns + c))
                .filter_map(|at| means[at])
                .collect();
            quantile(&mut around, config.usual).unwrap_or(floor).max(floor)
        })
        .collect();
    for (y, line) in map.values.chunks_exact_mut(map.width).enumerate() {
        let (upper, lower, down) = between(y, CELL, rows);
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
    middle
}

/// The value that counts as usual on the picture as a whole, never 0.
pub(super) fn usual(map: &Map, mask: &[u8]) -> f32 {
    middle(&cell_means(map, mask, map.width.div_ceil(CELL), map.height.div_ceil(CELL)))
}

fn middle(means: &[Option<f32>]) -> f32 {
    let mut all: Vec<f32> = means.iter().flatten().copied().collect();
    quantile(&mut all, 0.5).unwrap_or(0.0).max(0.25 * f32::from(UNIT))
}

/// Relate values to what is usual: `left` before the first of them, and more by `slope` from each to the next.
#[inline(always)]
fn divide(values: &mut [u16], left: f32, slope: f32) {
    for (k, value) in values.iter_mut().enumerate() {
        let usual = left + slope * (k as f32 + 0.5);
        *value = whole((f32::from(*value) * f32::from(UNIT) / usual).min(MOST_VALUE)) as u16;
    }
}

/// Mean value per cell; `None` where most of it is masked.
fn cell_means(map: &Map, mask: &[u8], columns: usize, rows: usize) -> Vec<Option<f32>> {
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
    sums.into_iter().map(|(sum, count)| (count > 64).then(|| sum as f32 / count as f32)).collect()
}

/// The value below which this part of the values lies.
fn quantile(values: &mut [f32], part: f32) -> Option<f32> {
    let last = values.len().checked_sub(1)?;
    let at = ((last as f32 * part) as usize).min(last);
    Some(*values.select_nth_unstable_by(at, f32::total_cmp).1)
}
