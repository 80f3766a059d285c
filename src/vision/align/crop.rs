//! The photo around one place, close at hand, and bilinear samples of it in integers.

use super::pyramid::Grey;

/// Pixels along the crop. A patch with its margins fits turned by 45° and stretched by the half level that two levels are
/// apart; a power of two, so that a mask keeps an index inside.
const SIDE: usize = 128;
/// Rounding must not lead out of the crop: this part of a pixel stays free around what is sampled.
const SLACK: f64 = 0.01;
/// Fractional bits of a coordinate in the crop.
const BITS: u32 = 16;
/// What stands for 1 in the values that come out: a quarter of a grey level is finer than a camera's noise.
pub(super) const UNIT: u16 = 4;

/// Room for a piece of the photo; one is enough for any number of places.
pub(super) struct Crop {
    /// One row and one pixel more than the mask reaches: the lower right neighbours of its last pixel.
    pixels: [u8; SIDE * SIDE + SIDE + 2],
}

/// An affine map from the pixels of a square around the middle to the photo's, pixel centres at integers.
pub(super) struct Square {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Photo pixels per pixel of the square: dx/du, dx/dv, dy/du, dy/dv.
    pub(super) slopes: [f64; 4],
}

impl Crop {
    pub(super) const fn new() -> Self {
        Self { pixels: [0; SIDE * SIDE + SIDE + 2] }
    }

    /// The photo's values in a square of `RAW` pixels, in [`UNIT`]s; `None` where it reaches out of the photo.
    pub(super) fn sampled<const RAW: usize>(&mut self, grey: &Grey, square: &Square) -> Option<[[u16; RAW]; RAW]> {
        let reach = (RAW - 1) as f64 / 2.0;
        let [a, b, c, d] = square.slopes;
        let left = self.load(grey, square, ((a.abs() + b.abs()) * reach, (c.abs() + d.abs()) * reach))?;
        // What is cut off adds up to a thousandth of a pixel along a row.
        let fixed = |v: f64| (v * f64::from(1_u32 << BITS)) as i32;
        let mut rows = [[0; RAW]; RAW];
        for (row, out) in rows.iter_mut().enumerate() {
            let v = row as f64 - reach;
            let start = [square.x - left.0 - a * reach + b * v, square.y - left.1 - c * reach + d * v];
            *out = self.line(start.map(fixed), [fixed(a), fixed(c)]);
        }
        Some(rows)
    }

    /// Copies what lies within `reach` of the square's middle; says where the copy begins.
    fn load(&mut self, grey: &Grey, square: &Square, reach: (f64, f64)) -> Option<(f64, f64)> {
        let (low_x, low_y) = (square.x - reach.0 - SLACK, square.y - reach.1 - SLACK);
        let (high_x, high_y) = (square.x + reach.0 + SLACK, square.y + reach.1 + SLACK);
        let fits = low_x >= 0.0 && low_y >= 0.0 && high_x + 1.0 < grey.width as f64 && high_y + 1.0 < grey.height as f64;
        if !fits {
            return None;
        }
        let (left, top) = (low_x as usize, low_y as usize);
        let (width, height) = (high_x as usize + 2 - left, high_y as usize + 2 - top);
        if width > SIDE || height > SIDE {
            return None;
        }
        let rows = grey.data.chunks_exact(grey.width).skip(top);
        for (from, to) in rows.zip(self.pixels.chunks_exact_mut(SIDE)).take(height) {
            to[..width].copy_from_slice(&from[left..left + width]);
        }
        Some((left as f64, top as f64))
    }

    /// Values along a line through the crop.
    fn line<const RAW: usize>(&self, start: [i32; 2], step: [i32; 2]) -> [u16; RAW] {
        let (mut upper, mut lower) = ([0_u16; RAW], [0_u16; RAW]);
        let [mut x, mut y] = start;
        for k in 0..RAW {
            let at = ((y >> BITS) as usize * SIDE + (x >> BITS) as usize) & (SIDE * SIDE - 1);
            upper[k] = u16::from_le_bytes([self.pixels[at], self.pixels[at + 1]]);
            lower[k] = u16::from_le_bytes([self.pixels[at + SIDE], self.pixels[at + SIDE + 1]]);
            (x, y) = (x + step[0], y + step[1]);
        }
        blended(&upper, &lower, start.map(|v| v as u16), step.map(|v| v as u16))
    }
}

/// Two pixels of the row above and two of the row below in each place become one; `start` and `step` are the fractions of
/// the coordinates. Everything fits 16 bits, so that eight places go at once.
fn blended<const RAW: usize>(upper: &[u16; RAW], lower: &[u16; RAW], start: [u16; 2], step: [u16; 2]) -> [u16; RAW] {
    let across = |pair: u16, share: i16| {
        let (left, right) = ((pair & 255) as i16, (pair >> 8) as i16);
        left * 128 + (right - left) * share
    };
    let mut out = [0; RAW];
    let [mut x, mut y] = start.map(i32::from);
    for k in 0..RAW {
        // Seven bits of the fraction, rounded: cut off they would move every place by the same part of a pixel.
        let share = ((((x as u16) >> 8) + 1) >> 1) as i16;
        let down = ((y as u16) >> 1) as i16;
        let (above, below) = (across(upper[k], share), across(lower[k], share));
        // In 64ths of a grey level: the product with 15 bits of the fraction, halved.
        let blend = (above >> 1) + ((i32::from(below - above) * i32::from(down)) >> 16) as i16;
        out[k] = (blend >> 4) as u16;
        (x, y) = (x + i32::from(step[0]), y + i32::from(step[1]));
    }
    out
}
