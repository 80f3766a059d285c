//! Looking: what is chosen, and how it is shown. None of it is undone.

use crate::app::{Action, Effect, Layer, Panel, Settings, State};
use crate::report::FindingId;
use crate::sorted::SortedSet;

use super::cases;

/// The actions that change the view.
pub(super) fn update(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::ChooseMode(mode) => state.view.mode = mode,
        Action::SetOpacity(opacity) => state.view.opacity = opacity.clamp(0.0, 1.0),
        Action::SetSwipe(swipe) => state.view.swipe = swipe.limited(),
        Action::SetLinked(linked) => state.view.linked = linked,
        Action::StepReference(step) => step_reference(state, step),
        Action::ShowReference(place) => choose_reference(state, place),
        Action::ShowLayer(layer, true) => show(state, layer),
        Action::ShowLayer(layer, false) => _ = state.view.layers.remove(&layer),
        Action::FadeLayer(layer, strength) => {
            // Whoever moves its slider wants to see it.
            state.view.layers.insert(layer);
            state.view.strengths.insert(layer, strength.clamp(0.0, 1.0));
        }
        Action::ChooseFilter(filter) => state.view.filter = filter,
        Action::ChangeSettings(settings) => {
            state.settings = settings.limited();
            return vec![Effect::KeepSettings(state.settings)];
        }
        Action::SettingsLoaded(text) => state.settings = Settings::from_json(&text),
        Action::ChooseTool(tool) => {
            state.view.tool = tool;
            state.view.writing = None;
        }
        Action::ChoosePanel(panel) => state.view.panel = panel,
        Action::ChooseDifference(place) => {
            state.view.flight += 1;
            return choose_difference(state, place);
        }
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
            state.view.place = None;
            state.view.findings.clear();
        }
        _ => {}
    }
    Vec::new()
}

/// Shows a layer. From now on its pixels are kept at hand, also while it is hidden.
pub(super) fn show(state: &mut State, layer: Layer) {
    let strength = state.view.faded(layer);
    state.view.layers.insert(layer);
    state.view.strengths.insert(layer, strength);
}

/// Shows the drawing that the photo is compared with over the photo, in full: its lines are what the photo is looked at by.
pub(super) fn show_drawing(state: &mut State) {
    if let Some(drawn) = state.case.as_ref().and_then(|case| case.document.drawn_reference()) {
        show_in_full(state, Layer::Picture(drawn.facts.sha256));
    }
}

/// Shows a layer as strongly as can be, unless somebody has said how strongly.
pub(super) fn show_in_full(state: &mut State, layer: Layer) {
    state.view.layers.insert(layer);
    state.view.strengths.get_or_insert(layer, 1.0);
}

/// Chooses a difference, without flying there.
pub(super) fn choose_difference(state: &mut State, place: usize) -> Vec<Effect> {
    let comparison = state.case.as_ref().and_then(|case| case.document.comparison());
    if comparison.is_none_or(|comparison| place >= comparison.differences.len()) {
        return Vec::new();
    }
    state.view.difference = Some(place);
    state.view.place = None;
    state.view.findings.clear();
    state.view.panel = Panel::Differences;
    let is_new = state.case.as_ref().is_some_and(|case| !case.looked_at.contains(&place));
    if is_new { cases::change(state, |case| _ = case.looked_at.insert(place)) } else { Vec::new() }
}

/// The next of the listed differences, or the one before.
fn step_difference(state: &mut State, step: isize) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let all = case.document.comparison().map_or(0, |comparison| comparison.differences.len());
    let listed: Vec<_> = (0..all).filter(|place| state.view.filter.lists(case.document.decision(*place))).collect();
    let last = listed.len().saturating_sub(1);
    let place = match state.view.difference {
        // Where the chosen one is not listed any more, its neighbours are those of its place.
        Some(now) => match listed.binary_search(&now) {
            Ok(found) => found.saturating_add_signed(step).min(last),
            Err(next) => next.saturating_add_signed(step - isize::from(step > 0)).min(last),
        },
        None if step < 0 => last,
        None => 0,
    };
    let Some(place) = listed.get(place) else { return Vec::new() };
    state.view.flight += 1;
    choose_difference(state, *place)
}

/// Round and round the references that can be shown.
fn step_reference(state: &mut State, step: isize) {
    let Some(case) = &state.case else { return };
    let shown: Vec<_> = (0..case.document.references().len()).filter(|place| case.is_on_first(*place)).collect();
    let now = shown.iter().position(|place| *place == state.view.reference).unwrap_or(0);
    if let (Ok(now), Ok(all)) = (isize::try_from(now), isize::try_from(shown.len())) {
        let next = (now + step).rem_euclid(all.max(1)).unsigned_abs();
        state.view.reference = shown.get(next).copied().unwrap_or(0);
    }
}

/// Another reference, by its place in the case; nothing happens when it can't be shown.
fn choose_reference(state: &mut State, place: usize) {
    if state.case.as_ref().is_some_and(|case| case.is_on_first(place)) {
        state.view.reference = place;
    }
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
    let ids: SortedSet<_> = ids.into_iter().filter(|id| case.document.get(*id).is_some()).collect();
    if !ids.is_empty() {
        state.view.difference = None;
        state.view.place = None;
        state.view.panel = Panel::Findings;
    }
    state.view.findings = ids;
}
