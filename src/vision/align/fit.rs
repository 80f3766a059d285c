//! The homography that lays weighted pairs of places over each other best.

use crate::geometry::{Homography, Photo, Point, Reference, Space};

/// A place of one picture, as a rule the photo, where it lies on the other, and how much that counts.
#[derive(Debug, Clone, Copy)]
pub(in crate::vision) struct Pair<From: Space = Photo, To: Space = Reference> {
    pub(in crate::vision) from: Point<From>,
    pub(in crate::vision) to: Point<To>,
    pub(in crate::vision) weight: Weight,
}

/// How much an error counts in each direction on the second picture: a corner holds both ways, an edge only across.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::vision) struct Weight {
    pub(super) xx: f64,
    pub(super) xy: f64,
    pub(super) yy: f64,
}

impl Weight {
    /// The same in every direction.
    pub(in crate::vision) const fn even(weight: f64) -> Self {
        Self { xx: weight, xy: 0.0, yy: weight }
    }

    pub(in crate::vision) fn times(self, factor: f64) -> Self {
        Self { xx: self.xx * factor, xy: self.xy * factor, yy: self.yy * factor }
    }

    /// Mean over the directions.
    pub(super) fn mean(self) -> f64 {
        f64::midpoint(self.xx, self.yy)
    }

    /// What it counts in the direction in which it counts least.
    pub(super) fn least(self) -> f64 {
        let half = (self.xx - self.yy) / 2.0;
        (self.mean() - (half * half + self.xy * self.xy).sqrt()).max(0.0)
    }
}

/// Rounds of reweighting that turn the algebraic error into the distance on the reference; it settles after two.
const ROUNDS: usize = 3;

/// Least squares of the distance on the second picture; `None` for fewer than four pairs or when they lie on a line.
pub(in crate::vision) fn homography<From: Space, To: Space>(pairs: &[Pair<From, To>]) -> Option<Homography<From, To>> {
    // Four pairs are met exactly, whatever each of them counts.
    fit(pairs, None, if pairs.len() == 4 { 1 } else { ROUNDS })
}

/// The same from a map that is nearly right already: one round will do.
pub(super) fn homography_near(pairs: &[Pair], old: &Homography<Photo, Reference>) -> Option<Homography<Photo, Reference>> {
    fit(pairs, Some(old), 1)
}

fn fit<From: Space, To: Space>(
    pairs: &[Pair<From, To>],
    old: Option<&Homography<From, To>>,
    rounds: usize,
) -> Option<Homography<From, To>> {
    if pairs.iter().filter(|pair| pair.weight.mean() > 0.0).count() < 4 {
        return None;
    }
    let from = Scaling::of(pairs, |pair| (pair.from.x, pair.from.y))?;
    let to = Scaling::of(pairs, |pair| (pair.to.x, pair.to.y))?;
    // How far away the old map puts a place says how much its algebraic error counts.
    let mut h = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0];
    if let Some(old) = old {
        let back = Homography::<From, From>::new(from.inverse_matrix());
        let [.., g, k, depth] = *back.then(old).rows();
        if depth.abs() > 1e-12 {
            (h[6], h[7]) = (g / depth, k / depth);
        }
    }
    for _ in 0..rounds {
        let mut moments = Moments::default();
        for pair in pairs {
            let ((x, y), (u, v)) = (from.apply(pair.from.x, pair.from.y), to.apply(pair.to.x, pair.to.y));
            let depth = h[6] * x + h[7] * y + 1.0;
            moments.add((x, y), (u, v), &pair.weight.times(1.0 / (depth * depth).max(1e-4)));
        }
        h = moments.normal().solve()?;
    }
    let normalised = Homography::<From, To>::new([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1.0]);
    let into = Homography::<From, From>::new(from.matrix());
    let out = Homography::<To, To>::new(to.inverse_matrix());
    let whole = into.then(&normalised).then(&out);
    whole.is_finite().then_some(whole)
}

/// Moves the centroid to the origin and the mean distance to about 1 (R. Hartley, PAMI 1997).
struct Scaling {
    x: f64,
    y: f64,
    scale: f64,
}

impl Scaling {
    fn of<From: Space, To: Space>(pairs: &[Pair<From, To>], place: impl Fn(&Pair<From, To>) -> (f64, f64)) -> Option<Self> {
        let [mut total, mut x, mut y, mut squares] = [0.0; 4];
        for pair in pairs {
            let ((px, py), share) = (place(pair), pair.weight.mean());
            total += share;
            x += share * px;
            y += share * py;
            squares += share * (px * px + py * py);
        }
        let (x, y) = (x / total, y / total);
        let spread = (squares / total - x * x - y * y).sqrt();
        (spread.is_finite() && spread > 1e-9).then(|| Self { x, y, scale: 1.0 / spread })
    }

    fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.x) * self.scale, (y - self.y) * self.scale)
    }

    fn matrix(&self) -> [f64; 9] {
        [self.scale, 0.0, -self.x * self.scale, 0.0, self.scale, -self.y * self.scale, 0.0, 0.0, 1.0]
    }

    fn inverse_matrix(&self) -> [f64; 9] {
        [1.0 / self.scale, 0.0, self.x, 0.0, 1.0 / self.scale, self.y, 0.0, 0.0, 1.0]
    }
}

/// Sums from which the normal equations of a homography are put together: they hold few different numbers.
#[derive(Default)]
struct Moments {
    /// A weight, or a weight times the place on the reference, in each row; powers of the place on the photo in each column.
    sums: [[f64; 6]; 6],
}

