//! Gaussian blur of a plane.

use crate::vision::Plane;

/// Blurs with a Gaussian of this standard deviation in pixels; beyond the plane its edge goes on.
pub(super) fn blur(plane: &Plane, sigma: f32) -> Plane {
    let taps = kernel(sigma);
    let radius = taps.len() / 2;
    let (width, height) = (plane.width, plane.height);
    let mut across = vec![0.0; width * height];
    let mut padded = vec![0.0; width + 2 * radius];
    for (row, out) in plane.data.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
        padded[..radius].fill(row[0]);
        padded[radius..radius + width].copy_from_slice(row);
        padded[radius + width..].fill(row[width - 1]);
        for (k, tap) in taps.iter().enumerate() {
            accumulate(out, &padded[k..k + width], *tap);
        }
    }
    let mut data = vec![0.0; width * height];
    for (y, out) in data.chunks_exact_mut(width).enumerate() {
        for (k, tap) in taps.iter().enumerate() {
            let row = (y + k).saturating_sub(radius).min(height - 1);
            accumulate(out, &across[row * width..(row + 1) * width], *tap);
        }
    }
    Plane { width, height, data }
}

fn accumulate(out: &mut [f32], row: &[f32], tap: f32) {
    for (sum, value) in out.iter_mut().zip(row) {
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
