//! Shapes as selectors of the Web Annotation Data Model, and back.

use serde::Serialize;
use serde_json::Value;

use super::imported::Loss;
use super::svg::{self, Drawn};
use crate::geometry::{Point, Rect, Reference};
use crate::report::Shape;
use crate::vision::PictureFacts;

/// A point and a text have no extent, and viewers show nothing of what has none: they see a dot of this radius.
const DOT_RADIUS_PX: f64 = 4.0;
const MEDIA_FRAGMENTS: &str = "http://www.w3.org/TR/media-frags/";

/// Where a shape is, in the standard's words.
#[derive(Debug, Serialize)]
#[serde(tag = "type")]
pub(super) enum Selector {
    /// A box.
    #[serde(rename = "FragmentSelector")]
    Fragment {
        #[serde(rename = "conformsTo")]
        conforms_to: &'static str,
        value: String,
    },
    /// Anything else.
    #[serde(rename = "SvgSelector")]
    Svg { value: String },
}

impl Selector {
    /// Of a shape. SVG is written the way Annotorious writes it, which is the way it reads it: without a namespace, a
    /// polygon's `points` first, lines as paths with capital letters.
    pub(super) fn of(shape: &Shape) -> Self {
        let value = match shape {
            Shape::Box(area) => {
                let [x, y, w, h] = [area.x, area.y, area.w, area.h].map(decimal);
                return Self::Fragment { conforms_to: MEDIA_FRAGMENTS, value: format!("xywh=pixel:{x},{y},{w},{h}") };
            }
            Shape::Ellipse(area) => ellipse(area.centre(), area.w / 2.0, area.h / 2.0),
            Shape::Point(at) | Shape::Text { at, .. } => ellipse(*at, DOT_RADIUS_PX, DOT_RADIUS_PX),
            Shape::Polygon(points) => format!("<svg><polygon points=\"{}\"/></svg>", pairs(points).join(" ")),
            Shape::Line(_) | Shape::Arrow(_) | Shape::Measure(_) | Shape::Freehand(_) => {
                format!("<svg><path d=\"M {}\"/></svg>", pairs(&shape.points()).join(" L "))
            }
        };
        Self::Svg { value }
    }

    /// The shapes that it says, which are rounded.
    pub(super) fn drawn(&self, picture: &PictureFacts) -> Result<Drawn, Loss> {
        match self {
            Self::Fragment { value, .. } => fragment(value, picture),
            Self::Svg { value } => svg::read(value),
        }
    }
}

fn ellipse(middle: Point<Reference>, rx: f64, ry: f64) -> String {
    let [cx, cy, rx, ry] = [middle.x, middle.y, rx, ry].map(decimal);
    format!("<svg><ellipse cx=\"{cx}\" cy=\"{cy}\" rx=\"{rx}\" ry=\"{ry}\"/></svg>")
}

fn pairs(points: &[Point<Reference>]) -> Vec<String> {
    points.iter().map(|p| format!("{},{}", decimal(p.x), decimal(p.y))).collect()
}

