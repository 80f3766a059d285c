//! Pointers, turned into what a person means by them.

use super::draft::Draft;
use super::editing::Editing;
use super::scene::{PairEnd, TableEvent};
use super::target::{Target, enclosed, handle, snapped, thing};
use super::{Camera, Table};
use crate::app::Tool;
use crate::geometry::{Point, Rect, Reference};
use crate::report::{FindingId, Handle, Shape};

/// A press that moves less than this many CSS pixels is a click: hands are not steady.
const CLICK_PX: f64 = 4.0;
/// The swipe line is caught within this many CSS pixels: a finger is 44 wide.
const GRIP_PX: f64 = 18.0;
/// A control point, and the first corner of an outline, are caught within this many CSS pixels.
pub(super) const POINT_PX: f64 = 22.0;
/// A double click's zoom.
const DOUBLE_CLICK: f64 = 2.0;

/// Which hand holds the pointer: that of the tool, or the one that always moves the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// The tool's.
    Tool,
    /// The one that moves the view: the middle button, or with Space.
    Pan,
}

/// What is held down with the pointer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Straight lines and squares while drawing; one more while choosing.
    pub shift: bool,
    /// What is drawn joins the chosen finding.
    pub alt: bool,
    /// The pen is not drawn to corners.
    pub ctrl: bool,
}

/// What the pressed pointer has hold of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Grip {
    Pan,
    Swipe,
    Pinch,
    Draw,
    Edit,
    Frame(Point<Reference>),
    Pair(usize, PairEnd),
    Overview,
}

impl Table {
    /// Forgets what is being drawn or moved. True when there was something.
    pub fn cancel(&mut self) -> bool {
        let busy = self.draft.is_some() || self.editing.is_some() || self.frame.is_some();
        (self.draft, self.editing, self.frame) = (None, None, None);
        if !matches!(self.grip, Some(Grip::Pan | Grip::Pinch)) {
            self.grip = None;
        }
        busy
    }

    /// Takes the last corner of an outline back. True when there was one.
    pub fn step_back(&mut self) -> bool {
        let Some(draft) = &mut self.draft else { return false };
        if !draft.drop_corner() {
            self.draft = None;
        }
        true
    }

    /// Finishes an outline that is drawn corner by corner, or a line that follows the pointer.
    pub fn finish(&mut self, held: Held) -> Option<TableEvent> {
        if !matches!(self.grip, None | Some(Grip::Draw)) {
            return None;
        }
        let shape = self.draft.take()?.finished(self.camera().zoom)?;
        Some(TableEvent::Drawn { shape: self.on_board(shape)?, joins: held.alt })
    }

    /// Every pointer is gone, without having finished anything.
    pub fn drop_pointers(&mut self) {
        self.pointers.clear();
        self.grip = None;
        self.cancel();
    }

    /// The pointer left the table.
    pub fn leave(&mut self) {
        if self.pointers.is_empty() {
            self.hover = None;
        }
    }

    /// A pointer was pressed at a place of the canvas, in CSS pixels.
    pub fn press(&mut self, id: i32, at: (f64, f64), hand: Hand, held: Held) {
        self.flight = None;
        self.hover = Some(at);
        self.pointers.retain(|(known, _)| *known != id);
        self.pointers.push((id, at));
        if self.pointers.len() > 1 {
            // A second finger means the view, whatever the first began; corners that were set stay.
            if !matches!(self.draft, Some(Draft::Corners { .. })) {
                self.cancel();
            }
            (self.grip, self.moved) = (Some(Grip::Pinch), true);
            return;
        }
        (self.pressed_at, self.moved) = (at, false);
        self.grip = Some(if hand == Hand::Pan { Grip::Pan } else { self.take_hold(at, held) });
        if self.grip == Some(Grip::Overview) {
            self.look_from_overview(at);
        }
    }

