//! How much two pictures differ at every place beyond what a small misplacement explains.

use std::ops::Range;

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
const TILE: (usize, usize) = (248, 96);
/// Bytes of a vector.
const BLOCK: usize = 16;
/// Differences in a row of a tile: those of its windows, in whole blocks.
const APART: usize = (TILE.0 + SIDE - 1).next_multiple_of(BLOCK);

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

/// Measure some rows of the band again, tile by tile of the whole map, where a picture was rewritten: `rewritten` are places in the whole
/// map, one at least in each tile that holds any. The smaller difference stays. The map begins with row `top` of the whole one.
pub(super) fn remeasure(
    photo: &Layers,
    reference: &Layers,
    config: &DifferenceConfig,
    rewritten: impl Iterator<Item = (usize, usize)>,
    rows: &Range<usize>,
    top: usize,
    map: &mut Map,
) {
    let columns = map.width.div_ceil(TILE.0);
    let mut touched = vec![false; columns * rows.end.div_ceil(TILE.1)];
    for (x, y) in rewritten {
        if let Some(touched) = touched.get_mut(y / TILE.1 * columns + x / TILE.0) {
            *touched = true;
        }
    }
    let (mut tile, mut before) = (Tile::new(), Vec::with_capacity(TILE.0 * TILE.1));
    for number in (0..touched.len()).filter(|number| touched[*number]) {
        let (x, tile_row) = (number % columns * TILE.0, number / columns);
        // The part of the tile that lies in these rows; measured are as many as a tile has, from there on.
        let part = (tile_row * TILE.1).max(rows.start)..((tile_row + 1) * TILE.1).min(rows.end);
        if part.is_empty() {
            continue;
        }
        let y = part.start - top;
        let (wide, high) = (TILE.0.min(map.width - x), TILE.1.min(map.height - y));
        let width = map.width;
        let lines = (y..y + high).map(|row| row * width + x..row * width + x + wide);
        before.clear();
        before.extend(lines.clone().flat_map(|row| map.values[row].iter().copied()));
        tile.measure(photo, reference, x, y, config, map);
        for (k, (row, before)) in lines.zip(before.chunks_exact(wide)).enumerate() {
            if k < part.len() {
                map.values[row].iter_mut().zip(before).for_each(|(value, before)| *value = (*value).min(*before));
            } else {
                map.values[row].copy_from_slice(before);
            }
        }
    }
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
        let (wide, high) = (APART + 2 * SHIFT, TILE.1 + 2 * MARGIN);
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
            self.subtract(dx, dy);
            let (apart, columns, least) = (&self.apart, &mut self.columns, &mut self.least);
            // A shift has to earn its keep: ties go to the picture as it lies.
            match dx * dx + dy * dy {
                0 => windows(apart, self.wide, columns, least, u16::min),
                1 => windows(apart, self.wide, columns, least, |least, sum| least.min(sum.saturating_add(sum >> 3))),
                _ => windows(apart, self.wide, columns, least, |least, sum| least.min(sum.saturating_add(sum >> 2))),
            }
        }
        for (which, source) in [&self.photo[0], &self.reference[0]].into_iter().enumerate() {
            steps(source, self.wide, self.high, &mut self.apart);
            windows(&self.apart, self.wide, &mut self.columns, &mut self.contrast[which], |_, sum| sum);
        }
        self.relate(x, y, config, map);
    }

    /// Weighted absolute differences of the photo and the shifted reference.
    // Inlined into all that is around them, slices are no longer known not to overlap, and the loops stay scalar.
    #[inline(never)]
    fn subtract(&mut self, dx: isize, dy: isize) {
        let mut bytes = [[0; APART]; 3];
        for row in SHIFT..self.high - SHIFT {
            let here = row * self.wide + SHIFT;
            let there = ((row as isize + dy) * self.wide as isize + SHIFT as isize + dx) as usize;
            // Bytes first: twice as many of them fit into a vector as of their weighted sums.
            for (k, bytes) in bytes.iter_mut().enumerate() {
                apart(&self.photo[k][here..][..APART], &self.reference[k][there..][..APART], bytes);
            }
            let [luma, red, blue] = &bytes;
            let out = &mut self.apart[here..][..APART];
            for i in 0..APART {
                out[i] = WEIGHTS[0] * u16::from(luma[i]) + WEIGHTS[1] * u16::from(red[i]) + WEIGHTS[2] * u16::from(blue[i]);
            }
        }
    }

    /// Differences relative to floor and contrast, into the map.
    #[inline(never)]
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

fn apart(photo: &[u8], reference: &[u8], out: &mut [u8; APART]) {
    for (out, (a, b)) in out.iter_mut().zip(photo.iter().zip(reference)) {
        *out = a.abs_diff(*b);
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
#[inline(never)]
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
#[inline(never)]
fn windows(source: &[u16], wide: usize, columns: &mut [u16], out: &mut [u16], join: impl Fn(u16, u16) -> u16) {
    let line = |row: usize| &source[(row + SHIFT) * wide..][..wide];
    columns.fill(0);
    for row in 0..SIDE {
        columns.iter_mut().zip(line(row)).for_each(|(sum, v)| *sum = sum.wrapping_add(*v));
    }
    for (row, out) in out.chunks_exact_mut(TILE.0).enumerate() {
        if row > 0 {
            for (sum, (enters, leaves)) in columns.iter_mut().zip(line(row + SIDE - 1).iter().zip(line(row - 1))) {
                *sum = sum.wrapping_add(*enters).wrapping_sub(*leaves);
            }
        }
        for (out, columns) in out.iter_mut().zip(columns[SHIFT..].windows(SIDE)) {
            *out = join(*out, (0..SIDE).fold(0, |sum, k| sum.wrapping_add(columns[k])));
        }
    }
}
