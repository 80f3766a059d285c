//! A photo set against a design, as a case keeps it: how the drawing lies, what belongs where, and what looks like a part where nothing does.

use serde::{Deserialize, Serialize};

use super::{Belongs, Design, Frame, LaidDesign, Placement};
use crate::geometry::{Drawing, Homography, Photo, Point, Rect, Reference, Warp};
use crate::vision::{
    Cancelled, Comparison, DrawingAlignment, DrawnReference, Footprint, Picture, PictureFacts, Residual, Verdict, Watch,
    drawing_comparison, lay_drawing, unlisted_parts,
};

/// Pairs of places along each side of a drawing that say how it lies on a photo's reference.
const PAIRS: usize = 3;

/// What a design says of a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DesignCheck {
    /// Whether the drawing lies where it belongs.
    pub verdict: Verdict,
    /// Small parts whose middle was looked for.
    pub looked_for: u32,
    /// Share of them that was seen within 0.15 mm of where the drawing has it, 0 to 1.
    pub agreed: f64,
    /// Millimetres between where parts are seen and where the drawing has them, among those that agree.
    pub residual_mm: Residual,
    /// The parts of that side.
    pub parts: Vec<CheckedPart>,
    /// What belongs at each difference of the comparison, in their order; empty where the drawing could not be laid.
    pub places: Vec<Says>,
}

/// A part of the design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckedPart {
    /// Its designator: `R12`.
    pub name: String,
    /// Its line of the bill of materials: value, package and part number, as far as the design has them.
    pub about: String,
    /// The upright rectangle around it on the first reference; a point where its size is unknown.
    pub reference_box: Rect<Reference>,
}

/// What a design says of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Says {
    /// What is placed there.
    pub placed: Placed,
    /// The parts that this is about, the nearest first, by their places in [`DesignCheck::parts`]; where nothing is placed, the nearest one.
    pub parts: Vec<u32>,
    /// Where nothing is placed: the millimetres to the nearest part's outline.
    pub mm: f64,
}

/// What a design has at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placed {
    /// Parts.
    Parts,
    /// A part that this variant of the board leaves out.
    NotFitted,
    /// Nothing.
    Nothing,
}

impl DesignCheck {
    /// The part whose outline a place of the first reference lies in; of several the smallest.
    #[must_use]
    pub fn part_at(&self, place: Point<Reference>) -> Option<&CheckedPart> {
        let here = self.parts.iter().filter(|part| part.reference_box.contains(place));
        here.min_by(|a, b| a.reference_box.area().total_cmp(&b.reference_box.area()))
    }

    /// The part of this number.
    #[must_use]
    pub fn part(&self, number: u32) -> Option<&CheckedPart> {
        self.parts.get(number as usize)
    }
}

/// What is set against a design.
pub struct CheckOrder<'a> {
    /// The photo.
    pub photo: &'a Picture,
    /// Which one.
    pub facts: PictureFacts,
    /// What the files of the design say together.
    pub design: &'a Design,
    /// The drawing's picture.
    pub sheet: PictureFacts,
    /// Which part of the board it shows.
    pub frame: &'a Frame,
    /// Places on the photo, and the same ones on the drawing.
    pub points: &'a [(Point<Photo>, Point<Drawing>)],
    /// How the photo lies on a first reference that is a photo, and what differs there, on the photo. `None` where the drawing is the only reference.
    pub on: Option<(&'a Warp, &'a [Rect<Photo>])>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What the design says.
    pub check: DesignCheck,
    /// Where the drawing is the only reference: the photo's comparison with it.
    pub comparison: Option<Comparison>,
    /// Where it is not: places of the drawing's picture, and the same ones on the first reference; none where it could not be laid.
    pub pairs: Vec<([f64; 2], Point<Reference>)>,
}

