//! What the browser's storage holds, read beside the app, and what has to hold of it.

use std::collections::{BTreeMap, BTreeSet};

use boardwatch::app::Case;
use serde_json::Value;

use crate::browser::Browser;

/// Reads every record of the database of cases; pictures by their names and sizes.
const READ: &str = "new Promise((done, failed) => {
    const asked = indexedDB.open('boardwatch');
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
        const database = asked.result;
        if (!database.objectStoreNames.contains('cases')) { database.close(); return done({ cases: [], cards: [], pictures: [] }); }
        const transaction = database.transaction(['cases', 'cards', 'pictures']);
        const all = {};
        for (const name of ['cases', 'cards', 'pictures']) {
            const [keys, values] = [transaction.objectStore(name).getAllKeys(), transaction.objectStore(name).getAll()];
            keys.onsuccess = () => { all[name] = keys.result.map(key => [key]); };
            values.onsuccess = () => values.result.forEach((value, place) => all[name][place].push(value.size ?? value));
        }
        transaction.oncomplete = () => { database.close(); done(all); };
        transaction.onabort = () => failed(transaction.error);
    };
})";

/// A moment of the database.
pub(crate) struct Stored {
    /// By number, every one of them readable.
    pub(crate) cases: BTreeMap<u32, Case>,
    /// Revision by case.
    pub(crate) revisions: BTreeMap<u32, u64>,
    /// Cases in the bin.
    pub(crate) binned: BTreeSet<u32>,
}

impl Stored {
    /// Reads it in any page of the site; a case that is broken, lacks its card or a picture, or a picture of no case, is an error.
    pub(crate) async fn read(page: &Browser) -> Result<Self, String> {
        let all = page.eval(READ).await;
        let pairs = |name: &str| all[name].as_array().cloned().ok_or(format!("{name} can't be read: {all}"));
        let number = |key: &Value| key.as_u64().and_then(|id| u32::try_from(id).ok()).ok_or(format!("{key} is no case"));
        let mut stored = Self { cases: BTreeMap::new(), revisions: BTreeMap::new(), binned: BTreeSet::new() };
        for pair in pairs("cases")? {
            let id = number(&pair[0])?;
            let case = Case::from_json(pair[1].as_str().unwrap_or_default()).map_err(|error| format!("case {id}: {error}"))?;
            stored.cases.insert(id, case);
        }
        let mut named = BTreeSet::new();
        for pair in pairs("cards")? {
            let id = number(&pair[0])?;
            let card: Value =
                serde_json::from_str(pair[1].as_str().unwrap_or_default()).map_err(|error| format!("card {id}: {error}"))?;
            let pictures: BTreeSet<String> =
                serde_json::from_value(card["pictures"].clone()).map_err(|error| error.to_string())?;
            let case = stored.cases.get(&id).ok_or(format!("card {id} has no case"))?;
            let wanted: BTreeSet<String> = case.pictures().map(|sha256| sha256.to_string()).collect();
            if pictures != wanted || card["summary"]["title"] != case.title.as_str() {
                return Err(format!("card {id} is not that of its case: {card}"));
            }
            named.extend(pictures);
            stored.revisions.insert(id, card["revision"].as_u64().unwrap_or(0));
            if card["deleted_ms"].is_number() {
                stored.binned.insert(id);
            }
        }
        if stored.revisions.len() != stored.cases.len() {
            return Err(format!("{} cases have {} cards", stored.cases.len(), stored.revisions.len()));
        }
        let kept = pairs("pictures")?;
        let here: BTreeSet<String> = kept.iter().filter_map(|pair| pair[0].as_str().map(str::to_owned)).collect();
        if kept.iter().any(|pair| pair[1].as_u64().is_none_or(|bytes| bytes == 0)) {
            return Err("a picture is empty".to_owned());
        }
        match (named.difference(&here).next(), here.difference(&named).next()) {
            (Some(missing), _) => Err(format!("picture {missing} is missing")),
            (None, Some(orphan)) => Err(format!("picture {orphan} belongs to no case")),
            (None, None) => Ok(stored),
        }
    }

    /// The highest number of an edit in the case's name or in its notes.
    pub(crate) fn last_edit(&self, id: u32) -> Option<u64> {
        let case = self.cases.get(&id)?;
        let numbers = |text: &str| text.rsplit(' ').next().and_then(|number| number.parse().ok());
        let notes = case.document.findings().filter_map(|finding| numbers(finding.note.strip_prefix("note ")?));
        case.title.strip_prefix("edit ").and_then(numbers).into_iter().chain(notes).max()
    }
}
