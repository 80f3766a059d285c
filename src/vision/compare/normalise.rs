//! Light: make the reference look as if it had been lit and exposed like the photo, place by place.

use super::band::Band;
use super::layers::Layers;
use super::whole::whole;
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, share, sums};

/// How the reference's light is fitted to the photo's.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct NormaliseConfig {
    /// Half the side of the window in which one gain and one offset hold, in cells of [`CELL`] pixels.
    /// Five cells make a window of 352 px: larger than any part that may be missing as a whole, smaller than the reach of a lamp.
    pub radius_cells: usize,
    /// Standard deviation (grey levels) that a window needs before its own gain counts as much as the picture's.
    pub prior_contrast: f32,
    /// Cells whose misfit is this many times the median misfit count half: changes must not explain themselves away.
    pub outlier: f32,
}

impl Default for NormaliseConfig {
    fn default() -> Self {
        Self { radius_cells: 5, prior_contrast: 12.0, outlier: 2.0 }
    }
}

/// Pixels of the comparison grid along the side of a cell.
pub(super) const CELL: usize = 32;
/// A cell is measured on pictures a quarter as large, where a misalignment of two pixels hardly counts.
const SMALL_CELL: usize = CELL / 4;
/// Fits, each with the weights that the one before suggests.
const ROUNDS: usize = 3;

/// Sums over the pixels of a cell for one plane: count, a, b, aa, bb, ab.
type Sums = [f32; 6];

/// Gain and offset per cell.
struct Field {
    columns: usize,
    rows: usize,
    gain_offset: Vec<[f32; 2]>,
}

/// Rewrite the band's rows of `reference` in the photo's light. `mask` is 0 where the photo does not reach.
pub(super) async fn normalise(
    photo: &Layers,
    reference: &mut Layers,
    mask: &[u8],
    config: &NormaliseConfig,
    band: &Band,
    crew: &mut dyn Crew,
) -> Result<(), Cancelled> {
    for plane in 0..3 {
        let (cells, columns) = measure(photo, reference, mask, plane);
        let cells = share(crew, band.own_cells(cells, columns, CELL)).await?;
        let field = fit(&cells, columns, config);
        for (y, row) in band.laid(0).zip(reference.planes[plane].chunks_exact_mut(photo.width)) {
            relight(row, &field, y);
        }
    }
    Ok(())
}

/// What the cells of one plane add up to, and how many there are to a row.
fn measure(photo: &Layers, reference: &Layers, mask: &[u8], plane: usize) -> (Vec<Sums>, usize) {
    let mask_width = photo.width;
    let (photo, reference) = (photo.quartered(plane), reference.quartered(plane));
    let (width, height) = (photo.width, photo.height);
    let (columns, rows) = (width.div_ceil(SMALL_CELL), height.div_ceil(SMALL_CELL));
    let mut cells = vec![Sums::default(); columns * rows];
    for y in 0..height {
        let masks = &mask[(4 * y + 2).min(mask.len() / mask_width - 1) * mask_width..][..mask_width];
        let (a, b) = (&photo.values[y * width..][..width], &reference.values[y * width..][..width]);
        for x in 0..width {
            // A saturated pixel has lost its light; it says nothing about the gain.
            if masks[(4 * x + 2).min(mask_width - 1)] == 0 || (plane == 0 && (a[x] > 250 || b[x] > 250)) {
                continue;
            }
            let (a, b) = (f32::from(a[x]), f32::from(b[x]));
            let add = [1.0, a, b, a * a, b * b, a * b];
            cells[y / SMALL_CELL * columns + x / SMALL_CELL].iter_mut().zip(add).for_each(|(sum, v)| *sum += v);
        }
    }
    (cells, columns)
}

/// The light of all cells of one plane.
fn fit(cells: &[Sums], columns: usize, config: &NormaliseConfig) -> Field {
    let rows = cells.len() / columns;
    let whole = cells.iter().fold(Sums::default(), |sum, cell| std::array::from_fn(|k| sum[k] + cell[k]));
    let overall = gain_offset(&whole, 1.0, config.prior_contrast);
    let mut weights = vec![1.0_f32; cells.len()];
    let mut gain_offset_field = Vec::new();
    for _ in 0..ROUNDS {
        let weighted: Vec<Sums> = cells.iter().zip(&weights).map(|(cell, w)| cell.map(|v| v * w)).collect();
        let around = windowed(&weighted, columns, rows, config.radius_cells);
        gain_offset_field = around
            .iter()
            .map(|sums| if sums[0] < 8.0 { overall } else { gain_offset(sums, overall[0], config.prior_contrast) })
            .collect::<Vec<_>>();
        let misfits: Vec<f32> = cells.iter().zip(&gain_offset_field).map(|(cell, fit)| misfit(cell, *fit)).collect();
        let mut sorted: Vec<f32> = misfits.iter().copied().filter(|m| *m > 0.0).collect();
        sorted.sort_by(f32::total_cmp);
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or(1.0).max(0.5);
        for (weight, misfit) in weights.iter_mut().zip(misfits) {
            let ratio = misfit / (config.outlier * median);
            *weight = 1.0 / (1.0 + ratio * ratio);
        }
    }
    Field { columns, rows, gain_offset: gain_offset_field }
}

