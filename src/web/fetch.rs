//! Gets files of the built-in catalogue.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

use super::wait::window;
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
            boards.push(BoardEntry::parse(&bytes(&board.path).await?, &board.path).map_err(|error| error.to_string())?);
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
