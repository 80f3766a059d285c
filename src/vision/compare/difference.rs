//! How much two pictures differ at every place beyond what a small misplacement explains.

use super::layers::{Layers, WEIGHTS};
use super::whole::whole;

/// How differences are measured.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct DifferenceConfig {
    /// Part of the local contrast that counts as explained by what is left of misalignment.
    pub contrast_share: f32,
    /// Difference per pixel (weighted grey levels) below which nothing is worth mentioning, added to the pair's own noise.
    pub floor: f32,
}

impl Default for DifferenceConfig {
    fn default() -> Self {
        Self { contrast_share: 0.15, floor: 7.0 }
    }
}

/// A difference of 1 in [`Map::values`]: as large as the floor and the contrast's share together.
pub(super) const UNIT: u16 = 64;

/// Larger values count as this one.
pub(super) const MOST_VALUE: f32 = u16::MAX as f32;

/// For every pixel how large the difference in the window around it is, in units of [`UNIT`].
#[derive(Debug, Clone)]
pub(super) struct Map {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<u16>,
}

/// Half the side of the window, without the pixel in the middle: 7 × 7, the width of the smallest part (0603 on an E-ATX board at 12 MP).
const REACH: usize = 3;
const SIDE: usize = 2 * REACH + 1;
/// Shifts within a radius of two pixels: what is left after a good alignment.
const SHIFT: usize = 2;
const MARGIN: usize = REACH + SHIFT;
/// Pixels of a tile without its margin; its buffers fit into a second-level cache.
const TILE: (usize, usize) = (240, 96);

/// The side of the smallest square of middling contrast that reaches `value`, in pixels of the map.
pub(super) fn smallest_side(value: f32, config: &DifferenceConfig) -> f64 {
    /// A part on solder mask: 40 grey levels of luma and 10 of each opponent colour.
    const CONTRAST: f32 = 80.0;
    let part = value / f32::from(UNIT) * config.floor / CONTRAST;
    (f64::from(part).sqrt() * SIDE as f64).max(2.0)
}

/// Measure `photo` against `reference` (same size); `progress` is called with the part done.
pub(super) fn measure<E>(
    photo: &Layers,
    reference: &Layers,
    config: &DifferenceConfig,
    mut progress: impl FnMut(f32) -> Result<(), E>,
) -> Result<Map, E> {
    let (width, height) = (photo.width, photo.height);
    let mut map = Map { width, height, values: vec![0; width * height] };
    let mut tile = Tile::new();
    let strips = height.div_ceil(TILE.1);
    for strip in 0..strips {
        for column in 0..width.div_ceil(TILE.0) {
            tile.measure(photo, reference, column * TILE.0, strip * TILE.1, config, &mut map);
        }
        progress((strip + 1) as f32 / strips as f32)?;
    }
    Ok(map)
}

/// Buffers of one tile, with margins on all sides.
struct Tile {
    wide: usize,
    high: usize,
    photo: [Vec<u8>; 3],
    reference: [Vec<u8>; 3],
    apart: Vec<u16>,
    columns: Vec<u16>,
    least: Vec<u16>,
    contrast: [Vec<u16>; 2],
}

impl Tile {
    fn new() -> Self {
        let (wide, high) = (TILE.0 + 2 * MARGIN, TILE.1 + 2 * MARGIN);
        let bytes = || std::array::from_fn(|_| vec![0; wide * high]);
        let inner = || vec![0; TILE.0 * TILE.1];
        Self {
            wide,
            high,
            photo: bytes(),
            reference: bytes(),
            apart: vec![0; wide * high],
            columns: vec![0; wide],
            least: inner(),
            contrast: [inner(), inner()],
        }
    }

    fn measure(&mut self, photo: &Layers, reference: &Layers, x: usize, y: usize, config: &DifferenceConfig, map: &mut Map) {
        for k in 0..3 {
            cut(&photo.planes[k], photo.width, photo.height, x, y, self.wide, self.high, &mut self.photo[k]);
            cut(&reference.planes[k], photo.width, photo.height, x, y, self.wide, self.high, &mut self.reference[k]);
        }
        self.least.fill(u16::MAX);
        for (dx, dy) in shifts() {
            // A shift has to earn its keep: ties go to the picture as it lies.
            let penalty = match dx * dx + dy * dy {
                0 => None,
                1 => Some(3),
                _ => Some(2),
            };
            self.subtract(dx, dy);
            windows(&self.apart, self.wide, &mut self.columns, &mut self.least, |least, sum| {
                least.min(penalty.map_or(sum, |penalty| sum.saturating_add(sum >> penalty)))
            });
        }
        for (which, source) in [&self.photo[0], &self.reference[0]].into_iter().enumerate() {
            steps(source, self.wide, self.high, &mut self.apart);
            windows(&self.apart, self.wide, &mut self.columns, &mut self.contrast[which], |_, sum| sum);
        }
        self.relate(x, y, config, map);
    }

