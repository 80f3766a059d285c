//! Findings in the formats of other programmes: what goes out comes back, what others wrote is understood, and whatever
//! else comes in is refused in words.

#[path = "../random/mod.rs"]
mod random;

#[path = "../consumers/findings.rs"]
mod findings;
mod foreign_annotations;
mod foreign_datasets;
mod frozen;
mod mutation;
mod page;
mod round_trip;

use boardwatch::report::ReferenceNote;
use boardwatch::vision::{PictureFacts, Sha256};

/// The reference of every test here: 4000 × 3000 pixels.
fn reference() -> ReferenceNote {
    ReferenceNote::of("board.jpg".into(), PictureFacts { sha256: Sha256([7; 32]), width: 4000, height: 3000 })
}
