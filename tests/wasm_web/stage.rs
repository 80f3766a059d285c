//! The stage by its pixels: what a person sees is what the map says.

use std::rc::Rc;

use boardwatch::app::table::{Orientation, Over};
use boardwatch::app::{Mode, Palette};
use boardwatch::geometry::{Homography, Mesh, Rect, Warp};
use boardwatch::vision::Sha256;
use boardwatch::web::{Crop, StageEvent, draw_crop};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::CanvasRenderingContext2d;

use crate::page::sleep;
use crate::table::{BOTH, By, PHOTO, QUARTERS, SIDE, Table, canvas, flat, mixed, opaque};

/// In the middles of the four quarters, as they are numbered in `QUARTERS`.
const PLACES: [(f64, f64); 4] = [(80.0, 80.0), (220.0, 80.0), (80.0, 220.0), (220.0, 220.0)];

#[wasm_bindgen_test]
async fn every_mode_shows_what_it_says() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        let of = |choose: [&[[u8; 3]; 4]; 4]| [0, 1, 2, 3].map(|place| (PLACES[place], opaque(choose[place][place])));
        table.show(|_| {});
        table.expect("swipe", 2, &of([&QUARTERS, &PHOTO, &QUARTERS, &PHOTO])).await;
        table.show(|scene| scene.swipe.position = 0.0);
        table.expect("swipe to the left", 2, &of([&PHOTO; 4])).await;
        table.show(|scene| scene.swipe.angle = 90.0);
        table.expect("swipe downwards", 2, &of([&QUARTERS, &QUARTERS, &PHOTO, &PHOTO])).await;
        table.show(|scene| scene.swipe.angle = 180.0);
        table.expect("swipe turned round", 2, &of([&PHOTO, &QUARTERS, &PHOTO, &QUARTERS])).await;
        table.stage.hold_photo(true);
        table.expect("the photo held up", 2, &of([&PHOTO; 4])).await;
        table.stage.hold_photo(false);
        table.show(|scene| scene.mode = Mode::RedCyan);
        let luma = |[r, g, b]: [u8; 3]| (0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b)) as u8;
        let red_cyan = [0, 1, 2, 3].map(|place| {
            let (red, cyan) = (luma(QUARTERS[place]), luma(PHOTO[place]));
            (PLACES[place], [red, cyan, cyan, 255])
        });
        table.expect("red and cyan", 3, &red_cyan).await;
        table.show(|scene| scene.mode = Mode::Blink);
        table.expect("blink begins with the reference", 2, &of([&QUARTERS; 4])).await;
        table.stage.toggle_blink();
        let (before, after) = (table.pixels().await, of([&PHOTO; 4]));
        table.expect("blink by hand", 2, &after).await;
        assert!(!before.is_empty());
        table.show(|scene| (scene.mode, scene.opacity) = (Mode::Opacity, 0.5));
        let mixed = [0, 1, 2, 3].map(|place| {
            let mix = |channel: usize| ((u16::from(QUARTERS[place][channel]) + u16::from(PHOTO[place][channel])) / 2) as u8;
            (PLACES[place], [mix(0), mix(1), mix(2), 255])
        });
        table.expect("opacity", 3, &mixed).await;
        // The halves are shown by a camera of their own: the left one has both the left and the right quarters.
        table.show(|scene| scene.mode = Mode::SideBySide);
        let half =
            [((40.0, 120.0), QUARTERS[0]), ((110.0, 120.0), QUARTERS[1]), ((190.0, 180.0), PHOTO[2]), ((260.0, 180.0), PHOTO[3])];
        table.expect("side by side", 2, &half.map(|(at, colour)| (at, opaque(colour)))).await;
    }
}

#[wasm_bindgen_test]
async fn a_turned_and_mirrored_board_is_seen_that_way() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        table.show(|scene| scene.mode = Mode::Blink);
        // Which quarter is seen in each of the four places.
        let seen = |quarters: [usize; 4]| [0, 1, 2, 3].map(|place| (PLACES[place], opaque(QUARTERS[quarters[place]])));
        table.expect("as it is", 2, &seen([0, 1, 2, 3])).await;
        table.stage.orient(|orientation| orientation.turned(true));
        table.expect("turned clockwise", 2, &seen([2, 0, 3, 1])).await;
        table.stage.orient(Orientation::mirrored);
        table.expect("turned, then mirrored", 2, &seen([0, 2, 1, 3])).await;
        table.stage.orient(Orientation::mirrored);
        table.stage.orient(|orientation| orientation.turned(false));
        table.stage.orient(Orientation::mirrored);
        table.expect("mirrored", 2, &seen([1, 0, 3, 2])).await;
    }
}

