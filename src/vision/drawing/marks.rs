//! Where a drawing promises structure, and where it promises none.

use super::Footprint;
use crate::geometry::{Drawing, Point, Rect};
use crate::vision::align::Random;

/// Half sides beyond this are left out: what is so large often has a smooth top.
const LARGEST_HALF_MM: f64 = 5.0;
/// A part of unknown size is taken for one of this half side.
const UNKNOWN_HALF_MM: f64 = 0.5;
/// Between the marks of a larger part.
const STEP_MM: f64 = 1.2;
/// Empty places are at least this far from every part: silk and pads reach as far.
const FREE_MM: f64 = 1.0;
/// Draws for empty places.
const DRAWS: usize = 6000;
/// Marks of each kind: more say the same again.
const MOST: usize = 700;
/// Parts that are looked at for them.
const MOST_PARTS: usize = 4000;

/// A drawing as places with structure and places without, the surer a place the more it counts.
pub(super) struct Marks {
    /// With structure; the weights add up to 1.
    pub(super) parts: Vec<(Point<Drawing>, f32)>,
    pub(super) empty: Vec<Point<Drawing>>,
    /// Around all parts.
    pub(super) bounds: Rect<Drawing>,
}

impl Marks {
    pub(super) fn of(footprints: &[Footprint], random: &mut Random) -> Self {
        let half = |part: &Footprint| part.half_mm.unwrap_or([UNKNOWN_HALF_MM; 2]);
        let mut parts = Vec::new();
        for part in footprints.iter().step_by(footprints.len().div_ceil(MOST_PARTS).max(1)).filter(|part| part.fitted) {
            let half = half(part);
            if half.iter().any(|half| *half > LARGEST_HALF_MM) {
                continue;
            }
            let [columns, rows] = half.map(|half| libm::round(2.0 * half / STEP_MM).max(1.0) as u32);
            let weight = 1.0 / libm::sqrtf((columns * rows) as f32);
            let middle = |k: u32, count: u32| f64::from(2 * k + 1) / f64::from(count) - 1.0;
            for k in 0..columns * rows {
                let (x, y) = (half[0] * middle(k % columns, columns), half[1] * middle(k / columns, rows));
                parts.push((Point::new(part.at.x + x, part.at.y + y), weight));
            }
        }
        let around = parts.iter().map(|(at, _)| *at).chain(footprints.iter().map(|part| part.at));
        let bounds = Rect::around(around).unwrap_or(Rect::new(0.0, 0.0, 1.0, 1.0));
        thin(&mut parts, random);
        let sum: f32 = parts.iter().map(|(_, weight)| weight).sum();
        parts.iter_mut().for_each(|(_, weight)| *weight /= sum);
        let anywhere = |random: &mut Random| {
            let mut share = || random.below(1 << 20) as f64 / f64::from(1 << 20);
            Point::new(bounds.x + bounds.w * share(), bounds.y + bounds.h * share())
        };
        let is_free = |p: &Point<Drawing>| {
            footprints.iter().all(|part| {
                let [w, h] = half(part);
                (p.x - part.at.x).abs() - w > FREE_MM || (p.y - part.at.y).abs() - h > FREE_MM
            })
        };
        let mut empty = Vec::new();
        for _ in 0..DRAWS {
            let place = anywhere(random);
            if empty.len() < MOST && is_free(&place) {
                empty.push(place);
            }
        }
        Self { parts, empty, bounds }
    }
}

/// Leaves as many as are enough, from all over.
fn thin<Mark>(marks: &mut Vec<Mark>, random: &mut Random) {
    for k in 0..marks.len().min(MOST) {
        let other = k + random.below(marks.len() - k);
        marks.swap(k, other);
    }
    marks.truncate(MOST);
}
