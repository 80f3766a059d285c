//! A drawing as the only reference: what was found on the photo, as a comparison with the drawing's picture.

use std::collections::BTreeMap;

use super::unlisted::{RIM_MM, outline};
use super::{ACCIDENTAL, AGREEING, DrawingAlignment, FEWEST_PARTS, Footprint, UnlistedPart};
use crate::geometry::{Drawing, Homography, Photo, Point, Rect, Reference, Warp};
use crate::vision::align::sampled;
use crate::vision::connected::connected;
use crate::vision::{
    Alignment, BlindArea, BlindReason, COMPARISON_VERSION, Comparison, Detail, Difference, DifferenceKind, DifferenceReason,
    Limits, MADE_BY, PictureFacts, Reason, ReferenceResult, Residual, Standing, Verdict,
};

/// The side of a square part as large as the smallest that was looked for on photos with truth, an 0603, in millimetres ...
const SMALLEST_MM: f64 = 1.1;
/// ... of which the coarsest had so many pixels per millimetre.
const COARSEST_PX_PER_MM: f64 = 7.0;
/// Photo pixels between the points of a map.
const GRID_PX: f64 = 64.0;

/// Of what was searched, one place per square millimetre is counted.
const CELL_MM: f64 = 1.0;

/// The picture of a drawing, and where the drawing lies on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawnReference {
    /// Which picture.
    pub picture: PictureFacts,
    /// Millimetres to its pixels.
    pub map: Homography<Drawing, Reference>,
    /// Its pixels per millimetre.
    pub px_per_mm: f64,
}

impl DrawnReference {
    /// How a photo lies on it; `None` where the drawing's own map folds.
    #[must_use]
    pub fn of_photo(&self, laid: &Homography<Drawing, Photo>) -> Option<Homography<Photo, Reference>> {
        Some(laid.inverse().ok()?.then(&self.map))
    }
}

/// The comparison of a photo with a drawing. `laid` is `None` where the drawing has too little to find its place by; `unlisted` is empty where it was
/// refused. Coverage is the share of the drawing that was searched: what the photo shows of it, without the places of parts.
#[must_use]
pub fn drawing_comparison(
    photo: PictureFacts,
    reference: &DrawnReference,
    footprints: &[Footprint],
    laid: Option<&DrawingAlignment>,
    unlisted: &[UnlistedPart],
) -> Comparison {
    let map = laid.and_then(|laid| reference.of_photo(&laid.map));
    let verdict = laid.filter(|_| map.is_some()).map_or(Verdict::Refused, |laid| laid.verdict);
    let reason = match (verdict, laid) {
        (Verdict::Aligned, _) => Reason::PartsAgree,
        (Verdict::Doubtful, _) => Reason::PartsPartlyAgree,
        (Verdict::Refused, Some(laid)) if laid.looked_for >= FEWEST_PARTS => Reason::PartsDisagree,
        (Verdict::Refused, _) => Reason::TooFewParts,
    };
    let points = map.filter(|_| verdict != Verdict::Refused).map_or_else(Vec::new, |homography| {
        sampled(&Warp { homography, mesh: None }, photo.size(), reference.picture.size(), GRID_PX)
    });
    let pixels =
        |residual: Residual| Residual { median: residual.median * reference.px_per_mm, p95: residual.p95 * reference.px_per_mm };
    let (coverage, out_of_frame) = match laid {
        Some(laid) if verdict != Verdict::Refused => searched(photo, reference, footprints, &laid.map),
        _ => (0.0, Vec::new()),
    };
    let alignment = Alignment {
        verdict,
        reason,
        homography: map.map(|map| map.normalised()),
        mesh: None,
        points,
        inliers: laid.map_or(0, |laid| (laid.agreed * laid.looked_for as f64).round() as u32),
        residual_px: laid.filter(|laid| laid.agreed > 0.0).map(|laid| pixels(laid.residual_mm)),
        coverage,
        regions: Vec::new(),
    };
    let on_reference = |area: &Rect<Photo>| {
        let map = map?;
        Rect::around(area.corners().map(|corner| map.apply(corner))).filter(Rect::is_valid)
    };
    let difference = |part: &UnlistedPart| {
        Some(Difference {
            photo_box: part.photo_box,
            reference_box: on_reference(&part.photo_box)?,
            score: part.score,
            kind: DifferenceKind::Added,
            reason: DifferenceReason::Structure,
            flagged: true,
            seen_by: vec![0],
            differs_from: vec![0],
            spread: None,
            like: None,
        })
    };
    let coarser = laid.map_or(1.0, |laid| (COARSEST_PX_PER_MM / laid.px_per_mm).max(1.0));
    Comparison {
        version: COMPARISON_VERSION,
        made_by: MADE_BY.to_owned(),
        photo,
        references: vec![ReferenceResult {
            picture: reference.picture,
            alignment: alignment.clone(),
            unit: None,
            standing: Standing::default(),
        }],
        differences: unlisted.iter().filter_map(difference).collect(),
        limits: Limits {
            px_per_mm: Some(reference.px_per_mm),
            smallest_part_px: SMALLEST_MM * coarser * reference.px_per_mm,
            detail: Detail::Full,
            blind_areas: out_of_frame
                .into_iter()
                .map(|reference_box| BlindArea { reference_box, reason: BlindReason::OutOfFrame })
                .collect(),
        },
        alignment,
        closeups: Vec::new(),
        parameters: BTreeMap::from([
            ("drawing.agreeing".to_owned(), AGREEING),
            ("drawing.accidental".to_owned(), ACCIDENTAL),
            ("drawing.fewest_parts".to_owned(), FEWEST_PARTS as f64),
        ]),
        timing_ms: BTreeMap::new(),
    }
}

