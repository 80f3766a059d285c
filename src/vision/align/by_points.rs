//! The map that a person's control points make by themselves, and how well they agree.

use super::fit::{Pair, Weight, homography};
use crate::geometry::{Homography, Photo, Point, Reference, Space};

/// A point is bad when the map of the others misses it by more than this many times what they miss each other by.
const BAD_TIMES: f64 = 4.0;
/// Reference pixels that a careful hand is off by: closer, a point is never called bad.
const HAND_PX: f64 = 6.0;

/// The homography of control points.
#[derive(Debug, Clone, PartialEq)]
pub struct PointFit {
    /// Photo → reference.
    pub homography: Homography<Photo, Reference>,
    /// Point by point.
    pub points: Vec<PointResidual>,
    /// One picture shows the board mirrored, or its other side.
    pub mirrored: bool,
}

/// How well one control point fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointResidual {
    /// Reference pixels between it and where the map of all points puts it.
    pub off_px: f64,
    /// The same for the map of all others; `None` when they are too few for one. A bad point pulls the map of all towards
    /// itself, but not this one.
    pub without_px: Option<f64>,
    /// The others agree better without it.
    pub bad: bool,
}

/// Fits four or more control points; `None` for fewer, and for points that fix no map because they lie on a line.
#[must_use]
pub fn fit_points(points: &[(Point<Photo>, Point<Reference>)]) -> Option<PointFit> {
    let whole = map_of_points(points)?;
    let pairs = pairs(points);
    let off = |map: &Homography<Photo, Reference>, pair: &Pair| map.apply(pair.from).distance(pair.to);
    let without = |place: usize| {
        let others: Vec<Pair> = pairs.iter().enumerate().filter(|(k, _)| *k != place).map(|(_, pair)| *pair).collect();
        let map = homography(&others)?;
        let rest = others.iter().map(|other| off(&map, other)).fold(0.0, f64::max);
        Some((off(&map, pairs.get(place)?), rest))
    };
    let residuals = pairs.iter().enumerate().map(|(place, pair)| {
        let left_out = without(place);
        let bad = left_out.is_some_and(|(own, rest)| pairs.len() > 5 && own > HAND_PX && own > BAD_TIMES * rest);
        PointResidual { off_px: off(&whole, pair), without_px: left_out.map(|(own, _)| own), bad }
    });
    let residuals: Vec<_> = residuals.collect();
    Some(PointFit { mirrored: is_mirrored(&whole, &pairs), homography: whole, points: residuals })
}

/// The map of [`fit_points`] alone.
#[must_use]
pub fn map_of_points<From: Space, To: Space>(points: &[(Point<From>, Point<To>)]) -> Option<Homography<From, To>> {
    homography(&pairs(points)).filter(|map| map.inverse().is_ok())
}

fn pairs<From: Space, To: Space>(points: &[(Point<From>, Point<To>)]) -> Vec<Pair<From, To>> {
    points.iter().map(|(from, to)| Pair { from: *from, to: *to, weight: Weight::even(1.0) }).collect()
}

/// Whether the map turns the board's clockwise round, at the points' middle.
fn is_mirrored(map: &Homography<Photo, Reference>, pairs: &[Pair]) -> bool {
    let count = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.from.x / count, y + pair.from.y / count));
    let at = |dx: f64, dy: f64| map.apply(Point::new(x + dx, y + dy));
    let (middle, right, below) = (at(0.0, 0.0), at(1.0, 0.0), at(0.0, 1.0));
    (right.x - middle.x) * (below.y - middle.y) - (right.y - middle.y) * (below.x - middle.x) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a grid, as a tilted camera sees them.
    fn seen(mirror: f64) -> Vec<(Point<Photo>, Point<Reference>)> {
        let map = Homography::<Photo, Reference>::new([0.9 * mirror, 0.1, 40.0, -0.05, 1.1, 9.0, 1e-5, 2e-5, 1.0]);
        let at = |k: u32| Point::new(f64::from(k % 4) * 900.0, f64::from(k / 4) * 800.0);
        (0..12).map(|k| (at(k), map.apply(at(k)))).collect()
    }

    #[test]
    fn good_points_agree_and_the_bad_one_is_named() {
        let mut points = seen(1.0);
        let fit = fit_points(&points).unwrap();
        assert!(fit.points.iter().all(|point| point.off_px < 1e-6 && !point.bad) && !fit.mirrored);
        points[5].1 = Point::new(points[5].1.x + 60.0, points[5].1.y);
        let fit = fit_points(&points).unwrap();
        let bad: Vec<_> = fit.points.iter().enumerate().filter(|(_, point)| point.bad).map(|(place, _)| place).collect();
        assert_eq!(bad, [5]);
        assert!((fit.points[5].without_px.unwrap() - 60.0).abs() < 1e-6, "the others know where it belongs");
        assert!(fit.points[5].off_px < 60.0, "the map of all was pulled towards it");
    }

    #[test]
    fn four_points_make_a_map_and_can_not_check_each_other() {
        let points = [0, 3, 8, 11].map(|place| seen(1.0)[place]);
        let fit = fit_points(&points).unwrap();
        assert!(fit.points.iter().all(|point| point.off_px < 1e-6 && point.without_px.is_none() && !point.bad));
        assert_eq!(fit_points(&points[..3]), None);
        assert_eq!(fit_points(&[0, 1, 2, 3].map(|place| seen(1.0)[place])), None, "all on a line");
    }

    #[test]
    fn the_other_side_of_a_board_is_mirrored() {
        assert!(fit_points(&seen(-1.0)).unwrap().mirrored);
    }
}
