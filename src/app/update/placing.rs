//! Where things are, as a person says it: control points and the size of a millimetre.

use crate::app::{ByHand, Effect, Panel, State};
use crate::geometry::{Photo, Point, Reference};
use crate::report::{Calibration, ControlPoint, DENSITIES, MAX_CONTROL_POINTS};

use super::findings::edit;
use super::layers;

/// Says how large a millimetre is.
pub(super) fn calibrate(state: &mut State, calibration: Option<Calibration>) -> Vec<Effect> {
    if calibration.is_some_and(|calibration| !DENSITIES.contains(&calibration.px_per_mm)) {
        state.notice("No board has that many pixels in a millimetre. Check the length, and that it is in millimetres.");
        return Vec::new();
    }
    edit(state, |document| document.calibrate(calibration))
}

/// The control points of what is being laid by hand; of the photo when nothing is.
pub(super) fn points(state: &State) -> &[ControlPoint] {
    let by_hand = state.view.by_hand.unwrap_or(ByHand::Photo);
    state.case.as_ref().and_then(|case| case.laid_by_hand(by_hand)).map_or(&[], |(_, points)| points)
}

/// One more control point.
pub(super) fn add(state: &mut State, point: ControlPoint) -> Vec<Effect> {
    if points(state).len() >= MAX_CONTROL_POINTS {
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
    let Some(reference) = case.document.references().first().map(|reference| reference.facts) else { return Vec::new() };
    let by_hand = state.view.by_hand.unwrap_or(ByHand::Photo);
    let Some((photo, points)) = case.laid_by_hand(by_hand) else { return Vec::new() };
    let mut points = points.to_vec();
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
    match by_hand {
        ByHand::Photo => edit(state, |document| document.set_control_points(points)),
        ByHand::Layer(sha256) => layers::change(state, sha256, |layer| layer.points = points),
    }
}

/// Begins to lay something by hand, or ends it. A half that waits for the other is let go.
pub(super) fn by_hand(state: &mut State, by_hand: Option<ByHand>) {
    let there = |by_hand: &ByHand| state.case.as_ref().is_some_and(|case| case.laid_by_hand(*by_hand).is_some());
    state.view.by_hand = by_hand.filter(there);
    state.view.half_pair = None;
    if state.view.by_hand.is_some() {
        state.view.panel = Panel::Alignment;
    }
}
