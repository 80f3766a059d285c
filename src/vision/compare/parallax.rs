//! Tall parts: what stands above the board moves between two views, along lines through one point.
//!
//! The displacement left over by the board's own plane points to the epipole (plane and parallax: Irani and Anandan,
//! "Parallax geometry of pairs of points for 3D scene analysis", 1996), so that one point, found by consensus over the whole
//! picture, tells a tall part from a part that was moved. Between where a tall part stands on the one picture and
//! where it stands on the other, nothing can be compared.

use std::ops::Range;

use super::difference::Map;
use super::heights::Heights;
use super::layers::Plane;
use super::patches::{Patches, REACH};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, part, share};

/// How tall parts are recognised, on pictures a quarter as large as the comparison grid.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct ParallaxConfig {
    /// Largest displacement looked for, in pixels of the small pictures: 48 px of the grid, a 8 mm part in two hand-held views.
    pub reach: usize,
    /// What a patch must fulfil that may have gone anywhere: these find the lines along which tall parts move.
    pub free: Strictness,
    /// What a patch must fulfil on the line that it may move along.
    pub on_line: Strictness,
    /// Differing patches that are looked for in every direction, to find the lines.
    pub jury: usize,
    /// Displaced patches needed before anything is said.
    pub least_patches: usize,
}

/// When a patch counts as found elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Strictness {
    /// Correlation that it must reach.
    pub likeness: f32,
    /// By how much it must beat the correlation in place.
    pub advantage: f32,
    /// Standard deviation in grey levels; flatter patches look like any other.
    pub contrast: i32,
}

impl Default for ParallaxConfig {
    fn default() -> Self {
        Self {
            reach: 12,
            jury: 1500,
            free: Strictness { likeness: 0.8, advantage: 0.25, contrast: 7 },
            on_line: Strictness { likeness: 0.65, advantage: 0.2, contrast: 4 },
            least_patches: 12,
        }
    }
}

/// How often the grid is halved for the small pictures.
pub(super) const LEVEL: u32 = 2;
/// Pixels of the comparison grid along the side of a cell.
pub(super) const CELL: usize = 16;
const SMALL_CELL: usize = 4;

/// What stands above the board.
#[derive(Debug, Clone, Default)]
pub(super) struct TallParts {
    pub(super) swept: Swept,
    pub(super) heights: Heights,
}

/// How many displaced patches swept over each cell; without cells, none did.
#[derive(Debug, Clone, Default)]
pub(super) struct Swept {
    columns: usize,
    rows: usize,
    votes: Vec<u8>,
}

/// A patch found elsewhere: where it is on the one picture, and how far the reference shows it from the photo.
#[derive(Debug, Clone, Copy)]
struct Displaced {
    at: [f32; 2],
    by: [f32; 2],
    /// +1 when `at` is on the photo, -1 when it is on the reference.
    side: f32,
}

impl Swept {
    /// `photo`, `reference` and `map` are a quarter as large as the comparison grid, and whole.
    pub(super) async fn find(
        photo: &Plane,
        reference: &Plane,
        map: &Map,
        usual: f32,
        config: &ParallaxConfig,
        crew: &mut dyn Crew,
    ) -> Result<(Self, Option<Epipole>), Cancelled> {
        let (columns, rows) = (photo.width.div_ceil(SMALL_CELL), photo.height.div_ceil(SMALL_CELL));
        let mut swept = Self { columns, rows, votes: vec![0; columns * rows] };
        let differing = differing(map, usual, REACH + config.reach);
        let pictures = [Patches::of(photo), Patches::of(reference)];
        // A search in all directions is long; a jury of some hundreds agrees as well as all of them.
        let jury: Vec<[usize; 2]> = differing.iter().step_by(differing.len() / config.jury + 1).copied().collect();
        let jury = moved(&pictures, &jury, &config.free, None, config, crew).await?;
        let epipole = consensus(&jury, config.least_patches);
        if let Some(epipole) = &epipole {
            // Along a known line far less can be mistaken: rows of pins and contacts repeat across it, too.
            let found = moved(&pictures, &differing, &config.on_line, Some(epipole), config, crew).await?;
            found.iter().for_each(|patch| swept.sweep(patch));
        }
        Ok((swept, epipole))
    }

    /// Every cell between the two places of a tall patch, and a little beyond: its side reaches down to the board.
    fn sweep(&mut self, patch: &Displaced) {
        const BEYOND: f32 = 0.3;
        let cell = SMALL_CELL as f32;
        let length = (patch.by[0] * patch.by[0] + patch.by[1] * patch.by[1]).sqrt() / cell;
        let steps = (2.0 * (1.0 + 2.0 * BEYOND) * length).ceil().max(1.0) as i32;
        let mut last = None;
        for k in 0..=steps {
            let part = (k as f32 / steps as f32 * (1.0 + 2.0 * BEYOND) - BEYOND) * patch.side;
            let place = [0, 1].map(|axis| ((patch.at[axis] + part * patch.by[axis]) / cell).floor() as i32);
            if last != Some(place) {
                self.vote(place);
            }
            last = Some(place);
        }
    }

