//! A camera in a hand: where it is, how it bends lines, in what light it works.

use crate::random::Random;

/// How hard a photo is to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difficulty {
    /// Nearly straight, even light, sharp.
    Easy,
    /// Tilted, a sheen somewhere, a little noise.
    Medium,
    /// Strongly tilted and turned, glare, shadow, blur, noise, strong compression.
    Hard,
}

impl Difficulty {
    /// The word for it in manifests.
    #[must_use]
    pub fn word(self) -> &'static str {
        ["easy", "medium", "hard"][self as usize]
    }
}

/// The light that falls on the board.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Light {
    /// Direction towards the lamp, in degrees: around, and above the board.
    pub(crate) azimuth: f64,
    pub(crate) elevation: f64,
    /// Of the lamp and of everything else.
    pub(crate) key: f32,
    pub(crate) ambient: f32,
    /// How much brighter one side of the board is than its middle, 0 to 1.
    pub(crate) slope: f32,
    /// Strength of the mirror image of the lamp, and where on the board it lies, 0 to 1 across.
    pub(crate) glare: f32,
    pub(crate) glare_at: [f64; 2],
    /// Red over blue: 1 is neutral.
    pub(crate) warmth: f32,
    /// Darkness and position of the photographer's shadow, position as a share of the board.
    pub(crate) shadow: f32,
    pub(crate) shadow_at: f64,
}

/// A camera, its pose, its light and its faults.
#[derive(Debug, Clone, PartialEq)]
pub struct Camera {
    pub(crate) seed: u64,
    /// Degrees between the line of sight and the board's normal.
    pub(crate) tilt: f64,
    /// Degrees: towards where it is tilted.
    pub(crate) azimuth: f64,
    /// Degrees: how far the picture is turned.
    pub(crate) roll: f64,
    /// Share of the picture that the board fills.
    pub(crate) fill: f64,
    /// Where it looks, as a share of the board from its middle; (0, 0) fits the whole board.
    pub(crate) aim: [f64; 2],
    /// Focal length as a share of the picture's longer side.
    pub(crate) focal: f64,
    /// Radial distortion, of the distorted radius in focal lengths.
    pub(crate) lens: [f64; 2],
    pub(crate) light: Light,
    /// Standard deviation of blur on a picture 4,000 pixels long.
    pub(crate) blur_px: f64,
    /// Way of the hand during exposure, on a picture 4,000 pixels long.
    pub(crate) motion_px: [f64; 2],
    /// Of a middle grey, as a share of white.
    pub(crate) noise: f64,
    pub(crate) exposure: f32,
    /// Darkening in the corners.
    pub(crate) vignette: f32,
    pub(crate) jpeg: u8,
    pub(crate) table: u8,
    /// Mirror images of lamps on what is round or molten, on 100 cm².
    pub(crate) glints: f64,
    /// What its own processing makes of a picture.
    pub(crate) processing: Processing,
    /// True where holes are bored through, so that they show the table.
    pub(crate) holes_open: bool,
}

/// How a maker's software renders pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Processing {
    /// The part of fine detail that is added once more; 0 for none.
    pub(crate) sharpening: f32,
    /// Of colours; 1 leaves them.
    pub(crate) saturation: f32,
    /// Steepness of the tones around middle grey; 1 leaves them.
    pub(crate) contrast: f32,
}

impl Camera {
    /// Somebody holds a phone over the board.
    #[must_use]
    pub fn hand_held(seed: u64, difficulty: Difficulty) -> Self {
        let random = &mut Random::of(seed, 40);
        let [tilt, roll, fill, glare, blur, motion, noise, slope] = match difficulty {
            Difficulty::Easy => {
                [(1.0, 5.0), (-4.0, 4.0), (0.84, 0.95), (0.0, 0.1), (0.4, 0.6), (0.0, 0.4), (0.004, 0.007), (0.0, 0.1)]
            }
            Difficulty::Medium => {
                [(5.0, 12.0), (-25.0, 25.0), (0.76, 0.9), (0.1, 0.5), (0.5, 0.8), (0.2, 1.0), (0.007, 0.012), (0.1, 0.25)]
            }
            Difficulty::Hard => {
                [(12.0, 24.0), (-180.0, 180.0), (0.68, 0.84), (0.4, 1.3), (0.7, 1.1), (0.5, 1.8), (0.011, 0.018), (0.2, 0.4)]
            }
        }
        .map(|(low, high)| random.range(low, high));
        // From a phone's wide lens near the board to its longer one at arm's length.
        let focal = match difficulty {
            Difficulty::Easy => random.range(1.15, 1.5),
            Difficulty::Medium => random.range(0.95, 1.3),
            Difficulty::Hard => random.range(0.85, 1.1),
        };
        let shadow = if difficulty == Difficulty::Hard && random.chance(0.6) { random.range(0.3, 0.6) } else { 0.0 };
        let quarter = if difficulty == Difficulty::Medium { 90.0 * random.below(4) as f64 } else { 0.0 };
        let way = random.range(0.0, 360.0);
        Self {
            seed,
            tilt,
            azimuth: random.range(0.0, 360.0),
            roll: roll + quarter,
            fill,
            aim: [0.0; 2],
            focal,
            lens: [random.range(-0.02, 0.035), random.range(-0.01, 0.01)],
            light: Light {
                azimuth: random.range(0.0, 360.0),
                elevation: random.range(42.0, 66.0),
                key: random.range(0.7, 0.95) as f32,
                ambient: random.range(0.38, 0.55) as f32,
                slope: slope as f32,
                glare: glare as f32,
                glare_at: [random.range(0.1, 0.9), random.range(0.1, 0.9)],
                warmth: random.range(0.9, 1.12) as f32,
                shadow: shadow as f32,
                shadow_at: random.range(0.15, 0.4),
            },
            blur_px: blur,
            motion_px: [motion * cos(way), motion * sin(way)],
            noise,
            exposure: random.range(0.9, 1.12) as f32,
            vignette: random.range(0.1, 0.3) as f32,
            jpeg: match difficulty {
                Difficulty::Easy => 93,
                Difficulty::Medium => 88,
                Difficulty::Hard => 80,
            },
            table: random.below(4) as u8,
            glints: 0.0,
            processing: Processing { sharpening: 0.0, saturation: 1.0, contrast: 1.0 },
            holes_open: false,
        }
    }

