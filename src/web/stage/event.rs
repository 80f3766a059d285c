//! What the stage tells, and why there is none.

use crate::app::table::TableEvent;
use crate::geometry::{Point, Reference};
use crate::vision::Sha256;

/// What the stage tells.
#[derive(Debug, Clone, PartialEq)]
pub enum StageEvent {
    /// The pointer is there, or has left.
    PointerAt(Option<Point<Reference>>),
    /// The zoom came to rest, in CSS pixels per reference pixel.
    ZoomRested(f64),
    /// The person did something.
    Table(TableEvent),
    /// A picture that lies over the others can't be shown.
    LayerFailed(Sha256),
    /// Reference or photo can't be shown; why, as a sentence.
    Failed(String),
}

/// Why there is no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// The browser has neither WebGL 2 nor a canvas.
    #[error(
        "The pictures can't be laid over each other on screen, because this browser gives the page nothing to draw on. The lists are complete without it; to see the stage, open the page in another browser."
    )]
    NoCanvas,
    /// It has, but something in it was refused.
    #[error(
        "The pictures can't be laid over each other on screen, because the graphics driver refused its work ({0}). The lists are complete without it; to see the stage, update the driver or open the page in another browser."
    )]
    Refused(String),
}
