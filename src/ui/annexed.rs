//! A programme of the annex, and one moment of it.

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::rc::Rc;

use yew::Callback;

/// A state, what can happen to it, and the hands that do what is wanted.
pub(super) trait Programme: 'static {
    type State: Default;
    type Action: Clone + 'static;
    type Effect;
    type Hands;

    /// Every decision.
    fn update(state: &mut Self::State, action: Self::Action) -> Vec<Self::Effect>;
    /// The hands, which answer through `dispatch`.
    fn start(dispatch: Rc<dyn Fn(Self::Action)>) -> Rc<Self::Hands>;
    fn perform(hands: &Rc<Self::Hands>, effects: Vec<Self::Effect>);
}

struct Running<P: Programme> {
    state: RefCell<P::State>,
    hands: OnceCell<Rc<P::Hands>>,
    /// What is wanted before the hands are there.
    early: RefCell<Vec<P::Effect>>,
    revision: Cell<u32>,
    redraw: Callback<()>,
}

impl<P: Programme> Running<P> {
    fn dispatch(&self, action: P::Action) {
        let effects = P::update(&mut self.state.borrow_mut(), action);
        self.revision.set(self.revision.get().wrapping_add(1));
        self.redraw.emit(());
        match self.hands.get() {
            Some(hands) => P::perform(hands, effects),
            None => self.early.borrow_mut().extend(effects),
        }
    }
}

/// One moment of a programme: what a component holds in its hands. Two are equal when nothing happened between them.
pub(super) struct Annexed<P: Programme> {
    running: Rc<Running<P>>,
    revision: u32,
}

impl<P: Programme> Clone for Annexed<P> {
    fn clone(&self) -> Self {
        Self { running: Rc::clone(&self.running), revision: self.revision }
    }
}

impl<P: Programme> PartialEq for Annexed<P> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.running, &other.running) && self.revision == other.revision
    }
}

impl<P: Programme> Annexed<P> {
    /// Starts the programme; `redraw` is called after every action.
    pub(super) fn open(redraw: Callback<()>) -> Self {
        let running: Rc<Running<P>> = Rc::new(Running {
            state: RefCell::default(),
            hands: OnceCell::new(),
            early: RefCell::default(),
            revision: Cell::new(0),
            redraw,
        });
        let heard = Rc::downgrade(&running);
        let hands = P::start(Rc::new(move |action| {
            if let Some(running) = heard.upgrade() {
                running.dispatch(action);
            }
        }));
        P::perform(&hands, running.early.take());
        _ = running.hands.set(hands);
        Self { running, revision: 0 }
    }

    /// The same programme, now.
    pub(super) fn now(&self) -> Self {
        Self { running: Rc::clone(&self.running), revision: self.running.revision.get() }
    }

    /// The state, for the time of drawing.
    pub(super) fn state(&self) -> Ref<'_, P::State> {
        self.running.state.borrow()
    }

    /// Lets `action` happen.
    pub(super) fn send(&self, action: P::Action) {
        self.running.dispatch(action);
    }

    /// A listener that lets `action` happen.
    pub(super) fn on<E>(&self, action: P::Action) -> Callback<E> {
        let desk = self.clone();
        Callback::from(move |_| desk.send(action.clone()))
    }

    /// The programme's hands.
    pub(super) fn hands(&self) -> Option<&Rc<P::Hands>> {
        self.running.hands.get()
    }
}
