//! Pictures to be shown to others: a part of a photo as it lies on the reference, a part of the reference, as new pixels in a new file.
//!
//! Whatever else the files held, metadata, thumbnails, hidden profiles, stays behind: only pixels come this way.

use serde::{Deserialize, Serialize};

use super::Picture;
use crate::geometry::{Photo, Point, Rect, Reference, Warp};

/// What stands where a photo does not reach.
const NOTHING: [u8; 3] = [128; 3];
/// Samples along each side of a pixel, at most: a picture is made smaller by no more than it takes to look right.
const MOST_SAMPLES: usize = 4;
/// Quality of the JPEG files: above this they grow fast and nobody sees the difference.
const QUALITY: u8 = 85;
/// The same of a picture that others will compare theirs with.
const FINE_QUALITY: u8 = 95;

/// A picture of a part of the reference frame: that part, and its size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// On the first reference, in its pixels.
    pub area: Rect<Reference>,
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
}

impl View {
    /// Reference pixels to a pixel of the view, across and down.
    fn step(&self) -> (f64, f64) {
        (self.area.w / self.width.max(1) as f64, self.area.h / self.height.max(1) as f64)
    }

    /// Where a place of the reference is on the view.
    #[must_use]
    pub fn to_view(&self, at: Point<Reference>) -> [f64; 2] {
        let (across, down) = self.step();
        [(at.x - self.area.x) / across, (at.y - self.area.y) / down]
    }

    /// The reference, cut to the view.
    #[must_use]
    pub fn of_reference(&self, reference: &Picture) -> Picture {
        self.drawn(1.0, |at| bilinear(reference, at.x, at.y))
    }

    /// The photo, laid on the reference and cut to the view. Without a way back from there all of it is grey.
    #[must_use]
    pub fn of_photo(&self, photo: &Picture, warp: &Warp) -> Picture {
        let back = warp.way_back();
        let to_photo = |at: Point<Reference>| -> Option<Point<Photo>> { back.as_ref()?.to_photo(at) };
        // How far apart on the photo two neighbours of the reference lie.
        let (middle, mut zoom) = (self.area.centre(), 1.0);
        if let (Some(a), Some(b)) = (to_photo(middle), to_photo(Point::new(middle.x + 1.0, middle.y))) {
            zoom = a.distance(b).clamp(0.1, 10.0);
        }
        self.drawn(zoom, |at| to_photo(at).and_then(|p| bilinear(photo, p.x, p.y)))
    }

    /// Draws pixel by pixel; `zoom` is how many of the source's pixels a reference pixel takes.
    fn drawn(&self, zoom: f64, colour: impl Fn(Point<Reference>) -> Option<[f32; 3]>) -> Picture {
        let (across, down) = self.step();
        let samples = (libm::ceil(across.max(down) * zoom) as usize).clamp(1, MOST_SAMPLES);
        let mut rgb = Vec::with_capacity(3 * self.width * self.height);
        for y in 0..self.height {
            for x in 0..self.width {
                let (mut sum, mut count) = ([0.0_f32; 3], 0.0_f32);
                for k in 0..samples * samples {
                    let part = |k: usize| (k as f64 + 0.5) / samples as f64;
                    let (dx, dy) = (part(k % samples), part(k / samples));
                    let at = Point::new(self.area.x + (x as f64 + dx) * across, self.area.y + (y as f64 + dy) * down);
                    if let Some(value) = colour(at) {
                        sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
                        count += 1.0;
                    }
                }
                rgb.extend(if count > 0.0 { sum.map(|sum| (sum / count + 0.5) as u8) } else { NOTHING });
            }
        }
        Picture { width: self.width, height: self.height, rgb }
    }
}

/// The colour at a place, pixel centres at .5; `None` outside.
fn bilinear(picture: &Picture, x: f64, y: f64) -> Option<[f32; 3]> {
    if !(x >= 0.0 && y >= 0.0 && x < picture.width as f64 && y < picture.height as f64) {
        return None;
    }
    let place = |v: f64, most: usize| {
        let v = (v - 0.5).clamp(0.0, most.saturating_sub(1) as f64);
        let low = v as usize;
        (low, (low + 1).min(most.saturating_sub(1)), (v - low as f64) as f32)
    };
    let ((left, right, fx), (top, bottom, fy)) = (place(x, picture.width), place(y, picture.height));
    let (a, b, c, d) = (picture.at(left, top), picture.at(right, top), picture.at(left, bottom), picture.at(right, bottom));
    Some(std::array::from_fn(|k| {
        let (above, below) = (mix(a[k], b[k], fx), mix(c[k], d[k], fx));
        above + (below - above) * fy
    }))
}

