//! The smooth field that a homography leaves over: lens distortion and a bowed board.

use super::fit::{Pair, Weight};
use crate::geometry::{Homography, Mesh, Photo, Reference};

/// Weight of a bend between neighbouring nodes, as part of the places' mean weight per node: the field follows what
/// several nodes' places agree on, and bridges gaps of a node or two.
const STIFFNESS: f64 = 0.1;
/// Pull towards no displacement, in the same measure, so that the field dies out where nothing supports it.
const REST: f64 = 1e-4;
/// Iterations of the conjugate gradient method; a few hundred unknowns need fewer.
const MOST_ITERATIONS: usize = 150;

/// One place: its node and weights on the grid, and the displacement wanted there.
struct Sample {
    corners: [usize; 4],
    shares: [f64; 4],
    wanted: [f64; 2],
    weight: Weight,
}

/// Displacements at the nodes.
type Field = Vec<[f64; 2]>;

/// How strongly all places together tie a node to itself and to the four neighbours that come after it: right, below left,
/// below, below right. There are far fewer nodes than places, and an iteration that goes
/// over nodes is as much shorter.
type Ties = Vec<[Weight; 5]>;

impl Sample {
    /// Adds its weighted displacement to the nodes around.
    fn pull(&self, out: &mut Field) {
        let pulled = times(&self.weight, self.wanted);
        for (corner, share) in self.corners.iter().zip(self.shares) {
            out[*corner][0] += share * pulled[0];
            out[*corner][1] += share * pulled[1];
        }
    }

    /// Ties the nodes around to each other.
    fn tie(&self, ties: &mut Ties) {
        let s = &self.shares;
        let mut add = |corner: usize, neighbour: usize, share: f64| {
            let (sum, more) = (&mut ties[self.corners[corner]][neighbour], self.weight.times(share));
            *sum = Weight { xx: sum.xx + more.xx, xy: sum.xy + more.xy, yy: sum.yy + more.yy };
        };
        for corner in 0..4 {
            add(corner, 0, s[corner] * s[corner]);
        }
        add(0, 1, s[0] * s[1]);
        add(2, 1, s[2] * s[3]);
        add(1, 2, s[1] * s[2]);
        add(0, 3, s[0] * s[2]);
        add(1, 3, s[1] * s[3]);
        add(0, 4, s[0] * s[3]);
    }
}

fn times(w: &Weight, [x, y]: [f64; 2]) -> [f64; 2] {
    [w.xx * x + w.xy * y, w.xy * x + w.yy * y]
}

/// The grid and how it resists.
struct Plate {
    columns: usize,
    rows: usize,
    stiffness: f64,
    rest: f64,
}

/// The mesh over a photo of this size that brings every pair together as far as smoothness allows.
pub(super) fn bend(homography: &Homography<Photo, Reference>, pairs: &[Pair], photo: (f64, f64), longer_side: u32) -> Mesh {
    let step = photo.0.max(photo.1) / f64::from(longer_side - 1);
    let count = |side: f64| (libm::ceil(side / step - 1e-9) as u32 + 1).max(2);
    let (columns, rows) = (count(photo.0), count(photo.1));
    let samples: Vec<Sample> = pairs.iter().filter_map(|pair| sample(homography, pair, step, columns, rows)).collect();
    let nodes = (columns * rows) as usize;
    let per_node = samples.iter().map(|s| s.weight.mean()).sum::<f64>() / nodes as f64;
    let plate = Plate { columns: columns as usize, rows: rows as usize, stiffness: STIFFNESS * per_node, rest: REST * per_node };
    let nodes = solve(&samples, &plate).into_iter().map(|[x, y]| [x as f32, y as f32]).collect();
    Mesh { columns, rows, step_x: step, step_y: step, nodes }
}

