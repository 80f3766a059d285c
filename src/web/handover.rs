//! Gives the person something to take along: text for the clipboard, a file.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::wait::{sleep, window};

/// A browser has read the file long before this, and its memory is given back after it.
const KEPT_MS: i32 = 60_000;

/// Puts text onto the clipboard; false when there is none (it needs a secure page) or the browser says no.
pub(super) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    match Reflect::get(&navigator, &JsValue::from_str("clipboard")) {
        Ok(clipboard) if clipboard.is_object() => JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok(),
        _ => false,
    }
}

/// Saves the bytes as a file where the browser saves its downloads.
pub(super) fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = window().document().ok_or(JsValue::NULL)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    spawn_local(async move {
        sleep(KEPT_MS).await;
        // An address that is gone already needs no revoking.
        drop(Url::revoke_object_url(&url));
    });
    Ok(())
}
