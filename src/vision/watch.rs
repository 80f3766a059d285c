//! How a long computation tells its caller where it is, and learns that nobody wants it any more.

use serde::{Deserialize, Serialize};

/// What the machine is doing, in the order it does it. Shells time the stages by watching them change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Turning files into pixels.
    Decode,
    /// Finding the map from photo to reference.
    Align,
    /// Looking for differences.
    Compare,
}

impl Stage {
    /// The name as it stands in JSON and in the browser's User Timing marks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Align => "align",
            Self::Compare => "compare",
        }
    }
}

/// Nobody waits for the result any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the job was cancelled")]
pub struct Cancelled;

/// The caller's side of a long computation.
pub trait Watch {
    /// `done` runs from 0 to 1 within the stage, from the work done, not from time.
    ///
    /// # Errors
    /// [`Cancelled`] ends the computation at once.
    fn progressed(&mut self, stage: Stage, done: f32) -> Result<(), Cancelled>;
}

/// A caller that neither looks nor cancels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ignore;

impl Watch for Ignore {
    fn progressed(&mut self, _: Stage, _: f32) -> Result<(), Cancelled> {
        Ok(())
    }
}
