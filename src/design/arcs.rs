//! Arcs, as plotters draw them (Gerber layer format specification, 4.7).

use std::f64::consts::{FRAC_PI_2, TAU};

use kurbo::{Arc, BezPath, Point, Vec2};

use crate::design::artwork::FLATNESS_MM;

/// How far the two ends may differ in their distance to the centre of an arc in one quadrant, as a share of it, before another centre is taken.
const ROUNDING: f64 = 0.02;

/// How an arc is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) is_clockwise: bool,
    /// The offset of the centre has no signs, and the arc is a quarter at most.
    pub(super) is_in_one_quadrant: bool,
}

/// Appends an arc to a path that has come to `from`. The centre lies `offset` away from there.
pub(super) fn append(path: &mut BezPath, from: Point, to: Point, offset: Vec2, turn: Turn) {
    if let Some(arc) = arc(from, to, offset, turn) {
        path.extend(arc.append_iter(FLATNESS_MM));
    }
    // Where radii differ by what was rounded, the end is what counts.
    path.line_to(to);
}

/// `None` where there is nothing but a straight line to draw.
fn arc(from: Point, to: Point, offset: Vec2, turn: Turn) -> Option<Arc> {
    let centre = if turn.is_in_one_quadrant { quadrant_centre(from, to, offset, turn)? } else { from + offset };
    let radius = (from - centre).hypot();
    let sweep = sweep(centre, from, to, turn);
    let is_some = radius > 0.0 && radius.is_finite() && !(turn.is_in_one_quadrant && from == to);
    is_some.then(|| Arc::new(centre, (radius, radius), angle(from - centre), sweep, 0.0))
}

/// Of the four centres that the bare lengths allow, the one that fits both ends with a quarter of a turn at most.
fn quadrant_centre(from: Point, to: Point, offset: Vec2, turn: Turn) -> Option<Point> {
    let (x, y) = (offset.x.abs(), offset.y.abs());
    let centres = [(x, y), (-x, y), (x, -y), (-x, -y)].map(|(x, y)| from + Vec2::new(x, y));
    let misfit = |centre: &Point| ((from - *centre).hypot() - (to - *centre).hypot()).abs();
    let is_quarter = |centre: &Point| sweep(*centre, from, to, turn).abs() <= FRAC_PI_2 * (1.0 + ROUNDING);
    centres.into_iter().filter(is_quarter).min_by(|a, b| misfit(a).total_cmp(&misfit(b)))
}

/// Radians from one end to the other, positive counterclockwise; a whole turn where both are the same.
fn sweep(centre: Point, from: Point, to: Point, turn: Turn) -> f64 {
    let between = angle(to - centre) - angle(from - centre);
    if turn.is_clockwise {
        if between >= 0.0 { between - TAU } else { between }
    } else if between <= 0.0 {
        between + TAU
    } else {
        between
    }
}

fn angle(v: Vec2) -> f64 {
    libm::atan2(v.y, v.x)
}

#[cfg(test)]
mod tests {
    use kurbo::Shape;

    use super::*;

    #[test]
    fn arcs_go_the_right_way_round() {
        let drawn = |to: (f64, f64), offset: (f64, f64), is_clockwise: bool, is_in_one_quadrant: bool| {
            let mut path = BezPath::new();
            path.move_to((10.0, 0.0));
            append(&mut path, Point::new(10.0, 0.0), to.into(), offset.into(), Turn { is_clockwise, is_in_one_quadrant });
            let bounds = path.bounding_box();
            [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|v| (v * 100.0).round() / 100.0)
        };
        // A quarter, three quarters the other way, a whole turn, all around the origin.
        assert_eq!(drawn((0.0, 10.0), (-10.0, 0.0), false, false), [0.0, 0.0, 10.0, 10.0]);
        assert_eq!(drawn((0.0, 10.0), (-10.0, 0.0), true, false), [-10.0, -10.0, 10.0, 10.0]);
        assert_eq!(drawn((10.0, 0.0), (-10.0, 0.0), false, false), [-10.0, -10.0, 10.0, 10.0]);
        // Without signs: the centre is found, and nothing is drawn where both ends are one.
        assert_eq!(drawn((0.0, 10.0), (10.0, 0.0), false, true), [0.0, 0.0, 10.0, 10.0]);
        assert_eq!(drawn((0.0, -10.0), (10.0, 0.0), true, true), [0.0, -10.0, 10.0, 0.0]);
        assert_eq!(drawn((10.0, 0.0), (10.0, 0.0), false, true), [10.0, 0.0, 10.0, 0.0]);
    }
}
