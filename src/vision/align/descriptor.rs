//! What the neighbourhood of a keypoint looks like, whatever its turn, size and light.

use std::f32::consts::{PI, TAU};

use crate::vision::Plane;
use crate::vision::order::rising;

/// Numbers in a descriptor: 4 × 4 places × 8 directions.
pub(in crate::vision) const LENGTH: usize = 128;
/// Histogram of gradients as SIFT makes it (D. Lowe, IJCV 2004), square roots taken (RootSIFT: R. Arandjelović and
/// A. Zisserman, CVPR 2012), in 0 to 255. Wider than a byte because products of 16-bit numbers add fastest.
pub(in crate::vision) type Descriptor = [i16; LENGTH];

/// Cells along a side.
const CELLS: usize = 4;
/// Directions in a cell.
const DIRECTIONS: usize = 8;
/// Side of a cell in standard deviations of the keypoint's Gaussian.
const CELL_SIGMAS: f32 = 3.0;
/// No bin holds more than this part of the length, so that one glint does not outshine the rest.
const CLAMP: f32 = 0.2;
/// A second direction is kept when it has this part of the strongest one's weight.
const SECOND_DIRECTION: f32 = 0.8;
const DIRECTION_BINS: usize = 36;
/// Pixels between those that are looked at. Keypoints stand on planes blurred by a standard deviation of 2 pixels and more,
/// where every second pixel tells all.
const STEP: usize = 2;

/// The dominant gradient directions around (`x`, `y`), strongest first, at most two; radians.
pub(super) fn orientations(plane: &Plane, x: f32, y: f32, sigma: f32) -> Vec<f32> {
    let spread = 1.5 * sigma;
    let radius = libm::ceilf(3.0 * spread) as i32;
    let falloff = falloff(spread);
    let mut bins = [0.0_f32; DIRECTION_BINS];
    let (cx, cy) = (libm::roundf(x) as i32, libm::roundf(y) as i32);
    for dy in (-radius..=radius).step_by(STEP) {
        let weight_y = falloff((dy * dy) as f32);
        for dx in (-radius..=radius).step_by(STEP) {
            if let Some((gx, gy)) = gradient(plane, cx + dx, cy + dy) {
                let magnitude = (gx * gx + gy * gy).sqrt();
                let bin = (atan2(gy, gx) / TAU * DIRECTION_BINS as f32 + 0.5) as usize % DIRECTION_BINS;
                bins[bin] += magnitude * weight_y * falloff((dx * dx) as f32);
            }
        }
    }
    for _ in 0..2 {
        let old = bins;
        for k in 0..DIRECTION_BINS {
            bins[k] = (old[(k + DIRECTION_BINS - 1) % DIRECTION_BINS] + 2.0 * old[k] + old[(k + 1) % DIRECTION_BINS]) / 4.0;
        }
    }
    let peaks: Vec<(f32, f32)> = (0..DIRECTION_BINS)
        .filter_map(|k| {
            let (left, centre, right) =
                (bins[(k + DIRECTION_BINS - 1) % DIRECTION_BINS], bins[k], bins[(k + 1) % DIRECTION_BINS]);
            let offset = 0.5 * (left - right) / (left - 2.0 * centre + right);
            (centre > left && centre >= right).then_some((centre, (k as f32 + offset) / DIRECTION_BINS as f32 * TAU))
        })
        .collect();
    let peaks = rising(peaks, |peak| [-f64::from(peak.0), 0.0, 0.0]);
    let strongest = peaks.first().map_or(0.0, |peak| peak.0);
    peaks.iter().take(2).filter(|peak| peak.0 >= SECOND_DIRECTION * strongest).map(|peak| peak.1).collect()
}

/// Describes the neighbourhood of (`x`, `y`), pixel centres at integers, seen along `angle`.
pub(super) fn describe(plane: &Plane, x: f32, y: f32, sigma: f32, angle: f32) -> Descriptor {
    let cell = CELL_SIGMAS * sigma;
    let (sin, cos) = (libm::sinf(angle) / cell, libm::cosf(angle) / cell);
    let radius = libm::ceilf(cell * (CELLS as f32 + 1.0) * std::f32::consts::SQRT_2 / 2.0) as i32;
    // One cell of margin all around takes what interpolation puts outside.
    const SIDE: usize = CELLS + 2;
    let mut histogram = [0.0_f32; SIDE * SIDE * DIRECTIONS];
    let (cx, cy) = (libm::roundf(x) as i32, libm::roundf(y) as i32);
    let half = CELLS as f32 / 2.0;
    let falloff = falloff(half);
    for dy in (-radius..=radius).step_by(STEP) {
        for dx in (-radius..=radius).step_by(STEP) {
            let (px, py) = ((cx + dx) as f32 - x, (cy + dy) as f32 - y);
            let (u, v) = (cos * px + sin * py, cos * py - sin * px);
            let (column, row) = (u + half + 0.5, v + half + 0.5);
            let limit = (SIDE - 1) as f32;
            if column <= 0.0 || row <= 0.0 || column >= limit || row >= limit {
                continue;
            }
            let Some((gx, gy)) = gradient(plane, cx + dx, cy + dy) else { continue };
            let weight = (gx * gx + gy * gy).sqrt() * falloff(u * u + v * v);
            let mut turn = (atan2(gy, gx) - angle) / TAU * DIRECTIONS as f32;
            turn += if turn < 0.0 { DIRECTIONS as f32 } else { 0.0 };
            let (c, r, d) = (column as usize, row as usize, turn as usize);
            let (fc, fr, fd) = (column - c as f32, row - r as f32, turn - d as f32);
            for (row, wr) in [(r, 1.0 - fr), (r + 1, fr)] {
                for (column, wc) in [(c, 1.0 - fc), (c + 1, fc)] {
                    let start = (row * SIDE + column) * DIRECTIONS;
                    histogram[start + d % DIRECTIONS] += weight * wr * wc * (1.0 - fd);
                    histogram[start + (d + 1) % DIRECTIONS] += weight * wr * wc * fd;
                }
            }
        }
    }
    let mut inner = [0.0_f32; LENGTH];
    for row in 0..CELLS {
        for column in 0..CELLS {
            let from = ((row + 1) * SIDE + column + 1) * DIRECTIONS;
            let to = (row * CELLS + column) * DIRECTIONS;
            inner[to..to + DIRECTIONS].copy_from_slice(&histogram[from..from + DIRECTIONS]);
        }
    }
    quantise(&inner)
}

