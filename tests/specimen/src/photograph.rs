//! Taking the picture: a few rays for every pixel.

use std::sync::Arc;

use crate::camera::{Camera, View};
use crate::develop::develop;
use crate::radiance::Radiance;
use crate::scene::Scene;
use crate::solid::Ray;
use crate::unit::Unit;
use crate::workers::over_rows;

/// A picture, with all that is needed to tell the truth about it.
#[derive(Debug, Clone)]
pub struct Shot {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Interleaved 8-bit sRGB, row by row.
    pub rgb: Vec<u8>,
    /// Where the camera was.
    pub view: View,
    /// What it took.
    pub unit: Arc<Unit>,
    /// The quality that this camera saves with.
    pub quality: u8,
}

/// Places of the samples within a pixel: a square turned a little, so that no edge is met by two at once.
const SAMPLES: [[f64; 2]; 4] = [[0.375, 0.125], [0.875, 0.375], [0.125, 0.625], [0.625, 0.875]];

/// Takes a picture of `unit` with so many pixels (width, height).
#[must_use]
pub fn photograph(unit: &Unit, camera: &Camera, size: [usize; 2]) -> Shot {
    let [width, height] = size;
    let view = View::of(camera, unit.board.size_mm, size);
    let scene = Scene::new(unit, &camera.light, view.px_per_mm);
    let radiance = Radiance::new(unit, camera, &scene, &view);
    let scale = width.max(height) as f64 / 4000.0;
    let motion = camera.motion_px.map(|px| px * scale);
    let mut light = vec![[0.0f32; 3]; width * height];
    over_rows(&mut light, width, |y, row| {
        for (x, pixel) in row.iter_mut().enumerate() {
            let sample = |k: usize| {
                // The hand moves while the shutter is open.
                let moment = (k as f64 - 1.5) / 3.0;
                let [dx, dy] = SAMPLES[k];
                let place = [x as f64 + dx + motion[0] * moment, y as f64 + dy + motion[1] * moment];
                radiance.along(&Ray { origin: view.origin, direction: view.direction(place) })
            };
            let ((a, on_table), (d, is_table)) = (sample(0), sample(3));
            *pixel = if on_table && is_table {
                // Nothing but table: two samples will do.
                [0, 1, 2].map(|c| 0.5 * (a[c] + d[c]))
            } else {
                let (b, c) = (sample(1).0, sample(2).0);
                [0, 1, 2].map(|k| 0.25 * (a[k] + b[k] + c[k] + d[k]))
            };
        }
    });
    let rgb = develop(&light, size, camera);
    Shot { width, height, rgb, view, unit: Arc::new(unit.clone()), quality: camera.jpeg }
}

impl Shot {
    /// The picture as a JPEG file of this quality, 1 to 100.
    ///
    /// # Panics
    /// When the picture has a side over 65,535 pixels, which JPEG does not know.
    #[must_use]
    pub fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, quality);
        encoder
            .encode(&self.rgb, self.width as u32, self.height as u32, image::ExtendedColorType::Rgb8)
            .expect("a side over 65,535 pixels");
        file
    }

    /// The same picture with about `width` pixels in a row: means of whole blocks.
    #[must_use]
    pub fn reduced(&self, width: usize) -> Self {
        let block = (self.width / width.max(1)).max(1);
        let (columns, rows) = (self.width / block, self.height / block);
        let mut rgb = Vec::with_capacity(columns * rows * 3);
        for row in 0..rows {
            for column in 0..columns {
                for channel in 0..3 {
                    let at = |k: usize| ((row * block + k / block) * self.width + column * block + k % block) * 3 + channel;
                    let sum: usize = (0..block * block).map(|k| usize::from(self.rgb[at(k)])).sum();
                    rgb.push((sum / (block * block)) as u8);
                }
            }
        }
        Self { width: columns, height: rows, rgb, ..self.clone() }
    }
}
