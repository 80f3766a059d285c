//! The inside of an `SvgSelector`.

use kurbo::{Affine, BezPath, PathEl};
use roxmltree::{Document, Node};

use super::imported::Loss;
use crate::geometry::{Point, Rect, Reference};
use crate::report::{MAX_POLYGON_POINTS, Shape, simplified};

/// Bytes of one selector; a line of 1,024 points takes a tenth of it.
const MAX_SVG_BYTES: usize = 256 << 10;
/// Points of one outline before it is simplified, which takes longer than in proportion.
const MAX_OUTLINE_POINTS: usize = 4096;
/// Curves of one path.
const MAX_CURVES: usize = 512;
/// How far straight pieces may be from the curve that they stand for.
const FLATNESS_PX: f64 = 0.1;
/// What a simplified outline may at first be off; as much more as the limit of points takes.
const FIRST_TOLERANCE_PX: f64 = 0.05;
/// Digits before the point of a number in a path.
const MAX_DIGITS: usize = 7;
/// Beyond every valid shape; what is nearer is simplified in few steps.
const FAR_PX: f64 = 1e6;

type At = Point<Reference>;

/// What was read of a drawing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Drawn {
    pub(super) shapes: Vec<Shape>,
    /// Shapes that are no longer what the file says to the last pixel.
    pub(super) simplified: usize,
}

impl Drawn {
    /// A shape as the file says it.
    pub(super) fn plain(shape: Shape) -> Self {
        Self { shapes: vec![shape], simplified: 0 }
    }
}

/// Every shape of an SVG text: `rect`, `circle`, `ellipse`, `polygon`, `polyline`, `line` and `path`.
pub(super) fn read(text: &str) -> Result<Drawn, Loss> {
    if text.len() > MAX_SVG_BYTES {
        return Err(Loss::BeyondLimits);
    }
    // A selector may be a document, `svg:svg` without a declaration as in the standard's example, or a shape alone.
    let text = text.trim_start();
    let inner = if text.starts_with("<?xml") { text.split_once("?>").map_or("", |(_, rest)| rest) } else { text };
    let namespace = "http://www.w3.org/2000/svg";
    let whole = format!("<svg xmlns=\"{namespace}\" xmlns:svg=\"{namespace}\" xmlns:xlink=\"x\">{inner}</svg>");
    let document = Document::parse(&whole).map_err(|_| Loss::UnknownShape)?;
    let mut drawn = Drawn::default();
    for node in document.descendants().filter(Node::is_element) {
        let Some(found) = shapes(node) else { continue };
        let found = turned(node, found?)?;
        drawn.shapes.extend(found.shapes);
        drawn.simplified += found.simplified;
    }
    if drawn.shapes.is_empty() { Err(Loss::NoPlace) } else { Ok(drawn) }
}

/// The shapes that an element says; `None` when it is no shape.
fn shapes(node: Node<'_, '_>) -> Option<Result<Drawn, Loss>> {
    let number = |name: &str| -> Result<f64, Loss> {
        let Some(text) = node.attribute(name) else { return Ok(0.0) };
        text.trim().trim_end_matches("px").parse().map_err(|_| Loss::UnknownShape)
    };
    let ellipse = |rx: &str, ry: &str| {
        let (cx, cy, rx, ry) = (number("cx")?, number("cy")?, number(rx)?, number(ry)?);
        Ok(Drawn::plain(Shape::Ellipse(Rect::new(cx - rx, cy - ry, 2.0 * rx, 2.0 * ry))))
    };
    let rect = || Ok(Drawn::plain(Shape::Box(Rect::new(number("x")?, number("y")?, number("width")?, number("height")?))));
    let line = || {
        let ends = [Point::new(number("x1")?, number("y1")?), Point::new(number("x2")?, number("y2")?)];
        Ok(Drawn::plain(Shape::Line(ends)))
    };
    Some(match node.tag_name().name() {
        "rect" => rect(),
        "circle" => ellipse("r", "r"),
        "ellipse" => ellipse("rx", "ry"),
        "line" => line(),
        "polygon" => points(node).and_then(|points| outline(points, true)),
        "polyline" => points(node).and_then(|points| outline(points, false)),
        "path" => path(node.attribute("d").unwrap_or_default()),
        // Words, pictures and copies would have to be drawn to know where they are.
        "text" | "image" | "use" => Err(Loss::UnknownShape),
        _ => return None,
    })
}

fn points(node: Node<'_, '_>) -> Result<Vec<At>, Loss> {
    let text = node.attribute("points").unwrap_or_default();
    let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let numbers: Vec<f64> = words.map(|word| word.parse().map_err(|_| Loss::UnknownShape)).collect::<Result<_, _>>()?;
    let (pairs, []) = numbers.as_chunks::<2>() else { return Err(Loss::UnknownShape) };
    Ok(pairs.iter().map(|[x, y]| Point::new(*x, *y)).collect())
}

