//! Shapes: named ones from the file's dictionaries, and those that stand in place.

use std::collections::BTreeMap;

use kurbo::{Affine, BezPath, Circle, Ellipse, Point, Rect, RoundedRect, Shape, Vec2};
use roxmltree::Node;

use super::{Elements, placed, unit};
use crate::design::arcs::{self, Turn};
use crate::design::artwork::{FLATNESS_MM, Figure};

/// Shapes within one another.
const MOST_DEPTH: usize = 8;

/// The dictionaries of a file, in millimetres with y downwards.
pub(super) struct Shapes<'a> {
    known: BTreeMap<&'a str, Vec<Figure>>,
    /// Widths of pens.
    pens: BTreeMap<&'a str, f64>,
}

impl<'a> Shapes<'a> {
    pub(super) fn of(root: Node<'a, 'a>, mm: f64) -> Self {
        let mut shapes = Self { known: BTreeMap::new(), pens: BTreeMap::new() };
        let dictionaries = |name: &'static str| {
            root.descendants()
                .filter(move |node| node.has_tag_name_only(name))
                .map(move |node| (node, unit(node.attribute("units")).unwrap_or(mm)))
        };
        for (dictionary, mm) in dictionaries("DictionaryLineDesc") {
            for entry in dictionary.elements("EntryLineDesc") {
                let width = entry.element("LineDesc").and_then(|line| line.number("lineWidth"));
                shapes.pens.extend(entry.attribute("id").zip(width.map(|width| width.max(0.0) * mm)));
            }
        }
        for (name, entries) in [("DictionaryStandard", "EntryStandard"), ("DictionaryUser", "EntryUser")] {
            for (dictionary, mm) in dictionaries(name) {
                for entry in dictionary.elements(entries) {
                    if let Some(id) = entry.attribute("id") {
                        let drawn = shapes.drawn(entry, mm);
                        shapes.known.insert(id, drawn);
                    }
                }
            }
        }
        shapes
    }

    /// The shapes that an element refers to by name.
    pub(super) fn named(&self, item: Node<'_, '_>) -> Vec<Figure> {
        let references =
            ["StandardPrimitiveRef", "UserPrimitiveRef"].into_iter().flat_map(|name| item.elements(name).collect::<Vec<_>>());
        references.filter_map(|reference| self.known.get(reference.attribute("id")?)).flatten().cloned().collect()
    }

    /// The shapes that stand in an element, by name or in place.
    pub(super) fn drawn(&self, item: Node<'_, '_>, mm: f64) -> Vec<Figure> {
        let mut figures = self.named(item);
        self.gather(item, mm, 0, &mut figures);
        figures
    }

    /// The closed lines of an outline: what its polygons go around, and their cut-outs.
    pub(super) fn edges(&self, item: Node<'_, '_>, mm: f64) -> Vec<Figure> {
        let rings = item.children().filter(|node| matches!(node.tag_name().name(), "Polygon" | "Cutout"));
        rings.filter_map(|ring| path(ring, mm)).map(|path| Figure::Line { path, width_mm: 0.0 }).collect()
    }

    fn gather(&self, item: Node<'_, '_>, mm: f64, depth: usize, figures: &mut Vec<Figure>) {
        for shape in item.children().filter(Node::is_element) {
            match shape.tag_name().name() {
                // What shapes are put together in.
                "UserSpecial" | "Features" if depth < MOST_DEPTH => {
                    figures.extend(self.named(shape));
                    self.gather(shape, mm, depth + 1, figures);
                }
                _ => figures.extend(self.one(shape, mm)),
            }
        }
    }

    fn one(&self, shape: Node<'_, '_>, mm: f64) -> Option<Figure> {
        let figure = match shape.tag_name().name() {
            "Line" => {
                let mut path = BezPath::new();
                path.move_to(point(shape, "startX", "startY", mm)?);
                path.line_to(point(shape, "endX", "endY", mm)?);
                self.pen(path, shape, mm)
            }
            "Arc" => {
                let (from, to) = (point(shape, "startX", "startY", mm)?, point(shape, "endX", "endY", mm)?);
                let centre = point(shape, "centerX", "centerY", mm)?;
                let mut path = BezPath::new();
                path.move_to(from);
                arcs::append(&mut path, from, to, centre - from, turn(shape));
                self.pen(path, shape, mm)
            }
            "Polyline" => return Some(self.pen(path(shape, mm)?, shape, mm)),
            "Outline" => {
                let polygon = shape.element("Polygon")?;
                let path = path(polygon, mm)?;
                return Some(if is_hollow(polygon) || is_hollow(shape) { self.pen(path, shape, mm) } else { Figure::Area(path) });
            }
            "Contour" => {
                let outer = shape.element("Polygon")?;
                let mut area = path(outer, mm)?;
                if is_hollow(outer) {
                    return Some(self.pen(area, outer, mm));
                }
                let direction = area.area().is_sign_positive();
                for cut in shape.elements("Cutout").filter_map(|cut| path(cut, mm)) {
                    // Holes go round the other way.
                    let cut = if cut.area().is_sign_positive() == direction { cut.reverse_subpaths() } else { cut };
                    area.extend(cut);
                }
                return Some(Figure::Area(area));
            }
            "Polygon" => return Some(Figure::Area(path(shape, mm)?)),
            _ => {
                let path = standard(shape, mm)?;
                // Millimetres with y downwards on either side of it.
                let path = Affine::FLIP_Y * placed(shape, mm) * Affine::FLIP_Y * path;
                if is_hollow(shape) { self.pen(path, shape, mm) } else { Figure::Area(path) }
            }
        };
        Some(figure.moved(Affine::FLIP_Y))
    }

    /// A line with the pen that the shape names.
    fn pen(&self, path: BezPath, shape: Node<'_, '_>, mm: f64) -> Figure {
        let own = shape.element("LineDesc").and_then(|line| line.number("lineWidth")).map(|width| width * mm);
        let named = || shape.element("LineDescRef").and_then(|line| self.pens.get(line.attribute("id")?)).copied();
        Figure::Line { path, width_mm: own.or_else(named).unwrap_or(0.0).max(0.0) }
    }
}