fn quantise(histogram: &[f32; LENGTH]) -> Descriptor {
    let length = histogram.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-6);
    let clamped = histogram.map(|v| v.min(CLAMP * length));
    let sum = clamped.iter().sum::<f32>().max(1e-6);
    // Square roots of a clamped histogram hardly ever exceed a half.
    clamped.map(|v| ((v / sum).sqrt() * 512.0).min(255.0) as i16)
}

/// The descriptor that the same place has in a mirror: rows exchanged, directions running backwards.
pub(super) fn mirrored(descriptor: &Descriptor) -> Descriptor {
    let mut out = [0; LENGTH];
    for row in 0..CELLS {
        for column in 0..CELLS {
            for direction in 0..DIRECTIONS {
                let to = ((CELLS - 1 - row) * CELLS + column) * DIRECTIONS + (DIRECTIONS - direction) % DIRECTIONS;
                out[to] = descriptor[(row * CELLS + column) * DIRECTIONS + direction];
            }
        }
    }
    out
}

fn gradient(plane: &Plane, x: i32, y: i32) -> Option<(f32, f32)> {
    if x < 1 || y < 1 || x as usize + 1 >= plane.width || y as usize + 1 >= plane.height {
        return None;
    }
    let i = y as usize * plane.width + x as usize;
    Some((plane.data[i + 1] - plane.data[i - 1], plane.data[i + plane.width] - plane.data[i - plane.width]))
}

/// A bell over squared distance, cheap and the same everywhere: (1 − q)⁴ with q = d² / (8 σ²) follows exp(−d² / 2σ²).
fn falloff(sigma: f32) -> impl Fn(f32) -> f32 {
    let scale = 1.0 / (8.0 * sigma * sigma);
    move |squared| {
        let q = (1.0 - squared * scale).max(0.0);
        (q * q) * (q * q)
    }
}

/// The direction of (`x`, `y`) in 0 to 2π, within 0.0003 rad; (0, 0) has direction 0.
fn atan2(y: f32, x: f32) -> f32 {
    let (ax, ay) = (x.abs(), y.abs());
    let t = ax.min(ay) / ax.max(ay).max(1e-12);
    let s = t * t;
    let mut angle = ((-0.046_496_473 * s + 0.159_314_22) * s - 0.327_622_77) * s * t + t;
    if ay > ax {
        angle = PI / 2.0 - angle;
    }
    if x < 0.0 {
        angle = PI - angle;
    }
    if y < 0.0 { TAU - angle } else { angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_right_all_around() {
        for k in 0..360 {
            let angle = (k as f32 + 0.5) / 360.0 * TAU;
            assert!((atan2(libm::sinf(angle), libm::cosf(angle)) - angle).abs() < 5e-4, "{k}");
        }
    }

    #[test]
    fn a_mirror_turns_the_descriptor_into_its_mirrored_one() {
        let texture = |x: f32, y: f32| 80.0 * libm::sinf(x * 0.31 + y * 0.13) + 60.0 * libm::cosf(y * 0.23 - x * 0.08) + 2.0 * x;
        let plane = |flip: bool| {
            let value = |i: usize| texture((i % 81) as f32, if flip { 80.0 - (i / 81) as f32 } else { (i / 81) as f32 });
            Plane { width: 81, height: 81, data: (0..81 * 81).map(value).collect() }
        };
        let straight = describe(&plane(false), 40.0, 40.0, 2.0, 0.4);
        let flipped = describe(&plane(true), 40.0, 40.0, 2.0, TAU - 0.4);
        let off = mirrored(&flipped).iter().zip(&straight).map(|(a, b)| (a - b).abs()).max();
        assert!(off.unwrap() <= 2, "{off:?}");
        assert_ne!(straight, flipped);
    }
}
