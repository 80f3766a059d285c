//! Whole journeys through the programme as data: these actions give this state and these effects.

#[path = "../random/mod.rs"]
mod random;

mod answering;
mod board;
mod cases;
mod chosen;
mod comparing;
mod designs;
mod findings;
mod giving;
mod holding;
mod interchange;
mod journey;
mod layers;
mod library;
mod made_up_web;
mod manifests;
mod offline;
mod pictures;
mod privacy;
mod random_walk;
mod recognising;
mod report_files;
mod reports;
mod sample;
