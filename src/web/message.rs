//! What passes between the page and a worker: one JS object with a number, a JSON text and buffers.

use js_sys::{Array, ArrayBuffer, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

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
}

impl Message {
    /// The object to post, and the list of what is to be moved with it.
    pub(super) fn to_js(&self) -> Result<(Object, Array), JsValue> {
        let (object, buffers) = (Object::new(), self.buffers.iter().collect::<Array>());
        for (key, value) in [("id", self.id.into()), ("text", self.text.as_str().into()), ("buffers", buffers.clone().into())] {
            Reflect::set(&object, &JsValue::from_str(key), &value)?;
        }
        Ok((object, buffers))
    }

    /// What the other side posted; `None` when it is something else.
    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        let get = |key: &str| Reflect::get(value, &JsValue::from_str(key)).ok();
        let buffers = get("buffers")?.dyn_into::<Array>().ok()?;
        Some(Self {
            id: get("id")?.as_f64()? as u32,
            text: get("text")?.as_string()?,
            buffers: buffers.iter().map(|buffer| buffer.dyn_into().ok()).collect::<Option<_>>()?,
        })
    }
}
