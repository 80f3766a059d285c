//! IndexedDB as futures, with an end to every wait.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use crate::web::wait::{window, within};

const NAME: &str = "boardwatch";
/// Keys are kept apart: deleting every case leaves them, and they never go into a backup of cases.
const KEYS_NAME: &str = "boardwatch-keys";
/// What was fetched can be fetched again: it is kept apart from the cases, so that it can go without them.
const LIBRARY_NAME: &str = "boardwatch-library";
const VERSION: u32 = 1;
/// Private windows and blocked upgrades may never answer; a database that does opens within a fraction of this.
const OPENING_MS: i32 = 5_000;
/// Writing two pictures of 100 MB to a slow disk takes less than this.
const WORKING_MS: i32 = 30_000;

/// The stores of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Table {
    /// SHA-256 → file.
    Pictures,
    /// Case → its JSON.
    Cases,
    /// Case → its [`Card`](super::records::Card), so that a list needs no whole cases.
    Cards,
    /// The person's own key for signing.
    Keys,
    /// Address → a catalogue that the person agreed to, as JSON.
    Catalogues,
    /// SHA-256 → a file of a catalogue, and when it was last used.
    Files,
}

impl Table {
    pub(super) const ALL: [Self; 3] = [Self::Pictures, Self::Cases, Self::Cards];

    const fn name(self) -> &'static str {
        match self {
            Self::Pictures => "pictures",
            Self::Cases => "cases",
            Self::Cards => "cards",
            Self::Keys => "keys",
            Self::Catalogues => "catalogues",
            Self::Files => "files",
        }
    }
}

/// Why the browser's storage said no, as the middle of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::web) enum StoreError {
    #[error("its storage is switched off, as in some private windows")]
    Absent,
    #[error("its storage does not answer; a private window, or another tab with an older version, may be the reason")]
    Silent,
    #[error("its storage is full")]
    Full,
    #[error("a stored record can't be read: {0}")]
    Record(String),
    #[error("its storage reports {0}")]
    Other(String),
}

impl From<JsValue> for StoreError {
    fn from(error: JsValue) -> Self {
        match error.dyn_ref::<DomException>().map(DomException::name) {
            Some(name) if name == "QuotaExceededError" => Self::Full,
            Some(name) if name == "SecurityError" => Self::Absent,
            Some(name) => Self::Other(name),
            None => Self::Other("an error without a name".to_owned()),
        }
    }
}

/// The database, opened when it is first needed, and again when the browser closed it.
pub(in crate::web) struct Database {
    name: &'static str,
    tables: &'static [Table],
    open: Rc<RefCell<Option<IdbDatabase>>>,
}

impl Database {
    /// Cases and their pictures.
    pub(in crate::web) fn of_cases() -> Self {
        Self { name: NAME, tables: &Table::ALL, open: Rc::default() }
    }

    /// Catalogues and what was fetched of them.
    pub(in crate::web) fn of_library() -> Self {
        Self { name: LIBRARY_NAME, tables: &[Table::Catalogues, Table::Files], open: Rc::default() }
    }

    /// Keys for signing.
    pub(in crate::web) fn of_keys() -> Self {
        Self { name: KEYS_NAME, tables: &[Table::Keys], open: Rc::default() }
    }

    /// A transaction over `tables`; it ends when nothing more is asked of it.
    pub(in crate::web) async fn transaction(
        &self,
        tables: &[Table],
        mode: IdbTransactionMode,
    ) -> Result<Transaction, StoreError> {
        let names: Array = tables.iter().map(|table| JsValue::from_str(table.name())).collect();
        let database = self.database().await?;
        let begun = begin(&database, &names, mode);
        if begun.is_err() {
            // The browser may have closed it behind our back: the next attempt opens it anew.
            self.open.borrow_mut().take();
        }
        Ok(Transaction(begun?))
    }

