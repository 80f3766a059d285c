//! A page to test on: time, pictures, and a shell whose actions are collected.

use std::cell::RefCell;
use std::rc::Rc;

use boardwatch::app::{Action, Effect, Offer};
use boardwatch::vision::Sha256;
use boardwatch::web::Shell;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ImageEncodeOptions, OffscreenCanvas, OffscreenCanvasRenderingContext2d, Window};

/// Longer than anything here takes on a slow machine.
const PATIENCE_MS: i32 = 20_000;

pub(crate) fn window() -> Window {
    js_sys::global().unchecked_into()
}

pub(crate) async fn sleep(ms: i32) {
    let timer = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).unwrap();
    });
    JsFuture::from(timer).await.unwrap();
}

/// Comes back in the frame, after what was asked for earlier has drawn.
pub(crate) async fn frame() {
    let frame = Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(frame).await.unwrap();
}

/// Waits until `wanted` gives something.
pub(crate) async fn wait_for<T>(what: &str, mut wanted: impl FnMut() -> Option<T>) -> T {
    for _ in 0..PATIENCE_MS / 20 {
        if let Some(found) = wanted() {
            return found;
        }
        sleep(20).await;
    }
    panic!("{what} did not come");
}

/// A picture whose pixels are `colour(x, y)`, as a PNG file.
pub(crate) async fn png(name: &str, (width, height): (u32, u32), colour: impl Fn(f64, f64) -> [u8; 3]) -> (File, Sha256) {
    let canvas = OffscreenCanvas::new(width, height).unwrap();
    let context: OffscreenCanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
    let pixel = |place: u32| colour(f64::from(place % width) + 0.5, f64::from(place / width) + 0.5);
    let rgba: Vec<u8> = (0..width * height).flat_map(|place| pixel(place).into_iter().chain([255])).collect();
    let image = web_sys::ImageData::new_with_u8_clamped_array_and_sh(wasm_bindgen::Clamped(&rgba), width, height).unwrap();
    context.put_image_data(&image, 0.0, 0.0).unwrap();
    let options = ImageEncodeOptions::new();
    options.set_type("image/png");
    let blob = JsFuture::from(canvas.convert_to_blob_with_options(&options).unwrap()).await.unwrap();
    file(name, &bytes(blob.unchecked_ref()).await)
}

pub(crate) async fn bytes(blob: &Blob) -> Vec<u8> {
    Uint8Array::new(&JsFuture::from(blob.array_buffer()).await.unwrap()).to_vec()
}

pub(crate) fn file(name: &str, bytes: &[u8]) -> (File, Sha256) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    (File::new_with_u8_array_sequence(&parts, name).unwrap(), Sha256::of(bytes))
}

/// A shell, and everything it has said.
pub(crate) struct Heard {
    pub(crate) shell: Rc<Shell>,
    actions: Rc<RefCell<Vec<Action>>>,
}

impl Heard {
    pub(crate) fn new() -> Self {
        let actions: Rc<RefCell<Vec<Action>>> = Rc::default();
        let collecting = Rc::clone(&actions);
        let shell = Shell::start(Rc::new(move |action| collecting.borrow_mut().push(action)));
        Self { shell, actions }
    }

    pub(crate) fn perform(&self, effect: Effect) {
        self.shell.perform(vec![effect]);
    }

    /// Waits for an action, and takes it and everything before it away.
    pub(crate) async fn expect<T>(&self, what: &str, wanted: impl Fn(&Action) -> Option<T>) -> T {
        wait_for(what, || {
            let mut actions = self.actions.borrow_mut();
            let (place, found) = actions.iter().enumerate().find_map(|(place, action)| Some((place, wanted(action)?)))?;
            actions.drain(..=place);
            Some(found)
        })
        .await
    }

    /// What was said of something so far.
    pub(crate) fn said<T>(&self, of: impl Fn(&Action) -> Option<T>) -> Vec<T> {
        self.actions.borrow().iter().filter_map(of).collect()
    }

    /// Offers a file; the number that it got.
    pub(crate) async fn offer(&self, file: File) -> Offer {
        self.shell.offer(vec![file], None);
        let first = |action: &Action| match action {
            Action::PicturesOffered(offers) => offers.first().cloned(),
            _ => None,
        };
        self.expect("the offer", first).await
    }

    /// Puts a picture into memory, as if a worker had looked at it.
    pub(crate) async fn keep(&self, file: File, sha256: Sha256) {
        let offer = self.offer(file).await.id;
        self.perform(Effect::KeepPicture { offer, sha256 });
    }
}

pub(crate) fn js(text: &str) -> JsValue {
    JsValue::from_str(text)
}
