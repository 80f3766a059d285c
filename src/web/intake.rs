//! Files on their way in: out of a drop, an input or the clipboard, and into a form that can be decoded here.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::OffscreenCanvasRenderingContext2d;
use web_sys::{Blob, DataTransfer, Event, File, FileList, HtmlElement, ImageBitmap, ImageEncodeOptions, OffscreenCanvas};

use super::wait::window;
use crate::app::backup::begins_like_backup;
use crate::design::may_be_design;
use crate::report::begins_like_report;
use crate::vision::{LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS};

/// A file, and what to call it.
pub(super) struct Incoming {
    pub(super) title: String,
    pub(super) blob: Blob,
    /// It begins like a report.
    pub(super) is_report: bool,
    /// It begins like a file of cases.
    pub(super) holds_cases: bool,
    /// It may be a file of a design.
    pub(super) is_design: bool,
}

/// The bytes as a file.
pub(super) fn file(bytes: &ArrayBuffer) -> Option<Blob> {
    Blob::new_with_buffer_source_sequence(&Array::of1(bytes)).ok()
}

/// Files of a list.
pub(super) fn listed(files: Option<&FileList>) -> Vec<File> {
    files.map_or_else(Vec::new, |files| (0..files.length()).filter_map(|place| files.get(place)).collect())
}

/// Files of a drop or of the clipboard.
pub(super) fn transferred(data: Option<&DataTransfer>) -> Vec<File> {
    listed(data.and_then(DataTransfer::files).as_ref())
}

/// True when an event is meant for a field that takes text.
pub(super) fn is_in_field(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| target.is_content_editable() || ["INPUT", "TEXTAREA"].contains(&target.tag_name().as_str()))
}

/// The file as it is, or, when it is a format that only the browser reads, the browser's conversion of it, named so.
pub(super) async fn receive(file: File) -> Incoming {
    let title = file.name();
    let blob: Blob = file.unchecked_into();
    let head = head(&blob).await;
    let (is_report, holds_cases) = (begins_like_report(&head), begins_like_backup(&head));
    let is_design = !is_report && !holds_cases && !is_ours(&head) && may_be_design(&title, &head);
    if is_report || holds_cases || is_design || head.is_empty() || is_ours(&head) {
        return Incoming { title, blob, is_report, holds_cases, is_design };
    }
    match convert(&blob).await {
        Ok(converted) => {
            Incoming { title: format!("{title} (converted by the browser)"), blob: converted, is_report, holds_cases, is_design }
        }
        // The browser can't read it either: the worker says what is wrong with it.
        Err(_) => Incoming { title, blob, is_report, holds_cases, is_design },
    }
}

/// Bytes that tell what a file is.
const HEAD_BYTES: i32 = 64;

/// The first bytes; none when the file can't be read.
pub(super) async fn head(blob: &Blob) -> Vec<u8> {
    let Ok(head) = blob.slice_with_i32_and_i32(0, HEAD_BYTES) else { return Vec::new() };
    JsFuture::from(head.array_buffer()).await.map_or_else(|_| Vec::new(), |bytes| Uint8Array::new(&bytes).to_vec())
}

/// True for a file that begins like a picture that is decoded in Rust.
pub(super) async fn is_picture(blob: &Blob) -> bool {
    is_ours(&head(blob).await)
}

/// True when the first bytes are those of a format that is decoded in Rust.
fn is_ours(head: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 5] = [b"\xff\xd8", b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*"];
    BEGINNINGS.iter().any(|beginning| head.starts_with(beginning))
}

/// JPEG, because the formats in question (HEIC, AVIF) are lossy themselves. Privacy features may add noise to what a canvas
/// gives back; that is why the title says who converted it.
async fn convert(blob: &Blob) -> Result<Blob, JsValue> {
    if blob.size() > LARGEST_FILE as f64 {
        return Err(JsValue::NULL);
    }
    let bitmap: ImageBitmap = JsFuture::from(window().create_image_bitmap_with_blob(blob)?).await?.dyn_into()?;
    let (width, height) = (bitmap.width(), bitmap.height());
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        bitmap.close();
        return Err(JsValue::NULL);
    }
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into::<OffscreenCanvasRenderingContext2d>()?;
    context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0)?;
    bitmap.close();
    let options = ImageEncodeOptions::new();
    options.set_type("image/jpeg");
    // Above this the file grows and no difference of ours comes back.
    options.set_quality(0.95);
    JsFuture::from(canvas.convert_to_blob_with_options(&options)?).await?.dyn_into()
}
