//! The browser as verbs: performs effects, runs workers, keeps pictures and cases, draws the stage. Decides nothing.
//!
//! [`Shell`] turns [`Effect`](crate::app::Effect)s into deeds and answers with [`Action`](crate::app::Action)s.
//! [`Stage`] is the light table: it shows two pictures in the reference frame and owns what moves at frame rate.
//! [`serve_jobs`], [`serve_papers`], [`serve_pictures`] and [`serve_designs`] are the other ends of the pools' messages and run in the worker's, the scribe's, the
//! cutter's and the drafter's binary.

#![deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)]

mod address;
mod annex;
mod bitmaps;
mod camera;
mod crop;
mod cutter;
mod drafter;
mod fetch;
mod handover;
mod intake;
mod keeper;
mod ledger;
mod librarian;
mod links;
mod message;
mod offline;
mod pictures;
pub mod pool;
mod progress;
mod scribe;
mod scripts;
mod serving;
mod settings;
mod shell;
mod shelves;
mod signing;
mod stage;
mod store;
mod timing;
mod wait;
mod worker;

pub use annex::{close_annex, serve_annex};
pub use camera::Viewfinder;
pub use crop::{Crop, draw_crop};
pub use cutter::serve_pictures;
pub use drafter::serve_designs;
pub use handover::{can_send, can_send_file};
pub use keeper::Keeper;
pub use librarian::Librarian;
pub use scribe::serve_papers;
pub use shell::Shell;
pub use shelves::{Shelves, show_thumbnail};
pub use stage::{Stage, StageError, StageEvent};
pub use store::SETTLE;
pub use worker::serve_jobs;