    /// A careful contributor: straight, sharp, even light.
    #[must_use]
    pub fn reference(seed: u64) -> Self {
        let mut camera = Self::hand_held(seed, Difficulty::Easy);
        camera.tilt *= 0.4;
        camera.roll *= 0.4;
        camera.fill = 0.9;
        camera.light.glare *= 0.4;
        camera
    }

    /// The same camera in a less tidy room and of another make: small lamps are mirrored here and there, the table is seen
    /// through holes, and its software sharpens, deepens colours and compresses as it likes.
    #[must_use]
    pub fn of_another_make(mut self) -> Self {
        let random = &mut Random::of(self.seed, 42);
        self.glints = if random.chance(0.7) { random.range(5.0, 90.0) } else { 0.0 };
        self.processing = Processing {
            sharpening: if random.chance(0.6) { random.range(0.2, 1.4) as f32 } else { 0.0 },
            saturation: random.range(0.75, 1.35) as f32,
            contrast: random.range(0.85, 1.25) as f32,
        };
        self.holes_open = random.chance(0.7);
        self.jpeg = 78 + random.below(18) as u8;
        self
    }

    /// The same camera, nearer, over one half of the board.
    #[must_use]
    pub fn over_half(mut self) -> Self {
        let random = &mut Random::of(self.seed, 41);
        let side = random.sign();
        self.aim = if random.chance(0.5) { [0.24 * side, 0.0] } else { [0.0, 0.24 * side] };
        self
    }

    /// The quality it saves its pictures with, 1 to 100.
    #[must_use]
    pub fn jpeg_quality(&self) -> u8 {
        self.jpeg
    }
}

/// A camera in place: every pixel has its ray, every point its pixel. Pixel centres at .5.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub(crate) origin: [f64; 3],
    axes: [[f64; 3]; 3],
    focal_px: f64,
    centre: [f64; 2],
    lens: [f64; 2],
    /// Pixels per mm of board where the camera looks.
    pub px_per_mm: f64,
}

impl View {
    /// Puts the camera where the board fills its share of a picture of this size.
    pub(crate) fn of(camera: &Camera, size_mm: [f64; 2], [width, height]: [usize; 2]) -> Self {
        let [width, height] = [width as f64, height as f64];
        let focal_px = camera.focal * width.max(height);
        let axes = orient(camera);
        let mut view =
            Self { origin: [0.0; 3], axes, focal_px, centre: [width / 2.0, height / 2.0], lens: [0.0; 2], px_per_mm: 0.0 };
        let mut aim = [size_mm[0] / 2.0, size_mm[1] / 2.0];
        let mut distance = 2.0 * (size_mm[0] + size_mm[1]);
        let corners = [[0.0, 0.0], [size_mm[0], 0.0], [0.0, size_mm[1]], size_mm];
        // Each round halves what is left of the misfit at least: 24 leave nothing.
        for _ in 0..24 {
            view.look_at(aim, distance);
            let seen = corners.map(|[x, y]| view.project([x, y, 0.0]));
            let span = |axis: usize| {
                let (low, high) = seen.iter().fold((f64::MAX, f64::MIN), |(l, h), p| (l.min(p[axis]), h.max(p[axis])));
                (high - low, (high + low) / 2.0)
            };
            let ((across, middle_x), (down, middle_y)) = (span(0), span(1));
            let off = [(middle_x - width / 2.0) * distance / focal_px, (middle_y - height / 2.0) * distance / focal_px];
            for axis in 0..2 {
                aim[axis] += axes[0][axis] * off[0] + axes[1][axis] * off[1];
            }
            distance *= (across / (camera.fill * width)).max(down / (camera.fill * height));
        }
        if camera.aim != [0.0; 2] {
            aim = [0, 1].map(|k| size_mm[k] * (0.5 + camera.aim[k]));
            distance *= 0.62;
        }
        view.look_at(aim, distance);
        view.lens = camera.lens;
        view
    }

