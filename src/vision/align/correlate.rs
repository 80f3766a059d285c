//! Where a small piece of the reference is found again on the photo, to a fraction of a pixel.

use super::crop::{Crop, Square, UNIT};
use super::dot::dot;
use super::pyramid::Grey;
use super::window::{self, Piece};

/// An affine map from reference pixels to photo pixels around one place, both on their pyramid level.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocalMap {
    /// The place on the photo that the reference place corresponds to.
    pub(super) x: f64,
    pub(super) y: f64,
    /// Photo pixels per reference pixel: dx/du, dx/dv, dy/du, dy/dv.
    pub(super) slopes: [f64; 4],
}

/// What the search found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peak {
    /// Shift on the reference's level, in its pixels, from where the map says.
    pub(super) dx: f64,
    pub(super) dy: f64,
    /// Normalised correlation at the best shift, −1 to 1.
    pub(super) best: f64,
    /// The same without a shift: the best within one pixel.
    pub(super) here: f64,
    /// How fast the correlation falls around the peak: second differences in x, mixed, and in y; 0 at the rim.
    pub(super) fall: [f64; 3],
}

/// Pixels along a patch. Large enough for a few leads or letters, small enough to lie on one part or beside it.
pub(super) const PATCH: usize = 24;
/// Pixels of the reference that a patch takes with its margins.
const PATCH_RAW: usize = PATCH + 2 * window::MARGIN;
const PIXELS: usize = PATCH * PATCH;
const AREA: f32 = PIXELS as f32;

/// What a shift must gain in correlation per pixel: along an edge all shifts are as good, and the nearest is meant.
const PER_PIXEL: f32 = 0.003;
/// Keeps the fraction of a pixel small where the correlation hardly falls.
const RIDGE: f64 = 0.002;

/// Searches `SHIFTS` × `SHIFTS` shifts around where the map says; `None` where the reference is plain, or one of the pictures
/// ends. `SIDE` is the patch and all its shifts, `RAW` that with margins.
pub(super) fn search<const SHIFTS: usize, const SIDE: usize, const RAW: usize>(
    reference: &Grey,
    photo: &Grey,
    (left, top): (usize, usize),
    map: &LocalMap,
    plain_below: f32,
    crop: &mut Crop,
) -> Option<Peak> {
    let template = window::straight::<PATCH, PATCH_RAW>(reference, left, top)?;
    let sum = template.as_flattened().iter().map(|v| i32::from(*v)).sum::<i32>() as f32;
    let squares = products::<1, PATCH>(&template, &template)[0][0] as f32;
    let energy = squares - sum * sum / AREA;
    let plain = plain_below * plain_below * f32::from(UNIT * UNIT) * AREA;
    if energy < plain {
        return None;
    }
    let square = Square { x: map.x - 0.5, y: map.y - 0.5, slopes: map.slopes };
    let window = window::mapped::<SIDE, RAW>(photo, &square, crop)?;
    let products: [[i32; SHIFTS]; SHIFTS] = products(&template, &window);
    let mut sums = Sums::of(&window);
    let mut surface = [[0.0; SHIFTS]; SHIFTS];
    for (dy, row) in surface.iter_mut().enumerate() {
        let (totals, squares) = sums.rows::<SHIFTS>();
        for dx in 0..SHIFTS {
            let spread = squares[dx] as f32 - totals[dx] as f32 * totals[dx] as f32 / AREA;
            // A window without contrast has nothing to agree with.
            let norm = (energy * spread.max(plain * 0.05)).sqrt();
            row[dx] = (products[dx][dy] as f32 - sum * totals[dx] as f32 / AREA) / norm;
        }
        sums.descend(&window, dy);
    }
    Some(peak_of(&surface))
}