/// An outline of as many points as a shape may have. What is closed and has no inside is a line; what is open is drawn by hand.
pub(super) fn outline(mut points: Vec<At>, is_closed: bool) -> Result<Drawn, Loss> {
    if points.len() > MAX_OUTLINE_POINTS || !points.iter().all(|p| p.x.abs() < FAR_PX && p.y.abs() < FAR_PX) {
        return Err(Loss::BeyondLimits);
    }
    if is_closed && points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let shape = match points[..] {
        [] => return Err(Loss::NoPlace),
        [only] => Shape::Point(only),
        [from, to] if from == to => Shape::Point(from),
        [from, to] => Shape::Line([from, to]),
        _ if is_closed && points.len() <= MAX_POLYGON_POINTS => Shape::Polygon(points),
        _ if !is_closed && points.len() <= crate::report::MAX_FREEHAND_POINTS => Shape::Freehand(points),
        _ => return Ok(Drawn { shapes: vec![fewer(&points, is_closed)], simplified: 1 }),
    };
    Ok(Drawn::plain(shape))
}

fn fewer(points: &[At], is_closed: bool) -> Shape {
    let mut tolerance = FIRST_TOLERANCE_PX;
    let mut kept = simplified(points, tolerance);
    // Every doubling takes points away, down to the two ends; the count keeps what is not a number from going on for ever.
    for _ in 0..64 {
        if !is_closed || kept.len() <= MAX_POLYGON_POINTS {
            break;
        }
        tolerance *= 2.0;
        kept = simplified(&kept, tolerance);
    }
    if is_closed { Shape::Polygon(kept) } else { Shape::Freehand(kept) }
}

/// Each part of a path; curves become straight pieces.
fn path(d: &str) -> Result<Drawn, Loss> {
    if !is_tame(d) {
        return Err(Loss::BeyondLimits);
    }
    let path = BezPath::from_svg(d).map_err(|_| Loss::UnknownShape)?;
    let near = |p: kurbo::Point| p.x.abs() < FAR_PX && p.y.abs() < FAR_PX;
    let is_near = |element: &PathEl| match *element {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => near(p),
        PathEl::QuadTo(a, b) => near(a) && near(b),
        PathEl::CurveTo(a, b, c) => near(a) && near(b) && near(c),
        PathEl::ClosePath => true,
    };
    let is_curve = |element: &&PathEl| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
    let curves = path.elements().iter().filter(is_curve).count();
    if curves > MAX_CURVES || !path.elements().iter().all(is_near) {
        return Err(Loss::BeyondLimits);
    }
    let mut parts: Vec<(Vec<At>, bool)> = Vec::new();
    kurbo::flatten(path, FLATNESS_PX, |element| match (element, parts.last_mut()) {
        (PathEl::MoveTo(p), _) => parts.push((vec![Point::new(p.x, p.y)], false)),
        (PathEl::LineTo(p), Some((points, false))) => points.push(Point::new(p.x, p.y)),
        (PathEl::ClosePath, Some((_, is_closed))) => *is_closed = true,
        // A line right after a closed part begins where that one began.
        (PathEl::LineTo(p), Some((points, true))) => {
            let start = points.first().copied();
            parts.push((start.into_iter().chain([Point::new(p.x, p.y)]).collect(), false));
        }
        _ => {}
    });
    let mut drawn = Drawn::default();
    for (points, is_closed) in parts {
        // Editors end what they close with its first point, with and without the letter for it.
        let returns = points.len() > 3 && points.first() == points.last();
        let part = outline(points, is_closed || returns)?;
        drawn.simplified += part.simplified;
        drawn.shapes.extend(part.shapes);
    }
    if curves > 0 {
        drawn.simplified = drawn.shapes.len();
    }
    Ok(drawn)
}

/// True when no number in it is so large that an arc of that radius would be cut into pieces without end.
fn is_tame(d: &str) -> bool {
    let (mut digits, mut in_fraction, mut before) = (0, false, ' ');
    for c in d.chars() {
        match c {
            _ if before.eq_ignore_ascii_case(&'e') && c != '-' => return false,
            '0'..='9' if !in_fraction => digits += 1,
            '0'..='9' => {}
            '.' => (digits, in_fraction) = (0, true),
            _ => (digits, in_fraction) = (0, false),
        }
        if digits > MAX_DIGITS {
            return false;
        }
        before = c;
    }
    true
}

/// Shapes turned by the element's own `rotate(…)`; any other transform, here or further out, is not followed.
fn turned(node: Node<'_, '_>, drawn: Drawn) -> Result<Drawn, Loss> {
    if node.ancestors().skip(1).any(|outer| outer.attribute("transform").is_some()) {
        return Err(Loss::UnknownShape);
    }
    let Some(transform) = node.attribute("transform") else { return Ok(drawn) };
    let inside = transform.trim().strip_prefix("rotate(").and_then(|rest| rest.strip_suffix(')')).ok_or(Loss::UnknownShape)?;
    let words = inside.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let numbers: Vec<f64> = words.map_while(|word| word.parse().ok()).collect();
    let (degrees, middle) = match numbers[..] {
        [degrees] => (degrees, kurbo::Point::ORIGIN),
        [degrees, cx, cy] => (degrees, kurbo::Point::new(cx, cy)),
        _ => return Err(Loss::UnknownShape),
    };
    let turn = Affine::rotate_about(degrees.to_radians(), middle);
    let mut after = Drawn { shapes: Vec::new(), simplified: drawn.simplified };
    for shape in drawn.shapes {
        let (points, is_closed) = shape.outline();
        let place = |p: &At| {
            let there = turn * kurbo::Point::new(p.x, p.y);
            Point::new(there.x, there.y)
        };
        let part = outline(points.iter().map(place).collect(), is_closed)?;
        after.simplified += part.simplified + usize::from(matches!(shape, Shape::Ellipse(_)));
        after.shapes.extend(part.shapes);
    }
    Ok(after)
}
