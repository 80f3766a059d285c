//! A mark on the reference: what it covers, where it can be taken hold of, and what it becomes when it is.

use serde::{Deserialize, Serialize};

use crate::geometry::{Point, Rect, Reference};

/// Points of a polygon: more is a drawing, not an outline.
pub const MAX_POLYGON_POINTS: usize = 256;
/// Points of a freehand line, after what can be left out was left out.
pub const MAX_FREEHAND_POINTS: usize = 1024;
/// Characters of a text on the stage: a label, not a note.
pub const MAX_LABEL_CHARS: usize = 200;
/// The largest coordinate and length: four times the longest side of any picture.
const MAX_COORDINATE_PX: f64 = 131_072.0;
/// Corners of the polygon that stands for an ellipse where only polygons are known: its outline is met to a thousandth.
const ELLIPSE_CORNERS: u32 = 64;

type At = Point<Reference>;

/// A mark in reference pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An axis-parallel box.
    Box(Rect<Reference>),
    /// A place without extent.
    Point(At),
    /// The ellipse that touches this box's sides.
    Ellipse(Rect<Reference>),
    /// A closed outline of at least three corners.
    Polygon(Vec<At>),
    /// A straight line.
    Line([At; 2]),
    /// An arrow; the second point is its head.
    Arrow([At; 2]),
    /// A line drawn by hand, of at least two points.
    Freehand(Vec<At>),
    /// Words, with the left end of their base line here.
    Text {
        /// The left end of the base line.
        at: At,
        /// The words.
        text: String,
    },
    /// A distance to be read off.
    Measure([At; 2]),
}

/// A place at which a shape can be taken hold of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// The whole of it.
    Whole,
    /// A corner or the middle of a side of the box around it: −1, 0 or 1 across and down; (0, 0) does not occur.
    Side(i8, i8),
    /// A defining point, by its place in the list.
    Corner(usize),
    /// The middle between a corner and the next: taking hold of it makes a new corner there.
    Between(usize),
}

