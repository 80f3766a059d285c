//! What the stage is told, and what it tells.

use std::rc::Rc;

use crate::app::{Mode, Tool};
use crate::geometry::{Homography, Point, Rect, Reference, Warp};
use crate::vision::Sha256;

/// What lies on the stage, and how it is looked at. The camera is the stage's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The reference picture; `None` when it is not in memory.
    pub reference: Option<Sha256>,
    /// Its size in pixels: the stage's space, with or without the picture.
    pub reference_size: (u32, u32),
    /// The photo; `None` when it is not in memory.
    pub photo: Option<Sha256>,
    /// Its size in pixels.
    pub photo_size: (u32, u32),
    /// How the photo lies on the reference; without it the two are shown beside each other, each fitted.
    pub warp: Option<Rc<Warp>>,
    /// How they lie over each other.
    pub mode: Mode,
    /// The photo's opacity over the reference, 0 to 1.
    pub opacity: f64,
    /// The swipe line, 0 to 1 of the stage's width; the photo is on its right.
    pub swipe: f64,
    /// What a drag does.
    pub tool: Tool,
}

impl Scene {
    /// The way it is really shown: pictures that do not lie on each other stand beside each other, and one that is alone
    /// is shown whole.
    pub(super) fn shown_mode(&self) -> Mode {
        match (&self.warp, self.mode) {
            (None, _) | (_, Mode::SideBySide) => Mode::SideBySide,
            (Some(_), _) if self.reference.is_none() || self.photo.is_none() => Mode::Opacity,
            (Some(_), mode) => mode,
        }
    }

    /// The photo's opacity: all or nothing where one of the two is alone.
    pub(super) fn shown_opacity(&self) -> f64 {
        match (self.reference, self.photo) {
            (Some(_), Some(_)) => self.opacity.clamp(0.0, 1.0),
            (None, _) => 1.0,
            (_, None) => 0.0,
        }
    }

    /// Where the photo lies; without a warp it is made as large as the reference, so that both are seen whole.
    pub(super) fn photo_warp(&self) -> Rc<Warp> {
        if let Some(warp) = &self.warp {
            return Rc::clone(warp);
        }
        let size = |(width, height): (u32, u32)| (f64::from(width.max(1)), f64::from(height.max(1)));
        let ((rw, rh), (pw, ph)) = (size(self.reference_size), size(self.photo_size));
        let scale = (rw / pw).min(rh / ph);
        let (x, y) = ((rw - pw * scale) / 2.0, (rh - ph * scale) / 2.0);
        Rc::new(Warp { homography: Homography::new([scale, 0.0, x, 0.0, scale, y, 0.0, 0.0, 1.0]), mesh: None })
    }
}

/// What the person did on the stage.
#[derive(Debug, Clone, PartialEq)]
pub enum StageEvent {
    /// The pointer is there, or has left.
    PointerAt(Option<Point<Reference>>),
    /// The zoom came to rest, in CSS pixels per reference pixel.
    ZoomRested(f64),
    /// The swipe line came to rest, 0 to 1.
    Swiped(f64),
    /// A box was drawn.
    Drawn(Rect<Reference>),
    /// The person clicked, without dragging.
    Clicked(Point<Reference>),
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
