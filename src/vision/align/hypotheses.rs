//! From matches, many of them wrong, to a few maps that are worth a closer look.

use super::fit::{self, Pair, Weight};
use super::matching::Match;
use super::plausible::is_plausible;
use super::random::Random;
use crate::geometry::{Homography, Photo, Point, Reference};
use crate::vision::order::rising;

/// A map, and how well the matches speak for it.
#[derive(Debug, Clone, Copy)]
pub(in crate::vision) struct Hypothesis {
    pub(in crate::vision) homography: Homography<Photo, Reference>,
    pub(in crate::vision) score: f64,
}

/// The sizes of both pictures, full pixels.
#[derive(Debug, Clone, Copy)]
pub(in crate::vision) struct Sizes {
    pub(in crate::vision) photo: (f64, f64),
    pub(in crate::vision) reference: (f64, f64),
}

/// Matches that start a family of samples; they come surest first.
const SEEDS: usize = 300;
/// Samples of four from each family.
const SAMPLES: usize = 24;
/// Room for perspective and for the noise of size and direction, as part of the distance from the seed.
const FAMILY_SLACK: f64 = 0.3;
/// A family's members differ in size from what the seed says by at most this factor, and in direction by this angle.
const FAMILY_SIZE: f64 = 1.7;
const FAMILY_ANGLE: f64 = 0.5;
/// Fewer members than this are chance.
const SMALLEST_FAMILY: usize = 6;
/// A map with this score is no chance: a seed that lies on it would only lead to it again.
const SURE_SCORE: f64 = 25.0;

/// The best `most` maps that really differ, best first. `tolerance_px` is on the reference.
///
/// Sampling follows MSAC (P. Torr and A. Zisserman, CVIU 2000); samples are drawn from matches whose size and direction
/// agree with one seed, so that a few right matches among many wrong ones are enough.
pub(in crate::vision) fn propose(found: &[Match], sizes: &Sizes, tolerance_px: f64, most: usize) -> Vec<Hypothesis> {
    let pairs: Vec<Pair> = found.iter().map(pair).collect();
    let mut random = Random::seeded(0x000b_0a2d_3a7c_4d01);
    let mut kept: Vec<Hypothesis> = Vec::new();
    for seed in found.iter().take(SEEDS) {
        let explains =
            |known: &Hypothesis| known.score >= SURE_SCORE && support(&known.homography, &[pair(seed)], tolerance_px) > 0.0;
        if kept.iter().any(explains) {
            continue;
        }
        let related = related_to(seed);
        let family: Vec<usize> = (0..found.len()).filter(|&k| related(&found[k])).collect();
        if family.len() < SMALLEST_FAMILY {
            continue;
        }
        let mut best: Option<Hypothesis> = None;
        for _ in 0..SAMPLES {
            let sample = [(); 4].map(|()| pairs[family[random.below(family.len())]]);
            let Some(homography) = fit::homography(&sample).filter(|h| is_plausible(h, sizes)) else { continue };
            let score = support(&homography, &pairs, tolerance_px * 2.0);
            if best.is_none_or(|b| score > b.score) {
                best = Some(Hypothesis { homography, score });
            }
        }
        if let Some(polished) = best.and_then(|b| polish(b, &pairs, sizes, tolerance_px)) {
            keep(&mut kept, polished, sizes, tolerance_px * 3.0);
        }
    }
    let mut kept = rising(kept, |known| [-known.score, 0.0, 0.0]);
    kept.truncate(most);
    kept
}

fn pair(found: &Match) -> Pair {
    let (p, r) = (&found.photo, &found.reference);
    Pair { from: Point::new(p.x, p.y), to: Point::new(r.x, r.y), weight: Weight::even(1.0) }
}

/// Does a match lie where the similarity that `seed` stands for would put it, roughly?
pub(in crate::vision) fn related_to(seed: &Match) -> impl Fn(&Match) -> bool {
    let size = |m: &Match| m.reference.size / m.photo.size;
    let turn = |m: &Match| m.reference.angle - m.photo.angle;
    let (seed, scale, angle) = (*seed, size(seed), turn(seed));
    let (sin, cos) = (libm::sin(angle) * scale, libm::cos(angle) * scale);
    move |other| {
        let full = std::f64::consts::TAU;
        let off = turn(other) - angle;
        let off = off - libm::round(off / full) * full;
        if off.abs() > FAMILY_ANGLE || !(1.0 / FAMILY_SIZE..FAMILY_SIZE).contains(&(size(other) / scale)) {
            return false;
        }
        let (dx, dy) = (other.photo.x - seed.photo.x, other.photo.y - seed.photo.y);
        let landed = Point::<Reference>::new(seed.reference.x + cos * dx - sin * dy, seed.reference.y + sin * dx + cos * dy);
        let distance = (dx * dx + dy * dy).sqrt() * scale;
        landed.distance(Point::new(other.reference.x, other.reference.y)) <= FAMILY_SLACK * distance + 4.0 * seed.reference.size
    }
}

/// MSAC's gain: each match counts by how far inside the tolerance it lies.
fn support(homography: &Homography<Photo, Reference>, pairs: &[Pair], tolerance: f64) -> f64 {
    let gain = |pair: &Pair| {
        let (landed, weight) = homography.apply_with_weight(pair.from);
        let error = landed.distance(pair.to) / tolerance;
        if weight > 0.0 && error < 1.0 { 1.0 - error * error } else { 0.0 }
    };
    pairs.iter().map(gain).sum()
}

/// Refits to all that agree, with a tolerance that shrinks to the final one.
fn polish(start: Hypothesis, pairs: &[Pair], sizes: &Sizes, tolerance: f64) -> Option<Hypothesis> {
    let mut homography = start.homography;
    for factor in [4.0, 2.5, 1.6, 1.0, 1.0] {
        let inliers: Vec<Pair> =
            pairs.iter().filter(|pair| homography.apply(pair.from).distance(pair.to) < factor * tolerance).copied().collect();
        if let Some(better) = fit::homography(&inliers).filter(|h| is_plausible(h, sizes)) {
            homography = better;
        }
    }
    let score = support(&homography, pairs, tolerance);
    (score > 3.0).then_some(Hypothesis { homography, score })
}

/// Adds the hypothesis unless one like it is there; of two that are alike the better stays.
fn keep(kept: &mut Vec<Hypothesis>, new: Hypothesis, sizes: &Sizes, apart_px: f64) {
    match kept.iter_mut().find(|old| distance(&old.homography, &new.homography, sizes) < apart_px) {
        Some(old) if old.score < new.score => *old = new,
        Some(_) => {}
        None => kept.push(new),
    }
}

/// Median distance between where two maps put places of the photo that the first puts onto the reference.
fn distance(a: &Homography<Photo, Reference>, b: &Homography<Photo, Reference>, sizes: &Sizes) -> f64 {
    let places = (0..49).map(|k| {
        let (x, y) = (f64::from(k % 7) + 0.5, f64::from(k / 7) + 0.5);
        Point::<Photo>::new(x / 7.0 * sizes.photo.0, y / 7.0 * sizes.photo.1)
    });
    let inside = |r: &Point<Reference>| r.x >= 0.0 && r.y >= 0.0 && r.x <= sizes.reference.0 && r.y <= sizes.reference.1;
    let mut apart: Vec<f64> = places.filter(|p| inside(&a.apply(*p))).map(|p| a.apply(p).distance(b.apply(p))).collect();
    apart.sort_by(f64::total_cmp);
    apart.get(apart.len() / 2).copied().unwrap_or(f64::INFINITY)
}