impl Shape {
    /// True when it covers something and every number and text is within the limits of `docs/formats/report.md`.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let is_near = |p: &At| p.is_finite() && p.x.abs() <= MAX_COORDINATE_PX && p.y.abs() <= MAX_COORDINATE_PX;
        let is_box = |area: &Rect<Reference>| {
            area.is_valid() && [area.x, area.y, area.w, area.h].iter().all(|length| length.abs() <= MAX_COORDINATE_PX)
        };
        match self {
            Self::Box(area) | Self::Ellipse(area) => is_box(area),
            Self::Point(at) => is_near(at),
            Self::Polygon(points) => (3..=MAX_POLYGON_POINTS).contains(&points.len()) && points.iter().all(is_near),
            Self::Freehand(points) => (2..=MAX_FREEHAND_POINTS).contains(&points.len()) && points.iter().all(is_near),
            Self::Line(ends) | Self::Arrow(ends) | Self::Measure(ends) => ends.iter().all(is_near),
            Self::Text { at, text } => is_near(at) && !text.trim().is_empty() && text.chars().count() <= MAX_LABEL_CHARS,
        }
    }

    /// True when a person would see it: a box has an area, a line a length.
    #[must_use]
    pub fn has_extent(&self) -> bool {
        match self {
            Self::Box(area) | Self::Ellipse(area) => area.w > 0.0 && area.h > 0.0,
            Self::Point(_) | Self::Text { .. } => true,
            Self::Line([a, b]) | Self::Arrow([a, b]) | Self::Measure([a, b]) => a.distance(*b) > 0.0,
            Self::Polygon(points) | Self::Freehand(points) => {
                self.bounds().is_some_and(|area| area.w + area.h > 0.0 && points.len() > 1)
            }
        }
    }

    /// The points that define it; of a box and an ellipse the corners of the box.
    #[must_use]
    pub fn points(&self) -> Vec<At> {
        match self {
            Self::Box(area) | Self::Ellipse(area) => area.corners().to_vec(),
            Self::Point(at) | Self::Text { at, .. } => vec![*at],
            Self::Polygon(points) | Self::Freehand(points) => points.clone(),
            Self::Line(ends) | Self::Arrow(ends) | Self::Measure(ends) => ends.to_vec(),
        }
    }

    /// The smallest box around its points; of a point and a text one without extent. `None` for a list without points.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect<Reference>> {
        Rect::around(self.points())
    }

    /// Its line as points in order, and whether the last one is joined to the first. An ellipse becomes a polygon.
    #[must_use]
    pub fn outline(&self) -> (Vec<At>, bool) {
        match self {
            Self::Ellipse(area) => {
                let middle = area.centre();
                let corner = |k: u32| {
                    let angle = f64::from(k) * std::f64::consts::TAU / f64::from(ELLIPSE_CORNERS);
                    Point::new(middle.x + area.w / 2.0 * libm::cos(angle), middle.y + area.h / 2.0 * libm::sin(angle))
                };
                ((0..ELLIPSE_CORNERS).map(corner).collect(), true)
            }
            Self::Box(_) | Self::Polygon(_) => (self.points(), true),
            _ => (self.points(), false),
        }
    }

    /// How far `p` is from it, in pixels: 0 inside of what is closed.
    #[must_use]
    pub fn distance(&self, p: At) -> f64 {
        let (line, closed) = self.outline();
        let nearest = pieces(&line, closed).map(|(a, b)| from_segment(p, *a, *b)).fold(f64::INFINITY, f64::min);
        if closed && is_inside(p, &line) {
            return 0.0;
        }
        match line.as_slice() {
            [only] => only.distance(p),
            _ => nearest,
        }
    }

    /// The same, elsewhere.
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        self.mapped(|p| Point::new(p.x + dx, p.y + dy))
    }

    /// Where it can be taken hold of, apart from the whole.
    #[must_use]
    pub fn handles(&self) -> Vec<(Handle, At)> {
        match self {
            Self::Point(_) | Self::Text { .. } => Vec::new(),
            Self::Line(ends) | Self::Arrow(ends) | Self::Measure(ends) => corners(ends),
            Self::Polygon(points) => {
                let next = points.iter().skip(1).chain(points.first());
                let between = points
                    .iter()
                    .zip(next)
                    .enumerate()
                    .map(|(k, (a, b))| (Handle::Between(k), Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)));
                corners(points).into_iter().chain(between).collect()
            }
            Self::Box(_) | Self::Ellipse(_) | Self::Freehand(_) => self.bounds().map_or_else(Vec::new, |area| {
                let sides = (-1..=1).flat_map(|down| (-1..=1).map(move |across| (across, down))).filter(|side| *side != (0, 0));
                let place = |(across, down): (i8, i8)| {
                    let middle = area.centre();
                    Point::new(middle.x + f64::from(across) * area.w / 2.0, middle.y + f64::from(down) * area.h / 2.0)
                };
                sides.map(|side| (Handle::Side(side.0, side.1), place(side))).collect()
            }),
        }
    }

    /// What it becomes when `handle`, taken at `from`, is brought to `to`. A handle that it does not have changes nothing.
    #[must_use]
    pub fn dragged(&self, handle: Handle, from: At, to: At) -> Self {
        match (handle, self) {
            (Handle::Whole, _) => self.moved(to.x - from.x, to.y - from.y),
            (Handle::Side(across, down), _) => self.stretched(across, down, to),
            (Handle::Corner(place), _) => self.with_point(place, to),
            (Handle::Between(place), Self::Polygon(points)) if place < points.len() && points.len() < MAX_POLYGON_POINTS => {
                let mut points = points.clone();
                points.insert(place + 1, to);
                Self::Polygon(points)
            }
            (Handle::Between(_), _) => self.clone(),
        }
    }

    /// A polygon without one of its corners; others, and one of three corners, stay as they are.
    #[must_use]
    pub fn without_corner(&self, place: usize) -> Self {
        match self {
            Self::Polygon(points) if points.len() > 3 && place < points.len() => {
                let kept = points.iter().enumerate().filter(|(k, _)| *k != place).map(|(_, p)| *p);
                Self::Polygon(kept.collect())
            }
            _ => self.clone(),
        }
    }

    fn with_point(&self, place: usize, to: At) -> Self {
        let mut count = 0;
        self.mapped(|p| {
            count += 1;
            if count == place + 1 { to } else { p }
        })
    }

    /// The box around it with one side or corner brought to `to`, and everything in it stretched along.
    fn stretched(&self, across: i8, down: i8, to: At) -> Self {
        let Some(area) = self.bounds() else { return self.clone() };
        let middle = area.centre();
        let opposite: At = Point::new(middle.x - f64::from(across) * area.w / 2.0, middle.y - f64::from(down) * area.h / 2.0);
        let factor = |now: f64, length: f64, fixed: f64, moves: i8| {
            if moves == 0 || length == 0.0 { 1.0 } else { (now - fixed) / (f64::from(moves) * length) }
        };
        let (fx, fy) = (factor(to.x, area.w, opposite.x, across), factor(to.y, area.h, opposite.y, down));
        self.mapped(|p| Point::new(opposite.x + (p.x - opposite.x) * fx, opposite.y + (p.y - opposite.y) * fy))
    }

    /// Every point of it taken elsewhere; of a box the two outer corners, which may change places.
    fn mapped(&self, mut to: impl FnMut(At) -> At) -> Self {
        let mut area = |area: &Rect<Reference>| {
            let [low, _, high, _] = area.corners();
            Rect::from_corners(to(low), to(high))
        };
        match self {
            Self::Box(outer) => Self::Box(area(outer)),
            Self::Ellipse(outer) => Self::Ellipse(area(outer)),
            Self::Point(at) => Self::Point(to(*at)),
            Self::Polygon(points) => Self::Polygon(points.iter().map(|p| to(*p)).collect()),
            Self::Freehand(points) => Self::Freehand(points.iter().map(|p| to(*p)).collect()),
            Self::Line(ends) => Self::Line(ends.map(&mut to)),
            Self::Arrow(ends) => Self::Arrow(ends.map(&mut to)),
            Self::Measure(ends) => Self::Measure(ends.map(&mut to)),
            Self::Text { at, text } => Self::Text { at: to(*at), text: text.clone() },
        }
    }
}

