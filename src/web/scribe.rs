//! The worker that writes and reads files and links. It has no picture's pixels, so it is small, and whoever only opens a report waits for
//! no more than this.

use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::message::Message;
use super::serving::{buffer, files, listen, other_version, post};
use crate::app::job::{Reply, Request};
use crate::app::paper::PaperRequest;

/// Listens for requests about papers from now on.
///
/// # Errors
/// When this is no worker.
pub fn serve_papers() -> Result<(), JsValue> {
    listen(answer)
}

async fn answer(scope: DedicatedWorkerGlobalScope, message: Message) {
    let Message { id, text, buffers, .. } = message;
    let request = match serde_json::from_str(&text) {
        Ok(Request::Paper(request)) => PaperRequest::from_json(&request).ok(),
        _ => None,
    };
    let Some(request) = request else { return post(&scope, id, &other_version(), Vec::new()) };
    let (reply, made) = request.answer(&files(buffers));
    // Without an answer the page would wait for ever: an exception reaches it as a crash.
    let reply = reply.to_json().unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()));
    post(&scope, id, &Reply::Paper(reply), made.iter().map(|file| buffer(file)).collect());
}
