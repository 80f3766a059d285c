//! A shape under the pen: what a tool has of it so far.

use crate::app::Tool;
use crate::geometry::{Point, Rect, Reference};
use crate::report::{MAX_FREEHAND_POINTS, MAX_POLYGON_POINTS, Shape, simplified};

type At = Point<Reference>;

/// CSS pixels that a line by hand may be off after it was simplified: less than its own width.
const TRAIL_TOLERANCE_PX: f64 = 1.0;
/// Points of a line under the pen before it is thinned out: some minutes of drawing.
const MOST_TRAIL: usize = 8 * MAX_FREEHAND_POINTS;

/// A shape that is not finished.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Draft {
    /// Two points make it.
    Two { tool: Tool, from: At, to: At },
    /// Corners so far, and where the pen is.
    Corners { corners: Vec<At>, pen: At },
    /// The way of the pen.
    Trail(Vec<At>),
}

impl Draft {
    /// What a press of the tool at `at` begins; `None` for tools that draw nothing by two presses.
    pub(super) fn begun(tool: Tool, at: At) -> Option<Self> {
        match tool {
            Tool::Box | Tool::Hide | Tool::Ellipse | Tool::Line | Tool::Arrow | Tool::Measure => {
                Some(Self::Two { tool, from: at, to: at })
            }
            Tool::Polygon => Some(Self::Corners { corners: vec![at], pen: at }),
            Tool::Freehand => Some(Self::Trail(vec![at])),
            Tool::Hand | Tool::Select | Tool::Point | Tool::Text => None,
        }
    }

    /// The pen is elsewhere. `straight` keeps a box square and a line at a multiple of 45°.
    pub(super) fn follow(&mut self, at: At, straight: bool) {
        match self {
            Self::Two { tool, from, to } => *to = if straight { straightened(*tool, *from, at) } else { at },
            Self::Corners { corners, pen } => {
                let last = corners.last().copied();
                *pen = last.filter(|_| straight).map_or(at, |last| straightened(Tool::Line, last, at));
            }
            Self::Trail(points) => {
                if points.len() < MOST_TRAIL {
                    points.push(at);
                }
            }
        }
    }

    /// One more corner where the pen is; true while there is room for another.
    pub(super) fn set_corner(&mut self) -> bool {
        let Self::Corners { corners, pen } = self else { return false };
        if corners.last() != Some(pen) {
            corners.push(*pen);
        }
        corners.len() < MAX_POLYGON_POINTS
    }

    /// Takes the last corner back; false when nothing would be left.
    pub(super) fn drop_corner(&mut self) -> bool {
        let Self::Corners { corners, .. } = self else { return false };
        corners.pop();
        !corners.is_empty()
    }

    /// The first corner, when pressing it would close the outline.
    pub(super) fn closes_at(&self) -> Option<At> {
        let Self::Corners { corners, .. } = self else { return None };
        corners.first().copied().filter(|_| corners.len() >= 3)
    }

    /// What is seen of it now, for drawing.
    pub(super) fn shown(&self) -> Shape {
        match self {
            Self::Two { tool, from, to } => shape_of_two(*tool, *from, *to),
            Self::Corners { corners, pen } => Shape::Freehand(corners.iter().copied().chain([*pen]).collect()),
            Self::Trail(points) => Shape::Freehand(points.clone()),
        }
    }

    /// The finished shape; `None` when there is not enough of it. `zoom` is CSS pixels per reference pixel.
    pub(super) fn finished(self, zoom: f64) -> Option<Shape> {
        let shape = match self {
            Self::Two { tool, from, to } => shape_of_two(tool, from, to),
            Self::Corners { corners, .. } => Shape::Polygon(corners),
            Self::Trail(points) => Shape::Freehand(simplified(&points, TRAIL_TOLERANCE_PX / zoom.max(f64::MIN_POSITIVE))),
        };
        (shape.is_valid() && shape.has_extent()).then_some(shape)
    }
}

fn shape_of_two(tool: Tool, from: At, to: At) -> Shape {
    match tool {
        Tool::Ellipse => Shape::Ellipse(Rect::from_corners(from, to)),
        Tool::Line => Shape::Line([from, to]),
        Tool::Arrow => Shape::Arrow([from, to]),
        Tool::Measure => Shape::Measure([from, to]),
        _ => Shape::Box(Rect::from_corners(from, to)),
    }
}

/// The nearest point to `at` that makes a box square, or a line run at a multiple of 45°.
fn straightened(tool: Tool, from: At, at: At) -> At {
    let (dx, dy) = (at.x - from.x, at.y - from.y);
    if matches!(tool, Tool::Box | Tool::Hide | Tool::Ellipse) {
        let side = dx.abs().max(dy.abs());
        return Point::new(from.x + side.copysign(dx), from.y + side.copysign(dy));
    }
    let eighth = std::f64::consts::FRAC_PI_4;
    let angle = (libm::atan2(dy, dx) / eighth).round() * eighth;
    let (x, y) = (libm::cos(angle), libm::sin(angle));
    let along = dx * x + dy * y;
    Point::new(from.x + along * x, from.y + along * y)
}
