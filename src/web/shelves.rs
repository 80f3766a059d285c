//! Files of catalogues: fetched once, checked, and kept under their hashes; and which catalogues this browser knows.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Date, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, HtmlElement, IdbTransactionMode, Url};

use super::fetch::FetchError;
use super::store::database::{Database, StoreError, Table};
use super::{fetch, ledger};
use crate::app::library::{KeptCatalogue, Need};
use crate::catalog::{FileEntry, host_of};
use crate::vision::Sha256;

/// All kept files together, in bytes; the least used ones go first. Cases keep their pictures by themselves.
const MOST_KEPT: f64 = 400e6;

/// After so many new bytes it is looked whether there is room: that reads all that is kept, so it is not done for every thumbnail.
const ROOM_STEP: f64 = 20e6;
/// That a file is used is written once in so long, not with each use: writing takes longer than reading.
const SAME_USE_MS: f64 = 86_400_000.0;

/// What is kept of catalogues, and the way to their hosts.
pub struct Shelves {
    database: Database,
    /// Bytes that were kept since it was last looked whether there is room.
    unchecked: Cell<f64>,
}

impl Shelves {
    pub(super) fn new() -> Rc<Self> {
        // What an earlier page has kept nobody has looked at.
        Rc::new(Self { database: Database::of_library(), unchecked: Cell::new(ROOM_STEP) })
    }

    /// The catalogues that are kept; none when storage says no.
    pub(super) async fn catalogues(&self) -> Vec<KeptCatalogue> {
        let read = async || -> Result<Array, StoreError> {
            self.database.transaction(&[Table::Catalogues], IdbTransactionMode::Readonly).await?.all(Table::Catalogues).await
        };
        let all = read().await.unwrap_or_default();
        all.iter().filter_map(|text| crate::json::from_str(&text.as_string()?).ok()).collect()
    }

    /// Keeps a catalogue. Where storage says no it is known until the page is closed.
    pub(super) async fn keep_catalogue(&self, kept: &KeptCatalogue) {
        let Ok(text) = serde_json::to_string(kept) else { return };
        drop(self.write(Table::Catalogues, &kept.address, Some(&text.into())).await);
    }

    /// Keeps it no longer.
    pub(super) async fn forget_catalogue(&self, address: &str) {
        drop(self.write(Table::Catalogues, address, None).await);
    }

