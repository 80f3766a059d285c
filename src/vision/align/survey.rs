//! Patch by patch over the reference: does the photo show the same there, and how far off?

use super::agreement::Agreement;
use super::correlate::{LocalMap, PATCH, Peak, search};
use super::crop::Crop;
use super::fit::Weight;
use super::hypotheses::Sizes;
use super::pyramid::Pyramid;
use super::window::MARGIN;
use crate::geometry::{Photo, Point, Reference, Warp, WayBack};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, part, share};

/// Both pictures, ready to be looked at on any level.
#[derive(Debug, Clone)]
pub(super) struct Pictures {
    pub(super) photo: Pyramid,
    pub(super) reference: Pyramid,
}

impl Pictures {
    pub(super) fn sizes(&self) -> Sizes {
        Sizes { photo: (self.photo.width(), self.photo.height()), reference: (self.reference.width(), self.reference.height()) }
    }
}

/// One patch of the reference that is not plain and lies on the photo too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patch {
    /// Its middle.
    pub(super) reference: Point<Reference>,
    /// Where that is on the photo, by the best correlation.
    pub(super) photo: Point<Photo>,
    pub(super) peak: Peak,
}

impl Patch {
    /// All that is known of it.
    fn numbers(&self) -> [f64; 11] {
        let Peak { dx, dy, best, here, fall } = self.peak;
        let (on, at) = (self.reference, self.photo);
        [on.x, on.y, at.x, at.y, dx, dy, best, here, fall[0], fall[1], fall[2]]
    }

    fn of([x, y, u, v, dx, dy, best, here, xx, xy, yy]: [f64; 11]) -> Self {
        Self { reference: Point::new(x, y), photo: Point::new(u, v), peak: Peak { dx, dy, best, here, fall: [xx, xy, yy] } }
    }

    /// The same structure, where the map says it is.
    pub(super) fn agrees(&self) -> bool {
        self.peak.here >= AGREES_FROM
    }

    /// How much its place counts in a fit, by direction.
    pub(super) fn weight(&self) -> Weight {
        let [xx, xy, yy] = self.peak.fall.map(|v| v / SHARP);
        let (middle, half) = (f64::midpoint(xx, yy), (xx - yy) / 2.0);
        let root = (half * half + xy * xy).sqrt();
        // Eigenvalues of the fall, held between 0 and 1; then put back together.
        let (high, low) = ((middle + root).clamp(0.0, 1.0), (middle - root).clamp(0.0, 1.0));
        let (mean, spread) = (f64::midpoint(high, low), (high - low) / 2.0);
        let (cos, sin) = if root > 1e-12 { (half / root, xy / root) } else { (1.0, 0.0) };
        let sure = (self.peak.best - 0.4).max(0.0);
        Weight { xx: mean + spread * cos, xy: spread * sin, yy: mean - spread * cos }.times(sure)
    }

    /// True when its place is known both ways.
    pub(super) fn is_corner(&self) -> bool {
        self.weight().least() > 0.1
    }
}

/// Correlation from which two patches show the same: unrelated structure stays below in 99 of 100 cases.
pub(super) const AGREES_FROM: f64 = 0.55;
/// Fall of the correlation a pixel from its peak that determines a place well.
const SHARP: f64 = 0.06;
/// Standard deviation in grey levels below which a patch is plain: noise and paper grain.
const PLAIN_BELOW: f32 = 3.0;
/// Pixels of one picture should not be stretched over more than this many of the other: nothing is gained.
const LARGEST_STRETCH: f64 = 1.42;

/// How far to search around the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// ± 7 pixels of the level.
    Wide,
    /// ± 3 pixels of the level.
    Near,
}

/// Looks at patches all over the common area on one level of the reference, at most about `most_patches`.
pub(super) async fn survey(
    pictures: &Pictures,
    warp: &Warp,
    level: usize,
    reach: Reach,
    most_patches: usize,
    crew: &mut dyn Crew,
) -> Result<Vec<Patch>, Cancelled> {
    let Some(back) = warp.way_back() else { return Ok(Vec::new()) };
    let grey = pictures.reference.level(level);
    let spacing = spacing(grey.pixels(), most_patches);
    let (columns, rows) = (starts(grey.width, spacing), starts(grey.height, spacing));
    let own = part(crew, columns.len() * rows.len());
    let places = own.map(|k| (columns[k % columns.len()], rows[k / columns.len()]));
    let mut crop = Crop::new();
    let seen: Vec<Patch> = places.filter_map(|place| look(pictures, &back, level, reach, place, &mut crop)).collect();
    if crew.hands() == 1 {
        return Ok(seen);
    }
    let all = share(crew, seen.iter().map(Patch::numbers).collect()).await?;
    Ok(all.into_iter().map(Patch::of).collect())
}

