//! Boards of small boxes, photographed by a homography.

use super::*;
use crate::vision::Ignore;

const SIZE_MM: [f64; 2] = [56.0, 40.0];
const SIZE: [usize; 2] = [900, 720];

/// Chips at places that the seed draws, none nearer to another than 2.4 mm.
fn chips(seed: u64) -> Vec<Footprint> {
    let mut random = Random::seeded(seed);
    let mut chips: Vec<Footprint> = Vec::new();
    for _ in 0..900 {
        let mut share = || random.below(1 << 20) as f64 / f64::from(1 << 20);
        let at = Point::new(2.0 + (SIZE_MM[0] - 4.0) * share(), 2.0 + (SIZE_MM[1] - 4.0) * share());
        let half = if share() < 0.5 { [0.8, 0.4] } else { [0.4, 0.8] };
        if chips.len() < 90 && chips.iter().all(|other| other.at.distance(at) > 2.4) {
            chips.push(Footprint { at, half_mm: Some(half), fitted: true });
        }
    }
    chips
}

/// A map that shows the board turned, tilted and about 13 pixels to the millimetre.
fn seen(from_below: bool) -> Homography<Drawing, Photo> {
    let (sine, cosine) = libm::sincos(0.3);
    let scale = 13.0;
    let side = if from_below { -1.0 } else { 1.0 };
    // The middle of the board lies in the middle of the picture.
    let middle =
        Homography::<Drawing, Drawing>::new([side, 0.0, -side * SIZE_MM[0] / 2.0, 0.0, 1.0, -SIZE_MM[1] / 2.0, 0.0, 0.0, 1.0]);
    let (a, b) = (scale * cosine, scale * sine);
    middle.then(&Homography::new([a, -b, 455.0, b, a, 350.0, 2e-3, -1.5e-3, 1.0]))
}

/// Dark bodies with bright ends on green, on a grey table.
fn picture(chips: &[Footprint], map: &Homography<Drawing, Photo>) -> Picture {
    let back = map.inverse().unwrap();
    let colour = |k: usize| {
        let p = back.apply(Point::new((k % SIZE[0]) as f64 + 0.5, (k / SIZE[0]) as f64 + 0.5));
        if !(0.0..SIZE_MM[0]).contains(&p.x) || !(0.0..SIZE_MM[1]).contains(&p.y) {
            return [90, 88, 86];
        }
        let on = chips.iter().find_map(|chip| {
            let [w, h] = chip.half_mm.unwrap();
            let (x, y) = ((p.x - chip.at.x).abs(), (p.y - chip.at.y).abs());
            (x < w && y < h).then_some(if w > h { x / w } else { y / h })
        });
        match on {
            Some(along) if along > 0.6 => [200, 200, 190],
            Some(_) => [45, 40, 40],
            None => [30, 110, 60],
        }
    };
    Picture { width: SIZE[0], height: SIZE[1], rgb: (0..SIZE[0] * SIZE[1]).flat_map(colour).collect() }
}

/// Millimetres by which the worst chip is missed.
fn worst_mm(laid: &DrawingAlignment, chips: &[Footprint], truth: &Homography<Drawing, Photo>) -> f64 {
    chips.iter().map(|chip| laid.map.apply(chip.at).distance(truth.apply(chip.at)) / laid.px_per_mm).fold(0.0, f64::max)
}

fn lay(photo: &Picture, chips: &[Footprint], from_below: bool, points: &[(Point<Photo>, Point<Drawing>)]) -> DrawingAlignment {
    lay_drawing(photo, chips, from_below, points, &mut Ignore).unwrap().unwrap()
}

#[test]
fn a_drawing_finds_its_place_from_above_and_from_below() {
    for from_below in [false, true] {
        let (chips, truth) = (chips(7), seen(from_below));
        let laid = lay(&picture(&chips, &truth), &chips, from_below, &[]);
        assert_eq!(laid.verdict, Verdict::Aligned, "{laid:?}");
        assert!(worst_mm(&laid, &chips, &truth) < 0.1, "{}", worst_mm(&laid, &chips, &truth));
        assert!((laid.px_per_mm - 13.0).abs() < 1.5);
    }
}

#[test]
fn another_board_is_refused() {
    let laid = lay(&picture(&chips(7), &seen(false)), &chips(8), false, &[]);
    assert_eq!(laid.verdict, Verdict::Refused, "{laid:?}");
}

#[test]
fn three_points_are_enough_where_parts_are_too_few_to_be_found_and_they_are_sharpened_by_parts() {
    let (chips, truth) = (chips(7), seen(false));
    let photo = picture(&chips, &truth);
    let few = &chips[..8];
    assert_eq!(lay_drawing(&photo, few, false, &[], &mut Ignore).unwrap(), None);
    // Half a millimetre beside where they are.
    let clicked = |place: usize| {
        let at = chips[place].at;
        (truth.apply(Point::new(at.x + 0.4, at.y - 0.3)), at)
    };
    let far: Vec<usize> = [(0.0, 0.0), (SIZE_MM[0], 0.0), (0.0, SIZE_MM[1]), (SIZE_MM[0], SIZE_MM[1])]
        .iter()
        .map(|(x, y)| {
            (0..chips.len())
                .min_by(|a, b| {
                    let off = |k: &usize| chips[*k].at.distance(Point::new(*x, *y));
                    off(a).total_cmp(&off(b))
                })
                .unwrap()
        })
        .collect();
    let laid = lay(&photo, few, false, &far[..3].iter().map(|place| clicked(*place)).collect::<Vec<_>>());
    assert!(worst_mm(&laid, &chips[..3], &truth) < 3.0, "an affine map where there is perspective");
    assert_eq!(laid.verdict, Verdict::Refused, "eight parts speak for nothing: the person has to look");
    let laid = lay(&photo, &chips, false, &far.iter().map(|place| clicked(*place)).collect::<Vec<_>>());
    assert_eq!(laid.verdict, Verdict::Aligned);
    assert!(worst_mm(&laid, &chips, &truth) < 0.1);
}

#[test]
fn what_makes_no_sense_is_no_place() {
    let photo = picture(&[], &seen(false));
    assert_eq!(lay_drawing(&photo, &[], false, &[], &mut Ignore).unwrap(), None);
    let same = vec![Footprint { at: Point::new(1.0, 1.0), half_mm: Some([0.8, 0.4]), fitted: true }; 40];
    let laid = lay_drawing(&photo, &same, false, &[], &mut Ignore).unwrap();
    assert!(laid.is_none_or(|laid| laid.verdict != Verdict::Aligned));
    let small = Picture { width: 3, height: 2, rgb: vec![7; 18] };
    let laid = lay_drawing(&small, &chips(7), false, &[], &mut Ignore).unwrap();
    assert!(laid.is_none_or(|laid| laid.verdict == Verdict::Refused));
}
