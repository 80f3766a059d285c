//! Where the middles of small parts are: a part with its pads looks the same when it is turned by half a turn, and hardly anything around it does.
//!
//! That holds for chips, transistors' packages but for a lead, small circuits: whatever their colour, in any light. Print beside a part, which pulls
//! structure to one side, doesn't matter. G. Loy and A. Zelinsky looked for points of interest like this (PAMI 2003).

use super::climb::{Corners, Search, best_near, map_by_corners};
use super::{DrawingAlignment, Footprint, SEED, keep_better, px_per_mm, verdict};
use crate::geometry::{Drawing, Homography, Photo, Point, Rect};
use crate::vision::align::{Pair, Random, Weight, blur, homography};
use crate::vision::{Plane, Residual};

/// Half sides of parts whose middle is looked for: smaller ones are a few pixels, larger ones carry print.
const HALF_MM: [f64; 2] = [0.2, 2.2];
/// So many say enough; they are taken from all over the drawing.
const MOST_PARTS: usize = 700;
/// What is seen around a part, for its pads.
const AROUND_MM: f64 = 0.35;
/// Samples per millimetre, where the photo has as many.
const MOST_PER_MM: f64 = 12.0;
/// Takes the edge off single pixels.
const SIGMA: f32 = 0.8;
/// Noise of a photo, in squared grey values per sample.
const NOISE: f32 = 1.0;

/// A search for the place at which the parts are as symmetric as can be, all of them together, before each speaks for itself.
struct Together {
    /// How far away they are looked for.
    reach_mm: f64,
    /// What makes the peaks of single parts broad enough to be climbed.
    sigma_mm: f64,
    search: Search,
}

const TOGETHER: [Together; 3] = [
    Together {
        reach_mm: 2.2,
        sigma_mm: 0.3,
        search: Search { spread_mm: 1.2, tries: 2000, followed: 12, moves_mm: [0.7, 0.3, 0.15] },
    },
    Together {
        reach_mm: 1.4,
        sigma_mm: 0.15,
        search: Search { spread_mm: 0.5, tries: 800, followed: 8, moves_mm: [0.4, 0.2, 0.1] },
    },
    Together {
        reach_mm: 0.7,
        sigma_mm: 0.1,
        search: Search { spread_mm: 0.2, tries: 200, followed: 4, moves_mm: [0.2, 0.1, 0.05] },
    },
];
/// Samples per millimetre for that.
const TOGETHER_PER_MM: f64 = 8.0;
/// Both are done again as long as that brings this many more parts together, as a share of all.
const WORTH_ANOTHER: f64 = 0.02;
const MOST_TURNS: usize = 4;
/// How far away a part's own middle is looked for.
const ALONE_MM: [f64; 3] = [0.5, 0.3, 0.3];
/// Parts that are enough for a map.
const FEWEST: usize = 6;
/// A part agrees when it is seen within this distance of its place.
const AGREEING_MM: f64 = 0.15;
/// Distances below this are as good as none when outliers are told.
const EXACT_MM: f64 = 0.08;
/// Rounds of weighing outliers down.
const ROUNDS: usize = 12;

/// The photo, and the parts whose middles are looked for.
pub(super) struct Symmetry<'a> {
    luma: &'a Plane,
    parts: Vec<(Point<Drawing>, [f64; 2])>,
    bounds: Rect<Drawing>,
}

/// How symmetric the surroundings of a part are, for every middle that it might have.
struct Seen {
    at: Point<Drawing>,
    scores: Scores,
}

/// Values on a square grid around a place.
struct Scores {
    /// Steps from the middle to an edge.
    reach: usize,
    step_mm: f64,
    values: Vec<f32>,
}

impl<'a> Symmetry<'a> {
    pub(super) fn of(luma: &'a Plane, footprints: &[Footprint], bounds: Rect<Drawing>) -> Self {
        let small = footprints.iter().filter(|part| part.fitted).filter_map(|part| {
            let half = part.half_mm?;
            half.iter().all(|half| (HALF_MM[0]..HALF_MM[1]).contains(half)).then_some((part.at, half))
        });
        let small: Vec<_> = small.collect();
        let step = small.len().div_ceil(MOST_PARTS).max(1);
        Self { luma, parts: small.into_iter().step_by(step).collect(), bounds }
    }

    pub(super) fn parts(&self) -> usize {
        self.parts.len()
    }

    /// From a map that is right to some millimetres to where the parts are; `None` where they don't fix one.
    pub(super) fn settle(&self, map: &Homography<Drawing, Photo>) -> Option<DrawingAlignment> {
        let mut best: Option<DrawingAlignment> = None;
        // Who looks further finds more, and more that is not meant: that comes last.
        for first in (0..TOGETHER.len()).rev() {
            if keep_better(&mut best, self.settle_from(&TOGETHER[first..], map)) {
                break;
            }
        }
        best
    }