/// Looks near by, and counts what agrees.
pub(super) async fn agreement(
    pictures: &Pictures,
    warp: &Warp,
    level: usize,
    most_patches: usize,
    crew: &mut dyn Crew,
) -> Result<Agreement, Cancelled> {
    let patches = survey(pictures, warp, level, Reach::Near, most_patches, crew).await?;
    let spacing = spacing(pictures.reference.level(level).pixels(), most_patches) as f64 * (1_u64 << level) as f64;
    Ok(Agreement::of(&patches, spacing))
}

fn spacing(pixels: usize, most_patches: usize) -> usize {
    let fair = (pixels as f64 / most_patches.max(1) as f64).sqrt();
    (libm::ceil(fair) as usize).max(PATCH * 3 / 4)
}

/// First pixels of patches along a side, evenly from edge to edge: a lens bends most in the corners.
fn starts(side: usize, spacing: usize) -> Vec<usize> {
    let room = side.saturating_sub(PATCH + 2 * MARGIN);
    let steps = (room / spacing).max(1);
    (0..=steps).map(|k| MARGIN + k * room / steps).collect()
}

fn look(
    pictures: &Pictures,
    back: &WayBack<'_>,
    level: usize,
    reach: Reach,
    (left, top): (usize, usize),
    crop: &mut Crop,
) -> Option<Patch> {
    let pixel = (1_u64 << level) as f64;
    let middle = PATCH as f64 / 2.0;
    let reference = Point::new((left as f64 + middle) * pixel, (top as f64 + middle) * pixel);
    let (at, slopes) = local_map(back, reference, pixel * middle)?;
    let scale = (slopes[0] * slopes[3] - slopes[1] * slopes[2]).abs().sqrt() * pixel;
    let photo_level = libm::round(libm::log2(scale.max(1e-6))).max(0.0) as usize;
    if photo_level >= pictures.photo.levels.len() {
        return None;
    }
    let photo_pixel = (1_u64 << photo_level) as f64;
    let map = LocalMap { x: at.x / photo_pixel, y: at.y / photo_pixel, slopes: slopes.map(|s| s * pixel / photo_pixel) };
    let (grey, photo) = (pictures.reference.level(level), pictures.photo.level(photo_level));
    let peak = match reach {
        Reach::Wide => search::<15, 38, 50>(grey, photo, (left, top), &map, PLAIN_BELOW, crop)?,
        Reach::Near => search::<7, 30, 42>(grey, photo, (left, top), &map, PLAIN_BELOW, crop)?,
    };
    let shift = [peak.dx * pixel, peak.dy * pixel];
    let found =
        Point::new(at.x + slopes[0] * shift[0] + slopes[1] * shift[1], at.y + slopes[2] * shift[0] + slopes[3] * shift[1]);
    Some(Patch { reference, photo: found, peak })
}

/// Where a reference place lies on the photo, and photo pixels per reference pixel there, measured over ± `reach` pixels.
fn local_map(back: &WayBack<'_>, at: Point<Reference>, reach: f64) -> Option<(Point<Photo>, [f64; 4])> {
    let centre = back.to_photo(at)?;
    let beside = |dx: f64, dy: f64| back.to_photo_beside(Point::new(at.x + dx, at.y + dy), centre);
    let (east, west) = (beside(reach, 0.0)?, beside(-reach, 0.0)?);
    let (south, north) = (beside(0.0, reach)?, beside(0.0, -reach)?);
    let per_pixel = 0.5 / reach;
    let slopes = [(east.x - west.x), (south.x - north.x), (east.y - west.y), (south.y - north.y)].map(|v| v * per_pixel);
    Some((centre, slopes))
}

/// The finest level of the reference on which the photo still has as many pixels.
pub(super) fn finest_level(pictures: &Pictures, warp: &Warp) -> usize {
    let (width, height) = pictures.sizes().reference;
    let back = warp.way_back();
    let mut scales: Vec<f64> = (0..25)
        .filter_map(|k| {
            let at = Point::new((f64::from(k % 5) + 0.5) / 5.0 * width, (f64::from(k / 5) + 0.5) / 5.0 * height);
            let (photo, slopes) = local_map(back.as_ref()?, at, 4.0)?;
            let inside =
                photo.x >= 0.0 && photo.y >= 0.0 && photo.x < pictures.photo.width() && photo.y < pictures.photo.height();
            inside.then(|| (slopes[0] * slopes[3] - slopes[1] * slopes[2]).abs().sqrt())
        })
        .collect();
    scales.sort_by(f64::total_cmp);
    let scale = scales.get(scales.len() / 2).copied().unwrap_or(1.0);
    let levels = libm::ceil(libm::log2((1.0 / (scale * LARGEST_STRETCH)).max(1e-6)));
    (levels.max(0.0) as usize).min(pictures.reference.levels.len() - 1)
}
