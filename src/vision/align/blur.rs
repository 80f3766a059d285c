//! Gaussian blur of a plane.

use crate::vision::Plane;

/// Values summed at once: as many as eight registers of four hold.
const BLOCK: usize = 32;

/// Blurs with a Gaussian of this standard deviation in pixels; beyond the plane its edge goes on.
pub(in crate::vision) fn blur(plane: &Plane, sigma: f32) -> Plane {
    let taps = kernel(sigma);
    let radius = taps.len() - 1;
    let (width, height) = (plane.width, plane.height);
    let mut data = Vec::with_capacity(width * height);
    let (mut padded, mut out) = (vec![0.0; width + 2 * radius], vec![0.0; width]);
    for y in 0..height {
        let row = |row: usize| &plane.data[row * width..(row + 1) * width];
        let rows = |k: usize| (row(y.saturating_sub(k)), row((y + k).min(height - 1)));
        weighted(&mut padded[radius..radius + width], &taps, rows);
        let (first, last) = (padded[radius], padded[radius + width - 1]);
        padded[..radius].fill(first);
        padded[radius + width..].fill(last);
        weighted(&mut out, &taps, |k| (&padded[radius - k..][..width], &padded[radius + k..][..width]));
        data.extend_from_slice(&out);
    }
    Plane { width, height, data }
}

/// The sum of lines, each tap for the two that lie as far before the middle as behind it.
fn weighted<'a>(out: &mut [f32], taps: &[f32], lines: impl Fn(usize) -> (&'a [f32], &'a [f32])) {
    for (block, out) in out.chunks_mut(BLOCK).enumerate() {
        let start = block * BLOCK;
        let mut sums = [0.0_f32; BLOCK];
        for (k, tap) in taps.iter().enumerate() {
            let (before, behind) = lines(k);
            let (before, behind) = (&before[start..start + out.len()], &behind[start..start + out.len()]);
            match (before.first_chunk::<BLOCK>(), behind.first_chunk::<BLOCK>()) {
                (Some(before), Some(behind)) => add(&mut sums, before, behind, *tap),
                _ => add(&mut sums, before, behind, *tap),
            }
        }
        out.copy_from_slice(&sums[..out.len()]);
    }
}

#[inline]
fn add<'a, Line: IntoIterator<Item = &'a f32>>(sums: &mut [f32; BLOCK], before: Line, behind: Line, tap: f32) {
    for (sum, (a, b)) in sums.iter_mut().zip(before.into_iter().zip(behind)) {
        *sum += (a + b) * tap;
    }
}

/// Weights from the middle outwards; the middle's is halved, because it is met from both sides.
fn kernel(sigma: f32) -> Vec<f32> {
    // Three standard deviations hold 99.7 % of the weight.
    let radius = libm::ceilf(3.0 * sigma) as i32;
    let bell = |k: i32| libm::expf(-((k * k) as f32) / (2.0 * sigma * sigma));
    let taps: Vec<f32> = (0..=radius).map(|k| if k == 0 { 0.5 } else { bell(k) }).collect();
    let sum = 2.0 * taps.iter().sum::<f32>();
    taps.iter().map(|tap| tap / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spike_spreads_and_keeps_its_sum() {
        let mut spike = Plane::filled(31, 31, 0.0);
        spike.data[15 * 31 + 15] = 100.0;
        let spread = blur(&spike, 2.0);
        assert!((spread.data.iter().sum::<f32>() - 100.0).abs() < 1e-3);
        // The peak of a Gaussian of standard deviation 2 is 1 / (2π · 4).
        assert!((spread.at(15, 15) - 100.0 / (8.0 * std::f32::consts::PI)).abs() < 0.05);
        assert!((spread.at(12, 15) - spread.at(15, 18)).abs() < 1e-5);
    }
}
