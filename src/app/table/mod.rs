//! The light table without the browser: what is shown, where it is looked at, and what gestures make of both.
//!
//! [`Table`] is the whole of it. The stage feeds it pointers and wheels, and draws what it says.

mod camera;
mod draft;
mod editing;
mod gesture;
mod insets;
pub mod outline;
mod pairs;
mod plan;
mod scene;
mod target;
mod wheel;

use crate::app::{Mode, Tool};
use crate::geometry::{Photo, Point, Rect, Reference};
use crate::report::Shape;

pub use camera::{Camera, Orientation, Screen, Viewport};
pub use gesture::{Hand, Held};
pub use plan::Plan;
pub use scene::{Mark, Over, Pair, PairEnd, Scene, Strength, Swipe, TableEvent};
pub use wheel::{Wheel, WheelSetting, WheelTurn, WheelUnit, WheelWish};

use draft::Draft;
use editing::Editing;
use gesture::Grip;

/// A flight's length: long enough to see where it went, too short to wait for.
const FLIGHT_MS: f64 = 200.0;
/// A mark made without a pointer takes this share of the viewport's shorter side.
const MARK_SHARE: f64 = 0.1;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Flight {
    from: Camera,
    to: Camera,
    start_ms: f64,
}

/// What lies on the table and how it is looked at now.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    scene: Scene,
    screen: Screen,
    /// Of the only or left view and of the right one; the same while they are linked.
    cameras: [Camera; 2],
    swipe: Swipe,
    photo_up: bool,
    /// The person holds the photo up, whatever the mode.
    held_up: bool,
    follows_fit: bool,
    flight: Option<Flight>,
    pointers: Vec<(i32, (f64, f64))>,
    /// Where the pointer is, pressed or not.
    hover: Option<(f64, f64)>,
    grip: Option<Grip>,
    pressed_at: (f64, f64),
    moved: bool,
    draft: Option<Draft>,
    editing: Option<Editing>,
    frame: Option<Rect<Reference>>,
}

impl Table {
    /// A table that shows all of the scene.
    #[must_use]
    pub fn new(scene: Scene, screen: Screen) -> Self {
        let camera = Camera { centre: Point::new(0.0, 0.0), zoom: 1.0, orientation: Orientation::default() };
        let mut table = Self {
            swipe: scene.swipe,
            cameras: [camera; 2],
            scene,
            screen,
            photo_up: false,
            held_up: false,
            follows_fit: true,
            flight: None,
            pointers: Vec::new(),
            hover: None,
            grip: None,
            pressed_at: (0.0, 0.0),
            moved: false,
            draft: None,
            editing: None,
            frame: None,
        };
        table.fit();
        table
    }

    /// What lies on it.
    #[must_use]
    pub const fn scene(&self) -> &Scene {
        &self.scene
    }

    /// The surface that it is drawn on.
    #[must_use]
    pub const fn screen(&self) -> Screen {
        self.screen
    }

    /// The swipe line as it is now.
    #[must_use]
    pub const fn swipe(&self) -> Swipe {
        self.swipe
    }

    /// True while blinking, or the person, shows the photo.
    #[must_use]
    pub const fn photo_is_up(&self) -> bool {
        self.photo_up || self.held_up
    }

    /// True while the person holds the photo up.
    #[must_use]
    pub const fn photo_is_held_up(&self) -> bool {
        self.held_up
    }

    /// The parts of the canvas that show the reference and the photo: both the whole, or one half each.
    #[must_use]
    pub fn viewports(&self) -> [Viewport; 2] {
        match self.scene.shown_mode() {
            Mode::SideBySide => self.screen.halves(),
            _ => [self.screen.whole(); 2],
        }
    }

    /// The cameras of the two viewports.
    #[must_use]
    pub const fn cameras(&self) -> [Camera; 2] {
        self.cameras
    }

    /// The camera of the only or left viewport.
    #[must_use]
    pub const fn camera(&self) -> Camera {
        let [camera, _] = self.cameras;
        camera
    }

    /// True while both viewports move together.
    fn is_linked(&self) -> bool {
        self.scene.shown_mode() != Mode::SideBySide || self.scene.linked
    }

    /// The viewport under a place of the canvas, with its camera, and whether it is the right one.
    fn view_at(&self, (x, _): (f64, f64)) -> (Viewport, Camera, bool) {
        let ([first, second], [left, right]) = (self.viewports(), self.cameras);
        if self.scene.shown_mode() == Mode::SideBySide && x >= second.x { (second, right, true) } else { (first, left, false) }
    }

