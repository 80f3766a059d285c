//! How alike two patches are: normalised correlation over luma and both opponent colours.

use super::layers::Layers;
use super::verify::Patch;

/// Samples along the longer side of a patch, at most: enough to tell one part from another, and few enough to search with.
const MOST_SAMPLES: usize = 16;

/// A row of samples, those that a patch does not have 0.
type Row<T> = [T; MOST_SAMPLES];

/// Grey levels of noise: two patches without structure are not alike, they say nothing.
const NOISE: f32 = 4.0;

/// A patch ready to be looked for.
pub(super) struct Template {
    patch: Patch,
    /// Pixels between samples, across and down.
    pub(super) stride: usize,
    columns: usize,
    /// Values without their plane's mean, row by row.
    values: [Vec<Row<f32>>; 3],
    energy: f32,
    /// The part of `energy` that the planes after each plane have.
    rest: [f32; 3],
}

impl Template {
    pub(super) fn new(from: &Layers, patch: Patch) -> Self {
        let stride = patch.w.max(patch.h).div_ceil(MOST_SAMPLES);
        let (columns, rows) = (patch.w.div_ceil(stride), patch.h.div_ceil(stride));
        let count = (columns * rows) as f32;
        let mut energies = [0.0; 3];
        let values = std::array::from_fn(|k| {
            let mut values: Vec<Row<f32>> = (0..rows)
                .map(|row| samples(&from.planes[k][(patch.y + row * stride) * from.width + patch.x..], stride, columns))
                .map(|row| row.map(f32::from))
                .collect();
            let each = |values: &[Row<f32>], of: fn(f32) -> f32| -> f32 {
                values.iter().flat_map(|row| &row[..columns]).map(|v| of(*v)).sum()
            };
            let mean = each(&values, |v| v) / count;
            values.iter_mut().for_each(|row| row[..columns].iter_mut().for_each(|v| *v -= mean));
            energies[k] = each(&values, |v| v * v);
            values
        });
        let energy = energies.iter().fold(count * NOISE * NOISE, |sum, energy| sum + energy);
        Self { patch, stride, columns, values, energy, rest: [energies[1] + energies[2], energies[2], 0.0] }
    }

    fn count(&self) -> f32 {
        (self.columns * self.values[0].len()) as f32
    }

    /// Products with one plane of a patch, given row by row, and the patch's own energy in it.
    fn correlate(&self, plane: usize, there: impl Fn(usize) -> Row<u8>) -> [f32; 2] {
        let (mut lanes, mut sums, mut squares) = ([0.0_f32; 8], [0_u16; 8], [0_u32; 8]);
        for (row, values) in self.values[plane].iter().enumerate() {
            let there = there(row);
            for half in 0..2 {
                for lane in 0..8 {
                    let value = there[8 * half + lane];
                    lanes[lane] += values[8 * half + lane] * f32::from(value);
                    sums[lane] += u16::from(value);
                    squares[lane] += u32::from(u16::from(value) * u16::from(value));
                }
            }
        }
        // Whole numbers below 2^24: exact, in whatever order they are added.
        let sum = sums.iter().map(|v| u32::from(*v)).sum::<u32>() as f32;
        let squares = squares.iter().sum::<u32>() as f32;
        [lanes.iter().sum(), squares - sum * sum / self.count()]
    }
}

/// Every `stride`-th value.
fn samples(row: &[u8], stride: usize, columns: usize) -> Row<u8> {
    let mut samples = [0; MOST_SAMPLES];
    samples[..columns].iter_mut().zip(row.iter().step_by(stride)).for_each(|(sample, v)| *sample = *v);
    samples
}

/// The place on another picture in which a template is looked for.
pub(super) struct Field<'a> {
    template: &'a Template,
    into: &'a Layers,
    left: usize,
    top: usize,
    /// Samples of a row of luma that start at the same column, up to the stride.
    wide: usize,
    /// Luma row by row, of every row first those samples that start at its first pixel, then at its second, up to the stride.
    luma: Vec<u8>,
    /// 255 for each sample that the template has.
    has: Row<u8>,
}

impl<'a> Field<'a> {
    /// What lies at most `reach` pixels away from the template's own place.
    pub(super) fn around(template: &'a Template, into: &'a Layers, reach: usize) -> Self {
        let (patch, stride) = (template.patch, template.stride);
        let (left, top) = (patch.x.saturating_sub(reach), patch.y.saturating_sub(reach));
        let (right, bottom) = ((patch.x + patch.w + reach).min(into.width), (patch.y + patch.h + reach).min(into.height));
        let wide = (right - left).div_ceil(stride);
        let mut luma = vec![0; (bottom - top) * stride * wide + MOST_SAMPLES];
        for (y, strips) in (top..bottom).zip(luma.chunks_exact_mut(stride * wide)) {
            let row = &into.planes[0][y * into.width..][left..right];
            for (phase, strip) in strips.chunks_exact_mut(wide).enumerate() {
                strip.iter_mut().zip(row.iter().skip(phase).step_by(stride)).for_each(|(sample, v)| *sample = *v);
            }
        }
        let has = std::array::from_fn(|k| if k < template.columns { 255 } else { 0 });
        Self { template, into, left, top, wide, luma, has }
    }

    /// Likeness of the template with what lies (`dx`, `dy`) beside its own place, -1 to 1.
    ///
    /// `None` where it leaves the picture, and where it is certainly not more than `least`. The displacement must be within reach.
    pub(super) fn likeness(&self, dx: i32, dy: i32, least: f32) -> Option<f32> {
        let Template { patch, stride, columns, .. } = *self.template;
        let x = patch.x.checked_add_signed(dx as isize).filter(|x| x + patch.w <= self.into.width)?;
        let y = patch.y.checked_add_signed(dy as isize).filter(|y| y + patch.h <= self.into.height)?;
        let start = ((y - self.top) * stride + (x - self.left) % stride) * self.wide + (x - self.left) / stride;
        let (mut together, mut energy) = (0.0, self.template.count() * NOISE * NOISE);
        for plane in 0..3 {
            let [with, own] = if plane == 0 {
                self.template.correlate(plane, |row| {
                    let there = self.luma[start + row * stride * stride * self.wide..].first_chunk().unwrap_or(&self.has);
                    std::array::from_fn(|k| there[k] & self.has[k])
                })
            } else {
                let row = |row: usize| &self.into.planes[plane][(y + row * stride) * self.into.width + x..];
                self.template.correlate(plane, |k| samples(row(k), stride, columns))
            };
            (together, energy) = (together + with, energy + own);
            if self.most(together, energy, self.template.rest[plane]) <= least {
                return None;
            }
        }
        Some(together / (self.template.energy * energy.max(1.0)).sqrt())
    }

    /// What the likeness can be at most when some planes are known and the template has `rest` energy in the others: those are
    /// the template's own, in any strength (the inequality of Cauchy and Schwarz).
    fn most(&self, together: f32, energy: f32, rest: f32) -> f32 {
        /// More than all roundings of sums over 256 samples make, with the least energy that noise leaves.
        const ROUNDING: f32 = 0.02;
        let together = together.max(0.0);
        ((together * together / energy + rest) / self.template.energy).sqrt() + ROUNDING
    }
}
