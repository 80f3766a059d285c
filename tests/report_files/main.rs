//! Reports as files: a bundle, a web page, a picture, JSON. What goes in comes out; what was changed is refused.

#[path = "../random/mod.rs"]
mod random;

mod frozen;
mod injection;
mod mutation;
mod round_trip;
