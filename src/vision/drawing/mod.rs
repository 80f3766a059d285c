//! A drawing laid over a photo: where the parts of a design lie in the picture, without a photo of another unit.
//!
//! Nothing is known of how the board looks. What is used instead: where parts stand, there is structure, and between them there is less
//! (`overview`, `climb`); and a part, its pads included, looks the same when it is turned by half a turn, so that its middle can be
//! seen (`symmetry`). The first finds the board anywhere in the picture, the second says to a twentieth of a millimetre where it is.

mod climb;
mod compared;
mod energy;
mod marks;
mod overview;
mod symmetry;
#[cfg(test)]
mod tests;
mod unlisted;

use self::climb::Climb;
pub use self::compared::{DrawnReference, drawing_comparison};
use self::energy::Energies;
use self::marks::Marks;
use self::symmetry::Symmetry;
pub use self::unlisted::{UnlistedEvidence, UnlistedPart, unlisted_evidence, unlisted_parts};
use super::align::{Random, map_of_points};
use super::{Cancelled, Picture, Plane, Residual, Stage, Verdict, Watch};
use crate::geometry::{Drawing, Homography, Photo, Point, Rect, Space};

/// Where a part stands on a drawing, and how large it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Footprint {
    /// Its middle, in millimetres.
    pub at: Point<Drawing>,
    /// Half its width and half its depth in millimetres, as it is turned: those of the upright box around it. `None` where the design doesn't tell.
    pub half_mm: Option<[f64; 2]>,
    /// False where this variant of the board leaves it empty.
    pub fitted: bool,
}

/// How a drawing lies on a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawingAlignment {
    /// Whether it can be relied on.
    pub verdict: Verdict,
    /// Millimetres of the drawing to photo pixels.
    pub map: Homography<Drawing, Photo>,
    /// Photo pixels per millimetre, in the middle of the drawing.
    pub px_per_mm: f64,
    /// Small parts whose middle was looked for.
    pub looked_for: usize,
    /// Share of them that was seen within 0.15 mm of where the map puts it, 0 to 1.
    pub agreed: f64,
    /// Millimetres between where parts are seen and where the map puts them, among those that agree.
    pub residual_mm: Residual,
}

/// From this share of agreeing parts on the map holds. Where parts are looked for at places that have nothing to do with them, 7 to 25 % agree by
/// accident; on photos of the right board, down to 8 pixels per millimetre and with motion blur, 45 % and more.
const AGREEING: f64 = 0.42;
/// Below this share nothing speaks for it.
const ACCIDENTAL: f64 = 0.3;
/// Fewer small parts than this can agree by accident.
const FEWEST_PARTS: usize = 12;
/// Beginnings from the overview that are followed.
const MOST_BEGINNINGS: usize = 8;
/// Of those that have been followed at low resolution, the ones that are looked at closely.
const MOST_CLOSELY: usize = 3;
/// A larger photo is halved: a board of 300 mm has 13 pixels per millimetre on so many.
const MOST_PIXELS: usize = 16_000_000;
/// Equal seeds give equal results.
const SEED: u64 = 0x2018_1004;

