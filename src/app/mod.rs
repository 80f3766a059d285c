//! The programme as a value: what it knows ([`State`]), what can happen ([`Action`]), what it wants done ([`Effect`]),
//! and the one place of decisions, [`update`]. [`job`] is the whole worker protocol, [`paper`] its part about files and links.
//!
//! Nothing here does I/O or names the browser, so a whole user journey runs in a native test: these actions give this
//! state and these effects. Results carry the number of the job they answer; late ones are dropped.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod action;
mod annex;
pub mod backup;
mod built_in;
mod case;
mod case_text;
pub mod contribution;
pub mod cut;
pub mod draft;
mod effect;
mod hold;
pub mod job;
pub mod keeping;
pub mod keys;
pub mod library;
pub mod link;
mod memory;
mod offline;
pub mod paper;
mod settings;
mod share;
pub mod staging;
mod state;
pub mod table;
mod update;
mod view;

pub use crate::report::{Origin, PictureEntry};
pub use action::Action;
pub use annex::Annex;
pub use built_in::{BUILT_IN_PICTURES, BuiltIn, Sample};
pub use case::{CASE_VERSION, Case, CaseError, CaseId, CaseSummary, MAX_CASE_BYTES};
pub use case_text::{renamed, summary_of};
pub use effect::Effect;
pub use hold::Hold;
pub use memory::{Load, MemoryBudget};
pub use offline::{Offline, OfflineNews, Version};
pub use settings::{FASTEST_BLINK_HZ, Palette, Settings};
pub use share::{Draft, Preview, ShareState};
pub use state::{
    AddedReport, CatalogueState, Errand, JobState, JobTask, Notice, NoticeId, Offer, OfferId, OpenedReport, Purpose, Slot,
    SlotState, State, Storage,
};
pub use update::update;
pub use view::{ByHand, Filter, Layer, Mode, Panel, Tool, View, Writing};
