//! Places that stand out where the design has nothing.

use super::super::Footprint;
use super::ground::{Ground, Shows, outline};
use crate::geometry::Drawing;
use crate::geometry::Rect;
use crate::vision::Plane;
use crate::vision::align::blur;

/// Samples of the ground a side for one of the map.
const COARSER: usize = 2;
/// What stands out more than this counts as this much: bright solder is no more of a part than a dark body.
const STRONGEST: f32 = 60.0;
/// Chroma counts so many times: it spreads less than luma.
const CHROMA: f32 = 2.0;
/// Print, pads and the edges of parts reach so far around an outline.
const BESIDE_MM: f64 = 0.25;
/// Standard deviation of the blur that makes one place of a body and its pads ...
const SIGMA_MM: f64 = 0.5;
/// ... and that of what is around it, of which this share is taken away: print and pads in a crowd stand out together.
const AROUND_MM: f64 = 1.5;
const CROWD: f32 = 0.7;
/// The greatest within so far is the place.
const APART_MM: f64 = 0.6;
/// Places below this are bare.
const WEAKEST: f32 = 3.0;
/// Those that stand out most are looked at.
pub(super) const MOST: usize = 1500;

/// A place that stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// On the ground, in samples.
    pub(super) at: [usize; 2],
    /// How much its colour differs from what is usual, 0 to 60.
    pub(super) strength: f32,
    /// How much more it does so than what is around it.
    pub(super) alone: f32,
}

/// Those that stand out most first.
pub(super) fn places(ground: &Ground, footprints: &[Footprint]) -> Vec<Place> {
    let map = standing_out(ground, footprints);
    let per_mm = ground.per_mm / COARSER as f64;
    let strong = blur(&map, (SIGMA_MM * per_mm) as f32);
    let around = blur(&map, (AROUND_MM * per_mm) as f32);
    let alone = strong.data.iter().zip(&around.data).map(|(strong, around)| strong - CROWD * around).collect();
    let map = Plane { data: alone, width: strong.width, height: strong.height };
    let reach = (APART_MM * per_mm).ceil() as usize;
    let mut found = Vec::new();
    for y in 0..map.height {
        for x in 0..map.width {
            let alone = map.at(x, y);
            if alone >= WEAKEST && is_greatest(&map, [x, y], reach) {
                let at = [x, y].map(|v| v * COARSER + COARSER / 2);
                let is_free = ground.shows(at[0].min(ground.columns - 1), at[1].min(ground.rows - 1)) == Shows::Free;
                if is_free {
                    found.push(Place { at, strength: strong.at(x, y), alone });
                }
            }
        }
    }
    found.sort_by(|a, b| b.alone.total_cmp(&a.alone));
    found.truncate(MOST);
    found
}

/// How much each place differs from its surroundings; 0 on parts and close to them.
fn standing_out(ground: &Ground, footprints: &[Footprint]) -> Plane {
    let (width, height) = ((ground.columns / COARSER).max(1), (ground.rows / COARSER).max(1));
    let mut map = Plane::filled(width, height, 0.0);
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0.0;
            for (u, v) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (u, v) = ((x * COARSER + u).min(ground.columns - 1), (y * COARSER + v).min(ground.rows - 1));
                if ground.shows(u, v) == Shows::Free {
                    sum += strength(ground.excess(u, v));
                }
            }
            map.data[y * width + x] = sum / (COARSER * COARSER) as f32;
        }
    }
    for part in footprints {
        let [columns, rows] = ground.within(&outline(part).grown(BESIDE_MM));
        let columns = columns.start.div_ceil(COARSER).min(width)..columns.end.div_ceil(COARSER).min(width);
        for y in rows.start.div_ceil(COARSER)..rows.end.div_ceil(COARSER).min(height) {
            map.data[y * width..][columns.clone()].fill(0.0);
        }
    }
    map
}

/// How much a colour differs from what is usual, 0 to 60.
pub(super) fn strength([luma, blue, red]: [f32; 3]) -> f32 {
    let square = luma * luma + CHROMA * CHROMA * (blue * blue + red * red);
    libm::sqrtf(square).min(STRONGEST)
}

/// No greater one near it, and no equal one before it.
fn is_greatest(map: &Plane, [x, y]: [usize; 2], reach: usize) -> bool {
    let mine = map.at(x, y);
    let columns = x.saturating_sub(reach)..(x + reach + 1).min(map.width);
    (y.saturating_sub(reach)..(y + reach + 1).min(map.height)).all(|v| {
        columns.clone().all(|u| {
            let other = map.at(u, v);
            other < mine || (other == mine && (v, u) >= (y, x))
        })
    })
}

/// The box around what stands out and hangs together with a place, not further than `reach` samples from it.
pub(super) fn extent(ground: &Ground, place: &Place, reach: usize) -> Rect<Drawing> {
    let side = 2 * reach + 1;
    let shown = |k: usize| {
        let (x, y) = ((place.at[0] + k % side).checked_sub(reach)?, (place.at[1] + k / side).checked_sub(reach)?);
        let inside = x < ground.columns && y < ground.rows && ground.shows(x, y) == Shows::Free;
        inside.then(|| strength(ground.excess(x, y)))
    };
    // Half of what the place itself has.
    let line = place.strength / 2.0;
    let set: Vec<bool> = (0..side * side).map(|k| shown(k).is_some_and(|value| value > line)).collect();
    let areas = crate::vision::connected::connected(&set, side);
    let off = |k: &usize| {
        let (x, y) = ((k % side).abs_diff(reach), (k / side).abs_diff(reach));
        x * x + y * y
    };
    let nearest = areas.iter().min_by_key(|area| area.iter().map(off).min());
    let (mut low, mut high) = ([place.at[0] as f64, place.at[1] as f64], [place.at[0] as f64, place.at[1] as f64]);
    for k in nearest.into_iter().flatten() {
        for (axis, at) in [k % side, k / side].into_iter().enumerate() {
            let at = (place.at[axis] + at) as f64 - reach as f64;
            (low[axis], high[axis]) = (low[axis].min(at), high[axis].max(at));
        }
    }
    Rect::from_corners(ground.place(low[0] - 0.5, low[1] - 0.5), ground.place(high[0] + 0.5, high[1] + 0.5))
}
