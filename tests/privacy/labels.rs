//! Labels are found on boards that were drawn, and on the pictures of the sample catalogue.

use std::path::Path;

use boardwatch::geometry::{Photo, Rect};
use boardwatch::vision::{Label, LabelKind, Picture, decode, labels};

/// A green board with lettering, chips and traces, and nothing to hide.
fn board() -> Picture {
    let (width, height) = (1200, 900);
    let pixel = |k: usize| {
        let (x, y) = (k % width, k / width);
        let trace = if (x + 2 * y) % 37 < 3 { 18 } else { 0 };
        let chip = (x / 150) % 3 == 1 && (y / 130) % 3 == 1;
        // Lettering: thin bright strokes beside the chips.
        let stroke = (x / 150) % 3 == 2 && (y / 130) % 3 == 1 && (x % 11 < 2 || y % 23 < 2);
        if stroke {
            [225, 228, 224]
        } else if chip {
            [34, 34, 36]
        } else {
            [24 + trace, 92 + trace, 48 + trace]
        }
    };
    Picture { width, height, rgb: (0..width * height).flat_map(|k| pixel(k).map(|v| v as u8)).collect() }
}

/// Sticks a label of this size on the board, turned by an angle; `ink` says where it is printed, in millimetres of a tenth.
fn stick(
    board: &mut Picture,
    centre: (f64, f64),
    size: (f64, f64),
    turn: f64,
    ink: impl Fn(usize, usize) -> bool,
) -> Rect<Photo> {
    let (sin, cos) = libm::sincos(turn.to_radians());
    let (mut left, mut top, mut right, mut bottom) = (f64::MAX, f64::MAX, 0.0_f64, 0.0_f64);
    for y in 0..board.height {
        for x in 0..board.width {
            let (dx, dy) = (x as f64 + 0.5 - centre.0, y as f64 + 0.5 - centre.1);
            let (u, v) = (dx * cos + dy * sin + size.0 / 2.0, dy * cos - dx * sin + size.1 / 2.0);
            if !(0.0..size.0).contains(&u) || !(0.0..size.1).contains(&v) {
                continue;
            }
            (left, top) = (left.min(x as f64), top.min(y as f64));
            (right, bottom) = (right.max(x as f64 + 1.0), bottom.max(y as f64 + 1.0));
            // A quiet zone of eight pixels all round.
            let quiet = u < 8.0 || v < 8.0 || u > size.0 - 8.0 || v > size.1 - 8.0;
            let start = 3 * (y * board.width + x);
            board.rgb[start..start + 3].fill(if !quiet && ink(u as usize, v as usize) { 22 } else { 236 });
        }
    }
    Rect::new(left, top, right - left, bottom - top)
}

/// Something that looks random and is the same every time.
fn dice(x: usize, y: usize) -> usize {
    let mixed = (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed.wrapping_mul(0x94d0_49bb_1331_11eb) >> 40) as usize
}

fn bars(u: usize, _: usize) -> bool {
    dice(u / 3, 1).is_multiple_of(2)
}

fn squares(u: usize, v: usize) -> bool {
    dice(u / 5, v / 5).is_multiple_of(2)
}

/// Lines of letters.
fn print(u: usize, v: usize) -> bool {
    v % 18 < 11 && u % 10 < 7 && (u % 10 < 2 || v % 18 < 2 || (dice(u / 10, v / 18).is_multiple_of(3) && v % 18 > 8))
}

fn found(all: &[Label], area: &Rect<Photo>) -> Option<LabelKind> {
    let covers = |label: &&Label| label.area.intersection(area).is_some_and(|common| common.area() > 0.9 * area.area());
    all.iter().find(covers).filter(|label| label.area.area() < 1.6 * area.area()).map(|label| label.kind)
}

#[test]
fn a_board_without_labels_has_none() {
    assert_eq!(labels(&board()), []);
    assert_eq!(labels(&Picture { width: 20, height: 9, rgb: vec![200; 540] }), []);
    assert_eq!(labels(&Picture { width: 400, height: 300, rgb: vec![255; 360_000] }), []);
}

#[test]
fn bars_squares_and_words_are_found_whichever_way_they_are_stuck() {
    for turn in [0.0, 7.0, 90.0, 133.0] {
        for (kind, size, ink) in [
            (LabelKind::Bars, (220.0, 70.0), bars as fn(usize, usize) -> bool),
            (LabelKind::Squares, (90.0, 90.0), squares),
            (LabelKind::Print, (200.0, 64.0), print),
        ] {
            let mut board = board();
            let area = stick(&mut board, (640.0, 430.0), size, turn, ink);
            let all = labels(&board);
            assert_eq!(found(&all, &area), Some(kind), "turned by {turn}°: {all:?} for {area:?}");
            assert_eq!(all.len(), 1, "{all:?}");
        }
    }
}

#[test]
fn a_label_in_the_shadow_is_found_beside_one_in_the_light() {
    let mut board = board();
    let light = stick(&mut board, (300.0, 200.0), (200.0, 64.0), 0.0, print);
    let dark = stick(&mut board, (800.0, 700.0), (220.0, 70.0), 0.0, bars);
    for y in 600..board.height {
        let start = 3 * y * board.width;
        board.rgb[start..start + 3 * board.width].iter_mut().for_each(|value| *value = (f32::from(*value) * 0.6) as u8);
    }
    let all = labels(&board);
    assert!(found(&all, &light).is_some() && found(&all, &dark).is_some(), "{all:?}");
}

#[test]
fn both_labels_of_each_sample_picture_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog/specimen");
    // Where they were stuck, by eye, in pixels.
    for (name, long, short) in [
        ("unit-1.jpg", (1115.0, 1130.0, 105.0, 352.0), (1805.0, 1110.0, 165.0, 74.0)),
        ("unit-2.jpg", (1124.0, 1138.0, 96.0, 358.0), (1798.0, 1108.0, 168.0, 76.0)),
        ("sample.jpg", (1078.0, 1040.0, 112.0, 316.0), (1705.0, 1094.0, 152.0, 76.0)),
    ] {
        let all = labels(&decode(&std::fs::read(folder.join(name)).unwrap()).unwrap());
        for (x, y, w, h) in [long, short] {
            assert_eq!(found(&all, &Rect::new(x, y, w, h)), Some(LabelKind::Bars), "{name}: {all:?}");
        }
        // Offers that are none cost a look each: white sockets, for the most part.
        assert!(all.len() <= 6, "{name}: {all:?}");
    }
}
