//! The other hands of a comparison, in workers of their own, reached over message ports.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo::events::EventListener;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, MessagePort};

use crate::vision::{Came, Crew};

/// The hands of a comparison, seen from this worker. With no others it is a hand alone.
pub(super) struct Links {
    own: usize,
    others: Vec<Link>,
}

/// One of the other hands.
struct Link {
    port: MessagePort,
    inbox: Rc<RefCell<Inbox>>,
    _listener: EventListener,
}

/// What has come from there and was not yet asked for.
#[derive(Default)]
struct Inbox {
    parcels: VecDeque<ArrayBuffer>,
    waiting: Option<Waker>,
}

impl Links {
    /// Over these ports, in the order of the hands they lead to, this one left out.
    pub(super) fn over(ports: Vec<MessagePort>, own: usize) -> Self {
        Self { own, others: ports.into_iter().map(Link::over).collect() }
    }
}

impl Link {
    fn over(port: MessagePort) -> Self {
        let inbox = Rc::<RefCell<Inbox>>::default();
        let filled = Rc::clone(&inbox);
        let listener = EventListener::new(&port, "message", move |event| {
            let parcel = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().dyn_into().ok());
            let mut inbox = filled.borrow_mut();
            inbox.parcels.extend(parcel);
            if let Some(waiting) = inbox.waiting.take() {
                waiting.wake();
            }
        });
        port.start();
        Self { port, inbox, _listener: listener }
    }

    fn send(&self, parcel: &[u8]) {
        let buffer = Uint8Array::from(parcel).buffer();
        if let Err(error) = self.port.post_message_with_transferable(&buffer, &Array::of1(&buffer)) {
            // Without it the others would wait for ever: an exception reaches the page as a crash.
            wasm_bindgen::throw_val(error);
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.port.close();
    }
}

impl Crew for Links {
    fn hands(&self) -> usize {
        self.others.len() + 1
    }

    fn own(&self) -> usize {
        self.own
    }

    fn swap(&mut self, parcels: &[&[u8]]) -> Came<'_> {
        let to_others = parcels.iter().enumerate().filter(|(hand, _)| *hand != self.own).map(|(_, parcel)| parcel);
        self.others.iter().zip(to_others).for_each(|(link, parcel)| link.send(parcel));
        Box::pin(poll_fn(|context| {
            // Nobody is no longer there: the page ends both workers, or none.
            let missing = self.others.iter().find(|link| link.inbox.borrow().parcels.is_empty());
            if let Some(link) = missing {
                link.inbox.borrow_mut().waiting = Some(context.waker().clone());
                return Poll::Pending;
            }
            let next = |link: &Link| link.inbox.borrow_mut().parcels.pop_front();
            let bytes = |parcel: ArrayBuffer| Uint8Array::new(&parcel).to_vec();
            let mut came: Vec<Vec<u8>> = self.others.iter().filter_map(next).map(bytes).collect();
            came.insert(self.own.min(came.len()), Vec::new());
            Poll::Ready(Ok(came))
        }))
    }
}
