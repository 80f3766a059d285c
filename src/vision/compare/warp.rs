//! The photo resampled onto the reference's grid, and the reference beside it.

use std::ops::Range;

use super::layers::Layers;
use super::sample::{self, RUN, Run};
use crate::geometry::{Photo, Point, Rect, Reference, Warp, WayBack};
use crate::vision::Picture;

/// Some rows of both pictures on one grid, and where both have something to show.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    pub(super) photo: Layers,
    pub(super) reference: Layers,
    /// 255 where the photo reaches, else 0.
    pub(super) mask: Vec<u8>,
    pub(super) grid: Grid,
    /// The grid's row that is the first here.
    top: usize,
}

/// The grid on which two pictures are compared: the reference, made smaller where the photo has fewer pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Reference pixels per grid pixel; at least 1.
    pub(super) step: f64,
    /// Photo pixels per grid pixel, in the middle of the common area.
    pub(super) photo_step: f64,
}

impl Grid {
    /// The grid that invents detail on neither picture and has at most `most_pixels`; `None` when the photo misses the reference.
    pub(super) fn choose(photo: &Picture, reference: &Picture, warp: &Warp, most_pixels: f64) -> Option<Self> {
        let density = density(photo, reference, warp)?;
        let area = reference.width as f64 * reference.height as f64;
        let step = (1.0 / density).max(1.0).max((area / most_pixels).sqrt());
        // A step just above 1 would only blur the reference.
        let step = if step < 1.15 { 1.0 } else { step };
        let side = |pixels: usize| ((pixels as f64 / step).floor() as usize).max(1);
        Some(Self { width: side(reference.width), height: side(reference.height), step, photo_step: step * density })
    }

    /// A rectangle of grid pixels on the reference.
    pub(super) fn on_reference(&self, x: f64, y: f64, w: f64, h: f64) -> Rect<Reference> {
        Rect::new(x * self.step, y * self.step, w * self.step, h * self.step)
    }
}

/// Median of photo pixels per reference pixel over the common area.
fn density(photo: &Picture, reference: &Picture, warp: &Warp) -> Option<f64> {
    const PROBES: usize = 16;
    let back = warp.way_back()?;
    let mut seen = Vec::new();
    for k in 0..PROBES * PROBES {
        let along = |k: usize, side: usize| (k as f64 + 0.5) / PROBES as f64 * side as f64;
        let (x, y) = (along(k % PROBES, reference.width), along(k / PROBES, reference.height));
        let at = |dx: f64, dy: f64| back.to_photo(Point::new(x + dx, y + dy)).filter(|p| within(photo, *p));
        if let (Some(a), Some(b), Some(c)) = (at(0.0, 0.0), at(4.0, 0.0), at(0.0, 4.0)) {
            let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
            seen.push(area.abs().sqrt() / 4.0);
        }
    }
    seen.sort_by(f64::total_cmp);
    seen.get(seen.len() / 2).copied().filter(|d| d.is_finite() && *d > 0.0)
}

fn within(photo: &Picture, p: Point<Photo>) -> bool {
    p.x >= 0.0 && p.y >= 0.0 && p.x <= photo.width as f64 && p.y <= photo.height as f64
}

/// Lay both pictures on these rows of `grid`, the first a multiple of [`RUN`]; `progress` is called with the part done.
pub(super) fn lay<E>(
    photo: &Picture,
    reference: &Picture,
    warp: &Warp,
    grid: Grid,
    rows: Range<usize>,
    mut progress: impl FnMut(f32) -> Result<(), E>,
) -> Result<Laid, E> {
    let mut laid = Laid {
        photo: Layers::grey(grid.width, rows.len()),
        reference: Layers::grey(grid.width, rows.len()),
        mask: vec![0; grid.width * rows.len()],
        grid,
        top: rows.start,
    };
    let back = warp.way_back();
    let mut upper = nodes(back.as_ref(), grid, rows.start);
    for strip in rows.clone().step_by(NODE_STEP) {
        let lower = nodes(back.as_ref(), grid, strip + NODE_STEP);
        for y in strip..(strip + NODE_STEP).min(rows.end) {
            photo_row(photo, &upper, &lower, y, &mut laid);
            reference_row(reference, y, &mut laid);
        }
        upper = lower;
        progress(((strip + NODE_STEP - rows.start) as f32 / rows.len() as f32).min(1.0))?;
    }
    Ok(laid)
}

/// Grid pixels between the places where the map is worked out; in between it is bilinear (off by less than 0.01 px at 35° of tilt).
const NODE_STEP: usize = RUN;

/// Where the nodes of one grid row lie on the photo; not finite where they don't.
fn nodes(back: Option<&WayBack<'_>>, grid: Grid, y: usize) -> Vec<[f32; 2]> {
    let columns = grid.width.div_ceil(NODE_STEP) + 1;
    let place = |column: usize| Point::new((column * NODE_STEP) as f64 * grid.step, y as f64 * grid.step);
    let on_photo = |column: usize| back?.to_photo(place(column));
    (0..columns).map(|column| on_photo(column).map_or([f32::NAN; 2], |p| [p.x as f32, p.y as f32])).collect()
}

