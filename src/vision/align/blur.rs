//! Gaussian blur of a plane.

use crate::vision::Plane;

/// Values summed at once: as many as eight registers of four hold.
const BLOCK: usize = 32;

/// Blurs with a Gaussian of this standard deviation in pixels; beyond the plane its edge goes on.
pub(super) fn blur(plane: &Plane, sigma: f32) -> Plane {
    let taps = kernel(sigma);
    let radius = taps.len() / 2;
    let (width, height) = (plane.width, plane.height);
    let mut data = Vec::with_capacity(width * height);
    let (mut padded, mut out) = (vec![0.0; width + 2 * radius], vec![0.0; width]);
    for y in 0..height {
        let row = |k: usize| {
            let row = (y + k).saturating_sub(radius).min(height - 1);
            &plane.data[row * width..(row + 1) * width]
        };
        weighted(&mut padded[radius..radius + width], &taps, row);
        let (first, last) = (padded[radius], padded[radius + width - 1]);
        padded[..radius].fill(first);
        padded[radius + width..].fill(last);
        weighted(&mut out, &taps, |k| &padded[k..k + width]);
        data.extend_from_slice(&out);
    }
    Plane { width, height, data }
}

/// The sum of a line for every tap, as long as `out`.
fn weighted<'a>(out: &mut [f32], taps: &[f32], line: impl Fn(usize) -> &'a [f32]) {
    for (block, out) in out.chunks_mut(BLOCK).enumerate() {
        let start = block * BLOCK;
        let mut sums = [0.0_f32; BLOCK];
        for (k, tap) in taps.iter().enumerate() {
            let values = &line(k)[start..start + out.len()];
            match values.first_chunk::<BLOCK>() {
                Some(values) => add(&mut sums, values, *tap),
                None => add(&mut sums, values, *tap),
            }
        }
        out.copy_from_slice(&sums[..out.len()]);
    }
}

#[inline]
fn add<'a>(sums: &mut [f32; BLOCK], values: impl IntoIterator<Item = &'a f32>, tap: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * tap;
    }
}

fn kernel(sigma: f32) -> Vec<f32> {
    // Three standard deviations hold 99.7 % of the weight.
    let radius = libm::ceilf(3.0 * sigma) as i32;
    let taps: Vec<f32> = (-radius..=radius).map(|k| libm::expf(-((k * k) as f32) / (2.0 * sigma * sigma))).collect();
    let sum: f32 = taps.iter().sum();
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
