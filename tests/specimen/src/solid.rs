//! An upright prism: everything on a board is made of them.

use crate::finish::Finish;
use crate::sheet::Sheet;

/// The outline of a prism, in its own frame, in mm.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// A rectangle of these half sides.
    Box([f64; 2]),
    /// A disc of this radius.
    Disc(f64),
}

/// An upright prism on the board.
#[derive(Debug, Clone)]
pub(crate) struct Solid {
    /// The middle of the outline, in mm on the board.
    pub(crate) centre: [f64; 2],
    /// Cosine and sine of its rotation.
    pub(crate) turn: [f64; 2],
    pub(crate) shape: Shape,
    /// Lowest and highest point above the board, in mm.
    pub(crate) z: [f64; 2],
    pub(crate) top: Finish,
    pub(crate) side: Finish,
    /// Width of the rounded upper edge, in mm.
    pub(crate) bevel: f64,
    /// Number of the print on its top, in the scene's list.
    pub(crate) decal: Option<u32>,
}

/// What is printed on a top face: a sheet over the box around the outline, and a finish for each of its layers.
#[derive(Debug, Clone)]
pub(crate) struct Decal {
    pub(crate) sheet: Sheet,
    pub(crate) inks: [Finish; 4],
}

/// A straight line of sight, in mm on the board; `direction[2]` is negative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) origin: [f64; 3],
    pub(crate) direction: [f64; 3],
}

impl Ray {
    #[inline]
    pub(crate) fn at(&self, t: f64) -> [f64; 3] {
        [0, 1, 2].map(|k| self.origin[k] + self.direction[k] * t)
    }
}

/// Where a ray meets a solid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meeting {
    pub(crate) t: f64,
    /// In the solid's own frame, relative to its centre.
    pub(crate) local: [f64; 2],
    /// Outward, in the solid's own frame.
    pub(crate) normal: [f64; 3],
}

impl Solid {
    /// Half the sides of the axis-parallel box around it.
    pub(crate) fn reach(&self) -> [f64; 2] {
        match self.shape {
            Shape::Disc(r) => [r; 2],
            Shape::Box([w, h]) => {
                let [c, s] = self.turn.map(f64::abs);
                [w * c + h * s, w * s + h * c]
            }
        }
    }

    #[inline]
    pub(crate) fn to_local(&self, x: f64, y: f64) -> [f64; 2] {
        let (x, y, [c, s]) = (x - self.centre[0], y - self.centre[1], self.turn);
        [x * c + y * s, y * c - x * s]
    }

    /// The normal in board coordinates.
    #[inline]
    pub(crate) fn to_board(&self, n: [f64; 3]) -> [f64; 3] {
        let [c, s] = self.turn;
        [n[0] * c - n[1] * s, n[0] * s + n[1] * c, n[2]]
    }

    /// True when the place is within the outline.
    pub(crate) fn covers(&self, x: f64, y: f64) -> bool {
        let [u, v] = self.to_local(x, y);
        match self.shape {
            Shape::Box([w, h]) => u.abs() <= w && v.abs() <= h,
            Shape::Disc(r) => u * u + v * v <= r * r,
        }
    }