#[wasm_bindgen_test]
async fn difference_is_grey_where_the_pictures_agree_and_coloured_where_not() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        table.show(|scene| (scene.mode, scene.photo) = (Mode::Difference, scene.reference));
        let grey = QUARTERS.map(|[r, g, b]| {
            let luma = 0.35 * (0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b));
            [luma as u8, luma as u8, luma as u8, 255]
        });
        table.expect("no difference", 3, &[0, 1, 2, 3].map(|place| (PLACES[place], grey[place]))).await;
        table.show(|scene| scene.mode = Mode::Difference);
        let (orange, blue) = ([230, 159, 0, 255], [86, 180, 233, 255]);
        // Yellow is brighter than red, black is darker than white.
        table.expect("difference", 3, &[(PLACES[0], orange), (PLACES[3], blue)]).await;
        table.show(|scene| (scene.mode, scene.palette) = (Mode::Difference, Palette::Grey));
        table.expect("difference in grey", 3, &[(PLACES[0], [255; 4]), (PLACES[3], [255; 4])]).await;
        table.show(|scene| (scene.mode, scene.photo, scene.palette) = (Mode::Difference, scene.reference, Palette::Grey));
        let dim = |[r, g, b]: [u8; 3]| (0.12 * (0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b))) as u8;
        table
            .expect("no difference in grey", 3, &[(PLACES[3], [dim(QUARTERS[3]), dim(QUARTERS[3]), dim(QUARTERS[3]), 255])])
            .await;
    }
}

#[wasm_bindgen_test]
async fn a_tilted_photo_lies_where_its_homography_says() {
    for by in BOTH {
        let warp = Warp { homography: Homography::new([0.9, -0.35, 260.0, 0.3, 0.8, 30.0, 1.2e-4, -0.9e-4, 1.0]), mesh: None };
        Table::new(by, Some(warp.clone())).await.expect_warp(&warp).await;
    }
}

#[wasm_bindgen_test]
async fn a_bent_photo_lies_where_its_mesh_says() {
    for by in BOTH {
        let nodes = (0..16).map(|k| [[90.0, 0.0], [-60.0, 80.0], [0.0, -70.0], [40.0, 40.0]][(k * 7 + k / 4) % 4]).collect();
        let mesh = Mesh { columns: 4, rows: 4, step_x: 500.0, step_y: 500.0, nodes };
        let warp = Warp { homography: Homography::new([0.8, 0.05, 100.0, -0.05, 0.8, 150.0, 0.0, 0.0, 1.0]), mesh: Some(mesh) };
        Table::new(by, Some(warp.clone())).await.expect_warp(&warp).await;
    }
}

#[wasm_bindgen_test]
async fn pictures_that_do_not_lie_on_each_other_stand_beside_each_other() {
    for by in BOTH {
        let table = Table::new(by, None).await;
        table.show(|_| {});
        let half = [((40.0, 120.0), QUARTERS[0]), ((260.0, 180.0), PHOTO[3])];
        table.expect("not aligned", 2, &half.map(|(at, colour)| (at, opaque(colour)))).await;
    }
}

#[wasm_bindgen_test]
async fn a_layer_lies_over_both_as_strongly_as_it_is_shown() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        // The photo once more, half as large, in the middle of the board.
        let half = Warp { homography: Homography::new([0.5, 0.0, 375.0, 0.0, 0.5, 375.0, 0.0, 0.0, 1.0]), mesh: None };
        let over = |opacity: f64| {
            let picture = table.scene.photo.unwrap();
            Rc::new(vec![Over { picture, size: (SIDE, SIDE), warp: Rc::new(half.clone()), opacity, is_sheet: false }])
        };
        // In the layer's four quarters, and beside it.
        let places = [(100.0, 100.0), (200.0, 100.0), (100.0, 200.0), (200.0, 200.0)];
        for (mode, opacity) in [(Mode::Swipe, 1.0), (Mode::Blink, 0.5), (Mode::RedCyan, 1.0)] {
            table.show(|scene| (scene.mode, scene.over, scene.swipe.position) = (mode, over(opacity), 1.0));
            let wanted = [0, 1, 2, 3].map(|place| {
                let (under, over) = (QUARTERS[place], PHOTO[place]);
                (places[place], opaque(mixed(over, under, opacity)))
            });
            table.expect(&format!("{by:?}, {mode:?} under a layer"), 3, &wanted).await;
        }
        table.show(|scene| (scene.mode, scene.swipe.position) = (Mode::Swipe, 1.0));
        let beside = [0, 1, 2, 3].map(|place| (places[place], opaque(QUARTERS[place])));
        table.expect("the layer is gone", 2, &beside).await;
    }
}

