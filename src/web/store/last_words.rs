//! What was done as the page went: kept at once, where nothing can be waited for, and written when the page is back.

use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::app::{Case, CaseId};
use crate::web::wait::window;

/// How a case's key begins in the one storage of a browser that is written before the next line runs. A few megabytes fit into it.
const NAME: &str = "boardwatch-last-words-";

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

/// Keeps them, if there is room.
pub(super) fn keep(case: &Case, base: Option<u32>, writing: bool) {
    let words = |text| serde_json::to_string(&LastWords { id: case.id, text, base, writing }).ok();
    let words = case.to_json().ok().and_then(words);
    if let (Some(storage), Some(words)) = (storage(), words) {
        drop(storage.set_item(&key(case.id), &words));
    }
}

/// Those of this browser, of each case the last.
pub(super) fn read() -> Vec<LastWords> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|place| storage.key(place).ok().flatten());
    let words = |key: String| key.starts_with(NAME).then(|| storage.get_item(&key).ok().flatten()).flatten();
    keys.filter_map(words).filter_map(|words| crate::json::from_str(&words).ok()).collect()
}

/// They are in the database, or of no use.
pub(super) fn forget(id: CaseId) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(&key(id)));
    }
}

fn key(id: CaseId) -> String {
    format!("{NAME}{}", id.0)
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
