//! The whole comparison on small drawn boards.

use super::*;
use crate::geometry::{Homography, Mesh};
use crate::vision::{DifferenceKind, Ignore};

const WIDE: usize = 320;
const HIGH: usize = 256;

/// A green board with traces, pads and dark parts at places that a fixed sequence chooses.
fn board() -> Picture {
    let mut picture = Picture { width: WIDE, height: HIGH, rgb: [30, 90, 50].repeat(WIDE * HIGH) };
    let mut seed = 7_u32;
    let mut draw = |most: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 12) as usize % most
    };
    for _ in 0..60 {
        let (x, y) = (draw(WIDE - 20), draw(HIGH - 20));
        if (100..200).contains(&(x + 8)) && (90..170).contains(&(y + 8)) {
            continue;
        }
        let colour = [[200, 200, 190], [40, 40, 42], [170, 130, 60], [45, 120, 70]][draw(4)];
        paint(&mut picture, x, y, 4 + draw(14), 3 + draw(10), colour);
    }
    picture
}

fn paint(picture: &mut Picture, x: usize, y: usize, w: usize, h: usize, colour: [u8; 3]) {
    for row in y..(y + h).min(picture.height) {
        for column in x..(x + w).min(picture.width) {
            let at = (row * picture.width + column) * 3;
            picture.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }
}

fn each_value(picture: &Picture, change: impl Fn(usize, usize, u8) -> f32) -> Picture {
    let values = picture.rgb.iter().enumerate();
    let rgb = values.map(|(k, v)| change(k / 3 % WIDE, k / 3 / WIDE, *v).round().clamp(0.0, 255.0) as u8).collect();
    Picture { rgb, ..*picture }
}

fn identity() -> Warp {
    Warp { homography: Homography::identity(), mesh: None }
}

fn shifted_by(dx: f64, dy: f64) -> Warp {
    Warp { homography: Homography::new([1.0, 0.0, dx, 0.0, 1.0, dy, 0.0, 0.0, 1.0]), mesh: None }
}

fn compared(photo: &Picture, reference: &Picture, warp: &Warp) -> PairDifferences {
    compare_pair(photo, reference, warp, &CompareConfig::default(), &mut Ignore).unwrap()
}

fn flagged(found: &PairDifferences) -> Vec<&Difference> {
    found.differences.iter().filter(|difference| difference.flagged).collect()
}

#[test]
fn an_added_part_comes_first() {
    let mut photo = board();
    paint(&mut photo, 140, 120, 16, 9, [210, 205, 200]);
    let found = compared(&photo, &board(), &identity());
    let first = &found.differences[0];
    assert!(first.photo_box.contains(Point::new(148.0, 124.5)), "{first:?}");
    assert!(first.flagged && first.photo_box.area() < 900.0, "{first:?}");
    assert_eq!(first.kind, DifferenceKind::Added);
    assert_eq!(found.differences[0].seen_by, [0]);
}

#[test]
fn a_missing_part_comes_first() {
    let mut reference = board();
    paint(&mut reference, 140, 120, 16, 9, [30, 30, 32]);
    let found = compared(&board(), &reference, &identity());
    assert!(found.differences[0].reference_box.contains(Point::new(148.0, 124.5)));
    assert!(found.differences[0].flagged);
    assert_eq!(found.differences[0].kind, DifferenceKind::Missing);
}

#[test]
fn a_moved_part_is_found_at_its_place() {
    let (mut photo, mut reference) = (board(), board());
    paint(&mut reference, 140, 120, 16, 9, [210, 205, 200]);
    paint(&mut photo, 140, 131, 16, 9, [210, 205, 200]);
    let found = compared(&photo, &reference, &identity());
    let near = |d: &&Difference| d.photo_box.centre().distance(Point::new(148.0, 130.0)) < 14.0;
    assert!(found.differences.iter().take(2).any(|d| near(&d)), "{:?}", found.differences.first());
}

#[test]
fn light_noise_and_a_pixel_of_misplacement_are_no_differences() {
    let reference = board();
    let ramp =
        each_value(&reference, |x, y, v| f32::from(v) * (0.7 + 0.4 * x as f32 / WIDE as f32) + 20.0 * y as f32 / HIGH as f32);
    let noise =
        each_value(&reference, |x, y, v| f32::from(v) + ((x * 7919 + y * 104_729 + usize::from(v) * 31) % 13) as f32 - 6.0);
    for (name, photo, warp) in
        [("ramp", &ramp, identity()), ("noise", &noise, identity()), ("shift", &reference, shifted_by(0.8, -0.7))]
    {
        let found = compared(photo, &reference, &warp);
        assert!(flagged(&found).is_empty(), "{name}: {:?}", flagged(&found));
        assert!(found.coverage > 0.9, "{name}: {}", found.coverage);
    }
}

#[test]
fn glare_is_a_blind_area_and_no_difference() {
    let mut photo = board();
    paint(&mut photo, 128, 96, 96, 96, [255, 255, 255]);
    let found = compared(&photo, &board(), &identity());
    let glare: Vec<_> = found.blind_areas.iter().filter(|area| area.reason == BlindReason::Glare).collect();
    assert!(glare.iter().any(|area| area.reference_box.contains(Point::new(176.0, 144.0))), "{:?}", found.blind_areas);
    let inside = |d: &&Difference| Rect::new(128.0, 96.0, 96.0, 96.0).contains(d.reference_box.centre());
    assert_eq!(found.differences.iter().filter(inside).count(), 0);
    assert!(found.coverage < 0.97);
}

#[test]
fn what_only_one_picture_shows_sharply_is_a_blind_area_and_no_difference() {
    let reference = each_value(&board(), |x, y, v| f32::from(v) + 40.0 * ((x / 22 + y / 22) % 2) as f32);
    let mut photo = reference.clone();
    let (left, top, side) = (96, 64, 128);
    for (x, y) in (top..top + side).flat_map(|y| (left..left + side).map(move |x| (x, y))) {
        let near = (y - 3..=y + 3).flat_map(|y| (x - 3..=x + 3).map(move |x| (x, y)));
        let sum = near.fold([0_u32; 3], |sum, (x, y)| std::array::from_fn(|k| sum[k] + u32::from(reference.at(x, y)[k])));
        paint(&mut photo, x, y, 1, 1, sum.map(|v| (v / 49) as u8));
    }
    let found = compared(&photo, &reference, &identity());
    let blurred = found.blind_areas.iter().find(|area| area.reason == BlindReason::Blur);
    assert!(blurred.is_some_and(|area| area.reference_box.contains(Point::new(160.0, 128.0))), "{:?}", found.blind_areas);
    assert!(flagged(&found).is_empty(), "{:?}", flagged(&found));
    assert!(found.coverage < 0.96, "{}", found.coverage);
}

#[test]
fn what_the_photo_does_not_reach_is_out_of_frame() {
    let found = compared(&board(), &board(), &shifted_by(128.0, 0.0));
    let out = found.blind_areas.iter().find(|area| area.reason == BlindReason::OutOfFrame).unwrap();
    assert_eq!(out.reference_box, Rect::new(0.0, 0.0, 128.0, HIGH as f64));
    assert!(found.coverage < 0.7);
    let beyond = compared(&board(), &board(), &shifted_by(5000.0, 0.0));
    assert_eq!((beyond.coverage, beyond.differences.len()), (0.0, 0));
}

#[test]
fn a_bent_map_and_a_finer_photo_are_followed() {
    let reference = board();
    let mut fine = Picture { width: WIDE * 2, height: HIGH * 2, rgb: Vec::new() };
    fine.rgb = (0..WIDE * HIGH * 4).flat_map(|k| reference.at(k % (WIDE * 2) / 2, k / (WIDE * 2) / 2)).collect();
    paint(&mut fine, 280, 240, 32, 18, [210, 205, 200]);
    let half = Homography::new([0.5, 0.0, 3.0, 0.0, 0.5, 0.0, 0.0, 0.0, 1.0]);
    let nodes = vec![[-3.0, 0.0]; 4];
    let warp = Warp { homography: half, mesh: Some(Mesh { columns: 2, rows: 2, step_x: 640.0, step_y: 512.0, nodes }) };
    let found = compared(&fine, &reference, &warp);
    assert!(found.differences[0].photo_box.contains(Point::new(296.0, 249.0)), "{:?}", found.differences[0]);
    assert_eq!(flagged(&found).len(), 1);
}

#[test]
fn the_same_pictures_give_the_same_numbers() {
    let mut photo = board();
    paint(&mut photo, 140, 120, 16, 9, [210, 205, 200]);
    assert_eq!(compared(&photo, &board(), &shifted_by(0.4, 0.3)), compared(&photo, &board(), &shifted_by(0.4, 0.3)));
}

#[test]
fn a_cancelled_comparison_ends() {
    struct Never;
    impl Watch for Never {
        fn progressed(&mut self, _: Stage, _: f32) -> Result<(), Cancelled> {
            Err(Cancelled)
        }
    }
    assert_eq!(compare_pair(&board(), &board(), &identity(), &CompareConfig::default(), &mut Never), Err(Cancelled));
}
