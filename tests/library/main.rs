//! Finding a board in catalogues of any size.

#![cfg(not(target_arch = "wasm32"))]

mod made_up;
#[path = "../schema/mod.rs"]
mod schema;
mod searching;
