//! The stage without the browser: what is shown, where the camera is, and what gestures make of both.

use super::StageEvent;
use super::camera::{Camera, Screen, Viewport};
use super::scene::Scene;
use crate::app::{Mode, Tool};
use crate::geometry::{Point, Rect, Reference};

/// A press that moves less than this many CSS pixels is a click: hands are not steady.
const CLICK_PX: f64 = 4.0;
/// The swipe line is caught within this many CSS pixels: a finger is 44 wide.
const GRIP_PX: f64 = 18.0;
/// A flight's length: long enough to see where it went, too short to wait for.
const FLIGHT_MS: f64 = 200.0;

/// Which hand holds the pointer: that of the tool, or the one that always moves the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    Tool,
    Pan,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Grip {
    Pan,
    Swipe,
    Box(Point<Reference>),
    Pinch,
}

#[derive(Debug, Clone, Copy)]
struct Flight {
    from: Camera,
    to: Camera,
    start_ms: f64,
}

/// What lies on the stage and how it is looked at now.
pub(super) struct Table {
    pub(super) scene: Scene,
    pub(super) screen: Screen,
    pub(super) camera: Camera,
    pub(super) swipe: f64,
    /// Blink shows the photo, not the reference.
    pub(super) photo_up: bool,
    follows_fit: bool,
    flight: Option<Flight>,
    pointers: Vec<(i32, (f64, f64))>,
    grip: Option<Grip>,
    pressed_at: (f64, f64),
    moved: bool,
    /// The first corner of a box that is drawn by two clicks.
    anchor: Option<Point<Reference>>,
    /// The corner that follows the pointer.
    corner: Option<Point<Reference>>,
}

impl Table {
    pub(super) fn new(scene: Scene, screen: Screen) -> Self {
        let mut table = Self {
            swipe: scene.swipe,
            camera: Camera { centre: Point::new(0.0, 0.0), zoom: 1.0 },
            scene,
            screen,
            photo_up: false,
            follows_fit: true,
            flight: None,
            pointers: Vec::new(),
            grip: None,
            pressed_at: (0.0, 0.0),
            moved: false,
            anchor: None,
            corner: None,
        };
        table.fit();
        table
    }

    /// The parts of the canvas that show the reference and the photo: both the whole, or one half each.
    pub(super) fn viewports(&self) -> [Viewport; 2] {
        match self.scene.shown_mode() {
            Mode::SideBySide => self.screen.halves(),
            _ => [self.screen.whole(); 2],
        }
    }

    fn view(&self) -> Viewport {
        let [first, _] = self.viewports();
        first
    }

    /// The viewport under a place of the canvas.
    fn view_at(&self, (x, _): (f64, f64)) -> Viewport {
        let [first, second] = self.viewports();
        if x >= second.x { second } else { first }
    }

    /// The reference point at a place of the canvas; `None` over a photo that does not lie on the reference.
    pub(super) fn reference_at(&self, at: (f64, f64)) -> Option<Point<Reference>> {
        let [first, _] = self.viewports();
        let view = self.view_at(at);
        (self.scene.warp.is_some() || view == first).then(|| self.camera.to_reference(at, &view))
    }

    pub(super) fn show(&mut self, scene: Scene) {
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
        if before.reference_size != self.scene.reference_size || self.follows_fit {
            self.fit();
        }
    }

    pub(super) fn resize(&mut self, screen: Screen) {
        if self.screen == screen {
            return;
        }
        self.screen = screen;
        if self.follows_fit {
            self.fit();
        } else {
            // A flight ends where it was going to.
            self.set_camera(self.flight.map_or(self.camera, |flight| flight.to));
        }
    }

    pub(super) fn fit(&mut self) {
        self.flight = None;
        self.follows_fit = true;
        self.camera = Camera::fitted(self.scene.reference_size, &self.view());
    }

    /// One reference pixel on one screen pixel.
    pub(super) fn actual_size(&mut self) {
        self.set_camera(Camera { zoom: 1.0 / self.screen.ratio, ..self.camera });
    }

    pub(super) fn pan(&mut self, dx: f64, dy: f64) {
        self.set_camera(self.camera.panned(dx, dy));
    }

    /// Zooms about a place of the canvas, or about the middle.
    pub(super) fn zoom(&mut self, factor: f64, at: Option<(f64, f64)>) {
        let view = at.map_or_else(|| self.view(), |at| self.view_at(at));
        let at = at.unwrap_or((view.x + view.width / 2.0, view.y + view.height / 2.0));
        self.set_camera(self.camera.zoomed(factor, at, self.scene.reference_size, &view));
    }

    fn set_camera(&mut self, camera: Camera) {
        self.flight = None;
        self.follows_fit = false;
        self.camera = camera.kept_in(self.scene.reference_size, &self.view());
    }

    /// Sets out for `area` at the time `now_ms`; `None` arrives at once.
    pub(super) fn fly_to(&mut self, area: &Rect<Reference>, now_ms: Option<f64>) {
        let to = Camera::around(area, self.scene.reference_size, &self.view());
        let from = self.camera;
        self.set_camera(to);
        if let Some(start_ms) = now_ms {
            self.camera = from;
            self.flight = Some(Flight { from, to, start_ms });
        }
    }

