//! The browser's storage: what is acknowledged is on disk, and what can't be kept is said.

pub(super) mod database;
mod records;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Blob;

use super::pictures::Pictures;
use super::wait::{sleep, window};
use crate::app::{Action, Case, CaseId};
use crate::vision::Sha256;
use database::{Database, StoreError};

enum Write {
    Case(Box<Case>),
    Delete(CaseId),
}

impl Write {
    const fn case(&self) -> CaseId {
        match self {
            Self::Case(case) => case.id,
            Self::Delete(id) => *id,
        }
    }
}

/// Reads at once; writes one after the other, and of one case's only the last.
pub(super) struct Store {
    database: Database,
    pictures: Rc<Pictures>,
    dispatch: Rc<dyn Fn(Action)>,
    writes: RefCell<VecDeque<Write>>,
    writing: Cell<bool>,
    /// The browser was asked not to clear this storage by itself.
    asked_to_persist: Cell<bool>,
}

impl Store {
    pub(super) fn new(pictures: Rc<Pictures>, dispatch: Rc<dyn Fn(Action)>) -> Rc<Self> {
        Rc::new(Self {
            database: Database::of_cases(),
            pictures,
            dispatch,
            writes: RefCell::default(),
            writing: Cell::default(),
            asked_to_persist: Cell::default(),
        })
    }

    /// Answered by `CasesListed` or `StorageFailed`.
    pub(super) async fn list(self: Rc<Self>) {
        (self.dispatch)(records::list(&self.database).await.map_or_else(|error| failed(&error), Action::CasesListed));
    }

    /// Answered by `CaseLoaded`. A write that is under way or waiting comes first.
    pub(super) async fn load(self: Rc<Self>, id: CaseId) {
        let waiting = self.writes.borrow().iter().rev().find_map(|write| match write {
            Write::Case(case) if case.id == id => Some(case.clone()),
            _ => None,
        });
        let case = match waiting {
            Some(case) => Ok(Some(case)),
            None => match records::read(&self.database, id).await {
                Ok(None) => Ok(None),
                Ok(Some(text)) => Case::from_json(&text).map(|case| Some(Box::new(case))).map_err(|error| error.to_string()),
                Err(error) => Err(format!(
                    "The case could not be read, because in this browser {error}. Close other tabs of this page, then reload it."
                )),
            },
        };
        (self.dispatch)(Action::CaseLoaded(id, case));
    }

    /// The picture's file, if it is kept.
    pub(super) async fn picture(&self, sha256: Sha256) -> Option<Blob> {
        records::picture(&self.database, sha256).await.ok().flatten()
    }

    /// Answered by `CaseStored`, unless a later version of the case is on its way by then, or by `StorageFailed`.
    pub(super) fn store(self: &Rc<Self>, case: Box<Case>) {
        self.enqueue(Write::Case(case));
    }

    /// Answered only when it fails, by `StorageFailed`.
    pub(super) fn delete(self: &Rc<Self>, id: CaseId) {
        self.enqueue(Write::Delete(id));
    }

    fn enqueue(self: &Rc<Self>, write: Write) {
        {
            let mut writes = self.writes.borrow_mut();
            writes.retain(|waiting| waiting.case() != write.case());
            writes.push_back(write);
        }
        if !self.writing.replace(true) {
            spawn_local(Rc::clone(self).work());
        }
    }

    async fn work(self: Rc<Self>) {
        loop {
            // In a task of its own: a case as JSON is long, and whoever changed it has work of his own to finish.
            sleep(0).await;
            let next = self.writes.borrow_mut().pop_front();
            let Some(write) = next else { break };
            let id = write.case();
            let answer = match write {
                Write::Case(case) => self.write(&case).await.map(Some),
                Write::Delete(id) => records::delete(&self.database, id).await.map(|()| None),
            };
            let outdated = self.writes.borrow().iter().any(|waiting| waiting.case() == id);
            match answer {
                Ok(Some(at_ms)) if !outdated => (self.dispatch)(Action::CaseStored(id, at_ms)),
                Ok(_) => {}
                Err(error) => (self.dispatch)(failed(&error)),
            }
        }
        self.writing.set(false);
    }

    async fn write(&self, case: &Case) -> Result<f64, StoreError> {
        let at_ms = Date::now();
        let in_memory = |sha256| self.pictures.get(sha256).map(|blob| (sha256, blob));
        let blobs = records::pictures_of(case).into_iter().filter_map(in_memory).collect();
        records::write(&self.database, case, at_ms, blobs).await?;
        if !self.asked_to_persist.replace(true) {
            spawn_local(persist());
        }
        Ok(at_ms)
    }
}

fn failed(error: &StoreError) -> Action {
    Action::StorageFailed(format!(
        "Your work can't be kept in this browser: {error}. It goes on in this tab; share it as a link or export it before you close the tab."
    ))
}

/// Asks the browser not to clear the storage by itself. It may say no, and nothing can be done about that.
async fn persist() {
    let navigator = window().navigator();
    let offered = Reflect::get(&navigator, &JsValue::from_str("storage")).is_ok_and(|storage| storage.is_object());
    if let (true, Ok(asked)) = (offered, navigator.storage().persist()) {
        drop(JsFuture::from(asked).await);
    }
}
