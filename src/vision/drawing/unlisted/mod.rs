//! Parts that no design lists: what looks like one where the drawing is empty, without a photo of another unit.
//!
//! `ground` turns the photo upright and tells what colour is usual around each place, `places` are those that stand out
//! where the design has nothing, and a small `network`, which has seen many drawn boards, says of the `evidence` around each how much it is like a part.

mod evidence;
mod ground;
mod network;
mod places;
#[cfg(test)]
mod tests;

use self::evidence::{NUMBERS, Near, window};
use self::ground::Ground;
pub(super) use self::ground::{RIM_MM, outline};
use self::network::Network;
use self::places::{extent, places};
use super::Footprint;
use crate::geometry::{Drawing, Homography, Photo, Point, Rect};
use crate::vision::{Cancelled, Picture, Stage, Watch};

/// Of two that lie nearer together than this the surer one is listed.
const APART_MM: f64 = 1.2;
/// A part reaches no further from the place that stands out.
const REACH_MM: f64 = 3.0;
/// A box reaches at least so far to each side.
const LEAST_HALF_MM: f64 = 0.4;
/// What hangs together over more than this both ways is mostly print, a hole, a label or a connector's edge, and has to be surer: by so much in the
/// logarithm of the odds. The 0603 parts that are found on drawn boards reach over 3.7 by 2.7 mm at most.
const LARGE_MM: f64 = 4.5;
const LARGE_ODDS: f64 = 2.2;
/// More are not told.
const MOST: usize = 40;

/// Something like a part where the design has none.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlistedPart {
    /// Around what stands out, in photo pixels.
    pub photo_box: Rect<Photo>,
    /// Its middle, in millimetres of the design.
    pub at: Point<Drawing>,
    /// How much it is like a part, from one half, the line for this list, to 1.
    pub score: f64,
}

/// What is known of a place that stands out where the design has nothing; `tests/unlisted/train.py` learns from it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlistedEvidence {
    /// Around what stands out, in photo pixels.
    pub photo_box: Rect<Photo>,
    /// The place, in millimetres of the design.
    pub at: Point<Drawing>,
    /// The smaller side of what stands out, in millimetres; 6 at most.
    pub smaller_side_mm: f64,
    /// 4 × 48 × 48 samples, ten per millimetre: luma and two chroma differences against what is usual around it (128), then what the
    /// design has there: 0 nothing, 128 a part that is left out, 255 a part.
    pub window: Vec<u8>,
    /// Distances to parts, their sizes, and colours.
    pub numbers: [f32; NUMBERS],
}

/// Looks for parts that no design lists on a photo that it is laid over: surest first, each with a score from one half on, at most forty. `map` leads
/// from millimetres of the design to photo pixels; only the footprints of the photo's side are to be given. Places within the outlines of parts, or of
/// what is left out, are not looked at, nor what the photo shows at less than four pixels per millimetre. What has been learned comes from drawn
/// boards alone.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn unlisted_parts(
    photo: &Picture,
    footprints: &[Footprint],
    map: &Homography<Drawing, Photo>,
    watch: &mut dyn Watch,
) -> Result<Vec<UnlistedPart>, Cancelled> {
    let network = Network::trained();
    let mut found: Vec<UnlistedPart> = Vec::new();
    look(photo, footprints, map, watch, &mut |evidence| {
        let large = if evidence.smaller_side_mm > LARGE_MM { LARGE_ODDS } else { 0.0 };
        let odds = f64::from(network.judge(&evidence.window, &evidence.numbers)) - large;
        // Training has moved the odds so that 0 is the line for a list (`docs/method.md`).
        if odds >= 0.0 {
            let score = 1.0 / (1.0 + libm::exp(-odds));
            found.push(UnlistedPart { photo_box: evidence.photo_box, at: evidence.at, score });
        }
    })?;
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<UnlistedPart> = Vec::new();
    for part in found {
        if kept.len() < MOST && kept.iter().all(|surer| surer.at.distance(part.at) >= APART_MM) {
            kept.push(part);
        }
    }
    Ok(kept)
}

/// What [`unlisted_parts`] judges, as it stands out.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn unlisted_evidence(
    photo: &Picture,
    footprints: &[Footprint],
    map: &Homography<Drawing, Photo>,
    watch: &mut dyn Watch,
) -> Result<Vec<UnlistedEvidence>, Cancelled> {
    let mut found = Vec::new();
    look(photo, footprints, map, watch, &mut |evidence| found.push(evidence))?;
    Ok(found)
}

/// The box with its middle at a place that goes as far as what stands out does to either side: what touches it, print or a via, is on one side.
fn around(at: Point<Drawing>, area: &Rect<Drawing>) -> Rect<Drawing> {
    let half = |at: f64, from: f64, length: f64| (at - from).min(from + length - at).max(LEAST_HALF_MM);
    let (w, h) = (half(at.x, area.x, area.w), half(at.y, area.y, area.h));
    Rect::new(at.x - w, at.y - h, 2.0 * w, 2.0 * h)
}

/// One place after the other, so that all their windows need not be kept.
fn look(
    photo: &Picture,
    footprints: &[Footprint],
    map: &Homography<Drawing, Photo>,
    watch: &mut dyn Watch,
    meet: &mut dyn FnMut(UnlistedEvidence),
) -> Result<(), Cancelled> {
    let Some(ground) = Ground::of(photo, footprints, map) else { return Ok(()) };
    watch.progressed(Stage::Compare, 0.4)?;
    let near = Near::new(photo, footprints, map);
    let places = places(&ground, footprints);
    let reach = (REACH_MM * ground.per_mm) as usize;
    for (number, place) in places.iter().enumerate() {
        let area = extent(&ground, place, reach);
        let at = ground.place(place.at[0] as f64, place.at[1] as f64);
        let Some(photo_box) = Rect::around(around(at, &area).corners().map(|corner| map.apply(corner))) else { continue };
        let smaller_side_mm = area.w.min(area.h);
        meet(UnlistedEvidence {
            photo_box,
            at,
            smaller_side_mm,
            window: window(&ground, place),
            numbers: near.numbers(&ground, place),
        });
        if number % 100 == 99 {
            watch.progressed(Stage::Compare, 0.5 + 0.5 * (number + 1) as f32 / places.len() as f32)?;
        }
    }
    Ok(())
}
