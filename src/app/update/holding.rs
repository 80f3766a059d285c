//! One case in several tabs: one of them changes it, the others follow.

use crate::app::{Action, Case, CaseId, Effect, Hold, State};
use crate::report::History;

use super::{cases, comparing, findings};

const WATCHING: &str =
    "Another tab is working on this case, so that nothing was changed here. To go on in this tab, choose Work here.";

/// True when what `action` makes of the open case may be kept.
pub(super) fn is_free(state: &State, action: &Action) -> bool {
    // What storage says is not the person's doing.
    state.hold == Hold::Here
        || state.case.is_none()
        || matches!(action, Action::CaseLoaded(..) | Action::CaseHeld(..) | Action::CaseConflicted(_))
}

/// True when another tab works on this case, which is open here as well.
pub(super) fn is_watching(state: &State, id: CaseId) -> bool {
    state.hold != Hold::Here && state.case.as_ref().is_some_and(|case| case.id == id)
}

/// Lets `action` happen unless it would change the case. That something was looked at is not kept.
pub(super) fn watch(state: &mut State, action: Action, decide: impl FnOnce(&mut State, Action) -> Vec<Effect>) -> Vec<Effect> {
    let (before, view, storage, last) = (state.case.clone(), state.view.clone(), state.storage.clone(), state.last_number);
    let mut effects = decide(state, action);
    let Some((case, before)) = state.case.as_ref().zip(before).filter(|(now, before)| now.id == before.id) else {
        return effects;
    };
    let stores = effects.iter().any(|effect| matches!(effect, Effect::StoreCase(_)));
    let compares = effects.iter().any(|effect| matches!(effect, Effect::Compare { .. } | Effect::Draft { .. }));
    // Who watches has nothing to undo: whatever can be undone now has just been done.
    if compares || state.history.can_undo() || names(case) != names(&before) {
        (state.case, state.view, state.history) = (Some(before), view, History::default());
        state.jobs.retain(|job, _| job.0 <= last);
        state.notice(WATCHING);
        effects.clear();
    }
    effects.retain(|effect| !matches!(effect, Effect::StoreCase(_)));
    if stores {
        // Nothing is on its way. What storage itself has said since stays said.
        state.storage = storage;
    }
    effects
}

/// What a person calls things in a case, beside what undo knows of.
fn names(case: &Case) -> [&str; 4] {
    [&case.title, &case.board, &case.unit, &case.contributor]
}

/// The browser says which tab may change the case.
pub(super) fn held(state: &mut State, id: CaseId, here: bool) -> Vec<Effect> {
    let is_open = state.opening == Some(id) || state.case.as_ref().is_some_and(|case| case.id == id);
    if !is_open || (here && state.hold == Hold::Here) || (!here && state.hold == Hold::Elsewhere) {
        return Vec::new();
    }
    state.hold = if here { Hold::Here } else { Hold::Elsewhere };
    // What was done before belongs to a case that others have changed since, or will change.
    state.history = History::default();
    if here {
        return comparing::if_all_here(state);
    }
    state.comparing().map(|(job, _)| job).map_or_else(Vec::new, |job| comparing::cancel(state, job))
}

/// Another tab has stored a case.
pub(super) fn stored_elsewhere(state: &State, id: CaseId) -> Vec<Effect> {
    let follows = is_watching(state, id).then_some(Effect::FollowCase(id));
    [Effect::ListCases].into_iter().chain(follows).collect()
}

/// What another tab has stored came.
pub(super) fn followed(state: &mut State, id: CaseId, result: Result<Option<Box<Case>>, String>) -> Vec<Effect> {
    match result {
        Ok(Some(case)) => {
            state.case = Some(*case);
            state.history = History::default();
            findings::keep_chosen(state);
            let mut effects = cases::load_pictures(state);
            effects.extend(comparing::if_all_here(state));
            return effects;
        }
        Ok(None) => state.notice(format!("Another tab has deleted case {} for good. It is still open here.", id.0)),
        Err(sentence) => state.notice(sentence),
    }
    Vec::new()
}

/// Storage has a later state of the case than this one grew out of: both are kept.
pub(super) fn conflicted(state: &mut State, case: Case) -> Vec<Effect> {
    let is_open = state.case.as_ref().is_some_and(|open| open.id == case.id);
    let base = if is_open { state.case.take().unwrap_or(case) } else { case };
    let left = base.id;
    let case = Case { id: cases::new_id(state), title: next_title(&base.title), ..base };
    state.notice(format!(
        "Another tab has changed this case in the meantime. What was done here is kept as a case of its own, \u{201c}{}\u{201d}.",
        case.title
    ));
    let mut effects = vec![Effect::StoreCase(Box::new(case.clone()))];
    if is_open {
        state.case = Some(case);
        state.hold = Hold::Here;
        effects.extend([Effect::ReleaseCase(left), Effect::SetFragment(cases::fragment(state))]);
    }
    effects.push(Effect::ListCases);
    effects
}

/// The title with the next number behind it.
fn next_title(title: &str) -> String {
    let numbered = title.strip_suffix(')').and_then(|title| title.rsplit_once(" ("));
    let next = numbered.and_then(|(name, number)| Some((name, number.parse::<u16>().ok()?.checked_add(1)?)));
    let (name, number) = next.unwrap_or((title, 2));
    format!("{name} ({number})")
}

#[test]
fn copies_are_counted() {
    for (title, next) in [
        ("Board", "Board (2)"),
        ("Board (2)", "Board (3)"),
        ("X (rev A)", "X (rev A) (2)"),
        ("(9)", "(9) (2)"),
        ("B (65535)", "B (65535) (2)"),
    ] {
        assert_eq!(next_title(title), next);
    }
}

/// The person wants to go on in this tab.
pub(super) fn take_over(state: &mut State) -> Vec<Effect> {
    let id = state.case.as_ref().map(|case| case.id);
    let Some(id) = id.filter(|_| state.hold == Hold::Elsewhere) else { return Vec::new() };
    state.hold = Hold::Asked;
    vec![Effect::TakeOver(id)]
}
