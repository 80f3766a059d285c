//! The other end of a pool: hears one message after the other, and posts what is answered.
//!
//! Nothing catches what goes wrong (a panic, or a failed allocation, which ends the programme on wasm): it leaves the task as an
//! exception, and the page hears of it as the worker's `error` event.

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{MEMORY, Message, READY};
use crate::app::job::Reply;

/// Listens from now on.
///
/// # Errors
/// When this is no worker.
pub(super) fn listen<F: Future<Output = ()> + 'static>(
    answer: impl Fn(DedicatedWorkerGlobalScope, Message) -> F + 'static,
) -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let answering = scope.clone();
    EventListener::new(&scope, "message", move |event| {
        let message = event.dyn_ref::<MessageEvent>().and_then(|event| Message::from_js(&event.data()));
        if let Some(message) = message {
            spawn_local(answer(answering.clone(), message));
        }
    })
    .forget();
    scope.post_message(&READY.into())
}

/// What came with a message.
pub(super) fn files(buffers: Vec<ArrayBuffer>) -> Vec<Vec<u8>> {
    buffers.into_iter().map(|buffer| Uint8Array::new(&buffer).to_vec()).collect()
}

/// What goes with one.
pub(super) fn buffer(file: &[u8]) -> ArrayBuffer {
    Uint8Array::from(file).buffer()
}

/// What is said to a page that asks for something unknown.
pub(super) fn other_version() -> Reply {
    Reply::Failed("The page and its worker are of different versions. Reload the page.".to_owned())
}

/// Posts an answer.
pub(super) fn post(scope: &DedicatedWorkerGlobalScope, id: u32, reply: &Reply, buffers: Vec<ArrayBuffer>) {
    let text = serde_json::to_string(reply).map_err(|error| JsValue::from_str(&error.to_string()));
    let posted =
        text.and_then(|text| Message { id, text, buffers, hand: 0, ports: Vec::new() }.to_js()).and_then(|(object, transfer)| {
            Reflect::set(&object, &MEMORY.into(), &memory_bytes().into())?;
            scope.post_message_with_transfer(&object, &transfer)
        });
    if let Err(error) = posted {
        // Without an answer the page would wait for ever: an exception reaches it as a crash.
        wasm_bindgen::throw_val(error);
    }
}

fn memory_bytes() -> f64 {
    const PAGE: f64 = 65_536.0;
    core::arch::wasm32::memory_size::<0>() as f64 * PAGE
}
