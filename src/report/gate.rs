//! Whether a photo is good enough to be a reference for others: what was measured, and what to do about it.

use crate::geometry::{Photo, Point, Reference, Warp};
use crate::vision::{PictureFacts, Quality, Verdict};

/// Blur from which on print on small parts can't be read: see [`Quality::blur`]. Drawn and real photographs of boards that are in focus have 0.20 to
/// 0.25; with each pixel the mean of five by five they have 0.43 to 0.46.
const MOST_BLUR: f32 = 0.38;
/// Share of the picture that may be lost in light, and in the dark: labels and sockets are white, gaps are black.
const MOST_GLARE: f32 = 0.03;
const MOST_DARK: f32 = 0.10;
/// Pixels to a millimetre: an 0402 part is then eight by four pixels.
const LEAST_PX_PER_MM: f64 = 8.0;
/// Of the board as the reference shows it, the part that has to be in the frame; around the board a reference shows some of the table, on each
/// side this part of the picture.
const LEAST_IN_FRAME: f64 = 0.98;
const TABLE: f64 = 0.05;
/// How many times as large the nearest corner of the board may be shown as the farthest, and a place in one direction as in the other.
const MOST_UNEVEN: f64 = 1.15;
/// Places of the reference that are looked at, along each side.
const GRID: usize = 16;

/// Something that was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Which.
    pub kind: CheckKind,
    /// Whether it is good enough; `None` when it could not be told.
    pub passed: Option<bool>,
    /// What was measured.
    pub measured: String,
}

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckKind {
    /// It lies on a known reference.
    Laid,
    /// Sharp.
    Sharp,
    /// No glare.
    Glare,
    /// Not too dark.
    Dark,
    /// Enough pixels to a millimetre.
    Scale,
    /// The whole board is in the frame.
    Frame,
    /// The camera looked straight at it.
    Level,
}

impl CheckKind {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Laid => "Same board as the reference",
            Self::Sharp => "Sharp",
            Self::Glare => "No glare",
            Self::Dark => "Light enough",
            Self::Scale => "Close enough",
            Self::Frame => "Whole board in the frame",
            Self::Level => "Straight from above",
        }
    }

    /// What to do when it is not good enough.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Laid => "Compare the photo with a reference of the same side first, or align it by hand.",
            Self::Sharp => "Hold still, lean on something, tap to focus, and take more light before more zoom.",
            Self::Glare => "Turn the flash off, and light from the side or through a sheet of paper.",
            Self::Dark => "Take more light, from two sides, so that no part throws a shadow over others.",
            Self::Scale => "Go nearer, or take the largest picture that the camera makes.",
            Self::Frame => "Step back until all four edges of the board are in the picture.",
            Self::Level => "Hold the camera level over the middle of the board, and step back rather than lean.",
        }
    }
}

/// How a photo lies on a reference.
#[derive(Debug, Clone, Copy)]
pub struct LaidOn<'a> {
    /// How well.
    pub verdict: Verdict,
    /// The map.
    pub warp: &'a Warp,
    /// The reference.
    pub reference: PictureFacts,
    /// Its pixels to a millimetre, where known.
    pub px_per_mm: Option<f64>,
}

