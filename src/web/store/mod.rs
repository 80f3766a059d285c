//! The browser's storage: what is acknowledged is on disk, and what can't be kept is said.

pub(super) mod database;
pub(super) mod holding;
mod last_words;
pub(super) mod records;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Event};

use super::pictures::Pictures;
use super::shelves::Shelves;
use super::wait::{sleep, window};
use crate::app::{Action, Case, CaseId};
use crate::vision::Sha256;
use database::{Database, StoreError};
use holding::{Heard, Holding};
use last_words::LastWords;

/// Said on the window when another tab is about to take the case over: who is writing has finished.
pub const SETTLE: &str = "boardwatch-settle";
/// How often it is looked whether a case that is to be let go is written, in milliseconds.
const DRAIN_MS: i32 = 20;
const WITHOUT_PICTURES: &str = "There is no room in this browser's storage for the pictures of this case. What you say of them is kept, and \
the pictures stay in this tab: save the case to a file before you close it, or delete other cases and go on.";

enum Write {
    Case(Box<Case>),
    /// Into the bin (true), or out of it.
    Bin(CaseId, bool),
}

/// How writing a case ended.
enum Written {
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

/// Reads at once; writes one after the other, and of one case's only the last.
pub(super) struct Store {
    database: Database,
    pictures: Rc<Pictures>,
    shelves: Rc<Shelves>,
    holding: Rc<Holding>,
    dispatch: Rc<dyn Fn(Action)>,
    writes: RefCell<VecDeque<Write>>,
    /// The case that is being written.
    writing: Cell<Option<CaseId>>,
    /// The revision of each case that this tab knows.
    revisions: RefCell<Vec<(CaseId, u32)>>,
    /// What was in the bin for long has been deleted.
    emptied: Cell<bool>,
    /// The browser was asked not to clear this storage by itself.
    asked_to_persist: Cell<bool>,
    /// The page goes: what is to be written now may never be.
    going: Cell<bool>,
    /// What was kept when it went last: not looked for yet, or being written.
    last_words: Cell<Recovery>,
    listeners: RefCell<Vec<EventListener>>,
}

/// What has become of the last words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Recovery {
    #[default]
    NotYet,
    UnderWay,
    Done,
}

impl Store {
    pub(super) fn new(pictures: Rc<Pictures>, shelves: Rc<Shelves>, dispatch: Rc<dyn Fn(Action)>) -> Rc<Self> {
        let store = Rc::new_cyclic(|this: &Weak<Self>| {
            let listening = this.clone();
            let heard = move |heard| {
                if let Some(store) = listening.upgrade() {
                    store.heard(heard);
                }
            };
            Self {
                database: Database::of_cases(),
                pictures,
                shelves,
                holding: Holding::new(Box::new(heard)),
                dispatch,
                writes: RefCell::default(),
                writing: Cell::default(),
                revisions: RefCell::default(),
                emptied: Cell::default(),
                asked_to_persist: Cell::default(),
                going: Cell::default(),
                last_words: Cell::default(),
                listeners: RefCell::default(),
            }
        });
        // Before anybody else hears that the page goes and has something written because of that.
        let listeners = [("pagehide", true), ("pageshow", false)].map(|(event, goes)| {
            let store = Rc::downgrade(&store);
            EventListener::new(&window(), event, move |_| {
                if let Some(store) = store.upgrade() {
                    store.goes(goes);
                }
            })
        });
        store.listeners.borrow_mut().extend(listeners);
        store
    }

    /// The page goes, or is back.
    fn goes(&self, goes: bool) {
        self.going.set(goes);
        if goes {
            self.writes.borrow().iter().for_each(|write| self.keep_last_words(write));
        }
    }

    fn keep_last_words(&self, write: &Write) {
        if let Write::Case(case) = write {
            last_words::keep(case, self.revision(case.id), self.writing.get() == Some(case.id));
        }
    }

    fn revision(&self, id: CaseId) -> Option<u32> {
        self.revisions.borrow().iter().find(|(known, _)| *known == id).map(|(_, revision)| *revision)
    }

