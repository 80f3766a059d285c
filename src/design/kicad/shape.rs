//! Lines, circles, arcs and areas, of a board and of its footprints.

use std::f64::consts::TAU;

use kurbo::{Affine, Arc, BezPath, Circle, Point, Rect, Shape, Vec2};

use super::list::Node;
use crate::design::artwork::{FLATNESS_MM, Figure};

/// What an item draws, moved to its place; none where it is no shape.
pub(super) fn drawn(item: &Node<'_>, placed: Affine) -> Vec<Figure> {
    let kind = item.name().split_once('_').map_or("", |(_, kind)| kind);
    let Some((path, is_closed)) = outline(kind, item) else { return Vec::new() };
    let width_mm = item.find("stroke").unwrap_or(item).number("width").unwrap_or(0.0).max(0.0);
    let is_filled = is_closed
        && match item.said("fill") {
            Some(said) => matches!(said, "solid" | "yes"),
            // Before there was a word for it, polygons were filled, and nothing else.
            None => kind == "poly",
        };
    let path = placed * path;
    let mut figures = Vec::new();
    if is_filled {
        figures.push(Figure::Area(path.clone()));
    }
    // The edge of an area without a pen is no line.
    if width_mm > 0.0 || !is_filled {
        figures.push(Figure::Line { path, width_mm });
    }
    figures
}

/// The path of an item, and whether it encloses something.
fn outline(kind: &str, item: &Node<'_>) -> Option<(BezPath, bool)> {
    let mut path = BezPath::new();
    match kind {
        "line" => {
            path.move_to(item.point("start")?);
            path.line_to(item.point("end")?);
            Some((path, false))
        }
        "rect" => Some((Rect::from_points(item.point("start")?, item.point("end")?).to_path(FLATNESS_MM), true)),
        "circle" => {
            let centre = item.point("center")?;
            Some((Circle::new(centre, (item.point("end")? - centre).hypot()).to_path(FLATNESS_MM), true))
        }
        "arc" => {
            match (item.point("mid"), item.number("angle")) {
                (Some(mid), _) => arc_through(&mut path, item.point("start")?, mid, item.point("end")?),
                // Up to version 5: the centre, where it begins, and degrees clockwise.
                (None, Some(degrees)) => turn(&mut path, item.point("start")?, item.point("end")?, degrees.to_radians()),
                (None, None) => return None,
            }
            Some((path, false))
        }
        "curve" => {
            let points = points(item);
            let [a, b, c, d] = points[..] else { return None };
            path.move_to(a);
            path.curve_to(b, c, d);
            Some((path, false))
        }
        "poly" => {
            let Figure::Area(path) = Figure::ring(points(item)) else { return None };
            Some((path, true))
        }
        _ => None,
    }
}

/// The corners of `(pts (xy 1 2) (xy 3 4) (arc …))`; of arcs among them where they begin, pass and end.
pub(super) fn points(item: &Node<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    for corner in item.find("pts").into_iter().flat_map(Node::rest) {
        match corner.name() {
            "xy" => points.extend(match corner.numbers()[..] {
                [x, y, ..] => Some(Point::new(x, y)),
                _ => None,
            }),
            "arc" => {
                let mut path = BezPath::new();
                if let (Some(start), Some(mid), Some(end)) = (corner.point("start"), corner.point("mid"), corner.point("end")) {
                    arc_through(&mut path, start, mid, end);
                }
                kurbo::flatten(path, FLATNESS_MM, |element| points.extend(element.end_point()));
            }
            _ => {}
        }
    }
    points
}

/// An arc from one end through a place to the other end.
pub(super) fn arc_through(path: &mut BezPath, start: Point, mid: Point, end: Point) {
    path.move_to(start);
    let (a, b) = (mid - start, end - start);
    let area = 2.0 * a.cross(b);
    if area.abs() > 1e-9 {
        // The centre of the circle through the three.
        let (a2, b2) = (a.hypot2(), b.hypot2());
        let centre = start + Vec2::new(b.y * a2 - a.y * b2, a.x * b2 - b.x * a2) / area;
        let angle = |p: Point| libm::atan2(p.y - centre.y, p.x - centre.x);
        let from = angle(start);
        let forward = |to: f64| (to - from).rem_euclid(TAU);
        let (to_mid, to_end) = (forward(angle(mid)), forward(angle(end)));
        let sweep = if to_mid <= to_end { to_end } else { to_end - TAU };
        let radius = (start - centre).hypot();
        // Nearly straight ones have their centre beyond anything, and are lines.
        if super::is_near(radius) {
            path.extend(Arc::new(centre, (radius, radius), from, sweep, 0.0).append_iter(FLATNESS_MM));
        }
    }
    path.line_to(end);
}

fn turn(path: &mut BezPath, centre: Point, start: Point, radians: f64) {
    path.move_to(start);
    let radius = (start - centre).hypot();
    let from = libm::atan2(start.y - centre.y, start.x - centre.x);
    let sweep = radians.clamp(-TAU, TAU);
    path.extend(Arc::new(centre, (radius, radius), from, sweep, 0.0).append_iter(FLATNESS_MM));
}
