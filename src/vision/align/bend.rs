//! The smooth field that a homography leaves over: lens distortion and a bowed board.

use super::fit::Pair;
use crate::geometry::{Homography, Mesh, Photo, Reference};

/// Weight of a bend between neighbouring nodes against the places that say otherwise: where a node has at least this
/// much weight of places around it, it follows them.
const STIFFNESS: f64 = 1.0;
/// Pull towards no displacement, so that the field dies out where nothing supports it.
const REST: f64 = 1e-3;
/// Iterations of the conjugate gradient method; a few hundred unknowns need fewer.
const MOST_ITERATIONS: usize = 150;

/// One place: its node and weights on the grid, and the displacement wanted there.
struct Sample {
    corners: [usize; 4],
    shares: [f64; 4],
    wanted: [f64; 2],
    weight: f64,
}

/// The mesh over a photo of this size that brings every pair together as far as smoothness allows.
pub(super) fn bend(homography: &Homography<Photo, Reference>, pairs: &[Pair], photo: (f64, f64), longer_side: u32) -> Mesh {
    let step = photo.0.max(photo.1) / f64::from(longer_side - 1);
    let count = |side: f64| (libm::ceil(side / step - 1e-9) as u32 + 1).max(2);
    let (columns, rows) = (count(photo.0), count(photo.1));
    let samples: Vec<Sample> = pairs.iter().filter_map(|pair| sample(homography, pair, step, columns, rows)).collect();
    let nodes = (columns * rows) as usize;
    let mut solved = [vec![0.0; nodes], vec![0.0; nodes]];
    for (axis, field) in solved.iter_mut().enumerate() {
        solve(&samples, axis, columns as usize, rows as usize, field);
    }
    let nodes = solved[0].iter().zip(&solved[1]).map(|(x, y)| [*x as f32, *y as f32]).collect();
    Mesh { columns, rows, step_x: step, step_y: step, nodes }
}

fn sample(h: &Homography<Photo, Reference>, pair: &Pair, step: f64, columns: u32, rows: u32) -> Option<Sample> {
    let cell = |v: f64, count: u32| {
        let v = (v / step).clamp(0.0, f64::from(count - 1));
        let low = v.floor().min(f64::from(count - 2));
        (low as usize, v - low)
    };
    let ((column, fx), (row, fy)) = (cell(pair.photo.x, columns), cell(pair.photo.y, rows));
    let first = row * columns as usize + column;
    let flat = h.apply(pair.photo);
    let wanted = [pair.reference.x - flat.x, pair.reference.y - flat.y];
    let below = first + columns as usize;
    wanted.iter().all(|v| v.is_finite()).then_some(Sample {
        corners: [first, first + 1, below, below + 1],
        shares: [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy],
        wanted,
        weight: pair.weight,
    })
}

/// Conjugate gradients on the normal equations, matrix-free.
fn solve(samples: &[Sample], axis: usize, columns: usize, rows: usize, field: &mut [f64]) {
    let mut residual = vec![0.0; field.len()];
    for s in samples {
        for (corner, share) in s.corners.iter().zip(s.shares) {
            residual[*corner] += s.weight * share * s.wanted[axis];
        }
    }
    let mut direction = residual.clone();
    let mut energy: f64 = residual.iter().map(|v| v * v).sum();
    let enough = energy * 1e-12;
    for _ in 0..MOST_ITERATIONS {
        if energy <= enough {
            break;
        }
        let image = apply(samples, columns, rows, &direction);
        let step = energy / direction.iter().zip(&image).map(|(a, b)| a * b).sum::<f64>();
        for k in 0..field.len() {
            field[k] += step * direction[k];
            residual[k] -= step * image[k];
        }
        let next: f64 = residual.iter().map(|v| v * v).sum();
        let keep = next / energy;
        for k in 0..field.len() {
            direction[k] = residual[k] + keep * direction[k];
        }
        energy = next;
    }
}

/// The matrix of the normal equations times a field: places, bending of a thin plate, rest.
fn apply(samples: &[Sample], columns: usize, rows: usize, field: &[f64]) -> Vec<f64> {
    let mut out: Vec<f64> = field.iter().map(|v| v * REST).collect();
    for s in samples {
        let value: f64 = s.corners.iter().zip(s.shares).map(|(corner, share)| field[*corner] * share).sum();
        for (corner, share) in s.corners.iter().zip(s.shares) {
            out[*corner] += s.weight * share * value;
        }
    }
    let mut stiffen = |nodes: &[(usize, f64)], stiffness: f64| {
        let bent: f64 = nodes.iter().map(|(node, factor)| field[*node] * factor).sum();
        for (node, factor) in nodes {
            out[*node] += stiffness * factor * bent;
        }
    };
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            if column + 2 < columns {
                stiffen(&[(at, 1.0), (at + 1, -2.0), (at + 2, 1.0)], STIFFNESS);
            }
            if row + 2 < rows {
                stiffen(&[(at, 1.0), (at + columns, -2.0), (at + 2 * columns, 1.0)], STIFFNESS);
            }
            if column + 1 < columns && row + 1 < rows {
                let twist = [(at, 1.0), (at + 1, -1.0), (at + columns, -1.0), (at + columns + 1, 1.0)];
                stiffen(&twist, 2.0 * STIFFNESS);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    #[test]
    fn a_lens_is_followed_and_a_tall_part_is_not() {
        let lens = |p: Point<Photo>| {
            let (x, y) = ((p.x - 2000.0) / 2000.0, (p.y - 1500.0) / 2000.0);
            let r = x * x + y * y;
            [12.0 * x * r, 12.0 * y * r]
        };
        let flat = Homography::<Photo, Reference>::identity();
        let pairs: Vec<Pair> = (0..2500)
            .map(|k| Point::<Photo>::new(f64::from(k * 7919 % 4000), f64::from(k * 104_729 % 3000)))
            .map(|p| Pair { photo: p, reference: Point::new(p.x + lens(p)[0], p.y + lens(p)[1]), weight: 0.3 })
            .collect();
        let mesh = bend(&flat, &pairs, (4000.0, 3000.0), 17);
        assert!(mesh.is_valid());
        for k in 0..100 {
            let p = Point::new(f64::from(k % 10) * 400.0 + 150.0, f64::from(k / 10) * 300.0 + 130.0);
            let (is, want) = (mesh.at(p), lens(p));
            assert!((is[0] - want[0]).abs() < 0.3 && (is[1] - want[1]).abs() < 0.3, "{p:?}: {is:?} {want:?}");
        }
    }
}
