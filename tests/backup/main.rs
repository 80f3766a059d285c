//! Files of cases: what goes in comes out, what was changed is refused, what was saved long ago still opens; and the page that writes them
//! when the app can't start.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../random/mod.rs"]
mod random;

mod drawn;
mod frozen;
mod policy;
mod round_trip;
mod whole;