/// Half regression slope, half ratio of contrasts: the slope is pulled down by misalignment, the ratio is misled by change.
fn gain_offset(sums: &Sums, prior_gain: f32, prior_contrast: f32) -> [f32; 2] {
    let n = sums[0].max(1e-6);
    let (a, b) = (sums[1] / n, sums[2] / n);
    let prior = prior_contrast * prior_contrast;
    let (vary_a, vary_b) = ((sums[3] / n - a * a).max(0.0), (sums[4] / n - b * b).max(0.0));
    let together = sums[5] / n - a * b;
    let slope = (together + prior * prior_gain) / (vary_b + prior);
    let ratio = ((vary_a + prior * prior_gain * prior_gain) / (vary_b + prior)).sqrt();
    let gain = (0.5 * (slope + ratio)).clamp(0.3, 3.0);
    [gain, a - gain * b]
}

/// Root mean square of what the fit leaves over in a cell.
fn misfit(cell: &Sums, [gain, offset]: [f32; 2]) -> f32 {
    let [n, a, b, aa, bb, ab] = *cell;
    if n < 1.0 {
        return 0.0;
    }
    let sum = aa + gain * gain * bb + offset * offset * n - 2.0 * gain * ab - 2.0 * offset * a + 2.0 * gain * offset * b;
    (sum / n).max(0.0).sqrt()
}

/// Sums over windows of `2 radius + 1` cells, cut off at the picture's edge.
fn windowed(cells: &[Sums], columns: usize, rows: usize, radius: usize) -> Vec<Sums> {
    let along = |source: &[Sums], length: usize, step: usize, start: usize, out: &mut [Sums]| {
        for k in 0..length {
            let mut sum = Sums::default();
            for j in k.saturating_sub(radius)..(k + radius + 1).min(length) {
                sum.iter_mut().zip(source[start + j * step]).for_each(|(sum, v)| *sum += v);
            }
            out[start + k * step] = sum;
        }
    };
    let (mut across, mut both) = (vec![Sums::default(); cells.len()], vec![Sums::default(); cells.len()]);
    (0..rows).for_each(|row| along(cells, columns, 1, row * columns, &mut across));
    (0..columns).for_each(|column| along(&across, rows, columns, column, &mut both));
    both
}

/// One row in the photo's light, gain and offset bilinear between the cells' centres.
#[inline(never)]
fn relight(row: &mut [u8], field: &Field, y: usize) {
    let (upper, lower, down) = between(y, CELL, field.rows);
    let between_rows = |column: usize| {
        let (u, l) = (field.gain_offset[upper * field.columns + column], field.gain_offset[lower * field.columns + column]);
        [u[0] + (l[0] - u[0]) * down, u[1] + (l[1] - u[1]) * down]
    };
    let mut left = between_rows(0);
    // From centre to centre; the first half cell and the last are all edge.
    for (column, values) in halves(row, CELL).enumerate() {
        let right = between_rows(column.min(field.columns - 1));
        let slope = [right[0] - left[0], right[1] - left[1]].map(|v| v / CELL as f32);
        for (k, value) in values.iter_mut().enumerate() {
            let along = k as f32 + 0.5;
            let (gain, offset) = (left[0] + slope[0] * along, left[1] + slope[1] * along);
            *value = whole((gain * f32::from(*value) + offset + 0.5).clamp(0.0, 255.0)) as u8;
        }
        left = right;
    }
}

/// The cells before and after a pixel by their centres, and how far it is from the one to the other, 0 to 1.
pub(super) fn between(v: usize, cell: usize, count: usize) -> (usize, usize, f32) {
    let v = ((v as f32 + 0.5) / cell as f32 - 0.5).clamp(0.0, (count - 1) as f32);
    let low = (v as usize).min(count.saturating_sub(2));
    (low, (low + 1).min(count - 1), v - low as f32)
}

/// A row cut at the centres of its cells: half a cell, whole ones, and the rest.
pub(super) fn halves<T>(row: &mut [T], cell: usize) -> impl Iterator<Item = &mut [T]> {
    let (first, rest) = row.split_at_mut((cell / 2).min(row.len()));
    std::iter::once(first).chain(rest.chunks_mut(cell))
}

/// Soften whichever picture is sharper until both show the same amount of fine detail, then both once.
/// Returns how often one had to be softened for the other. `rows` is the height of the whole grid.
pub(super) async fn match_sharpness(
    photo: &mut Layers,
    reference: &mut Layers,
    rows: usize,
    band: &Band,
    crew: &mut dyn Crew,
) -> Result<usize, Cancelled> {
    /// More passes (a blur of 1.6 px) would hide parts that the blurred picture can still show.
    const MOST_PASSES: usize = 5;
    let mut passes = 0;
    while passes < MOST_PASSES {
        let found = sums(crew, vec![detail(photo, band), detail(reference, band)]).await?;
        let mean = |sum: u64| sum as f64 / (photo.width * rows.div_ceil(STEP)) as f64 + 1e-3;
        let (a, b) = (mean(found[0]), mean(found[1]));
        if a > 1.1 * b {
            photo.soften();
        } else if b > 1.1 * a {
            reference.soften();
        } else {
            break;
        }
        passes += 1;
    }
    photo.soften();
    reference.soften();
    Ok(passes)
}

/// Of so many rows one tells as much as all.
const STEP: usize = 4;

/// Sum of the steps between neighbours two apart in every fourth row of the band, in grey levels of luma, where they are more than noise.
fn detail(layers: &Layers, band: &Band) -> u64 {
    const NOISE: u8 = 12;
    let step = |w: &[u8]| Some(w[0].abs_diff(w[2])).filter(|step| *step > NOISE).map_or(0, u32::from);
    let steps = |row: &[u8]| u64::from(row.windows(3).map(step).sum::<u32>());
    let (own, laid) = (band.own(0), band.laid(0));
    layers.planes[0].chunks_exact(layers.width).skip(own.start - laid.start).take(own.len()).step_by(STEP).map(steps).sum()
}
