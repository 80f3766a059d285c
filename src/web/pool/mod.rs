//! The workers: one queue, started on first use, ended when idle, replaced when one dies.

mod lane;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::ArrayBuffer;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Blob;

use super::message::Message;
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
}

impl PoolConfig {
    /// For a device with this many cores.
    #[must_use]
    pub fn for_cores(cores: usize) -> Self {
        Self {
            script: "worker-start.js".to_owned(),
            // The page is idle while workers work, so two cores give two workers; where there are more, one is left to the
            // page. Each worker may hold two decoded pictures, so more than four would need memory that phones don't have.
            most: if cores <= 2 { cores.max(1) } else { (cores - 1).min(4) },
            // Long enough to read a result and try again, short enough that an open tab costs nothing.
            idle_ms: 30_000,
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
    /// The worker died or could not be started.
    Crashed,
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

    fn remove(&mut self, number: u32) -> Option<Lane> {
        let place = self.lanes.iter().position(|lane| lane.number == number)?;
        Some(self.lanes.swap_remove(place))
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

    /// Takes a job out of the queue, or ends the worker that does it. Nothing more is heard of it.
    pub fn cancel(self: &Rc<Self>, ticket: Ticket) {
        let (ended, waiting) = {
            let mut state = self.state.borrow_mut();
            let number = state.lanes.iter().find(|lane| lane.ticket() == Some(ticket)).map(|lane| lane.number);
            let ended = number.and_then(|number| state.remove(number));
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
        while let Some((number, ticket, blobs)) = self.assign() {
            spawn_local(Rc::clone(self).send(number, ticket, blobs));
        }
    }

    /// Seats one waiting job at a worker; `None` when none waits or none is free.
    fn assign(self: &Rc<Self>) -> Option<(u32, Ticket, Vec<Blob>)> {
        let (job, started) = {
            let state = &mut *self.state.borrow_mut();
            state.waiting.front()?;
            let free = state.lanes.iter().find(|lane| lane.is_free()).map(|lane| lane.number);
            let lane = match free {
                Some(number) => Ok(number),
                None if state.lanes.len() < self.config.most => {
                    let number = state.number();
                    Lane::start(self, number, &self.config.script).map(|lane| {
                        state.lanes.push(lane);
                        number
                    })
                }
                None => return None,
            };
            (state.waiting.pop_front()?, lane)
        };
        let (ticket, job) = job;
        let Ok(number) = started else {
            (job.done)(Outcome::Crashed);
            return None;
        };
        let blobs = job.blobs.clone();
        self.state.borrow_mut().lane(number)?.seat(ticket, job);
        Some((number, ticket, blobs))
    }

    /// Reads the job's files and posts it, if it is still wanted by then.
    async fn send(self: Rc<Self>, number: u32, ticket: Ticket, blobs: Vec<Blob>) {
        let mut buffers = Vec::with_capacity(blobs.len());
        for blob in blobs {
            let Some(buffer) = JsFuture::from(blob.array_buffer()).await.ok().and_then(|buffer| buffer.dyn_into().ok()) else {
                return self.finish(number, ticket, Outcome::Unreadable);
            };
            buffers.push(buffer);
        }
        let posted = {
            let mut state = self.state.borrow_mut();
            let Some(lane) = state.lane(number).filter(|lane| lane.ticket() == Some(ticket)) else { return };
            lane.post(ticket, buffers)
        };
        if posted.is_err() {
            self.crashed(number);
        }
    }

    /// The worker said something.
    fn heard(self: &Rc<Self>, number: u32, message: Message) {
        let ticket = Ticket(message.id);
        match serde_json::from_str(&message.text) {
            Ok(reply @ (Reply::Progressed { .. } | Reply::Placed(_))) => {
                let heard = self.state.borrow_mut().lane(number).and_then(|lane| lane.listener(ticket));
                if let Some(heard) = heard {
                    heard(reply);
                }
            }
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

    fn finish(self: &Rc<Self>, number: u32, ticket: Ticket, outcome: Outcome) {
        let job = {
            let mut state = self.state.borrow_mut();
            let Some(lane) = state.lane(number).filter(|lane| lane.ticket() == Some(ticket)) else { return };
            lane.vacate(self, self.config.idle_ms)
        };
        self.pump();
        if let Some(job) = job {
            (job.done)(outcome);
        }
    }

    /// The worker is no more; its job is told so, and the next job gets a fresh one.
    fn crashed(self: &Rc<Self>, number: u32) {
        let lane = self.state.borrow_mut().remove(number);
        let job = lane.and_then(Lane::end);
        self.pump();
        if let Some(job) = job {
            (job.done)(Outcome::Crashed);
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
