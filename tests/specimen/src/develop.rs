//! From light to a picture: blur, corners, noise, tone.

use crate::camera::{Camera, Processing};
use crate::random::mix;
use crate::workers::over_rows;

/// Blur that every lens and every colour sensor has, in pixels.
const LEAST_BLUR_PX: f64 = 0.42;
/// Steps of the tone curve over the square root of the light.
const STEPS: usize = 4096;
/// Light from here on is white.
const WHITE: f32 = 4.0;

/// Interleaved 8-bit sRGB.
pub(crate) fn develop(light: &[[f32; 3]], [width, height]: [usize; 2], camera: &Camera) -> Vec<u8> {
    let grown = camera.blur_px * width.max(height) as f64 / 4000.0;
    let kernel = bell((LEAST_BLUR_PX * LEAST_BLUR_PX + grown * grown).sqrt());
    let radius = kernel.len() as i64 - 1;
    let mut across = vec![[0.0f32; 3]; light.len()];
    let fold = |at: &dyn Fn(i64) -> [f32; 3]| {
        let mut sum = at(0).map(|v| v * kernel[0]);
        for step in 1..=radius {
            let (a, b, weight) = (at(-step), at(step), kernel[step as usize]);
            (0..3).for_each(|c| sum[c] += weight * (a[c] + b[c]));
        }
        sum
    };
    over_rows(&mut across, width, |y, row| {
        let source = &light[y * width..(y + 1) * width];
        for (x, pixel) in row.iter_mut().enumerate() {
            *pixel = fold(&|step| source[(x as i64 + step).clamp(0, width as i64 - 1) as usize]);
        }
    });
    let tone = tone_curve();
    let half = ((width * width + height * height) as f32).sqrt() / 2.0;
    let mut rgb = vec![0u8; light.len() * 3];
    over_rows(&mut rgb, width * 3, |y, row| {
        for (x, out) in row.chunks_exact_mut(3).enumerate() {
            let pixel = fold(&|step| across[(y as i64 + step).clamp(0, height as i64 - 1) as usize * width + x]);
            let (dx, dy) = (x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0);
            let corner = 1.0 - camera.vignette * (dx * dx + dy * dy) / (half * half);
            let noise = grain(camera.seed, (y * width + x) as u64);
            for c in 0..3 {
                let value = pixel[c] * corner * camera.exposure;
                // Photons scatter with the root of their number; the rest is the amplifier's.
                let spread = camera.noise as f32 * ((value.max(0.0) + 0.02) * 2.0).sqrt();
                let place = ((value + spread * noise[c]).clamp(0.0, WHITE) / WHITE).sqrt() * (STEPS - 1) as f32;
                let low = (place as usize).min(STEPS - 2);
                let level = tone[low] + (tone[low + 1] - tone[low]) * (place - low as f32);
                out[c] = (level + 0.5) as u8;
            }
        }
    });
    process(&mut rgb, width, &camera.processing);
    rgb
}

/// What the camera's software does: unsharp masking over a 3 × 3 mean, then colours and tones.
fn process(rgb: &mut [u8], width: usize, processing: &Processing) {
    let Processing { sharpening, saturation, contrast } = *processing;
    if sharpening == 0.0 && saturation == 1.0 && contrast == 1.0 {
        return;
    }
    let (source, height) = (rgb.to_vec(), rgb.len() / 3 / width);
    over_rows(rgb, width * 3, |y, row| {
        for (x, out) in row.chunks_exact_mut(3).enumerate() {
            let at = |dx: usize, dy: usize| {
                let (x, y) = ((x + dx).clamp(1, width) - 1, (y + dy).clamp(1, height) - 1);
                &source[(y * width + x) * 3..][..3]
            };
            let mut colour = [0.0; 3];
            for (c, value) in colour.iter_mut().enumerate() {
                let mean = (0..9).map(|k| f32::from(at(k % 3, k / 3)[c])).sum::<f32>() / 9.0;
                let here = f32::from(at(1, 1)[c]);
                *value = here + sharpening * (here - mean);
            }
            let grey = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
            for (out, value) in out.iter_mut().zip(colour) {
                *out = ((grey + (value - grey) * saturation - 118.0) * contrast + 118.5).clamp(0.0, 255.0) as u8;
            }
        }
    });
}

/// Half of a Gaussian, from its middle outward, of sum 1 when mirrored.
fn bell(sigma: f64) -> Vec<f32> {
    let radius = (3.0 * sigma).ceil().max(1.0) as usize;
    let weights: Vec<f64> = (0..=radius).map(|k| libm::exp(-((k * k) as f64) / (2.0 * sigma * sigma))).collect();
    let sum = 2.0 * weights.iter().sum::<f64>() - weights[0];
    weights.iter().map(|w| (w / sum) as f32).collect()
}

/// sRGB levels over the root of the light, with a soft shoulder.
fn tone_curve() -> Vec<f32> {
    let level = |k: usize| {
        let root = k as f64 / (STEPS - 1) as f64;
        let light = f64::from(WHITE) * root * root;
        let kept = if light < 0.6 { light } else { 0.6 + 0.4 * (1.0 - libm::exp(-(light - 0.6) / 0.4)) };
        let coded = if kept <= 0.003_130_8 { 12.92 * kept } else { 1.055 * libm::pow(kept, 1.0 / 2.4) - 0.055 };
        (coded * 255.0).clamp(0.0, 255.0) as f32
    };
    (0..STEPS).map(level).collect()
}

/// Three noise values of standard deviation 1 for a pixel, alike in part as those of a colour sensor are.
fn grain(seed: u64, pixel: u64) -> [f32; 3] {
    let (a, b) = (mix(seed ^ pixel.wrapping_mul(0x9E37_79B9_7F4A_7C15)), mix(seed.rotate_left(32) ^ pixel));
    // The sum of two uniform values, scaled from its deviation of 0.408.
    let two = |bits: u64, at: u32| (((bits >> at) & 0xffff) + ((bits >> (at + 16)) & 0xffff)) as f32 / 65_535.0 - 1.0;
    let common = two(a, 0) * 2.45;
    [two(a, 32), two(b, 0), two(b, 32)].map(|own| 0.7 * common + 0.71 * own * 2.45)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_the_spread_it_says() {
        let values: Vec<[f32; 3]> = (0..20_000).map(|k| grain(9, k)).collect();
        for c in 0..3 {
            let mean = values.iter().map(|v| v[c]).sum::<f32>() / 20_000.0;
            let spread = (values.iter().map(|v| (v[c] - mean) * (v[c] - mean)).sum::<f32>() / 20_000.0).sqrt();
            assert!(mean.abs() < 0.03 && (spread - 1.0).abs() < 0.03, "{mean} {spread}");
        }
    }

    #[test]
    fn the_tone_curve_rises_from_black_to_white() {
        let tone = tone_curve();
        assert!(tone.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(tone[0] == 0.0 && tone[STEPS - 1] > 254.0);
    }
}