fn sample(h: &Homography<Photo, Reference>, pair: &Pair, step: f64, columns: u32, rows: u32) -> Option<Sample> {
    let cell = |v: f64, count: u32| {
        let v = (v / step).clamp(0.0, f64::from(count - 1));
        let low = v.floor().min(f64::from(count - 2));
        (low as usize, v - low)
    };
    let ((column, fx), (row, fy)) = (cell(pair.from.x, columns), cell(pair.from.y, rows));
    let first = row * columns as usize + column;
    let flat = h.apply(pair.from);
    let wanted = [pair.to.x - flat.x, pair.to.y - flat.y];
    let below = first + columns as usize;
    wanted.iter().all(|v| v.is_finite()).then_some(Sample {
        corners: [first, first + 1, below, below + 1],
        shares: [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy],
        wanted,
        weight: pair.weight,
    })
}

/// Conjugate gradients on the normal equations, matrix-free.
fn solve(samples: &[Sample], plate: &Plate) -> Field {
    let mut field = vec![[0.0; 2]; plate.columns * plate.rows];
    let mut residual = field.clone();
    let mut ties = vec![[Weight::even(0.0); 5]; field.len()];
    for sample in samples {
        sample.pull(&mut residual);
        sample.tie(&mut ties);
    }
    let dot = |a: &Field, b: &Field| a.iter().zip(b).map(|(a, b)| a[0] * b[0] + a[1] * b[1]).sum::<f64>();
    let mut direction = residual.clone();
    let mut energy = dot(&residual, &residual);
    let enough = energy * 1e-10;
    for _ in 0..MOST_ITERATIONS {
        if energy <= enough {
            break;
        }
        let image = apply(&ties, plate, &direction);
        let step = energy / dot(&direction, &image);
        for axis in 0..2 {
            for k in 0..field.len() {
                field[k][axis] += step * direction[k][axis];
                residual[k][axis] -= step * image[k][axis];
            }
        }
        let next = dot(&residual, &residual);
        let keep = next / energy;
        for (towards, left) in direction.iter_mut().zip(&residual) {
            *towards = [left[0] + keep * towards[0], left[1] + keep * towards[1]];
        }
        energy = next;
    }
    field
}

/// The matrix of the normal equations times a field: places, bending of a thin plate, rest.
fn apply(ties: &Ties, plate: &Plate, field: &Field) -> Field {
    let Plate { columns, rows, stiffness, rest } = *plate;
    let mut out: Field = field.iter().map(|v| v.map(|v| v * rest)).collect();
    for (at, ties) in ties.iter().enumerate() {
        let own = times(&ties[0], field[at]);
        out[at] = [out[at][0] + own[0], out[at][1] + own[1]];
        for (tie, other) in ties[1..].iter().zip([at + 1, at + columns - 1, at + columns, at + columns + 1]) {
            // The last nodes have no such neighbours, and no ties to them.
            let Some(theirs) = field.get(other) else { break };
            let (here, there) = (times(tie, *theirs), times(tie, field[at]));
            out[at] = [out[at][0] + here[0], out[at][1] + here[1]];
            out[other] = [out[other][0] + there[0], out[other][1] + there[1]];
        }
    }
    let mut stiffen = |nodes: &[(usize, f64)], weight: f64| {
        for axis in 0..2 {
            let bent: f64 = nodes.iter().map(|(node, factor)| field[*node][axis] * factor).sum();
            for (node, factor) in nodes {
                out[*node][axis] += weight * factor * bent;
            }
        }
    };
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            if column + 2 < columns {
                stiffen(&[(at, 1.0), (at + 1, -2.0), (at + 2, 1.0)], stiffness);
            }
            if row + 2 < rows {
                stiffen(&[(at, 1.0), (at + columns, -2.0), (at + 2 * columns, 1.0)], stiffness);
            }
            if column + 1 < columns && row + 1 < rows {
                let twist = [(at, 1.0), (at + 1, -1.0), (at + columns, -1.0), (at + columns + 1, 1.0)];
                stiffen(&twist, 2.0 * stiffness);
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
            .map(|p| Pair { from: p, to: Point::new(p.x + lens(p)[0], p.y + lens(p)[1]), weight: Weight::even(0.3) })
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
