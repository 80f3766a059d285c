//! Where a small piece of the reference is found again on the photo, to a fraction of a pixel.

use super::pyramid::Grey;

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

/// The outcome at one place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen {
    /// Out of one of the pictures.
    Outside,
    /// The reference is plain here.
    Plain,
    /// Something to compare.
    Found(Peak),
}

/// Pixels along a patch. Large enough for a few leads or letters, small enough to lie on one part or beside it.
pub(super) const PATCH: usize = 24;
/// Half the side of the box whose mean is taken away: light and shade go, parts and print stay.
const HIGH_PASS: usize = 6;

/// What a shift must gain in correlation per pixel: along an edge all shifts are as good, and the nearest is meant.
const PER_PIXEL: f32 = 0.003;
/// Keeps the fraction of a pixel small where the correlation hardly falls.
const RIDGE: f64 = 0.002;

/// Pixels around a patch that the reference must have as well.
pub(super) const MARGIN: usize = HIGH_PASS;

/// Searches ± `RADIUS` pixels around where the map says; `LANES` is at least 2 × `RADIUS` + 1, a multiple of 4.
pub(super) fn search<const RADIUS: usize, const LANES: usize>(
    reference: &Grey,
    photo: &Grey,
    left: usize,
    top: usize,
    map: &LocalMap,
    plain_below: f32,
) -> Seen {
    let Some(template) = reference_patch(reference, left, top) else { return Seen::Outside };
    let side = PATCH + 2 * RADIUS;
    let Some(mut window) = photo_window(photo, map, side) else { return Seen::Outside };
    // The last lanes of the last row reach beyond the window; nobody reads what they sum up.
    window.resize(window.len() + LANES, 0.0);
    let mean = template.iter().sum::<f32>() / (PATCH * PATCH) as f32;
    let template: Vec<f32> = template.iter().map(|v| v - mean).collect();
    let energy: f32 = template.iter().map(|v| v * v).sum();
    if (energy / (PATCH * PATCH) as f32).sqrt() < plain_below {
        return Seen::Plain;
    }
    let mut surface = [[0.0_f32; LANES]; LANES];
    for (dy, row) in surface.iter_mut().enumerate().take(2 * RADIUS + 1) {
        *row = correlations::<LANES>(&template, &window, side, dy);
    }
    let norms = Sums::of(&window, side);
    for dy in 0..=2 * RADIUS {
        for dx in 0..=2 * RADIUS {
            // A window without contrast has nothing to agree with.
            let spread = norms.spread(dx, dy).max(f64::from(plain_below * plain_below) * 0.05 * (PATCH * PATCH) as f64);
            surface[dy][dx] = (f64::from(surface[dy][dx]) / (f64::from(energy) * spread).sqrt()) as f32;
        }
    }
    Seen::Found(peak_of::<RADIUS, LANES>(&surface))
}

