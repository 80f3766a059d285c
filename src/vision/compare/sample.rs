//! Sixteen samples of a picture at a time: places, weights and colours stand in rows, for which there are vector instructions.

use super::whole::{MOST, whole};
use crate::vision::Picture;

/// Samples of a run.
pub(super) const RUN: usize = 16;

/// Where the samples of a run lie on the picture, pixel centres at .5. They lie on a line, in its order.
pub(super) struct Run {
    pub(super) x: [f32; RUN],
    pub(super) y: [f32; RUN],
    /// One pixel of the grid across the row and down the column, in pixels of the picture.
    pub(super) across: [f32; 2],
    pub(super) along: [f32; 2],
    /// Samples averaged along each of the two.
    pub(super) taps: usize,
}

/// Red, green and blue of a run.
pub(super) type Colours = [[u8; RUN]; 3];

impl Run {
    /// The same colours as [`super::warp::mean_of_taps`] gives one by one; `None` where a sample might need the picture's edge.
    pub(super) fn colours(&self, picture: &Picture) -> Option<Colours> {
        if !self.is_inside(picture) {
            return None;
        }
        let mut sums = [[0_u32; RUN]; 3];
        for k in 0..self.taps * self.taps {
            let offset = |k: usize| (k as f32 + 0.5) / self.taps as f32 - 0.5;
            let (u, v) = (offset(k % self.taps), offset(k / self.taps));
            let at = |middle: f32, axis: usize| (middle + u * self.across[axis] + v * self.along[axis] - 0.5) * 64.0 + 0.5;
            let corners = Corners::gather(picture, self.x.map(|x| whole(at(x, 0))), self.y.map(|y| whole(at(y, 1))));
            corners.blend(&mut sums);
        }
        let count = (self.taps * self.taps) as u32;
        Some(sums.map(|sums| if count == 1 { sums.map(|v| v as u8) } else { sums.map(|v| ((v + count / 2) / count) as u8) }))
    }

    fn is_inside(&self, picture: &Picture) -> bool {
        // The corners are read eight bytes at a time, which takes one pixel more than they have.
        let within = |ends: [f32; 2], axis: usize, side: usize| {
            let reach = 0.5 * (self.across[axis].abs() + self.along[axis].abs());
            ends.iter().all(|v| *v - reach >= 1.0 && *v + reach <= (side as f32 - 3.0).min(MOST / 64.0))
        };
        within([self.x[0], self.x[RUN - 1]], 0, picture.width) && within([self.y[0], self.y[RUN - 1]], 1, picture.height)
    }
}

/// The picture's own pixels from (`x`, `y`) on; `None` where the row or the picture ends before.
pub(super) fn row(picture: &Picture, x: usize, y: usize) -> Option<Colours> {
    // Four bytes at a time take one byte more than the last pixel has.
    let bytes: &[u8; 3 * RUN + 1] = picture.rgb.get((y * picture.width + x) * 3..)?.first_chunk()?;
    if x + RUN > picture.width {
        return None;
    }
    let mut pixels = [0; RUN];
    for k in 0..RUN {
        pixels[k] = u32::from_le_bytes([bytes[3 * k], bytes[3 * k + 1], bytes[3 * k + 2], bytes[3 * k + 3]]);
    }
    Some([0, 8, 16].map(|shift| pixels.map(|pixel| (pixel >> shift) as u8)))
}

/// The four pixels around each place, one byte per colour, and the places themselves in 64ths of a pixel.
struct Corners {
    upper: [[u32; RUN]; 2],
    lower: [[u32; RUN]; 2],
    x: [u32; RUN],
    y: [u32; RUN],
}

impl Corners {
    fn gather(picture: &Picture, x: [u32; RUN], y: [u32; RUN]) -> Self {
        let mut corners = Self { upper: [[0; RUN]; 2], lower: [[0; RUN]; 2], x, y };
        let stride = picture.width * 3;
        for k in 0..RUN {
            let start = (y[k] >> 6) as usize * stride + (x[k] >> 6) as usize * 3;
            let (upper, lower) = (eight_bytes(&picture.rgb, start), eight_bytes(&picture.rgb, start + stride));
            (corners.upper[0][k], corners.upper[1][k]) = (upper as u32, (upper >> 24) as u32);
            (corners.lower[0][k], corners.lower[1][k]) = (lower as u32, (lower >> 24) as u32);
        }
        corners
    }

    /// Add the colours between the corners.
    fn blend(&self, sums: &mut [[u32; RUN]; 3]) {
        for (colour, sums) in sums.iter_mut().enumerate() {
            let of = |pixel: u32| (pixel >> (8 * colour) & 255) as i32;
            // Masks that change nothing: they tell that 16 bits are enough to multiply, for which there is a vector instruction.
            let between = |a: i32, b: i32, part: u32| (a << 6) + (b - a) * (part & 63) as i32;
            for k in 0..RUN {
                let a = between(of(self.upper[0][k]), of(self.upper[1][k]), self.x[k]) & 0x7fff;
                let b = between(of(self.lower[0][k]), of(self.lower[1][k]), self.x[k]) & 0x7fff;
                sums[k] += ((between(a, b, self.y[k]) + 2048) >> 12) as u32;
            }
        }
    }
}

fn eight_bytes(bytes: &[u8], start: usize) -> u64 {
    bytes.get(start..start + 8).and_then(<[u8]>::first_chunk).map_or(0, |eight| u64::from_le_bytes(*eight))
}
