//! Where things are, as a person says it: control points and the size of a millimetre.

use crate::app::{Effect, Panel, State};
use crate::geometry::{Photo, Point, Reference};
use crate::report::{Calibration, ControlPoint, DENSITIES, MAX_CONTROL_POINTS};

use super::findings::edit;

/// Says how large a millimetre is.
pub(super) fn calibrate(state: &mut State, calibration: Option<Calibration>) -> Vec<Effect> {
    if calibration.is_some_and(|calibration| !DENSITIES.contains(&calibration.px_per_mm)) {
        state.notice("No board has that many pixels in a millimetre. Check the length, and that it is in millimetres.");
        return Vec::new();
    }
    edit(state, |document| document.calibrate(calibration))
}

/// One more control point.
pub(super) fn add(state: &mut State, point: ControlPoint) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    if case.document.control_points().len() >= MAX_CONTROL_POINTS {
        state.notice(format!("{MAX_CONTROL_POINTS} control points are enough for any board. Remove a bad one, or move one."));
        return Vec::new();
    }
    change(state, |points| points.push(point))
}

/// A control point is elsewhere.
pub(super) fn shift(state: &mut State, place: usize, point: ControlPoint) -> Vec<Effect> {
    change(state, |points| {
        if let Some(slot) = points.get_mut(place) {
            *slot = point;
        }
    })
}

/// A control point is gone.
pub(super) fn remove(state: &mut State, place: usize) -> Vec<Effect> {
    change(state, |points| {
        if place < points.len() {
            points.remove(place);
        }
    })
}

/// Points off the pictures are brought to their edges: a person can't mean a place that is not there.
fn change(state: &mut State, deed: impl FnOnce(&mut Vec<ControlPoint>)) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let Some(reference) = case.references.first().map(|reference| reference.facts) else { return Vec::new() };
    let photo = case.photo.facts;
    let mut points = case.document.control_points().to_vec();
    deed(&mut points);
    if !points.iter().all(|point| point.photo.is_finite() && point.reference.is_finite()) {
        return Vec::new();
    }
    for point in &mut points {
        let within = |x: f64, y: f64, width: u32, height: u32| (x.clamp(0.0, f64::from(width)), y.clamp(0.0, f64::from(height)));
        let (px, py) = within(point.photo.x, point.photo.y, photo.width, photo.height);
        let (rx, ry) = within(point.reference.x, point.reference.y, reference.width, reference.height);
        *point = ControlPoint { photo: Point::<Photo>::new(px, py), reference: Point::<Reference>::new(rx, ry) };
    }
    edit(state, |document| document.set_control_points(points))
}

/// Begins or ends aligning by hand. A half that waits for the other is let go at the end.
pub(super) fn by_hand(state: &mut State, by_hand: bool) {
    state.view.by_hand = by_hand && state.case.is_some();
    state.view.half_pair = None;
    if state.view.by_hand {
        state.view.panel = Panel::Alignment;
    }
}