    fn look_at(&mut self, aim: [f64; 2], distance: f64) {
        let forward = self.axes[2];
        self.origin = [aim[0] - forward[0] * distance, aim[1] - forward[1] * distance, -forward[2] * distance];
        self.px_per_mm = self.focal_px / distance;
    }

    /// Where the camera stands, in mm: x and y on the board, z above it.
    #[must_use]
    pub fn centre_mm(&self) -> [f64; 3] {
        self.origin
    }

    /// The direction of sight through a place of the picture; not of unit length.
    #[must_use]
    pub fn direction(&self, [u, v]: [f64; 2]) -> [f64; 3] {
        let (x, y) = ((u - self.centre[0]) / self.focal_px, (v - self.centre[1]) / self.focal_px);
        let square = x * x + y * y;
        let bend = 1.0 + square * (self.lens[0] + self.lens[1] * square);
        let [right, down, forward] = &self.axes;
        [0, 1, 2].map(|k| forward[k] + bend * (x * right[k] + y * down[k]))
    }

    /// Where a point (mm, z up from the board) lies on the picture, also beyond its edges.
    #[must_use]
    pub fn project(&self, point: [f64; 3]) -> [f64; 2] {
        let away = [0, 1, 2].map(|k| point[k] - self.origin[k]);
        let along = |axis: &[f64; 3]| (0..3).map(|k| axis[k] * away[k]).sum::<f64>();
        let depth = along(&self.axes[2]);
        let (x, y) = (along(&self.axes[0]) / depth, along(&self.axes[1]) / depth);
        // Newton's method for the radius before the lens.
        let target = (x * x + y * y).sqrt();
        let mut radius = target;
        for _ in 0..8 {
            let square = radius * radius;
            let error = radius * (1.0 + square * (self.lens[0] + self.lens[1] * square)) - target;
            radius -= error / (1.0 + square * (3.0 * self.lens[0] + 5.0 * self.lens[1] * square));
        }
        let shrink = if target > 0.0 { radius / target } else { 1.0 };
        [self.centre[0] + self.focal_px * x * shrink, self.centre[1] + self.focal_px * y * shrink]
    }
}

pub(crate) fn sin(degrees: f64) -> f64 {
    libm::sin(degrees * std::f64::consts::PI / 180.0)
}

pub(crate) fn cos(degrees: f64) -> f64 {
    libm::cos(degrees * std::f64::consts::PI / 180.0)
}

/// Right, down and forward of the camera.
fn orient(camera: &Camera) -> [[f64; 3]; 3] {
    let (cr, sr) = (cos(camera.roll), sin(camera.roll));
    let flat = [[cr, sr, 0.0], [-sr, cr, 0.0], [0.0, 0.0, -1.0]];
    // Tilt turns about a level axis.
    let axis = [cos(camera.azimuth), sin(camera.azimuth), 0.0];
    let (ct, st) = (cos(camera.tilt), sin(camera.tilt));
    flat.map(|v| {
        let dot = axis[0] * v[0] + axis[1] * v[1];
        let cross = [axis[1] * v[2], -axis[0] * v[2], axis[0] * v[1] - axis[1] * v[0]];
        [0, 1, 2].map(|k| v[k] * ct + cross[k] * st + axis[k] * dot * (1.0 - ct))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixels_ray_comes_back_to_the_pixel() {
        for seed in 0..6 {
            let view = View::of(&Camera::hand_held(seed, Difficulty::Hard), [170.0, 150.0], [1200, 900]);
            for pixel in [[0.5, 0.5], [1199.5, 3.0], [600.0, 450.0], [20.0, 880.0]] {
                let direction = view.direction(pixel);
                let back = view.project([0, 1, 2].map(|k| view.origin[k] + 300.0 * direction[k]));
                assert!((back[0] - pixel[0]).abs() < 1e-6 && (back[1] - pixel[1]).abs() < 1e-6, "{seed} {pixel:?} {back:?}");
            }
        }
    }

    #[test]
    fn the_whole_board_is_in_the_picture() {
        for seed in 0..20 {
            let view = View::of(&Camera::hand_held(seed, Difficulty::Hard), [170.0, 150.0], [1200, 900]);
            for corner in [[0.0, 0.0], [170.0, 0.0], [0.0, 150.0], [170.0, 150.0]] {
                let [u, v] = view.project([corner[0], corner[1], 0.0]);
                assert!(u > 0.0 && v > 0.0 && u < 1200.0 && v < 900.0, "{seed}: {u} {v}");
            }
        }
    }
}