/// Checks a photo by its own quality and by how it lies on a reference.
#[must_use]
pub fn gate(quality: &Quality, photo: PictureFacts, laid: Option<LaidOn>) -> Vec<Check> {
    let check = |kind, passed: Option<bool>, measured: String| Check { kind, passed, measured };
    let share = |part: f32| format!("{:.0} % of the picture", 100.0 * part);
    let map = laid.filter(|laid| laid.verdict != Verdict::Refused);
    let sizes = map.and_then(|laid| Sizes::of(&laid));
    let scale = map.zip(sizes).and_then(|(laid, sizes)| Some(laid.px_per_mm? * sizes.middle));
    let frame = map.map(|laid| in_frame(&laid, photo));
    vec![
        check(CheckKind::Laid, Some(map.is_some()), if map.is_some() { "yes" } else { "not known" }.to_owned()),
        check(CheckKind::Sharp, Some(quality.blur <= MOST_BLUR), format!("blur {:.2} of 1", quality.blur)),
        check(CheckKind::Glare, Some(quality.glare <= MOST_GLARE), share(quality.glare)),
        check(CheckKind::Dark, Some(quality.dark <= MOST_DARK), share(quality.dark)),
        check(
            CheckKind::Scale,
            scale.map(|scale| scale >= LEAST_PX_PER_MM),
            scale.map_or("not known".to_owned(), |scale| format!("{scale:.1} pixels to a mm")),
        ),
        check(
            CheckKind::Frame,
            frame.map(|part| part >= LEAST_IN_FRAME),
            frame.map_or("not known".to_owned(), |part| format!("{:.0} % of it", 100.0 * part)),
        ),
        check(
            CheckKind::Level,
            sizes.map(|sizes| sizes.uneven <= MOST_UNEVEN),
            sizes.map_or("not known".to_owned(), |sizes| format!("scale differs by {:.0} %", 100.0 * (sizes.uneven - 1.0))),
        ),
    ]
}

/// True when nothing speaks against taking it.
#[must_use]
pub fn is_good(checks: &[Check]) -> bool {
    checks.iter().all(|check| check.passed != Some(false))
}

/// Pixels to a millimetre of a photo, where those of the reference that it lies on are known.
#[must_use]
pub fn photo_px_per_mm(laid: &LaidOn) -> Option<f64> {
    Some(laid.px_per_mm? * Sizes::of(laid)?.middle)
}

/// Photo pixels to a reference pixel.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    /// In the middle.
    middle: f64,
    /// The largest beside the smallest, over all places and directions.
    uneven: f64,
}

impl Sizes {
    fn of(laid: &LaidOn) -> Option<Self> {
        let at = |column: usize, row: usize| {
            let place = |k: usize, side: u32| (k as f64 + 0.5) / GRID as f64 * f64::from(side);
            Point::<Reference>::new(place(column, laid.reference.width), place(row, laid.reference.height))
        };
        let corners = [(0, 0), (GRID - 1, 0), (0, GRID - 1), (GRID - 1, GRID - 1), (GRID / 2, GRID / 2)];
        let sizes: Option<Vec<[f64; 2]>> = corners.iter().map(|(x, y)| size_at(laid.warp, at(*x, *y))).collect();
        let sizes = sizes?;
        let all = || sizes.iter().flatten().copied();
        let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
        let middle = sizes.last().map(|[a, b]| libm::sqrt(a * b))?;
        (least > 0.0).then(|| Self { middle, uneven: most / least })
    }
}

/// How many photo pixels a reference pixel takes at a place, in the direction in which it takes most, and in the other.
fn size_at(warp: &Warp, at: Point<Reference>) -> Option<[f64; 2]> {
    const STEP: f64 = 8.0;
    let here = warp.to_photo(at)?;
    let along = |dx: f64, dy: f64| -> Option<[f64; 2]> {
        let there: Point<Photo> = warp.to_photo(Point::new(at.x + dx, at.y + dy))?;
        Some([(there.x - here.x) / STEP, (there.y - here.y) / STEP])
    };
    let ([a, c], [b, d]) = (along(STEP, 0.0)?, along(0.0, STEP)?);
    // The singular values of the map's derivative.
    let (sum, det) = (a * a + b * b + c * c + d * d, a * d - b * c);
    let root = libm::sqrt((sum * sum - 4.0 * det * det).max(0.0));
    Some([libm::sqrt((sum + root) / 2.0), libm::sqrt(((sum - root) / 2.0).max(0.0))])
}

