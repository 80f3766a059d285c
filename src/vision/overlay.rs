//! A picture of the result: the photo laid over the reference, with the differences marked.

use super::{Comparison, Difference, Picture};
use crate::geometry::{Point, Reference, Warp};

/// The photo's share where both pictures are there.
const PHOTO_SHARE: f32 = 0.5;
/// Width of a mark's line, as a share of the picture's longer side.
const LINE_SHARE: f64 = 0.001;
/// Space between a difference and its mark, in line widths.
const MARGIN_LINES: f64 = 2.0;
/// Flagged differences; bright on any board.
const FLAGGED: [u8; 3] = [255, 64, 160];
/// The ranked tail.
const TAIL: [u8; 3] = [255, 220, 0];
/// Every mark has a dark rim, so that it reads on light parts too.
const RIM: [u8; 3] = [0, 0, 0];

/// The reference with the photo half seen through over it, in the reference's size, and a box around each difference. Without a map the
/// reference alone.
#[must_use]
pub fn overlay(photo: &Picture, reference: &Picture, comparison: &Comparison) -> Picture {
    let mut canvas = reference.clone();
    let warp = comparison.alignment.warp();
    if let Some(back) = warp.as_ref().and_then(Warp::way_back) {
        for y in 0..canvas.height {
            for x in 0..canvas.width {
                let Some(p) = back.to_photo(Point::new(x as f64 + 0.5, y as f64 + 0.5)) else { continue };
                if p.x < 0.0 || p.y < 0.0 || p.x >= photo.width as f64 || p.y >= photo.height as f64 {
                    continue;
                }
                let over = photo.at(p.x as usize, p.y as usize);
                let start = (y * canvas.width + x) * 3;
                for (value, over) in canvas.rgb[start..start + 3].iter_mut().zip(over) {
                    *value = (f32::from(*value) * (1.0 - PHOTO_SHARE) + f32::from(over) * PHOTO_SHARE) as u8;
                }
            }
        }
    }
    let (tail, flagged): (Vec<_>, Vec<_>) = comparison.differences.iter().partition(|difference| !difference.flagged);
    for difference in tail.into_iter().chain(flagged) {
        mark(&mut canvas, difference);
    }
    canvas
}

fn mark(canvas: &mut Picture, difference: &Difference) {
    let line = (canvas.width.max(canvas.height) as f64 * LINE_SHARE).max(1.0);
    let colour = if difference.flagged { FLAGGED } else { TAIL };
    let area = difference.reference_box.grown(MARGIN_LINES * line);
    for (grow, colour) in [(line, RIM), (0.0, colour)] {
        let (outer, inner) = (area.grown(line + grow), area.grown(-grow));
        let clamp = |v: f64, most: usize| v.clamp(0.0, most as f64) as usize;
        for y in clamp(outer.y, canvas.height)..clamp(outer.y + outer.h, canvas.height) {
            for x in clamp(outer.x, canvas.width)..clamp(outer.x + outer.w, canvas.width) {
                if !inner.contains(Point::<Reference>::new(x as f64 + 0.5, y as f64 + 0.5)) {
                    let start = (y * canvas.width + x) * 3;
                    canvas.rgb[start..start + 3].copy_from_slice(&colour);
                }
            }
        }
    }
}
