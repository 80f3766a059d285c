//! The stage by its pixels: what a person sees is what the map says.

use std::cell::RefCell;
use std::rc::Rc;

use boardwatch::app::table::{Orientation, Scene, Swipe};
use boardwatch::app::{Mode, Palette, Tool};
use boardwatch::geometry::{Homography, Mesh, Point, Rect, Warp};
use boardwatch::vision::Sha256;
use boardwatch::web::{Crop, Stage, StageEvent, draw_crop};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::page::{Heard, frame, png, sleep, window};

/// The pictures' side: two tiles in each direction, so that seams are among what is looked at.
const SIDE: u32 = 1500;
/// The canvas's side, in pixels of CSS and of the screen.
const VIEW: u32 = 300;
/// Fitted, as the camera does it: 3 % of room on every side.
const ZOOM: f64 = 0.94 * VIEW as f64 / SIDE as f64;

const QUARTERS: [[u8; 3]; 4] = [[250, 10, 10], [10, 250, 10], [10, 10, 250], [240, 240, 240]];
const PHOTO: [[u8; 3]; 4] = [[250, 250, 10], [10, 250, 250], [250, 10, 250], [20, 20, 20]];

fn quarter(colours: &[[u8; 3]; 4], x: f64, y: f64) -> [u8; 3] {
    let half = f64::from(SIDE) / 2.0;
    colours[usize::from(x >= half) + 2 * usize::from(y >= half)]
}

struct Table {
    stage: Rc<Stage>,
    canvas: HtmlCanvasElement,
    events: Rc<RefCell<Vec<StageEvent>>>,
    scene: Scene,
    page: Heard,
}

fn canvas(side: u32) -> HtmlCanvasElement {
    let document = window().document().unwrap();
    let canvas: HtmlCanvasElement = document.create_element("canvas").unwrap().dyn_into().unwrap();
    let place = format!("position:fixed;left:0;top:0;width:{side}px;height:{side}px");
    canvas.set_attribute("style", &place).unwrap();
    document.body().unwrap().append_child(&canvas).unwrap();
    canvas
}

impl Table {
    async fn new(warp: Option<Warp>) -> Self {
        let page = Heard::new();
        let (reference, reference_sha) = png("reference.png", (SIDE, SIDE), |x, y| quarter(&QUARTERS, x, y)).await;
        let (photo, photo_sha) = png("photo.png", (SIDE, SIDE), |x, y| quarter(&PHOTO, x, y)).await;
        page.keep(reference, reference_sha).await;
        page.keep(photo, photo_sha).await;
        let canvas = canvas(VIEW);
        let events: Rc<RefCell<Vec<StageEvent>>> = Rc::default();
        let collecting = Rc::clone(&events);
        let told = Rc::new(move |event| collecting.borrow_mut().push(event));
        let stage = Stage::new(canvas.clone(), Rc::clone(&page.shell), told).unwrap();
        let scene = Scene {
            reference: Some(reference_sha),
            reference_picture: (SIDE, SIDE),
            reference_warp: None,
            reference_size: (SIDE, SIDE),
            photo: Some(photo_sha),
            photo_size: (SIDE, SIDE),
            warp: warp.map(Rc::new),
            mode: Mode::Swipe,
            opacity: 1.0,
            swipe: Swipe::default(),
            tool: Tool::Hand,
            linked: true,
            loupe: false,
            overview: false,
            palette: Palette::Colour,
            tolerance: 0.08,
            blink_hz: 1.0,
            marks: Rc::default(),
            places: Rc::default(),
            pairs: None,
        };
        Self { stage, canvas, events, scene, page }
    }

    fn show(&self, change: impl FnOnce(&mut Scene)) {
        let mut scene = self.scene.clone();
        change(&mut scene);
        self.stage.show(&scene);
    }

    /// The pixels as they are on screen, rows from the top, four numbers each.
    async fn pixels(&self) -> Vec<u8> {
        let copy: HtmlCanvasElement = window().document().unwrap().create_element("canvas").unwrap().dyn_into().unwrap();
        copy.set_width(VIEW);
        copy.set_height(VIEW);
        let context: CanvasRenderingContext2d = copy.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
        // Something that is drawn anew, so that the drawing buffer is full when it is read in the same frame.
        self.stage.pan_by(0.0, 0.0);
        frame().await;
        context.draw_image_with_html_canvas_element(&self.canvas, 0.0, 0.0).unwrap();
        context.get_image_data(0.0, 0.0, f64::from(VIEW), f64::from(VIEW)).unwrap().data().0
    }

    /// Looks until the pixels at these places have these colours (± `tolerance`), or says which has not.
    async fn expect(&self, what: &str, tolerance: u8, wanted: &[((f64, f64), [u8; 4])]) {
        let mut wrong = String::new();
        for _ in 0..400 {
            let pixels = self.pixels().await;
            let differs = wanted.iter().find_map(|((x, y), colour)| {
                let start = (*y as usize * VIEW as usize + *x as usize) * 4;
                let seen = &pixels[start..start + 4];
                let same = seen.iter().zip(colour).all(|(a, b)| a.abs_diff(*b) <= tolerance);
                (!same).then(|| format!("{what} at {x} {y}: {seen:?}, not {colour:?}"))
            });
            let Some(found) = differs else { return };
            wrong = found;
            sleep(25).await;
        }
        panic!("{wrong}");
    }

