//! Gets files of the built-in catalogue, and reports of hosts that the person agreed to ask.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    AbortController, AbortSignal, Blob, ReadableStreamDefaultReader, ReferrerPolicy, RequestCredentials, RequestInit,
    RequestRedirect, Response,
};

use super::wait::{window, within};
use crate::catalog::{BoardEntry, Catalogue, Index};

/// Relative to the page.
const CATALOGUE: &str = "catalog/catalog.json";

async fn response(path: &str) -> Result<Response, String> {
    let offline = |_: JsValue| "the network does not answer".to_owned();
    let response: Response = JsFuture::from(window().fetch_with_str(path)).await.and_then(JsCast::dyn_into).map_err(offline)?;
    if response.ok() { Ok(response) } else { Err(format!("the server says {}", response.status())) }
}

async fn bytes(path: &str) -> Result<Vec<u8>, String> {
    let broken = |_: JsValue| "the transfer broke off".to_owned();
    let text = JsFuture::from(response(path).await?.text().map_err(broken)?).await.map_err(broken)?;
    Ok(text.as_string().unwrap_or_default().into_bytes())
}

/// The built-in catalogue, or a sentence.
pub(super) async fn catalogue() -> Result<Catalogue, String> {
    let text = async {
        let index = Index::parse(&bytes(CATALOGUE).await?, CATALOGUE).map_err(|error| error.to_string())?;
        let mut boards = Vec::new();
        for board in &index.boards {
            let path = &board.file.path;
            boards.push(BoardEntry::parse(&bytes(path).await?, path).map_err(|error| error.to_string())?);
        }
        Catalogue::assemble(index, boards).map_err(|error| error.to_string())
    };
    text.await.map_err(|why: String| {
        format!(
            "The built-in catalogue could not be loaded ({why}). Your own pictures work without it; reload the page to try again."
        )
    })
}

async fn blob(path: &str) -> Result<Blob, String> {
    let broken = |_: JsValue| "the transfer broke off".to_owned();
    JsFuture::from(response(path).await?.blob().map_err(broken)?).await.and_then(JsCast::dyn_into).map_err(broken)
}

/// A reference's features; `None` when they don't come: nothing depends on them but time.
pub(super) async fn features(path: &str) -> Option<Blob> {
    blob(path).await.ok()
}

/// A picture's file, or a sentence.
pub(super) async fn picture(path: &str) -> Result<Blob, String> {
    blob(path).await.map_err(|why: String| {
        format!("The catalogue's picture {path} could not be loaded ({why}). Check the connection, then choose it again.")
    })
}

/// A transfer that takes longer has most likely stalled.
const LONGEST_MS: i32 = 120_000;

/// Nothing is asked that could not be stopped.
pub(super) const TOO_OLD: &str =
    "The report could not be fetched: this browser can't stop a transfer. Download it by hand, then drop the file here.";

/// A file of another host, which the person agreed to ask: without cookies, without saying from where, without going on to a third host, and
/// not more than `most` bytes. A sentence when it does not come. `stop` ends the transfer, and so does its time.
pub(super) async fn foreign(address: &str, most: usize, stop: &AbortController) -> Result<Blob, String> {
    let reading = future_to_promise(read_foreign(address.to_owned(), most, stop.signal()));
    let why = match within(&reading, LONGEST_MS).await {
        Ok(Ok(file)) => return file.dyn_into().map_err(|_| "The transfer broke off. Try again.".to_owned()),
        Ok(Err(error)) => error.as_string(),
        Err(_) => {
            stop.abort();
            Some("it took longer than two minutes".to_owned())
        }
    };
    let why = why.unwrap_or_else(|| {
        "the host does not answer, sends the browser on to another address, or does not allow other sites to read the file (CORS)".to_owned()
    });
    Err(format!("The report could not be fetched: {why}. Download it by hand, then drop the file here."))
}

async fn read_foreign(address: String, most: usize, stop: AbortSignal) -> Result<JsValue, JsValue> {
    let wanted = RequestInit::new();
    wanted.set_signal(Some(&stop));
    wanted.set_credentials(RequestCredentials::Omit);
    wanted.set_redirect(RequestRedirect::Error);
    wanted.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(&address, &wanted)).await?.dyn_into()?;
    if !response.ok() {
        return Err(format!("the host says {}", response.status()).into());
    }
    let reader: ReadableStreamDefaultReader = response.body().ok_or(JsValue::NULL)?.get_reader().dyn_into()?;
    let (parts, mut bytes) = (Array::new(), 0.0);
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok(Blob::new_with_buffer_source_sequence(&parts)?.into());
        }
        let part = Reflect::get(&piece, &"value".into())?;
        bytes += Reflect::get(&part, &"byteLength".into())?.as_f64().unwrap_or(0.0);
        if bytes > most as f64 {
            drop(reader.cancel());
            return Err(format!("it has more than {} MB", most >> 20).into());
        }
        parts.push(&part);
    }
}
