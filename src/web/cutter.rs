//! The worker that makes pictures for others: parts of a photo for a report, a whole one for a catalogue. Whoever only compares does not
//! load it.

use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::message::Message;
use super::serving::{buffer, files, listen, other_version, post};
use crate::app::contribution::ContributionOrder;
use crate::app::cut::CutOrder;
use crate::app::job::{Reply, Request};

/// Listens for requests for pictures from now on.
///
/// # Errors
/// When this is no worker.
pub fn serve_pictures() -> Result<(), JsValue> {
    listen(answer)
}

async fn answer(scope: DedicatedWorkerGlobalScope, message: Message) {
    let Message { id, text, buffers, .. } = message;
    let files = files(buffers);
    let made = match (crate::json::from_str(&text), &files[..]) {
        (Ok(Request::Cut(order)), [photo, reference]) => {
            let order = crate::json::from_str::<CutOrder>(&order).ok();
            order.map(|order| order.answer(photo, reference).map(|(made, labels)| (Reply::Cut(labels), made)))
        }
        (Ok(Request::Prepare(order)), [photo]) => {
            let order = crate::json::from_str::<ContributionOrder>(&order).ok();
            order.map(|order| order.answer(photo).map(|(made, prepared)| (Reply::Prepared(Box::new(prepared)), vec![made])))
        }
        _ => None,
    };
    let (reply, made) = match made {
        Some(Ok(made)) => made,
        Some(Err(sentence)) => (Reply::Failed(sentence), Vec::new()),
        None => (other_version(), Vec::new()),
    };
    post(&scope, id, &reply, made.iter().map(|file| buffer(file)).collect());
}