    /// Where the ray enters, if it does.
    #[inline]
    pub(crate) fn meet(&self, ray: &Ray) -> Option<Meeting> {
        let [ox, oy] = self.to_local(ray.origin[0], ray.origin[1]);
        let ([c, s], [dx, dy, dz]) = (self.turn, ray.direction);
        let (dx, dy) = (dx * c + dy * s, dy * c - dx * s);
        // Rays come from above: the top is met first, the bottom never.
        let (enter_z, leave_z) = ((self.z[1] - ray.origin[2]) / dz, (self.z[0] - ray.origin[2]) / dz);
        let (enter, leave, side) = match self.shape {
            Shape::Box([w, h]) => {
                let (near_x, far_x) = slab(ox, dx, w);
                let (near_y, far_y) = slab(oy, dy, h);
                let normal = if near_x > near_y { [-dx.signum(), 0.0, 0.0] } else { [0.0, -dy.signum(), 0.0] };
                (near_x.max(near_y), far_x.min(far_y), normal)
            }
            Shape::Disc(r) => {
                let (a, b, q) = (dx * dx + dy * dy, ox * dx + oy * dy, ox * ox + oy * oy - r * r);
                let root = b * b - a * q;
                if a < 1e-18 {
                    if q > 0.0 {
                        return None;
                    }
                    (f64::NEG_INFINITY, f64::INFINITY, [0.0; 3])
                } else {
                    if root < 0.0 {
                        return None;
                    }
                    let root = root.sqrt();
                    let t = (-b - root) / a;
                    (t, (-b + root) / a, [(ox + dx * t) / r, (oy + dy * t) / r, 0.0])
                }
            }
        };
        let t = enter.max(enter_z);
        if t > leave.min(leave_z) || t <= 0.0 {
            return None;
        }
        let local = [ox + dx * t, oy + dy * t];
        Some(if enter_z >= enter {
            Meeting { t, local, normal: self.bevelled(local) }
        } else {
            Meeting { t, local, normal: side }
        })
    }

    /// The normal of the top, which leans outward along the rounded edge.
    #[inline]
    fn bevelled(&self, [u, v]: [f64; 2]) -> [f64; 3] {
        if self.bevel <= 0.0 {
            return [0.0, 0.0, 1.0];
        }
        let lean = |depth: f64| 0.7 * (1.0 - depth / self.bevel).max(0.0);
        let [x, y] = match self.shape {
            Shape::Box([w, h]) => [lean(w - u.abs()) * u.signum(), lean(h - v.abs()) * v.signum()],
            Shape::Disc(r) => {
                let from_middle = (u * u + v * v).sqrt().max(1e-9);
                [u, v].map(|k| lean(r - from_middle) * k / from_middle)
            }
        };
        let length = (1.0 + x * x + y * y).sqrt();
        [x / length, y / length, 1.0 / length]
    }
}

/// Where a line enters and leaves the strip of this half width around 0.
#[inline]
fn slab(origin: f64, direction: f64, half: f64) -> (f64, f64) {
    if direction.abs() < 1e-12 {
        return if origin.abs() <= half { (f64::NEG_INFINITY, f64::INFINITY) } else { (f64::INFINITY, f64::NEG_INFINITY) };
    }
    let (a, b) = ((-half - origin) / direction, (half - origin) / direction);
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finish::TIN;

    fn solid(shape: Shape) -> Solid {
        Solid { centre: [5.0, 5.0], turn: [0.8, 0.6], shape, z: [0.0, 2.0], top: TIN, side: TIN, bevel: 0.0, decal: None }
    }

    #[test]
    fn a_ray_from_above_meets_the_top_and_a_slanting_one_the_side() {
        let down = Ray { origin: [5.0, 5.0, 10.0], direction: [0.0, 0.0, -1.0] };
        // Along the solid's own x axis, it reaches the side at u = -1 at a height of 1.
        let slanting = Ray { origin: [5.0 - 0.8 * 10.0, 5.0 - 0.6 * 10.0, 10.0], direction: [0.8, 0.6, -1.0] };
        for shape in [Shape::Box([1.0, 3.0]), Shape::Disc(1.0)] {
            let top = solid(shape).meet(&down).unwrap();
            assert!((top.t - 8.0).abs() < 1e-12 && top.normal == [0.0, 0.0, 1.0]);
            let side = solid(shape).meet(&slanting).unwrap();
            assert!((side.t - 9.0).abs() < 1e-9 && (side.normal[0] + 1.0).abs() < 1e-9, "{side:?}");
        }
    }

    #[test]
    fn a_ray_beside_the_solid_misses() {
        let beside = Ray { origin: [5.0, 8.7, 10.0], direction: [0.0, 0.0, -1.0] };
        assert!(solid(Shape::Box([1.0, 3.0])).meet(&beside).is_none());
        assert!(solid(Shape::Disc(3.0)).meet(&beside).is_none());
    }
}
