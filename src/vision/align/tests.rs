//! Alignment on small pictures drawn by the test, with known maps.

use super::random::Random;
use super::*;
use crate::geometry::Homography;
use crate::vision::{Ignore, PictureFacts, Plane, Reason, Sha256};

const WIDTH: usize = 480;
const HEIGHT: usize = 360;

/// Rectangles and dots on a dark board, others for every seed.
pub(in crate::vision) fn board(seed: u64) -> Plane {
    let mut random = Random::seeded(seed);
    let mut plane = Plane::filled(WIDTH, HEIGHT, 60.0);
    for part in 0..330 {
        let (x, y) = (random.below(WIDTH - 20), random.below(HEIGHT - 20));
        let (w, h) = (3 + random.below(16), 3 + random.below(16));
        let value = 30.0 + random.below(200) as f32;
        for v in 0..h {
            for u in 0..w {
                let (du, dv) = (2 * u as i32 - w as i32, 2 * v as i32 - h as i32);
                if part % 3 > 0 || du * du + dv * dv < (w * h) as i32 {
                    plane.data[(y + v) * WIDTH + x + u] = value;
                }
            }
        }
    }
    plane
}

fn picture(width: usize, height: usize, value: impl Fn(f64, f64) -> f32) -> Picture {
    let mut random = Random::seeded(77);
    let mut rgb = Vec::with_capacity(width * height * 3);
    for i in 0..width * height {
        let (x, y) = ((i % width) as f64 + 0.5, (i / width) as f64 + 0.5);
        let noise = random.below(7) as f32 - 3.0;
        let grey = (value(x, y) + noise).clamp(0.0, 255.0) as u8;
        rgb.extend([grey, grey, grey]);
    }
    Picture { width, height, rgb }
}

pub(in crate::vision) fn reference_of(plane: &Plane) -> Picture {
    picture(WIDTH, HEIGHT, |x, y| plane.sample(x as f32, y as f32))
}

/// The board as a camera sees it whose pixels land where `truth` says, under light from the left, on a grey table.
pub(in crate::vision) fn photo_of(plane: &Plane, truth: impl Fn(f64, f64) -> (f64, f64)) -> Picture {
    picture(WIDTH, HEIGHT, |x, y| {
        let (u, v) = truth(x, y);
        let on_board = u >= 0.0 && v >= 0.0 && u < WIDTH as f64 && v < HEIGHT as f64;
        let value = if on_board { plane.sample(u as f32, v as f32) } else { 120.0 };
        value * (0.9 - 0.3 * (x / WIDTH as f64) as f32) + 12.0
    })
}

/// Turned by `degrees` around the middle and `scale` times as large on the photo, tilted.
pub(in crate::vision) fn camera(degrees: f64, scale: f64, tilt: f64) -> impl Fn(f64, f64) -> (f64, f64) {
    let (sin, cos) = (libm::sin(degrees.to_radians()) / scale, libm::cos(degrees.to_radians()) / scale);
    let (cx, cy) = (WIDTH as f64 / 2.0, HEIGHT as f64 / 2.0);
    move |x, y| {
        let depth = 1.0 + tilt * (x - cx) / cx;
        let (dx, dy) = ((x - cx) / depth, (y - cy) / depth);
        (cx + cos * dx - sin * dy, cy + sin * dx + cos * dy)
    }
}

fn aligned(photo: &Picture, reference: &Picture) -> Alignment {
    align(photo, reference, None, &AlignConfig::default(), &mut Ignore).unwrap()
}

#[test]
fn known_features_change_nothing_but_the_time() {
    let (plane, config) = (board(3), AlignConfig::default());
    let (photo, reference) = (photo_of(&plane, camera(20.0, 0.8, 0.1)), reference_of(&plane));
    let facts = PictureFacts { sha256: Sha256([0; 32]), width: WIDTH as u32, height: HEIGHT as u32 };
    let features = ReferenceFeatures::find(&reference, facts, &config);
    let with = align(&photo, &reference, Some(&features), &config, &mut Ignore).unwrap();
    assert_eq!(with, aligned(&photo, &reference));
    assert_eq!(with.verdict, Verdict::Aligned);
    // Those of another board propose nothing: they are really used, and the first look finds no map with them.
    let others = ReferenceFeatures::find(&reference_of(&board(4)), facts, &config);
    assert_ne!(align(&photo, &reference, Some(&others), &config, &mut Ignore).unwrap().verdict, Verdict::Aligned);
}

