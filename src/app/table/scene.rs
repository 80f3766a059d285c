//! What lies on the table, how it is looked at, and what a person does there.

use std::rc::Rc;

use crate::app::{Mode, Palette, Tool};
use crate::geometry::{Photo, Point, Rect, Reference, Warp};
use crate::report::{FindingId, Shape};
use crate::vision::Sha256;

/// What lies on the table, and how it is looked at. The camera is the table's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The reference picture that is shown; `None` when it is not in memory.
    pub reference: Option<Sha256>,
    /// Its size in pixels.
    pub reference_picture: (u32, u32),
    /// It is a drawing on a transparent sheet.
    pub reference_is_sheet: bool,
    /// How it lies on the first reference, when it is another one.
    pub reference_warp: Option<Rc<Warp>>,
    /// The first reference's size in pixels: the table's space, with or without the picture.
    pub reference_size: (u32, u32),
    /// The photo; `None` when it is not in memory.
    pub photo: Option<Sha256>,
    /// Its size in pixels.
    pub photo_size: (u32, u32),
    /// How strongly each of the two is shown, where they are not measured against each other; 0 hides it.
    pub strength: Strength,
    /// Pictures that lie over both, lowest first.
    pub over: Rc<Vec<Over>>,
    /// How the photo lies on the reference; without it the two are shown beside each other, each fitted.
    pub warp: Option<Rc<Warp>>,
    /// How they lie over each other.
    pub mode: Mode,
    /// The photo's opacity over the reference, 0 to 1.
    pub opacity: f64,
    /// Where the swipe line is.
    pub swipe: Swipe,
    /// What a drag does.
    pub tool: Tool,
    /// Side by side, the two halves move together.
    pub linked: bool,
    /// Both pictures, larger, beside the pointer.
    pub loupe: bool,
    /// The whole board in a corner.
    pub overview: bool,
    /// Colours of the difference.
    pub palette: Palette,
    /// Differences up to this share of full scale are light and noise.
    pub tolerance: f64,
    /// Blinks, there and back, a second; 0 is by hand only.
    pub blink_hz: f64,
    /// The findings' marks, lowest first.
    pub marks: Rc<Vec<Mark>>,
    /// The differences' boxes, by their places in the list.
    pub places: Rc<Vec<(usize, Rect<Reference>)>>,
    /// The same places in both pictures, while a person aligns by hand.
    pub pairs: Option<Rc<Vec<Pair>>>,
}

/// How strongly reference and photo are shown, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// The reference.
    pub reference: f64,
    /// The photo.
    pub photo: f64,
}

impl Default for Strength {
    fn default() -> Self {
        Self { reference: 1.0, photo: 1.0 }
    }
}

/// A picture that lies over the two.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// Which.
    pub picture: Sha256,
    /// Its size in pixels.
    pub size: (u32, u32),
    /// How it lies on the first reference.
    pub warp: Rc<Warp>,
    /// From 0 to 1.
    pub opacity: f64,
    /// It is a drawing on a transparent sheet.
    pub is_sheet: bool,
}

/// A finding on the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its number.
    pub id: FindingId,
    /// Its shapes; at least one.
    pub shapes: Vec<Shape>,
    /// It is among the chosen ones.
    pub chosen: bool,
    /// Somebody else's: it can be chosen, but neither moved nor reshaped.
    pub fixed: bool,
}

/// A control point, or the half of one that is waiting for the other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pair {
    /// On the first reference.
    pub reference: Option<Point<Reference>>,
    /// On the photo.
    pub photo: Option<Point<Photo>>,
}

/// One end of a control point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PairEnd {
    /// On the first reference.
    Reference(Point<Reference>),
    /// On the photo.
    Photo(Point<Photo>),
}

/// A straight line over the table; the photo is on one side of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swipe {
    /// From 0 (all photo) to 1 (all reference).
    pub position: f64,
    /// Degrees that the line is turned clockwise; at 0 it stands upright with the photo on its right.
    pub angle: f64,
}

impl Default for Swipe {
    fn default() -> Self {
        Self { position: 0.5, angle: 0.0 }
    }
}

impl Swipe {
    /// A swipe within its limits: position 0 to 1, angle from −180 up to 180.
    #[must_use]
    pub fn limited(self) -> Self {
        let angle = if self.angle.is_finite() { (self.angle + 180.0).rem_euclid(360.0) - 180.0 } else { 0.0 };
        Self { position: if self.position.is_finite() { self.position.clamp(0.0, 1.0) } else { 0.5 }, angle }
    }

    /// The unit vector from the line to the photo's side, on the screen.
    #[must_use]
    pub fn normal(self) -> (f64, f64) {
        let radians = self.angle.to_radians();
        (libm::cos(radians), libm::sin(radians))
    }
}

impl Scene {
    /// The way it is really shown: pictures that do not lie on each other stand beside each other, and one that is alone
    /// is shown whole.
    #[must_use]
    pub fn shown_mode(&self) -> Mode {
        match (&self.warp, self.mode) {
            (None, _) | (_, Mode::SideBySide) => Mode::SideBySide,
            (Some(_), _) if !self.shows_both() => Mode::Opacity,
            (Some(_), mode) => mode,
        }
    }

    /// The photo's opacity: all or nothing where one of the two is alone.
    #[must_use]
    pub fn shown_opacity(&self) -> f64 {
        match self.shows() {
            (true, true) => self.opacity.clamp(0.0, 1.0),
            (false, _) => 1.0,
            (_, false) => 0.0,
        }
    }

    /// Whether the reference and the photo are shown: in memory, and not hidden.
    const fn shows(&self) -> (bool, bool) {
        (self.reference.is_some() && self.strength.reference > 0.0, self.photo.is_some() && self.strength.photo > 0.0)
    }

    /// True when neither reference nor photo is missing or hidden.
    #[must_use]
    pub const fn shows_both(&self) -> bool {
        matches!(self.shows(), (true, true))
    }

    /// Where the photo lies; without a warp it is made as large as the reference, so that both are seen whole.
    #[must_use]
    pub fn photo_warp(&self) -> Rc<Warp> {
        if let Some(warp) = &self.warp {
            return Rc::clone(warp);
        }
        Rc::new(Warp::beside(self.photo_size, self.reference_size))
    }
}

/// What a person did on the table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableEvent {
    /// The swipe line came to rest.
    Swiped(Swipe),
    /// A shape was drawn.
    Drawn {
        /// Which.
        shape: Shape,
        /// It is one more of the chosen finding, not a finding of its own.
        joins: bool,
    },
    /// Words are to be written.
    TextWanted {
        /// Where.
        at: Point<Reference>,
        /// They join the chosen finding.
        joins: bool,
    },
    /// A finding was pressed.
    ChoseFinding {
        /// Which.
        id: FindingId,
        /// It joins or leaves those that are chosen.
        toggles: bool,
    },
    /// A difference was pressed.
    ChoseDifference(usize),
    /// The bare board was pressed.
    ChoseNothing,
    /// A frame was drawn around these.
    Enclosed(Vec<FindingId>),
    /// Findings were moved or reshaped.
    Reshaped(Vec<(FindingId, Vec<Shape>)>),
    /// One end of a new control point was set.
    PairPlaced(PairEnd),
    /// One end of a control point was moved.
    PairMoved(usize, PairEnd),
}
