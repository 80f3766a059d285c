//! Gives the person something to take along: text for the clipboard, a file.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DomException, File, FilePropertyBag, HtmlAnchorElement, ShareData, Url};

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

/// Where a file is to be written.
pub(super) enum Place {
    /// Where the person said: a handle of the browser's file system access.
    Chosen(JsValue),
    /// Among the browser's downloads.
    Downloads,
}

/// Asks where a file is to be written, where the browser can ask; `None` when the person does not want it any more.
pub(super) async fn ask_for_place(name: &str) -> Option<Place> {
    let ask = || -> Result<Promise, JsValue> {
        let picker: Function = Reflect::get(&window(), &"showSaveFilePicker".into())?.dyn_into()?;
        let options = Object::new();
        Reflect::set(&options, &"suggestedName".into(), &name.into())?;
        picker.call1(&window(), &options)?.dyn_into()
    };
    let Ok(asked) = ask() else { return Some(Place::Downloads) };
    match JsFuture::from(asked).await {
        Ok(handle) => Some(Place::Chosen(handle)),
        Err(error) => {
            let is_closed = error.dyn_ref::<DomException>().is_some_and(|error| error.name() == "AbortError");
            // A browser that may not ask, as in a frame of another page, can still download.
            (!is_closed).then_some(Place::Downloads)
        }
    }
}

impl Place {
    /// Writes the file there; false when that was not possible.
    pub(super) async fn write(&self, name: &str, media_type: &str, file: &Blob) -> bool {
        match self {
            Self::Downloads => download(name, media_type, file).is_ok(),
            Self::Chosen(handle) => {
                let written = async || -> Result<(), JsValue> {
                    let stream = call(handle, "createWritable", None).await?;
                    call(&stream, "write", Some(file)).await?;
                    call(&stream, "close", None).await.map(drop)
                };
                written().await.is_ok()
            }
        }
    }
}

/// What the method of an object promises.
async fn call(object: &JsValue, method: &str, argument: Option<&Blob>) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    let promise = match argument {
        Some(argument) => method.call1(object, argument)?,
        None => method.call0(object)?,
    };
    JsFuture::from(promise.dyn_into::<Promise>()?).await
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
