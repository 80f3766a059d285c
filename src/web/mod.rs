//! The browser as verbs: performs effects, runs workers, keeps pictures and cases, draws the stage. Decides nothing.
//!
//! [`Shell`] turns [`Effect`](crate::app::Effect)s into deeds and answers with [`Action`](crate::app::Action)s.
//! [`Stage`] is the light table: it shows two pictures in the reference frame and owns what moves at frame rate.
//! [`serve_jobs`] and [`serve_papers`] are the other ends of the pools' messages and run in the worker's and the scribe's binary.

#![deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)]

mod address;
mod bitmaps;
mod crop;
mod fetch;
mod handover;
mod intake;
mod links;
mod message;
mod pictures;
pub mod pool;
mod scribe;
mod serving;
mod settings;
mod shell;
mod signing;
mod stage;
mod store;
mod timing;
mod wait;
mod worker;

pub use crop::{Crop, draw_crop};
pub use handover::can_send;
pub use scribe::serve_papers;
pub use shell::Shell;
pub use stage::{Stage, StageError, StageEvent};
pub use worker::serve_jobs;
