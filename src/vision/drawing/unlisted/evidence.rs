//! What is told of a place that stands out: a window around it, and some numbers.

use super::super::Footprint;
use super::ground::{Ground, Shows, outline};
use super::places::Place;
use crate::geometry::{Drawing, Homography, Photo, Point};
use crate::vision::Picture;

/// Samples along the side of a window, ten per millimetre.
pub(super) const WINDOW: usize = 48;
/// Planes of a window: luma and two chroma differences against what is usual, and what the design has there.
pub(super) const PLANES: usize = 4;
/// Numbers beside the window.
pub(super) const NUMBERS: usize = 13;

/// Luma differs by so much for one step of its plane.
const STEP: f32 = 1.5;
/// Parts further away than this say nothing.
const FAR_MM: f64 = 8.0;
/// Parts from this half side on may lean over their outline.
const LARGE_HALF_MM: f64 = 2.5;
/// Parts are counted within this distance.
const COUNTED_MM: f64 = 5.0;

/// [`PLANES`] × [`WINDOW`] × [`WINDOW`] samples, 128 for what is usual; in the last plane 0 is free, 128 the place of a part that is left out, 255 that of
/// a part.
pub(super) fn window(ground: &Ground, place: &Place) -> Vec<u8> {
    let area = WINDOW * WINDOW;
    let mut samples = vec![128; PLANES * area];
    for k in 0..area {
        let along = |at: usize, k: usize| (at + k).checked_sub(WINDOW / 2);
        let at = along(place.at[0], k % WINDOW).zip(along(place.at[1], k / WINDOW));
        let Some((x, y)) = at.filter(|(x, y)| *x < ground.columns && *y < ground.rows) else {
            samples[3 * area + k] = 0;
            continue;
        };
        let shows = ground.shows(x, y);
        samples[3 * area + k] = match shows {
            Shows::Beyond | Shows::Free => 0,
            Shows::LeftOut => 128,
            Shows::Part => 255,
        };
        if shows != Shows::Beyond {
            let [luma, blue, red] = ground.excess(x, y);
            for (plane, value) in [luma / STEP, blue, red].into_iter().enumerate() {
                samples[plane * area + k] = (128.5 + value).clamp(0.0, 255.0) as u8;
            }
        }
    }
    samples
}

/// The parts of a drawing, for what lies near a place.
pub(super) struct Near<'a> {
    footprints: &'a [Footprint],
    map: &'a Homography<Drawing, Photo>,
    /// The middle of the photo, on the drawing: what is tall leans away from it.
    middle: Option<Point<Drawing>>,
}

impl<'a> Near<'a> {
    pub(super) fn new(photo: &Picture, footprints: &'a [Footprint], map: &'a Homography<Drawing, Photo>) -> Self {
        let middle = Point::<Photo>::new(photo.width as f64 / 2.0, photo.height as f64 / 2.0);
        Self { footprints, map, middle: map.inverse().ok().map(|back| back.apply(middle)) }
    }

    /// Distances in millimetres, half sides, and what is usual around the place.
    pub(super) fn numbers(&self, ground: &Ground, place: &Place) -> [f32; NUMBERS] {
        let at = ground.place(place.at[0] as f64, place.at[1] as f64);
        let (mut nearest, mut largest, mut count) = ((FAR_MM, [0.0; 2]), (FAR_MM, [0.0; 2], 0.0), 0.0);
        for part in self.footprints {
            let [w, h] = part.half_mm.unwrap_or([LARGE_HALF_MM; 2]);
            let (off, [x, y]) = beside(part, at);
            count += f64::from(u8::from(off < COUNTED_MM));
            if off < nearest.0 {
                nearest = (off, [w.min(h), w.max(h)]);
            }
            if w.max(h) >= LARGE_HALF_MM && off < largest.0 {
                largest = (off, [w.min(h), w.max(h)], self.outwards(at, [x, y]));
            }
        }
        let usual = ground.usual_at(place.at[0].min(ground.columns - 1), place.at[1].min(ground.rows - 1));
        let px_per_mm = super::super::px_per_mm(self.map, at).min(40.0);
        let numbers =
            [nearest.0, nearest.1[0], nearest.1[1].min(20.0), largest.0, largest.1[0].min(20.0), largest.2, count, px_per_mm];
        let [luma, blue, red] = usual;
        let others = [luma, blue, red, place.strength, place.alone];
        std::array::from_fn(|k| if k < numbers.len() { numbers[k] as f32 } else { others[k - numbers.len()] })
    }

    /// 1 where a step away from a part is one away from the middle of the photo, too; -1 where it is one towards it.
    fn outwards(&self, at: Point<Drawing>, [x, y]: [f64; 2]) -> f64 {
        let Some(middle) = self.middle.filter(|middle| middle.x.is_finite() && middle.y.is_finite()) else { return 0.0 };
        let (u, v) = (at.x - middle.x, at.y - middle.y);
        let lengths = libm::sqrt((x * x + y * y) * (u * u + v * v));
        if lengths > 0.0 { (x * u + y * v) / lengths } else { 0.0 }
    }
}

/// Millimetres from the outline of a part to a place, 0 inside, and the way from there.
fn beside(part: &Footprint, at: Point<Drawing>) -> (f64, [f64; 2]) {
    let area = outline(part);
    // No `clamp`: it panics where a design's numbers are endless.
    let off = |at: f64, from: f64, length: f64| at - at.max(from).min(from + length);
    let (x, y) = (off(at.x, area.x, area.w), off(at.y, area.y, area.h));
    (libm::sqrt(x * x + y * y), [x, y])
}
