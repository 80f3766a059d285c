//! How good a photo is by itself: sharp, and not lost in light or in the dark.

use serde::{Deserialize, Serialize};

use super::{Picture, Plane};

/// Pixels that are looked at, at most: a telephone's 48 megapixels hold no more than a quarter of that.
const MOST_PIXELS: usize = 8_000_000;
/// Side of the squares in which light is judged, in the pixels that are looked at.
const CELL: usize = 32;
/// Luma from which on a pixel is lost in light, and up to which it is lost in the dark.
const BRIGHT: f32 = 250.0;
const DARK: f32 = 6.0;
/// The part of a square that is lost when the square is.
const LOST: f32 = 0.6;
/// Pixels to either side over which the blur that it is compared with reaches.
const REACH: usize = 4;
/// Steps of luma from one pixel to the next that are noise.
const NOISE: f32 = 3.0;

/// How good a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// How little a further blur would take from it: 0 for edges as steep as pixels can be, 1 for what is blurred already (F. Crété-Roffet and
    /// others, *The blur effect*, SPIE 6492, 2007).
    pub blur: f32,
    /// Share of the picture that is lost in light.
    pub glare: f32,
    /// Share that is lost in the dark.
    pub dark: f32,
}

impl Quality {
    /// Of this picture.
    #[must_use]
    pub fn of(picture: &Picture) -> Self {
        let mut luma = picture.luma();
        while luma.width * luma.height > MOST_PIXELS {
            luma = luma.halved();
        }
        let [glare, dark] = lost(&luma);
        Self { blur: blurred(&luma, 1, luma.width).max(blurred(&luma, luma.width, luma.height)), glare, dark }
    }
}

/// What is left of the steps along one direction when the picture is blurred further along it. `stride` is the way from one pixel to the next,
/// `length` how many there are in a line.
fn blurred(plane: &Plane, stride: usize, length: usize) -> f32 {
    let across = if stride == 1 { plane.width } else { 1 };
    let lines = plane.data.len() / length.max(1);
    let (mut steps, mut left) = (0.0_f64, 0.0_f64);
    for line in 0..lines {
        let value = |k: usize| plane.data[line * across + k.min(length - 1) * stride];
        let mut sum: f32 = (0..=2 * REACH).map(value).sum();
        for k in REACH + 1..length.saturating_sub(REACH) {
            let before = sum;
            sum += value(k + REACH) - value(k - REACH - 1);
            let step = (value(k) - value(k - 1)).abs();
            if step > NOISE {
                let after = ((sum - before) / (2 * REACH + 1) as f32).abs();
                steps += f64::from(step);
                left += f64::from(after.min(step));
            }
        }
    }
    // A picture without a step shows nothing that could be sharp.
    if steps > 0.0 { (left / steps) as f32 } else { 1.0 }
}

/// The share of squares that are lost in light, and in the dark.
fn lost(plane: &Plane) -> [f32; 2] {
    let (columns, rows) = (plane.width.div_ceil(CELL), plane.height.div_ceil(CELL));
    let mut lost = [0_usize; 2];
    for cell in 0..columns * rows {
        let (x, y) = (cell % columns * CELL, cell / columns * CELL);
        let (mut count, mut bright, mut dark) = (0.0_f32, 0.0_f32, 0.0_f32);
        for row in y..(y + CELL).min(plane.height) {
            for value in &plane.data[row * plane.width + x..row * plane.width + (x + CELL).min(plane.width)] {
                count += 1.0;
                bright += f32::from(u8::from(*value >= BRIGHT));
                dark += f32::from(u8::from(*value <= DARK));
            }
        }
        lost[0] += usize::from(bright > LOST * count);
        lost[1] += usize::from(dark > LOST * count);
    }
    lost.map(|lost| lost as f32 / (columns * rows).max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squares of 16 pixels, light and dark, each edge spread over `soft` pixels on either side.
    fn chart(soft: i32) -> Picture {
        let square = |x: i32, y: i32| if (x / 16 + y / 16) % 2 == 0 { 200.0 } else { 40.0 };
        let mut rgb = Vec::new();
        for y in 0..256_i32 {
            for x in 0..256_i32 {
                let near = (-soft..=soft).flat_map(|dy| (-soft..=soft).map(move |dx| (x + dx, y + dy)));
                let near: Vec<f32> = near.map(|(x, y)| square(x.max(0), y.max(0))).collect();
                rgb.extend([(near.iter().sum::<f32>() / near.len() as f32) as u8; 3]);
            }
        }
        Picture { width: 256, height: 256, rgb }
    }

    #[test]
    fn softer_edges_are_less_sharp() {
        let blurs = [0, 1, 2, 3].map(|soft| Quality::of(&chart(soft)).blur);
        assert!(blurs.is_sorted() && blurs[0] < 0.2 && blurs[3] > 0.6, "{blurs:?}");
        let even = Picture { width: 64, height: 64, rgb: vec![90; 64 * 64 * 3] };
        assert_eq!(Quality::of(&even), Quality { blur: 1.0, glare: 0.0, dark: 0.0 });
    }

    #[test]
    fn what_is_lost_in_light_or_dark_is_counted() {
        let mut picture = chart(0);
        for y in 0..64 {
            picture.rgb[y * 256 * 3..][..128 * 3].fill(255);
            picture.rgb[(y + 128) * 256 * 3..][..256 * 3].fill(2);
        }
        let quality = Quality::of(&picture);
        assert_eq!((quality.glare, quality.dark), (0.125, 0.25));
    }

    #[test]
    fn pictures_of_any_size_are_judged() {
        for (width, height) in [(1, 1), (3, 200), (200, 3)] {
            let quality = Quality::of(&Picture { width, height, rgb: vec![128; 3 * width * height] });
            assert!((0.0..=1.0).contains(&quality.blur));
        }
    }
}
