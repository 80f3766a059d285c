//! The built site in a real browser, used as a person uses it.
//!
//! ```sh
//! cargo xtask test e2e
//! ```
//!
//! builds the site and runs these tests on it. A plain `cargo test` does not build the site; it then says that they were skipped.
//!
//! A journey is a test that drives one or more browsers:
//!
//! ```ignore
//! #[test]
//! fn a_photo_can_be_dropped() {
//!     journey("a_photo_can_be_dropped", async |world| {
//!         let page = world.browser().await;              // a fresh profile: nothing stored, nothing cached
//!         page.open("").await;                           // an address below the site, such as "#sample"
//!         page.drop_files("main", &[photo]).await;       // real files, as from a file manager
//!         page.wait_for("[role=status]", 30).await;      // a CSS selector, at most so many seconds
//!         assert_eq!(page.text("h1").await, "Board");
//!         page.screenshot("dropped").await;              // artefacts/a_photo_can_be_dropped-dropped.png
//!     });
//! }
//! ```
//!
//! | file | what it has |
//! | --- | --- |
//! | `world.rs` | `journey`, and `World`: the server, chromedriver, and the browsers of one journey |
//! | `browser.rs` | `Browser`: open, click, type, text, wait, evaluate, screenshot |
//! | `input.rs` | files that are dropped or chosen, mouse, wheel and touch |
//! | `watching.rs` | console complaints, performance marks, long tasks |
//! | `driver.rs` | chromedriver as a process |
//! | `bad_host.rs` | a web host that misbehaves as it is told |
//! | `processes.rs` | what the browser's processes took of the machine |
//! | `pictures.rs` | the sample, drawn, real and broken pictures |
//!
//! When a journey fails, what each browser showed is in `artefacts/`. A journey also fails when a page complained on its console
//! (errors, uncaught exceptions, a violated content security policy), unless it took the complaints with `Browser::complaints`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(dead_code, reason = "journeys take from the harness what they need")]
#![allow(clippy::disallowed_methods, reason = "clocks and threads of the machine that drives the browser")]

mod accessibility;
mod answering;
mod bad_host;
mod bad_input;
mod bench;
#[path = "../bombs/pictures.rs"]
mod bomb_pictures;
mod bombs;
mod broken_catalogues;
mod browser;
mod designs;
#[path = "../recognising/drawn.rs"]
mod drawn;
mod driver;
mod edits;
mod faults;
mod freeze;
mod giving;
#[path = "../hostile/mod.rs"]
mod hostile;
mod in_a_row;
mod injection;
mod input;
mod keeping;
mod kills;
mod layers;
mod library;
mod library_looks;
mod light_table;
mod light_table_looks;
mod main_job;
mod manifest;
mod missing;
mod mutated_pictures;
mod offline;
mod payloads;
mod pictures;
mod policy;
mod processes;
#[path = "../random/mod.rs"]
mod random;
mod recognising;
mod recovery;
mod recovery_looks;
mod report_files;
#[path = "../campaigns/seeds.rs"]
mod seeds;
mod smoothness;
mod start;
mod storage_says_no;
mod stored;
mod tabs;
mod watching;
#[path = "../backup/whole.rs"]
mod whole;
mod world;
