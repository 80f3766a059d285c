//! Waiting without holding up the page.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Window};

/// The page's window. The shell and the stage run nowhere else.
pub(super) fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// Milliseconds since the page began, as User Timing counts them.
pub(super) fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

fn timer(ms: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        // A window that takes no timers is being closed.
        drop(window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms));
    })
}

/// Comes back in a new task after `ms` milliseconds, in a tab in the background after up to a minute.
pub(super) async fn sleep(ms: i32) {
    drop(JsFuture::from(timer(ms)).await);
}

/// Comes back in a new task: lets the page breathe between two pieces of work, in a tab in the background as well.
pub(super) async fn breathe() {
    let Ok(channel) = MessageChannel::new() else { return };
    let (here, there) = (channel.port1(), channel.port2());
    let task = Promise::new(&mut |resolve, _| {
        here.set_onmessage(Some(&resolve));
        // What a page sends to itself always comes.
        drop(there.post_message(&JsValue::NULL));
    });
    drop(JsFuture::from(task).await);
    here.close();
}

/// Comes back when the browser is about to draw, or after 100 ms in a tab that is not drawn.
pub(super) async fn next_frame() {
    let frame = Promise::new(&mut |resolve, _| drop(window().request_animation_frame(&resolve)));
    drop(JsFuture::from(Promise::race(&Array::of2(&frame, &timer(100)))).await);
}

/// It took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooSlow;

/// The promise's outcome, if it comes within `ms` milliseconds.
pub(super) async fn within(promise: &Promise, ms: i32) -> Result<Result<JsValue, JsValue>, TooSlow> {
    // An object is the same as nothing else, so no promise's own value can be taken for the bell.
    let bell = js_sys::Object::new();
    let late = Promise::new(&mut |resolve, _| {
        drop(window().set_timeout_with_callback_and_timeout_and_arguments_1(&resolve, ms, &bell));
    });
    match JsFuture::from(Promise::race(&Array::of2(promise, &late))).await {
        Ok(value) if js_sys::Object::is(&value, &bell) => Err(TooSlow),
        outcome => Ok(outcome),
    }
}
