//! Boardwatch lays a photo of a circuit board over reference photos of the same board and ranks what differs.
//!
//! # The map of the house
//!
//! One direction: a room uses only what stands to its left.
//!
//! ```text
//! geometry → vision → catalog → design → report → app → web → ui  (browser)
//!            vision, catalog, design, report   → cli              (terminal)
//! ```
//!
//! | room | what lives there | what never does |
//! | --- | --- | --- |
//! | [`geometry`] | points, rectangles, homography, warp mesh, the two coordinate spaces | pixels |
//! | [`vision`] | pixels in, numbers out: decode, align, compare | clocks, unseeded randomness, browser names |
//! | [`catalog`] | boards and references as a catalogue describes them; checks of untrusted catalogues | network, files |
//! | [`design`] | where parts belong, as files of design programmes say | pixels, network, files |
//! | [`report`] | findings, edits and undo, the report and its link, words for verdicts | network, files |
//! | [`app`] | the programme as a value: `State`, `Action`, `Effect`, `update`; `job` is the worker protocol | browser names, I/O |
//! | `web` | the browser as verbs: performs effects, workers, storage, the WebGL stage | decisions |
//! | `ui` | Yew components: read a slice of state, send an `Action` | state of record |
//! | `cli` | the same core in a terminal | algorithms |
//!
//! Beside the rooms stand `json`, which reads JSON with little code, and `sorted`, which has maps and sets as lists; every room may use them.
//!
//! # Invariants, kept by `tests/tidy.rs`
//!
//! - Dependencies run one way only, and no browser crate is named left of `web`.
//! - The pure rooms compile and run natively; the same bytes give the same numbers natively and in wasm:
//!   transcendentals come from `libm`, nothing is fused, no map is walked in hash order.
//! - Nothing that came from outside is unwrapped, expected or indexed unchecked.
//! - A file has one noun or verb and at most 400 lines.

pub mod app;
pub mod catalog;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod design;
pub mod geometry;
mod json;
pub mod report;
pub mod sorted;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod vision;
#[cfg(target_arch = "wasm32")]
pub mod web;
