//! Close-ups: further photos of parts of the same unit, each laid over the first reference and compared at its own resolution.

use image::RgbImage;
use image::imageops::{self, FilterType};

use super::align::align;
use super::compare::compare_pair;
use super::{Cancelled, CloseUp, ExamineConfig, Limits, Picture, PictureFacts, Reason, ReferenceFeatures, Verdict, Watch};
use crate::geometry::{Homography, Mesh, Point, Rect, Reference, Warp};

/// A reference is enlarged this many times at most: what it does not show can't be compared, however close the other one looks.
const MOST_ENLARGED: f64 = 4.0;
/// Reference pixels around the close-up that are looked at as well.
const AROUND: f64 = 32.0;

/// Lays `photo` over the reference and compares it there.
///
/// # Errors
/// [`Cancelled`] when the watch says so.
pub(super) fn examine(
    photo: &Picture,
    facts: PictureFacts,
    reference: &Picture,
    known: Option<&ReferenceFeatures>,
    config: &ExamineConfig,
    watch: &mut dyn Watch,
) -> Result<CloseUp, Cancelled> {
    let mut alignment = align(photo, reference, known, &config.align, watch)?;
    if alignment.reason == Reason::LittleOverlap {
        // A close-up shows little of the board: that is what it is for.
        alignment.reason = Reason::Agrees;
    }
    let limits = Limits { px_per_mm: None, smallest_part_px: 0.0, blind_areas: Vec::new() };
    let nothing = CloseUp { picture: facts, alignment, differences: Vec::new(), limits };
    let Some(warp) = nothing.alignment.warp().filter(|_| nothing.alignment.verdict != Verdict::Refused) else {
        return Ok(nothing);
    };
    let Some(window) = Window::around(photo, reference, &warp, config.compare.most_pixels) else { return Ok(nothing) };
    let found = compare_pair(photo, &window.enlarged(reference), &window.warp(&warp), &config.compare, watch)?;
    let CloseUp { picture, mut alignment, mut differences, mut limits } = nothing;
    let part = window.area.area() / (reference.width * reference.height) as f64;
    alignment.coverage = found.coverage * part;
    differences.extend(found.differences);
    for difference in &mut differences {
        difference.reference_box = window.on_reference(&difference.reference_box);
    }
    limits.smallest_part_px = found.smallest_part_px / window.scale;
    limits.blind_areas.extend(found.blind_areas);
    for blind in &mut limits.blind_areas {
        blind.reference_box = window.on_reference(&blind.reference_box);
    }
    Ok(CloseUp { picture, alignment, differences, limits })
}

/// The part of the reference that a close-up shows.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Window {
    /// Whole pixels.
    area: Rect<Reference>,
    /// Pixels of the enlarged part per reference pixel; at least 1.
    scale: f64,
}

impl Window {
    /// What `photo` shows of the reference, as large as it shows it; `None` when it shows nothing.
    fn around(photo: &Picture, reference: &Picture, warp: &Warp, most_pixels: f64) -> Option<Self> {
        const STEPS: usize = 8;
        let (width, height) = (photo.width as f64, photo.height as f64);
        let along = |k: usize| k as f64 / STEPS as f64;
        let places = (0..=STEPS).flat_map(|row| (0..=STEPS).map(move |column| (along(column) * width, along(row) * height)));
        let shown = Rect::around(places.map(|(x, y)| warp.to_reference(Point::new(x, y))))?;
        let whole = Rect::new(0.0, 0.0, reference.width as f64, reference.height as f64);
        let inside = shown.grown(AROUND).intersection(&whole)?;
        let (left, top) = (libm::floor(inside.x), libm::floor(inside.y));
        let area = Rect::new(left, top, libm::ceil(inside.x + inside.w) - left, libm::ceil(inside.y + inside.h) - top);
        let density = (width * height / shown.area()).sqrt();
        let scale = density.min(MOST_ENLARGED).min((most_pixels / area.area()).sqrt()).max(1.0);
        Some(Self { area: area.intersection(&whole)?, scale })
    }

    /// This part of the reference, enlarged.
    fn enlarged(&self, reference: &Picture) -> Picture {
        let Rect { x, y, w, h, .. } = self.area;
        let side = |pixels: f64| ((pixels * self.scale) as u32).max(1);
        let rows = reference.rgb.chunks_exact(reference.width * 3).skip(y as usize).take(h as usize);
        let rgb: Vec<u8> = rows.flat_map(|row| &row[x as usize * 3..][..w as usize * 3]).copied().collect();
        let Some(part) = RgbImage::from_raw(w as u32, h as u32, rgb) else { return reference.clone() };
        let large = imageops::resize(&part, side(w), side(h), FilterType::CatmullRom);
        Picture { width: large.width() as usize, height: large.height() as usize, rgb: large.into_raw() }
    }

    /// The map from the close-up onto the enlarged part.
    fn warp(&self, warp: &Warp) -> Warp {
        let Rect { x, y, .. } = self.area;
        let s = self.scale;
        let onto = Homography::<Reference, Reference>::new([s, 0.0, -s * x, 0.0, s, -s * y, 0.0, 0.0, 1.0]);
        let larger =
            |mesh: &Mesh| Mesh { nodes: mesh.nodes.iter().map(|node| node.map(|v| v * s as f32)).collect(), ..mesh.clone() };
        Warp { homography: warp.homography.then(&onto), mesh: warp.mesh.as_ref().map(larger) }
    }

    /// A box on the enlarged part, on the whole reference.
    fn on_reference(&self, part: &Rect<Reference>) -> Rect<Reference> {
        let [x, y, w, h] = [part.x, part.y, part.w, part.h].map(|v| v / self.scale);
        Rect::new(self.area.x + x, self.area.y + y, w, h)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Photo;

    #[test]
    fn places_come_back_from_the_enlarged_part() {
        let reference = Picture { width: 400, height: 300, rgb: vec![90; 400 * 300 * 3] };
        let photo = Picture { width: 300, height: 240, rgb: vec![90; 300 * 240 * 3] };
        // Three photo pixels to a reference pixel, from (150, 100) on.
        let homography = Homography::<Photo, Reference>::new([1.0 / 3.0, 0.0, 150.0, 0.0, 1.0 / 3.0, 100.0, 0.0, 0.0, 1.0]);
        let warp = Warp { homography, mesh: None };
        let window = Window::around(&photo, &reference, &warp, 16e6).unwrap();
        assert_eq!((window.area, window.scale), (Rect::new(118.0, 68.0, 164.0, 144.0), 3.0));
        let part = window.enlarged(&reference);
        assert_eq!((part.width, part.height), (492, 432));
        let there = window.warp(&warp).to_reference(Point::<Photo>::new(60.0, 30.0));
        let back = window.on_reference(&Rect::new(there.x, there.y, 30.0, 15.0));
        let expected = Rect::<Reference>::new(170.0, 110.0, 10.0, 5.0);
        let off = [back.x - expected.x, back.y - expected.y, back.w - expected.w, back.h - expected.h];
        assert!(off.iter().all(|v| v.abs() < 1e-9), "{back:?}");
    }

    #[test]
    fn a_close_up_that_misses_the_reference_has_no_window() {
        let picture = Picture { width: 100, height: 100, rgb: vec![0; 30_000] };
        let beside = Homography::<Photo, Reference>::new([1.0, 0.0, 500.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(Window::around(&picture, &picture, &Warp { homography: beside, mesh: None }, 16e6), None);
    }
}
