//! The map as a list of points, for whoever can't or won't evaluate it.

use crate::geometry::{Photo, Point, Warp};

/// Halvings that find the edge of the overlap between two grid points: 64 px to a hundredth.
const HALVINGS: usize = 13;

/// `[photo_x, photo_y, ref_x, ref_y]` at every grid point that lands on the reference, and where grid lines leave it.
pub(in crate::vision) fn sampled(warp: &Warp, photo: (f64, f64), reference: (f64, f64), step_px: f64) -> Vec<[f64; 4]> {
    let axis = |side: f64| {
        let steps = libm::ceil(side / step_px).max(1.0);
        (0..=steps as u32).map(move |k| (f64::from(k) * step_px).min(side)).collect::<Vec<f64>>()
    };
    let (xs, ys) = (axis(photo.0), axis(photo.1));
    let land = |x: f64, y: f64| {
        let p = Point::<Photo>::new(x, y);
        let (_, weight) = warp.homography.apply_with_weight(p);
        let r = warp.to_reference(p);
        let inside = weight > 0.0 && r.x >= 0.0 && r.y >= 0.0 && r.x <= reference.0 && r.y <= reference.1;
        inside.then_some([x, y, r.x, r.y])
    };
    let edge = |inside: (f64, f64), outside: (f64, f64)| {
        let (mut low, mut high) = (0.0, 1.0);
        let at = |t: f64| land(inside.0 + (outside.0 - inside.0) * t, inside.1 + (outside.1 - inside.1) * t);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if at(middle).is_some() { low = middle } else { high = middle }
        }
        if low > 0.0 { at(low) } else { None }
    };
    let mut points = Vec::new();
    for (row, &y) in ys.iter().enumerate() {
        for (column, &x) in xs.iter().enumerate() {
            let here = land(x, y);
            points.extend(here);
            let next = [xs.get(column + 1).map(|&x| (x, y)), ys.get(row + 1).map(|&y| (x, y))];
            for (nx, ny) in next.into_iter().flatten() {
                match (here.is_some(), land(nx, ny).is_some()) {
                    (true, false) => points.extend(edge((x, y), (nx, ny))),
                    (false, true) => points.extend(edge((nx, ny), (x, y))),
                    _ => {}
                }
            }
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Homography;

    #[test]
    fn points_reach_the_edge_of_the_overlap() {
        // The photo shows the reference from (100, 50) on, at the same size, and more beyond its right edge.
        let shift = Homography::new([1.0, 0.0, 100.0, 0.0, 1.0, 50.0, 0.0, 0.0, 1.0]);
        let points = sampled(&Warp { homography: shift, mesh: None }, (300.0, 200.0), (350.0, 250.0), 64.0);
        let most = |k: usize| points.iter().map(|p| p[k]).fold(0.0, f64::max);
        assert!((most(2) - 350.0).abs() < 0.02 && (most(3) - 250.0).abs() < 0.02);
        assert!(points.iter().all(|p| (p[2] - p[0] - 100.0).abs() < 1e-9 && p[2] <= 350.0));
        assert!(points.iter().any(|p| p[0] == 0.0 && p[1] == 0.0));
    }
}
