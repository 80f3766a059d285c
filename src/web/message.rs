//! What passes between the page and a worker: one JS object with a number, a JSON text, buffers, and ports to other workers.

use js_sys::{Array, ArrayBuffer, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessagePort;

/// What a worker says as a bare string once it listens.
pub(super) const READY: &str = "ready";
/// Beside a worker's replies, for those who measure: the bytes of its wasm memory. It never shrinks: the last reply says the peak.
pub(super) const MEMORY: &str = "memory_bytes";

/// A request or a reply.
pub(super) struct Message {
    /// The job it belongs to.
    pub(super) id: u32,
    /// A [`Request`](crate::app::job::Request) or a [`Reply`](crate::app::job::Reply) as JSON.
    pub(super) text: String,
    /// Moved, not copied: the sender's are empty afterwards.
    pub(super) buffers: Vec<ArrayBuffer>,
    /// Which of the workers that share the job this one is, from 0.
    pub(super) hand: u32,
    /// To the others, in their order; moved, too. None when nobody shares it.
    pub(super) ports: Vec<MessagePort>,
}

impl Message {
    /// The object to post, and the list of what is to be moved with it.
    pub(super) fn to_js(&self) -> Result<(Object, Array), JsValue> {
        let object = Object::new();
        let (buffers, ports) = (self.buffers.iter().collect::<Array>(), self.ports.iter().collect::<Array>());
        let moved = buffers.concat(&ports);
        let values: [(&str, JsValue); 5] = [
            ("id", self.id.into()),
            ("text", self.text.as_str().into()),
            ("buffers", buffers.into()),
            ("hand", self.hand.into()),
            ("ports", ports.into()),
        ];
        for (key, value) in values {
            Reflect::set(&object, &JsValue::from_str(key), &value)?;
        }
        Ok((object, moved))
    }

    /// What the other side posted; `None` when it is something else.
    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        let get = |key: &str| Reflect::get(value, &JsValue::from_str(key)).ok();
        let list = |key: &str| get(key).and_then(|list| list.dyn_into::<Array>().ok());
        let ports = list("ports").unwrap_or_default();
        Some(Self {
            id: get("id")?.as_f64()? as u32,
            text: get("text")?.as_string()?,
            buffers: list("buffers")?.iter().map(|buffer| buffer.dyn_into().ok()).collect::<Option<_>>()?,
            hand: get("hand").and_then(|hand| hand.as_f64()).unwrap_or(0.0) as u32,
            ports: ports.iter().map(|port| port.dyn_into().ok()).collect::<Option<_>>()?,
        })
    }
}
