//! Answering a report: its places one after the other, and what is there on this unit.

use crate::app::{Case, Effect, Panel, State};
use crate::report::{FindingId, MAX_NOTE_CHARS, Seen, Sighting};

use super::findings::{edit, shorten};

/// Looks at a place. `flies` brings it into the middle; what was pressed on the stage stays where it is.
pub(super) fn visit(state: &mut State, place: FindingId, flies: bool) -> Vec<Effect> {
    if !is_asked(state, place) {
        return Vec::new();
    }
    state.view.place = Some(place);
    state.view.difference = None;
    state.view.findings.clear();
    state.view.panel = Panel::Places;
    state.view.flight += u32::from(flies);
    Vec::new()
}

/// True when the open case has such a place.
pub(super) fn is_asked(state: &State, place: FindingId) -> bool {
    state.case.as_ref().is_some_and(|case| case.asked().iter().any(|finding| finding.id == place))
}

/// Where there is a question, its first place that was not looked at yet.
pub(super) fn go_on(state: &mut State) {
    let Some(case) = state.case.as_ref().filter(|case| case.question.is_some()) else { return };
    let asked = case.asked();
    let open = asked.iter().find(|finding| case.document.sighting(finding.id).is_none()).or(asked.first());
    (state.view.place, state.view.panel) = (open.map(|finding| finding.id), Panel::Places);
}

/// The next place, or the one before; the ends are ends.
pub(super) fn step(state: &mut State, step: isize) -> Vec<Effect> {
    let asked: Vec<FindingId> = state.case.iter().flat_map(Case::asked).map(|finding| finding.id).collect();
    let last = asked.len().saturating_sub(1);
    let now = state.view.place.and_then(|place| asked.iter().position(|id| *id == place));
    let next = match now {
        Some(now) => now.saturating_add_signed(step).min(last),
        None if step < 0 => last,
        None => 0,
    };
    asked.get(next).map_or_else(Vec::new, |place| visit(state, *place, true))
}

/// Says what is there, or takes all back that was said about it. Of a photo that lies nowhere only that it can't be told.
pub(super) fn say(state: &mut State, place: FindingId, seen: Option<Seen>) -> Vec<Effect> {
    let can_tell = state.case.as_ref().is_some_and(Case::is_mapped);
    if !is_asked(state, place) || (!can_tell && matches!(seen, Some(Seen::Same | Seen::Different))) {
        return Vec::new();
    }
    state.view.place = Some(place);
    edit(state, |document| {
        let note = document.sighting(place).map(|sighting| sighting.note.clone()).unwrap_or_default();
        document.see(place, seen.map(|seen| Sighting { finding: place, seen, note }));
    })
}

/// Says it in words, once it is said at all.
pub(super) fn note(state: &mut State, place: FindingId, mut note: String) -> Vec<Effect> {
    let before = state.case.as_ref().and_then(|case| case.document.sighting(place)).cloned();
    let Some(seen) = before.filter(|_| is_asked(state, place)).map(|before| before.seen) else { return Vec::new() };
    if shorten(&mut note, MAX_NOTE_CHARS) {
        state.notice(format!("A note holds at most {MAX_NOTE_CHARS} characters; the rest was left out."));
    }
    edit(state, |document| document.see(place, Some(Sighting { finding: place, seen, note })))
}