    async fn write(&self, table: Table, key: &str, value: Option<&JsValue>) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[table], IdbTransactionMode::Readwrite).await?;
        match value {
            Some(value) => transaction.put(table, &key.into(), value)?,
            None => transaction.delete(table, &key.into())?,
        }
        transaction.complete().await
    }

    /// A file that is needed; `None` when there is none and it may be missing. Why not, as the end of a sentence.
    pub(super) async fn get(&self, need: &Need, stop: &web_sys::AbortController) -> Result<Option<Blob>, String> {
        match need {
            Need::Kept(sha256) => Ok(self.kept(*sha256).await),
            Need::Known { address, sha256, bytes } => {
                if let Some(kept) = self.kept(*sha256).await {
                    return Ok(Some(kept));
                }
                let file = asked(address, fetch::known(address, *sha256, *bytes, stop).await)?;
                self.keep(*sha256, &file).await;
                Ok(Some(file))
            }
            Need::Now { address, most, is_needed } => match asked(address, fetch::get(address, *most, stop).await) {
                Ok(file) => {
                    if let Ok(sha256) = fetch::hash(&file).await {
                        self.keep(sha256, &file).await;
                    }
                    Ok(Some(file))
                }
                Err(FetchError::Absent(_)) if !is_needed => Ok(None),
                Err(why) => Err(why.into()),
            },
        }
    }

    /// A file that was fetched before.
    pub(super) async fn kept(&self, sha256: Sha256) -> Option<Blob> {
        let key = sha256.to_string();
        let transaction = self.database.transaction(&[Table::Files], IdbTransactionMode::Readonly).await.ok()?;
        let record = transaction.get(Table::Files, &key.as_str().into()).await.ok()?;
        let file = Reflect::get(&record, &"file".into()).ok()?.dyn_into().ok()?;
        let used = Reflect::get(&record, &"used".into()).ok().and_then(|used| used.as_f64()).unwrap_or(0.0);
        if Date::now() - used > SAME_USE_MS {
            drop(self.write(Table::Files, &key, Some(&entry(&file)?)).await);
        }
        Some(file)
    }

    /// Keeps a file, and lets go of those that were not used for longest. Where storage says no it is fetched again next time.
    pub(super) async fn keep(&self, sha256: Sha256, file: &Blob) {
        if let Some(record) = entry(file)
            && self.write(Table::Files, &sha256.to_string(), Some(&record)).await.is_ok()
        {
            self.unchecked.set(self.unchecked.get() + file.size());
            if self.unchecked.get() >= ROOM_STEP {
                self.unchecked.set(0.0);
                drop(self.make_room().await);
            }
        }
    }

    /// Bytes of all files that are kept.
    pub(super) async fn bytes(&self) -> f64 {
        let read = async || -> Result<Array, StoreError> {
            self.database.transaction(&[Table::Files], IdbTransactionMode::Readonly).await?.all(Table::Files).await
        };
        let all = read().await.unwrap_or_default();
        all.iter().filter_map(|record| Reflect::get(&record, &"bytes".into()).ok()?.as_f64()).sum()
    }

    /// Lets go of every file: where there is no room for cases. Each can be fetched again.
    pub(super) async fn clear(&self) {
        let clear = async || -> Result<(), StoreError> {
            let transaction = self.database.transaction(&[Table::Files], IdbTransactionMode::Readwrite).await?;
            transaction.clear(Table::Files)?;
            transaction.complete().await
        };
        drop(clear().await);
    }

    async fn make_room(&self) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[Table::Files], IdbTransactionMode::Readwrite).await?;
        let (keys, records) = (transaction.keys(Table::Files).await?, transaction.all(Table::Files).await?);
        let number =
            |record: &JsValue, field: &str| Reflect::get(record, &field.into()).ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
        let mut all: Vec<(f64, f64, JsValue)> = keys
            .iter()
            .zip(records.iter())
            .map(|(key, record)| (number(&record, "used"), number(&record, "bytes"), key))
            .collect();
        let mut kept: f64 = all.iter().map(|(_, bytes, _)| bytes).sum();
        all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        for (_, bytes, key) in all {
            if kept <= MOST_KEPT {
                break;
            }
            transaction.delete(Table::Files, &key)?;
            kept -= bytes;
        }
        transaction.complete().await
    }
}

/// A host was asked: it is told of.
fn asked<E>(address: &str, outcome: Result<Blob, E>) -> Result<Blob, E> {
    if let Some(host) = host_of(address) {
        ledger::note(host, outcome.as_ref().map_or(0, |file| file.size() as u64));
    }
    outcome
}

/// A file as it is kept: with its length, and when it was last used.
fn entry(file: &Blob) -> Option<JsValue> {
    let record = Object::new();
    for (field, value) in [("file", file.into()), ("bytes", file.size().into()), ("used", Date::now().into())] {
        Reflect::set(&record, &field.into(), &value).ok()?;
    }
    Some(record.into())
}

/// Why a file is not used, as a sentence.
pub(super) fn not_used(need: &Need, why: &str) -> String {
    let address = match need {
        Need::Now { address, .. } | Need::Known { address, .. } => address.as_str(),
        Need::Kept(_) => "",
    };
    format!(
        "{address} was not used: {why}. Check the connection and try again; if that does not help, tell whoever keeps the catalogue."
    )
}

/// A file that hardly anything depends on, such as a reference's features; `None` when it does not come.
pub(super) async fn extra(shelves: &Shelves, file: &FileEntry) -> Option<Blob> {
    let FileEntry { path, sha256, bytes } = file.clone();
    let need = Need::Known { address: path, sha256, bytes: Some(bytes) };
    shelves.get(&need, &fetch::stopper().ok()?).await.ok().flatten()
}

/// Shows a small picture in an image of the page once it has come and is what its hash says; else the image stays empty.
pub fn show_thumbnail(shelves: &Rc<Shelves>, image: &HtmlElement, file: &FileEntry) {
    let (shelves, image, file) = (Rc::clone(shelves), image.clone(), file.clone());
    let wanted = file.sha256.to_string();
    drop(image.set_attribute("data-file", &wanted));
    spawn_local(async move {
        let Some(blob) = extra(&shelves, &file).await else { return };
        // An image may be given another picture before this one has come: the last one wins.
        if image.get_attribute("data-file").as_ref() != Some(&wanted) {
            return;
        }
        let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
        drop(image.set_attribute("src", &address));
        EventListener::once(&image, "load", move |_| drop(Url::revoke_object_url(&address))).forget();
    });
}