/// As few of the points of a line drawn by hand as keep it within `tolerance` pixels, at most [`MAX_FREEHAND_POINTS`]
/// (Douglas and Peucker, *Algorithms for the reduction of the number of points required to represent a digitized line*, 1973).
#[must_use]
pub fn simplified(points: &[At], tolerance: f64) -> Vec<At> {
    let mut tolerance = tolerance.max(f64::MIN_POSITIVE);
    loop {
        let kept = reduced(points, tolerance);
        if kept.len() <= MAX_FREEHAND_POINTS {
            return kept;
        }
        tolerance *= 2.0;
    }
}

fn reduced(points: &[At], tolerance: f64) -> Vec<At> {
    let mut keep = vec![false; points.len()];
    let mut open = vec![(0, points.len().saturating_sub(1))];
    while let Some((first, last)) = open.pop() {
        for end in [first, last] {
            if let Some(kept) = keep.get_mut(end) {
                *kept = true;
            }
        }
        let (Some(a), Some(b)) = (points.get(first), points.get(last)) else { continue };
        let inner = points.iter().enumerate().take(last).skip(first + 1);
        let far = inner.map(|(k, p)| (k, from_segment(*p, *a, *b))).max_by(|x, y| x.1.total_cmp(&y.1));
        if let Some((place, _)) = far.filter(|(_, distance)| *distance > tolerance) {
            open.extend([(first, place), (place, last)]);
        }
    }
    points.iter().zip(keep).filter(|(_, kept)| *kept).map(|(p, _)| *p).collect()
}

fn corners(points: &[At]) -> Vec<(Handle, At)> {
    points.iter().enumerate().map(|(place, p)| (Handle::Corner(place), *p)).collect()
}

/// The straight pieces of a line, with the one that closes it.
fn pieces(line: &[At], closed: bool) -> impl Iterator<Item = (&At, &At)> {
    line.iter().zip(line.iter().skip(1)).chain(line.last().zip(line.first()).filter(|_| closed))
}

/// The distance of a point from a piece of a straight line.
fn from_segment(p: At, a: At, b: At) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let square = dx * dx + dy * dy;
    let along = if square > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    p.distance(Point::new(a.x + along * dx, a.y + along * dy))
}

