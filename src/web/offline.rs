//! Working without a network, and what the system hands over. `static/offline-start.js` speaks with the service worker; this is the programme's side.

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Event, File};

use super::wait::window;
use crate::app::OfflineNews;

/// The page says: let the new version take over.
const TAKE: &str = "boardwatch-take-version";
/// That script says: this happened; and: this was given.
const NEWS: &str = "boardwatch-offline";
const GIVEN: &str = "boardwatch-given";

/// What the system or another programme hands over.
pub(super) enum Given {
    /// Files, all at once.
    Files(Vec<File>),
    /// Words, such as a link.
    Words(String),
}

/// Lets the new version take over and loads the page again.
pub(super) fn take_version() {
    // An event of this name can always be made and sent.
    drop(Event::new(TAKE).and_then(|event| window().dispatch_event(&event)));
}

/// Loads the page again.
pub(super) fn reload() {
    // A browser that does not wants the person to do it.
    drop(window().location().reload());
}

fn detail(event: &Event) -> JsValue {
    event.dyn_ref::<CustomEvent>().map_or(JsValue::NULL, CustomEvent::detail)
}

/// Calls `heard` with what becomes of the kept site, and `given` with what is handed over.
pub(super) fn listen(heard: impl Fn(OfflineNews) + 'static, given: impl Fn(Given) + 'static) -> [EventListener; 2] {
    let news = EventListener::new(&window(), NEWS, move |event| {
        let news = match detail(event).as_string().as_deref() {
            Some("ready") => OfflineNews::Ready,
            Some("waiting") => OfflineNews::Waiting,
            Some("replaced") => OfflineNews::Replaced,
            Some("missing") => OfflineNews::PartMissing,
            _ => return,
        };
        heard(news);
    });
    let gifts = EventListener::new(&window(), GIVEN, move |event| {
        let detail = detail(event);
        match (detail.as_string(), detail.dyn_into::<Array>()) {
            (Some(words), _) => given(Given::Words(words)),
            (None, Ok(files)) => given(Given::Files(files.iter().filter_map(|file| file.dyn_into().ok()).collect())),
            _ => {}
        }
    });
    [news, gifts]
}
