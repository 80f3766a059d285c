//! The scripts that the page starts later. `static/scripts.js` knows them and what each has to be, and has the site's only Trusted Types policy.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Node, Worker, WorkerOptions, WorkerType};

use super::wait::window;

/// What the window has when that script is there.
const SCRIPTS: &str = "boardwatchScripts";

fn ask(scripts: &JsValue, verb: &str, name: &str) -> Result<JsValue, JsValue> {
    let verb: Function = Reflect::get(scripts, &verb.into())?.dyn_into()?;
    verb.call1(scripts, &name.into())
}

fn scripts() -> Result<JsValue, JsValue> {
    Reflect::get(&window(), &SCRIPTS.into())
}

/// Starts a worker by its start script, if that is the one that belongs to this page.
pub(super) async fn worker(script: &str) -> Result<Worker, JsValue> {
    let scripts = scripts()?;
    if scripts.is_undefined() {
        // On the site the policy forbids this; other pages, such as tests, may have workers of their own.
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        return Worker::new_with_options(script, &options);
    }
    let started: Promise = ask(&scripts, "worker", script)?.dyn_into()?;
    JsFuture::from(started).await?.dyn_into()
}

/// An element that runs the script once it is in the page.
pub(super) fn element(script: &str) -> Result<Node, JsValue> {
    ask(&scripts()?, "element", script)?.dyn_into()
}