fn mix(a: u8, b: u8, share: f32) -> f32 {
    f32::from(a) + (f32::from(b) - f32::from(a)) * share
}

/// The picture as a JPEG file with nothing in it but pixels; `None` when it has none.
#[must_use]
pub fn to_jpeg(picture: &Picture) -> Option<Vec<u8>> {
    jpeg(picture, QUALITY)
}

/// The same, so fine that differences between it and another picture are those of the boards.
#[must_use]
pub fn to_fine_jpeg(picture: &Picture) -> Option<Vec<u8>> {
    jpeg(picture, FINE_QUALITY)
}

fn jpeg(picture: &Picture, quality: u8) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, quality);
    let (width, height) = (picture.width as u32, picture.height as u32);
    encoder.encode(&picture.rgb, width, height, image::ExtendedColorType::Rgb8).ok()?;
    Some(file)
}

/// The picture as a PNG file with nothing in it but pixels; `None` when it has none.
#[must_use]
pub fn to_png(picture: &Picture) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let (width, height, colour) = (picture.width as u32, picture.height as u32, image::ExtendedColorType::Rgb8);
    let encoder = image::codecs::png::PngEncoder::new(&mut file);
    image::ImageEncoder::write_image(encoder, &picture.rgb, width, height, colour).ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Homography;
    use crate::vision::decode;

    fn chart() -> Picture {
        let rgb = (0..40 * 60).flat_map(|k| [(k % 60 * 4) as u8, (k / 60 * 6) as u8, 90]).collect();
        Picture { width: 60, height: 40, rgb }
    }

    #[test]
    fn a_view_in_its_own_size_is_the_part_itself() {
        let view = View { area: Rect::new(10.0, 5.0, 20.0, 8.0), width: 20, height: 8 };
        let part = view.of_reference(&chart());
        assert!((0..8).all(|y| (0..20).all(|x| part.at(x, y) == chart().at(x + 10, y + 5))));
        assert_eq!(view.to_view(Point::new(30.0, 13.0)), [20.0, 8.0]);
    }

    #[test]
    fn a_photo_is_cut_where_it_lies_on_the_reference() {
        // The photo shows everything twice as large, and begins at 4, 2 of the reference.
        let warp = Warp { homography: Homography::new([0.5, 0.0, 4.0, 0.0, 0.5, 2.0, 0.0, 0.0, 1.0]), mesh: None };
        let view = View { area: Rect::new(4.0, 2.0, 20.0, 10.0), width: 40, height: 20 };
        let part = view.of_photo(&chart(), &warp);
        assert!((0..20).all(|y| (0..40).all(|x| part.at(x, y) == chart().at(x, y))));
        let beside = View { area: Rect::new(-9.0, -9.0, 4.0, 4.0), width: 4, height: 4 };
        assert!(beside.of_photo(&chart(), &warp).rgb.iter().all(|value| *value == 128));
    }

    #[test]
    fn smaller_means_averaged_and_files_hold_the_pixels() {
        let view = View { area: Rect::new(0.0, 0.0, 60.0, 40.0), width: 15, height: 10 };
        let small = view.of_reference(&chart());
        let mean = |x: usize| (0..4).map(|k| u32::from(chart().at(4 * x + k, 0)[0])).sum::<u32>().div_ceil(4) as u8;
        assert!((0..15).all(|x| small.at(x, 0)[0].abs_diff(mean(x)) <= 1));
        assert_eq!(decode(&to_png(&small).unwrap()).unwrap(), small);
        let close = decode(&to_jpeg(&small).unwrap()).unwrap();
        let errors: Vec<_> = close.rgb.iter().zip(&small.rgb).map(|(a, b)| u32::from(a.abs_diff(*b))).collect();
        assert!(errors.iter().sum::<u32>() / (errors.len() as u32) < 6, "{errors:?}");
    }
}
