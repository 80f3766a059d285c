//! From a likely place to the best one near it: the drawing's four corners are moved as long as structure and drawing fit better.

use super::energy::{Energies, Energy};
use super::marks::Marks;
use super::px_per_mm;
use crate::geometry::{Drawing, Homography, Photo, Point, Rect};
use crate::vision::align::{Pair, Random, Weight, homography};

/// The drawing's corners on the photo, clockwise from its upper left.
pub(super) type Corners = [[f64; 2]; 4];

/// How places around the last one are tried, and how finely the best of them are followed.
pub(super) struct Search {
    /// How far corners are moved at random, in millimetres.
    pub(super) spread_mm: f64,
    pub(super) tries: usize,
    pub(super) followed: usize,
    /// Moves, in millimetres, each smaller than the one before.
    pub(super) moves_mm: [f64; 3],
}

/// One round: a map of structure, and the search on it.
struct Round {
    px_per_mm: f64,
    sigma_mm: f64,
    search: Search,
}

/// Structure of small boards is 3 to 5 mm apart: more blur at the beginning, and nothing of it is left.
const FIRST: Round = Round {
    px_per_mm: 1.4,
    sigma_mm: 0.85,
    search: Search { spread_mm: 2.3, tries: 700, followed: 12, moves_mm: [2.3, 1.1, 0.5] },
};
const LATER: [Round; 3] = [
    Round {
        px_per_mm: 2.2,
        sigma_mm: 0.55,
        search: Search { spread_mm: 1.5, tries: 300, followed: 8, moves_mm: [1.5, 0.7, 0.35] },
    },
    Round {
        px_per_mm: 4.0,
        sigma_mm: 0.4,
        search: Search { spread_mm: 0.6, tries: 80, followed: 4, moves_mm: [0.5, 0.25, 0.12] },
    },
    Round {
        px_per_mm: 6.0,
        sigma_mm: 0.33,
        search: Search { spread_mm: 0.35, tries: 40, followed: 2, moves_mm: [0.33, 0.16, 0.08] },
    },
];
/// A better score by less than this is none.
const BETTER: f32 = 1e-5;
/// A climb that has not ended after so many steps will not get far.
const MOST_STEPS: usize = 400;

/// A place of the drawing, and how well it fits.
pub(super) struct Climb {
    corners: Corners,
    /// Standard deviations of structure between parts and what is free.
    pub(super) score: f32,
    px_per_mm: f64,
}

impl Climb {
    /// The best place near a beginning, at low resolution.
    pub(super) fn from(
        beginning: &Homography<Drawing, Photo>,
        marks: &Marks,
        energies: &mut Energies<'_>,
        random: &mut Random,
    ) -> Option<Self> {
        let corners = marks.bounds.corners().map(|corner| beginning.apply(corner)).map(|p| [p.x, p.y]);
        let px_per_mm = px_per_mm(beginning, marks.bounds.centre());
        Self { corners, score: f32::MIN, px_per_mm }.round(&FIRST, marks, energies, random)
    }

    /// The map of the best place near this one, at the resolution of the photo.
    pub(super) fn finished(
        self,
        marks: &Marks,
        energies: &mut Energies<'_>,
        random: &mut Random,
    ) -> Option<Homography<Drawing, Photo>> {
        let top = LATER.iter().try_fold(self, |climb, round| climb.round(round, marks, energies, random))?;
        map_of(marks, &top.corners)
    }

    /// True when both are on the way to the same place.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let apart = self.corners.iter().zip(&other.corners).map(|(a, b)| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()));
        apart.fold(0.0, f64::max) < self.px_per_mm
    }

    fn round(self, round: &Round, marks: &Marks, energies: &mut Energies<'_>, random: &mut Random) -> Option<Self> {
        let energy = energies.with(self.px_per_mm, round.px_per_mm, round.sigma_mm);
        let fits = |corners: &Corners| Some(score(energy, marks, &map_of(marks, corners)?));
        let (score, corners) = best_near(&self.corners, self.px_per_mm, &round.search, random, fits)?;
        let px_per_mm = px_per_mm(&map_of(marks, &corners)?, marks.bounds.centre());
        Some(Self { corners, score, px_per_mm })
    }
}

fn map_of(marks: &Marks, corners: &Corners) -> Option<Homography<Drawing, Photo>> {
    map_by_corners(&marks.bounds, corners)
}

