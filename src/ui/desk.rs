//! What a component holds in its hands: the state to read, and the way to send an action.

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::rc::Rc;

use web_sys::{Event, HtmlInputElement};
use yew::{Callback, TargetCast};

use crate::app::{Action, Effect, State, update};
use crate::web::Shell;

/// The running programme. The state stands in one place and is never copied: a comparison is large.
struct Programme {
    state: RefCell<State>,
    shell: OnceCell<Rc<Shell>>,
    /// What is wanted before the shell is up: it reports its own start.
    early: RefCell<Vec<Effect>>,
    revision: Cell<u32>,
    redraw: Callback<()>,
    /// Called after every action, before anything is drawn anew: for the stage, which has to know of a tool before the next press.
    watcher: RefCell<Option<Rc<dyn Fn()>>>,
}

impl Programme {
    fn dispatch(&self, action: Action) {
        let effects = update(&mut self.state.borrow_mut(), action);
        self.revision.set(self.revision.get().wrapping_add(1));
        let watcher = self.watcher.borrow().clone();
        if let Some(watcher) = watcher {
            watcher();
        }
        self.redraw.emit(());
        match self.shell.get() {
            Some(shell) => shell.perform(effects),
            None => self.early.borrow_mut().extend(effects),
        }
    }
}

/// One moment of the programme. Two are equal when nothing happened between them, so that components which were given
/// the same one are not drawn again.
#[derive(Clone)]
pub(super) struct Desk {
    programme: Rc<Programme>,
    revision: u32,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.programme, &other.programme) && self.revision == other.revision
    }
}

impl Desk {
    /// Starts the programme; `redraw` is called after every action.
    pub(super) fn open(redraw: Callback<()>) -> Self {
        let programme = Rc::new(Programme {
            state: RefCell::default(),
            shell: OnceCell::new(),
            early: RefCell::default(),
            revision: Cell::new(0),
            redraw,
            watcher: RefCell::default(),
        });
        let heard = Rc::downgrade(&programme);
        let shell = Shell::start(Rc::new(move |action| {
            if let Some(programme) = heard.upgrade() {
                programme.dispatch(action);
            }
        }));
        shell.perform(programme.early.take());
        _ = programme.shell.set(shell);
        Self { programme, revision: 0 }
    }

    /// The same programme, now.
    pub(super) fn now(&self) -> Self {
        Self { programme: self.programme.clone(), revision: self.programme.revision.get() }
    }

    /// The state, for the time of drawing.
    pub(super) fn state(&self) -> Ref<'_, State> {
        self.programme.state.borrow()
    }

    /// Lets `action` happen.
    pub(super) fn send(&self, action: Action) {
        self.programme.dispatch(action);
    }

    /// A listener that lets `action` happen.
    pub(super) fn on<E>(&self, action: Action) -> Callback<E> {
        let desk = self.clone();
        Callback::from(move |_| desk.send(action.clone()))
    }

    /// Calls `watcher` after every action from now on, in the place of the one before; `None` calls nobody.
    pub(super) fn watch(&self, watcher: Option<Rc<dyn Fn()>>) {
        *self.programme.watcher.borrow_mut() = watcher;
    }

    /// A listener that hands the files chosen in an input to the shell, by `act`.
    pub(super) fn on_files(&self, act: impl Fn(&Rc<Shell>, &HtmlInputElement) + 'static) -> Callback<Event> {
        let desk = self.clone();
        Callback::from(move |event: Event| {
            if let (Some(input), Some(shell)) = (event.target_dyn_into::<HtmlInputElement>(), desk.shell()) {
                act(&shell, &input);
            }
        })
    }

    /// The programme's hands.
    pub(super) fn shell(&self) -> Option<Rc<Shell>> {
        self.programme.shell.get().cloned()
    }
}