/// The part of the reference that the photo shows.
fn in_frame(laid: &LaidOn, photo: PictureFacts) -> f64 {
    let (width, height) = photo.size();
    let mut inside = 0;
    for k in 0..GRID * GRID {
        let place = |k: usize, side: u32| (TABLE + (1.0 - 2.0 * TABLE) * k as f64 / (GRID - 1) as f64) * f64::from(side);
        let at = Point::new(place(k % GRID, laid.reference.width), place(k / GRID, laid.reference.height));
        let seen = laid.warp.to_photo(at).is_some_and(|p| (0.0..=width).contains(&p.x) && (0.0..=height).contains(&p.y));
        inside += usize::from(seen);
    }
    inside as f64 / (GRID * GRID) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Homography;
    use crate::vision::Sha256;

    fn facts(width: u32, height: u32) -> PictureFacts {
        PictureFacts { sha256: Sha256([1; 32]), width, height }
    }

    fn failed(quality: Quality, map: [f64; 9], px_per_mm: f64) -> Vec<CheckKind> {
        let warp = Warp { homography: Homography::new(map), mesh: None };
        let laid = LaidOn { verdict: Verdict::Aligned, warp: &warp, reference: facts(1000, 800), px_per_mm: Some(px_per_mm) };
        let checks = gate(&quality, facts(2000, 1600), Some(laid));
        checks.into_iter().filter(|check| check.passed == Some(false)).map(|check| check.kind).collect()
    }

    const GOOD: Quality = Quality { blur: 0.3, glare: 0.0, dark: 0.02 };
    /// The photo shows everything twice as large, edge to edge.
    const STRAIGHT: [f64; 9] = [0.5, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 1.0];

    #[test]
    fn a_good_photo_passes_and_each_fault_is_named() {
        assert_eq!(failed(GOOD, STRAIGHT, 5.0), []);
        assert_eq!(failed(Quality { blur: 0.7, ..GOOD }, STRAIGHT, 5.0), [CheckKind::Sharp]);
        assert_eq!(failed(Quality { glare: 0.1, ..GOOD }, STRAIGHT, 5.0), [CheckKind::Glare]);
        assert_eq!(failed(Quality { dark: 0.3, ..GOOD }, STRAIGHT, 5.0), [CheckKind::Dark]);
        assert_eq!(failed(GOOD, STRAIGHT, 3.9), [CheckKind::Scale]);
        let aside = [0.5, 0.0, 200.0, 0.0, 0.5, 0.0, 0.0, 0.0, 1.0];
        assert_eq!(failed(GOOD, aside, 5.0), [CheckKind::Frame]);
        let leaning = [0.6, 0.0, 0.0, 0.0, 0.6, 0.0, 1e-4, 0.0, 1.0];
        assert_eq!(failed(GOOD, leaning, 6.0), [CheckKind::Level]);
        let squeezed = [0.5, 0.0, 0.0, 0.0, 0.62, 0.0, 0.0, 0.0, 1.0];
        assert_eq!(failed(GOOD, squeezed, 5.0), [CheckKind::Level]);
    }

    #[test]
    fn what_is_not_known_is_not_taken_for_good() {
        let checks = gate(&GOOD, facts(2000, 1600), None);
        let unknown: Vec<CheckKind> = checks.iter().filter(|check| check.passed.is_none()).map(|check| check.kind).collect();
        assert_eq!(unknown, [CheckKind::Scale, CheckKind::Frame, CheckKind::Level]);
        assert!(!is_good(&checks), "it lies on nothing known");
    }

    #[test]
    fn the_scale_is_the_reference_s_times_how_much_larger_it_is_shown() {
        let warp = Warp { homography: Homography::new(STRAIGHT), mesh: None };
        let laid = LaidOn { verdict: Verdict::Aligned, warp: &warp, reference: facts(1000, 800), px_per_mm: Some(5.0) };
        assert!((photo_px_per_mm(&laid).unwrap() - 10.0).abs() < 1e-6);
    }
}
