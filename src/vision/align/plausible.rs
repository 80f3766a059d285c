//! Could a camera have made this?

use super::hypotheses::Sizes;
use crate::geometry::{Homography, Photo, Point, Reference};

/// Photo and reference may differ in size by this factor either way: 1 : 4, and room for tilt.
const LARGEST_SCALE: f64 = 8.0;
/// Tilt to 35° shortens one direction to 0.82, near perspective to about half; twice that is no photo of a board.
const LARGEST_STRETCH: f64 = 4.0;

/// True when the map keeps the photo in front of the camera, unmirrored, at a sensible size, where it lies on the reference.
pub(super) fn is_plausible(h: &Homography<Photo, Reference>, sizes: &Sizes) -> bool {
    let Ok(back) = h.inverse() else { return false };
    let (width, height) = sizes.reference;
    // Where the middle of the reference and its quarters lie on the photo, as far as they do.
    let places = [(0.5, 0.5), (0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)];
    let on_photo = places.map(|(x, y)| back.apply(Point::new(x * width, y * height)));
    let centre = Point::new(sizes.photo.0 / 2.0, sizes.photo.1 / 2.0);
    let inside = |p: &Point<Photo>| p.x >= 0.0 && p.y >= 0.0 && p.x <= sizes.photo.0 && p.y <= sizes.photo.1;
    let mut judged = on_photo.iter().filter(|p| inside(p)).chain(std::iter::once(&centre)).map(|p| jacobian(h, *p));
    judged.all(|jacobian| jacobian.is_some_and(is_sensible))
}

fn is_sensible([a, b, c, d]: [f64; 4]) -> bool {
    let determinant = a * d - b * c;
    if determinant <= 0.0 {
        return false;
    }
    let scale = determinant.sqrt();
    // Singular values from the Frobenius norm and the determinant.
    let half = (a * a + b * b + c * c + d * d) / 2.0;
    let root = (half * half - determinant * determinant).max(0.0).sqrt();
    let stretch = ((half + root) / (half - root).max(1e-12)).sqrt();
    (1.0 / LARGEST_SCALE..LARGEST_SCALE).contains(&scale) && stretch < LARGEST_STRETCH
}

/// Derivatives of the map at `p`: du/dx, du/dy, dv/dx, dv/dy; `None` behind the horizon.
pub(super) fn jacobian(h: &Homography<Photo, Reference>, p: Point<Photo>) -> Option<[f64; 4]> {
    let (r, w) = h.apply_with_weight(p);
    let m = h.rows();
    let d = [m[0] - m[6] * r.x, m[1] - m[7] * r.x, m[3] - m[6] * r.y, m[4] - m[7] * r.y].map(|v| v / w);
    (w > 0.0 && d.iter().all(|v| v.is_finite())).then_some(d)
}
