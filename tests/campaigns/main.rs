//! Long counts: one random case per seed, thousands of seeds.
//!
//! `cargo test` runs the first hundredth of each campaign's seeds; `cargo xtask campaign NAME` runs all of them, in chunks.
//! A campaign is an entry in `campaigns.json`, a file here with a function from a seed to an outcome, and a test of the same name below.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "threads, natively: many seeds in little time")]

mod backups;
#[path = "../recognising/drawn.rs"]
mod drawn;
#[path = "../report_link/envelope.rs"]
mod envelope;
mod files;
mod forms;
mod hands;
mod homographies;
mod limits;
mod links;
#[path = "../report_link/made_up.rs"]
mod made_up;
#[path = "../library/made_up.rs"]
mod made_up_boards;
mod pictures;
mod poisoned;
#[path = "../random/mod.rs"]
mod random;
mod recognised;
mod searches;
mod seeds;
mod specimens;
#[path = "../backup/drawn.rs"]
mod stored;
#[path = "../backup/whole.rs"]
mod whole;

use seeds::campaign;

#[test]
fn backups() {
    campaign("backups", backups::case);
}

#[test]
fn contents() {
    campaign("contents", made_up::case);
}

#[test]
fn files() {
    campaign("files", files::case);
}

#[test]
fn forms() {
    campaign("forms", forms::case);
}

#[test]
fn hands() {
    campaign("hands", hands::case);
}

#[test]
fn homographies() {
    campaign("homographies", homographies::case);
}

#[test]
fn limits() {
    campaign("limits", limits::case);
}

#[test]
fn links() {
    campaign("links", links::case);
}

#[test]
fn pictures() {
    campaign("pictures", pictures::case);
}

#[test]
fn poisoned() {
    campaign("poisoned", poisoned::case);
}

#[test]
fn recognised() {
    campaign("recognised", recognised::case);
}

#[test]
fn searches() {
    campaign("searches", searches::case);
}

#[test]
fn specimens() {
    campaign("specimens", specimens::case);
}
