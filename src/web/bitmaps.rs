//! Pictures as the browser shows them, decoded once for stage and lists.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Promise, Uint8ClampedArray};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, ImageBitmap, ImageBitmapOptions, ImageData};

use super::pictures::{LARGE_PX, Pictures};
use super::pool::{Job, Outcome, Pool};
use super::store::Store;
use super::wait::{breathe, window};
use crate::app::job::{Reply, Request};
use crate::sorted::SortedMap;
use crate::vision::Sha256;

/// A decoded picture of 12 megapixels takes 48 MB: it goes when nobody has asked for it this long; a larger one sooner.
const KEPT_MS: u32 = 20_000;
const LARGE_KEPT_MS: u32 = 3_000;

/// A decoded picture; its memory is given back with the last owner.
#[derive(Debug)]
pub(super) struct Decoded(ImageBitmap);

impl Decoded {
    pub(super) fn size(&self) -> (u32, u32) {
        (self.0.width(), self.0.height())
    }

    /// The part at (`x`, `y`), which has to lie within the picture.
    pub(super) async fn part(&self, x: u32, y: u32, width: u32, height: u32) -> Result<ImageBitmap, JsValue> {
        let [x, y, width, height] = [x, y, width, height].map(|v| i32::try_from(v).unwrap_or(i32::MAX));
        let part =
            window().create_image_bitmap_with_image_bitmap_and_a_sx_and_a_sy_and_a_sw_and_a_sh(&self.0, x, y, width, height)?;
        JsFuture::from(part).await?.dyn_into()
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        self.0.close();
    }
}

type Piece = Pin<Box<dyn Future<Output = ()>>>;

/// The decoded pictures, and a queue for work on them that must not come all at once.
pub(super) struct Bitmaps {
    pictures: Rc<Pictures>,
    store: Rc<Store>,
    pool: Rc<Pool>,
    decoded: RefCell<SortedMap<Sha256, (Rc<Decoded>, Timeout)>>,
    pieces: RefCell<VecDeque<Piece>>,
    working: Cell<bool>,
}

impl Bitmaps {
    pub(super) fn new(pictures: Rc<Pictures>, store: Rc<Store>, pool: Rc<Pool>) -> Rc<Self> {
        Rc::new(Self { pictures, store, pool, decoded: RefCell::default(), pieces: RefCell::default(), working: Cell::default() })
    }

    /// The file, from memory or from storage, where the pictures of the cases that are not open are.
    async fn blob(&self, sha256: Sha256) -> Option<Blob> {
        match self.pictures.get(sha256) {
            Some(blob) => Some(blob),
            None => self.store.picture(sha256).await,
        }
    }

    /// The whole picture; `None` when it is nowhere or nobody here can decode it.
    pub(super) async fn get(self: &Rc<Self>, sha256: Sha256) -> Option<Rc<Decoded>> {
        if let Some(kept) = self.keep_longer(sha256) {
            return Some(kept);
        }
        let blob = self.blob(sha256).await?;
        let bitmap = match by_browser(&blob, None).await {
            Ok(bitmap) => bitmap,
            Err(_) => self.by_worker(blob).await?,
        };
        // Somebody else may have been faster in the meantime.
        if let Some(kept) = self.keep_longer(sha256) {
            bitmap.close();
            return Some(kept);
        }
        let decoded = Rc::new(Decoded(bitmap));
        let bell = self.bell(sha256, &decoded);
        self.decoded.borrow_mut().insert(sha256, (Rc::clone(&decoded), bell));
        Some(decoded)
    }

    /// A small version, decoded straight to `width` pixels; `None` when the browser can't.
    pub(super) async fn small(&self, sha256: Sha256, width: u32) -> Option<ImageBitmap> {
        by_browser(&self.blob(sha256).await?, Some(width)).await.ok()
    }

    /// Does a small piece of work in its own task, after those that were asked for before.
    pub(super) fn later(self: &Rc<Self>, piece: impl Future<Output = ()> + 'static) {
        self.pieces.borrow_mut().push_back(Box::pin(piece));
        if self.working.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            loop {
                let next = this.pieces.borrow_mut().pop_front();
                let Some(piece) = next else { break };
                piece.await;
                breathe().await;
            }
            this.working.set(false);
        });
    }

    fn keep_longer(self: &Rc<Self>, sha256: Sha256) -> Option<Rc<Decoded>> {
        let mut decoded = self.decoded.borrow_mut();
        let (kept, timeout) = decoded.get_mut(&sha256)?;
        *timeout = self.bell(sha256, kept);
        Some(Rc::clone(kept))
    }

    fn bell(self: &Rc<Self>, sha256: Sha256, decoded: &Decoded) -> Timeout {
        let this = Rc::downgrade(self);
        let (width, height) = decoded.size();
        let kept_ms = if u64::from(width) * u64::from(height) > LARGE_PX { LARGE_KEPT_MS } else { KEPT_MS };
        Timeout::new(kept_ms, move || {
            if let Some(this) = this.upgrade() {
                drop(this.decoded.borrow_mut().remove(&sha256));
            }
        })
    }

    async fn by_worker(&self, blob: Blob) -> Option<ImageBitmap> {
        let shown = Promise::new(&mut |resolve, reject| {
            let done = move |outcome| {
                let image = match outcome {
                    Outcome::Replied(Reply::Shown { width, height }, buffers) => buffers.first().and_then(|rgba| {
                        ImageData::new_with_js_u8_clamped_array_and_sh(&Uint8ClampedArray::new(rgba), width, height).ok()
                    }),
                    _ => None,
                };
                let settled = match image {
                    Some(image) => resolve.call1(&JsValue::NULL, &image),
                    None => reject.call0(&JsValue::NULL),
                };
                drop(settled);
            };
            let blobs = vec![blob.clone()];
            self.pool.submit(Job { request: Request::Show, blobs, heard: Rc::new(|_| {}), done: Box::new(done) });
        });
        let image: ImageData = JsFuture::from(shown).await.ok()?.dyn_into().ok()?;
        let bitmap = window().create_image_bitmap_with_image_data(&image).ok()?;
        JsFuture::from(bitmap).await.ok()?.dyn_into().ok()
    }
}

/// The browser's own decoding, straight to `width` pixels where that is given.
pub(super) async fn by_browser(blob: &Blob, width: Option<u32>) -> Result<ImageBitmap, JsValue> {
    let options = ImageBitmapOptions::new();
    if let Some(width) = width {
        options.set_resize_width(width);
    }
    let promise = window().create_image_bitmap_with_blob_and_image_bitmap_options(blob, &options)?;
    JsFuture::from(promise).await?.dyn_into()
}
