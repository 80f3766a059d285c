//! Gets files of the built-in catalogue.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

use super::wait::window;
use crate::catalog::{BoardEntry, Catalogue, CatalogueError, Index};

/// Relative to the page.
const CATALOGUE: &str = "catalog/catalog.json";

async fn response(path: &str) -> Result<Response, String> {
    let offline = |_: JsValue| "the network does not answer".to_owned();
    let response: Response = JsFuture::from(window().fetch_with_str(path)).await.and_then(JsCast::dyn_into).map_err(offline)?;
    if response.ok() { Ok(response) } else { Err(format!("the server says {}", response.status())) }
}

/// The built-in catalogue, or a sentence.
pub(super) async fn catalogue() -> Result<Catalogue, String> {
    let parts = async {
        let checked = |error: CatalogueError| error.to_string();
        let index = Index::parse(text(CATALOGUE).await?.as_bytes(), CATALOGUE).map_err(checked)?;
        let mut boards = Vec::new();
        for link in &index.boards {
            boards.push(BoardEntry::parse(text(&link.path).await?.as_bytes(), &link.path).map_err(checked)?);
        }
        Catalogue::assemble(index, boards).map_err(checked)
    };
    parts.await.map_err(|why: String| {
        format!(
            "The built-in catalogue could not be loaded ({why}). Your own pictures work without it; reload the page to try again."
        )
    })
}

async fn text(path: &str) -> Result<String, String> {
    let broken = |_: JsValue| "the transfer broke off".to_owned();
    let text = JsFuture::from(response(path).await?.text().map_err(broken)?).await.map_err(broken)?;
    Ok(text.as_string().unwrap_or_default())
}

/// A picture's file, or a sentence.
pub(super) async fn picture(path: &str) -> Result<Blob, String> {
    let blob = async {
        let broken = |_: JsValue| "the transfer broke off".to_owned();
        JsFuture::from(response(path).await?.blob().map_err(broken)?).await.and_then(JsCast::dyn_into).map_err(broken)
    };
    blob.await.map_err(|why: String| {
        format!("The catalogue's picture {path} could not be loaded ({why}). Check the connection, then choose it again.")
    })
}
