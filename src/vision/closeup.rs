//! Close-ups: further photos of parts of the same unit, each laid over the first reference and compared at its own resolution.

use std::borrow::Cow;

use image::RgbImage;
use image::imageops::{self, FilterType};

use super::align::align_together;
use super::compare::compare_pair_together;
use super::crew::Crew;
use super::examine::Decoded;
use super::{BlindReason, Cancelled, CloseUp, Detail, ExamineConfig, Limits, Picture, PictureFacts, Reason, Verdict, Watch};
use crate::geometry::{Homography, Mesh, Point, Rect, Reference, Warp};

/// A reference is enlarged this many times at most: what it does not show can't be compared, however close the other one looks.
const MOST_ENLARGED: f64 = 4.0;
/// Reference pixels around the close-up that are looked at as well.
const AROUND: f64 = 32.0;

/// Lays `photo` over the reference and compares it there.
///
/// # Errors
/// [`Cancelled`] when the watch says so.
pub(super) async fn examine(
    photo: &Picture,
    facts: PictureFacts,
    reference: &Decoded<'_>,
    config: &ExamineConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<CloseUp, Cancelled> {
    let mut alignment = align_together(photo, reference.picture, reference.features, None, &config.align, watch, crew).await?;
    if alignment.reason == Reason::LittleOverlap {
        // A close-up shows little of the board: that is what it is for.
        alignment.reason = Reason::Agrees;
    }
    // They tell of a whole board.
    alignment.regions.clear();
    let px_per_mm = config.scale.px_per_mm(&reference.facts);
    let limits = Limits { px_per_mm, smallest_part_px: 0.0, detail: Detail::Full, blind_areas: Vec::new() };
    let mut closeup = CloseUp { picture: facts, alignment, differences: Vec::new(), limits };
    let Some(warp) = closeup.alignment.warp().filter(|_| closeup.alignment.verdict != Verdict::Refused) else {
        return Ok(closeup);
    };
    let whole = reference.picture;
    let Some(window) = Window::around(photo, whole, &warp, config.compare.most_pixels) else { return Ok(closeup) };
    let (part, onto) = (window.enlarged(whole), window.warp(&warp));
    let found = compare_pair_together(Cow::Borrowed(photo), Cow::Owned(part), &onto, &config.compare, watch, crew).await?;
    closeup.alignment.coverage = found.coverage * window.area.area() / (whole.width * whole.height) as f64;
    closeup.differences = found.differences;
    for difference in &mut closeup.differences {
        difference.reference_box = window.on_reference(&difference.reference_box);
    }
    closeup.limits.smallest_part_px = found.smallest_part_px / window.across.min(window.down);
    closeup.limits.blind_areas = found.blind_areas;
    // Around a close-up all of the board is out of its frame.
    closeup.limits.blind_areas.retain(|blind| blind.reason != BlindReason::OutOfFrame);
    for blind in &mut closeup.limits.blind_areas {
        blind.reference_box = window.on_reference(&blind.reference_box);
    }
    Ok(closeup)
}

/// The part of the reference that a close-up shows.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Window {
    /// Whole pixels.
    area: Rect<Reference>,
    /// Pixels of the enlarged part per reference pixel, across and down; the enlarged part has whole pixels.
    across: f64,
    down: f64,
}

impl Window {
    /// What `photo` shows of the reference, as large as it shows it; `None` when it shows nothing.
    fn around(photo: &Picture, reference: &Picture, warp: &Warp, most_pixels: f64) -> Option<Self> {
        const STEPS: usize = 8;
        /// A little larger would only blur the reference.
        const WORTH_ENLARGING: f64 = 1.15;
        let (width, height) = (photo.width as f64, photo.height as f64);
        let along = |k: usize| k as f64 / STEPS as f64;
        let places = (0..=STEPS).flat_map(|row| (0..=STEPS).map(move |column| (along(column) * width, along(row) * height)));
        let shown = Rect::around(places.map(|(x, y)| warp.to_reference(Point::new(x, y))))?;
        let whole = Rect::new(0.0, 0.0, reference.width as f64, reference.height as f64);
        let inside = shown.grown(AROUND).intersection(&whole)?;
        let (left, top) = (libm::floor(inside.x), libm::floor(inside.y));
        let area = Rect::new(left, top, libm::ceil(inside.x + inside.w) - left, libm::ceil(inside.y + inside.h) - top);
        let area = area.intersection(&whole)?;
        let scale = density(photo, warp).min(MOST_ENLARGED).min((most_pixels / area.area()).sqrt());
        let scale = if scale < WORTH_ENLARGING { 1.0 } else { scale };
        let enlarged = |side: f64| libm::round(side * scale).max(1.0) / side;
        Some(Self { area, across: enlarged(area.w), down: enlarged(area.h) })
    }

