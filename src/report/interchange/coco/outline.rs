//! What findings cover, as polygons.

use serde::Serialize;

use crate::geometry::{Point, Rect, Reference};
use crate::report::Shape;

/// COCO knows areas only: a line is as wide as this, a point is a square of it.
const LINE_WIDTH_PX: f64 = 1.0;

type At = Point<Reference>;

/// Polygons of shapes with the box around them, rounded to thousandths of a pixel.
#[derive(Debug, Serialize)]
pub(super) struct Outline {
    /// Left, top, width, height.
    pub(super) bbox: [f64; 4],
    /// The sum of the polygons' areas, in square pixels.
    pub(super) area: f64,
    /// A polygon for each shape: x and y of its corners in turn.
    pub(super) segmentation: Vec<Vec<f64>>,
}

impl Outline {
    /// Of the shapes of a finding; `None` when there are none.
    pub(super) fn of(shapes: &[Shape]) -> Option<Self> {
        let polygons: Vec<Vec<At>> = shapes.iter().map(polygon).collect();
        let bounds: Rect<Reference> = Rect::around(polygons.iter().flatten().copied())?;
        let flat = |polygon: &Vec<At>| polygon.iter().flat_map(|p| [rounded(p.x), rounded(p.y)]).collect();
        Some(Self {
            bbox: [bounds.x, bounds.y, bounds.w, bounds.h].map(rounded),
            area: rounded(polygons.iter().map(|polygon| area(polygon)).sum()),
            segmentation: polygons.iter().map(flat).collect(),
        })
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// A closed shape as it is, a line as the band along it.
fn polygon(shape: &Shape) -> Vec<At> {
    let (line, is_closed) = shape.outline();
    if is_closed {
        return line;
    }
    let band = band(&line);
    // What has no length has no direction either.
    let middle = line.first().filter(|_| band.is_empty()).map(|p| Rect::new(p.x, p.y, 0.0, 0.0).grown(LINE_WIDTH_PX / 2.0));
    middle.map_or(band, |square| square.corners().to_vec())
}

/// Along one side of the line and back along the other.
fn band(line: &[At]) -> Vec<At> {
    let pieces = line.iter().zip(line.iter().skip(1)).filter(|(a, b)| a.distance(**b) > 0.0);
    let (mut there, mut back) = (Vec::new(), Vec::new());
    for (a, b) in pieces {
        let half = LINE_WIDTH_PX / 2.0 / a.distance(*b);
        let (across, down) = ((a.y - b.y) * half, (b.x - a.x) * half);
        for p in [a, b] {
            there.push(Point::new(p.x + across, p.y + down));
            back.push(Point::new(p.x - across, p.y - down));
        }
    }
    there.into_iter().chain(back.into_iter().rev()).collect()
}

/// By Gauss's formula: what a polygon that does not cross itself covers.
fn area(polygon: &[At]) -> f64 {
    let next = polygon.iter().skip(1).chain(polygon.first());
    polygon.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f64>().abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_covers_as_many_pixels_as_it_is_long() {
        let shape = Shape::Arrow([Point::new(10.0, 10.0), Point::new(40.0, 50.0)]);
        let outline = Outline::of(&[shape]).unwrap();
        assert_eq!((outline.area, outline.segmentation[0].len()), (50.0, 8));
        assert_eq!(outline.bbox, [9.6, 9.7, 30.8, 40.6]);
    }

    #[test]
    fn a_point_is_a_square_pixel_and_a_box_is_itself() {
        let shapes = [Shape::Point(Point::new(5.5, 7.5)), Shape::Box(Rect::new(10.0, 10.0, 4.0, 5.0))];
        let outline = Outline::of(&shapes).unwrap();
        assert_eq!((outline.area, outline.bbox), (21.0, [5.0, 7.0, 9.0, 8.0]));
        assert_eq!(outline.segmentation[0], [5.0, 7.0, 6.0, 7.0, 6.0, 8.0, 5.0, 8.0]);
        let still = Shape::Line([Point::new(5.5, 7.5); 2]);
        assert_eq!(Outline::of(&[still]).unwrap().area, 1.0);
        assert!(Outline::of(&[]).is_none());
    }
}