fn peak_of<const SHIFTS: usize>(surface: &[[f32; SHIFTS]; SHIFTS]) -> Peak {
    let (last, radius) = (SHIFTS - 1, SHIFTS / 2);
    let (mut bx, mut by, mut top, mut here) = (radius, radius, f32::MIN, f32::MIN);
    for y in 0..=last {
        for x in 0..=last {
            let (u, v) = (x.abs_diff(radius), y.abs_diff(radius));
            if u <= 1 && v <= 1 {
                here = here.max(surface[y][x]);
            }
            // Only what may become the best is worth a root.
            if surface[y][x] > top {
                let value = surface[y][x] - PER_PIXEL * ((u * u + v * v) as f32).sqrt();
                if value > top {
                    (bx, by, top) = (x, y, value);
                }
            }
        }
    }
    let best = surface[by][bx];
    let mut peak = Peak {
        dx: bx as f64 - radius as f64,
        dy: by as f64 - radius as f64,
        best: f64::from(best),
        here: f64::from(here),
        fall: [0.0; 3],
    };
    if bx > 0 && by > 0 && bx < last && by < last {
        let at = |x: usize, y: usize| f64::from(surface[y][x]);
        let (west, east, north, south) = (at(bx - 1, by), at(bx + 1, by), at(bx, by - 1), at(bx, by + 1));
        let (xx, yy) = (2.0 * peak.best - west - east, 2.0 * peak.best - north - south);
        let xy = (at(bx + 1, by - 1) + at(bx - 1, by + 1) - at(bx - 1, by - 1) - at(bx + 1, by + 1)) / 4.0;
        peak.fall = [xx, xy, yy];
        let (gx, gy) = ((east - west) / 2.0, (south - north) / 2.0);
        let (xx, yy) = (xx + RIDGE, yy + RIDGE);
        let determinant = xx * yy - xy * xy;
        if determinant > 0.0 {
            peak.dx += ((yy * gx - xy * gy) / determinant).clamp(-0.7, 0.7);
            peak.dy += ((xx * gy - xy * gx) / determinant).clamp(-0.7, 0.7);
        }
    }
    peak
}

/// Sums of products for every shift: the one by `dx`, `dy` stands at `[dx][dy]`.
///
/// A strip as wide as the patch lies in one piece, and so does what each shift down makes of it: long sums of products of
/// 16-bit numbers, which machines are best at.
fn products<const SHIFTS: usize, const SIDE: usize>(template: &Piece<PATCH>, window: &Piece<SIDE>) -> [[i32; SHIFTS]; SHIFTS] {
    let mut sums = [[0; SHIFTS]; SHIFTS];
    let Some(template) = template.as_flattened().first_chunk::<PIXELS>() else { return sums };
    let mut strip = [[0; PATCH]; SIDE];
    for (dx, sums) in sums.iter_mut().enumerate() {
        for (to, from) in strip.iter_mut().zip(window) {
            to.copy_from_slice(&from[dx..dx + PATCH]);
        }
        for (dy, sum) in sums.iter_mut().enumerate() {
            *sum = strip[dy..].as_flattened().first_chunk::<PIXELS>().map_or(0, |shifted| dot(template, shifted));
        }
    }
    sums
}

/// Sums over a patch's height in each column of a window, of values and of their squares.
struct Sums<const SIDE: usize> {
    plain: [i32; SIDE],
    squares: [i32; SIDE],
}

impl<const SIDE: usize> Sums<SIDE> {
    fn of(window: &Piece<SIDE>) -> Self {
        let mut sums = Self { plain: [0; SIDE], squares: [0; SIDE] };
        for line in &window[..PATCH] {
            for x in 0..SIDE {
                let value = i32::from(line[x]);
                sums.plain[x] += value;
                sums.squares[x] += value * value;
            }
        }
        sums
    }

    /// From shift `dy` to the next.
    fn descend(&mut self, window: &Piece<SIDE>, dy: usize) {
        let Some(next) = window.get(dy + PATCH) else { return };
        for x in 0..SIDE {
            let (old, new) = (i32::from(window[dy][x]), i32::from(next[x]));
            self.plain[x] += new - old;
            self.squares[x] += new * new - old * old;
        }
    }

    /// Sums over whole patches, one for each shift across.
    fn rows<const SHIFTS: usize>(&self) -> ([i32; SHIFTS], [i32; SHIFTS]) {
        let slide = |columns: &[i32; SIDE]| {
            let mut sum: i32 = columns[..PATCH].iter().sum();
            let mut sums = [sum; SHIFTS];
            for dx in 1..SHIFTS {
                sum += columns[dx + PATCH - 1] - columns[dx - 1];
                sums[dx] = sum;
            }
            sums
        };
        (slide(&self.plain), slide(&self.squares))
    }
}
