//! How much structure a place of the photo has, set against what is around it.

use crate::geometry::{Photo, Point};
use crate::vision::Plane;
use crate::vision::align::blur;

/// The longest side of the overview, in pixels: from half of this on.
const OVERVIEW_PX: usize = 360;
/// Standard deviation of the blur on the overview, in its pixels.
const OVERVIEW_SIGMA: f32 = 1.0;
/// What is around a place, in standard deviations of the blur.
const AROUND: f32 = 12.0;
/// Gradients are measured on a picture so many halvings larger than the map.
const FINER: usize = 2;
/// Contrast that noise has by itself, in units of strong gradients.
const NOISE: f32 = 0.02;
/// A gradient counts as this many strong ones at most.
const STRONGEST: f32 = 1.5;

/// A map of structure: 0 is usual for the surroundings, 1 is one standard deviation more.
pub(super) struct Energy {
    pub(super) plane: Plane,
    /// Its pixels per photo pixel.
    pub(super) scale: f64,
}

impl Energy {
    /// The value at a place of the photo; 0 beyond its edge.
    pub(super) fn at(&self, place: Point<Photo>) -> f32 {
        let (x, y) = (place.x * self.scale, place.y * self.scale);
        let inside = x >= 0.0 && y >= 0.0 && x < self.plane.width as f64 && y < self.plane.height as f64;
        if inside { self.plane.sample(x as f32, y as f32) } else { 0.0 }
    }
}

/// The maps of a photo, made as they are asked for.
pub(super) struct Energies<'a> {
    photo: &'a Plane,
    /// Halved again and again.
    halves: Vec<Plane>,
    made: Vec<((usize, u32), Energy)>,
}

impl<'a> Energies<'a> {
    pub(super) fn of(photo: &'a Plane) -> Self {
        let mut halves: Vec<Plane> = Vec::new();
        while let Some(next) =
            Some(halves.last().unwrap_or(photo)).filter(|plane| plane.width.min(plane.height) >= 32).map(Plane::halved)
        {
            halves.push(next);
        }
        Self { photo, halves, made: Vec::new() }
    }

    /// The photo, halved so many times.
    fn level(&self, halvings: usize) -> &Plane {
        halvings.checked_sub(1).and_then(|place| self.halves.get(place)).unwrap_or(self.photo)
    }

    /// The whole photo, small.
    pub(super) fn overview(&mut self) -> &Energy {
        let fits = |plane: &Plane| plane.width.max(plane.height) <= OVERVIEW_PX;
        let level = (0..self.halves.len()).find(|level| fits(self.level(*level))).unwrap_or(self.halves.len());
        self.map(level, OVERVIEW_SIGMA)
    }

    /// A map with about this many pixels per millimetre (at most as many as the photo has), blurred by so many millimetres.
    pub(super) fn with(&mut self, photo_px_per_mm: f64, wanted_px_per_mm: f64, sigma_mm: f64) -> &Energy {
        let halvings = libm::round(libm::log2(photo_px_per_mm / wanted_px_per_mm)).max(0.0) as usize;
        let level = halvings.min(self.halves.len());
        self.map(level, (sigma_mm * photo_px_per_mm * scale(level)).clamp(0.8, 4.0) as f32)
    }

    fn map(&mut self, level: usize, sigma: f32) -> &Energy {
        // A tenth of a pixel makes no difference.
        let key = (level, (sigma * 10.0) as u32);
        let place = self.made.iter().position(|(made, _)| *made == key).unwrap_or_else(|| {
            let fine = level.saturating_sub(FINER);
            let mut plane = gradients(self.level(fine));
            for _ in fine..level {
                plane = plane.halved();
            }
            let plane = normalised(&blur(&plane, sigma), sigma * AROUND);
            self.made.push((key, Energy { plane, scale: scale(level) }));
            self.made.len() - 1
        });
        &self.made[place].1
    }
}

/// Pixels per photo pixel after so many halvings.
fn scale(halvings: usize) -> f64 {
    1.0 / f64::from(1_u32 << halvings)
}

/// Lengths of the gradient (central differences), in units of what nine tenths of the pixels stay below.
fn gradients(plane: &Plane) -> Plane {
    let (width, height) = (plane.width, plane.height);
    let mut data = Vec::with_capacity(width * height);
    for y in 0..height {
        let row = |y: usize| &plane.data[y * width..][..width];
        let (above, here, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(height - 1)));
        data.extend((0..width).map(|x| {
            let (dx, dy) = (here[(x + 1).min(width - 1)] - here[x.saturating_sub(1)], below[x] - above[x]);
            libm::sqrtf(dx * dx + dy * dy)
        }));
    }
    let mut sorted: Vec<f32> = data.iter().copied().step_by(7).collect();
    let place = sorted.len() * 9 / 10;
    let strong = sorted.select_nth_unstable_by(place, f32::total_cmp).1.max(1e-3);
    data.iter_mut().for_each(|value| *value = (*value / strong).min(STRONGEST));
    Plane { width, height, data }
}

/// Set against the mean and the standard deviation of what is around.
fn normalised(plane: &Plane, sigma: f32) -> Plane {
    let combined = |a: &Plane, b: &Plane, of: fn(f32, f32) -> f32| Plane {
        data: a.data.iter().zip(&b.data).map(|(a, b)| of(*a, *b)).collect(),
        ..*a
    };
    let mean = wide(plane, sigma);
    let excess = combined(plane, &mean, |value, mean| value - mean);
    let spread = wide(&combined(&excess, &excess, |a, b| a * b), sigma);
    combined(&excess, &spread, |excess, square| excess / (libm::sqrtf(square.max(0.0)) + NOISE))
}

/// A wide blur: of the picture halved twice, which makes no difference to it, and as it is where there is nothing to halve.
fn wide(plane: &Plane, sigma: f32) -> Plane {
    if plane.width < 32 || plane.height < 32 {
        return blur(plane, sigma);
    }
    let small = blur(&plane.halved().halved(), sigma / 4.0);
    let at = |k: usize| ((k % plane.width) as f32 + 0.5, (k / plane.width) as f32 + 0.5);
    let data = (0..plane.data.len()).map(at).map(|(x, y)| small.sample(x / 4.0, y / 4.0)).collect();
    Plane { data, ..*plane }
}