/// What becomes of a square millimetre of a drawing.
#[derive(Clone, Copy, PartialEq)]
enum Cell {
    /// Further from the parts than is searched.
    Beside,
    Searched,
    Part,
    OutOfFrame,
}

/// The share of a drawing's picture that was searched, and what of it the photo does not reach.
fn searched(
    photo: PictureFacts,
    reference: &DrawnReference,
    footprints: &[Footprint],
    map: &Homography<Drawing, Photo>,
) -> (f64, Vec<Rect<Reference>>) {
    let side = CELL_MM * reference.px_per_mm;
    let (width, height) = reference.picture.size();
    let [columns, rows] = [width, height].map(|length| ((length / side).ceil() as usize).max(1));
    let Ok(back) = reference.map.inverse() else { return (0.0, Vec::new()) };
    let bounds = Rect::around(footprints.iter().flat_map(|part| outline(part).corners())).map(|bounds| bounds.grown(RIM_MM));
    let whole = Rect::<Photo>::new(0.0, 0.0, photo.size().0, photo.size().1);
    let mut cells: Vec<Cell> = (0..columns * rows)
        .map(|k| {
            let middle = Point::new(((k % columns) as f64 + 0.5) * side, ((k / columns) as f64 + 0.5) * side);
            let place = back.apply(middle);
            let (seen, weight) = map.apply_with_weight(place);
            match bounds {
                _ if weight * map.rows()[8] <= 0.0 || !whole.contains(seen) => Cell::OutOfFrame,
                Some(bounds) if bounds.contains(place) => Cell::Searched,
                _ => Cell::Beside,
            }
        })
        .collect();
    for part in footprints {
        let Some(area) = Rect::around(outline(part).corners().map(|corner| reference.map.apply(corner))) else { continue };
        let along = |from: f64, to: f64, most: usize| {
            let [first, last] = [from / side + 0.5, to / side + 0.5].map(|at| (at.max(0.0) as usize).min(most));
            first..last
        };
        for row in along(area.y, area.y + area.h, rows) {
            for cell in &mut cells[row * columns..][along(area.x, area.x + area.w, columns)] {
                if *cell == Cell::Searched {
                    *cell = Cell::Part;
                }
            }
        }
    }
    let count = cells.iter().filter(|cell| **cell == Cell::Searched).count();
    let out: Vec<bool> = cells.iter().map(|cell| *cell == Cell::OutOfFrame).collect();
    let around = |area: &Vec<usize>| {
        let corners = area.iter().flat_map(|k| {
            let (x, y) = ((k % columns) as f64 * side, (k / columns) as f64 * side);
            [Point::new(x, y), Point::new((x + side).min(width), (y + side).min(height))]
        });
        Rect::around(corners)
    };
    (count as f64 / cells.len() as f64, connected(&out, columns).iter().filter_map(around).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::Sha256;

    fn part(x: f64, y: f64, half: f64) -> Footprint {
        Footprint { at: Point::new(x, y), half_mm: Some([half, half]), fitted: true }
    }

    fn facts(width: u32, height: u32) -> PictureFacts {
        PictureFacts { sha256: Sha256::of(b""), width, height }
    }

    /// A drawing of 40 by 20 mm at 10 px/mm, and a photo of its left three quarters at 8 px/mm.
    fn case(laid: Option<&DrawingAlignment>, unlisted: &[UnlistedPart]) -> Comparison {
        let map = Homography::new([10.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0, 0.0, 1.0]);
        let reference = DrawnReference { picture: facts(400, 200), map, px_per_mm: 10.0 };
        let footprints = [part(1.0, 1.0, 1.0), part(39.0, 19.0, 1.0), part(10.0, 10.0, 5.0)];
        drawing_comparison(facts(240, 160), &reference, &footprints, laid, unlisted)
    }

    fn laid(verdict: Verdict) -> DrawingAlignment {
        DrawingAlignment {
            verdict,
            map: Homography::new([8.0, 0.0, 0.0, 0.0, 8.0, 0.0, 0.0, 0.0, 1.0]),
            px_per_mm: 8.0,
            looked_for: 50,
            agreed: 0.9,
            residual_mm: Residual { median: 0.03, p95: 0.1 },
        }
    }

    #[test]
    fn what_was_found_lies_on_the_drawing_and_parts_were_not_searched() {
        let found = UnlistedPart { photo_box: Rect::new(160.0, 80.0, 16.0, 8.0), at: Point::new(21.0, 10.5), score: 0.8 };
        let comparison = case(Some(&laid(Verdict::Aligned)), &[found]);
        let area = comparison.differences[0].reference_box;
        assert!((area.x - 200.0).abs() < 1e-9 && (area.w - 20.0).abs() < 1e-9 && (area.h - 10.0).abs() < 1e-9, "{area:?}");
        // 600 of 800 square millimetres are on the photo; of these 100 and 4 are parts.
        assert!((comparison.alignment.coverage - 496.0 / 800.0).abs() < 1e-9, "{}", comparison.alignment.coverage);
        let [blind] = &comparison.limits.blind_areas[..] else { panic!("{:?}", comparison.limits.blind_areas) };
        assert_eq!((blind.reference_box.x, blind.reference_box.w, blind.reason), (300.0, 100.0, BlindReason::OutOfFrame));
        let residual = comparison.alignment.residual_px.unwrap();
        assert!((residual.median - 0.3).abs() < 1e-9 && comparison.alignment.inliers == 45);
        assert!(comparison.alignment.points.iter().all(|[x, _, on_x, _]| (on_x - x * 1.25).abs() < 1e-9));
    }

    #[test]
    fn a_refusal_claims_nothing() {
        for (laid, reason) in [(Some(laid(Verdict::Refused)), Reason::PartsDisagree), (None, Reason::TooFewParts)] {
            let comparison = case(laid.as_ref(), &[]);
            let alignment = &comparison.alignment;
            assert_eq!((alignment.verdict, alignment.reason, alignment.coverage), (Verdict::Refused, reason, 0.0));
            assert!(alignment.points.is_empty() && comparison.limits.blind_areas.is_empty());
        }
    }
}
