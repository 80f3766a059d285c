use kurbo::{Affine, Point, Rect as Box};

use super::*;
use crate::design::Design;

/// Square millimetres that a layer covers, on a picture of the whole.
pub(in crate::design) fn covered_mm2(layer: &Layer) -> f64 {
    let area = layer.bounds().expect("something is drawn").grown(0.5);
    let frame = Frame { area, px_per_mm: 40.0, from_below: false };
    layer.coverage(&frame).iter().map(|cover| f64::from(*cover)).sum::<f64>() / 255.0 / (frame.px_per_mm * frame.px_per_mm)
}

fn square(x: f64, y: f64, side: f64) -> Figure {
    Figure::of(&Box::new(x, y, x + side, y + side))
}

fn layer(marks: Vec<Mark>) -> Layer {
    Layer { marks, ..Layer::new(LayerKind::Copper, Some(Side::Top), "test") }
}

fn clear(figure: Figure) -> Mark {
    Mark { is_clear: true, figure }
}

#[test]
fn what_is_clear_takes_away_what_was_drawn_before_it() {
    let close = |marks: Vec<Mark>, expected: f64| {
        let covered = covered_mm2(&layer(marks));
        assert!((covered - expected).abs() < 0.005 * expected, "{covered} for {expected}");
    };
    close(vec![Mark::dark(square(0.0, 0.0, 2.0))], 4.0);
    close(vec![Mark::dark(square(0.0, 0.0, 2.0)), clear(square(1.0, 0.0, 2.0))], 2.0);
    close(vec![clear(square(1.0, 0.0, 2.0)), Mark::dark(square(0.0, 0.0, 2.0))], 4.0);
    // Within a group it takes away what the group drew, and nothing else.
    let group = Figure::Group(vec![Mark::dark(square(1.0, 0.0, 1.0)), clear(square(0.0, 0.0, 1.5))]);
    close(vec![Mark::dark(square(0.0, 0.0, 1.0)), Mark::dark(group)], 1.5);
    // A group that is clear.
    let ring = Figure::Group(vec![Mark::dark(square(0.0, 0.0, 2.0)), clear(square(0.5, 0.5, 1.0))]);
    close(vec![Mark::dark(square(0.0, 0.0, 2.0)), clear(ring)], 1.0);
    let mut path = BezPath::new();
    path.move_to((0.0, 0.0));
    path.line_to((3.0, 0.0));
    close(vec![Mark::dark(Figure::Line { path, width_mm: 1.0 })], 3.0 + std::f64::consts::PI / 4.0);
}

#[test]
fn a_picture_is_seen_from_its_own_side() {
    let mut design = Design { layers: vec![layer(vec![Mark::dark(square(0.0, 0.0, 1.0))])], ..Design::default() };
    let mut below = layer(vec![Mark::dark(square(4.0, 2.0, 1.0))]);
    below.side = Some(Side::Bottom);
    design.layers.push(below);
    let mut edge =
        layer(vec![Mark::dark(Figure::Line { path: chain([Point::new(0.0, 3.0), Point::new(5.0, 0.0)]), width_mm: 0.0 })]);
    (edge.side, edge.kind) = (None, LayerKind::Outline);
    design.layers.push(edge);
    for (side, [x, y]) in [(Side::Top, [1.5, 1.5]), (Side::Bottom, [1.5, 3.5])] {
        let frame = Frame::around(&design, side, 10.0).unwrap();
        let picture = design.painted(side, &frame);
        assert_eq!([picture.width, picture.height], [70, 50]);
        let pixel = |x: f64, y: f64| picture.rgb[3 * ((y * 10.0) as usize * picture.width + (x * 10.0) as usize)..][..3].to_vec();
        assert_eq!(pixel(x - 0.2, y + 0.2), [110, 84, 38], "{side:?}: copper, mirrored from below");
        assert_ne!(pixel(5.5, 1.5), [110, 84, 38], "{side:?}: nothing of the other side");
    }
    assert!(Frame::around(&Design::default(), Side::Top, 10.0).is_none());
}

#[test]
fn a_picture_of_a_large_board_has_fewer_pixels_and_what_is_far_away_is_left_out() {
    let design = Design { layers: vec![layer(vec![Mark::dark(square(0.0, 0.0, 2000.0))])], ..Design::default() };
    let [width, height] = Frame::around(&design, Side::Top, 1e9).unwrap().size();
    assert!((MOST_PAINTED_PX * 9 / 10..=MOST_PAINTED_PX).contains(&(width * height)));
    let mut drawn = Drawn::default();
    drawn.push(Mark::dark(square(0.0, 0.0, 1.0).moved(Affine::translate((20_000.0, 0.0))))).unwrap();
    assert_eq!((drawn.marks.len(), drawn.left_out), (0, Some(Why::TooFar)));
    let many = Figure::Line { path: chain((0..=MOST_POINTS).map(|k| Point::new(k as f64 * 1e-4, 0.0))), width_mm: 1.0 };
    assert_eq!(drawn.push(Mark::dark(many)), Err(DesignError::TooMuchDrawn));
}
