//! The browser's storage: what is acknowledged is on disk, and what can't be kept is said.

pub(super) mod database;
pub(super) mod holding;
mod last_words;
pub(super) mod records;
mod writing;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::task::Waker;

use gloo::events::EventListener;
use js_sys::Date;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, Event};

use super::pictures::Pictures;
use super::shelves::Shelves;
use super::wait::window;
use crate::app::{Action, Case, CaseId};
use crate::vision::Sha256;
use database::{Database, StoreError};
use holding::{Heard, Holding};
use last_words::LastWords;
pub(super) use writing::persist;
use writing::{Write, Written};

/// Said on the window when another tab is about to take the case over, or it is left by the address: who is writing has finished.
pub const SETTLE: &str = "boardwatch-settle";

/// A case as it was read.
struct Stored {
    case: Box<Case>,
    revision: Option<u32>,
}

/// Reads at once; writes one after the other, and of one case's only the last.
pub(super) struct Store {
    database: Database,
    pictures: Rc<Pictures>,
    shelves: Rc<Shelves>,
    holding: Rc<Holding>,
    dispatch: Rc<dyn Fn(Action)>,
    writes: RefCell<VecDeque<Write>>,
    /// What is being written.
    writing: RefCell<Option<Rc<Write>>>,
    at_work: Cell<bool>,
    /// The revision of each case that this tab knows.
    revisions: RefCell<Vec<(CaseId, u32)>>,
    /// What was in the bin for long has been deleted.
    emptied: Cell<bool>,
    /// The browser was asked not to clear this storage by itself.
    asked_to_persist: Cell<bool>,
    /// The page goes: what is to be written now may never be.
    going: Cell<bool>,
    /// It went, left last words, and came back.
    spoke: Cell<bool>,
    /// What was kept when it went last: not looked for yet, or being written.
    last_words: Cell<Recovery>,
    /// Who waits for a write to end.
    waiting: RefCell<Vec<Waker>>,
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
                writing: RefCell::default(),
                at_work: Cell::default(),
                revisions: RefCell::default(),
                emptied: Cell::default(),
                asked_to_persist: Cell::default(),
                going: Cell::default(),
                spoke: Cell::default(),
                last_words: Cell::default(),
                waiting: RefCell::default(),
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
            // What is being written may not come to its end; what waits is later.
            self.writing
                .borrow()
                .as_deref()
                .into_iter()
                .chain(self.writes.borrow().iter())
                .for_each(|write| self.keep_last_words(write));
        }
    }

    fn keep_last_words(&self, write: &Write) {
        if let Write::Case(case) = write {
            last_words::keep(case, self.revision(case.id), self.is_writing(case.id));
            self.spoke.set(true);
        }
    }

    fn revision(&self, id: CaseId) -> Option<u32> {
        self.revisions.borrow().iter().find(|(known, _)| *known == id).map(|(_, revision)| *revision)
    }

    /// Writes what was kept when the page went last, before anything is read.
    async fn recovered(&self) {
        self.until(|store| store.last_words.get() != Recovery::UnderWay).await;
        if self.last_words.replace(Recovery::UnderWay) == Recovery::Done {
            return self.last_words.set(Recovery::Done);
        }
        for words in last_words::read() {
            let id = words.id;
            match self.write_last_words(words).await {
                Ok(()) => last_words::forget(id),
                // They stay for the next time.
                Err(error) => (self.dispatch)(failed(&error)),
            }
        }
        self.last_words.set(Recovery::Done);
        self.wake();
    }

    /// Another tab of this browser did or wants something.
    fn heard(self: &Rc<Self>, heard: Heard) {
        match heard {
            Heard::Stored(id) => (self.dispatch)(Action::CaseStoredElsewhere(id)),
            Heard::Inherited(id) => spawn_local(Rc::clone(self).hold(id)),
            Heard::Taken(id) => (self.dispatch)(Action::CaseHeld(id, false)),
            Heard::Wanted(id, asking) => {
                settle();
                let Some(leaving) = self.holding.let_go(id) else { return };
                (self.dispatch)(Action::CaseHeld(id, false));
                let store = Rc::clone(self);
                spawn_local(async move {
                    store.drained(id).await;
                    store.holding.give(leaving, asking).await;
                });
            }
        }
    }

    /// This tab holds the case from now on, as it is stored: in this order, so that nothing is done to another state of it.
    async fn hold(self: Rc<Self>, id: CaseId) {
        let turn = self.holding.here(id);
        let read = self.read(id).await;
        match self.holding.here(id) {
            now if now.is_some() && now == turn => {
                self.bring(id, read);
                (self.dispatch)(Action::CaseHeld(id, true));
            }
            // It has gone to another tab and come back, and is being read for that.
            Some(_) => {}
            // It has gone to another tab, which was said by then.
            None => self.bring(id, read),
        }
    }

    fn bring(&self, id: CaseId, read: Result<Option<Stored>, String>) {
        let case = read.map(|stored| {
            stored.map(|stored| {
                self.know(id, stored.revision);
                stored.case
            })
        });
        (self.dispatch)(Action::CaseLoaded(id, case));
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

    /// Answered by `CasesListed` or `StorageFailed`.
    pub(super) async fn list(self: Rc<Self>) {
        self.recovered().await;
        if !self.emptied.replace(true) {
            // What can't be deleted now can be deleted next time.
            drop(records::empty_bin(&self.database, Date::now()).await);
        }
        (self.dispatch)(records::list(&self.database).await.map_or_else(|error| failed(&error), Action::CasesListed));
    }

    /// Answered by `CaseLoaded`, then `CaseHeld`, when this tab holds the case, and else by `CaseHeld`, then `CaseLoaded`.
    pub(super) async fn load(self: Rc<Self>, id: CaseId) {
        self.recovered().await;
        if self.holding.claim(id).await {
            self.hold(id).await;
        } else {
            (self.dispatch)(Action::CaseHeld(id, false));
            self.follow(id).await;
        }
    }

    /// Answered by `CaseLoaded`, unless the case is in this tab by then, which brings it.
    pub(super) async fn follow(self: Rc<Self>, id: CaseId) {
        if self.holding.is_here(id) {
            return;
        }
        let read = self.read(id).await;
        if !self.holding.is_here(id) {
            self.bring(id, read);
        }
    }

    /// A case as it is stored, or as it will be: what is not written yet comes first.
    async fn read(&self, id: CaseId) -> Result<Option<Stored>, String> {
        if let Some(case) = self.unwritten(id) {
            return Ok(Some(Stored { case, revision: self.revision(id) }));
        }
        let read = records::read(&self.database, id).await.map_err(|error| {
            format!("The case could not be read, because in this browser {error}. Close other tabs of this page, then reload it.")
        })?;
        let Some((text, card)) = read else { return Ok(None) };
        let case = Case::from_json(&text).map(Box::new).map_err(|error| error.to_string())?;
        Ok(Some(Stored { case, revision: card.map(|card| card.revision) }))
    }

    async fn write_last_words(&self, LastWords { id, text, base, writing }: LastWords) -> Result<(), StoreError> {
        // What is of a later version, or altered, is nothing that this page can write.
        let Some(case) = Case::from_json(&text).ok().filter(|case| case.id == id) else { return Ok(()) };
        let next = base.map_or(1, |base| base.wrapping_add(1));
        let (written, stored) = records::read(&self.database, id).await?.unzip();
        if written.as_ref() == Some(&text) {
            return Ok(());
        }
        let stored = stored.flatten();
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
}

/// Has whoever is writing finish.
pub(super) fn settle() {
    if let Ok(settle) = Event::new(SETTLE) {
        drop(window().dispatch_event(&settle));
    }
}

fn failed(error: &StoreError) -> Action {
    Action::StorageFailed(format!(
        "Your work can't be kept in this browser: {error}. It goes on in this tab; save the case to a file before you close it."
    ))
}