/// A point of an element in millimetres, y upwards as in the file.
fn point(item: Node<'_, '_>, x: &str, y: &str, mm: f64) -> Option<Point> {
    item.point(x, y).map(|p| Point::new(p.x * mm, p.y * mm))
}

fn is_hollow(shape: Node<'_, '_>) -> bool {
    shape.element("FillDesc").is_some_and(|fill| fill.attribute("fillProperty") == Some("HOLLOW"))
}

fn turn(shape: Node<'_, '_>) -> Turn {
    Turn { is_clockwise: shape.attribute("clockwise") == Some("true"), is_in_one_quadrant: false }
}

/// The path of an element that begins somewhere and goes on by steps, in millimetres with y downwards; closed but for a polyline.
fn path(item: Node<'_, '_>, mm: f64) -> Option<BezPath> {
    let mut at = point(item.element("PolyBegin")?, "x", "y", mm)?;
    let mut path = BezPath::new();
    path.move_to(at);
    for step in item.children().filter(Node::is_element) {
        let to = match step.tag_name().name() {
            "PolyStepSegment" => point(step, "x", "y", mm)?,
            "PolyStepCurve" => {
                let to = point(step, "x", "y", mm)?;
                arcs::append(&mut path, at, to, point(step, "centerX", "centerY", mm)? - at, turn(step));
                at = to;
                continue;
            }
            _ => continue,
        };
        path.line_to(to);
        at = to;
    }
    if item.tag_name().name() != "Polyline" {
        path.close_path();
    }
    Some(Affine::FLIP_Y * path)
}