/// Lays a drawing over a photo of its top side, or from below over one of its bottom side: from control points when there are three or more, and else
/// by itself. Only the footprints of the side in question are to be given. `None` where there is nothing to go by: fewer than twelve small parts and
/// no points.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn lay_drawing(
    photo: &Picture,
    footprints: &[Footprint],
    from_below: bool,
    points: &[(Point<Photo>, Point<Drawing>)],
    watch: &mut dyn Watch,
) -> Result<Option<DrawingAlignment>, Cancelled> {
    let turned = |p: Point<Drawing>| if from_below { Point::new(-p.x, p.y) } else { p };
    let footprints: Vec<Footprint> = footprints.iter().map(|part| Footprint { at: turned(part.at), ..*part }).collect();
    let pairs: Vec<_> = points.iter().map(|(photo, drawing)| (*photo, turned(*drawing))).collect();
    let laid = lay_upright(photo, &footprints, &pairs, watch)?;
    let mirror = Homography::new([if from_below { -1.0 } else { 1.0 }, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    Ok(laid.map(|laid| DrawingAlignment { map: mirror.then(&laid.map), ..laid }))
}

fn lay_upright(
    photo: &Picture,
    footprints: &[Footprint],
    points: &[(Point<Photo>, Point<Drawing>)],
    watch: &mut dyn Watch,
) -> Result<Option<DrawingAlignment>, Cancelled> {
    let Some(bounds) = Rect::around(footprints.iter().map(|part| part.at)) else { return Ok(None) };
    let mut luma = photo.luma();
    let mut halvings = 0_u32;
    while luma.data.len() > MOST_PIXELS {
        luma = luma.halved();
        halvings += 1;
    }
    let scale = f64::from(1_u32 << halvings.min(31));
    let points: Vec<_> = points.iter().map(|(photo, at)| (Point::new(photo.x / scale, photo.y / scale), *at)).collect();
    let whole = Homography::<Photo, Photo>::new([scale, 0.0, 0.0, 0.0, scale, 0.0, 0.0, 0.0, 1.0]);
    let laid = lay_on(&luma, bounds, footprints, &points, watch)?;
    Ok(laid.map(|laid| DrawingAlignment { map: laid.map.then(&whole), px_per_mm: laid.px_per_mm * scale, ..laid }))
}

fn lay_on(
    luma: &Plane,
    bounds: Rect<Drawing>,
    footprints: &[Footprint],
    points: &[(Point<Photo>, Point<Drawing>)],
    watch: &mut dyn Watch,
) -> Result<Option<DrawingAlignment>, Cancelled> {
    let symmetry = Symmetry::of(luma, footprints, bounds);
    watch.progressed(Stage::Align, 0.1)?;
    if let Some(map) = by_points(points) {
        let refined = symmetry.settle(&map).filter(|laid| laid.verdict != Verdict::Refused);
        // The person's points stand where the parts say nothing.
        return Ok(refined.or_else(|| symmetry.judge(&map)));
    }
    if symmetry.parts() < FEWEST_PARTS {
        return Ok(None);
    }
    let mut random = Random::seeded(SEED);
    let marks = Marks::of(footprints, &mut random);
    let mut energies = Energies::of(luma);
    let beginnings = overview::beginnings(energies.overview(), &marks, MOST_BEGINNINGS);
    watch.progressed(Stage::Align, 0.3)?;
    let mut followed = Vec::new();
    for (number, beginning) in beginnings.iter().enumerate() {
        followed.extend(Climb::from(beginning, &marks, &mut energies, &mut random));
        watch.progressed(Stage::Align, 0.3 + 0.4 * (number + 1) as f32 / beginnings.len() as f32)?;
    }
    followed.sort_by(|a, b| b.score.total_cmp(&a.score));
    followed.dedup_by(|a, b| a.is_beside(b));
    let mut best: Option<DrawingAlignment> = None;
    for (number, climb) in followed.into_iter().take(MOST_CLOSELY).enumerate() {
        let Some(close) = climb.finished(&marks, &mut energies, &mut random) else { continue };
        let holds = keep_better(&mut best, symmetry.settle(&close));
        watch.progressed(Stage::Align, 0.7 + 0.1 * (number + 1) as f32)?;
        if holds {
            break;
        }
    }
    Ok(best)
}

/// The map of three points or more; three make an affine one.
fn by_points(points: &[(Point<Photo>, Point<Drawing>)]) -> Option<Homography<Drawing, Photo>> {
    let mut pairs: Vec<_> = points.iter().map(|(photo, drawing)| (*drawing, *photo)).collect();
    if let [a, b, c] = pairs[..] {
        // The corner that makes a parallelogram of them on the drawing makes one on the photo.
        pairs.push((fourth(a.0, b.0, c.0), fourth(a.1, b.1, c.1)));
    }
    map_of_points(&pairs)
}

/// The corner opposite to `c` of the parallelogram with these three.
fn fourth<S: Space>(a: Point<S>, b: Point<S>, c: Point<S>) -> Point<S> {
    Point::new(a.x + b.x - c.x, a.y + b.y - c.y)
}

/// Keeps the one with which more parts agree; true when that one holds.
fn keep_better(best: &mut Option<DrawingAlignment>, laid: Option<DrawingAlignment>) -> bool {
    if laid.as_ref().is_some_and(|laid| best.as_ref().is_none_or(|best| laid.agreed > best.agreed)) {
        *best = laid;
    }
    best.as_ref().is_some_and(|best| best.verdict == Verdict::Aligned)
}

/// Photo pixels per millimetre around a place of the drawing.
fn px_per_mm(map: &Homography<Drawing, Photo>, at: Point<Drawing>) -> f64 {
    let [a, b, c] = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)].map(|(x, y)| map.apply(Point::new(at.x + x, at.y + y)));
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    area.abs().sqrt()
}

fn verdict(looked_for: usize, agreed: f64) -> Verdict {
    match agreed {
        _ if looked_for < FEWEST_PARTS => Verdict::Refused,
        share if share >= AGREEING => Verdict::Aligned,
        share if share >= ACCIDENTAL => Verdict::Doubtful,
        _ => Verdict::Refused,
    }
}
