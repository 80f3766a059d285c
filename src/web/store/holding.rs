//! Which tab holds a case: a Web Lock for each, and a channel on which the tabs of this browser tell each other what they stored.

use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
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
    Wanted(CaseId),
    /// This tab holds it now: the other one is gone.
    Inherited(CaseId),
    /// This tab holds it no longer: the other one took it.
    Taken(CaseId),
}

/// The cases that are open in this tab, one as a rule, and for a moment the one before.
pub(in crate::web) struct Holding {
    heard: Box<dyn Fn(Heard)>,
    /// `None` where the browser has none: then every tab works on what it opens, and what two of them store is told apart when it is written.
    locks: Option<JsValue>,
    channel: Option<BroadcastChannel>,
    /// A few at most, so that they are searched one by one.
    seats: RefCell<Vec<Seat>>,
    /// Called when the tab that was asked has let go.
    ready: RefCell<Option<Function>>,
}

/// What this tab has of a case.
struct Seat {
    id: CaseId,
    here: bool,
    /// It is about to be given up.
    leaving: bool,
    /// It is being taken from another tab.
    taking: bool,
    /// How often this tab got the lock: to tell the lock that it has from one that it had.
    turn: u32,
    /// Lets the lock go.
    leave: Option<Function>,
    /// Ends the waiting for it.
    waiting: Option<AbortController>,
}

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    IfFree,
    Waiting,
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
        let Some((word, Ok(id))) = text.split_once(' ').map(|(word, id)| (word, id.parse().map(CaseId))) else { return };
        match word {
            "stored" => (self.heard)(Heard::Stored(id)),
            "wanted" if self.is_here(id) => (self.heard)(Heard::Wanted(id)),
            "ready" => self.ready.take().iter().for_each(|ready| drop(ready.call0(&JsValue::NULL))),
            _ => {}
        }
    }

    fn tell(&self, word: &str, id: CaseId) {
        if let Some(channel) = &self.channel {
            // A channel that is closed has nobody on the other side.
            drop(channel.post_message(&format!("{word} {}", id.0).into()));
        }
    }

    /// Tells the other tabs that the case is stored.
    pub(in crate::web) fn stored(&self, id: CaseId) {
        self.tell("stored", id);
    }

    /// Nothing more is heard.
    pub(in crate::web) fn close(&self) {
        self.channel.iter().for_each(BroadcastChannel::close);
    }

    /// True while this tab holds the case.
    pub(in crate::web) fn is_here(&self, id: CaseId) -> bool {
        self.seat(id).is_some_and(|seat| seat.here)
    }

    fn seat(&self, id: CaseId) -> Option<RefMut<'_, Seat>> {
        RefMut::filter_map(self.seats.borrow_mut(), |seats| seats.iter_mut().find(|seat| seat.id == id)).ok()
    }

    /// A place for a case that is not open here; false when it is.
    fn place(&self, id: CaseId) -> bool {
        let is_new = self.seat(id).is_none();
        if is_new {
            self.seats.borrow_mut().push(Seat {
                id,
                here: false,
                leaving: false,
                taking: false,
                turn: 0,
                leave: None,
                waiting: None,
            });
        }
        is_new
    }

    /// Opens a case here; true when this tab holds it. If not, it will when the other one is closed.
    pub(in crate::web) async fn claim(self: &Rc<Self>, id: CaseId) -> bool {
        if let Some(mut seat) = self.seat(id) {
            seat.leaving = false;
            return seat.here;
        }
        self.place(id);
        let here = self.ask(id, Manner::IfFree).await;
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

    /// Holds the case here, whoever held it; the other tab has written down what it had.
    pub(in crate::web) async fn take(self: &Rc<Self>, id: CaseId) -> bool {
        let turn = |holding: &Self| holding.seat(id).map(|seat| seat.turn);
        let before = turn(self);
        let ready = Promise::new(&mut |resolve, _| drop(self.ready.replace(Some(resolve))));
        self.tell("wanted", id);
        drop(within(&ready, YIELD_MS).await);
        if turn(self) != before {
            // It came by waiting, and may be in another tab again by now: it is not taken from there twice.
            return self.is_here(id);
        }
        let waiting = self.seat(id).and_then(|mut seat| {
            seat.taking = true;
            seat.waiting.take()
        });
        if let Some(waiting) = waiting {
            waiting.abort();
        }
        // The lock that is taken by force may be one that this tab has just got by waiting.
        let here = self.is_here(id) || self.ask(id, Manner::ByForce).await;
        if let Some(mut seat) = self.seat(id) {
            seat.taking = false;
        }
        here
    }

    /// From now on another tab may take the case; `give` follows.
    pub(in crate::web) fn let_go(&self, id: CaseId) {
        if let Some(mut seat) = self.seat(id) {
            seat.here = false;
        }
    }

    /// Lets the case go to the tab that wants it, and waits for it to come back.
    pub(in crate::web) fn give(self: &Rc<Self>, id: CaseId) {
        let leave = self.seat(id).and_then(|mut seat| seat.leave.take());
        leave.iter().for_each(|leave| drop(leave.call0(&JsValue::NULL)));
        self.tell("ready", id);
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
        let seat = seats.swap_remove(place);
        seat.waiting.iter().for_each(AbortController::abort);
        seat.leave.iter().for_each(|leave| drop(leave.call0(&JsValue::NULL)));
    }

    /// Takes the case over when nobody else holds it any more.
    fn wait_for(self: &Rc<Self>, id: CaseId) {
        let holding = Rc::clone(self);
        spawn_local(async move {
            if holding.ask(id, Manner::Waiting).await {
                (holding.heard)(Heard::Inherited(id));
            }
        });
    }

    /// True when this tab holds the case from now on.
    async fn ask(self: &Rc<Self>, id: CaseId, manner: Manner) -> bool {
        let asked = self.request(id, manner);
        // Where locks are refused, as in some private windows, each tab works for itself.
        let Ok((running, answer, leave)) = asked else { return self.sit(id, None) };
        let granted = JsFuture::from(Promise::race(&Array::of2(&answer, &running))).await;
        if granted.ok().and_then(|granted| granted.as_bool()) != Some(true) {
            return false;
        }
        if !self.sit(id, Some(leave.clone())) {
            // It was closed in the meantime.
            drop(leave.call0(&JsValue::NULL));
            return false;
        }
        let (holding, turn) = (Rc::clone(self), self.seat(id).map(|seat| seat.turn));
        spawn_local(async move {
            let is_lost = JsFuture::from(running).await.is_err();
            let is_the_last = |seat: RefMut<'_, Seat>| seat.here && !seat.taking && Some(seat.turn) == turn;
            if is_lost && holding.seat(id).is_some_and(is_the_last) {
                holding.let_go(id);
                (holding.heard)(Heard::Taken(id));
                holding.wait_for(id);
            }
        });
        true
    }

    /// False when the case is no longer open here.
    fn sit(&self, id: CaseId, leave: Option<Function>) -> bool {
        let Some(mut seat) = self.seat(id) else { return false };
        (seat.here, seat.leave, seat.waiting) = (true, leave, None);
        seat.turn = seat.turn.wrapping_add(1);
        true
    }

    /// The request for the lock, which runs until the lock is let go; what comes first of it; and how it is let go.
    fn request(&self, id: CaseId, manner: Manner) -> Result<(Promise, Promise, Function), JsValue> {
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
            Manner::Waiting => {
                let stop = AbortController::new()?;
                let signal = stop.signal().into();
                // Who waits twice would inherit the case from itself.
                let earlier = self.seat(id).and_then(|mut seat| seat.waiting.replace(stop));
                earlier.iter().for_each(AbortController::abort);
                ("signal", signal)
            }
        };
        Reflect::set(&options, &option.into(), &value)?;
        let request: Function = Reflect::get(locks, &"request".into())?.dyn_into()?;
        let running = request.call3(locks, &format!("{NAME}-{}", id.0).into(), &options, &granted)?;
        Ok((running.dyn_into()?, answer, leave))
    }
}