/// A number to a thousandth, as short as it goes and never with an exponent, which some readers stumble over.
pub(super) fn decimal(value: f64) -> String {
    let text = format!("{value:.3}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The shapes of a selector from a file. Of several, which all select the same, the first that is understood counts.
pub(super) fn read(selector: &Value, picture: &PictureFacts) -> Result<Drawn, Loss> {
    if let Value::Array(choices) = selector {
        // A list within a list is nobody's selector, and must not nest without end.
        let known = choices.iter().filter(|choice| choice.is_object()).map(|choice| read(choice, picture));
        return first_good(known);
    }
    let text = |key: &str| selector.get(key).and_then(Value::as_str);
    match text("type").or_else(|| text("@type")) {
        Some("FragmentSelector") => fragment(text("value").unwrap_or_default(), picture),
        Some("SvgSelector") => svg::read(text("value").unwrap_or_default()),
        // Not of W3C but of the IIIF Presentation API.
        Some("PointSelector") => {
            let number = |key: &str| selector.get(key).and_then(Value::as_f64);
            let (Some(x), Some(y)) = (number("x"), number("y")) else { return Err(Loss::UnknownShape) };
            Ok(Drawn::plain(Shape::Point(Point::new(x, y))))
        }
        _ => Err(Loss::NoPlace),
    }
}

/// The first success, or else the first failure.
fn first_good(results: impl Iterator<Item = Result<Drawn, Loss>>) -> Result<Drawn, Loss> {
    let mut failure = None;
    for result in results {
        match result {
            Ok(drawn) => return Ok(drawn),
            Err(loss) => _ = failure.get_or_insert(loss),
        }
    }
    Err(failure.unwrap_or(Loss::NoPlace))
}

/// A box as a media fragment: `xywh=10,20,30,40`, with `pixel:` or `percent:` before the numbers or neither.
pub(super) fn fragment(text: &str, picture: &PictureFacts) -> Result<Drawn, Loss> {
    let parts = text.trim_start_matches('#').split('&');
    let sides = parts.filter_map(|part| part.trim().strip_prefix("xywh=")).next().ok_or(Loss::NoPlace)?;
    let (is_percent, sides) = match sides.split_once(':') {
        Some(("percent", sides)) => (true, sides),
        Some(("pixel", sides)) => (false, sides),
        None => (false, sides),
        Some(_) => return Err(Loss::UnknownShape),
    };
    let numbers: Vec<f64> = sides.split(',').map_while(|number| number.trim().parse().ok()).collect();
    let [x, y, w, h] = numbers[..] else { return Err(Loss::UnknownShape) };
    let (right, down) =
        if is_percent { (f64::from(picture.width) / 100.0, f64::from(picture.height) / 100.0) } else { (1.0, 1.0) };
    Ok(Drawn::plain(Shape::Box(Rect::new(x * right, y * down, w * right, h * down))))
}

/// What a shape was before another programme moved it, which knows no arrows, distances, points and texts.
pub(super) fn like(own: &Shape, read: Shape) -> Shape {
    match (own, read) {
        (Shape::Arrow(_), Shape::Line(ends)) => Shape::Arrow(ends),
        (Shape::Measure(_), Shape::Line(ends)) => Shape::Measure(ends),
        (Shape::Freehand(_), Shape::Line(ends)) => Shape::Freehand(ends.to_vec()),
        (Shape::Point(_), Shape::Ellipse(area)) => Shape::Point(area.centre()),
        (Shape::Text { text, .. }, Shape::Ellipse(area)) => Shape::Text { at: area.centre(), text: text.clone() },
        (_, read) => read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::Sha256;

    #[test]
    fn boxes_are_read_in_pixels_and_per_cent() {
        let picture = PictureFacts { sha256: Sha256([0; 32]), width: 200, height: 1000 };
        for (text, area) in [
            ("xywh=10,20,30,40", [10.0, 20.0, 30.0, 40.0]),
            ("xywh=pixel:10,20.5,30,4e1", [10.0, 20.5, 30.0, 40.0]),
            ("#t=1&xywh=percent:10,20,50,1", [20.0, 200.0, 100.0, 10.0]),
        ] {
            let [x, y, w, h] = area;
            assert_eq!(fragment(text, &picture).unwrap().shapes, [Shape::Box(Rect::new(x, y, w, h))], "{text}");
        }
        for text in ["", "t=1", "xywh=1,2,3", "xywh=1,2,3,4,5", "xywh=metre:1,2,3,4", "xywh=a,b,c,d"] {
            assert!(fragment(text, &picture).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_are_as_short_as_they_go() {
        for (value, text) in
            [(100.0, "100"), (-0.0001, "0"), (12.3456, "12.346"), (1e-9, "0"), (-5.5, "-5.5"), (131_072.0, "131072")]
        {
            assert_eq!(decimal(value), text);
        }
    }
}