#[inline(never)]
fn photo_row(photo: &Picture, upper: &[[f32; 2]], lower: &[[f32; 2]], y: usize, laid: &mut Laid) {
    let (width, taps) = (laid.grid.width, taps(laid.grid.photo_step));
    let down = ((y % NODE_STEP) as f32 + 0.5) / NODE_STEP as f32;
    let edge: Vec<[f32; 2]> =
        upper.iter().zip(lower).map(|(u, l)| [u[0] + (l[0] - u[0]) * down, u[1] + (l[1] - u[1]) * down]).collect();
    for (cell, pair) in edge.windows(2).enumerate() {
        let [left, right] = [pair[0], pair[1]];
        let step = [(right[0] - left[0]) / NODE_STEP as f32, (right[1] - left[1]) / NODE_STEP as f32];
        let place = |axis: usize| std::array::from_fn(|k| left[axis] + step[axis] * (k as f32 + 0.5));
        // Across the row one grid pixel is this far on the photo, down the column it is turned by a right angle.
        let run = Run { x: place(0), y: place(1), across: step, along: [-step[1], step[0]], taps };
        let x = cell * NODE_STEP;
        let (start, count) = ((y - laid.top) * width + x, NODE_STEP.min(width - x));
        if let Some(colours) = run.colours(photo) {
            laid.mask[start..][..count].fill(255);
            laid.photo.paint(start, count, &colours);
            continue;
        }
        for k in 0..count {
            let (px, py) = (run.x[k], run.y[k]);
            if !(px >= 0.5 && py >= 0.5 && px <= photo.width as f32 - 0.5 && py <= photo.height as f32 - 0.5) {
                continue;
            }
            laid.mask[start + k] = 255;
            laid.photo.set(start + k, mean_of_taps(photo, px, py, run.across, run.along, taps));
        }
    }
}

#[inline(never)]
fn reference_row(reference: &Picture, y: usize, laid: &mut Laid) {
    let (width, step, taps) = (laid.grid.width, laid.grid.step as f32, taps(laid.grid.step));
    for x in (0..width).step_by(RUN) {
        let place = |k: usize| ((x + k) as f32 + 0.5) * step;
        let across = std::array::from_fn(place);
        let run = Run { x: across, y: [(y as f32 + 0.5) * step; RUN], across: [step, 0.0], along: [0.0, step], taps };
        let (start, count) = ((y - laid.top) * width + x, RUN.min(width - x));
        let colours = if laid.grid.step == 1.0 { sample::row(reference, x, y) } else { run.colours(reference) };
        if let Some(colours) = colours {
            laid.reference.paint(start, count, &colours);
            continue;
        }
        for k in 0..count {
            let colour = if laid.grid.step == 1.0 {
                reference.at(x + k, y)
            } else {
                mean_of_taps(reference, run.x[k], run.y[k], run.across, run.along, taps)
            };
            laid.reference.set(start + k, colour);
        }
    }
}

/// Samples along each axis that average one grid pixel: as many as it covers.
fn taps(step: f64) -> usize {
    ((step - 0.25).ceil() as usize).clamp(1, 8)
}

pub(super) fn mean_of_taps(picture: &Picture, x: f32, y: f32, across: [f32; 2], along: [f32; 2], taps: usize) -> [u8; 3] {
    if taps == 1 {
        return bilinear(picture, x, y);
    }
    let mut sums = [0_u32; 3];
    for k in 0..taps * taps {
        let offset = |k: usize| (k as f32 + 0.5) / taps as f32 - 0.5;
        let (u, v) = (offset(k % taps), offset(k / taps));
        let colour = bilinear(picture, x + u * across[0] + v * along[0], y + u * across[1] + v * along[1]);
        sums.iter_mut().zip(colour).for_each(|(sum, value)| *sum += u32::from(value));
    }
    let count = (taps * taps) as u32;
    sums.map(|sum| ((sum + count / 2) / count) as u8)
}

/// The colour at a place given with pixel centres at .5, in steps of 1/64 pixel; beyond the picture its edge goes on.
fn bilinear(picture: &Picture, x: f32, y: f32) -> [u8; 3] {
    let (right, bottom) = (picture.width - 1, picture.height - 1);
    let x = ((x - 0.5).clamp(0.0, right as f32) * 64.0 + 0.5) as u32;
    let y = ((y - 0.5).clamp(0.0, bottom as f32) * 64.0 + 0.5) as u32;
    let (left, top) = (((x >> 6) as usize).min(right), ((y >> 6) as usize).min(bottom));
    let (fx, fy) = (x & 63, y & 63);
    let (next, stride) = (if left < right { 3 } else { 0 }, picture.width * 3);
    let first = top * stride + left * 3;
    let second = if top < bottom { first + stride } else { first };
    let upper = &picture.rgb[first..][..3 + next];
    let lower = &picture.rgb[second..][..3 + next];
    std::array::from_fn(|k| {
        let a = u32::from(upper[k]) * (64 - fx) + u32::from(upper[k + next]) * fx;
        let b = u32::from(lower[k]) * (64 - fx) + u32::from(lower[k + next]) * fx;
        ((a * (64 - fy) + b * fy + 2048) >> 12) as u8
    })
}
