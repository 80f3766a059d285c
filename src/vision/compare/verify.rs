//! Asks of a patch: is it somewhere near on the other picture? And the other way round?

use super::difference::Map;
use super::layers::Layers;

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) w: usize,
    pub(super) h: usize,
}

/// Where a patch was found again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Found {
    /// Likeness at the best place that had no counterpart of its own, -1 to 1.
    pub(super) best: f32,
    /// Likeness where it should be.
    pub(super) here: f32,
    /// Displacement of the best place, in pixels.
    pub(super) shift: [i32; 2],
}

/// Look for `patch` of `from` on `into`, at most `reach` pixels away.
///
/// A place on `into` that agrees with `from` as it lies has its explanation already: a part beside its twin is not
/// explained by the twin. `changed` says where the pictures differ (values of at least `level`).
pub(super) fn seek(from: &Layers, into: &Layers, patch: Patch, reach: usize, changed: &Map, level: u16) -> Found {
    let template = Template::new(from, patch);
    let reach = reach as i32;
    let likeness = |dx: i32, dy: i32| template.likeness(into, patch.x as i32 + dx, patch.y as i32 + dy);
    let here = likeness(0, 0).unwrap_or(0.0);
    let mut tops: Vec<(f32, i32, i32)> = Vec::new();
    let step = template.stride + 1;
    for dy in (-reach..=reach).step_by(step) {
        for dx in (-reach..=reach).step_by(step) {
            if let Some(value) = likeness(dx, dy) {
                keep(&mut tops, (value, dx, dy));
            }
        }
    }
    let own = share(changed, patch, 0, 0, level).max(0.05);
    let mut found = Found { best: here, here, shift: [0, 0] };
    for (_, x, y) in tops {
        for (dx, dy) in (-1..=1).flat_map(|v| (-1..=1).map(move |u| (x + u * (step as i32 / 2), y + v * (step as i32 / 2)))) {
            let Some(value) = likeness(dx, dy) else { continue };
            let free = (share(changed, patch, dx, dy, level) / (0.6 * own)).min(1.0);
            if value * free > found.best {
                found = Found { best: value * free, here, shift: [dx, dy] };
            }
        }
    }
    found
}

/// Keep the best few places, best first.
fn keep(tops: &mut Vec<(f32, i32, i32)>, place: (f32, i32, i32)) {
    const MOST: usize = 12;
    if tops.len() == MOST && tops[MOST - 1].0 >= place.0 {
        return;
    }
    let at = tops.partition_point(|top| top.0 >= place.0);
    tops.insert(at, place);
    tops.truncate(MOST);
}

/// The part of a shifted patch in which the pictures differ.
fn share(changed: &Map, patch: Patch, dx: i32, dy: i32, level: u16) -> f32 {
    let (x, y) = (patch.x as i32 + dx, patch.y as i32 + dy);
    if x < 0 || y < 0 || x as usize + patch.w > changed.width || y as usize + patch.h > changed.height {
        return 0.0;
    }
    let rows = (y as usize..y as usize + patch.h).map(|row| &changed.values[row * changed.width + x as usize..][..patch.w]);
    let count: usize = rows.map(|row| row.iter().filter(|value| **value >= level).count()).sum();
    count as f32 / (patch.w * patch.h) as f32
}

/// Samples along the longer side of a patch, at most: enough to tell one part from another, and few enough to search with.
const MOST_SAMPLES: usize = 16;

/// A patch ready for normalised correlation over luma and both opponent colours.
struct Template {
    w: usize,
    h: usize,
    /// Pixels between samples, across and down.
    stride: usize,
    /// Values without their plane's mean, times the plane's weight; the three planes one after the other.
    values: [Vec<f32>; 3],
    energy: f32,
}

/// Grey levels of noise: two patches without structure are not alike, they say nothing.
const NOISE: f32 = 4.0;

impl Template {
    fn new(from: &Layers, patch: Patch) -> Self {
        let stride = patch.w.max(patch.h).div_ceil(MOST_SAMPLES);
        let count = (patch.w.div_ceil(stride) * patch.h.div_ceil(stride)) as f32;
        let mut energy = count * NOISE * NOISE;
        let values = std::array::from_fn(|k| {
            let rows =
                (patch.y..patch.y + patch.h).step_by(stride).map(|y| &from.planes[k][y * from.width + patch.x..][..patch.w]);
            let mut values: Vec<f32> = rows.flat_map(|row| row.iter().step_by(stride)).map(|v| f32::from(*v)).collect();
            let mean = values.iter().sum::<f32>() / count;
            values.iter_mut().for_each(|v| *v -= mean);
            energy += values.iter().map(|v| v * v).sum::<f32>();
            values
        });
        Self { w: patch.w, h: patch.h, stride, values, energy }
    }

    /// Normalised correlation with the patch of `into` at (`x`, `y`); `None` where it leaves the picture.
    fn likeness(&self, into: &Layers, x: i32, y: i32) -> Option<f32> {
        if x < 0 || y < 0 || x as usize + self.w > into.width || y as usize + self.h > into.height {
            return None;
        }
        let (x, y, count) = (x as usize, y as usize, self.values[0].len() as f32);
        let (mut together, mut energy) = (0.0_f32, count * NOISE * NOISE);
        for (values, plane) in self.values.iter().zip(&into.planes) {
            let mut lanes = [[0.0_f32; 8]; 3];
            for (row, values) in values.chunks_exact(self.w.div_ceil(self.stride)).enumerate() {
                let there = &plane[(y + row * self.stride) * into.width + x..][..self.w];
                let add = |lane: usize, a: f32, b: u8, lanes: &mut [[f32; 8]; 3]| {
                    let b = f32::from(b);
                    lanes[0][lane] += a * b;
                    lanes[1][lane] += b;
                    lanes[2][lane] += b * b;
                };
                if self.stride == 1 {
                    for (a, b) in values.chunks(8).zip(there.chunks(8)) {
                        a.iter().zip(b).enumerate().for_each(|(lane, (a, b))| add(lane, *a, *b, &mut lanes));
                    }
                } else {
                    values
                        .iter()
                        .zip(there.iter().step_by(self.stride))
                        .enumerate()
                        .for_each(|(k, (a, b))| add(k & 7, *a, *b, &mut lanes));
                }
            }
            let [ab, b, bb] = lanes.map(|lane| lane.iter().sum::<f32>());
            together += ab;
            energy += bb - b * b / count;
        }
        Some(together / (self.energy * energy.max(1.0)).sqrt())
    }
}
