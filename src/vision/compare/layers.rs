//! A picture as three 8-bit planes: luma and two opponent colours.

use super::sample::{Colours, RUN};

/// Luma, red against green, and blue against yellow; the opponent colours at half contrast around 128.
///
/// Opponent colours tell a black part on dark solder mask from the mask, which luma alone often can't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layers {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Each `width × height`, row by row.
    pub(super) planes: [Vec<u8>; 3],
}

/// One plane alone.
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Row by row.
    pub(super) values: Vec<u8>,
}

/// How much a step of each plane counts in a difference. Opponent colours are stored at half contrast and carry less noise.
pub(super) const WEIGHTS: [u16; 3] = [1, 2, 2];

/// The three values of one sRGB colour.
fn oppose([r, g, b]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [i32::from(r), i32::from(g), i32::from(b)];
    [((77 * r + 150 * g + 29 * b + 128) >> 8) as u8, (128 + ((r - g) >> 1)) as u8, (128 + ((2 * b - r - g) >> 2)) as u8]
}

impl Layers {
    pub(super) fn grey(width: usize, height: usize) -> Self {
        Self { width, height, planes: std::array::from_fn(|_| vec![0; width * height]) }
    }

    /// Set one pixel, counted row by row.
    pub(super) fn set(&mut self, at: usize, colour: [u8; 3]) {
        for (plane, value) in self.planes.iter_mut().zip(oppose(colour)) {
            plane[at] = value;
        }
    }

    /// Set `count` pixels from `start` on.
    pub(super) fn paint(&mut self, start: usize, count: usize, [red, green, blue]: &Colours) {
        let mut values = [[0; RUN]; 3];
        for k in 0..RUN {
            [values[0][k], values[1][k], values[2][k]] = oppose([red[k], green[k], blue[k]]);
        }
        for (plane, values) in self.planes.iter_mut().zip(&values) {
            plane[start..][..count].copy_from_slice(&values[..count]);
        }
    }

    /// Exchange the values of some pixels, counted row by row and each named once; a second exchange undoes the first.
    pub(super) fn exchange(&mut self, pixels: &mut [(usize, [u8; 3])]) {
        for (at, values) in pixels {
            for (plane, value) in self.planes.iter_mut().zip(values) {
                std::mem::swap(&mut plane[*at], value);
            }
        }
    }

    /// Half the size, each pixel the mean of four; an odd last row or column is dropped.
    pub(super) fn halved(&self) -> Self {
        let planes = std::array::from_fn(|k| halve(&self.planes[k], self.width, self.height, mean_of_four));
        Self { width: half(self.width), height: half(self.height), planes }
    }

    /// One plane halved twice.
    pub(super) fn quartered(&self, plane: usize) -> Plane {
        let (width, height) = (half(self.width), half(self.height));
        let halved = halve(&self.planes[plane], self.width, self.height, mean_of_four);
        Plane { width: half(width), height: half(height), values: halve(&halved, width, height, mean_of_four) }
    }

    /// One pass of the binomial filter 1-2-1 along both axes, on every plane.
    pub(super) fn soften(&mut self) {
        for plane in &mut self.planes {
            soften(plane, self.width, self.height);
        }
    }
}

fn half(side: usize) -> usize {
    (side / 2).max(1)
}

/// Half the size, each value made of four; an odd last row or column is dropped.
pub(super) fn halve(plane: &[u8], width: usize, height: usize, of_four: impl Fn([u8; 2], [u8; 2]) -> u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(half(width) * half(height));
    for y in 0..half(height) {
        let upper = &plane[2 * y * width..][..width];
        let lower = &plane[(2 * y + 1).min(height - 1) * width..][..width];
        if width == 1 {
            out.push(of_four([upper[0]; 2], [lower[0]; 2]));
        } else {
            let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            out.extend(pairs.map(|(upper, lower)| of_four(*upper, *lower)));
        }
    }
    out
}

fn mean_of_four(upper: [u8; 2], lower: [u8; 2]) -> u8 {
    let [a, b, c, d] = [upper[0], upper[1], lower[0], lower[1]].map(u16::from);
    ((a + b + c + d + 2) >> 2) as u8
}

/// In place, with two rows of memory: the row above as it was, and the sum of three rows.
fn soften(plane: &mut [u8], width: usize, height: usize) {
    if width < 3 || height < 3 {
        return;
    }
    let mut above = plane[..width].to_vec();
    let mut sums = vec![0_u16; width];
    for y in 0..height {
        let (head, tail) = plane.split_at_mut((y + 1) * width);
        let row = &mut head[y * width..];
        let below: &[u8] = if y + 1 < height { &tail[..width] } else { &above };
        for (sum, ((a, b), c)) in sums.iter_mut().zip(above.iter().zip(row.iter()).zip(below)) {
            *sum = u16::from(*a) + 2 * u16::from(*b) + u16::from(*c);
        }
        above.copy_from_slice(row);
        for (out, three) in row[1..width - 1].iter_mut().zip(sums.windows(3)) {
            *out = ((three[0] + 2 * three[1] + three[2] + 8) >> 4) as u8;
        }
        row[0] = ((3 * sums[0] + sums[1] + 8) >> 4) as u8;
        row[width - 1] = ((3 * sums[width - 1] + sums[width - 2] + 8) >> 4) as u8;
    }
}