    /// Goes on with the flight; true while there is more of it.
    pub(super) fn advance(&mut self, now_ms: f64) -> bool {
        let Some(Flight { from, to, start_ms }) = self.flight else { return false };
        let share = ((now_ms - start_ms) / FLIGHT_MS).clamp(0.0, 1.0);
        // Fast first, then slower: the eye needs the end of the way.
        self.camera = Camera::between(from, to, 1.0 - (1.0 - share) * (1.0 - share));
        if share >= 1.0 {
            self.camera = to;
            self.flight = None;
        }
        self.flight.is_some()
    }

    /// The box being drawn, on the reference.
    pub(super) fn rubber(&self) -> Option<Rect<Reference>> {
        let ((Some(Grip::Box(from)), _) | (_, Some(from))) = (self.grip, self.anchor) else { return None };
        self.corner.map(|corner| Rect::from_corners(from, corner))
    }

    /// The swipe line's place in CSS pixels, when there is one.
    pub(super) fn swipe_line(&self) -> Option<f64> {
        (self.scene.shown_mode() == Mode::Swipe).then(|| self.swipe * self.screen.whole().width)
    }

    /// True where a press would catch the swipe line.
    pub(super) fn over_swipe_line(&self, at: (f64, f64)) -> bool {
        self.swipe_line().is_some_and(|line| (line - at.0).abs() <= GRIP_PX)
    }

    /// Forgets a box that is being drawn.
    pub(super) fn cancel(&mut self) {
        self.anchor = None;
        self.corner = None;
        if matches!(self.grip, Some(Grip::Box(_))) {
            self.grip = None;
        }
    }

    /// Every pointer is gone, without having finished anything.
    pub(super) fn drop_pointers(&mut self) {
        self.pointers.clear();
        self.grip = None;
        self.cancel();
    }

    pub(super) fn press(&mut self, id: i32, at: (f64, f64), hand: Hand) {
        self.flight = None;
        self.pointers.retain(|(known, _)| *known != id);
        self.pointers.push((id, at));
        if self.pointers.len() > 1 {
            self.cancel();
            (self.grip, self.moved) = (Some(Grip::Pinch), true);
            return;
        }
        (self.pressed_at, self.moved) = (at, false);
        let point = self.reference_at(at);
        self.grip = Some(match (hand, self.scene.tool, point) {
            (Hand::Tool, ..) if self.anchor.is_none() && self.over_swipe_line(at) => Grip::Swipe,
            (Hand::Tool, Tool::Box, Some(point)) => {
                self.corner = Some(point);
                Grip::Box(self.anchor.unwrap_or(point))
            }
            _ => Grip::Pan,
        });
    }

    pub(super) fn glide(&mut self, id: i32, at: (f64, f64)) {
        let before = self.pointers.clone();
        let Some((_, known)) = self.pointers.iter_mut().find(|(known, _)| *known == id) else {
            if self.anchor.is_some() {
                self.corner = self.reference_at(at);
            }
            return;
        };
        let (dx, dy) = (at.0 - known.0, at.1 - known.1);
        if !self.moved && distance(self.pressed_at, at) < CLICK_PX {
            return;
        }
        *known = at;
        self.moved = true;
        match self.grip {
            Some(Grip::Pan) => self.pan(dx, dy),
            Some(Grip::Swipe) => self.swipe = (at.0 / self.screen.whole().width.max(1.0)).clamp(0.0, 1.0),
            Some(Grip::Box(_)) => self.corner = self.reference_at(at),
            Some(Grip::Pinch) => self.pinch(&before),
            None => {}
        }
    }

    /// Two fingers: what was between them stays between them.
    fn pinch(&mut self, before: &[(i32, (f64, f64))]) {
        let middle = |a: (f64, f64), b: (f64, f64)| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
        if let (&[(_, a0), (_, b0), ..], &[(_, a1), (_, b1), ..]) = (before, self.pointers.as_slice()) {
            let (from, to) = (middle(a0, b0), middle(a1, b1));
            self.pan(to.0 - from.0, to.1 - from.1);
            self.zoom(distance(a1, b1) / distance(a0, b0).max(1.0), Some(to));
        }
    }

    pub(super) fn release(&mut self, id: i32, at: (f64, f64)) -> Option<StageEvent> {
        self.pointers.retain(|(known, _)| *known != id);
        let point = self.reference_at(at);
        match self.grip.take()? {
            Grip::Pan if !self.moved => point.map(StageEvent::Clicked),
            Grip::Pan => None,
            Grip::Swipe => Some(StageEvent::Swiped(self.swipe)),
            Grip::Pinch => {
                self.grip = (!self.pointers.is_empty()).then_some(Grip::Pan);
                None
            }
            Grip::Box(from) if self.moved || self.anchor.is_some() => {
                let drawn = point.map(|point| Rect::from_corners(from, point));
                self.cancel();
                let (width, height) = self.scene.reference_size;
                let board = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
                drawn.and_then(|drawn| drawn.intersection(&board)).map(StageEvent::Drawn)
            }
            Grip::Box(from) => {
                self.anchor = Some(from);
                None
            }
        }
    }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}
