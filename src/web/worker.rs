//! The worker's side of the pool.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(message: &JsValue);
}

/// Tells the page that this worker's programme has started.
pub fn announce() {
    post_message(&"ready".into());
}
