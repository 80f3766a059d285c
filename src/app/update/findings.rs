//! Looking at differences, and saying something about them.

use crate::app::{Action, Effect, Panel, State};
use crate::report::{Edit, Finding, FindingId, MAX_FINDINGS, MAX_NOTE_CHARS};

use super::cases;

/// The actions of the workbench: looking changes the view, findings change the document and its history.
pub(super) fn update(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::ChooseMode(mode) => state.view.mode = mode,
        Action::SetOpacity(opacity) => state.view.opacity = opacity.clamp(0.0, 1.0),
        Action::SetSwipe(swipe) => state.view.swipe = swipe.clamp(0.0, 1.0),
        Action::ChooseTool(tool) => state.view.tool = tool,
        Action::ChoosePanel(panel) => state.view.panel = panel,
        Action::ChooseDifference(place) => return choose_difference(state, place),
        Action::StepDifference(step) => return step_difference(state, step),
        Action::ChooseFinding(id) => choose_finding(state, Some(id)),
        Action::ChooseNothing => (state.view.difference, state.view.finding) = (None, None),
        Action::AddFinding(area) => return add(state, |id| Finding::around(id, area)),
        Action::AcceptDifference(place) => return accept(state, place),
        Action::ChangeFinding(finding) => return change(state, finding),
        Action::RemoveFinding(id) => return remove(state, id),
        Action::Undo => return step_history(state, true),
        Action::Redo => return step_history(state, false),
        _ => {}
    }
    Vec::new()
}

fn choose_difference(state: &mut State, place: usize) -> Vec<Effect> {
    let comparison = state.case.as_ref().and_then(|case| case.comparison.as_ref());
    if comparison.is_none_or(|comparison| place >= comparison.differences.len()) {
        return Vec::new();
    }
    state.view.difference = Some(place);
    state.view.finding = None;
    state.view.panel = Panel::Differences;
    state.view.flight += 1;
    let is_new = state.case.as_ref().is_some_and(|case| !case.looked_at.contains(&place));
    if is_new { cases::change(state, |case| _ = case.looked_at.insert(place)) } else { Vec::new() }
}

fn step_difference(state: &mut State, step: isize) -> Vec<Effect> {
    let count = state.case.as_ref().and_then(|case| case.comparison.as_ref()).map_or(0, |c| c.differences.len());
    let place = match state.view.difference {
        Some(place) => place.saturating_add_signed(step).min(count.saturating_sub(1)),
        None if step < 0 => count.saturating_sub(1),
        None => 0,
    };
    choose_difference(state, place)
}

fn choose_finding(state: &mut State, id: Option<FindingId>) {
    state.view.finding = id.filter(|id| state.case.as_ref().is_some_and(|case| case.document.get(*id).is_some()));
    if state.view.finding.is_some() {
        state.view.difference = None;
        state.view.panel = Panel::Findings;
        state.view.flight += 1;
    }
}

fn add(state: &mut State, make: impl FnOnce(FindingId) -> Finding) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    if case.document.findings().len() >= MAX_FINDINGS {
        state.notice(format!(
            "A report holds at most {MAX_FINDINGS} findings. Remove some that don't matter before you add more."
        ));
        return Vec::new();
    }
    let finding = make(case.document.next_id());
    if !finding.is_valid() || finding.bounds().is_none_or(|area| area.area() == 0.0) {
        return Vec::new();
    }
    let id = finding.id;
    let effects = perform(state, Edit::add(finding));
    state.view.finding = Some(id);
    state.view.panel = Panel::Findings;
    effects
}

fn accept(state: &mut State, place: usize) -> Vec<Effect> {
    let comparison = state.case.as_ref().and_then(|case| case.comparison.as_ref());
    let Some(difference) = comparison.and_then(|comparison| comparison.differences.get(place)).cloned() else {
        return Vec::new();
    };
    add(state, |id| Finding {
        kind: difference.kind.into(),
        score: Some(difference.score),
        ..Finding::around(id, difference.reference_box)
    })
}

fn change(state: &mut State, mut after: Finding) -> Vec<Effect> {
    if let Some((end, _)) = after.note.char_indices().nth(MAX_NOTE_CHARS) {
        after.note.truncate(end);
        state.notice(format!("A note holds at most {MAX_NOTE_CHARS} characters; the rest was left out."));
    }
    let before = state.case.as_ref().and_then(|case| case.document.get(after.id)).cloned();
    match before {
        Some(before) if before != after && after.is_valid() => perform(state, Edit::update(before, after)),
        _ => Vec::new(),
    }
}

fn remove(state: &mut State, id: FindingId) -> Vec<Effect> {
    match state.case.as_ref().and_then(|case| case.document.get(id)).cloned() {
        Some(finding) => perform(state, Edit::remove(finding)),
        None => Vec::new(),
    }
}

fn perform(state: &mut State, edit: Edit) -> Vec<Effect> {
    let history = &mut state.history;
    let Some(case) = &mut state.case else { return Vec::new() };
    history.perform(&mut case.document, edit);
    settle(state)
}

fn step_history(state: &mut State, back: bool) -> Vec<Effect> {
    let history = &mut state.history;
    let Some(case) = &mut state.case else { return Vec::new() };
    let moved = if back { history.undo(&mut case.document) } else { history.redo(&mut case.document) };
    if moved { settle(state) } else { Vec::new() }
}

/// After an edit: nothing stays chosen that is gone, and the case is stored.
fn settle(state: &mut State) -> Vec<Effect> {
    state.view.finding = state.view.finding.filter(|id| state.case.as_ref().is_some_and(|case| case.document.get(*id).is_some()));
    cases::change(state, |_| ())
}
