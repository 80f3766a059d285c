//! Places worth describing: extrema of differences of Gaussians over scale (D. Lowe, IJCV 2004).

use super::blur::blur;
use super::descriptor::{self, Descriptor};
use super::pyramid::{Grey, Pyramid};
use crate::vision::Plane;
use crate::vision::order::rising;

/// A place with a size and a direction, in pixels of the full picture.
#[derive(Debug, Clone, Copy)]
pub(in crate::vision) struct Keypoint {
    pub(in crate::vision) x: f64,
    pub(in crate::vision) y: f64,
    /// Standard deviation of the Gaussian at which it stands out, in pixels.
    pub(in crate::vision) size: f64,
    /// Dominant gradient direction, radians, x towards y.
    pub(in crate::vision) angle: f64,
    /// Brighter than its surroundings, or darker (H. Bay et al., SURF, ECCV 2006: it halves the matching).
    pub(in crate::vision) bright: bool,
}

/// What a picture is recognised by.
#[derive(Debug, Clone, Default)]
pub(in crate::vision) struct Features {
    pub(in crate::vision) keypoints: Vec<Keypoint>,
    pub(in crate::vision) descriptors: Vec<Descriptor>,
}

impl Features {
    /// Those that the picture has in a mirror; it is `width` pixels wide.
    pub(in crate::vision) fn mirrored(&self, width: f64) -> Self {
        let keypoint = |k: &Keypoint| Keypoint { x: width - k.x, angle: std::f64::consts::PI - k.angle, ..*k };
        Self {
            keypoints: self.keypoints.iter().map(keypoint).collect(),
            descriptors: self.descriptors.iter().map(descriptor::mirrored).collect(),
        }
    }
}

/// Scales per octave. Two find nearly as many repeatable places as Lowe's three, at two thirds of the cost.
const SCALES: usize = 2;
/// Blur of an octave's first plane, in its pixels.
const FIRST_SIGMA: f32 = 1.4;
/// Blur that a pyramid's level has by itself: the mean of 2 × 2 pixels and the lens before it.
const OWN_SIGMA: f32 = 0.6;
/// Octaves; the last sees blobs 16 times as large as the first.
const OCTAVES: usize = 5;
/// Faintest difference of Gaussians that counts, in grey levels. Sensor noise at this blur stays below.
const FAINTEST: f32 = 0.9;
/// Largest ratio of principal curvatures: what is longer is an edge, and slides.
const EDGE_RATIO: f32 = 10.0;
/// Buckets along the longer side in which features compete, so that no bright corner takes them all.
const BUCKETS: usize = 16;

struct Extremum {
    octave: usize,
    scale: usize,
    x: f32,
    y: f32,
    sigma: f32,
    /// Difference of Gaussians: negative where it is bright.
    response: f32,
}

/// The features of a picture from pyramid level `first` on, at most about `most` of them.
pub(super) fn detect(pyramid: &Pyramid, first: usize, most: usize) -> Features {
    let octaves: Vec<Vec<Plane>> =
        pyramid.levels.iter().skip(first).take(OCTAVES).filter(|grey| grey.pixels() > 0).map(gaussians).collect();
    let mut extrema = Vec::new();
    for (octave, planes) in octaves.iter().enumerate() {
        find_extrema(octave, planes, &mut extrema);
    }
    let mut features = Features::default();
    let size = octaves.first().map_or((1, 1), |planes| (planes[0].width, planes[0].height));
    for e in strongest_everywhere(extrema, size, most) {
        let plane = &octaves[e.octave][e.scale];
        let to_full = (1_u64 << (first + e.octave)) as f64;
        for angle in descriptor::orientations(plane, e.x, e.y, e.sigma) {
            features.descriptors.push(descriptor::describe(plane, e.x, e.y, e.sigma, angle));
            features.keypoints.push(Keypoint {
                // Planes count pixel centres at integers here, pictures at .5.
                x: (f64::from(e.x) + 0.5) * to_full,
                y: (f64::from(e.y) + 0.5) * to_full,
                size: f64::from(e.sigma) * to_full,
                angle: f64::from(angle),
                bright: e.response < 0.0,
            });
        }
    }
    features
}