impl CheckOrder<'_> {
    /// Lays the drawing, looks for parts that it does not list where it is the only reference, and says what belongs where.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn perform(&self, watch: &mut dyn Watch) -> Result<Checked, Cancelled> {
        let side = self.frame.side();
        let placements: Vec<&Placement> = self.design.on(side).collect();
        let footprints: Vec<Footprint> = placements.iter().map(|placement| placement.footprint()).collect();
        let laid = lay_drawing(self.photo, &footprints, self.frame.from_below, self.points, watch)?;
        let holds = laid.as_ref().filter(|laid| laid.verdict != Verdict::Refused);
        let unlisted = match holds {
            // A map that may be wrong has parts beside their outlines.
            Some(laid) if self.on.is_none() && laid.verdict == Verdict::Aligned => {
                unlisted_parts(self.photo, &footprints, &laid.map, watch)?
            }
            _ => Vec::new(),
        };
        let reference = DrawnReference { picture: self.sheet, map: self.frame.map_to(), px_per_mm: self.frame.px_per_mm };
        let comparison = match self.on {
            Some(_) => None,
            None => Some(drawing_comparison(self.facts, &reference, &footprints, laid.as_ref(), &unlisted)),
        };
        let boxes: Vec<Rect<Photo>> = match (&comparison, self.on) {
            (Some(comparison), _) => comparison.differences.iter().map(|difference| difference.photo_box).collect(),
            (None, Some((_, boxes))) => boxes.to_vec(),
            (None, None) => Vec::new(),
        };
        // Where the parts of a photo lie on the first reference; of a drawing it is known without the photo.
        let onto = |p: Point<Drawing>| match (self.on, holds) {
            (Some((warp, _)), Some(laid)) => warp.to_reference(laid.map.apply(p)),
            _ => reference.map.apply(p),
        };
        let parts = if self.on.is_none() || holds.is_some() { parts(&placements, onto) } else { Vec::new() };
        let places = match holds {
            Some(laid) => says(&placements, &laid.map, &boxes),
            None => Vec::new(),
        };
        let pairs = if self.on.is_some() && holds.is_some() { self.pairs(&footprints, onto) } else { Vec::new() };
        Ok(Checked { check: self.check(laid.as_ref(), parts, places), comparison, pairs })
    }

    fn check(&self, laid: Option<&DrawingAlignment>, parts: Vec<CheckedPart>, places: Vec<Says>) -> DesignCheck {
        DesignCheck {
            verdict: laid.map_or(Verdict::Refused, |laid| laid.verdict),
            looked_for: laid.map_or(0, |laid| u32::try_from(laid.looked_for).unwrap_or(u32::MAX)),
            agreed: laid.map_or(0.0, |laid| laid.agreed),
            residual_mm: laid.map_or(Residual { median: 0.0, p95: 0.0 }, |laid| laid.residual_mm),
            parts,
            places,
        }
    }

    /// Places all over what the parts take up, on the drawing's picture and on the first reference.
    fn pairs(
        &self,
        footprints: &[Footprint],
        onto: impl Fn(Point<Drawing>) -> Point<Reference>,
    ) -> Vec<([f64; 2], Point<Reference>)> {
        let Some(bounds) = Rect::around(footprints.iter().map(|part| part.at)) else { return Vec::new() };
        let sheet: Homography<Drawing, Photo> = self.frame.map_to();
        let step = |k: usize, from: f64, length: f64| from + length * k as f64 / (PAIRS - 1) as f64;
        let place = |k: usize| Point::new(step(k % PAIRS, bounds.x, bounds.w), step(k / PAIRS, bounds.y, bounds.h));
        let pair = |place: Point<Drawing>| {
            let on_sheet = sheet.apply(place);
            ([on_sheet.x, on_sheet.y], onto(place))
        };
        (0..PAIRS * PAIRS).map(place).map(pair).filter(|(_, to)| to.x.is_finite() && to.y.is_finite()).collect()
    }
}

fn parts(placements: &[&Placement], onto: impl Fn(Point<Drawing>) -> Point<Reference>) -> Vec<CheckedPart> {
    let part = |placement: &&Placement| {
        let corners = placement.outline().corners().map(&onto);
        let reference_box = Rect::around(corners).filter(Rect::is_valid).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
        CheckedPart { name: placement.designator.clone(), about: placement.about(), reference_box }
    };
    placements.iter().map(part).collect()
}

/// What belongs at these places of the photo.
fn says(placements: &[&Placement], map: &Homography<Drawing, Photo>, boxes: &[Rect<Photo>]) -> Vec<Says> {
    let Some(laid) = LaidDesign::new(placements.to_vec(), *map) else { return Vec::new() };
    let number = |part: &Placement| placements.iter().position(|known| std::ptr::eq(*known, part)).map_or(u32::MAX, |k| k as u32);
    let one = |area: &Rect<Photo>| match laid.belongs(area) {
        Belongs::Parts(parts) => Says { placed: Placed::Parts, parts: parts.into_iter().map(number).collect(), mm: 0.0 },
        Belongs::NotFitted(part) => Says { placed: Placed::NotFitted, parts: vec![number(part)], mm: 0.0 },
        Belongs::Nothing { nearest } => {
            let (parts, mm) = nearest.map_or((Vec::new(), 0.0), |(part, mm)| (vec![number(part)], mm));
            Says { placed: Placed::Nothing, parts, mm }
        }
    };
    boxes.iter().map(one).collect()
}
