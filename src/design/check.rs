//! A place of the photo set against the design: what belongs there?

use super::Placement;
use super::package::is_flat;
use crate::geometry::{Drawing, Homography, Photo, Point, Rect};

/// A place this far beside a part's outline is still the part's: that is what placement, print and the map are off by together, in millimetres.
const BESIDE_MM: f64 = 0.4;
/// Parts from this half side on may be tall, unless their package is one of the flat kinds, and what is tall is seen beside its place ...
const TALL_HALF_MM: f64 = 2.5;
/// ... by this share of its smaller half side.
const LEANING: f64 = 0.125;
/// Around a part of unknown size nothing is said within this distance of its middle, in millimetres.
const UNKNOWN_REACH_MM: f64 = 2.5;
/// Parts that are named for one place.
const MOST_NAMED: usize = 4;

/// What the design has at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Belongs<'a> {
    /// These parts, the nearest first.
    Parts(Vec<&'a Placement>),
    /// A part that this variant of the board leaves out.
    NotFitted(&'a Placement),
    /// Nothing is placed here.
    Nothing {
        /// The nearest part, and the millimetres from the place to its outline, or to its middle where its size is unknown.
        nearest: Option<(&'a Placement, f64)>,
    },
}

/// The parts of one side, laid over a photo.
#[derive(Debug, Clone)]
pub struct LaidDesign<'a> {
    parts: Vec<LaidPart<'a>>,
    map: Homography<Drawing, Photo>,
    back: Homography<Photo, Drawing>,
}

/// A part, with what its file and the name of its package tell of its size, read once.
#[derive(Debug, Clone)]
struct LaidPart<'a> {
    placement: &'a Placement,
    half_mm: Option<[f64; 2]>,
    /// How far around its outline, or its middle, it may be seen.
    reach_mm: f64,
}

impl<'a> LaidDesign<'a> {
    /// The parts of the photo's side, under the map from millimetres to photo pixels; `None` when it has no inverse.
    #[must_use]
    pub fn new(placements: Vec<&'a Placement>, map: Homography<Drawing, Photo>) -> Option<Self> {
        let back = map.inverse().ok()?;
        Some(Self { parts: placements.into_iter().map(LaidPart::of).collect(), map, back })
    }

    /// Every part with the middle of its footprint on the photo, and the corners of its outline, going round, where its size is known.
    pub fn places(&self) -> impl Iterator<Item = (&'a Placement, Point<Photo>, Option<[Point<Photo>; 4]>)> {
        self.parts.iter().map(|LaidPart { placement, half_mm, .. }| {
            let outline = half_mm.map(|[w, h]| {
                let around = Rect::<Drawing>::new(placement.at.x - w, placement.at.y - h, 2.0 * w, 2.0 * h);
                around.corners().map(|corner| self.map.apply(corner))
            });
            (*placement, self.map.apply(placement.at), outline)
        })
    }

    /// The part that is nearest to a place of the photo, and the millimetres from the place to its outline (0 within it), or to its middle where its
    /// size is unknown.
    #[must_use]
    pub fn nearest(&self, place: Point<Photo>) -> Option<(&'a Placement, f64)> {
        let place = self.back.apply(place);
        let distances = self.parts.iter().map(|part| (part.placement, part.distance_mm(place).max(0.0)));
        distances.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// What the design has under the middle of a photo rectangle, or within it.
    #[must_use]
    pub fn belongs(&self, area: &Rect<Photo>) -> Belongs<'a> {
        let middle = self.back.apply(area.centre());
        let within = Rect::around(area.corners().map(|corner| self.back.apply(corner)));
        let mut near: Vec<(f64, f64, &'a Placement)> = Vec::new();
        for part in &self.parts {
            let (placement, beside) = (part.placement, part.distance_mm(middle));
            let is_within = within.is_some_and(|within| {
                let (x, y) = (placement.at.x - within.x, placement.at.y - within.y);
                (0.0..=within.w).contains(&x) && (0.0..=within.h).contains(&y)
            });
            near.push((if is_within { 0.0 } else { beside - part.reach_mm }, beside, placement));
        }
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let here =
            |fitted: bool| near.iter().filter(move |(off, _, part)| *off <= 0.0 && part.fitted == fitted).map(|(.., part)| *part);
        let parts: Vec<_> = here(true).take(MOST_NAMED).collect();
        if !parts.is_empty() {
            return Belongs::Parts(parts);
        }
        if let Some(part) = here(false).next() {
            return Belongs::NotFitted(part);
        }
        let nearest = near.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(_, beside, part)| (*part, beside.max(0.0)));
        Belongs::Nothing { nearest }
    }
}

impl<'a> LaidPart<'a> {
    fn of(placement: &'a Placement) -> Self {
        let half_mm = placement.footprint().half_mm;
        let reach_mm = match half_mm {
            None => UNKNOWN_REACH_MM,
            Some([w, h]) if w.max(h) >= TALL_HALF_MM && !is_flat(&placement.package) => BESIDE_MM + LEANING * w.min(h),
            Some(_) => BESIDE_MM,
        };
        Self { placement, half_mm, reach_mm }
    }

    /// From a place to the outline, negative inside; to the middle where the size is unknown.
    fn distance_mm(&self, place: Point<Drawing>) -> f64 {
        let at = self.placement.at;
        match self.half_mm {
            None => place.distance(at),
            Some([w, h]) => {
                let (x, y) = ((place.x - at.x).abs() - w, (place.y - at.y).abs() - h);
                if x > 0.0 && y > 0.0 { libm::sqrt(x * x + y * y) } else { x.max(y) }
            }
        }
    }
}
