//! Pixels in, numbers out: decode, align, compare. Deterministic: no clock, no unseeded randomness, no browser.
//!
//! `decode` turns a file's bytes into a [`Picture`]; `compare` takes a photo and its references to a
//! [`Comparison`]. A board that can't be aligned is an outcome with a [`Reason`], not an error; the only way to
//! stop early is the caller's [`Watch`].

mod align;
mod comparison;
mod decode;
mod picture;
mod watch;

pub use align::{AlignConfig, align, align_with_points};
pub use comparison::{
    Alignment, BlindArea, BlindReason, Comparison, Difference, DifferenceKind, DifferenceReason, Limits, PictureFacts, Reason,
    ReferenceResult, Residual, Sha256, Verdict,
};
pub use decode::{DecodeError, Format, Header, LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS, decode, probe};
pub use picture::{Picture, Plane};
pub use watch::{Cancelled, Ignore, Stage, Watch};
