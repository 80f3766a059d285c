//! Gets files: of the page's own site, and of hosts that the person agreed to ask.
//!
//! Nothing is fetched without an end: not longer than its time, not more than its bytes. Nobody is told who asks: no cookies, no
//! referrer, and no going on to a third host.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    AbortController, AbortSignal, Blob, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials, RequestInit,
    RequestRedirect, Response,
};

use super::wait::{window, within};
use crate::app::{BUILT_IN_PICTURES, BuiltIn};
use crate::catalog::{MOST_BYTES, MOST_FILE_BYTES};
use crate::vision::Sha256;

/// A host that sends nothing for so long has most likely forgotten us.
const LONGEST_SILENCE_MS: i32 = 20_000;
/// Bytes that come in a millisecond at least, beside that: half of what a slow mobile link brings.
const LEAST_SPEED: usize = 50;

/// Nothing is asked that could not be stopped.
pub(super) const TOO_OLD: &str = "this browser can't stop a transfer";

/// What ends a transfer before its time.
pub(super) fn stopper() -> Result<AbortController, String> {
    AbortController::new().map_err(|_| TOO_OLD.to_owned())
}

/// What is known of the built-in catalogue, or a sentence.
pub(super) async fn built_in() -> Result<BuiltIn, String> {
    let read = async {
        let file = get(BUILT_IN_PICTURES, MOST_FILE_BYTES, &stopper()?).await?;
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
        crate::json::from_str(&text).map_err(|error| error.to_string())
    };
    read.await.map_err(|why: String| {
        format!(
            "The built-in catalogue could not be loaded ({why}). Your own pictures work without it; reload the page to try again."
        )
    })
}

/// The file at this address, which has to be the one of this hash and length.
pub(super) async fn known(address: &str, sha256: Sha256, bytes: Option<u64>, stop: &AbortController) -> Result<Blob, String> {
    let most = bytes.map_or(MOST_FILE_BYTES, |bytes| bytes.min(MOST_BYTES) as usize);
    let file = get(address, most, stop).await?;
    let came = file.size() as u64;
    if let Some(bytes) = bytes.filter(|bytes| *bytes != came) {
        return Err(format!("it was cut off: {came} of {bytes} bytes came"));
    }
    if hash(&file).await? == sha256 {
        Ok(file)
    } else {
        Err("it is not the file that the catalogue describes (its SHA-256 differs)".to_owned())
    }
}

/// The SHA-256 of a file.
pub(super) async fn hash(file: &Blob) -> Result<Sha256, String> {
    let unread = |_: JsValue| "the browser could not read it".to_owned();
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(unread)?;
    // Where the page came without encryption the browser has no hashes to offer.
    let digest = window().crypto().ok().filter(|crypto| Reflect::has(crypto, &"subtle".into()).unwrap_or(false));
    let digest =
        digest.and_then(|crypto| crypto.subtle().digest_with_str_and_buffer_source("SHA-256", buffer.unchecked_ref()).ok());
    let Some(digest) = digest else { return Ok(Sha256::of(&Uint8Array::new(&buffer).to_vec())) };
    let digest = Uint8Array::new(&JsFuture::from(digest).await.map_err(unread)?).to_vec();
    digest.try_into().map(Sha256).map_err(|_| "the browser could not hash it".to_owned())
}

/// Why a file did not come.
pub(super) enum FetchError {
    /// The host says that there is none.
    Absent(u16),
    /// As the end of a sentence.
    Other(String),
}

impl From<FetchError> for String {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Absent(status) => format!("the host says {status}"),
            FetchError::Other(why) => why,
        }
    }
}

/// What a host says of a file that it does not have.
const ABSENT: [u16; 2] = [404, 410];

/// The file at an address, not more than `most` bytes. `stop` ends the transfer, and so does its time.
pub(super) async fn get(address: &str, most: usize, stop: &AbortController) -> Result<Blob, FetchError> {
    let longest_ms = LONGEST_SILENCE_MS.saturating_add(i32::try_from(most / LEAST_SPEED).unwrap_or(i32::MAX));
    let reading = future_to_promise(read(address.to_owned(), most, stop.signal()));
    match within(&reading, longest_ms).await {
        Ok(Ok(file)) => file.dyn_into().map_err(|_| FetchError::Other("the transfer broke off".to_owned())),
        // The status of an answer that is none, or a sentence.
        Ok(Err(error)) => Err(match error.as_f64().map(|status| status as u16) {
            Some(status) if ABSENT.contains(&status) => FetchError::Absent(status),
            Some(status) => FetchError::Other(format!("the host says {status}")),
            None => FetchError::Other(error.as_string().unwrap_or_else(|| {
                "the host does not answer, sends the browser on to another address, or does not allow other sites to read the file (CORS)".to_owned()
            })),
        }),
        Err(_) => {
            stop.abort();
            Err(FetchError::Other(format!("it took longer than {} seconds", longest_ms / 1000)))
        }
    }
}

async fn read(address: String, most: usize, stop: AbortSignal) -> Result<JsValue, JsValue> {
    let wanted = RequestInit::new();
    wanted.set_signal(Some(&stop));
    wanted.set_credentials(RequestCredentials::Omit);
    wanted.set_redirect(RequestRedirect::Error);
    wanted.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let asked = window().fetch_with_str_and_init(&address, &wanted);
    let silent = || JsValue::from(format!("the host sent nothing for {} seconds", LONGEST_SILENCE_MS / 1000));
    let response: Response = within(&asked, LONGEST_SILENCE_MS).await.map_err(|_| silent())??.dyn_into()?;
    if !response.ok() {
        return Err(response.status().into());
    }
    let reader: ReadableStreamDefaultReader = response.body().ok_or(JsValue::NULL)?.get_reader().dyn_into()?;
    let (parts, mut bytes) = (Array::new(), 0.0);
    loop {
        let Ok(piece) = within(&reader.read(), LONGEST_SILENCE_MS).await else {
            drop(reader.cancel());
            return Err(silent());
        };
        let piece = piece.map_err(|_| JsValue::from("the transfer broke off"))?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok(Blob::new_with_buffer_source_sequence(&parts)?.into());
        }
        let part = Reflect::get(&piece, &"value".into())?;
        bytes += Reflect::get(&part, &"byteLength".into())?.as_f64().unwrap_or(0.0);
        if bytes > most as f64 {
            drop(reader.cancel());
            return Err(format!("it has more than the {} that it may have", size(most)).into());
        }
        parts.push(&part);
    }
}

fn size(bytes: usize) -> String {
    if bytes >= 1_000_000 { format!("{} MB", bytes / 1_000_000) } else { format!("{bytes} bytes") }
}
