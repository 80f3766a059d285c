//! What a component of the library holds in its hands.

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::rc::Rc;

use yew::{Callback, Event, TargetCast as _};

use crate::app::library::{Library, LibraryAction, LibraryEffect, update};
use crate::web::{Librarian, Shelves};

/// The running programme.
struct Programme {
    library: RefCell<Library>,
    librarian: OnceCell<Rc<Librarian>>,
    early: RefCell<Vec<LibraryEffect>>,
    revision: Cell<u32>,
    redraw: Callback<()>,
}

impl Programme {
    fn dispatch(&self, action: LibraryAction) {
        let effects = update(&mut self.library.borrow_mut(), action);
        self.revision.set(self.revision.get().wrapping_add(1));
        self.redraw.emit(());
        match self.librarian.get() {
            Some(librarian) => librarian.perform(effects),
            None => self.early.borrow_mut().extend(effects),
        }
    }
}

/// One moment of the library's programme.
#[derive(Clone)]
pub(super) struct LibraryDesk {
    programme: Rc<Programme>,
    revision: u32,
}

impl PartialEq for LibraryDesk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.programme, &other.programme) && self.revision == other.revision
    }
}

impl LibraryDesk {
    /// Starts the programme; `redraw` is called after every action.
    pub(super) fn open(redraw: Callback<()>) -> Self {
        let programme = Rc::new(Programme {
            library: RefCell::default(),
            librarian: OnceCell::new(),
            early: RefCell::default(),
            revision: Cell::new(0),
            redraw,
        });
        let heard = Rc::downgrade(&programme);
        let librarian = Librarian::start(Rc::new(move |action| {
            if let Some(programme) = heard.upgrade() {
                programme.dispatch(action);
            }
        }));
        librarian.perform(programme.early.take());
        _ = programme.librarian.set(librarian);
        Self { programme, revision: 0 }
    }

    /// The same programme, now.
    pub(super) fn now(&self) -> Self {
        Self { programme: Rc::clone(&self.programme), revision: self.programme.revision.get() }
    }

    /// The library, for the time of drawing.
    pub(super) fn library(&self) -> Ref<'_, Library> {
        self.programme.library.borrow()
    }

    pub(super) fn send(&self, action: LibraryAction) {
        self.programme.dispatch(action);
    }

    /// A listener that lets `action` happen.
    pub(super) fn on<E>(&self, action: LibraryAction) -> Callback<E> {
        let desk = self.clone();
        Callback::from(move |_| desk.send(action.clone()))
    }

    /// A listener that takes the chosen photo.
    pub(super) fn on_photo(&self) -> Callback<Event> {
        let desk = self.clone();
        Callback::from(move |event: Event| {
            if let (Some(input), Some(librarian)) = (event.target_dyn_into(), desk.programme.librarian.get()) {
                librarian.take_photo(&input);
            }
        })
    }

    /// The library is closed.
    pub(super) fn leave(&self) {
        self.programme.librarian.get().into_iter().for_each(|librarian| librarian.leave());
    }

    /// Files that are kept, and the way to others.
    pub(super) fn shelves(&self) -> Option<Rc<Shelves>> {
        self.programme.librarian.get().map(|librarian| Rc::clone(librarian.shelves()))
    }
}
