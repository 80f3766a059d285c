//! From a map of differences to things: one box per peak, over several sizes.

use std::ops::Range;

use super::difference::{Map, UNIT};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, sums};
use crate::vision::order::rising;

/// How peaks become boxes.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct GroupConfig {
    /// A peak this many times the pair's own noise above its median starts a box. With twice as much a third of the parts
    /// askew and of the solder bridges on drawn boards had no box at all; telling them from noise is the ranking's work.
    pub seed: f32,
    /// A box reaches down to this many times the noise ...
    pub grow: f32,
    /// ... or to this part of its peak, whichever is higher.
    pub share_of_peak: f32,
    /// Boxes kept per size of window.
    pub most_per_level: usize,
}

impl Default for GroupConfig {
    fn default() -> Self {
        Self { seed: 2.5, grow: 2.0, share_of_peak: 0.45, most_per_level: 1000 }
    }
}

/// A connected place of large differences, in pixels of its own level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Blob {
    /// How often the grid was halved.
    pub(super) level: u32,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) w: usize,
    pub(super) h: usize,
    /// Pixels above the threshold.
    pub(super) area: usize,
    /// Largest and mean value, in units of the pair's noise.
    pub(super) peak: f32,
    pub(super) mean: f32,
}

/// Median and spread of a map: what this pair shows where nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Noise {
    pub(super) median: f32,
    pub(super) spread: f32,
}

impl Blob {
    /// As numbers.
    pub(super) fn numbers(&self) -> [u32; 8] {
        let [x, y, w, h, area] = [self.x, self.y, self.w, self.h, self.area].map(|v| v as u32);
        [self.level, x, y, w, h, area, self.peak.to_bits(), self.mean.to_bits()]
    }

    /// From its numbers.
    pub(super) fn of([level, x, y, w, h, area, peak, mean]: [u32; 8]) -> Self {
        let [x, y, w, h, area] = [x, y, w, h, area].map(|v| v as usize);
        Self { level, x, y, w, h, area, peak: f32::from_bits(peak), mean: f32::from_bits(mean) }
    }

    /// Left, top, width and height.
    pub(super) const fn bounds(&self) -> [usize; 4] {
        [self.x, self.y, self.w, self.h]
    }

    /// The row of its level that its middle lies in.
    pub(super) fn middle(&self) -> usize {
        self.y + self.h / 2
    }
}

impl Noise {
    /// From the values in these rows where `mask` is not 0, and in those of all other hands; the spread is the median absolute deviation,
    /// scaled to a normal's sigma.
    pub(super) async fn of(map: &Map, mask: &[u8], rows: &Range<usize>, crew: &mut dyn Crew) -> Result<Self, Cancelled> {
        const MOST: usize = 4096;
        let mut histogram = vec![0_u64; MOST];
        let pixels = rows.start * map.width..rows.end * map.width;
        for (value, mask) in map.values[pixels.clone()].iter().zip(&mask[pixels]) {
            if *mask != 0 {
                histogram[usize::from(*value).min(MOST - 1)] += 1;
            }
        }
        let histogram = sums(crew, histogram).await?;
        let total: u64 = histogram.iter().sum();
        let median_of = |count: &dyn Fn(usize) -> u64| {
            let mut sum = 0;
            (0..MOST).find(|k| {
                sum += count(*k);
                2 * sum >= total
            })
        };
        let median = median_of(&|k| histogram[k]).unwrap_or(0);
        let deviation = |k: usize| {
            let below = median.checked_sub(k).map_or(0, |at| histogram[at]);
            below + if k == 0 { 0 } else { histogram.get(median + k).copied().unwrap_or(0) }
        };
        let spread = median_of(&deviation).unwrap_or(0) as f32 * 1.4826;
        // Drawn and black-and-white pictures have hardly any noise; a tenth of a unit keeps their specks small.
        Ok(Self { median: median as f32, spread: spread.max(f32::from(UNIT) * 0.1) })
    }

    /// A value in units of the noise.
    pub(super) fn level(&self, value: u16) -> f32 {
        (f32::from(value) - self.median) / self.spread
    }

    /// A level as it was before it was related to what is usual.
    pub(super) fn unrelated(&self, level: f32, usual: f32) -> f32 {
        (self.median + level * self.spread) * usual / f32::from(UNIT)
    }

    /// The value that stands `level` units above the median.
    fn value(&self, level: f32) -> u16 {
        (self.median + level * self.spread).clamp(0.0, 65535.0) as u16
    }
}