    /// What the tool's hand takes hold of at a place.
    fn take_hold(&mut self, at: (f64, f64), held: Held) -> Grip {
        if self.overview().is_some_and(|(view, _)| view.contains(at)) {
            return Grip::Overview;
        }
        if let Some(pairs) = self.pair_at(at) {
            return Grip::Pair(pairs.0, pairs.1);
        }
        if self.draft.is_none() && self.catches_swipe(at) {
            return Grip::Swipe;
        }
        let Some(point) = self.reference_at(at) else { return Grip::Pan };
        let (tool, zoom) = (self.scene.tool, self.view_at(at).1.zoom);
        if self.scene.pairs.is_some() {
            return Grip::Pan;
        }
        if let (Tool::Hand | Tool::Select, Some(Target::Handle { id, shape, handle })) = (tool, handle(&self.scene, point, zoom))
        {
            return self.edit(&[id], Some((shape, handle)), point);
        }
        match tool {
            Tool::Hand => Grip::Pan,
            Tool::Select => match thing(&self.scene, point, zoom) {
                Some(Target::Finding(id)) if !held.shift && self.is_free(id) => {
                    let chosen: Vec<_> =
                        self.scene.marks.iter().filter(|mark| mark.chosen && !mark.fixed).map(|mark| mark.id).collect();
                    let moved = if chosen.contains(&id) { chosen } else { vec![id] };
                    self.edit(&moved, None, point)
                }
                _ => Grip::Frame(point),
            },
            Tool::Point | Tool::Text => Grip::Draw,
            _ => {
                let pen = self.pen(point, zoom, held);
                match &mut self.draft {
                    Some(draft) => draft.follow(pen, held.shift),
                    None => self.draft = Draft::begun(tool, pen),
                }
                Grip::Draw
            }
        }
    }

    /// True for a finding of the person's own.
    fn is_free(&self, id: FindingId) -> bool {
        self.scene.marks.iter().any(|mark| mark.id == id && !mark.fixed)
    }

    fn edit(&mut self, ids: &[FindingId], held: Option<(usize, Handle)>, from: Point<Reference>) -> Grip {
        let marks = self.scene.marks.iter().filter(|mark| ids.contains(&mark.id));
        let before = marks.map(|mark| (mark.id, mark.shapes.clone())).collect();
        self.editing = Some(Editing { before, held, from, to: from });
        Grip::Edit
    }

    /// Where the pen is: at the pointer, or at a corner of a difference nearby.
    fn pen(&self, point: Point<Reference>, zoom: f64, held: Held) -> Point<Reference> {
        let snaps = !held.ctrl && self.scene.tool != Tool::Freehand;
        if snaps { snapped(&self.scene, point, zoom) } else { point }
    }

    /// A pointer moved. `coalesced` are the places on its way there that the browser kept back, without the last. True when something
    /// that is seen may have changed.
    pub fn glide(&mut self, id: i32, at: (f64, f64), coalesced: &[(f64, f64)], held: Held) -> bool {
        self.hover = Some(at);
        let loupe = self.scene.loupe;
        let before = self.pointers.clone();
        let Some((_, known)) = self.pointers.iter_mut().find(|(known, _)| *known == id) else {
            // Not pressed: what was begun by a click follows.
            if self.grip.is_none() {
                self.draw_to(at, coalesced, held);
            }
            return loupe || self.draft.is_some();
        };
        let (dx, dy) = (at.0 - known.0, at.1 - known.1);
        if !self.moved && distance(self.pressed_at, at) < CLICK_PX {
            return loupe;
        }
        *known = at;
        self.moved = true;
        match self.grip {
            Some(Grip::Pan) => self.pan(dx, dy, Some(self.pressed_at)),
            Some(Grip::Swipe) => self.swipe.position = self.swipe_position(at),
            Some(Grip::Draw) => self.draw_to(at, coalesced, held),
            Some(Grip::Edit) => {
                if let (Some(point), Some(editing)) = (self.reference_at(at), &mut self.editing) {
                    editing.to = point;
                }
            }
            Some(Grip::Frame(from)) => self.frame = self.reference_at(at).map(|to| Rect::from_corners(from, to)),
            Some(Grip::Pair(place, end)) => self.grip = Some(Grip::Pair(place, self.pair_end(at).unwrap_or(end))),
            Some(Grip::Pinch) => self.pinch(&before),
            Some(Grip::Overview) => self.look_from_overview(at),
            None => {}
        }
        true
    }