    fn vote(&mut self, [column, row]: [i32; 2]) {
        for (c, r) in (row - 1..=row + 1).flat_map(|r| (column - 1..=column + 1).map(move |c| (c, r))) {
            if c >= 0 && r >= 0 && (c as usize) < self.columns && (r as usize) < self.rows {
                let vote = &mut self.votes[r as usize * self.columns + c as usize];
                *vote = vote.saturating_add(1);
            }
        }
    }

    /// The part of a box (comparison grid pixels) that tall parts swept over, 0 to 1.
    pub(super) fn share(&self, [x, y, w, h]: [f64; 4]) -> f32 {
        /// One patch sweeps nine cells at least; two agree.
        const ENOUGH: u8 = 3;
        if self.votes.is_empty() {
            return 0.0;
        }
        let cell = |v: f64, count: usize| ((v / CELL as f64).max(0.0) as usize).min(count - 1);
        let (left, right) = (cell(x, self.columns), cell(x + w, self.columns));
        let (top, bottom) = (cell(y, self.rows), cell(y + h, self.rows));
        let cells = (top..=bottom).flat_map(|r| (left..=right).map(move |c| r * self.columns + c));
        let high = cells.filter(|at| self.votes[*at] >= ENOUGH).count();
        high as f32 / ((right - left + 1) * (bottom - top + 1)) as f32
    }
}

/// Where patches differ, a cell apart, with room for the search around them.
fn differing(map: &Map, usual: f32, border: usize) -> Vec<[usize; 2]> {
    let span = |side: usize| (border..side.saturating_sub(border)).step_by(SMALL_CELL);
    let places = span(map.height).flat_map(|y| span(map.width).map(move |x| [x, y]));
    places.filter(|[x, y]| f32::from(map.values[y * map.width + x]) > 1.6 * usual).collect()
}

/// Patches of the photo at these places that are found elsewhere on the reference, then those of the reference on the photo.
async fn moved(
    [photo, reference]: &[Patches<'_>; 2],
    places: &[[usize; 2]],
    strictness: &Strictness,
    line: Option<&Epipole>,
    config: &ParallaxConfig,
    crew: &mut dyn Crew,
) -> Result<Vec<Displaced>, Cancelled> {
    let own = &places[part(crew, places.len())];
    let mut found = Vec::new();
    for (from, into, side) in [(photo, reference, 1.0), (reference, photo, -1.0)] {
        let seen = own.iter().filter_map(|place| look(from, into, *place, side, strictness, line, config));
        let all: Vec<[f32; 4]> = share(crew, seen.collect()).await?;
        found.extend(all.into_iter().map(|[x, y, dx, dy]| Displaced { at: [x, y], by: [dx, dy], side }));
    }
    Ok(found)
}

/// The place of a patch that is found elsewhere, and its displacement from photo to reference.
fn look(
    from: &Patches<'_>,
    into: &Patches<'_>,
    [x, y]: [usize; 2],
    side: f32,
    strictness: &Strictness,
    line: Option<&Epipole>,
    config: &ParallaxConfig,
) -> Option<[f32; 4]> {
    let at = [x as f32, y as f32];
    let sight = line.map(|epipole| epipole.seen_from(at));
    let allowed = |dy: i32, row: &mut [bool]| {
        let Some(sight) = sight else {
            row.fill(true);
            row[config.reach] = dy != 0;
            return 0..row.len();
        };
        sight.mark(dy, side, row)
    };
    let [dx, dy] = into.find(from, [x, y], strictness, config.reach, allowed)?;
    Some([at[0], at[1], dx as f32 * side, dy as f32 * side])
}

/// The point that most displacements point to, or all away from; `None` when they don't agree on one.
fn consensus(jury: &[Displaced], least: usize) -> Option<Epipole> {
    const ROUNDS: usize = 300;
    let mut seed = 0x9e37_79b9_u32;
    let mut draw = |count: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % count
    };
    if jury.len() < least {
        return None;
    }
    let mut chosen = None;
    let mut most = 0;
    for _ in 0..ROUNDS {
        let Some(point) = meet(&jury[draw(jury.len())], &jury[draw(jury.len())]) else { continue };
        for sign in [1.0, -1.0] {
            let epipole = Epipole { point, sign };
            let votes = jury.iter().filter(|patch| epipole.explains(patch)).count();
            if votes > most {
                (most, chosen) = (votes, Some(epipole));
            }
        }
    }
    // Repeated parts are found one pitch aside and point anywhere; they are up to two thirds of all.
    chosen.filter(|_| most >= least && 10 * most >= 3 * jury.len())
}