    /// This part of the reference, enlarged.
    fn enlarged(&self, reference: &Picture) -> Picture {
        let Rect { x, y, w, h, .. } = self.area;
        let rows = reference.rgb.chunks_exact(reference.width * 3).skip(y as usize).take(h as usize);
        let rgb: Vec<u8> = rows.flat_map(|row| &row[x as usize * 3..][..w as usize * 3]).copied().collect();
        let (width, height) = (libm::round(w * self.across) as u32, libm::round(h * self.down) as u32);
        if (f64::from(width), f64::from(height)) == (w, h) {
            return Picture { width: w as usize, height: h as usize, rgb };
        }
        let Some(part) = RgbImage::from_raw(w as u32, h as u32, rgb) else { return reference.clone() };
        let large = imageops::resize(&part, width, height, FilterType::CatmullRom);
        Picture { width: large.width() as usize, height: large.height() as usize, rgb: large.into_raw() }
    }

    /// The map from the close-up onto the enlarged part.
    fn warp(&self, warp: &Warp) -> Warp {
        let Rect { x, y, .. } = self.area;
        let (u, v) = (self.across, self.down);
        let onto = Homography::<Reference, Reference>::new([u, 0.0, -u * x, 0.0, v, -v * y, 0.0, 0.0, 1.0]);
        let larger = |[dx, dy]: &[f32; 2]| [dx * u as f32, dy * v as f32];
        let mesh = warp.mesh.as_ref().map(|mesh| Mesh { nodes: mesh.nodes.iter().map(larger).collect(), ..mesh.clone() });
        Warp { homography: warp.homography.then(&onto), mesh }
    }

    /// A box on the enlarged part, on the whole reference.
    fn on_reference(&self, part: &Rect<Reference>) -> Rect<Reference> {
        let (u, v) = (self.across, self.down);
        Rect::new(self.area.x + part.x / u, self.area.y + part.y / v, part.w / u, part.h / v)
    }
}

/// Photo pixels per reference pixel in the middle of the photo.
fn density(photo: &Picture, warp: &Warp) -> f64 {
    const STEP: f64 = 4.0;
    let (x, y) = (photo.width as f64 / 2.0, photo.height as f64 / 2.0);
    let at = |dx: f64, dy: f64| warp.to_reference(Point::new(x + dx, y + dy));
    let (east, west, south, north) = (at(STEP, 0.0), at(-STEP, 0.0), at(0.0, STEP), at(0.0, -STEP));
    let [a, b, c, d] = [east.x - west.x, south.x - north.x, east.y - west.y, south.y - north.y].map(|v| v / (2.0 * STEP));
    1.0 / (a * d - b * c).abs().sqrt().max(1e-6)
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
        assert_eq!(window.area, Rect::new(118.0, 68.0, 164.0, 144.0));
        assert!((window.across - 3.0).abs() < 1e-9 && (window.down - 3.0).abs() < 1e-9, "{window:?}");
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

    #[test]
    fn the_enlarged_part_has_whole_pixels_and_the_map_knows_their_size() {
        let reference = Picture { width: 800, height: 700, rgb: vec![90; 800 * 700 * 3] };
        let photo = Picture { width: 601, height: 407, rgb: vec![90; 601 * 407 * 3] };
        // Turned by a quarter, so that its upright box says nothing of its density.
        let (s, x, y) = (1.0 / 2.937, 500.0, 300.0);
        let homography = Homography::<Photo, Reference>::new([0.0, -s, x, s, 0.0, y, 0.0, 0.0, 1.0]);
        let warp = Warp { homography, mesh: None };
        let window = Window::around(&photo, &reference, &warp, 16e6).unwrap();
        let part = window.enlarged(&reference);
        assert!((window.across - 2.937).abs() < 0.01 && (window.down - 2.937).abs() < 0.01, "{window:?}");
        assert!((part.width as f64 - window.area.w * window.across).abs() < 1e-6);
        assert!((part.height as f64 - window.area.h * window.down).abs() < 1e-6);
        let there = window.warp(&warp).to_reference(Point::<Photo>::new(600.0, 400.0));
        let back = window.on_reference(&Rect::new(there.x, there.y, 0.0, 0.0));
        let expected = warp.to_reference(Point::new(600.0, 400.0));
        assert!((back.x - expected.x).abs() < 1e-9 && (back.y - expected.y).abs() < 1e-9, "{back:?}");
    }

    #[test]
    fn a_close_up_that_is_hardly_larger_is_compared_with_the_reference_as_it_is() {
        let reference = Picture { width: 400, height: 300, rgb: (0..400 * 300 * 3).map(|k| (k % 251) as u8).collect() };
        let nearly = Homography::<Photo, Reference>::new([0.92, 0.0, 0.0, 0.0, 0.92, 0.0, 0.0, 0.0, 1.0]);
        let window = Window::around(&reference, &reference, &Warp { homography: nearly, mesh: None }, 16e6).unwrap();
        assert_eq!((window.across, window.down), (1.0, 1.0));
        assert_eq!(window.enlarged(&reference), reference);
    }
}
