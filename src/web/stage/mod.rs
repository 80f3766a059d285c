//! The light table.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, SvgElement};

use super::Shell;
use crate::app::{Mode, Tool};
use crate::geometry::{Point, Rect, Reference, Warp};
use crate::vision::Sha256;

/// What lies on the stage, and how it is looked at. The camera is the stage's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The reference picture; `None` when there is none.
    pub reference: Option<Sha256>,
    /// Its size in pixels: it is the stage's space, with or without the picture.
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
    /// The stage can't go on; why, as a sentence.
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
    /// It has, but a shader was refused.
    #[error(
        "The pictures can't be laid over each other on screen, because the graphics driver refused a shader ({0}). The lists are complete without it; to see the stage, update the driver or open the page in another browser."
    )]
    Refused(String),
}

/// The light table: draws the scene into a canvas and follows the person's gestures there.
pub struct Stage {
    events: Rc<dyn Fn(StageEvent)>,
}

impl Stage {
    /// A stage on `canvas`, which it sizes after its CSS box and listens to from now on. Pictures come from `shell`.
    ///
    /// # Errors
    /// [`StageError`] when the browser can't draw it.
    pub fn new(canvas: HtmlCanvasElement, shell: Rc<Shell>, events: Rc<dyn Fn(StageEvent)>) -> Result<Rc<Self>, StageError> {
        let _ = (canvas, shell);
        Ok(Rc::new(Self { events }))
    }

    /// Shows this from now on; only what changed is loaded anew. The first scene with another reference is fitted.
    pub fn show(&self, scene: &Scene) {
        let _ = (scene, &self.events);
    }

    /// Flies to `area`, so that it stands in the middle with its surroundings.
    pub fn fly_to(&self, area: &Rect<Reference>) {
        let _ = area;
    }

    /// Shows the whole reference.
    pub fn fit(&self) {}

    /// One reference pixel becomes one pixel of the screen.
    pub fn actual_size(&self) {}

    /// Zooms about the middle.
    pub fn zoom_by(&self, factor: f64) {
        let _ = factor;
    }

    /// Moves the view over the board, by CSS pixels to the right and down.
    pub fn pan_by(&self, dx: f64, dy: f64) {
        let _ = (dx, dy);
    }

    /// Blink: the other picture, and no more turns by itself.
    pub fn toggle_blink(&self) {}

    /// Lets `group` follow the camera: its `transform` maps reference pixels to CSS pixels of the canvas, its custom
    /// property `--zoom` is CSS pixels per reference pixel. Viewport 0 is the only or left one, 1 the right one of
    /// side by side; beyond its viewports the stage hides a group.
    pub fn attach_overlay(&self, group: SvgElement, viewport: usize) {
        let _ = (group, viewport);
    }

    /// Ends it: nothing is listened to any more and the graphics memory is given back.
    pub fn dispose(&self) {}
}