/// The 95th percentile of the distance between the map's points and the truth.
fn error_p95(alignment: &Alignment, truth: impl Fn(f64, f64) -> (f64, f64)) -> f64 {
    let distance = |p: &[f64; 4]| {
        let (x, y) = truth(p[0], p[1]);
        ((p[2] - x) * (p[2] - x) + (p[3] - y) * (p[3] - y)).sqrt()
    };
    let mut errors: Vec<f64> = alignment.points.iter().map(distance).collect();
    errors.sort_by(f64::total_cmp);
    errors[errors.len() * 95 / 100]
}

#[test]
fn turned_scaled_and_tilted_boards_come_home() {
    let plane = board(1);
    let reference = reference_of(&plane);
    for (degrees, scale, tilt) in [(0.0, 1.0, 0.0), (33.0, 0.8, 0.15), (90.0, 0.7, 0.0), (180.0, 1.5, 0.1), (-120.0, 0.5, 0.1)] {
        let truth = camera(degrees, scale, tilt);
        let alignment = aligned(&photo_of(&plane, &truth), &reference);
        let what = format!("{degrees}° × {scale}, tilt {tilt}");
        assert_eq!(alignment.verdict, Verdict::Aligned, "{what}: {:?}", alignment.reason);
        let error = error_p95(&alignment, &truth);
        assert!(error < 1.0, "{what}: {error} px");
        assert!(alignment.warp().unwrap().is_valid());
    }
}

#[test]
fn a_lens_is_followed() {
    let plane = board(2);
    let truth = |x: f64, y: f64| {
        let (dx, dy) = ((x - 240.0) / 240.0, (y - 180.0) / 240.0);
        let swell = 1.0 + 0.015 * (dx * dx + dy * dy);
        (240.0 + dx * 240.0 * swell * 0.95, 180.0 + dy * 240.0 * swell * 0.95)
    };
    let alignment = aligned(&photo_of(&plane, truth), &reference_of(&plane));
    assert_eq!(alignment.verdict, Verdict::Aligned);
    // A patch needs 20 px around its middle: nothing on a photo, much on a picture as small as this one.
    let is_inside = |p: &&[f64; 4]| p[0] > 24.0 && p[1] > 24.0 && p[0] < WIDTH as f64 - 24.0 && p[1] < HEIGHT as f64 - 24.0;
    let inner = Alignment { points: alignment.points.iter().filter(is_inside).copied().collect(), ..alignment.clone() };
    assert!(error_p95(&inner, truth) < 1.0, "{} px", error_p95(&inner, truth));
    let flat = Alignment { points: inner.points.iter().map(without_mesh(&alignment)).collect(), ..alignment.clone() };
    assert!(error_p95(&flat, truth) > 2.0 * error_p95(&inner, truth), "a homography alone would have done");
}

fn without_mesh(alignment: &Alignment) -> impl Fn(&[f64; 4]) -> [f64; 4] {
    let homography = alignment.homography.unwrap();
    move |p| {
        let flat = homography.apply(Point::new(p[0], p[1]));
        [p[0], p[1], flat.x, flat.y]
    }
}

#[test]
fn a_part_of_the_board_says_how_much_it_shows() {
    let plane = board(3);
    // A close view: 2.2 times as large, so a fifth of the board fills the photo.
    let truth = camera(12.0, 2.2, 0.0);
    let alignment = aligned(&photo_of(&plane, &truth), &reference_of(&plane));
    assert_eq!((alignment.verdict, alignment.reason), (Verdict::Aligned, Reason::LittleOverlap));
    assert!((alignment.coverage - 1.0 / (2.2 * 2.2)).abs() < 0.02, "{}", alignment.coverage);
    assert!(error_p95(&alignment, &truth) < 0.7);
}

#[test]
fn another_board_is_refused() {
    let photo = photo_of(&board(4), camera(5.0, 0.9, 0.0));
    let alignment = aligned(&photo, &reference_of(&board(5)));
    assert_eq!((alignment.verdict, alignment.reason), (Verdict::Refused, Reason::DifferentBoard));
    assert!(alignment.homography.is_none() && alignment.points.is_empty());
}

#[test]
fn a_mirrored_photo_is_recognised_and_not_flipped() {
    let plane = board(6);
    let camera = camera(20.0, 0.9, 0.05);
    let photo = photo_of(&plane, |x, y| camera(WIDTH as f64 - x, y));
    let alignment = aligned(&photo, &reference_of(&plane));
    assert_eq!((alignment.verdict, alignment.reason), (Verdict::Refused, Reason::Mirrored));
}

