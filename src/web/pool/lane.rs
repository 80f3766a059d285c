//! One worker and the job it does.

use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};

use super::{Job, Pool, Ticket};
use crate::app::job::Reply;
use crate::web::message::{Message, READY};
use crate::web::scripts;

/// A worker; dropping it ends it.
pub(super) struct Lane {
    pub(super) number: u32,
    /// Absent until its start script is known to be the right one.
    worker: Option<(Worker, [EventListener; 3])>,
    /// Before it listens, messages would be lost.
    listens: bool,
    waiting: Option<Message>,
    work: Option<(Ticket, Job)>,
    /// The job of another lane that it helps with.
    helps: Option<Ticket>,
    idle: Option<Timeout>,
}

impl Lane {
    /// Starts a worker that reports to `pool`.
    pub(super) fn start(pool: &Rc<Pool>, number: u32, script: &str) -> Self {
        let (pool, script) = (Rc::downgrade(pool), script.to_owned());
        spawn_local(async move {
            let worker = scripts::worker(&script).await;
            match (pool.upgrade(), worker) {
                (Some(pool), Ok(worker)) => pool.started(number, worker),
                (Some(pool), Err(_)) => pool.crashed(number),
                (None, worker) => worker.into_iter().for_each(|worker| worker.terminate()),
            }
        });
        Self { number, worker: None, listens: false, waiting: None, work: None, helps: None, idle: None }
    }

    /// Its worker is here.
    pub(super) fn attach(&mut self, pool: &Rc<Pool>, worker: Worker) {
        let number = self.number;
        let died = |event: &'static str| {
            let pool = Rc::downgrade(pool);
            EventListener::new(&worker, event, move |_| with(&pool, |pool| pool.crashed(number)))
        };
        let listening = Rc::downgrade(pool);
        let message = EventListener::new(&worker, "message", move |event| {
            let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else { return };
            with(&listening, |pool| match Message::from_js(&data) {
                Some(message) => pool.heard(number, message),
                None if data == READY => pool.ready(number),
                None => pool.crashed(number),
            });
        });
        let listeners = [message, died("error"), died("messageerror")];
        self.worker = Some((worker, listeners));
    }

    /// False before the worker has been heard for the first time.
    pub(super) const fn listens(&self) -> bool {
        self.listens
    }

    pub(super) const fn is_free(&self) -> bool {
        self.work.is_none() && self.helps.is_none()
    }

    /// True when it does this job, or helps with it.
    pub(super) fn is_at(&self, ticket: Ticket) -> bool {
        self.at() == Some(ticket)
    }

    /// The job that it does or helps with.
    pub(super) fn at(&self) -> Option<Ticket> {
        self.ticket().or(self.helps)
    }

    pub(super) fn job(&self, ticket: Ticket) -> Option<&Job> {
        self.work.as_ref().filter(|(seated, _)| *seated == ticket).map(|(_, job)| job)
    }

    pub(super) fn ticket(&self) -> Option<Ticket> {
        self.work.as_ref().map(|(ticket, _)| *ticket)
    }

    pub(super) fn seat(&mut self, ticket: Ticket, job: Job) {
        self.idle = None;
        self.work = Some((ticket, job));
    }

    pub(super) fn seat_helper(&mut self, ticket: Ticket) {
        self.idle = None;
        self.helps = Some(ticket);
    }

    /// Posts a job, now or as soon as the worker listens.
    pub(super) fn post(&mut self, message: Message) -> Result<(), JsValue> {
        self.waiting = Some(message);
        if self.listens { self.flush() } else { Ok(()) }
    }

    /// The worker listens from now on.
    pub(super) fn flush(&mut self) -> Result<(), JsValue> {
        self.listens = true;
        let Some(message) = self.waiting.take() else { return Ok(()) };
        let (object, transfer) = message.to_js()?;
        self.worker.as_ref().map_or(Ok(()), |(worker, _)| worker.post_message_with_transfer(&object, &transfer))
    }

    pub(super) fn listener(&self, ticket: Ticket) -> Option<Rc<dyn Fn(Reply)>> {
        self.job(ticket).map(|job| Rc::clone(&job.heard))
    }

    /// The job is done; without another one the worker ends after `idle_ms`.
    pub(super) fn vacate(&mut self, pool: &Rc<Pool>, idle_ms: u32) -> Option<Job> {
        let (pool, number) = (Rc::downgrade(pool), self.number);
        self.idle = Some(Timeout::new(idle_ms, move || with(&pool, |pool| pool.idled(number))));
        self.helps = None;
        self.work.take().map(|(_, job)| job)
    }

    /// Ends the worker, and hands back what it was doing.
    pub(super) fn end(mut self) -> Option<(Ticket, Job)> {
        self.work.take()
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if let Some((worker, _)) = &self.worker {
            worker.terminate();
        }
    }
}

fn with(pool: &Weak<Pool>, act: impl FnOnce(&Rc<Pool>)) {
    if let Some(pool) = pool.upgrade() {
        act(&pool);
    }
}
