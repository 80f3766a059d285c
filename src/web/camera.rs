//! The device's camera, for a photo that is taken beside a ghost of the reference.

use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::wait::window;

/// As many pixels as the camera has, within reason.
const WANTED_WIDTH: i32 = 4096;
/// Nothing that could be seen is lost at this quality of a JPEG.
const QUALITY: f64 = 0.95;

/// An open camera; it is switched off when this is dropped.
pub struct Viewfinder {
    video: HtmlVideoElement,
    stream: MediaStream,
}

impl Viewfinder {
    /// Opens the camera at the back, where there are several, and shows what it sees.
    ///
    /// # Errors
    /// A sentence when there is none, or the person says no.
    pub async fn open(video: &HtmlVideoElement) -> Result<Self, String> {
        let refused = |_: JsValue| {
            "The camera could not be opened: this device has none, another programme has it, or this page is not allowed to use it. Take the photo with the camera's own programme, then drop it here.".to_owned()
        };
        let opened = async {
            let wanted = Object::new();
            Reflect::set(&wanted, &"facingMode".into(), &"environment".into())?;
            Reflect::set(&wanted, &"width".into(), &WANTED_WIDTH.into())?;
            let constraints = MediaStreamConstraints::new();
            constraints.set_video(&wanted);
            let devices = window().navigator().media_devices()?;
            JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?.dyn_into::<MediaStream>()
        };
        let stream = opened.await.map_err(refused)?;
        video.set_src_object(Some(&stream));
        // Where it does not start by itself the person can press on it.
        drop(video.play());
        Ok(Self { video: video.clone(), stream })
    }

    /// What it sees now, as a JPEG file; `None` when that is nothing.
    pub(super) async fn photo(&self) -> Option<Blob> {
        let canvas: HtmlCanvasElement = window().document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(self.video.video_width());
        canvas.set_height(self.video.video_height());
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.draw_image_with_html_video_element(&self.video, 0.0, 0.0).ok()?;
        let written = js_sys::Promise::new(&mut |resolve, _| {
            let done = Closure::once_into_js(move |blob: JsValue| drop(resolve.call1(&JsValue::NULL, &blob)));
            drop(canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &QUALITY.into()));
        });
        JsFuture::from(written).await.ok()?.dyn_into().ok()
    }
}

impl Drop for Viewfinder {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}