    /// The reference point at a place of the canvas; `None` over a photo that does not lie on the reference.
    #[must_use]
    pub fn reference_at(&self, at: (f64, f64)) -> Option<Point<Reference>> {
        let (view, camera, right) = self.view_at(at);
        (self.scene.warp.is_some() || !right).then(|| camera.to_reference(at, &view))
    }

    /// The photo point at a place of the canvas, on the side that shows the photo alone.
    fn photo_at(&self, at: (f64, f64)) -> Option<Point<Photo>> {
        let (view, camera, right) = self.view_at(at);
        let warp = self.scene.photo_warp();
        if right { warp.to_photo(camera.to_reference(at, &view)) } else { None }
    }

    /// Another scene; the camera stays unless the board is another one, or was fitted.
    pub fn show(&mut self, scene: Scene) {
        let before = std::mem::replace(&mut self.scene, scene);
        if before.swipe != self.scene.swipe && self.grip != Some(Grip::Swipe) {
            self.swipe = self.scene.swipe;
        }
        if before.tool != self.scene.tool || before.reference_size != self.scene.reference_size {
            self.cancel();
        }
        if before.mode != self.scene.mode {
            self.photo_up = false;
        }
        if self.is_linked() {
            let camera = self.camera();
            self.cameras = [camera; 2];
        }
        if before.reference_size != self.scene.reference_size || self.follows_fit {
            self.fit();
        } else if before.shown_mode() != self.scene.shown_mode() {
            self.keep_in_sight();
        }
    }

    /// Another surface.
    pub fn resize(&mut self, screen: Screen) {
        if self.screen == screen {
            return;
        }
        self.screen = screen;
        if self.follows_fit {
            self.fit();
        } else {
            // A flight ends where it was going to.
            if let Some(Flight { to, .. }) = self.flight.take() {
                self.cameras = [to; 2];
            }
            self.keep_in_sight();
        }
    }

    /// Shows the whole reference.
    pub fn fit(&mut self) {
        self.flight = None;
        self.follows_fit = true;
        let (views, size) = (self.viewports(), self.scene.reference_size);
        for (camera, view) in self.cameras.iter_mut().zip(&views) {
            *camera = Camera::fitted(size, view, camera.orientation);
        }
    }

    /// One reference pixel on one screen pixel.
    pub fn actual_size(&mut self) {
        let zoom = 1.0 / self.screen.ratio;
        self.turn(None, |camera, _| Camera { zoom, ..camera });
    }

    /// Moves the board by CSS pixels.
    pub fn pan(&mut self, dx: f64, dy: f64, at: Option<(f64, f64)>) {
        self.turn(at, |camera, _| camera.panned(dx, dy));
    }

    /// Zooms about a place of the canvas, or about the middle.
    pub fn zoom(&mut self, factor: f64, at: Option<(f64, f64)>) {
        let size = self.scene.reference_size;
        self.turn(at, |camera, view| camera.zoomed(factor, at.unwrap_or_else(|| view.middle()), size, view));
    }

    /// Lays the board another way; what is in the middle stays there.
    pub fn orient(&mut self, change: impl Fn(Orientation) -> Orientation) {
        let fits = self.follows_fit;
        self.turn(None, |camera, _| Camera { orientation: change(camera.orientation), ..camera });
        if fits {
            self.fit();
        }
    }

    /// Which way the board lies.
    #[must_use]
    pub const fn orientation(&self) -> Orientation {
        self.camera().orientation
    }

    /// Changes the camera of the viewport at a place, or both; linked ones stay the same.
    fn turn(&mut self, at: Option<(f64, f64)>, change: impl Fn(Camera, &Viewport) -> Camera) {
        self.flight = None;
        self.follows_fit = false;
        let (size, linked) = (self.scene.reference_size, self.is_linked());
        let right = at.is_some_and(|at| self.view_at(at).2);
        let views = self.viewports();
        if linked {
            let [first, second] = &views;
            let camera = change(self.camera(), if right { second } else { first }).kept_in(size, first);
            self.cameras = [camera; 2];
            return;
        }
        for (place, (camera, view)) in self.cameras.iter_mut().zip(&views).enumerate() {
            if at.is_none() || right == (place == 1) {
                *camera = change(*camera, view).kept_in(size, view);
            }
        }
    }

    fn keep_in_sight(&mut self) {
        self.turn(None, |camera, _| camera);
    }