/// A shape of the standard's own, around its middle, in millimetres with y upwards.
fn standard(shape: Node<'_, '_>, mm: f64) -> Option<BezPath> {
    let number = |name: &str| shape.number(name).filter(|number| *number >= 0.0).map(|number| number * mm);
    let upright = || Some(Rect::from_center_size(Point::ORIGIN, (number("width")?, number("height")?)));
    let regular = |corners: usize, across: f64, first: f64| {
        let corner = |place: usize| {
            let (sine, cosine) = libm::sincos(first + std::f64::consts::TAU * place as f64 / corners as f64);
            Point::new(cosine * across / 2.0, sine * across / 2.0)
        };
        ring((0..corners).map(corner))
    };
    match shape.tag_name().name() {
        "Circle" => Some(Circle::new(Point::ORIGIN, number("diameter")? / 2.0).to_path(FLATNESS_MM)),
        "RectCenter" => Some(upright()?.to_path(FLATNESS_MM)),
        "RectCorner" => {
            let (low, high) = (point(shape, "lowerLeftX", "lowerLeftY", mm)?, point(shape, "upperRightX", "upperRightY", mm)?);
            Some(Rect::from_points(low, high).to_path(FLATNESS_MM))
        }
        "RectRound" => {
            let radius = number("radius")?;
            let rounded = |corner: &str| if shape.attribute(corner) == Some("false") { 0.0 } else { radius };
            // The library counts downwards: its top is the file's bottom.
            let radii = (rounded("lowerLeft"), rounded("lowerRight"), rounded("upperRight"), rounded("upperLeft"));
            Some(RoundedRect::from_rect(upright()?, radii).to_path(FLATNESS_MM))
        }
        "RectCham" => {
            let (area, cut) = (upright()?, number("chamfer")?);
            let depth = |corner: &str| if shape.attribute(corner) == Some("false") { 0.0 } else { cut };
            let corner = |x: f64, y: f64, dx: f64, dy: f64, depth: f64, x_first: bool| {
                let (along, up) = (Point::new(x + dx * depth, y), Point::new(x, y + dy * depth));
                if x_first { [along, up] } else { [up, along] }
            };
            Some(ring(
                [
                    corner(area.x0, area.y0, 1.0, 1.0, depth("lowerLeft"), false),
                    corner(area.x1, area.y0, -1.0, 1.0, depth("lowerRight"), true),
                    corner(area.x1, area.y1, -1.0, -1.0, depth("upperRight"), false),
                    corner(area.x0, area.y1, 1.0, -1.0, depth("upperLeft"), true),
                ]
                .into_iter()
                .flatten(),
            ))
        }
        "Oval" => {
            let area = upright()?;
            Some(RoundedRect::from_rect(area, area.width().min(area.height()) / 2.0).to_path(FLATNESS_MM))
        }
        "Ellipse" => Some(
            Ellipse::new(Point::ORIGIN, Vec2::new(number("width")? / 2.0, number("height")? / 2.0), 0.0).to_path(FLATNESS_MM),
        ),
        "Diamond" => {
            let (x, y) = (number("width")? / 2.0, number("height")? / 2.0);
            Some(ring([(x, 0.0), (0.0, y), (-x, 0.0), (0.0, -y)].map(Point::from)))
        }
        "Triangle" => {
            let (x, y) = (number("base")? / 2.0, number("height")? / 2.0);
            Some(ring([(-x, -y), (x, -y), (0.0, y)].map(Point::from)))
        }
        "Hexagon" => Some(regular(6, number("length")?, 0.0)),
        "Octagon" => Some(regular(8, number("length")?, std::f64::consts::PI / 8.0)),
        "Donut" => {
            let circle = |diameter: f64| Circle::new(Point::ORIGIN, diameter / 2.0).to_path(FLATNESS_MM);
            let mut path = circle(number("outerDiameter")?);
            path.extend(circle(number("innerDiameter")?).reverse_subpaths());
            Some(path)
        }
        _ => None,
    }
}

fn ring(corners: impl IntoIterator<Item = Point>) -> BezPath {
    match Figure::ring(corners) {
        Figure::Area(path) => path,
        Figure::Line { .. } | Figure::Group(_) => BezPath::new(),
    }
}
