//! The board anywhere in the picture, turned by any angle, as large as it may be: a few likely places of the drawing.

use super::energy::Energy;
use super::marks::Marks;
use crate::geometry::{Drawing, Homography, Photo};

/// The drawing's diagonal, in longest sides of the photo: from a board that fills half of it to one that reaches beyond its edges.
const SMALLEST: f64 = 0.45;
const LARGEST: f64 = 1.25;
const SIZES: usize = 15;
const ANGLES: usize = 90;
/// The middle of the drawing lies at least this share of the sides from the photo's edge.
const MARGIN: f64 = 0.2;
/// Marks of each kind that are enough here.
const MARKS: usize = 320;

/// A size and an angle, and how well the drawing fits at its best place.
struct Tried {
    size: usize,
    angle: usize,
    score: f32,
    middle: [usize; 2],
}

/// The likeliest places of the drawing, each with another angle or size; the best first.
pub(super) fn beginnings(overview: &Energy, marks: &Marks, most: usize) -> Vec<Homography<Drawing, Photo>> {
    let phases = Phases::of(overview);
    let longest = overview.plane.width.max(overview.plane.height) as f64;
    let middle = marks.bounds.centre();
    let diagonal = libm::sqrt(marks.bounds.w * marks.bounds.w + marks.bounds.h * marks.bounds.h).max(1.0);
    let parts = marks.parts.iter().take(MARKS);
    let sum: f32 = parts.clone().map(|(_, weight)| weight).sum();
    let empty = marks.empty.iter().take(MARKS);
    let share = -1.0 / empty.len().max(1) as f32;
    let weighted: Vec<([f64; 2], f32)> = parts
        .map(|(at, weight)| (at, weight / sum))
        .chain(empty.map(|at| (at, share)))
        .map(|(at, weight)| ([at.x - middle.x, at.y - middle.y], weight))
        .collect();
    let scale = |size: usize| {
        let step = size as f64 / (SIZES - 1) as f64;
        SMALLEST * libm::pow(LARGEST / SMALLEST, step) * longest / diagonal
    };
    let turn = |angle: usize| {
        let (sine, cosine) = libm::sincos(angle as f64 / ANGLES as f64 * std::f64::consts::TAU);
        [cosine, sine]
    };
    let mut tried = Vec::with_capacity(SIZES * ANGLES);
    for size in 0..SIZES {
        for angle in 0..ANGLES {
            let (scale, [c, s]) = (scale(size), turn(angle));
            let placed = weighted.iter().map(|([x, y], weight)| ([(x * c - y * s) * scale, (x * s + y * c) * scale], *weight));
            if let Some((score, middle)) = phases.best(placed) {
                tried.push(Tried { size, angle, score, middle });
            }
        }
    }
    tried.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut chosen: Vec<Tried> = Vec::new();
    for one in tried {
        let is_beside = |other: &Tried| {
            let apart = other.angle.abs_diff(one.angle);
            other.size.abs_diff(one.size) <= 1 && apart.min(ANGLES - apart) <= 1
        };
        if chosen.len() < most && !chosen.iter().any(is_beside) {
            chosen.push(one);
        }
    }
    let map = |one: &Tried| {
        let (k, [c, s]) = (scale(one.size) / overview.scale, turn(one.angle));
        let [x, y] = one.middle.map(|v| (v as f64 + 0.5) / overview.scale);
        let (a, b) = (k * c, k * s);
        Homography::new([a, -b, x - a * middle.x + b * middle.y, b, a, y - b * middle.x - a * middle.y, 0.0, 0.0, 1.0])
    };
    chosen.iter().map(map).collect()
}

/// The overview in four parts, by whether columns and rows are even, with a margin of zeros: so that places two pixels apart lie side by side.
struct Phases {
    planes: [Vec<f32>; 4],
    /// Of the overview, in pairs of pixels.
    size: [usize; 2],
    /// Values of each part in a row, and in front of the first.
    stride: usize,
    margin: usize,
}

impl Phases {
    fn of(overview: &Energy) -> Self {
        let size = [overview.plane.width / 2, overview.plane.height / 2];
        // Half of the largest diagonal reaches from the middle to the furthest mark.
        let margin = (overview.plane.width.max(overview.plane.height) as f64 * LARGEST / 4.0) as usize + 2;
        let stride = size[0] + 2 * margin;
        let planes = std::array::from_fn(|phase| {
            let mut plane = vec![0.0; stride * (size[1] + 2 * margin)];
            for y in 0..size[1] {
                for x in 0..size[0] {
                    plane[(y + margin) * stride + x + margin] = overview.plane.at(2 * x + phase % 2, 2 * y + phase / 2);
                }
            }
            plane
        });
        Self { planes, size, stride, margin }
    }

    /// The best sum of weighted values, and where the middle lies then, in pixels of the overview; `None` when a mark is too far from it.
    fn best(&self, marks: impl Iterator<Item = ([f64; 2], f32)>) -> Option<(f32, [usize; 2])> {
        let from = self.size.map(|side| (side as f64 * MARGIN) as usize);
        let [columns, rows] = [0, 1].map(|k| self.size[k] - 2 * from[k]);
        let mut sums = vec![0.0_f32; columns * rows];
        for (offset, weight) in marks {
            // The nearest pixel, as halves and what is left of them.
            let [x, y] = offset.map(|v| libm::floor(v + 0.5) as i64);
            let plane = &self.planes[(x.rem_euclid(2) + 2 * y.rem_euclid(2)) as usize];
            let start = |k: usize, half: i64| usize::try_from((self.margin + from[k]) as i64 + half).ok();
            let (left, top) = (start(0, x.div_euclid(2))?, start(1, y.div_euclid(2))?);
            for (row, sums) in sums.chunks_exact_mut(columns).enumerate() {
                let values = plane.get((top + row) * self.stride + left..)?.get(..columns)?;
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += weight * value;
                }
            }
        }
        let (place, score) = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        Some((*score, [2 * (from[0] + place % columns), 2 * (from[1] + place / columns)]))
    }
}