    async fn database(&self) -> Result<IdbDatabase, StoreError> {
        let known = self.open.borrow().clone();
        if let Some(database) = known {
            return Ok(database);
        }
        let factory = window().indexed_db()?.ok_or(StoreError::Absent)?;
        let request = factory.open_with_u32(self.name, VERSION)?;
        let (upgrading, tables) = (request.clone(), self.tables);
        let upgrade = Closure::once(move || {
            let Ok(database) = upgrading.result().and_then(JsCast::dyn_into::<IdbDatabase>) else { return };
            for table in tables {
                // A store that is there already is what was wanted.
                drop(database.create_object_store(table.name()));
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = settled(&request, OPENING_MS).await?.dyn_into()?;
        let (open, closing) = (Rc::clone(&self.open), database.clone());
        let give_way = Closure::once_into_js(move || {
            // Another tab wants a newer version, or to delete it all: it must not wait for this one.
            closing.close();
            open.borrow_mut().take();
        });
        database.set_onversionchange(Some(give_way.unchecked_ref()));
        self.open.borrow_mut().replace(database.clone());
        Ok(database)
    }
}

/// What is acknowledged has left the browser's memory for the disk, so that a power cut does not take it.
fn begin(database: &IdbDatabase, names: &Array, mode: IdbTransactionMode) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    transaction.call3(database, names, &mode.into(), &options)?.dyn_into()
}

/// Several reads and writes that happen together or not at all.
pub(in crate::web) struct Transaction(IdbTransaction);

impl Transaction {
    fn table(&self, table: Table) -> Result<IdbObjectStore, StoreError> {
        Ok(self.0.object_store(table.name())?)
    }

    /// The record, or `undefined`.
    pub(in crate::web) async fn get(&self, table: Table, key: &JsValue) -> Result<JsValue, StoreError> {
        settled(&self.table(table)?.get(key)?, WORKING_MS).await
    }

    pub(in crate::web) async fn all(&self, table: Table) -> Result<Array, StoreError> {
        Ok(settled(&self.table(table)?.get_all()?, WORKING_MS).await?.dyn_into()?)
    }

    pub(in crate::web) async fn keys(&self, table: Table) -> Result<Array, StoreError> {
        Ok(settled(&self.table(table)?.get_all_keys()?, WORKING_MS).await?.dyn_into()?)
    }

    pub(super) async fn has(&self, table: Table, key: &JsValue) -> Result<bool, StoreError> {
        let count = settled(&self.table(table)?.count_with_key(key)?, WORKING_MS).await?;
        Ok(count.as_f64().unwrap_or_default() > 0.0)
    }

    pub(in crate::web) fn put(&self, table: Table, key: &JsValue, value: &JsValue) -> Result<(), StoreError> {
        self.table(table)?.put_with_key(value, key)?;
        Ok(())
    }

    pub(in crate::web) fn delete(&self, table: Table, key: &JsValue) -> Result<(), StoreError> {
        self.table(table)?.delete(key)?;
        Ok(())
    }

    pub(in crate::web) fn clear(&self, table: Table) -> Result<(), StoreError> {
        self.table(table)?.clear()?;
        Ok(())
    }

    /// Comes back when everything is on disk.
    pub(in crate::web) async fn complete(self) -> Result<(), StoreError> {
        let done = Promise::new(&mut |resolve, reject| {
            self.0.set_oncomplete(Some(&resolve));
            self.0.set_onabort(Some(&reject));
        });
        match within(&done, WORKING_MS).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(self.0.error().map_or(StoreError::Silent, |error| JsValue::from(error).into())),
            Err(_) => {
                // What was not acknowledged must not appear later either; a transaction that is done can't be undone.
                drop(self.0.abort());
                Err(StoreError::Silent)
            }
        }
    }
}

/// The request's result.
async fn settled(request: &IdbRequest, ms: i32) -> Result<JsValue, StoreError> {
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match within(&done, ms).await {
        Ok(Ok(_)) => Ok(request.result()?),
        Ok(Err(_)) => Err(request.error()?.map_or(StoreError::Silent, |error| JsValue::from(error).into())),
        Err(_) => Err(StoreError::Silent),
    }
}
