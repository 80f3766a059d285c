//! Is a picture the same photo as another, saved again?

use image::imageops::{self, FilterType};
use image::{Pixel as _, RgbImage};

use crate::vision::Picture;

/// Fields across and down.
const FIELDS: [u32; 2] = [64, 48];

/// What a picture looks like from far away: light of 64 × 48 fields, without mean, of length 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glance(Vec<f32>);

impl Glance {
    /// `None` for a picture without any structure, or smaller than its fields.
    pub(super) fn of(picture: &Picture) -> Option<Self> {
        let [across, down] = FIELDS;
        if picture.width < across as usize || picture.height < down as usize {
            return None;
        }
        let whole = RgbImage::from_raw(picture.width as u32, picture.height as u32, picture.rgb.clone())?;
        let small = imageops::resize(&whole, across, down, FilterType::Triangle);
        let mut light: Vec<f32> = small.pixels().map(|pixel| f32::from(pixel.to_luma().0[0])).collect();
        let mean = light.iter().sum::<f32>() / light.len() as f32;
        light.iter_mut().for_each(|v| *v -= mean);
        let length = light.iter().map(|v| v * v).sum::<f32>().sqrt();
        (length > 1.0).then(|| Self(light.into_iter().map(|v| v / length).collect()))
    }

    /// True when one was saved from the other: scaled, compressed, made lighter or darker. Copies of a 4 MP photo down to 300 pixels have
    /// 0.9999 and more, different units photographed on one fixed rig 0.996 and less.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        const ALIKE: f32 = 0.9998;
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum::<f32>() > ALIKE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::{decode, to_jpeg};

    fn picture(width: usize, height: usize, value: impl Fn(f32, f32) -> f32) -> Picture {
        let at = |k: usize| value((k % width) as f32 / width as f32, (k / width) as f32 / height as f32).clamp(0.0, 255.0) as u8;
        Picture { width, height, rgb: (0..width * height).flat_map(|k| [at(k); 3]).collect() }
    }

    #[test]
    fn a_copy_is_told_from_another_photo() {
        let scene =
            |x: f32, y: f32| 120.0 + 60.0 * libm::sinf(x * 40.0) * libm::cosf(y * 31.0) + 40.0 * libm::sinf(x * 9.0 + y * 17.0);
        let one = picture(640, 480, scene);
        let whole = RgbImage::from_raw(640, 480, one.rgb.clone()).unwrap();
        let reduced = imageops::resize(&whole, 400, 300, FilterType::CatmullRom).into_raw();
        let again = decode(&to_jpeg(&Picture { width: 400, height: 300, rgb: reduced }).unwrap()).unwrap();
        let darker = picture(640, 480, |x, y| 0.8 * scene(x, y));
        let moved = picture(640, 480, |x, y| scene(x + 0.004, y));
        let glance = Glance::of(&one).unwrap();
        assert!(glance.is_same(&Glance::of(&again).unwrap()) && glance.is_same(&Glance::of(&darker).unwrap()));
        assert!(!glance.is_same(&Glance::of(&moved).unwrap()));
        assert_eq!(Glance::of(&picture(640, 480, |_, _| 90.0)), None);
    }
}
