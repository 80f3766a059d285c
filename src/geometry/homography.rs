//! A projective map between two pictures.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{Point, Space};

/// The homography has no inverse: it folds the picture onto a line or a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the map between the pictures folds them onto a line")]
pub struct NotInvertible;

/// A 3 × 3 projective map from the pixels of `From` to those of `To`, row major; in JSON nine numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(bound = "", transparent)]
pub struct Homography<From: Space, To: Space> {
    rows: [f64; 9],
    #[serde(skip)]
    spaces: PhantomData<(From, To)>,
}

impl<From: Space, To: Space> Homography<From, To> {
    /// The map with these nine numbers, row major, as they are.
    #[must_use]
    pub const fn new(rows: [f64; 9]) -> Self {
        Self { rows, spaces: PhantomData }
    }

    /// The map that leaves coordinates as they are.
    #[must_use]
    pub const fn identity() -> Self {
        Self::new([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0])
    }

    /// The map that makes a picture of size `from` as large as fits into `to`, in its middle and the same way up.
    #[must_use]
    pub fn fitted(from: (f64, f64), to: (f64, f64)) -> Self {
        let scale = (to.0 / from.0).min(to.1 / from.1);
        let (x, y) = ((to.0 - from.0 * scale) / 2.0, (to.1 - from.1 * scale) / 2.0);
        Self::new([scale, 0.0, x, 0.0, scale, y, 0.0, 0.0, 1.0])
    }

    /// The nine numbers, row major.
    #[must_use]
    pub const fn rows(&self) -> &[f64; 9] {
        &self.rows
    }

    /// Where `p` lands, and the homogeneous weight there; the weight changes its sign at the horizon.
    #[must_use]
    pub fn apply_with_weight(&self, p: Point<From>) -> (Point<To>, f64) {
        let m = &self.rows;
        let w = m[6] * p.x + m[7] * p.y + m[8];
        let (x, y) = (m[0] * p.x + m[1] * p.y + m[2], m[3] * p.x + m[4] * p.y + m[5]);
        (Point::new(x / w, y / w), w)
    }

    /// Where `p` lands; not finite at the horizon.
    #[must_use]
    pub fn apply(&self, p: Point<From>) -> Point<To> {
        self.apply_with_weight(p).0
    }

    /// The way back, scaled so that its last number is 1 where that is possible.
    ///
    /// # Errors
    /// [`NotInvertible`] when the determinant is zero or not finite.
    pub fn inverse(&self) -> Result<Homography<To, From>, NotInvertible> {
        let [a, b, c, d, e, f, g, h, i] = self.rows;
        let (p, q, r) = (e * i - f * h, f * g - d * i, d * h - e * g);
        let determinant = a * p + b * q + c * r;
        if !determinant.is_finite() || determinant == 0.0 {
            return Err(NotInvertible);
        }
        let adjugate = [p, c * h - b * i, b * f - c * e, q, a * i - c * g, c * d - a * f, r, b * g - a * h, a * e - b * d];
        Ok(Homography::new(adjugate.map(|v| v / determinant)).normalised())
    }

    /// First this map, then `next`.
    #[must_use]
    pub fn then<Last: Space>(&self, next: &Homography<To, Last>) -> Homography<From, Last> {
        let (a, b) = (&next.rows, &self.rows);
        let mut rows = [0.0; 9];
        for row in 0..3 {
            for column in 0..3 {
                rows[row * 3 + column] = (0..3).map(|k| a[row * 3 + k] * b[k * 3 + column]).sum();
            }
        }
        Homography::new(rows).normalised()
    }

    /// The same map between pictures with `factor` times as many pixels along each side.
    #[must_use]
    pub fn enlarged(&self, factor: f64) -> Self {
        let [a, b, c, d, e, f, g, h, i] = self.rows;
        Self::new([a, b, c * factor, d, e, f * factor, g / factor, h / factor, i])
    }

    /// The same map with its last number 1, where that number is not zero.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let last = self.rows[8];
        if last == 0.0 || !last.is_finite() { *self } else { Self::new(self.rows.map(|v| v / last)) }
    }

    /// True when all nine numbers are finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.rows.iter().all(|v| v.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Photo, Reference};

    #[test]
    fn the_inverse_brings_every_point_back() {
        let there = Homography::<Photo, Reference>::new([0.9, -0.2, 40.0, 0.15, 1.1, -7.0, 1e-5, -2e-5, 1.0]);
        let back = there.inverse().unwrap();
        for (x, y) in [(0.5, 0.5), (4000.0, 3000.0), (17.0, 2500.0)] {
            let p = Point::new(x, y);
            assert!(back.apply(there.apply(p)).distance(p) < 1e-8);
        }
    }

    #[test]
    fn a_flat_map_has_no_inverse() {
        let flat = Homography::<Photo, Reference>::new([1.0, 2.0, 0.0, 2.0, 4.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(flat.inverse(), Err(NotInvertible));
    }

    #[test]
    fn then_means_first_this_then_that() {
        let shift = Homography::<Photo, Reference>::new([1.0, 0.0, 5.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
        let double = Homography::<Reference, Reference>::new([2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(shift.then(&double).apply(Point::new(1.0, 1.0)), Point::new(12.0, 2.0));
    }
}