    /// The photo at full opacity over the reference has to be where `warp` puts it.
    async fn expect_warp(&self, warp: &Warp) {
        self.show(|scene| scene.mode = Mode::Opacity);
        let mut wanted = Vec::new();
        for row in 0..24 {
            for column in 0..24 {
                let at = (6.0 + 12.0 * f64::from(column), 6.0 + 12.0 * f64::from(row));
                // Screen pixels have their centres at .5.
                let centre = f64::from(SIDE) / 2.0;
                let to_reference = |v: f64| centre + (v + 0.5 - f64::from(VIEW) / 2.0) / ZOOM;
                let reference = Point::new(to_reference(at.0), to_reference(at.1));
                let photo = warp.to_photo(reference).unwrap();
                // Edges are blurred over a pixel or two of the screen.
                let near = |v: f64| [0.0, f64::from(SIDE) / 2.0, f64::from(SIDE)].iter().any(|edge| (v - edge).abs() < 20.0);
                if [reference.x, reference.y, photo.x, photo.y].into_iter().any(near) {
                    continue;
                }
                let inside = |p: (f64, f64)| [p.0, p.1].iter().all(|v| (0.0..f64::from(SIDE)).contains(v));
                let colour = if inside((photo.x, photo.y)) {
                    opaque(quarter(&PHOTO, photo.x, photo.y))
                } else if inside((reference.x, reference.y)) {
                    opaque(quarter(&QUARTERS, reference.x, reference.y))
                } else {
                    [0; 4]
                };
                wanted.push((at, colour));
            }
        }
        assert!(wanted.len() > 300, "most of the {} places are away from edges", wanted.len());
        self.expect("the warped photo", 3, &wanted).await;
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        self.stage.dispose();
        self.canvas.remove();
    }
}

const fn opaque([r, g, b]: [u8; 3]) -> [u8; 4] {
    [r, g, b, 255]
}

fn flat() -> Warp {
    Warp { homography: Homography::identity(), mesh: None }
}

/// In the middles of the four quarters, as they are numbered in `QUARTERS`.
const PLACES: [(f64, f64); 4] = [(80.0, 80.0), (220.0, 80.0), (80.0, 220.0), (220.0, 220.0)];

#[wasm_bindgen_test]
async fn every_mode_shows_what_it_says() {
    let table = Table::new(Some(flat())).await;
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

#[wasm_bindgen_test]
async fn a_turned_and_mirrored_board_is_seen_that_way() {
    let table = Table::new(Some(flat())).await;
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

#[wasm_bindgen_test]
async fn difference_is_grey_where_the_pictures_agree_and_coloured_where_not() {
    let table = Table::new(Some(flat())).await;
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
    table.expect("no difference in grey", 3, &[(PLACES[3], [dim(QUARTERS[3]), dim(QUARTERS[3]), dim(QUARTERS[3]), 255])]).await;
}

#[wasm_bindgen_test]
async fn a_tilted_photo_lies_where_its_homography_says() {
    let warp = Warp { homography: Homography::new([0.9, -0.35, 260.0, 0.3, 0.8, 30.0, 1.2e-4, -0.9e-4, 1.0]), mesh: None };
    Table::new(Some(warp.clone())).await.expect_warp(&warp).await;
}

#[wasm_bindgen_test]
async fn a_bent_photo_lies_where_its_mesh_says() {
    let nodes = (0..16).map(|k| [[90.0, 0.0], [-60.0, 80.0], [0.0, -70.0], [40.0, 40.0]][(k * 7 + k / 4) % 4]).collect();
    let mesh = Mesh { columns: 4, rows: 4, step_x: 500.0, step_y: 500.0, nodes };
    let warp = Warp { homography: Homography::new([0.8, 0.05, 100.0, -0.05, 0.8, 150.0, 0.0, 0.0, 1.0]), mesh: Some(mesh) };
    Table::new(Some(warp.clone())).await.expect_warp(&warp).await;
}

#[wasm_bindgen_test]
async fn pictures_that_do_not_lie_on_each_other_stand_beside_each_other() {
    let table = Table::new(None).await;
    table.show(|_| {});
    let half = [((40.0, 120.0), QUARTERS[0]), ((260.0, 180.0), PHOTO[3])];
    table.expect("not aligned", 2, &half.map(|(at, colour)| (at, opaque(colour)))).await;
}

#[wasm_bindgen_test]
async fn a_picture_that_is_alone_is_shown_whole() {
    let table = Table::new(Some(flat())).await;
    table.show(|scene| scene.reference = None);
    table.expect("the photo alone", 2, &[0, 1, 2, 3].map(|place| (PLACES[place], opaque(PHOTO[place])))).await;
    table.show(|scene| (scene.photo, scene.mode) = (None, Mode::Blink));
    table.expect("the reference alone", 2, &[0, 1, 2, 3].map(|place| (PLACES[place], opaque(QUARTERS[place])))).await;
}

#[wasm_bindgen_test]
async fn flying_to_a_place_brings_it_to_the_middle() {
    let table = Table::new(Some(flat())).await;
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

#[wasm_bindgen_test]
async fn a_crop_shows_the_same_place_of_both_pictures() {
    // The photo is the reference turned by a quarter: its upper left lands on the upper right.
    let side = f64::from(SIDE);
    let warp = Warp { homography: Homography::new([0.0, -1.0, side, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]), mesh: None };
    let table = Table::new(Some(warp.clone())).await;
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
    let table = Table::new(Some(flat())).await;
    table.show(|scene| scene.photo = Some(Sha256::of(b"nowhere")));
    for _ in 0..200 {
        if table.events.borrow().iter().any(|event| matches!(event, StageEvent::Failed(_))) {
            return;
        }
        sleep(25).await;
    }
    panic!("nothing was told");
}