    fn settle_from(&self, steps: &[Together], map: &Homography<Drawing, Photo>) -> Option<DrawingAlignment> {
        let mut best = self.judge(&self.turn(steps, map)?)?;
        for _ in 1..MOST_TURNS {
            let next = self.turn(steps, &best.map).and_then(|map| self.judge(&map));
            let Some(next) = next.filter(|next| next.agreed > best.agreed) else { break };
            let gained = next.agreed - best.agreed;
            best = next;
            if gained < WORTH_ANOTHER {
                break;
            }
        }
        Some(best)
    }

    fn turn(&self, steps: &[Together], map: &Homography<Drawing, Photo>) -> Option<Homography<Drawing, Photo>> {
        let mut map = *map;
        for together in steps {
            map = self.together(&map, together)?;
        }
        for reach_mm in ALONE_MM {
            let pair = |seen: &Seen| {
                let (shift, score) = seen.scores.peak()?;
                let weight = f64::from(score.max(0.0));
                let to = map.apply(Point::new(seen.at.x + shift[0], seen.at.y + shift[1]));
                Some(Pair { from: seen.at, to, weight: Weight::even(weight * weight * weight * weight) })
            };
            let pairs: Vec<_> = self.seen(&map, reach_mm, MOST_PER_MM).iter().filter_map(pair).collect();
            map = robust(&pairs, &map, self.scale(&map))?;
        }
        Some(map)
    }

    /// The map near this one under which all parts together are most symmetric.
    fn together(&self, map: &Homography<Drawing, Photo>, how: &Together) -> Option<Homography<Drawing, Photo>> {
        let seen = self.seen(map, how.reach_mm, TOGETHER_PER_MM);
        let planes: Vec<(Point<Drawing>, Plane)> = seen.iter().map(|seen| (seen.at, seen.scores.broad(how.sigma_mm))).collect();
        let (step_mm, reach) = seen.first().map(|seen| (seen.scores.step_mm, seen.scores.reach as f64))?;
        let back = map.inverse().ok()?;
        let fits = |corners: &Corners| {
            let moved = map_by_corners(&self.bounds, corners)?.then(&back);
            let value = |(at, plane): &(Point<Drawing>, Plane)| {
                let now: Point<Drawing> = moved.apply(*at);
                let [x, y] = [now.x - at.x, now.y - at.y].map(|mm| mm / step_mm + reach + 0.5);
                let side = plane.width as f64;
                let inside = x > 0.0 && y > 0.0 && x < side && y < side;
                if inside { plane.sample(x as f32, y as f32) } else { 0.0 }
            };
            Some(planes.iter().map(value).sum::<f32>() / planes.len() as f32)
        };
        let corners = self.bounds.corners().map(|corner| map.apply(corner)).map(|p| [p.x, p.y]);
        let (_, corners) = best_near(&corners, self.scale(map), &how.search, &mut Random::seeded(SEED), fits)?;
        map_by_corners(&self.bounds, &corners)
    }

    /// How well the parts agree with a map as it is; `None` for one that has no inverse.
    pub(super) fn judge(&self, map: &Homography<Drawing, Photo>) -> Option<DrawingAlignment> {
        map.inverse().ok()?;
        let seen = self.seen(map, ALONE_MM[ALONE_MM.len() - 1], MOST_PER_MM);
        let off = |seen: &Seen| seen.scores.peak().map(|([x, y], _)| libm::sqrt(x * x + y * y));
        let mut agreeing: Vec<f64> = seen.iter().filter_map(off).filter(|off| *off < AGREEING_MM).collect();
        agreeing.sort_by(f64::total_cmp);
        let agreed = agreeing.len() as f64 / seen.len().max(1) as f64;
        Some(DrawingAlignment {
            verdict: verdict(seen.len(), agreed),
            map: *map,
            px_per_mm: self.scale(map),
            looked_for: seen.len(),
            agreed,
            residual_mm: Residual::of_sorted(&agreeing).unwrap_or(Residual { median: 0.0, p95: 0.0 }),
        })
    }

    fn scale(&self, map: &Homography<Drawing, Photo>) -> f64 {
        px_per_mm(map, self.bounds.centre())
    }

    /// The parts that lie on the photo.
    fn seen(&self, map: &Homography<Drawing, Photo>, reach_mm: f64, most_per_mm: f64) -> Vec<Seen> {
        let per_mm = self.scale(map).clamp(1.0, most_per_mm);
        let reach = libm::ceil(reach_mm * per_mm) as usize;
        let one = |(at, half): &(Point<Drawing>, [f64; 2])| {
            let window = half.map(|half| libm::round((half + AROUND_MM) * per_mm) as usize);
            let patch = self.patch(map, *at, window.map(|w| w + reach), per_mm)?;
            let values = symmetries(&blur(&patch, SIGMA), window, reach);
            Some(Seen { at: *at, scores: Scores { reach, step_mm: 1.0 / per_mm, values } })
        };
        self.parts.iter().filter_map(one).collect()
    }