/// By the number of sides that a ray to the right meets.
fn is_inside(p: At, corners: &[At]) -> bool {
    let crossed =
        pieces(corners, true).filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x);
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> At {
        Point::new(x, y)
    }

    #[test]
    fn every_handle_stays_under_the_pointer() {
        let shapes = [
            Shape::Box(Rect::new(10.0, 20.0, 30.0, 40.0)),
            Shape::Ellipse(Rect::new(10.0, 20.0, 30.0, 40.0)),
            Shape::Polygon(vec![at(0.0, 0.0), at(10.0, 0.0), at(5.0, 8.0)]),
            Shape::Freehand(vec![at(0.0, 0.0), at(3.0, 9.0), at(12.0, 4.0)]),
            Shape::Arrow([at(1.0, 2.0), at(30.0, 4.0)]),
        ];
        for shape in shapes {
            for (handle, from) in shape.handles() {
                // Beyond the opposite side the box turns over, and the pointer is still on its edge.
                for to in [at(from.x + 3.0, from.y - 2.0), at(from.x - 100.0, from.y + 100.0)] {
                    let after = shape.dragged(handle, from, to);
                    let near = after.handles().into_iter().map(|(_, p)| match handle {
                        Handle::Side(0, _) => (p.y - to.y).abs(),
                        Handle::Side(_, 0) => (p.x - to.x).abs(),
                        _ => p.distance(to),
                    });
                    let nearest = near.fold(f64::INFINITY, f64::min);
                    assert!(nearest < 1e-9, "{handle:?} of {shape:?}: {nearest} px off");
                    assert!(after.is_valid());
                }
            }
            assert_eq!(shape.dragged(Handle::Whole, at(0.0, 0.0), at(7.0, 0.0)).moved(-7.0, 0.0), shape);
        }
    }

    #[test]
    fn a_corner_that_was_put_in_can_be_taken_out() {
        let triangle = Shape::Polygon(vec![at(0.0, 0.0), at(10.0, 0.0), at(5.0, 8.0)]);
        let four = triangle.dragged(Handle::Between(2), at(2.5, 4.0), at(1.0, 5.0));
        assert_eq!(four.points().len(), 4);
        assert_eq!(four.without_corner(3), triangle);
        assert_eq!(triangle.without_corner(0), triangle, "a polygon keeps three corners");
    }

    #[test]
    fn what_is_closed_is_hit_inside_and_what_is_open_on_its_line() {
        let ellipse = Shape::Ellipse(Rect::new(0.0, 0.0, 20.0, 10.0));
        assert_eq!(ellipse.distance(at(10.0, 5.0)), 0.0);
        assert!(ellipse.distance(at(0.5, 0.5)) > 1.0, "the box's corner is outside");
        let line = Shape::Line([at(0.0, 0.0), at(10.0, 0.0)]);
        assert_eq!((line.distance(at(5.0, 3.0)), line.distance(at(13.0, 4.0))), (3.0, 5.0));
        assert_eq!(Shape::Point(at(1.0, 1.0)).distance(at(4.0, 5.0)), 5.0);
    }

    #[test]
    fn a_line_by_hand_keeps_its_corners_and_loses_its_trembling() {
        let drawn: Vec<At> = (0..=200)
            .map(|k| {
                let x = f64::from(k);
                at(x, if k <= 100 { x } else { 200.0 - x } + 0.3 * f64::from(k % 2))
            })
            .collect();
        let kept = simplified(&drawn, 0.5);
        assert!(kept.len() < 8, "{} points are left", kept.len());
        assert!(kept.iter().any(|p| p.distance(at(100.0, 100.0)) < 1.0));
        let wild: Vec<At> = (0..5000).map(|k| at(f64::from(k % 97) * 9.0, f64::from(k % 89) * 7.0)).collect();
        assert!(simplified(&wild, 0.1).len() <= MAX_FREEHAND_POINTS);
        assert_eq!(simplified(&[], 1.0), []);
    }

    #[test]
    fn an_ellipse_is_as_long_as_its_circle() {
        let circle = Shape::Ellipse(Rect::new(0.0, 0.0, 10.0, 10.0));
        let (line, closed) = circle.outline();
        let length: f64 = pieces(&line, closed).map(|(a, b)| a.distance(*b)).sum();
        assert!((length - 10.0 * std::f64::consts::PI).abs() < 0.02);
    }
}
