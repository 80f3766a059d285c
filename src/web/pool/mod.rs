//! The workers: one queue, started on first use, ended when idle, replaced when one dies.

mod lane;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::ArrayBuffer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageChannel, Worker};

use super::message::Message;
use super::pictures::LARGE_PX;
use crate::app::job::{Reply, Request};
use lane::Lane;

/// How many workers there are and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolConfig {
    /// The start script of a worker, relative to the page.
    pub script: String,
    /// Workers at the same time, at most.
    pub most: usize,
    /// An idle worker ends after this many milliseconds.
    pub idle_ms: u32,
    /// A comparison may be shared by two workers.
    pub shares: bool,
}

impl PoolConfig {
    /// For the scribe, whose work is short.
    #[must_use]
    pub fn for_papers() -> Self {
        Self { script: "scribe-start.js".to_owned(), most: 1, idle_ms: 30_000, shares: false }
    }

    /// For the cutter, which has two decoded pictures at a time.
    #[must_use]
    pub fn for_pictures() -> Self {
        Self { script: "cutter-start.js".to_owned(), ..Self::for_papers() }
    }

    /// For the drafter, which has one decoded photo at a time.
    #[must_use]
    pub fn for_designs() -> Self {
        Self { script: "drafter-start.js".to_owned(), ..Self::for_papers() }
    }

    /// For the library, which looks at one photo at a time.
    #[must_use]
    pub fn for_recognition() -> Self {
        Self { script: "worker-start.js".to_owned(), ..Self::for_papers() }
    }

    /// For a device with this many cores, and this much memory in gigabytes where the browser says so.
    #[must_use]
    pub fn for_device(cores: usize, memory_gb: Option<f64>) -> Self {
        Self {
            script: "worker-start.js".to_owned(),
            // The page is idle while workers work, so two cores give two workers; where there are more, one is left to the
            // page. Each worker may hold two decoded pictures, so more than four would need memory that phones don't have.
            most: if cores <= 2 { cores.max(1) } else { (cores - 1).min(4) },
            // Long enough to read a result and try again, short enough that an open tab costs nothing.
            idle_ms: 30_000,
            // Two workers take a quarter more processor time and 200 MB more. On two cores, which the browser needs for itself as
            // well, they are 1.1 to 1.2 times as fast as one: not worth it. Natively, where two cores are free, it is 1.45.
            shares: cores >= 4 && memory_gb.is_some_and(|memory_gb| memory_gb >= 8.0),
        }
    }
}

/// Names a job of the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u32);

/// How a job ended.
#[derive(Debug)]
pub enum Outcome {
    /// The worker's last reply, with its buffers.
    Replied(Reply, Vec<ArrayBuffer>),
    /// A picture's bytes could not be read.
    Unreadable,
    /// The worker died.
    Crashed,
    /// The worker could not be started: a part of it is missing, or is not the one that belongs to this page.
    NotStarted,
}

/// Something for a worker to do.
pub struct Job {
    /// What.
    pub request: Request,
    /// The files that it needs, in the request's order; read when a worker is free.
    pub blobs: Vec<Blob>,
    /// Called with the replies that come while it runs.
    pub heard: Rc<dyn Fn(Reply)>,
    /// Called once at its end, but not after [`Pool::cancel`].
    pub done: Box<dyn FnOnce(Outcome)>,
}

/// The pool.
pub struct Pool {
    config: PoolConfig,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    last_number: u32,
    waiting: VecDeque<(Ticket, Job)>,
    lanes: Vec<Lane>,
}

impl State {
    fn number(&mut self) -> u32 {
        self.last_number = self.last_number.wrapping_add(1);
        self.last_number
    }

    fn lane(&mut self, number: u32) -> Option<&mut Lane> {
        self.lanes.iter_mut().find(|lane| lane.number == number)
    }

    /// Takes out the lanes that do a job or help with it.
    fn remove_all_at(&mut self, ticket: Ticket) -> Vec<Lane> {
        let (ended, left) = std::mem::take(&mut self.lanes).into_iter().partition(|lane| lane.is_at(ticket));
        self.lanes = left;
        ended
    }

    fn remove(&mut self, number: u32) -> Option<Lane> {
        let place = self.lanes.iter().position(|lane| lane.number == number)?;
        Some(self.lanes.swap_remove(place))
    }
}

