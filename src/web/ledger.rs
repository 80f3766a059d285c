//! What was asked of which hosts in this tab. The page's programme and the library's both write it, so it stands in the tab's own storage.

use std::collections::BTreeMap;

use gloo::events::EventListener;
use web_sys::{Event, Storage};

use super::wait::window;
use crate::app::library::Contact;

const KEY: &str = "boardwatch-hosts";

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// All of it; nothing where the browser lets us keep nothing.
pub(super) fn all() -> BTreeMap<String, Contact> {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| crate::json::from_str(&text).ok()).unwrap_or_default()
}

/// A host was asked, and so many bytes came.
pub(super) fn note(host: String, bytes: u64) {
    let mut all = all();
    let contact = all.entry(host).or_default();
    (contact.requests, contact.bytes) = (contact.requests.saturating_add(1), contact.bytes.saturating_add(bytes));
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&all)) {
        drop(storage.set_item(KEY, &text));
    }
    if let Ok(event) = Event::new(KEY) {
        drop(window().dispatch_event(&event));
    }
}

/// Calls `told` whenever a host was asked.
pub(super) fn listen(told: impl Fn() + 'static) -> EventListener {
    EventListener::new(&window(), KEY, move |_| told())
}
