//! Looking: what is chosen, and how it is shown. None of it is undone.

use std::collections::BTreeSet;

use crate::app::{Action, Effect, Panel, State};
use crate::report::FindingId;

use super::cases;

/// The actions that change the view.
pub(super) fn update(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::ChooseMode(mode) => state.view.mode = mode,
        Action::SetOpacity(opacity) => state.view.opacity = opacity.clamp(0.0, 1.0),
        Action::SetSwipe(swipe) => state.view.swipe = swipe.clamp(0.0, 1.0),
        Action::ChooseTool(tool) => state.view.tool = tool,
        Action::ChoosePanel(panel) => state.view.panel = panel,
        Action::ChooseDifference(place) => return choose_difference(state, place),
        Action::StepDifference(step) => return step_difference(state, step),
        Action::ChooseFinding(id) => choose_finding(state, id),
        Action::ChooseFindings(ids) => choose(state, ids),
        Action::ToggleFinding(id) => {
            let mut ids = state.view.findings.clone();
            if !ids.remove(&id) {
                ids.insert(id);
            }
            choose(state, ids);
        }
        Action::ChooseNothing => {
            state.view.difference = None;
            state.view.findings.clear();
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn choose_difference(state: &mut State, place: usize) -> Vec<Effect> {
    let comparison = state.case.as_ref().and_then(|case| case.document.comparison());
    if comparison.is_none_or(|comparison| place >= comparison.differences.len()) {
        return Vec::new();
    }
    state.view.difference = Some(place);
    state.view.findings.clear();
    state.view.panel = Panel::Differences;
    state.view.flight += 1;
    let is_new = state.case.as_ref().is_some_and(|case| !case.looked_at.contains(&place));
    if is_new { cases::change(state, |case| _ = case.looked_at.insert(place)) } else { Vec::new() }
}

fn step_difference(state: &mut State, step: isize) -> Vec<Effect> {
    let count = state.case.as_ref().and_then(|case| case.document.comparison()).map_or(0, |c| c.differences.len());
    let place = match state.view.difference {
        Some(place) => place.saturating_add_signed(step).min(count.saturating_sub(1)),
        None if step < 0 => count.saturating_sub(1),
        None => 0,
    };
    choose_difference(state, place)
}

/// Chooses one finding, opens its form and flies there; an unknown number chooses nothing.
pub(super) fn choose_finding(state: &mut State, id: FindingId) {
    choose(state, [id]);
    if !state.view.findings.is_empty() {
        state.view.panel = Panel::Findings;
        state.view.flight += 1;
    }
}

fn choose(state: &mut State, ids: impl IntoIterator<Item = FindingId>) {
    let Some(case) = &state.case else { return };
    let ids: BTreeSet<_> = ids.into_iter().filter(|id| case.document.get(*id).is_some()).collect();
    if !ids.is_empty() {
        state.view.difference = None;
        state.view.panel = Panel::Findings;
    }
    state.view.findings = ids;
}
