//! Aperture macros (Gerber layer format specification, 4.5).

use kurbo::{Affine, BezPath, Circle, Point, Rect, Shape};

use super::expression::value;
use crate::design::artwork::{FLATNESS_MM, Figure, Mark};

/// Corners of an outline; the specification has 5,000 and programmes write more.
const MOST_CORNERS: usize = 20_000;
/// Rings of a moiré.
const MOST_RINGS: usize = 100;

/// What a macro draws, in the file's unit: its lines with these values for `$1`, `$2` and so on. `None` where a line can't be read.
pub(super) fn drawn(lines: &[String], values: &[f64]) -> Option<Figure> {
    let mut variables = values.to_vec();
    let mut marks = Vec::new();
    for line in lines {
        if let Some((name, expression)) = line.split_once('=') {
            let number: usize = name.strip_prefix('$')?.parse().ok()?;
            if number == 0 || number > 1000 {
                return None;
            }
            if variables.len() < number {
                variables.resize(number, 0.0);
            }
            let value = value(expression, &variables)?;
            *variables.get_mut(number - 1)? = value;
            continue;
        }
        let (code, rest) = line.split_once(',').unwrap_or((line, ""));
        if code.starts_with('0') {
            continue;
        }
        let numbers: Option<Vec<f64>> = rest.split(',').take(2 * MOST_CORNERS + 10).map(|text| value(text, &variables)).collect();
        marks.push(primitive(code, &numbers?)?);
    }
    // What switches nothing off before it needs no pen of its own.
    match <[Mark; 1]>::try_from(marks) {
        Ok([Mark { is_clear: false, figure }]) => Some(figure),
        Ok(marks) => Some(Figure::Group(marks.to_vec())),
        Err(marks) => Some(Figure::Group(marks)),
    }
}

fn primitive(code: &str, numbers: &[f64]) -> Option<Mark> {
    let number = |place: usize| numbers.get(place).copied();
    let turned = |place: usize, figure: &Figure| figure.moved(Affine::rotate(number(place).unwrap_or(0.0).to_radians()));
    let is_clear = number(0)? == 0.0;
    let exposed = |figure: Figure| Some(Mark { is_clear, figure });
    let dark = |figure: Figure| Some(Mark::dark(figure));
    match code {
        "1" => exposed(turned(4, &Figure::disc(Point::new(number(2)?, number(3)?), number(1)?))),
        "2" | "20" => {
            let (a, b) = (Point::new(number(2)?, number(3)?), Point::new(number(4)?, number(5)?));
            exposed(turned(6, &bar(a, b, number(1)?)))
        }
        "21" => {
            let (width, height) = (number(1)?, number(2)?);
            let area = Rect::from_center_size((number(3)?, number(4)?), (width, height));
            exposed(turned(5, &Figure::of(&area)))
        }
        "22" => {
            let corner = Point::new(number(3)?, number(4)?);
            let area = Rect::from_points(corner, corner + (number(1)?, number(2)?));
            exposed(turned(5, &Figure::of(&area)))
        }
        "4" => {
            let count = usize::try_from(number(1)? as i64).ok().filter(|count| *count <= MOST_CORNERS)? + 1;
            let corners = numbers.get(2..2 + 2 * count)?;
            let ring = Figure::ring(corners.as_chunks::<2>().0.iter().map(|[x, y]| Point::new(*x, *y)));
            exposed(turned(2 + 2 * count, &ring))
        }
        "5" => {
            let ring = polygon(number(1)? as usize, number(4)?)?;
            let figure = ring.moved(Affine::translate((number(2)?, number(3)?)));
            exposed(turned(5, &figure))
        }
        "6" => dark(turned(8, &moire(numbers.get(..8)?.try_into().ok()?))),
        "7" => {
            let centre = Point::new(number(0)?, number(1)?);
            dark(turned(5, &thermal(centre, number(2)?, number(3)?, number(4)?)))
        }
        _ => None,
    }
}

/// A line with square ends that stop at its ends.
fn bar(a: Point, b: Point, width: f64) -> Figure {
    let along = b - a;
    let length = along.hypot();
    let beside = if length > 0.0 { kurbo::Vec2::new(-along.y, along.x) * (width / 2.0 / length) } else { kurbo::Vec2::ZERO };
    Figure::ring([a + beside, b + beside, b - beside, a - beside])
}

/// A regular polygon around the origin, one corner on the right; `None` with fewer than 3 corners or more than 100.
pub(super) fn polygon(corners: usize, diameter: f64) -> Option<Figure> {
    let corner = |place: usize| {
        let (sine, cosine) = libm::sincos(std::f64::consts::TAU * place as f64 / corners as f64);
        Point::new(cosine * diameter / 2.0, sine * diameter / 2.0)
    };
    (3..=100).contains(&corners).then(|| Figure::ring((0..corners).map(corner)))
}

/// A ring between two circles.
fn annulus(centre: Point, outer: f64, inner: f64) -> Figure {
    let circle = |diameter: f64| Circle::new(centre, diameter / 2.0).to_path(FLATNESS_MM);
    let mut path: BezPath = circle(outer);
    if inner > 0.0 {
        path.extend(circle(inner).reverse_subpaths());
    }
    Figure::Area(path)
}

fn moire([x, y, outer, thickness, gap, rings, hair, length]: [f64; 8]) -> Figure {
    let centre = Point::new(x, y);
    let mut marks = Vec::new();
    let mut diameter = outer;
    for _ in 0..(rings as usize).min(MOST_RINGS) {
        if diameter <= 0.0 {
            break;
        }
        marks.push(Mark::dark(annulus(centre, diameter, diameter - 2.0 * thickness)));
        diameter -= 2.0 * (thickness + gap);
    }
    for size in [(length, hair), (hair, length)] {
        marks.push(Mark::dark(Figure::of(&Rect::from_center_size(centre, size))));
    }
    Figure::Group(marks)
}

fn thermal(centre: Point, outer: f64, inner: f64, gap: f64) -> Figure {
    let mut marks = vec![Mark::dark(annulus(centre, outer, inner))];
    for size in [(outer, gap), (gap, outer)] {
        marks.push(Mark { is_clear: true, figure: Figure::of(&Rect::from_center_size(centre, size)) });
    }
    Figure::Group(marks)
}
