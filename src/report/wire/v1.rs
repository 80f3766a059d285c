//! A finding of version 1: boxes only.

use serde::Deserialize;

use super::{SHAPE_STEPS, SHARE_STEPS, at_most};
use crate::geometry::Rect;
use crate::report::finding::MAX_SHAPES;
use crate::report::{Finding, FindingId, FindingKind, Judgement, Severity, Shape};

#[derive(Deserialize)]
pub(super) struct WireFinding {
    number: u32,
    #[serde(deserialize_with = "at_most::<_, _, MAX_SHAPES>")]
    shapes: Vec<WireShape>,
    kind: FindingKind,
    severity: Severity,
    judgement: Judgement,
    note: String,
    score: Option<u16>,
}

#[derive(Deserialize)]
enum WireShape {
    Box([i32; 4]),
}

impl From<WireFinding> for Finding {
    fn from(wire: WireFinding) -> Self {
        let length = |v: i32| f64::from(v) / SHAPE_STEPS;
        let area = |WireShape::Box([x, y, w, h])| Rect::new(length(x), length(y), length(w), length(h));
        Self {
            shapes: wire.shapes.into_iter().map(|shape| Shape::Box(area(shape))).collect(),
            kind: wire.kind,
            severity: wire.severity,
            judgement: wire.judgement,
            note: wire.note,
            score: wire.score.map(|score| f64::from(score) / SHARE_STEPS),
            ..Self::around(FindingId(wire.number), Rect::new(0.0, 0.0, 0.0, 0.0))
        }
    }
}