fn peak_of<const RADIUS: usize, const LANES: usize>(surface: &[[f32; LANES]; LANES]) -> Peak {
    let last = 2 * RADIUS;
    let (mut bx, mut by, mut top, mut here) = (RADIUS, RADIUS, f32::MIN, f32::MIN);
    for y in 0..=last {
        for x in 0..=last {
            let (u, v) = (x.abs_diff(RADIUS), y.abs_diff(RADIUS));
            let value = surface[y][x] - PER_PIXEL * ((u * u + v * v) as f32).sqrt();
            if value > top {
                (bx, by, top) = (x, y, value);
            }
            if u <= 1 && v <= 1 {
                here = here.max(surface[y][x]);
            }
        }
    }
    let best = surface[by][bx];
    let mut peak = Peak {
        dx: bx as f64 - RADIUS as f64,
        dy: by as f64 - RADIUS as f64,
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

/// Sums of products for one row of shifts at once.
fn correlations<const LANES: usize>(template: &[f32], window: &[f32], side: usize, dy: usize) -> [f32; LANES] {
    let mut sums = [0.0_f32; LANES];
    for (y, row) in template.chunks_exact(PATCH).enumerate() {
        let line = &window[(y + dy) * side..];
        for (x, value) in row.iter().enumerate() {
            let Some(stretch) = line.get(x..).and_then(|rest| rest.first_chunk::<LANES>()) else { continue };
            for lane in 0..LANES {
                sums[lane] += value * stretch[lane];
            }
        }
    }
    sums
}

/// Sums over any patch of the window, by two summed-area tables.
struct Sums {
    side: usize,
    plain: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(window: &[f32], side: usize) -> Self {
        let stride = side + 1;
        let (mut plain, mut squares) = (vec![0.0; stride * stride], vec![0.0; stride * stride]);
        for y in 0..side {
            let (mut sum, mut square) = (0.0, 0.0);
            for x in 0..side {
                let value = f64::from(window[y * side + x]);
                sum += value;
                square += value * value;
                let below = (y + 1) * stride + x + 1;
                plain[below] = plain[below - stride] + sum;
                squares[below] = squares[below - stride] + square;
            }
        }
        Self { side, plain, squares }
    }

    /// Sum of squared deviations from the mean of the patch at (`x`, `y`).
    fn spread(&self, x: usize, y: usize) -> f64 {
        let stride = self.side + 1;
        let sum = |table: &[f64]| {
            let (low, high) = (y * stride + x, (y + PATCH) * stride + x);
            table[high + PATCH] - table[high] - table[low + PATCH] + table[low]
        };
        let total = sum(&self.plain);
        sum(&self.squares) - total * total / (PATCH * PATCH) as f64
    }
}

/// The patch whose top left pixel is (`left`, `top`), high-passed.
fn reference_patch(grey: &Grey, left: usize, top: usize) -> Option<Vec<f32>> {
    let side = PATCH + 2 * HIGH_PASS;
    let (left, top) = (left.checked_sub(HIGH_PASS)?, top.checked_sub(HIGH_PASS)?);
    if left + side > grey.width || top + side > grey.height {
        return None;
    }
    let rows = (top..top + side).flat_map(|y| &grey.data[y * grey.width + left..y * grey.width + left + side]);
    Some(high_pass(&rows.map(|v| f32::from(*v)).collect::<Vec<_>>(), side))
}

/// The photo as the map lays it over the patch, with room for shifts all around, high-passed.
fn photo_window(grey: &Grey, map: &LocalMap, side: usize) -> Option<Vec<f32>> {
    let side = side + 2 * HIGH_PASS;
    let reach = (side - 1) as f64 / 2.0;
    let [a, b, c, d] = map.slopes;
    let (reach_x, reach_y) = ((a.abs() + b.abs()) * reach, (c.abs() + d.abs()) * reach);
    let (x, y) = (map.x - 0.5, map.y - 0.5);
    let fits = x - reach_x >= 0.0
        && y - reach_y >= 0.0
        && x + reach_x < grey.width as f64 - 1.001
        && y + reach_y < grey.height as f64 - 1.001;
    if !fits {
        return None;
    }
    let mut samples = Vec::with_capacity(side * side);
    let (a, c) = (a as f32, c as f32);
    for row in 0..side {
        let v = row as f64 - reach;
        let (start_x, start_y) = ((x - f64::from(a) * reach + b * v) as f32, (y - f64::from(c) * reach + d * v) as f32);
        for column in 0..side {
            let (px, py) = ((start_x + a * column as f32).max(0.0), (start_y + c * column as f32).max(0.0));
            // Truncation is the floor here: both are positive. `floor` is a call on machines without SSE 4.1.
            let (column, row) = (px as i32, py as i32);
            let (fx, fy) = (px - column as f32, py - row as f32);
            let i = row as usize * grey.width + column as usize;
            let (Some(upper), Some(lower)) = (grey.data.get(i..i + 2), grey.data.get(i + grey.width..i + grey.width + 2)) else {
                return None;
            };
            let (upper, lower) = ([upper[0], upper[1]].map(f32::from), [lower[0], lower[1]].map(f32::from));
            let (above, below) = (upper[0] + (upper[1] - upper[0]) * fx, lower[0] + (lower[1] - lower[0]) * fx);
            samples.push(above + (below - above) * fy);
        }
    }
    Some(high_pass(&samples, side))
}

/// Takes the mean of the surrounding box away and drops the margin that it needs.
fn high_pass(values: &[f32], side: usize) -> Vec<f32> {
    let span = 2 * HIGH_PASS + 1;
    let inner = side - 2 * HIGH_PASS;
    let mut rows = vec![0.0_f32; side * inner];
    for (line, out) in values.chunks_exact(side).zip(rows.chunks_exact_mut(inner)) {
        let mut sum: f32 = line[..span].iter().sum();
        out[0] = sum;
        for x in 1..inner {
            sum += line[x + span - 1] - line[x - 1];
            out[x] = sum;
        }
    }
    let mut sums = vec![0.0_f32; inner];
    for line in rows.chunks_exact(inner).take(span) {
        sums.iter_mut().zip(line).for_each(|(sum, value)| *sum += value);
    }
    let mut out = Vec::with_capacity(inner * inner);
    for y in 0..inner {
        let centre = (y + HIGH_PASS) * side + HIGH_PASS;
        let line = &values[centre..centre + inner];
        out.extend(line.iter().zip(&sums).map(|(value, sum)| value - sum / (span * span) as f32));
        if y + 1 < inner {
            for x in 0..inner {
                sums[x] += rows[(y + span) * inner + x] - rows[y * inner + x];
            }
        }
    }
    out
}
