//! Do the places fit? A reference that looks like the photo must also lie on it as a camera could have seen it.

use super::codes::{CELLS, Code, Codes};
use crate::geometry::{Homography, Photo, Point, Reference};
use crate::vision::PictureFacts;
use crate::vision::align::{Keypoint, Match, Sizes, propose};
use crate::vision::order::rising;

/// Bits that two features of one place may differ in at most; with 22 one drawn board of 72 less was found.
const LIKE_BITS: u32 = 20;
/// Matches among which a map is looked for, the likest: half of them may be wrong many times over.
const MOST_MATCHES: usize = 120;
/// Maps that are looked at.
const MOST_MAPS: usize = 2;
/// Distance within which a feature is where it should be, as part of the reference's longer side: the scatter of features, the lens and
/// the height of parts together.
const TOLERANCE: f64 = 0.004;
/// Codes of a cell that count. Rows of one kind of connector on unrelated boards had up to 30 features in two to five cells.
const OF_A_CELL: usize = 3;
/// A feature where it should be has its direction within this angle, and its size within this factor.
const TURN: f64 = 0.4;
const SIZE: f64 = 1.5;

/// A photo or its mirror image, as far as recognising needs it.
pub(super) struct Seen {
    pub(super) picture: PictureFacts,
    pub(super) keypoints: Vec<Keypoint>,
    pub(super) codes: Vec<Code>,
}

/// How a reference lies on the photo, and what of it is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) map: Homography<Photo, Reference>,
    /// Codes of the reference that the photo shows where they should be, at most [`OF_A_CELL`] of each cell.
    pub(super) found: usize,
    /// Cells of the reference that these lie in.
    pub(super) cells: usize,
}

/// The best fit, if there is any.
pub(super) fn fit(photo: &Seen, reference: &Codes) -> Option<Fit> {
    let sizes = Sizes { photo: photo.picture.size(), reference: reference.picture.size() };
    let tolerance = sizes.reference.0.max(sizes.reference.1) * TOLERANCE;
    let maps = propose(&matches(photo, reference), &sizes, tolerance, MOST_MAPS);
    maps.iter().map(|map| counted(photo, reference, &map.homography, tolerance)).max_by_key(|fit| (fit.cells, fit.found))
}

/// For each code of the reference the likest feature of the photo; surest first.
fn matches(photo: &Seen, reference: &Codes) -> Vec<Match> {
    let likest = |code: &Code| {
        let mut best = (LIKE_BITS + 1, usize::MAX);
        for (k, seen) in photo.codes.iter().enumerate() {
            let bits = code.distance(seen);
            if bits < best.0 {
                best = (bits, k);
            }
        }
        let photo = *photo.keypoints.get(best.1)?;
        Some(Match { photo, reference: code.keypoint(&reference.picture), ratio: best.0 as f32 })
    };
    let mut found = rising(reference.codes.iter().filter_map(likest).collect(), |found: &Match| [found.ratio.into(), 0.0, 0.0]);
    found.truncate(MOST_MATCHES);
    found
}

/// Counts the codes of the reference that the photo shows where the map puts them.
fn counted(photo: &Seen, reference: &Codes, map: &Homography<Photo, Reference>, tolerance: f64) -> Fit {
    let landed = Landed::of(photo, reference, map, tolerance);
    let mut cells = [0; CELLS * CELLS];
    for code in &reference.codes {
        let there = code.keypoint(&reference.picture);
        let place = Point::<Reference>::new(there.x, there.y);
        let is_there = |k: usize| {
            landed.places[k].distance(place) <= tolerance
                && code.distance(&photo.codes[k]) <= LIKE_BITS
                && has_pose(map, &photo.keypoints[k], &there)
        };
        if landed.near(place).any(is_there) {
            cells[code.cell()] += 1;
        }
    }
    let found = cells.iter().map(|cell| OF_A_CELL.min(*cell)).sum();
    Fit { map: *map, found, cells: cells.iter().filter(|cell| **cell > 0).count() }
}

/// The map makes the photo's feature as large as the reference's, and turns it the same way.
fn has_pose(map: &Homography<Photo, Reference>, photo: &Keypoint, reference: &Keypoint) -> bool {
    let (x, y) = (photo.size * libm::cos(photo.angle), photo.size * libm::sin(photo.angle));
    let (from, to) = (map.apply(Point::new(photo.x, photo.y)), map.apply(Point::new(photo.x + x, photo.y + y)));
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let scale = (dx * dx + dy * dy).sqrt() / reference.size;
    let full = std::f64::consts::TAU;
    let off = libm::atan2(dy, dx) - reference.angle;
    let off = off - libm::round(off / full) * full;
    off.abs() <= TURN && (1.0 / SIZE..SIZE).contains(&scale)
}