#[test]
fn a_bare_frame_with_hardly_a_feature_still_aligns() {
    let disc = |x: f64, y: f64| {
        let inside = (x - 200.0) * (x - 200.0) + (y - 190.0) * (y - 190.0) < 110.0 * 110.0;
        if inside || x > 440.0 { 10.0 } else { 240.0 }
    };
    let photo =
        picture(WIDTH, HEIGHT, |x, y| if (x - 180.0).abs() < 5.0 && (y - 200.0).abs() < 5.0 { 240.0 } else { disc(x, y) });
    let alignment = aligned(&photo, &picture(WIDTH, HEIGHT, disc));
    assert_eq!(alignment.verdict, Verdict::Aligned);
    assert!(error_p95(&alignment, |x, y| (x, y)) < 1.0);
}

#[test]
fn what_can_not_be_told_is_refused_with_its_reason() {
    let reference = reference_of(&board(7));
    let blank = picture(WIDTH, HEIGHT, |_, _| 128.0);
    assert_eq!(aligned(&blank, &reference).reason, Reason::TooFewFeatures);
    let tiny = picture(100, 80, |x, y| (x * y) as f32 % 255.0);
    assert_eq!(aligned(&tiny, &reference).reason, Reason::TooFewPixels);
    let soft = |x: f64, y: f64| (128.0 + 60.0 * libm::sin(x / 40.0) + 50.0 * libm::cos(y / 37.0)) as f32;
    let blurred = picture(WIDTH, HEIGHT, soft);
    assert_eq!(aligned(&blurred, &reference).reason, Reason::TooBlurred);
    let bare = picture(WIDTH, HEIGHT, |x, _| if x < 200.0 { 20.0 } else { 200.0 });
    assert_eq!(aligned(&bare, &reference).reason, Reason::TooFewFeatures);
}

#[test]
fn the_same_pictures_give_the_same_numbers() {
    let plane = board(8);
    let (photo, reference) = (photo_of(&plane, camera(40.0, 0.8, 0.1)), reference_of(&plane));
    assert_eq!(aligned(&photo, &reference), aligned(&photo, &reference));
}

#[test]
fn control_points_are_where_the_refinement_starts() {
    let plane = board(9);
    let truth = camera(70.0, 0.9, 0.1);
    let (photo, reference) = (photo_of(&plane, &truth), reference_of(&plane));
    let by_hand = |offset: f64| {
        let places = [(120.0, 100.0), (350.0, 90.0), (340.0, 270.0), (130.0, 280.0)];
        places.map(|(x, y)| (Point::<Photo>::new(x + offset, y - offset), Point::<Reference>::new(truth(x, y).0, truth(x, y).1)))
    };
    let run = |points: &[(Point<Photo>, Point<Reference>)]| {
        align_with_points(&photo, &reference, points, &AlignConfig::default(), &mut Ignore).unwrap()
    };
    let alignment = run(&by_hand(3.0)).unwrap();
    assert_eq!(alignment.verdict, Verdict::Aligned);
    assert!(error_p95(&alignment, &truth) < 1.0, "{} px", error_p95(&alignment, &truth));
    let other = reference_of(&board(11));
    let believed = align_with_points(&photo, &other, &by_hand(0.0), &AlignConfig::default(), &mut Ignore).unwrap().unwrap();
    assert_eq!((believed.verdict, believed.reason), (Verdict::Doubtful, Reason::PartlyAgrees));
    assert!(error_p95(&believed, &truth) < 0.01, "exact points give the exact map");
    assert!(run(&by_hand(0.0)[..3]).is_none());
    let on_a_line = [0.0, 50.0, 100.0, 150.0].map(|v| (Point::new(v, v), Point::new(v, v)));
    assert!(run(&on_a_line).is_none());
}

#[test]
fn nobody_waits_for_a_cancelled_job() {
    struct Impatient(u32);
    impl Watch for Impatient {
        fn progressed(&mut self, stage: Stage, done: f32) -> Result<(), Cancelled> {
            assert!(stage == Stage::Align && (0.0..=1.0).contains(&done));
            self.0 += 1;
            if self.0 > 2 { Err(Cancelled) } else { Ok(()) }
        }
    }
    let plane = board(10);
    let (photo, reference) = (photo_of(&plane, camera(3.0, 1.0, 0.0)), reference_of(&plane));
    let mut impatient = Impatient(0);
    assert_eq!(align(&photo, &reference, None, &AlignConfig::default(), &mut impatient), Err(Cancelled));
    assert_eq!(impatient.0, 3);
}

#[test]
fn a_map_that_nothing_supports_is_not_made_up() {
    let flat = Homography::<Photo, Reference>::new([1.0, 0.0, 0.0, 0.0, -1.0, 300.0, 0.0, 0.0, 1.0]);
    let sizes = hypotheses::Sizes { photo: (400.0, 300.0), reference: (400.0, 300.0) };
    assert!(!plausible::is_plausible(&flat, &sizes), "a mirror image is no view of the board");
    assert!(plausible::is_plausible(&Homography::identity(), &sizes));
}
