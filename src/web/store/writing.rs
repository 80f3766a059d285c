//! Writing: one write after the other, and of one case's only the last.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::database::StoreError;
use super::{Store, failed, last_words, records};
use crate::app::{Action, Case, CaseId};
use crate::web::wait::{breathe, window};

const WITHOUT_PICTURES: &str = "There is no room in this browser's storage for the pictures of this case. What you say of them is kept, and \
the pictures stay in this tab: save the case to a file before you close it, or delete other cases and go on.";

pub(super) enum Write {
    Case(Box<Case>),
    /// Into the bin (true), or out of it.
    Bin(CaseId, bool),
}

/// How writing a case ended.
pub(super) enum Written {
    At(f64),
    /// Without its pictures, for which there is no room.
    Bare(f64),
    Conflict,
}

impl Write {
    const fn case(&self) -> CaseId {
        match self {
            Self::Case(case) => case.id,
            Self::Bin(id, _) => *id,
        }
    }
}

impl Store {
    /// Answered by `CaseStored`, unless a later version of the case is on its way by then, by `CaseConflicted` or by `StorageFailed`.
    pub(in crate::web) fn store(self: &Rc<Self>, case: Box<Case>) {
        let (holding, id) = (Rc::clone(&self.holding), case.id);
        // A case that is new has nobody else who could hold it.
        spawn_local(async move { _ = holding.claim(id).await });
        self.enqueue(Write::Case(case));
    }

    /// Puts a case into the bin (true), or takes it out, which is answered by `CasesListed`; what fails by `StorageFailed`.
    pub(in crate::web) fn bin(self: &Rc<Self>, id: CaseId, deleted: bool) {
        self.enqueue(Write::Bin(id, deleted));
    }

    fn enqueue(self: &Rc<Self>, write: Write) {
        let id = write.case();
        if self.going.get() {
            self.keep_last_words(&write);
        }
        {
            // Of what is written of a case only the last counts, and of what is done to the bin; each stays behind what came before it.
            let is_case = matches!(write, Write::Case(_));
            let mut writes = self.writes.borrow_mut();
            writes.retain(|waiting| waiting.case() != id || matches!(waiting, Write::Case(_)) != is_case);
            writes.push_back(write);
        }
        if !self.at_work.replace(true) {
            spawn_local(Rc::clone(self).work());
        }
    }

    async fn work(self: Rc<Self>) {
        loop {
            // In a task of its own: a case as JSON is long, and whoever changed it has work of his own to finish.
            breathe().await;
            let next = self.writes.borrow_mut().pop_front().map(Rc::new);
            self.writing.replace(next.clone());
            self.wake();
            let Some(write) = next else { break };
            match &*write {
                Write::Case(case) => self.write_case(case).await,
                &Write::Bin(id, deleted) => {
                    match records::set_deleted(&self.database, id, deleted.then(Date::now)).await {
                        Ok(()) if deleted => {}
                        Ok(()) => Rc::clone(&self).list().await,
                        Err(error) => (self.dispatch)(failed(&error)),
                    }
                    self.holding.stored(id);
                }
            }
        }
        self.at_work.set(false);
    }

    async fn write_case(&self, case: &Case) {
        let id = case.id;
        let answer = self.write(case).await;
        let outdated = self.writes.borrow().iter().any(|waiting| waiting.case() == id);
        match answer {
            Ok(Written::At(at_ms)) if !outdated => (self.dispatch)(Action::CaseStored(id, at_ms)),
            Ok(Written::At(_)) => {}
            Ok(Written::Bare(at_ms)) => {
                (self.dispatch)(Action::CaseStored(id, at_ms));
                (self.dispatch)(Action::StorageFailed(WITHOUT_PICTURES.to_owned()));
            }
            Ok(Written::Conflict) => {
                // What is waiting to be written of the same case holds more of what was done.
                let later = |write: &Write| matches!(write, Write::Case(later) if later.id == id);
                let place = self.writes.borrow().iter().position(later);
                let case = match place.and_then(|place| self.writes.borrow_mut().remove(place)) {
                    Some(Write::Case(later)) => later,
                    _ => Box::new(case.clone()),
                };
                (self.dispatch)(Action::CaseConflicted(case));
            }
            Err(error) => (self.dispatch)(failed(&error)),
        }
    }

    pub(super) async fn write(&self, case: &Case) -> Result<Written, StoreError> {
        let (id, at_ms) = (case.id, Date::now());
        let base = self.revision(id);
        let in_memory = |sha256| self.pictures.get(sha256).map(|blob| (sha256, blob));
        let mut blobs: Vec<_> = records::pictures_of(case).into_iter().filter_map(in_memory).collect();
        let mut written = records::write(&self.database, case, at_ms, &blobs, base).await;
        if written == Err(StoreError::Full) {
            // What can be fetched again makes room for what can't.
            self.shelves.clear().await;
            written = records::write(&self.database, case, at_ms, &blobs, base).await;
        }
        let is_full = written == Err(StoreError::Full);
        if is_full {
            blobs.clear();
            written = records::write(&self.database, case, at_ms, &blobs, base).await;
        }
        let Some(revision) = written? else { return Ok(Written::Conflict) };
        self.know(id, Some(revision));
        if self.spoke.get() && !self.going.get() {
            last_words::forget(id);
        }
        self.holding.stored(id);
        if !self.asked_to_persist.replace(true) {
            spawn_local(async { _ = persist().await });
        }
        Ok(if is_full { Written::Bare(at_ms) } else { Written::At(at_ms) })
    }

    /// Comes back when nothing of the case waits to be written.
    pub(super) async fn drained(&self, id: CaseId) {
        self.until(|store| !store.is_writing(id) && store.writes.borrow().iter().all(|write| write.case() != id)).await;
    }

    /// The latest state of a case that waits to be written, or is being written.
    pub(super) fn unwritten(&self, id: CaseId) -> Option<Box<Case>> {
        let (writes, writing) = (self.writes.borrow(), self.writing.borrow());
        let mut latest = writes.iter().rev().chain(writing.as_deref());
        latest.find_map(|write| match write {
            Write::Case(case) if case.id == id => Some(case.clone()),
            _ => None,
        })
    }

    pub(super) fn is_writing(&self, id: CaseId) -> bool {
        self.writing.borrow().as_ref().is_some_and(|write| write.case() == id)
    }

    /// Comes back when this is so. No timer: those of a tab in the background ring once a minute.
    pub(super) async fn until(&self, is_so: impl Fn(&Self) -> bool) {
        let looks = |context: &mut Context<'_>| {
            if is_so(self) {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        };
        poll_fn(looks).await;
    }

    /// Has everybody look who waits.
    pub(super) fn wake(&self) {
        self.waiting.take().into_iter().for_each(Waker::wake);
    }
}

/// Asks the browser not to clear the storage by itself. It may say no, and nothing can be done about that.
pub(in crate::web) async fn persist() -> bool {
    let navigator = window().navigator();
    let offered = Reflect::get(&navigator, &JsValue::from_str("storage")).is_ok_and(|storage| storage.is_object());
    match navigator.storage().persist() {
        Ok(asked) if offered => JsFuture::from(asked).await.is_ok_and(|safe| safe.is_truthy()),
        _ => false,
    }
}