/// Where a job is done.
struct Seats {
    ticket: Ticket,
    lane: u32,
    helper: Option<u32>,
}

/// Posts a job to its lane and to the one that helps.
fn post(
    state: &mut State,
    request: &Request,
    ticket: Ticket,
    buffers: Vec<ArrayBuffer>,
    lane: u32,
    helper: Option<u32>,
) -> Result<(), JsValue> {
    let text = serde_json::to_string(request).map_err(|error| JsValue::from_str(&error.to_string()))?;
    let message = |buffers, hand, ports| Message { id: ticket.0, text: text.clone(), buffers, hand, ports };
    let mut ports = Vec::new();
    if let Some(helper) = helper.and_then(|number| state.lane(number)).filter(|lane| lane.is_at(ticket)) {
        let channel = MessageChannel::new()?;
        ports.push(channel.port1());
        // Each has to have the files to itself.
        let copies = buffers.iter().map(|buffer| buffer.slice(0)).collect();
        helper.post(message(copies, 1, vec![channel.port2()]))?;
    }
    state.lane(lane).map_or(Ok(()), |lane| lane.post(message(buffers, 0, ports)))
}

/// True for what leaves a worker with much memory, which only its end gives back. The page wants that now, to show the pictures.
fn takes_much(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Replied(Reply::Inspected(facts), _) => u64::from(facts.width) * u64::from(facts.height) > LARGE_PX,
        Outcome::Replied(Reply::Compared(_) | Reply::Shown { .. } | Reply::Recognised(_) | Reply::Drafted(_), _) => true,
        _ => false,
    }
}

impl Pool {
    /// A pool without workers yet.
    #[must_use]
    pub fn new(config: PoolConfig) -> Rc<Self> {
        Rc::new(Self { config, state: RefCell::default() })
    }

    /// Puts a job into the queue.
    pub fn submit(self: &Rc<Self>, job: Job) -> Ticket {
        let ticket = {
            let mut state = self.state.borrow_mut();
            let ticket = Ticket(state.number());
            state.waiting.push_back((ticket, job));
            ticket
        };
        self.pump();
        ticket
    }

    /// Takes a job out of the queue, or ends the workers that do it. Nothing more is heard of it.
    pub fn cancel(self: &Rc<Self>, ticket: Ticket) {
        let (ended, waiting) = {
            let mut state = self.state.borrow_mut();
            let ended = state.remove_all_at(ticket);
            let place = state.waiting.iter().position(|(waiting, _)| *waiting == ticket);
            (ended, place.and_then(|place| state.waiting.remove(place)))
        };
        drop((ended, waiting));
        self.pump();
    }