    fn draw_to(&mut self, at: (f64, f64), coalesced: &[(f64, f64)], held: Held) {
        let zoom = self.view_at(at).1.zoom;
        let way: Vec<_> = coalesced.iter().chain([&at]).filter_map(|at| self.reference_at(*at)).collect();
        let pens: Vec<_> = way.into_iter().map(|point| self.pen(point, zoom, held)).collect();
        if let Some(draft) = &mut self.draft {
            pens.into_iter().for_each(|pen| draft.follow(pen, held.shift));
        }
    }

    /// Two fingers: what was between them stays between them.
    fn pinch(&mut self, before: &[(i32, (f64, f64))]) {
        let middle = |a: (f64, f64), b: (f64, f64)| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
        if let (&[(_, a0), (_, b0), ..], &[(_, a1), (_, b1), ..]) = (before, self.pointers.as_slice()) {
            let (from, to) = (middle(a0, b0), middle(a1, b1));
            self.pan(to.0 - from.0, to.1 - from.1, Some(from));
            self.zoom(distance(a1, b1) / distance(a0, b0).max(1.0), Some(to));
        }
    }

    /// A pointer was let go; what that means.
    pub fn release(&mut self, id: i32, at: (f64, f64), held: Held) -> Option<TableEvent> {
        self.pointers.retain(|(known, _)| *known != id);
        let point = self.reference_at(at);
        match self.grip.take()? {
            Grip::Pan if !self.moved => self.pressed(at, held),
            Grip::Pan | Grip::Overview => None,
            Grip::Swipe => Some(TableEvent::Swiped(self.swipe)),
            Grip::Pinch => {
                self.grip = (!self.pointers.is_empty()).then_some(Grip::Pan);
                None
            }
            Grip::Edit => {
                let editing = self.editing.take()?;
                match (self.moved, held.alt.then(|| editing.without_corner()).flatten()) {
                    (true, _) => Some(TableEvent::Reshaped(editing.after())),
                    (false, Some(without)) => Some(TableEvent::Reshaped(without)),
                    (false, None) => self.pressed(at, held),
                }
            }
            Grip::Frame(_) => match self.frame.take() {
                Some(frame) if self.moved => Some(TableEvent::Enclosed(enclosed(&self.scene, &frame))),
                _ => self.pressed(at, held),
            },
            Grip::Pair(place, end) => self.moved.then_some(TableEvent::PairMoved(place, end)),
            Grip::Draw => self.draw(point?, held),
        }
    }

    /// What a click chooses, or sets.
    fn pressed(&self, at: (f64, f64), held: Held) -> Option<TableEvent> {
        if self.scene.pairs.is_some() {
            return self.pair_end(at).map(TableEvent::PairPlaced);
        }
        Some(match thing(&self.scene, self.reference_at(at)?, self.view_at(at).1.zoom) {
            Some(Target::Finding(id)) => TableEvent::ChoseFinding { id, toggles: held.shift },
            Some(Target::Difference(place)) => TableEvent::ChoseDifference(place),
            _ => TableEvent::ChoseNothing,
        })
    }

    /// The drawing pointer was let go: the shape is finished, or it was the first of several presses.
    fn draw(&mut self, point: Point<Reference>, held: Held) -> Option<TableEvent> {
        let zoom = self.camera().zoom;
        match self.scene.tool {
            Tool::Point => {
                return Some(TableEvent::Drawn { shape: self.on_board(Shape::Point(point))?, joins: held.alt });
            }
            Tool::Text => return Some(TableEvent::TextWanted { at: point, joins: held.alt }),
            _ => {}
        }
        let begun_now = !self.moved && self.draft.as_ref().is_some_and(|draft| is_at_its_start(draft, zoom));
        match &mut self.draft {
            Some(draft @ Draft::Corners { .. }) => {
                let closes = draft.closes_at().is_some_and(|first| first.distance(point) * zoom <= POINT_PX / 2.0);
                if closes || !draft.set_corner() { self.finish(held) } else { None }
            }
            // A click: the shape follows the pointer until the next one.
            Some(_) if begun_now => None,
            Some(_) => self.finish(held),
            None => None,
        }
    }

