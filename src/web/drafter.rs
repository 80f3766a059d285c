//! The worker that knows designs: reads their files, draws them, and sets photos against them. Whoever compares photos alone does not load it.

use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::message::Message;
use super::progress::Progress;
use super::serving::{buffer, files, listen, other_version, post};
use crate::app::draft::DraftRequest;
use crate::app::job::{Reply, Request};

/// Listens for requests about designs from now on.
///
/// # Errors
/// When this is no worker.
pub fn serve_designs() -> Result<(), JsValue> {
    listen(answer)
}

async fn answer(scope: DedicatedWorkerGlobalScope, message: Message) {
    let Message { id, text, buffers, .. } = message;
    let request = match crate::json::from_str(&text) {
        Ok(Request::Draft(request)) => crate::json::from_str::<DraftRequest>(&request).ok(),
        _ => None,
    };
    let Some(request) = request else { return post(&scope, id, &other_version(), Vec::new()) };
    let mut progress = Progress::new(&scope, id);
    let (mut reply, made) = request.answer(&files(buffers), &mut progress);
    let timing_ms = progress.finish();
    if let Some(comparison) = &mut reply.comparison {
        comparison.timing_ms = timing_ms;
    }
    // Without an answer the page would wait for ever: an exception reaches it as a crash.
    let reply = serde_json::to_string(&reply).unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()));
    post(&scope, id, &Reply::Drafted(reply), made.iter().map(|file| buffer(file)).collect());
}
