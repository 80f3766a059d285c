//! A finding of version 2: every shape, designator, tags and depth.

use serde::{Deserialize, Serialize};

use super::{SHAPE_STEPS, SHARE_STEPS, at_most};
use crate::geometry::{Point, Rect, Reference};
use crate::report::finding::MAX_SHAPES;
use crate::report::{
    Finding, FindingId, FindingKind, Judgement, MAX_FREEHAND_POINTS, MAX_POLYGON_POINTS, MAX_TAGS, Severity, Shape,
};

#[derive(Serialize, Deserialize)]
pub(super) struct WireFinding {
    number: u32,
    #[serde(deserialize_with = "at_most::<_, _, MAX_SHAPES>")]
    shapes: Vec<WireShape>,
    kind: FindingKind,
    designator: String,
    severity: Severity,
    judgement: Judgement,
    note: String,
    #[serde(deserialize_with = "at_most::<_, _, MAX_TAGS>")]
    tags: Vec<String>,
    score: Option<u16>,
    depth: i32,
}

/// x, y in steps.
type At = [i32; 2];

#[derive(Serialize, Deserialize)]
enum WireShape {
    Box([i32; 4]),
    Point(At),
    Ellipse([i32; 4]),
    Polygon(#[serde(deserialize_with = "at_most::<_, _, MAX_POLYGON_POINTS>")] Vec<At>),
    Line([At; 2]),
    Arrow([At; 2]),
    Freehand(#[serde(deserialize_with = "at_most::<_, _, MAX_FREEHAND_POINTS>")] Vec<At>),
    Text(At, String),
    Measure([At; 2]),
}

fn step(v: f64) -> i32 {
    (v * SHAPE_STEPS).round() as i32
}

pub(super) fn to_area(r: &Rect<Reference>) -> [i32; 4] {
    [r.x, r.y, r.w, r.h].map(step)
}

fn to_at(p: &Point<Reference>) -> At {
    [step(p.x), step(p.y)]
}

pub(super) fn area(steps: [i32; 4]) -> Rect<Reference> {
    let [x, y, w, h] = steps.map(|v| f64::from(v) / SHAPE_STEPS);
    Rect::new(x, y, w, h)
}

fn at([x, y]: At) -> Point<Reference> {
    Point::new(f64::from(x) / SHAPE_STEPS, f64::from(y) / SHAPE_STEPS)
}

impl From<&Shape> for WireShape {
    fn from(shape: &Shape) -> Self {
        let list = |points: &[Point<Reference>]| points.iter().map(to_at).collect();
        match shape {
            Shape::Box(r) => Self::Box(to_area(r)),
            Shape::Point(p) => Self::Point(to_at(p)),
            Shape::Ellipse(r) => Self::Ellipse(to_area(r)),
            Shape::Polygon(points) => Self::Polygon(list(points)),
            Shape::Line(ends) => Self::Line(ends.each_ref().map(to_at)),
            Shape::Arrow(ends) => Self::Arrow(ends.each_ref().map(to_at)),
            Shape::Freehand(points) => Self::Freehand(list(points)),
            Shape::Text { at, text } => Self::Text(to_at(at), text.clone()),
            Shape::Measure(ends) => Self::Measure(ends.each_ref().map(to_at)),
        }
    }
}

impl From<WireShape> for Shape {
    fn from(wire: WireShape) -> Self {
        let list = |points: Vec<At>| points.into_iter().map(at).collect();
        match wire {
            WireShape::Box(r) => Self::Box(area(r)),
            WireShape::Point(p) => Self::Point(at(p)),
            WireShape::Ellipse(r) => Self::Ellipse(area(r)),
            WireShape::Polygon(points) => Self::Polygon(list(points)),
            WireShape::Line(ends) => Self::Line(ends.map(at)),
            WireShape::Arrow(ends) => Self::Arrow(ends.map(at)),
            WireShape::Freehand(points) => Self::Freehand(list(points)),
            WireShape::Text(p, text) => Self::Text { at: at(p), text },
            WireShape::Measure(ends) => Self::Measure(ends.map(at)),
        }
    }
}

impl From<&Finding> for WireFinding {
    fn from(finding: &Finding) -> Self {
        Self {
            number: finding.id.0,
            shapes: finding.shapes.iter().map(Into::into).collect(),
            kind: finding.kind,
            designator: finding.designator.clone(),
            severity: finding.severity,
            judgement: finding.judgement,
            note: finding.note.clone(),
            tags: finding.tags.clone(),
            score: finding.score.map(|score| (score.clamp(0.0, 1.0) * SHARE_STEPS).round() as u16),
            depth: finding.depth,
        }
    }
}

impl From<WireFinding> for Finding {
    fn from(wire: WireFinding) -> Self {
        Self {
            id: FindingId(wire.number),
            shapes: wire.shapes.into_iter().map(Into::into).collect(),
            kind: wire.kind,
            designator: wire.designator,
            severity: wire.severity,
            judgement: wire.judgement,
            note: wire.note,
            tags: wire.tags,
            score: wire.score.map(|score| f64::from(score) / SHARE_STEPS),
            depth: wire.depth,
        }
    }
}