    /// A double click: it closes an outline, and zooms where nothing is drawn.
    pub fn double_press(&mut self, at: (f64, f64), held: Held) -> Option<TableEvent> {
        if self.draft.is_some() {
            return self.finish(held);
        }
        if self.scene.tool == Tool::Hand && self.scene.pairs.is_none() && !self.over_swipe_line(at) {
            self.zoom(DOUBLE_CLICK, Some(at));
        }
        None
    }

    /// Boxes end at the board's edge; a shape that is wholly off the board is none.
    pub(super) fn on_board(&self, shape: Shape) -> Option<Shape> {
        let (width, height) = self.scene.reference_size;
        let board = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        match shape {
            Shape::Box(area) => area.intersection(&board).map(Shape::Box),
            other => {
                let area = other.bounds()?;
                let touches = area.x <= board.w && area.y <= board.h && area.x + area.w >= 0.0 && area.y + area.h >= 0.0;
                touches.then_some(other)
            }
        }
    }

    /// True where a press would catch the swipe line.
    #[must_use]
    pub fn over_swipe_line(&self, at: (f64, f64)) -> bool {
        self.swipe_line()
            .is_some_and(|(through, normal)| ((at.0 - through.0) * normal.0 + (at.1 - through.1) * normal.1).abs() <= GRIP_PX)
    }

    /// True where the tool's hand takes the swipe line: anywhere on it, but with a drawing tool only at its handle, so that things can be
    /// drawn across it.
    fn catches_swipe(&self, at: (f64, f64)) -> bool {
        let draws = !matches!(self.scene.tool, Tool::Hand | Tool::Select);
        let near = |(handle, _): ((f64, f64), (f64, f64))| distance(handle, at) <= POINT_PX;
        self.over_swipe_line(at) && (!draws || self.swipe_line().is_some_and(near))
    }

    /// The place of the overview comes into the middle.
    fn look_from_overview(&mut self, at: (f64, f64)) {
        if let Some((view, camera)) = self.overview() {
            let centre = camera.to_reference(at, &view);
            self.turn(None, |camera, _| Camera { centre, ..camera });
        }
    }

    /// What the pointer shows it would do, as a name of CSS's cursors.
    #[must_use]
    pub fn cursor(&self, at: (f64, f64), panning: bool) -> &'static str {
        match self.grip {
            Some(Grip::Pan | Grip::Pinch) => return "grabbing",
            Some(Grip::Edit) => return "move",
            _ => {}
        }
        if panning {
            return "grab";
        }
        if self.draft.is_none() && self.catches_swipe(at) {
            return "ew-resize";
        }
        let Some(point) = self.reference_at(at).filter(|_| self.scene.pairs.is_none()) else { return "crosshair" };
        let zoom = self.view_at(at).1.zoom;
        match self.scene.tool {
            Tool::Hand | Tool::Select if handle(&self.scene, point, zoom).is_some() => "move",
            Tool::Hand => "grab",
            Tool::Select if matches!(thing(&self.scene, point, zoom), Some(Target::Finding(_))) => "move",
            Tool::Select => "default",
            Tool::Text => "text",
            _ => "crosshair",
        }
    }
}

/// True while a click, and no more, was made for it.
fn is_at_its_start(draft: &Draft, zoom: f64) -> bool {
    match draft {
        Draft::Two { from, to, .. } => from.distance(*to) * zoom < CLICK_PX,
        Draft::Trail(points) => points.len() < 2,
        Draft::Corners { .. } => false,
    }
}

pub(super) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}