    /// Sets out for `area` at the time `now_ms`; `None` arrives at once.
    pub fn fly_to(&mut self, area: &Rect<Reference>, now_ms: Option<f64>) {
        let (from, size) = (self.camera(), self.scene.reference_size);
        self.turn(None, |camera, view| camera.around(area, size, view));
        if let (Some(start_ms), true) = (now_ms, self.is_linked()) {
            let to = self.camera();
            self.cameras = [from; 2];
            self.flight = Some(Flight { from, to, start_ms });
        }
    }

    /// Goes on with the flight; true while there is more of it.
    pub fn advance(&mut self, now_ms: f64) -> bool {
        let Some(Flight { from, to, start_ms }) = self.flight else { return false };
        let share = ((now_ms - start_ms) / FLIGHT_MS).clamp(0.0, 1.0);
        // Fast first, then slower: the eye needs the end of the way.
        let camera = if share >= 1.0 { to } else { Camera::between(from, to, 1.0 - (1.0 - share) * (1.0 - share)) };
        self.cameras = [camera; 2];
        if share >= 1.0 {
            self.flight = None;
        }
        self.flight.is_some()
    }

    /// Blink: the other picture.
    pub const fn toggle_photo(&mut self) {
        self.photo_up = !self.photo_up;
    }

    /// The person holds the photo up, or lets it go.
    pub const fn hold_photo(&mut self, held: bool) {
        self.held_up = held;
    }

    /// A point of the swipe line and its unit normal towards the photo, in CSS pixels, when there is a line.
    #[must_use]
    pub fn swipe_line(&self) -> Option<((f64, f64), (f64, f64))> {
        if self.scene.shown_mode() != Mode::Swipe {
            return None;
        }
        let (whole, normal) = (self.screen.whole(), self.swipe.normal());
        let (middle, reach) = (whole.middle(), reach_along(&whole, normal));
        let offset = (2.0 * self.swipe.position - 1.0) * reach;
        Some(((middle.0 + normal.0 * offset, middle.1 + normal.1 * offset), normal))
    }

    /// The swipe position at which the line goes through a place.
    fn swipe_position(&self, at: (f64, f64)) -> f64 {
        let (whole, normal) = (self.screen.whole(), self.swipe.normal());
        let (middle, reach) = (whole.middle(), reach_along(&whole, normal));
        let offset = (at.0 - middle.0) * normal.0 + (at.1 - middle.1) * normal.1;
        (0.5 + offset / (2.0 * reach).max(1.0)).clamp(0.0, 1.0)
    }

    /// The shapes in a viewport (0 or 1) that are not yet what they will be, as they are now.
    #[must_use]
    pub fn drafts(&self, viewport: usize) -> Vec<Shape> {
        let edited = self.editing.iter().flat_map(Editing::shapes);
        let frame = self.frame.map(Shape::Box);
        let pair = match self.grip {
            Some(Grip::Pair(_, PairEnd::Reference(point))) if viewport == 0 => Some(Shape::Point(point)),
            Some(Grip::Pair(_, PairEnd::Photo(point))) if viewport == 1 => {
                Some(Shape::Point(self.scene.photo_warp().to_reference(point)))
            }
            _ => None,
        };
        self.draft.iter().map(Draft::shown).chain(edited).chain(frame).chain(pair).collect()
    }

    /// What a press of the chosen tool in the middle of the view would make, for whoever has no pointer; `None` for tools that draw
    /// nothing.
    #[must_use]
    pub fn mark_middle(&self) -> Option<TableEvent> {
        let [view, _] = self.viewports();
        let (middle, zoom) = (self.camera().centre, self.camera().zoom);
        let half = MARK_SHARE * view.width.min(view.height) / zoom / 2.0;
        let (low, high) = (Point::new(middle.x - half, middle.y - half), Point::new(middle.x + half, middle.y + half));
        let shape = match self.scene.tool {
            Tool::Hand | Tool::Select => return None,
            Tool::Text => return Some(TableEvent::TextWanted { at: middle, joins: false }),
            Tool::Point => Shape::Point(middle),
            Tool::Polygon => Shape::Polygon(Rect::from_corners(low, high).corners().to_vec()),
            Tool::Freehand => Shape::Freehand(vec![low, high]),
            tool => {
                let mut draft = Draft::begun(tool, low)?;
                draft.follow(high, false);
                draft.finished(zoom)?
            }
        };
        Some(TableEvent::Drawn { shape: self.on_board(shape)?, joins: false })
    }
}

/// From a viewport's middle to its farthest corner along a direction.
fn reach_along(view: &Viewport, (x, y): (f64, f64)) -> f64 {
    (view.width * x.abs() + view.height * y.abs()) / 2.0
}
