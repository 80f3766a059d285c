//! Where the settings are kept. Losing one costs a press, so the simple storage will do.

use super::wait::window;

const KEY: &str = "boardwatch-settings";

/// What was kept; `None` when nothing was, or storage is forbidden.
pub(super) fn kept() -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(KEY).ok().flatten()
}

/// Keeps the settings, where the browser lets us.
pub(super) fn keep(text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.set_item(KEY, text));
    }
}