#[wasm_bindgen_test]
async fn a_faded_picture_lets_the_table_through_and_a_hidden_one_leaves_the_other() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        table.show(|scene| scene.strength.reference = 0.5);
        let pixels = [(PLACES[0], [250, 10, 10, 128]), (PLACES[1], opaque(PHOTO[1]))];
        table.expect("a faded reference beside the photo", 3, &pixels).await;
        table.show(|scene| scene.strength.photo = 0.0);
        table.expect("a hidden photo", 2, &[0, 1, 2, 3].map(|place| (PLACES[place], opaque(QUARTERS[place])))).await;
    }
}

#[wasm_bindgen_test]
async fn a_picture_that_is_alone_is_shown_whole() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        table.show(|scene| scene.reference = None);
        table.expect("the photo alone", 2, &[0, 1, 2, 3].map(|place| (PLACES[place], opaque(PHOTO[place])))).await;
        table.show(|scene| (scene.photo, scene.mode) = (None, Mode::Blink));
        table.expect("the reference alone", 2, &[0, 1, 2, 3].map(|place| (PLACES[place], opaque(QUARTERS[place])))).await;
    }
}

#[wasm_bindgen_test]
async fn flying_to_a_place_brings_it_to_the_middle() {
    for by in BOTH {
        let table = Table::new(by, Some(flat())).await;
        table.show(|scene| scene.mode = Mode::Opacity);
        table.stage.fly_to(&Rect::new(300.0, 1000.0, 40.0, 40.0));
        // Looking at the pixels moves the view, which would end the flight.
        sleep(1000).await;
        let everywhere = PLACES.map(|at| (at, opaque(PHOTO[2])));
        table.expect("the photo's lower left quarter", 2, &everywhere).await;
        let rested =
            table.events.borrow().iter().any(|event| matches!(event, StageEvent::ZoomRested(zoom) if (zoom - 2.25).abs() < 1e-6));
        assert!(rested, "300 px × 0.3 over 40 px: {:?}", table.events.borrow());
    }
}

#[wasm_bindgen_test]
async fn a_crop_shows_the_same_place_of_both_pictures() {
    // The photo is the reference turned by a quarter: its upper left lands on the upper right.
    let side = f64::from(SIDE);
    let warp = Warp { homography: Homography::new([0.0, -1.0, side, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]), mesh: None };
    let table = Table::new(By::Card, Some(warp.clone())).await;
    let area = Rect::new(1100.0, 300.0, 60.0, 60.0);
    let photo_crop = Crop::of_photo(table.scene.photo.unwrap(), area, &warp).unwrap();
    for (crop, colour) in [(Crop::of_reference(table.scene.reference.unwrap(), area), QUARTERS[1]), (photo_crop, PHOTO[0])] {
        let canvas = canvas(40);
        draw_crop(&table.page.shell, &canvas, (40.0, 40.0), &crop);
        let context: CanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
        let mut seen = Vec::new();
        for _ in 0..200 {
            seen = context.get_image_data(20.0, 20.0, 1.0, 1.0).unwrap().data().0;
            if seen[3] == 255 {
                break;
            }
            sleep(25).await;
        }
        assert_eq!(seen, opaque(colour));
        canvas.remove();
    }
}

#[wasm_bindgen_test]
async fn a_picture_that_nobody_has_is_told() {
    let table = Table::new(By::Card, Some(flat())).await;
    table.show(|scene| scene.photo = Some(Sha256::of(b"nowhere")));
    for _ in 0..200 {
        if table.events.borrow().iter().any(|event| matches!(event, StageEvent::Failed(_))) {
            return;
        }
        sleep(25).await;
    }
    panic!("nothing was told");
}
