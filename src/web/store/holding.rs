//! Which tab holds a case: a Web Lock for each, and a channel on which the tabs of this browser tell each other what they stored.

use std::cell::{Cell, RefCell, RefMut};
use std::mem;
use std::rc::Rc;

use js_sys::{Array, Function, Math, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

use crate::app::CaseId;
use crate::web::wait::{window, within};

/// The channel's name, and how a lock's begins.
const NAME: &str = "boardwatch-case";
/// Who holds a case writes down what is waiting and lets go within this, or loses it: its tab may be frozen.
const YIELD_MS: i32 = 2_000;

/// What another tab did, or wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Heard {
    /// It has stored this case.
    Stored(CaseId),
    /// It wants to work on this case, which this tab holds.
    Wanted(CaseId, Asking),
    /// This tab holds it now: the other one is gone.
    Inherited(CaseId),
    /// This tab holds it no longer: the other one took it.
    Taken(CaseId),
}

/// Tells one asking for a case from another, so that an answer that comes late is not taken for that to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Asking(u32);

/// The cases that are open in this tab, one as a rule, and for a moment the one before.
pub(in crate::web) struct Holding {
    heard: Box<dyn Fn(Heard)>,
    /// `None` where the browser has none: then every tab works on what it opens, and what two of them store is told apart when it is written.
    locks: Option<JsValue>,
    channel: Option<BroadcastChannel>,
    /// A few at most, so that they are searched one by one.
    seats: RefCell<Vec<Seat>>,
    turns: Cell<u32>,
    /// Called when the tab that was asked has let go.
    ready: RefCell<Option<(Asking, Function)>>,
}