fn gaussians(grey: &Grey) -> Vec<Plane> {
    let raw = Plane { width: grey.width, height: grey.height, data: grey.data.iter().map(|v| f32::from(*v)).collect() };
    let sigma = |k: usize| FIRST_SIGMA * libm::exp2f(k as f32 / SCALES as f32);
    let step = |from: f32, to: f32| (to * to - from * from).sqrt();
    let mut planes = vec![blur(&raw, step(OWN_SIGMA, sigma(0)))];
    for k in 1..SCALES + 3 {
        planes.push(blur(&planes[k - 1], step(sigma(k - 1), sigma(k))));
    }
    planes
}

fn find_extrema(octave: usize, planes: &[Plane], found: &mut Vec<Extremum>) {
    let (width, height) = (planes[0].width, planes[0].height);
    let border = 4;
    let difference = |k: usize, i: usize| planes[k + 1].data[i] - planes[k].data[i];
    for k in 1..=SCALES {
        for y in border..height.saturating_sub(border) {
            for x in border..width.saturating_sub(border) {
                let i = y * width + x;
                let value = difference(k, i);
                if value.abs() < FAINTEST || !is_extremum(value, k, i, width, &difference) {
                    continue;
                }
                if let Some((dx, dy)) = settle(k, i, width, &difference) {
                    let sigma = FIRST_SIGMA * libm::exp2f(k as f32 / SCALES as f32);
                    let (x, y) = (x as f32 + dx, y as f32 + dy);
                    found.push(Extremum { octave, scale: k, x, y, sigma, response: value });
                }
            }
        }
    }
}

fn is_extremum(value: f32, k: usize, i: usize, width: usize, difference: &impl Fn(usize, usize) -> f32) -> bool {
    let sign = value.signum();
    let around = [i - width - 1, i - width, i - width + 1, i - 1, i, i + 1, i + width - 1, i + width, i + width + 1];
    [k, k - 1, k + 1]
        .iter()
        .all(|&level| around.iter().all(|&j| (level == k && j == i) || difference(level, j) * sign < value * sign))
}

/// The offset to the vertex of the paraboloid in the plane; `None` on an edge.
fn settle(k: usize, i: usize, width: usize, difference: &impl Fn(usize, usize) -> f32) -> Option<(f32, f32)> {
    let at = |j: usize| difference(k, j);
    let centre = at(i);
    let (gx, gy) = ((at(i + 1) - at(i - 1)) / 2.0, (at(i + width) - at(i - width)) / 2.0);
    let (xx, yy) = (at(i + 1) + at(i - 1) - 2.0 * centre, at(i + width) + at(i - width) - 2.0 * centre);
    let xy = (at(i + width + 1) - at(i + width - 1) - at(i - width + 1) + at(i - width - 1)) / 4.0;
    let (trace, determinant) = (xx + yy, xx * yy - xy * xy);
    if determinant <= 0.0 || trace * trace * EDGE_RATIO > determinant * (EDGE_RATIO + 1.0) * (EDGE_RATIO + 1.0) {
        return None;
    }
    let (dx, dy) = ((xy * gy - yy * gx) / determinant, (xy * gx - xx * gy) / determinant);
    Some((dx.clamp(-0.6, 0.6), dy.clamp(-0.6, 0.6)))
}

/// The strongest of each bucket first, then the strongest of the rest, up to `most`.
fn strongest_everywhere(extrema: Vec<Extremum>, size: (usize, usize), most: usize) -> Vec<Extremum> {
    let extrema = rising(extrema, |e| [-f64::from(e.response.abs()), 0.0, 0.0]);
    let side = size.0.max(size.1).div_ceil(BUCKETS);
    let fair_share = most.div_ceil(BUCKETS * BUCKETS / 2);
    let mut taken = vec![0_usize; BUCKETS * BUCKETS];
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for e in extrema {
        let octave = (1_usize << e.octave) as f32;
        let bucket = |v: f32| ((v * octave) as usize / side).min(BUCKETS - 1);
        let count = &mut taken[bucket(e.y) * BUCKETS + bucket(e.x)];
        *count += 1;
        if *count <= fair_share { first.push(e) } else { rest.push(e) }
    }
    first.truncate(most);
    let room = most - first.len();
    first.extend(rest.into_iter().take(room));
    first
}