/// Find the blobs of one whole map, highest peak first. `peaks` are those of [`peaks`]; what is `taken` is no part of any blob.
pub(super) fn group(
    map: &Map,
    peaks: Vec<Peak>,
    mut taken: Vec<bool>,
    level: usize,
    noise: &Noise,
    config: &GroupConfig,
) -> Vec<Blob> {
    let (level, grow) = (level as u32, noise.value(config.grow));
    let peaks = rising(peaks, |[value, at]| [-f64::from(*value), f64::from(*at), 0.0]);
    let mut blobs = Vec::new();
    let mut stack = Vec::new();
    for start in peaks.into_iter().map(|[_, at]| at as usize) {
        if taken[start] {
            continue;
        }
        if blobs.len() >= config.most_per_level {
            break;
        }
        let peak = map.values[start];
        let above = f32::from(peak) - noise.median;
        let floor = grow.max((noise.median + config.share_of_peak * above) as u16);
        let blob = flood(map, &mut taken, &mut stack, start, floor);
        shoulder(map, &mut taken, &mut stack, &blob, grow);
        let mean = (blob.sum as f32 / blob.area as f32 - noise.median) / noise.spread;
        let [left, top, right, bottom] = blob.bounds;
        let (w, h) = (right - left + 1, bottom - top + 1);
        blobs.push(Blob { level, x: left, y: top, w, h, area: blob.area, peak: noise.level(peak), mean });
    }
    blobs
}

/// A value of a map and its place, counted row by row over the whole map.
pub(super) type Peak = [u32; 2];

/// The highest place of every 8 × 8 block that starts a box, in these rows of the map. The first row is that many rows below the
/// whole map's first; both begin with a block.
pub(super) fn peaks(map: &Map, rows: &Range<usize>, top: usize, noise: &Noise, config: &GroupConfig) -> Vec<Peak> {
    const BLOCK: usize = 8;
    let seed = noise.value(config.seed).max(1);
    let mut found = Vec::new();
    let mut highest = vec![0; map.width];
    let values = &map.values[rows.start * map.width..rows.end * map.width];
    for (strip, rows) in values.chunks(BLOCK * map.width).enumerate() {
        highest.fill(0);
        for row in rows.chunks_exact(map.width) {
            highest.iter_mut().zip(row).for_each(|(most, value)| *most = (*most).max(*value));
        }
        for (block, columns) in highest.chunks(BLOCK).enumerate() {
            let most = columns.iter().copied().max().unwrap_or(0);
            if most < seed {
                continue;
            }
            let row = |row: &[u16]| row[block * BLOCK..][..columns.len()].iter().position(|value| *value == most);
            let place = rows.chunks_exact(map.width).enumerate().find_map(|(y, values)| Some((y, row(values)?)));
            found.extend(place.map(|(y, x)| [most.into(), ((top + strip * BLOCK + y) * map.width + block * BLOCK + x) as u32]));
        }
    }
    found
}

struct Flooded {
    /// Left, top, right, bottom, all inside.
    bounds: [usize; 4],
    area: usize,
    sum: u64,
}

/// Everything connected with `start` that reaches `floor`.
fn flood(map: &Map, taken: &mut [bool], stack: &mut Vec<usize>, start: usize, floor: u16) -> Flooded {
    let (x, y) = (start % map.width, start / map.width);
    let mut blob = Flooded { bounds: [x, y, x, y], area: 0, sum: 0 };
    taken[start] = true;
    stack.push(start);
    while let Some(at) = stack.pop() {
        let (x, y) = (at % map.width, at / map.width);
        let [left, top, right, bottom] = blob.bounds;
        blob.bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
        blob.area += 1;
        blob.sum += u64::from(map.values[at]);
        for next in neighbours(at, x, y, map) {
            if !taken[next] && map.values[next] >= floor {
                taken[next] = true;
                stack.push(next);
            }
        }
    }
    blob
}

/// Take the foot of a peak out of the running, near its box only: it is no thing of its own.
fn shoulder(map: &Map, taken: &mut [bool], stack: &mut Vec<usize>, blob: &Flooded, grow: u16) {
    /// Pixels around the box: the window's own width.
    const NEAR: usize = 7;
    let [left, top, right, bottom] = blob.bounds;
    let xs = left.saturating_sub(NEAR)..(right + NEAR + 1).min(map.width);
    let ys = top.saturating_sub(NEAR)..(bottom + NEAR + 1).min(map.height);
    for y in ys {
        for x in xs.clone() {
            let at = y * map.width + x;
            if map.values[at] >= grow {
                taken[at] = true;
            }
        }
    }
    stack.clear();
}

fn neighbours(at: usize, x: usize, y: usize, map: &Map) -> impl Iterator<Item = usize> + use<> {
    let candidates = [
        (x > 0).then(|| at - 1),
        (x + 1 < map.width).then_some(at + 1),
        (y > 0).then(|| at - map.width),
        (y + 1 < map.height).then_some(at + map.width),
    ];
    candidates.into_iter().flatten()
}
