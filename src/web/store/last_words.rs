//! What was done as the page went: kept at once, where nothing can be waited for, and written when the page is back.

use serde::{Deserialize, Serialize};

use crate::app::{Case, CaseId};
use crate::web::wait::window;

/// In the one storage of a browser that is written before the next line runs. A few megabytes fit into it.
const KEY: &str = "boardwatch-last-words";

/// A case that was not written any more.
#[derive(Serialize, Deserialize)]
pub(super) struct LastWords {
    /// Its number; in its text as well.
    pub(super) id: CaseId,
    /// As it goes into storage.
    pub(super) text: String,
    /// The revision that it grew out of.
    pub(super) base: Option<u32>,
    /// An earlier state of it was being written, which may have come to be the next revision.
    pub(super) writing: bool,
}

/// Keeps them, if there is room: of several only the last, which is of the case that is open.
pub(super) fn keep(case: &Case, base: Option<u32>, writing: bool) {
    let words = |text| serde_json::to_string(&LastWords { id: case.id, text, base, writing }).ok();
    let words = case.to_json().ok().and_then(words);
    if let (Some(storage), Some(words)) = (window().local_storage().ok().flatten(), words) {
        drop(storage.set_item(KEY, &words));
    }
}

/// Those of this browser, if there are any.
pub(super) fn read() -> Option<LastWords> {
    let words = window().local_storage().ok().flatten()?.get_item(KEY).ok().flatten()?;
    crate::json::from_str(&words).ok()
}

/// They are in the database, or of no use.
pub(super) fn forget() {
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.remove_item(KEY));
    }
}