/// Where the lines of two displacements meet, in homogeneous coordinates; `None` for one and the same line.
fn meet(a: &Displaced, b: &Displaced) -> Option<[f32; 3]> {
    let line = |p: &Displaced| [p.by[1], -p.by[0], p.by[0] * p.at[1] - p.by[1] * p.at[0]];
    let (l, m) = (line(a), line(b));
    let cross = [l[1] * m[2] - l[2] * m[1], l[2] * m[0] - l[0] * m[2], l[0] * m[1] - l[1] * m[0]];
    let length = (cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]).sqrt();
    (length > 1e-6).then(|| cross.map(|v| v / length))
}

/// The point that tall parts move towards or away from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Epipole {
    /// Homogeneous; the last number is 0 when it lies at infinity.
    pub(super) point: [f32; 3],
    /// +1 towards it, -1 away from it.
    pub(super) sign: f32,
}

impl Epipole {
    /// True when a displacement points along its line, in the right direction.
    fn explains(&self, patch: &Displaced) -> bool {
        self.seen_from(patch.at).explains(patch.by)
    }

    /// The same point on pictures twice as large.
    pub(super) fn halfway(&self) -> Self {
        let [x, y, w] = self.point;
        Self { point: [2.0 * x, 2.0 * y, w], sign: self.sign }
    }

    pub(super) fn seen_from(&self, at: [f32; 2]) -> Sight {
        let [x, y, w] = self.point;
        let to = [x - w * at[0], y - w * at[1]];
        Sight { to, length: (to[0] * to[0] + to[1] * to[1]).sqrt().max(1e-9), sign: self.sign }
    }
}

/// The line from a place to the epipole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight {
    to: [f32; 2],
    length: f32,
    sign: f32,
}

impl Sight {
    /// How far beside the line a displacement may end, as a part of its length, and in pixels.
    const ASIDE: [f32; 2] = [0.15, 0.9];

    pub(super) fn explains(&self, by: [f32; 2]) -> bool {
        let along = (by[0] * self.to[0] + by[1] * self.to[1]) / self.length;
        let across = (by[0] * self.to[1] - by[1] * self.to[0]) / self.length;
        (along * self.sign > 0.0) & (across.abs() <= (Self::ASIDE[0] * along.abs()).max(Self::ASIDE[1]))
    }

    /// Mark the displacements of a row that are explained; `side` is -1 where they lead from the reference to the photo. Returns
    /// the columns that were asked.
    pub(super) fn mark(&self, dy: i32, side: f32, row: &mut [bool]) -> Range<usize> {
        let reach = row.len() / 2;
        let columns = self.columns(dy, reach);
        for u in columns.clone() {
            let dx = u as i32 - reach as i32;
            row[u] = ((dx != 0) | (dy != 0)) & self.explains([dx as f32 * side, dy as f32 * side]);
        }
        columns
    }

    /// Of a row of displacements of at most `reach` to both sides, the columns in which one may be explained: the others need not
    /// be asked.
    fn columns(&self, dy: i32, reach: usize) -> Range<usize> {
        let [x, y] = self.to.map(|v| v / self.length);
        // No displacement is longer than the square's diagonal.
        let aside = (Self::ASIDE[0] * std::f32::consts::SQRT_2 * reach as f32).max(Self::ASIDE[1]) + 0.5;
        let (middle, side) = (dy as f32 * x, reach as f32);
        let ends = [(middle - aside) / y, (middle + aside) / y];
        let (low, high) = (ends[0].min(ends[1]).max(-side), ends[0].max(ends[1]).min(side));
        // Along the row the ends are far away, or not finite: then all may be.
        if y.abs() * side < 0.01 {
            return if middle.abs() <= aside { 0..2 * reach + 1 } else { 0..0 };
        }
        if low > high { 0..0 } else { (low.floor() + side) as usize..(high.ceil() + side) as usize + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_that_is_left_out_would_be_explained() {
        const REACH: i32 = 24;
        for turn in 0..72_u8 {
            let angle = f32::from(turn) * std::f32::consts::TAU / 72.0;
            let epipole = Epipole { point: [libm::cosf(angle) * 900.0, libm::sinf(angle) * 900.0, 1.0], sign: 1.0 };
            for at in [[0.0, 0.0], [40.0, 700.0]] {
                let sight = epipole.seen_from(at);
                for dy in -REACH..=REACH {
                    let columns = sight.columns(dy, REACH as usize);
                    assert!(columns.end <= 2 * REACH as usize + 1);
                    let explained = (-REACH..=REACH).filter(|dx| sight.explains([*dx as f32, dy as f32]));
                    for dx in explained {
                        assert!(columns.contains(&((dx + REACH) as usize)), "turn {turn}, row {dy}, column {dx}: {columns:?}");
                    }
                }
            }
        }
    }
}