    /// Writes what was kept when the page went last, before anything is read.
    async fn recovered(&self) {
        while self.last_words.get() == Recovery::UnderWay {
            sleep(DRAIN_MS).await;
        }
        if self.last_words.replace(Recovery::UnderWay) == Recovery::Done {
            return self.last_words.set(Recovery::Done);
        }
        if let Some(words) = last_words::read() {
            match self.write_last_words(words).await {
                Ok(()) => last_words::forget(),
                // They stay for the next time.
                Err(error) => (self.dispatch)(failed(&error)),
            }
        }
        self.last_words.set(Recovery::Done);
    }

    /// Another tab of this browser did or wants something.
    fn heard(self: &Rc<Self>, heard: Heard) {
        match heard {
            Heard::Stored(id) => (self.dispatch)(Action::CaseStoredElsewhere(id)),
            Heard::Inherited(id) => spawn_local(Rc::clone(self).hold(id)),
            Heard::Taken(id) => (self.dispatch)(Action::CaseHeld(id, false)),
            Heard::Wanted(id) => {
                if let Ok(settle) = Event::new(SETTLE) {
                    drop(window().dispatch_event(&settle));
                }
                self.holding.let_go(id);
                (self.dispatch)(Action::CaseHeld(id, false));
                let store = Rc::clone(self);
                spawn_local(async move {
                    store.drained(id).await;
                    store.holding.give(id);
                });
            }
        }
    }

    /// This tab holds the case from now on, as it is stored.
    async fn hold(self: Rc<Self>, id: CaseId) {
        let case = self.read(id).await;
        // It may have gone to another tab meanwhile, which was said by then.
        if self.holding.is_here(id) {
            (self.dispatch)(Action::CaseLoaded(id, case));
            (self.dispatch)(Action::CaseHeld(id, true));
        }
    }

    /// Answered by `CaseLoaded`, then `CaseHeld`.
    pub(super) async fn take_over(self: Rc<Self>, id: CaseId) {
        if self.holding.take(id).await {
            self.hold(id).await;
        }
    }

    /// Other tabs may have the case when it is written.
    pub(super) async fn release(self: Rc<Self>, id: CaseId) {
        self.holding.leave_soon(id);
        self.drained(id).await;
        self.holding.left(id);
    }

    /// Comes back when nothing of the case waits to be written.
    async fn drained(&self, id: CaseId) {
        while self.writing.get() == Some(id) || self.writes.borrow().iter().any(|write| write.case() == id) {
            sleep(DRAIN_MS).await;
        }
    }

    /// Answered by `CasesListed` or `StorageFailed`.
    pub(super) async fn list(self: Rc<Self>) {
        self.recovered().await;
        if !self.emptied.replace(true) {
            // What can't be deleted now can be deleted next time.
            drop(records::empty_bin(&self.database, Date::now()).await);
        }
        (self.dispatch)(records::list(&self.database).await.map_or_else(|error| failed(&error), Action::CasesListed));
    }

    /// Answered by `CaseHeld` and `CaseLoaded`.
    pub(super) async fn load(self: Rc<Self>, id: CaseId) {
        self.recovered().await;
        let here = self.holding.claim(id).await;
        (self.dispatch)(Action::CaseHeld(id, here));
        let case = self.read(id).await;
        (self.dispatch)(Action::CaseLoaded(id, case));
    }

    /// A case as it is stored, or as it will be: a write that is waiting comes first.
    async fn read(&self, id: CaseId) -> Result<Option<Box<Case>>, String> {
        let waiting = self.writes.borrow().iter().rev().find_map(|write| match write {
            Write::Case(case) if case.id == id => Some(case.clone()),
            _ => None,
        });
        if let Some(case) = waiting {
            return Ok(Some(case));
        }
        let read = records::read(&self.database, id).await.map_err(|error| {
            format!("The case could not be read, because in this browser {error}. Close other tabs of this page, then reload it.")
        })?;
        let Some((text, card)) = read else { return Ok(None) };
        let case = Case::from_json(&text).map_err(|error| error.to_string())?;
        self.know(id, card.map(|card| card.revision));
        Ok(Some(Box::new(case)))
    }

