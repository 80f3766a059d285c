//! Colours of a place that the other picture does not show there at all.

use super::layers::{Layers, WEIGHTS};
use super::verify::Patch;

/// Mean distance (weighted grey levels) of a patch's colours from the nearest colour that `other` has in and around it.
///
/// New print has the old colours in another order; a new part mostly brings its own.
pub(super) fn novelty(own: &Layers, other: &Layers, patch: Patch) -> f32 {
    /// Pixels around the patch whose colours count as known.
    const AROUND: usize = 6;
    /// Samples along the longer side.
    const SAMPLES: usize = 14;
    /// Distances above this say no more than this.
    const CAP: u16 = 120;
    let stride = patch.w.max(patch.h).div_ceil(SAMPLES);
    let (left, top) = (patch.x.saturating_sub(AROUND), patch.y.saturating_sub(AROUND));
    let (right, bottom) = ((patch.x + patch.w + AROUND).min(other.width), (patch.y + patch.h + AROUND).min(other.height));
    let colours = |layers: &Layers, x0: usize, y0: usize, x1: usize, y1: usize| -> Vec<[u8; 3]> {
        let places = (y0..y1).step_by(stride).flat_map(|y| (x0..x1).step_by(stride).map(move |x| y * layers.width + x));
        places.map(|at| std::array::from_fn(|k| layers.planes[k][at])).collect()
    };
    let known = colours(other, left, top, right, bottom);
    let mine = colours(own, patch.x, patch.y, patch.x + patch.w, patch.y + patch.h);
    let distance = |a: &[u8; 3], b: &[u8; 3]| (0..3).map(|k| WEIGHTS[k] * u16::from(a[k].abs_diff(b[k]))).sum::<u16>();
    let nearest = |a: &[u8; 3]| known.iter().map(|b| distance(a, b)).min().unwrap_or(CAP).min(CAP);
    mine.iter().map(|a| f32::from(nearest(a))).sum::<f32>() / mine.len().max(1) as f32
}
