//! What was done on the stage, and what it means.

use crate::app::table::{PairEnd, TableEvent};
use crate::app::{Action, Effect, State, Tool, Writing};
use crate::report::{ControlPoint, Finding, FindingId, Shape};
use crate::vision::Hiding;

use super::{answering, findings, looking, placing, preview};

/// Takes it as the action that it stands for.
pub(super) fn heard(state: &mut State, event: TableEvent) -> Vec<Effect> {
    match event {
        TableEvent::Swiped(swipe) => looking::update(state, Action::SetSwipe(swipe)),
        TableEvent::Drawn { shape, .. } if state.view.tool == Tool::Hide => {
            shape.bounds().map_or_else(Vec::new, |area| preview::hide(state, area, Hiding::Box))
        }
        TableEvent::Drawn { shape, joins: false } => findings::add(state, shape),
        TableEvent::Drawn { shape, joins: true } => findings::add_shape(state, shape),
        TableEvent::TextWanted { at, joins } => {
            state.view.writing = Some(Writing { at, joins });
            Vec::new()
        }
        TableEvent::ChoseFinding { id, .. } if answering::is_asked(state, id) => answering::visit(state, id, false),
        TableEvent::ChoseFinding { id, toggles: false } => looking::update(state, Action::ChooseFindings(vec![id])),
        TableEvent::ChoseFinding { id, toggles: true } => looking::update(state, Action::ToggleFinding(id)),
        // It is under the pointer: flying there would take it away from it.
        TableEvent::ChoseDifference(place) => looking::choose_difference(state, place),
        TableEvent::ChoseNothing => looking::update(state, Action::ChooseNothing),
        TableEvent::Enclosed(ids) => looking::update(state, Action::ChooseFindings(ids)),
        TableEvent::Reshaped(shapes) => reshaped(state, shapes),
        TableEvent::PairPlaced(end) => placed(state, end),
        TableEvent::PairMoved(place, end) => moved(state, place, end),
    }
}

fn reshaped(state: &mut State, shapes: Vec<(FindingId, Vec<Shape>)>) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let with = |(id, shapes): (FindingId, Vec<Shape>)| Some(Finding { shapes, ..case.document.get(id)?.clone() });
    let wanted: Vec<_> = shapes.into_iter().filter_map(with).collect();
    state.view.difference = None;
    state.view.findings = wanted.iter().map(|finding| finding.id).collect();
    findings::change(state, wanted)
}

/// One end after the other makes a control point, in whichever order; the same end again corrects the first.
fn placed(state: &mut State, end: PairEnd) -> Vec<Effect> {
    let ((Some(PairEnd::Photo(photo)), PairEnd::Reference(reference))
    | (Some(PairEnd::Reference(reference)), PairEnd::Photo(photo))) = (state.view.half_pair, end)
    else {
        state.view.half_pair = Some(end);
        return Vec::new();
    };
    state.view.half_pair = None;
    placing::add(state, ControlPoint { photo, reference })
}

/// The half of a pair that waits for the other stands behind the whole ones.
fn moved(state: &mut State, place: usize, end: PairEnd) -> Vec<Effect> {
    let Some(point) = placing::points(state).get(place).copied() else {
        state.view.half_pair = Some(end);
        return Vec::new();
    };
    let point = match end {
        PairEnd::Photo(photo) => ControlPoint { photo, ..point },
        PairEnd::Reference(reference) => ControlPoint { reference, ..point },
    };
    placing::shift(state, place, point)
}

/// Words for the text tool.
pub(super) fn wrote(state: &mut State, text: Option<String>) -> Vec<Effect> {
    let Some(Writing { at, joins }) = state.view.writing.take() else { return Vec::new() };
    let Some(text) = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else { return Vec::new() };
    let shape = Shape::Text { at, text };
    if joins { findings::add_shape(state, shape) } else { findings::add(state, shape) }
}