/// What this tab has of a case.
struct Seat {
    id: CaseId,
    stand: Stand,
    /// Another one with each stand, and never the same again: what was begun in an earlier turn has nothing to say in this one.
    turn: Turn,
    /// It is about to be given up.
    leaving: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Turn(u32);

enum Stand {
    /// It is asked whether another tab has it.
    Asking(Promise),
    /// This tab will hold it when the other one lets go.
    Waiting(AbortController),
    /// This tab holds it; there is nothing to be let go of where there are no locks.
    Here(Option<Lock>),
    /// It is being taken from another tab, which has been asked.
    Taking,
    /// Another tab has it, or is to have it.
    Elsewhere,
}

/// A lock that was granted.
struct Lock {
    leave: Function,
    /// Ends when it is let go, and fails when it is taken.
    running: Promise,
}

impl Lock {
    fn leave(&self) {
        drop(self.leave.call0(&JsValue::NULL));
    }
}

/// A case that is about to go to another tab.
pub(in crate::web) struct Leaving {
    id: CaseId,
    lock: Option<Lock>,
}

/// How a lock is asked for.
enum Manner {
    IfFree,
    Waiting(AbortController),
    ByForce,
}

impl Holding {
    /// Listens to the other tabs from now on.
    pub(in crate::web) fn new(heard: Box<dyn Fn(Heard)>) -> Rc<Self> {
        let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object);
        let holding = Rc::new(Self {
            heard,
            locks,
            channel: BroadcastChannel::new(NAME).ok(),
            seats: RefCell::default(),
            turns: Cell::default(),
            ready: RefCell::default(),
        });
        if let Some(channel) = &holding.channel {
            let listening = Rc::downgrade(&holding);
            let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                if let (Some(holding), Some(text)) = (listening.upgrade(), event.data().as_string()) {
                    holding.told(&text);
                }
            });
            channel.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
        }
        holding
    }

    fn told(&self, text: &str) {
        let mut words = text.split(' ');
        let (Some(word), Some(id)) = (words.next(), words.next().and_then(|id| id.parse().ok()).map(CaseId)) else { return };
        let asking = words.next().and_then(|asking| asking.parse().ok()).map(Asking);
        match (word, asking) {
            ("stored", _) => (self.heard)(Heard::Stored(id)),
            ("wanted", Some(asking)) if self.is_here(id) => (self.heard)(Heard::Wanted(id, asking)),
            ("ready", Some(asking)) => {
                let ready = self.ready.borrow_mut().take_if(|(asked, _)| *asked == asking);
                ready.iter().for_each(|(_, ready)| drop(ready.call0(&JsValue::NULL)));
            }
            _ => {}
        }
    }

    fn tell(&self, sentence: &str) {
        if let Some(channel) = &self.channel {
            // A channel that is closed has nobody on the other side.
            drop(channel.post_message(&sentence.into()));
        }
    }

    /// Tells the other tabs that the case is stored.
    pub(in crate::web) fn stored(&self, id: CaseId) {
        self.tell(&format!("stored {}", id.0));
    }

    /// Nothing more is heard.
    pub(in crate::web) fn close(&self) {
        self.channel.iter().for_each(BroadcastChannel::close);
    }

    /// True while this tab holds the case.
    pub(in crate::web) fn is_here(&self, id: CaseId) -> bool {
        self.here(id).is_some()
    }

    /// Since when this tab holds the case, if it does.
    pub(in crate::web) fn here(&self, id: CaseId) -> Option<Turn> {
        self.seat(id).filter(|seat| matches!(seat.stand, Stand::Here(_))).map(|seat| seat.turn)
    }

    fn turn(&self, id: CaseId) -> Option<Turn> {
        self.seat(id).map(|seat| seat.turn)
    }

    fn seat(&self, id: CaseId) -> Option<RefMut<'_, Seat>> {
        RefMut::filter_map(self.seats.borrow_mut(), |seats| seats.iter_mut().find(|seat| seat.id == id)).ok()
    }

    fn next_turn(&self) -> Turn {
        self.turns.set(self.turns.get().wrapping_add(1));
        Turn(self.turns.get())
    }

    /// What is had of the case from now on, and what was had of it before; `None` when it isn't open here.
    fn stand(&self, id: CaseId, stand: Stand) -> Option<(Turn, Stand)> {
        let turn = self.next_turn();
        let mut seat = self.seat(id)?;
        seat.turn = turn;
        Some((turn, mem::replace(&mut seat.stand, stand)))
    }

    /// A place for a case that is not open here.
    fn place(&self, id: CaseId) {
        if self.seat(id).is_none() {
            let turn = self.next_turn();
            self.seats.borrow_mut().push(Seat { id, stand: Stand::Elsewhere, turn, leaving: false });
        }
    }

    /// Opens a case here; true when this tab holds it. If not, it will when the other one is closed.
    pub(in crate::web) async fn claim(self: &Rc<Self>, id: CaseId) -> bool {
        let asked = self.seat(id).map(|mut seat| {
            seat.leaving = false;
            if let Stand::Asking(asked) = &seat.stand { Some(asked.clone()) } else { None }
        });
        match asked {
            Some(None) => return self.is_here(id),
            Some(Some(asked)) => {
                drop(JsFuture::from(asked).await);
                return self.is_here(id);
            }
            None => {}
        }
        let here = self.claim_now(id).await;
        if !here {
            self.wait_for(id);
        }
        here
    }

    /// Holds a case for a moment, to change it; false when another tab does.
    pub(in crate::web) async fn claim_now(self: &Rc<Self>, id: CaseId) -> bool {
        self.place(id);
        self.ask(id, Manner::IfFree).await
    }

    /// Holds the case here, whoever held it; the other tab has written down what it had. False when there was no need to, or it is closed by now.
    pub(in crate::web) async fn take(self: &Rc<Self>, id: CaseId) -> bool {
        if self.is_here(id) {
            return false;
        }
        let Some((turn, before)) = self.stand(id, Stand::Taking) else { return false };
        if let Stand::Waiting(waiting) = before {
            waiting.abort();
        }
        let asking = Asking((Math::random() * f64::from(u32::MAX)) as u32);
        let ready = Promise::new(&mut |resolve, _| drop(self.ready.replace(Some((asking, resolve)))));
        self.tell(&format!("wanted {} {}", id.0, asking.0));
        drop(within(&ready, YIELD_MS).await);
        self.turn(id) == Some(turn) && self.ask(id, Manner::ByForce).await
    }

    /// From now on another tab may take the case; `give` follows.
    pub(in crate::web) fn let_go(&self, id: CaseId) -> Option<Leaving> {
        let (_, before) = self.stand(id, Stand::Elsewhere)?;
        let lock = if let Stand::Here(lock) = before { lock } else { None };
        Some(Leaving { id, lock })
    }

    /// Lets the case go to the tab that asked for it, and waits for it to come back. The lock stays here until it is taken: who queues for one that is
    /// free gets it back at once.
    pub(in crate::web) async fn give(self: &Rc<Self>, leaving: Leaving, asking: Asking) {
        let Leaving { id, lock } = leaving;
        self.tell(&format!("ready {} {}", id.0, asking.0));
        if let Some(lock) = lock {
            // The tab that asked may be gone.
            drop(within(&lock.running, YIELD_MS).await);
            lock.leave();
        }
        self.wait_for(id);
    }

    /// The case will be closed here unless it is claimed again.
    pub(in crate::web) fn leave_soon(&self, id: CaseId) {
        if let Some(mut seat) = self.seat(id) {
            seat.leaving = true;
        }
    }

    /// Closes it if that is still wanted.
    pub(in crate::web) fn left(&self, id: CaseId) {
        let mut seats = self.seats.borrow_mut();
        let Some(place) = seats.iter().position(|seat| seat.id == id && seat.leaving) else { return };
        match seats.swap_remove(place).stand {
            Stand::Waiting(waiting) => waiting.abort(),
            Stand::Here(Some(lock)) => lock.leave(),
            Stand::Here(None) | Stand::Asking(_) | Stand::Taking | Stand::Elsewhere => {}
        }
    }

    /// Takes a case that is elsewhere over when nobody else holds it any more.
    fn wait_for(self: &Rc<Self>, id: CaseId) {
        let holding = Rc::clone(self);
        spawn_local(async move {
            let is_elsewhere = holding.seat(id).is_some_and(|seat| matches!(seat.stand, Stand::Elsewhere));
            let waiting = AbortController::new().ok().filter(|_| is_elsewhere);
            if let Some(waiting) = waiting
                && holding.ask(id, Manner::Waiting(waiting)).await
            {
                (holding.heard)(Heard::Inherited(id));
            }
        });
    }

    /// True when this tab holds the case from now on.
    async fn ask(self: &Rc<Self>, id: CaseId, manner: Manner) -> bool {
        let Ok((lock, answer)) = self.request(id, &manner) else {
            // Where locks are refused, as in some private windows, each tab works for itself.
            return self.stand(id, Stand::Here(None)).is_some();
        };
        let answer = Promise::race(&Array::of2(&answer, &lock.running));
        let stand = match manner {
            Manner::IfFree => Stand::Asking(answer.clone()),
            Manner::Waiting(waiting) => Stand::Waiting(waiting),
            Manner::ByForce => Stand::Taking,
        };
        let turn = self.stand(id, stand).map(|(turn, _)| turn);
        let granted = JsFuture::from(answer).await.ok().and_then(|granted| granted.as_bool()) == Some(true);
        if turn.is_none() || self.turn(id) != turn {
            // It was closed in the meantime, or asked for in another manner.
            lock.leave();
            return false;
        }
        let running = lock.running.clone();
        let stand = if granted { Stand::Here(Some(lock)) } else { Stand::Elsewhere };
        let turn = self.stand(id, stand).map(|(turn, _)| turn);
        if !granted {
            return false;
        }
        let holding = Rc::clone(self);
        spawn_local(async move {
            if JsFuture::from(running).await.is_err() && holding.here(id) == turn {
                drop(holding.let_go(id));
                (holding.heard)(Heard::Taken(id));
                holding.wait_for(id);
            }
        });
        true
    }

    /// The lock that is asked for, and whether it is granted.
    fn request(&self, id: CaseId, manner: &Manner) -> Result<(Lock, Promise), JsValue> {
        let locks = self.locks.as_ref().ok_or(JsValue::NULL)?;
        let (mut leave, mut answered) = (None, None);
        let left = Promise::new(&mut |resolve, _| leave = Some(resolve));
        let answer = Promise::new(&mut |resolve, _| answered = Some(resolve));
        let (leave, answered) = leave.zip(answered).ok_or(JsValue::NULL)?;
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            drop(answered.call1(&JsValue::NULL, &lock.is_object().into()));
            if lock.is_object() { left.into() } else { JsValue::UNDEFINED }
        });
        let options = Object::new();
        let (option, value) = match manner {
            Manner::IfFree => ("ifAvailable", JsValue::TRUE),
            Manner::ByForce => ("steal", JsValue::TRUE),
            Manner::Waiting(waiting) => ("signal", waiting.signal().into()),
        };
        Reflect::set(&options, &option.into(), &value)?;
        let request: Function = Reflect::get(locks, &"request".into())?.dyn_into()?;
        let running = request.call3(locks, &format!("{NAME}-{}", id.0).into(), &options, &granted)?.dyn_into()?;
        Ok((Lock { leave, running }, answer))
    }
}
