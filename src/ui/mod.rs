//! Yew components: read a slice of the state, send an action. No state of record lives here: what a component keeps for
//! itself (a panel's width, a half-written note) may be lost without loss.
//!
//! [`App`] chooses the screen: `bench` for an open case, `article` for an opened report, else `library` or `start`.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod annex;
mod annexed;
mod app;
mod article;
mod bench;
mod check_list;
mod contribute;
mod corner;
mod crop;
mod desk;
mod dialog;
mod icon;
mod keeping;
mod key_sheet;
mod keys;
mod library;
mod notices;
mod offline;
mod share;
mod start;
mod theme;
mod tone;
mod words;

pub use annex::mount_annex;
pub use app::{App, mount};
