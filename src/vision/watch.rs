//! How a long computation tells its caller where it is, and learns that nobody wants it any more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::geometry::{Homography, Photo, Reference};

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
    /// Comparing the references with one another.
    Cross,
}

impl Stage {
    /// The name as it stands in JSON and in the browser's User Timing marks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Align => "align",
            Self::Compare => "compare",
            Self::Cross => "cross",
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

    /// A first, coarse map onto the reference: good enough to lay the photo over it while the rest is worked out. The verdict may
    /// still be that it is another board. A comparison of files tells it of its first reference only, and not where control
    /// points were given.
    fn placed(&mut self, _coarse: &Homography<Photo, Reference>) {}
}

/// A caller that neither looks nor cancels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ignore;

impl Watch for Ignore {
    fn progressed(&mut self, _: Stage, _: f32) -> Result<(), Cancelled> {
        Ok(())
    }
}

/// Adds up how long each stage took. It has no clock of its own: the shell says what time it is, in milliseconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StageClock {
    running: Option<(Stage, f64)>,
    spent_ms: BTreeMap<String, f64>,
}

impl StageClock {
    /// From `now_ms` on it is `stage`; stages may come again, as with several references.
    pub fn enter(&mut self, stage: Stage, now_ms: f64) {
        if self.running.is_none_or(|(running, _)| running != stage) {
            self.stop(now_ms);
            self.running = Some((stage, now_ms));
        }
    }

    /// Milliseconds per stage, the last one ending at `now_ms`.
    #[must_use]
    pub fn finish(mut self, now_ms: f64) -> BTreeMap<String, f64> {
        self.stop(now_ms);
        self.spent_ms
    }

    fn stop(&mut self, now_ms: f64) {
        if let Some((stage, since)) = self.running.take() {
            *self.spent_ms.entry(stage.name().to_owned()).or_default() += now_ms - since;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_comes_twice_is_added_up() {
        let mut clock = StageClock::default();
        for (stage, now) in [(Stage::Decode, 0.0), (Stage::Align, 5.0), (Stage::Align, 7.0), (Stage::Decode, 10.0)] {
            clock.enter(stage, now);
        }
        let spent = clock.finish(12.0);
        assert_eq!(spent, BTreeMap::from([("decode".to_owned(), 7.0), ("align".to_owned(), 5.0)]));
    }
}