    async fn write_last_words(&self, LastWords { id, text, base, writing }: LastWords) -> Result<(), StoreError> {
        // What is of a later version, or altered, is nothing that this page can write.
        let Some(case) = Case::from_json(&text).ok().filter(|case| case.id == id) else { return Ok(()) };
        let next = base.map_or(1, |base| base.wrapping_add(1));
        let stored = records::read(&self.database, id).await?.and_then(|(_, card)| card);
        let is_its_own = writing && stored.is_some_and(|card| card.revision == next);
        self.know(id, if is_its_own { Some(next) } else { base });
        if matches!(self.write(&case).await?, Written::Conflict) {
            (self.dispatch)(Action::CaseConflicted(Box::new(case)));
        }
        Ok(())
    }

    fn know(&self, id: CaseId, revision: Option<u32>) {
        let mut revisions = self.revisions.borrow_mut();
        revisions.retain(|(known, _)| *known != id);
        revisions.extend(revision.map(|revision| (id, revision)));
    }

    /// The picture's file, if it is kept.
    pub(super) async fn picture(&self, sha256: Sha256) -> Option<Blob> {
        records::picture(&self.database, sha256).await.ok().flatten()
    }

    /// Answered by `CaseStored`, unless a later version of the case is on its way by then, by `CaseConflicted` or by `StorageFailed`.
    pub(super) fn store(self: &Rc<Self>, case: Box<Case>) {
        let (holding, id) = (Rc::clone(&self.holding), case.id);
        // A case that is new has nobody else who could hold it.
        spawn_local(async move { _ = holding.claim(id).await });
        self.enqueue(Write::Case(case));
    }

    /// Puts a case into the bin (true), or takes it out, which is answered by `CasesListed`; what fails by `StorageFailed`.
    pub(super) fn bin(self: &Rc<Self>, id: CaseId, deleted: bool) {
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
        if self.writing.get().is_none() {
            self.writing.set(Some(id));
            spawn_local(Rc::clone(self).work());
        }
    }

    async fn work(self: Rc<Self>) {
        loop {
            // In a task of its own: a case as JSON is long, and whoever changed it has work of his own to finish.
            sleep(0).await;
            let next = self.writes.borrow_mut().pop_front();
            let Some(write) = next else { break };
            self.writing.set(Some(write.case()));
            match write {
                Write::Case(case) => self.write_case(case).await,
                Write::Bin(id, deleted) => {
                    match records::set_deleted(&self.database, id, deleted.then(Date::now)).await {
                        Ok(()) if deleted => {}
                        Ok(()) => Rc::clone(&self).list().await,
                        Err(error) => (self.dispatch)(failed(&error)),
                    }
                    self.holding.stored(id);
                }
            }
        }
        self.writing.set(None);
    }

    async fn write_case(&self, case: Box<Case>) {
        let id = case.id;
        let answer = self.write(&case).await;
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
                    _ => case,
                };
                (self.dispatch)(Action::CaseConflicted(case));
            }
            Err(error) => (self.dispatch)(failed(&error)),
        }
    }

    async fn write(&self, case: &Case) -> Result<Written, StoreError> {
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
        if !self.going.get() && last_words::read().is_some_and(|words| words.id == id) {
            // The page went and came back.
            last_words::forget();
        }
        self.holding.stored(id);
        if !self.asked_to_persist.replace(true) {
            spawn_local(async { _ = persist().await });
        }
        Ok(if is_full { Written::Bare(at_ms) } else { Written::At(at_ms) })
    }
}

fn failed(error: &StoreError) -> Action {
    Action::StorageFailed(format!(
        "Your work can't be kept in this browser: {error}. It goes on in this tab; save the case to a file before you close it."
    ))
}

/// Asks the browser not to clear the storage by itself. It may say no, and nothing can be done about that.
pub(super) async fn persist() -> bool {
    let navigator = window().navigator();
    let offered = Reflect::get(&navigator, &JsValue::from_str("storage")).is_ok_and(|storage| storage.is_object());
    match navigator.storage().persist() {
        Ok(asked) if offered => JsFuture::from(asked).await.is_ok_and(|safe| safe.is_truthy()),
        _ => false,
    }
}
