//! What a component of the library holds in its hands.

use std::rc::Rc;

use yew::{Callback, Event, TargetCast as _};

use crate::app::library::{Library, LibraryAction, LibraryEffect, update};
use crate::ui::annexed::{Annexed, Programme};
use crate::web::{Librarian, Shelves};

/// The library's programme.
pub(super) struct LibraryProgramme;

impl Programme for LibraryProgramme {
    type State = Library;
    type Action = LibraryAction;
    type Effect = LibraryEffect;
    type Hands = Librarian;

    fn update(state: &mut Library, action: LibraryAction) -> Vec<LibraryEffect> {
        update(state, action)
    }

    fn start(dispatch: Rc<dyn Fn(LibraryAction)>) -> Rc<Librarian> {
        Librarian::start(dispatch)
    }

    fn perform(hands: &Rc<Librarian>, effects: Vec<LibraryEffect>) {
        hands.perform(effects);
    }
}

/// One moment of it.
pub(super) type LibraryDesk = Annexed<LibraryProgramme>;

impl LibraryDesk {
    /// A listener that takes the chosen photo.
    pub(super) fn on_photo(&self) -> Callback<Event> {
        let desk = self.clone();
        Callback::from(move |event: Event| {
            if let (Some(input), Some(librarian)) = (event.target_dyn_into(), desk.hands()) {
                librarian.take_photo(&input);
            }
        })
    }

    /// Files that are kept, and the way to others.
    pub(super) fn shelves(&self) -> Option<Rc<Shelves>> {
        self.hands().map(|librarian| Rc::clone(librarian.shelves()))
    }
}