/// The map that puts the corners of a rectangle there.
pub(super) fn map_by_corners(bounds: &Rect<Drawing>, corners: &Corners) -> Option<Homography<Drawing, Photo>> {
    let there = bounds.corners();
    let pair = |k: usize| Pair { from: there[k], to: Point::new(corners[k][0], corners[k][1]), weight: Weight::even(1.0) };
    homography(&[0, 1, 2, 3].map(pair))
}

/// How much more structure there is where parts should be than where nothing should be.
fn score(energy: &Energy, marks: &Marks, map: &Homography<Drawing, Photo>) -> f32 {
    let parts: f32 = marks.parts.iter().map(|(at, weight)| weight * energy.at(map.apply(*at))).sum();
    let empty: f32 = marks.empty.iter().map(|at| energy.at(map.apply(*at))).sum();
    parts - empty / marks.empty.len().max(1) as f32
}

/// The corners near these that fit best, and how well they do.
pub(super) fn best_near(
    corners: &Corners,
    px_per_mm: f64,
    search: &Search,
    random: &mut Random,
    fits: impl Fn(&Corners) -> Option<f32>,
) -> Option<(f32, Corners)> {
    let mut tried = vec![*corners];
    tried.extend((0..search.tries).map(|_| shaken(corners, search.spread_mm * px_per_mm, random)));
    let mut scored: Vec<(f32, Corners)> = tried.into_iter().filter_map(|corners| Some((fits(&corners)?, corners))).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let moves = search.moves_mm.map(|mm| mm * px_per_mm);
    let ends = scored.into_iter().take(search.followed).map(|(score, corners)| up(&fits, corners, score, &moves));
    ends.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// Turned, enlarged and bent a little, all at once.
fn shaken(corners: &Corners, spread: f64, random: &mut Random) -> Corners {
    // The sum of four even numbers is nearly normal.
    let mut bell = || (0..4).map(|_| random.below(1 << 16) as f64 / f64::from(1 << 16) - 0.5).sum::<f64>() * libm::sqrt(3.0);
    let middle = middle(corners);
    let (turn, growth, slip) = (0.025 * bell(), 1.0 + 0.03 * bell(), [bell(), bell()].map(|v| 0.8 * spread * v));
    let (sine, cosine) = libm::sincos(turn);
    corners.map(|[x, y]| {
        let (x, y) = ((x - middle[0]) * growth, (y - middle[1]) * growth);
        let own = [bell(), bell()].map(|v| 0.6 * spread * v);
        [middle[0] + x * cosine - y * sine + slip[0] + own[0], middle[1] + x * sine + y * cosine + slip[1] + own[1]]
    })
}

fn middle(corners: &Corners) -> [f64; 2] {
    [0, 1].map(|k| corners.iter().map(|corner| corner[k]).sum::<f64>() / 4.0)
}

/// Moves the whole, turns it, enlarges it, or moves a single corner, as long as that helps.
fn up(fits: &impl Fn(&Corners) -> Option<f32>, mut corners: Corners, mut best: f32, moves: &[f64]) -> (f32, Corners) {
    let mut steps = 0;
    for step in moves {
        loop {
            let before = best;
            for direction in 0..12 {
                for way in [*step, -*step] {
                    let moved = moved(&corners, direction, way);
                    steps += 1;
                    if let Some(score) = fits(&moved).filter(|score| *score > best + BETTER) {
                        (best, corners) = (score, moved);
                        break;
                    }
                }
            }
            if best <= before || steps > MOST_STEPS {
                break;
            }
        }
    }
    (best, corners)
}

fn moved(corners: &Corners, direction: usize, step: f64) -> Corners {
    let middle = middle(corners);
    let away = corners.map(|[x, y]| [x - middle[0], y - middle[1]]);
    let reach = away.iter().map(|[x, y]| libm::sqrt(x * x + y * y)).sum::<f64>() / 4.0;
    std::array::from_fn(|k| {
        let [x, y] = away[k];
        let [dx, dy] = match direction {
            0 => [1.0, 0.0],
            1 => [0.0, 1.0],
            2 => [-y / reach, x / reach],
            3 => [x / reach, y / reach],
            one => {
                let own = f64::from(u8::from((one - 4) / 2 == k));
                if one % 2 == 0 { [own, 0.0] } else { [0.0, own] }
            }
        };
        [corners[k][0] + step * dx, corners[k][1] + step * dy]
    })
}