impl Moments {
    fn add(&mut self, (x, y): (f64, f64), (u, v): (f64, f64), weight: &Weight) {
        let (across, down) = (weight.xx * u + weight.xy * v, weight.xy * u + weight.yy * v);
        let weights = [weight.xx, weight.xy, weight.yy, across, down, across * u + down * v];
        let powers = [x * x, x * y, y * y, x, y, 1.0];
        for (sums, weight) in self.sums.iter_mut().zip(weights) {
            for (sum, power) in sums.iter_mut().zip(powers) {
                *sum += weight * power;
            }
        }
    }

    /// The equations for the first eight numbers of the homography, of which the ninth is 1.
    fn normal(&self) -> Normal<8> {
        let [xx, xy, yy, across, down, both] = self.sums.map(|[xx, xy, yy, x, y, one]| [[xx, xy, x], [xy, yy, y], [x, y, one]]);
        let mut normal = Normal { matrix: [[0.0; 8]; 8], right: [0.0; 8] };
        for i in 0..3 {
            for j in 0..3 {
                normal.matrix[i][j] = xx[i][j];
                normal.matrix[i][3 + j] = xy[i][j];
                normal.matrix[3 + i][3 + j] = yy[i][j];
            }
            for j in 0..2 {
                normal.matrix[i][6 + j] = -across[i][j];
                normal.matrix[3 + i][6 + j] = -down[i][j];
            }
            (normal.right[i], normal.right[3 + i]) = (across[i][2], down[i][2]);
        }
        for i in 0..2 {
            for j in 0..2 {
                normal.matrix[6 + i][6 + j] = both[i][j];
            }
            normal.right[6 + i] = -both[i][2];
        }
        normal
    }
}

/// Normal equations of a least-squares problem with `N` unknowns; what lies under the diagonal is not read.
struct Normal<const N: usize> {
    matrix: [[f64; N]; N],
    right: [f64; N],
}

impl<const N: usize> Normal<N> {
    /// Gaussian elimination with the largest pivot; `None` when the unknowns are not determined.
    fn solve(mut self) -> Option<[f64; N]> {
        for i in 0..N {
            for j in 0..i {
                self.matrix[i][j] = self.matrix[j][i];
            }
        }
        let scale = (0..N).map(|i| self.matrix[i][i]).fold(0.0, f64::max);
        for k in 0..N {
            let pivot = (k..N).max_by(|&a, &b| self.matrix[a][k].abs().total_cmp(&self.matrix[b][k].abs()))?;
            // Smaller pivots than this are rounding noise of a rank-deficient problem; NaN ends here too.
            if self.matrix[pivot][k].abs().partial_cmp(&(1e-12 * scale)) != Some(std::cmp::Ordering::Greater) {
                return None;
            }
            self.matrix.swap(k, pivot);
            self.right.swap(k, pivot);
            let (row, right) = (self.matrix[k], self.right[k]);
            for i in k + 1..N {
                let factor = self.matrix[i][k] / row[k];
                for j in k..N {
                    self.matrix[i][j] -= factor * row[j];
                }
                self.right[i] -= factor * right;
            }
        }
        let mut solution = [0.0; N];
        for k in (0..N).rev() {
            let known: f64 = (k + 1..N).map(|j| self.matrix[k][j] * solution[j]).sum();
            solution[k] = (self.right[k] - known) / self.matrix[k][k];
        }
        Some(solution)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_pairs_give_the_exact_map_back() {
        let truth = Homography::<Photo, Reference>::new([0.8, -0.3, 500.0, 0.25, 0.9, -40.0, 5e-5, -3e-5, 1.0]);
        let pairs: Vec<Pair> = (0..30)
            .map(|k| Point::new(f64::from(k * 131 % 4000), f64::from(k * 977 % 3000)))
            .map(|from| Pair { from, to: truth.apply(from), weight: Weight::even(1.0) })
            .collect();
        let found = homography(&pairs).unwrap();
        for pair in &pairs {
            assert!(found.apply(pair.from).distance(pair.to) < 1e-6);
        }
    }

    #[test]
    fn an_edge_holds_across_and_not_along() {
        let places = (0..40).map(|k| Point::<Photo>::new(f64::from(k * 37 % 101), f64::from(k * 53 % 97)));
        let pairs: Vec<Pair> = places
            .enumerate()
            .map(|(k, from)| {
                // Every other pair is wrong in y by a lot and says that it knows x only.
                let (slip, weight) =
                    if k % 2 == 0 { (0.0, Weight::even(1.0)) } else { (9.0, Weight { xx: 1.0, xy: 0.0, yy: 0.0 }) };
                Pair { from, to: Point::new(from.x + 5.0, from.y + slip), weight }
            })
            .collect();
        let landed = homography(&pairs).unwrap().apply(Point::new(50.0, 50.0));
        assert!(landed.distance(Point::new(55.0, 50.0)) < 1e-6);
        assert!(pairs[1].weight.least() < 1e-12 && (pairs[0].weight.least() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn places_on_a_line_are_not_enough() {
        let pairs: Vec<Pair> = (0..9)
            .map(|k| f64::from(k) * 10.0)
            .map(|v| Pair { from: Point::new(v, 2.0 * v), to: Point::new(v, 2.0 * v), weight: Weight::even(1.0) })
            .collect();
        assert!(homography(&pairs).is_none());
    }
}