    /// The surroundings of a place as on the drawing, so many samples to each side of it; `None` where they leave the photo.
    fn patch(&self, map: &Homography<Drawing, Photo>, at: Point<Drawing>, half: [usize; 2], per_mm: f64) -> Option<Plane> {
        let [width, height] = half.map(|half| 2 * half + 1);
        let place = |x: usize, y: usize| {
            let (dx, dy) = ((x as f64 - half[0] as f64) / per_mm, (y as f64 - half[1] as f64) / per_mm);
            map.apply(Point::new(at.x + dx, at.y + dy))
        };
        let inside = |p: Point<Photo>| p.x > 0.0 && p.y > 0.0 && p.x < self.luma.width as f64 && p.y < self.luma.height as f64;
        if ![(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)].into_iter().all(|(x, y)| inside(place(x, y))) {
            return None;
        }
        let value = |k: usize| {
            let p = place(k % width, k / width);
            self.luma.sample(p.x as f32, p.y as f32)
        };
        Some(Plane { width, height, data: (0..width * height).map(value).collect() })
    }
}

/// For every middle within `reach` of the patch's own, the correlation of a window around it with the same window turned by half a turn.
fn symmetries(patch: &Plane, [half_width, half_height]: [usize; 2], reach: usize) -> Vec<f32> {
    let (side, width) = (2 * reach + 1, 2 * half_width + 1);
    let count = (width * (2 * half_height + 1)) as f32;
    let at = |k: usize| {
        let (left, top) = (k % side, k / side);
        let row = |y: usize| &patch.data[(top + y) * patch.width + left..][..width];
        let (mut sum, mut squares, mut products) = (0.0_f32, 0.0_f32, 0.0_f32);
        for y in 0..=2 * half_height {
            let (row, opposite) = (row(y), row(2 * half_height - y));
            for (a, b) in row.iter().zip(opposite.iter().rev()) {
                sum += a;
                squares += a * a;
                products += a * b;
            }
        }
        let mean_square = sum * sum / count;
        (products - mean_square) / (squares - mean_square + NOISE * count)
    };
    (0..side * side).map(at).collect()
}

impl Scores {
    /// What speaks for a place, with broader peaks.
    fn broad(&self, sigma_mm: f64) -> Plane {
        let side = 2 * self.reach + 1;
        let data = self.values.iter().map(|value| value.max(0.0) * value.max(0.0)).collect();
        blur(&Plane { width: side, height: side, data }, (sigma_mm / self.step_mm).max(0.5) as f32)
    }

    /// The best place in millimetres from the middle, and its value; `None` when it lies on the edge, where nothing tells that it is a peak.
    fn peak(&self) -> Option<([f64; 2], f32)> {
        let side = 2 * self.reach + 1;
        let (place, value) = self.values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
        let (x, y) = (place % side, place / side);
        if x == 0 || y == 0 || x + 1 == side || y + 1 == side {
            return None;
        }
        // The top of the parabola through three values.
        let beside = |step: usize| {
            let (before, behind) = (self.values[place - step], self.values[place + step]);
            let bend = before - 2.0 * value + behind;
            if bend < 0.0 { f64::from(0.5 * (before - behind) / bend) } else { 0.0 }
        };
        let off = |k: usize, step: usize| (k as f64 - self.reach as f64 + beside(step)) * self.step_mm;
        Some(([off(x, 1), off(y, side)], *value))
    }
}

/// The map of the pairs, those weighed down that are far from it (Geman and McClure's weights).
fn robust(
    pairs: &[Pair<Drawing, Photo>],
    start: &Homography<Drawing, Photo>,
    px_per_mm: f64,
) -> Option<Homography<Drawing, Photo>> {
    let mut map = homography(pairs)?;
    if pairs.len() < FEWEST {
        return Some(*start);
    }
    for _ in 0..ROUNDS {
        let off: Vec<f64> = pairs.iter().map(|pair| map.apply(pair.from).distance(pair.to) / px_per_mm).collect();
        let mut sorted = off.clone();
        let usual = sorted.select_nth_unstable_by(off.len() / 2, f64::total_cmp).1.max(EXACT_MM);
        let trust = |off: f64| {
            let excess = 1.0 + off * off / (usual * usual);
            1.0 / (excess * excess)
        };
        let weighed: Vec<_> =
            pairs.iter().zip(&off).map(|(pair, off)| Pair { weight: pair.weight.times(trust(*off)), ..*pair }).collect();
        map = homography(&weighed)?;
    }
    Some(map)
}
