//! Circuit boards drawn by program, photographed by a simulated hand-held camera, with exact truth.
//!
//! A [`Board`] is a product, drawn from a seed. A [`Unit`] of it differs as real units do: placement, lots, date codes,
//! labels, dust, bow. A [`Tampering`] is what somebody did to it. [`photograph`] takes a picture through a [`Camera`]:
//! every part is a body of its own height, so that parallax is real. [`truth`] tells, for two pictures, where each
//! tampering is in both and how the boards' planes lie on each other.
//!
//! The same seeds give the same bytes on every machine: its own random numbers, `libm` for transcendentals.
//!
//! ```
//! use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, UnitConfig, photograph, truth};
//!
//! let board = Board::new(&BoardConfig { seed: 7, size_mm: [80.0, 60.0], ..BoardConfig::default() });
//! let good = board.unit(&UnitConfig { seed: 1, ..UnitConfig::default() });
//! let bad = board.unit(&UnitConfig { seed: 2, ..UnitConfig::default() }).with(Tampering::Added);
//! let reference = photograph(&good, &Camera::reference(1), [320, 240]);
//! let photo = photograph(&bad, &Camera::hand_held(2, Difficulty::Medium), [320, 240]);
//! assert_eq!(truth(&reference, &photo).boxes.len(), 1);
//! ```

mod board;
mod camera;
mod copper;
mod crowd;
mod develop;
mod face;
mod features;
mod finish;
mod glints;
mod glyphs;
mod ground;
mod layout;
mod package;
mod part;
mod photograph;
mod placement;
mod radiance;
mod random;
mod sample;
mod scene;
mod shade;
mod sheet;
mod small_parts;
mod solid;
mod suite;
mod table;
mod tampering;
mod truth;
mod unit;
mod workers;

pub use board::{Board, BoardConfig};
pub use camera::{Camera, Difficulty, View};
pub use finish::Mask;
pub use part::{ChipFamily, ChipSize, Kind, Part};
pub use photograph::{Shot, photograph};
pub use sample::{sample_board, sample_photo, sample_reference, write_sample};
pub use suite::{SuiteConfig, size_of, write_suite};
pub use tampering::{Change, Tampering};
pub use truth::{PixelBox, SeenPart, Truth, TruthBox, truth};
pub use unit::{Unit, UnitConfig};
