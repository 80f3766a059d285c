//! Gives the person something to take along: text for the clipboard, a file.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, FilePropertyBag, HtmlAnchorElement, ShareData, Url};

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

/// True when the device has a share sheet.
#[must_use]
pub fn can_send() -> bool {
    Reflect::has(&window().navigator(), &JsValue::from_str("share")).unwrap_or(false)
}

/// Opens the device's share sheet.
pub(super) fn send(title: &str, address: &str) -> Result<(), JsValue> {
    let data = ShareData::new();
    data.set_title(title);
    data.set_url(address);
    // Its answer is the person's business.
    drop(window().navigator().share_with_data(&data));
    Ok(())
}

/// True when the share sheet takes files of this kind.
#[must_use]
pub fn can_send_file(name: &str, media_type: &str) -> bool {
    let asked = || -> Result<bool, JsValue> {
        let navigator = window().navigator();
        let can: Function = Reflect::get(&navigator, &"canShare".into())?.dyn_into()?;
        Ok(can.call1(&navigator, &sheet(&file(name, media_type, &Blob::new()?)?)?.into())?.is_truthy())
    };
    asked().unwrap_or(false)
}

fn file(name: &str, media_type: &str, blob: &Blob) -> Result<File, JsValue> {
    let about = FilePropertyBag::new();
    about.set_type(media_type);
    File::new_with_blob_sequence_and_options(&Array::of1(blob), name, &about)
}

/// What the share sheet is given.
fn sheet(file: &File) -> Result<ShareData, JsValue> {
    let data = ShareData::new();
    Reflect::set(&data, &"files".into(), &Array::of1(file))?;
    Ok(data)
}

/// Opens the device's share sheet with a file.
pub(super) fn send_file(name: &str, media_type: &str, blob: &Blob) -> Result<(), JsValue> {
    // Its answer is the person's business.
    drop(window().navigator().share_with_data(&sheet(&file(name, media_type, blob)?)?));
    Ok(())
}

/// Saves the file where the browser saves its downloads.
pub(super) fn download(name: &str, media_type: &str, file: &Blob) -> Result<(), JsValue> {
    let blob = file.slice_with_f64_and_f64_and_content_type(0.0, file.size(), media_type)?;
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