    /// Weighted absolute differences of the photo and the shifted reference.
    fn subtract(&mut self, dx: isize, dy: isize) {
        let length = self.wide - 2 * SHIFT;
        for row in SHIFT..self.high - SHIFT {
            let here = row * self.wide + SHIFT;
            let there = ((row as isize + dy) * self.wide as isize + SHIFT as isize + dx) as usize;
            let out = &mut self.apart[here..][..length];
            let [a, b, c] = [0, 1, 2].map(|k| &self.photo[k][here..][..length]);
            let [p, q, r] = [0, 1, 2].map(|k| &self.reference[k][there..][..length]);
            for i in 0..length {
                out[i] = WEIGHTS[0] * u16::from(a[i].abs_diff(p[i]))
                    + WEIGHTS[1] * u16::from(b[i].abs_diff(q[i]))
                    + WEIGHTS[2] * u16::from(c[i].abs_diff(r[i]));
            }
        }
    }

    /// Differences relative to floor and contrast, into the map.
    fn relate(&self, x: usize, y: usize, config: &DifferenceConfig, map: &mut Map) {
        let area = (SIDE * SIDE) as f32;
        let (wide, high) = (TILE.0.min(map.width - x), TILE.1.min(map.height - y));
        for row in 0..high {
            let out = &mut map.values[(y + row) * map.width + x..][..wide];
            let start = row * TILE.0;
            let (least, a, b) =
                (&self.least[start..][..wide], &self.contrast[0][start..][..wide], &self.contrast[1][start..][..wide]);
            for i in 0..wide {
                let usual = config.floor * area + config.contrast_share * f32::from(a[i].min(b[i]));
                out[i] = whole((f32::from(least[i]) * f32::from(UNIT) / usual).min(MOST_VALUE)) as u16;
            }
        }
    }
}

fn shifts() -> impl Iterator<Item = (isize, isize)> {
    let reach = SHIFT as isize;
    (-reach..=reach)
        .flat_map(move |dy| (-reach..=reach).map(move |dx| (dx, dy)))
        .filter(move |(dx, dy)| dx * dx + dy * dy <= reach * reach)
}

/// Copy a tile with its margins; beyond the plane its edge goes on.
fn cut(plane: &[u8], width: usize, height: usize, x: usize, y: usize, wide: usize, high: usize, out: &mut [u8]) {
    for row in 0..high {
        let source = &plane[(y + row).saturating_sub(MARGIN).min(height - 1) * width..][..width];
        let target = &mut out[row * wide..][..wide];
        let (first, last) = (MARGIN.saturating_sub(x), (width + MARGIN - x).min(wide));
        target[..first].fill(source[0]);
        target[first..last].copy_from_slice(&source[x + first - MARGIN..][..last - first]);
        target[last..].fill(source[width - 1]);
    }
}

/// Steps of luma across and down, at places where both neighbours exist.
fn steps(source: &[u8], wide: usize, high: usize, out: &mut [u16]) {
    for row in 1..high - 1 {
        let (above, here, below) =
            (&source[(row - 1) * wide..][..wide], &source[row * wide..][..wide], &source[(row + 1) * wide..][..wide]);
        let out = &mut out[row * wide..][..wide];
        for i in 1..wide - 1 {
            out[i] = u16::from(here[i + 1].abs_diff(here[i - 1])) + u16::from(below[i].abs_diff(above[i]));
        }
    }
}

/// Sums over the window around every inner pixel of a tile, each joined with what `out` holds. The largest possible sum,
/// 49 × 1275, fits.
fn windows(source: &[u16], wide: usize, columns: &mut [u16], out: &mut [u16], join: impl Fn(u16, u16) -> u16) {
    columns.fill(0);
    for row in SHIFT..SHIFT + SIDE - 1 {
        columns.iter_mut().zip(&source[row * wide..][..wide]).for_each(|(sum, v)| *sum = sum.wrapping_add(*v));
    }
    for (row, out) in out.chunks_exact_mut(TILE.0).enumerate() {
        let enters = &source[(row + SHIFT + SIDE - 1) * wide..][..wide];
        columns.iter_mut().zip(enters).for_each(|(sum, v)| *sum = sum.wrapping_add(*v));
        for (out, columns) in out.iter_mut().zip(columns[SHIFT..].windows(SIDE)) {
            *out = join(*out, (0..SIDE).fold(0, |sum, k| sum.wrapping_add(columns[k])));
        }
        let leaves = &source[(row + SHIFT) * wide..][..wide];
        columns.iter_mut().zip(leaves).for_each(|(sum, v)| *sum = sum.wrapping_sub(*v));
    }
}
