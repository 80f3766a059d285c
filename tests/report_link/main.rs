//! The report's link: what goes in comes out, and whatever else comes in is refused in words.

#[path = "../random/mod.rs"]
mod random;

mod budget;
mod damage;
mod envelope;
mod frozen;
mod limits;
mod made_up;
mod mutation;
mod reader;
mod round_trip;