/// The photo's features where the map puts them on the reference, by squares.
struct Landed {
    places: Vec<Point<Reference>>,
    squares: Vec<Vec<usize>>,
    columns: usize,
    rows: usize,
    side: f64,
}

impl Landed {
    fn of(photo: &Seen, reference: &Codes, map: &Homography<Photo, Reference>, side: f64) -> Self {
        let (width, height) = reference.picture.size();
        // A tolerance's width is a 250th of the longer side: few squares, and few features in each.
        let side = 4.0 * side;
        let (columns, rows) = ((width / side) as usize + 1, (height / side) as usize + 1);
        let mut landed = Self { places: Vec::new(), squares: vec![Vec::new(); columns * rows], columns, rows, side };
        for (k, keypoint) in photo.keypoints.iter().enumerate() {
            let (place, weight) = map.apply_with_weight(Point::new(keypoint.x, keypoint.y));
            if weight > 0.0 && (0.0..width).contains(&place.x) && (0.0..height).contains(&place.y) {
                landed.squares[(place.y / side) as usize * columns + (place.x / side) as usize].push(k);
            }
            landed.places.push(place);
        }
        landed
    }

    /// Numbers of the features in the square of a place and in those around it.
    fn near(&self, place: Point<Reference>) -> impl Iterator<Item = usize> + '_ {
        let around = |value: f64, count: usize| {
            let middle = (value / self.side) as usize;
            middle.saturating_sub(1)..(middle + 2).min(count)
        };
        let columns = around(place.x, self.columns);
        around(place.y, self.rows)
            .flat_map(move |row| columns.clone().map(move |column| row * self.columns + column))
            .flat_map(|square| self.squares[square].iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::Sha256;

    const PICTURE: PictureFacts = PictureFacts { sha256: Sha256([0; 32]), width: 1000, height: 800 };

    /// Codes that have nothing in common.
    fn reference() -> Codes {
        let code = |k: u64| {
            let bits = (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            Code {
                bits,
                x: (bits % 3900) as u16,
                y: (bits / 4096 % 3900) as u16,
                size: 60,
                bright: k.is_multiple_of(2),
                angle: (k * 29) as u8,
            }
        };
        Codes { picture: PICTURE, codes: (0..80).map(code).collect() }
    }

    /// A photo on which the reference lies turned by `turn` and half as large, with the features that `keep` keeps.
    fn seen(reference: &Codes, turn: f64, keep: impl Fn(usize) -> bool) -> Seen {
        let (sin, cos) = (libm::sin(turn) / 2.0, libm::cos(turn) / 2.0);
        let mut seen = Seen { picture: PICTURE, keypoints: Vec::new(), codes: Vec::new() };
        for (k, code) in reference.codes.iter().enumerate().filter(|(k, _)| keep(*k)) {
            let there = code.keypoint(&PICTURE);
            let (x, y) = (there.x - 500.0, there.y - 400.0);
            let (x, y) = (500.0 + cos * x - sin * y, 400.0 + sin * x + cos * y);
            seen.keypoints.push(Keypoint { x, y, size: there.size / 2.0, angle: there.angle + turn, bright: there.bright });
            // Three bits are noise.
            seen.codes.push(Code { bits: code.bits ^ (0x49 << (k % 50)), ..*code });
        }
        seen
    }

    #[test]
    fn what_lies_where_it_should_is_counted() {
        let reference = reference();
        let fit = fit(&seen(&reference, 0.7, |k| k % 2 == 0), &reference).unwrap();
        assert!((37..=40).contains(&fit.found) && fit.cells > 25, "{fit:?}");
        let middle = fit.map.apply(Point::new(500.0, 400.0));
        assert!(middle.distance(Point::new(500.0, 400.0)) < 1.0, "{middle:?}");
    }

    #[test]
    fn equal_looks_in_other_places_are_no_fit() {
        let reference = reference();
        let mut photo = seen(&reference, 0.7, |_| true);
        photo.keypoints.rotate_left(31);
        assert!(fit(&photo, &reference).is_none_or(|fit| fit.found < 8));
    }
}