    /// How many workers are alive.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.state.borrow().lanes.len()
    }

    /// Gives waiting jobs to free workers, starting as many as are allowed.
    fn pump(self: &Rc<Self>) {
        while let Some((seats, blobs)) = self.assign() {
            spawn_local(Rc::clone(self).send(seats, blobs));
        }
    }

    /// Seats one waiting job at a worker, or at two; `None` when none waits or none is free.
    fn assign(self: &Rc<Self>) -> Option<(Seats, Vec<Blob>)> {
        let ((ticket, job), lane) = {
            let state = &mut *self.state.borrow_mut();
            state.waiting.front()?;
            let lane = self.free_lane(state)?;
            (state.waiting.pop_front()?, lane)
        };
        let (blobs, shared) = (job.blobs.clone(), job.request.is_shared());
        let state = &mut *self.state.borrow_mut();
        state.lane(lane)?.seat(ticket, job);
        // Two jobs at two workers are done as soon as one after the other by both.
        let wanted = shared && self.config.shares && state.waiting.is_empty();
        let helper = if wanted { self.free_lane(state) } else { None };
        if let Some(helper) = helper.and_then(|number| state.lane(number)) {
            helper.seat_helper(ticket);
        }
        Some((Seats { ticket, lane, helper }, blobs))
    }

    /// A lane that does nothing, or a new one; `None` when there may be no more.
    fn free_lane(self: &Rc<Self>, state: &mut State) -> Option<u32> {
        if let Some(lane) = state.lanes.iter().find(|lane| lane.is_free()) {
            return Some(lane.number);
        }
        (state.lanes.len() < self.config.most).then(|| {
            let number = state.number();
            state.lanes.push(Lane::start(self, number, &self.config.script));
            number
        })
    }

    /// Reads the job's files and posts it, if it is still wanted by then.
    async fn send(self: Rc<Self>, Seats { ticket, lane, helper }: Seats, blobs: Vec<Blob>) {
        let mut buffers: Vec<ArrayBuffer> = Vec::with_capacity(blobs.len());
        for blob in blobs {
            let Some(buffer) = JsFuture::from(blob.array_buffer()).await.ok().and_then(|buffer| buffer.dyn_into().ok()) else {
                // Nothing was posted to the helper that it could answer.
                helper.into_iter().for_each(|helper| self.helped(helper, ticket));
                return self.finish(lane, ticket, Outcome::Unreadable);
            };
            buffers.push(buffer);
        }
        let posted = {
            let state = &mut *self.state.borrow_mut();
            let request = state.lane(lane).and_then(|lane| lane.job(ticket)).map(|job| job.request.clone());
            let Some(request) = request else { return };
            post(state, &request, ticket, buffers, lane, helper)
        };
        if posted.is_err() {
            self.crashed(lane);
        }
    }

    /// The worker said something.
    fn heard(self: &Rc<Self>, number: u32, message: Message) {
        let ticket = Ticket(message.id);
        match crate::json::from_str(&message.text) {
            Ok(reply @ (Reply::Progressed { .. } | Reply::Placed(_))) => {
                let heard = self.state.borrow_mut().lane(number).and_then(|lane| lane.listener(ticket));
                if let Some(heard) = heard {
                    heard(reply);
                }
            }
            Ok(Reply::Helped) => self.helped(number, ticket),
            Ok(reply) => self.finish(number, ticket, Outcome::Replied(reply, message.buffers)),
            Err(_) => self.crashed(number),
        }
    }

    /// The worker listens.
    fn ready(self: &Rc<Self>, number: u32) {
        let posted = self.state.borrow_mut().lane(number).map_or(Ok(()), Lane::flush);
        if posted.is_err() {
            self.crashed(number);
        }
    }

    /// The job is over. Who helped with it says so itself.
    fn finish(self: &Rc<Self>, number: u32, ticket: Ticket, outcome: Outcome) {
        let job = {
            let mut state = self.state.borrow_mut();
            let Some(lane) = state.lane(number).filter(|lane| lane.ticket() == Some(ticket)) else { return };
            lane.vacate(self, if takes_much(&outcome) { 0 } else { self.config.idle_ms })
        };
        self.pump();
        if let Some(job) = job {
            (job.done)(outcome);
        }
    }

    /// The worker is here, and will listen soon.
    fn started(self: &Rc<Self>, number: u32, worker: Worker) {
        match self.state.borrow_mut().lane(number) {
            Some(lane) => lane.attach(self, worker),
            // Cancelled meanwhile.
            None => worker.terminate(),
        }
    }

    /// The worker has helped another one.
    fn helped(self: &Rc<Self>, number: u32, ticket: Ticket) {
        if let Some(lane) = self.state.borrow_mut().lane(number).filter(|lane| lane.is_at(ticket)) {
            drop(lane.vacate(self, 0));
        }
        self.pump();
    }

    /// The worker is no more. A job that was shared is done again by one alone, which takes less memory; another one is told so, and the
    /// next job gets a fresh worker.
    fn crashed(self: &Rc<Self>, number: u32) {
        let (job, ran) = {
            let state = &mut *self.state.borrow_mut();
            let Some(lane) = state.remove(number) else { return };
            let ran = lane.listens();
            let partners = lane.at().map(|ticket| state.remove_all_at(ticket)).unwrap_or_default();
            let shared = !partners.is_empty();
            let job = std::iter::once(lane).chain(partners).filter_map(Lane::end).next();
            match job {
                Some((ticket, mut job)) if shared => {
                    job.request.keep_to_one();
                    state.waiting.push_front((ticket, job));
                    (None, ran)
                }
                job => (job, ran),
            }
        };
        self.pump();
        if let Some((_, job)) = job {
            (job.done)(if ran { Outcome::Crashed } else { Outcome::NotStarted });
        }
    }

    /// The worker had nothing to do for a while.
    fn idled(&self, number: u32) {
        let lane = {
            let mut state = self.state.borrow_mut();
            let free = state.lane(number).is_some_and(|lane| lane.is_free());
            if free { state.remove(number) } else { None }
        };
        drop(lane);
    }
}
