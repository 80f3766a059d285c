//! A stage on the page, with two pictures on it, and what is seen there.

use std::cell::RefCell;
use std::rc::Rc;

use boardwatch::app::table::{Scene, Strength, Swipe};
use boardwatch::app::{Mode, Palette, Tool};
use boardwatch::geometry::{Homography, Point, Warp};
use boardwatch::web::{Stage, StageEvent};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::page::{Heard, frame, png, sleep, window};

/// The pictures' side: two tiles in each direction, so that seams are among what is looked at.
pub(crate) const SIDE: u32 = 1500;
/// The canvas's side, in pixels of CSS and of the screen.
pub(crate) const VIEW: u32 = 300;
/// Fitted, as the camera does it: 3 % of room on every side.
pub(crate) const ZOOM: f64 = 0.94 * VIEW as f64 / SIDE as f64;

pub(crate) const QUARTERS: [[u8; 3]; 4] = [[250, 10, 10], [10, 250, 10], [10, 10, 250], [240, 240, 240]];
pub(crate) const PHOTO: [[u8; 3]; 4] = [[250, 250, 10], [10, 250, 250], [250, 10, 250], [20, 20, 20]];

fn quarter(colours: &[[u8; 3]; 4], x: f64, y: f64) -> [u8; 3] {
    let half = f64::from(SIDE) / 2.0;
    colours[usize::from(x >= half) + 2 * usize::from(y >= half)]
}

pub(crate) struct Table {
    pub(crate) stage: Rc<Stage>,
    pub(crate) canvas: HtmlCanvasElement,
    pub(crate) events: Rc<RefCell<Vec<StageEvent>>>,
    pub(crate) scene: Scene,
    pub(crate) page: Heard,
}

pub(crate) fn canvas(side: u32) -> HtmlCanvasElement {
    let document = window().document().unwrap();
    let canvas: HtmlCanvasElement = document.create_element("canvas").unwrap().dyn_into().unwrap();
    let place = format!("position:fixed;left:0;top:0;width:{side}px;height:{side}px");
    canvas.set_attribute("style", &place).unwrap();
    document.body().unwrap().append_child(&canvas).unwrap();
    canvas
}

/// Who draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum By {
    /// WebGL 2.
    Card,
    /// A plain canvas, as in a browser without it.
    Plain,
}

pub(crate) const BOTH: [By; 2] = [By::Card, By::Plain];

impl Table {
    pub(crate) async fn new(by: By, warp: Option<Warp>) -> Self {
        let page = Heard::new();
        let (reference, reference_sha) = png("reference.png", (SIDE, SIDE), |x, y| quarter(&QUARTERS, x, y)).await;
        let (photo, photo_sha) = png("photo.png", (SIDE, SIDE), |x, y| quarter(&PHOTO, x, y)).await;
        page.keep(reference, reference_sha).await;
        page.keep(photo, photo_sha).await;
        let canvas = canvas(VIEW);
        if by == By::Plain {
            // A canvas that has a plain context gives no other one.
            canvas.get_context("2d").unwrap().unwrap();
        }
        let events: Rc<RefCell<Vec<StageEvent>>> = Rc::default();
        let collecting = Rc::clone(&events);
        let told = Rc::new(move |event| collecting.borrow_mut().push(event));
        let stage = Stage::new(canvas.clone(), Rc::clone(&page.shell), told).unwrap();
        assert_eq!(stage.is_plain(), by == By::Plain, "the suite would be green on nothing");
        let scene = Scene {
            reference: Some(reference_sha),
            reference_picture: (SIDE, SIDE),
            reference_is_sheet: false,
            reference_warp: None,
            reference_size: (SIDE, SIDE),
            photo: Some(photo_sha),
            photo_size: (SIDE, SIDE),
            strength: Strength::default(),
            over: Rc::default(),
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

    pub(crate) fn show(&self, change: impl FnOnce(&mut Scene)) {
        let mut scene = self.scene.clone();
        change(&mut scene);
        self.stage.show(&scene);
    }

    /// The pixels as they are on screen, rows from the top, four numbers each.
    pub(crate) async fn pixels(&self) -> Vec<u8> {
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
    pub(crate) async fn expect(&self, what: &str, tolerance: u8, wanted: &[((f64, f64), [u8; 4])]) {
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

    /// The photo over the reference has to be where `warp` puts it, evenly, whether it is half seen through or not.
    pub(crate) async fn expect_warp(&self, warp: &Warp) {
        for opacity in [1.0, 0.5] {
            self.show(|scene| (scene.mode, scene.opacity) = (Mode::Opacity, opacity));
            let mut wanted = Vec::new();
            for place in 0..VIEW * VIEW / 4 {
                let at = (f64::from(place * 2 % VIEW), f64::from(place * 2 / VIEW * 2));
                // Screen pixels have their centres at .5.
                let centre = f64::from(SIDE) / 2.0;
                let to_reference = |v: f64| centre + (v + 0.5 - f64::from(VIEW) / 2.0) / ZOOM;
                let reference = Point::new(to_reference(at.0), to_reference(at.1));
                let photo = warp.to_photo(reference).unwrap();
                // Edges are blurred over a few pixels of the screen, where the map squeezes the photo as well.
                let near = |v: f64| [0.0, f64::from(SIDE) / 2.0, f64::from(SIDE)].iter().any(|edge| (v - edge).abs() < 60.0);
                if [reference.x, reference.y, photo.x, photo.y].into_iter().any(near) {
                    continue;
                }
                let inside = |p: (f64, f64)| [p.0, p.1].iter().all(|v| (0.0..f64::from(SIDE)).contains(v));
                let over = inside((photo.x, photo.y)).then(|| quarter(&PHOTO, photo.x, photo.y));
                let under = inside((reference.x, reference.y)).then(|| quarter(&QUARTERS, reference.x, reference.y));
                let colour = match (over, under) {
                    (Some(over), Some(under)) => opaque(mixed(over, under, opacity)),
                    (Some([r, g, b]), None) => [r, g, b, (255.0 * opacity).round() as u8],
                    (None, Some(under)) => opaque(under),
                    (None, None) => [0; 4],
                };
                wanted.push((at, colour));
            }
            assert!(wanted.len() > 10_000, "most of the {} places are away from edges", wanted.len());
            self.expect(&format!("the warped photo at {opacity}"), 4, &wanted).await;
        }
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        self.stage.dispose();
        self.canvas.remove();
    }
}

/// `over` on `under`, with this opacity.
pub(crate) fn mixed(over: [u8; 3], under: [u8; 3], opacity: f64) -> [u8; 3] {
    [0, 1, 2].map(|k: usize| (f64::from(over[k]) * opacity + f64::from(under[k]) * (1.0 - opacity)) as u8)
}

pub(crate) const fn opaque([r, g, b]: [u8; 3]) -> [u8; 4] {
    [r, g, b, 255]
}

pub(crate) fn flat() -> Warp {
    Warp { homography: Homography::identity(), mesh: None }
}
