//! What the stage tells, and why there is none.

use crate::app::table::TableEvent;
use crate::geometry::{Point, Reference};

/// What the stage tells.
#[derive(Debug, Clone, PartialEq)]
pub enum StageEvent {
    /// The pointer is there, or has left.
    PointerAt(Option<Point<Reference>>),
    /// The zoom came to rest, in CSS pixels per reference pixel.
    ZoomRested(f64),
    /// The person did something.
    Table(TableEvent),
    /// A picture can't be shown; why, as a sentence.
    Failed(String),
}

/// Why there is no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// The browser has no WebGL2.
    #[error(
        "The pictures can't be laid over each other on screen, because this browser gives no WebGL2. The lists are complete without it; to see the stage, turn on hardware acceleration or open the page in another browser."
    )]
    NoWebGl,
    /// It has, but something in it was refused.
    #[error(
        "The pictures can't be laid over each other on screen, because the graphics driver refused its work ({0}). The lists are complete without it; to see the stage, update the driver or open the page in another browser."
    )]
    Refused(String),
}
