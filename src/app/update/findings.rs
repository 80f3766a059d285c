//! Saying something about places: findings, and decisions about differences. One action is one step of undo.

use crate::app::{Effect, Panel, State};
use crate::report::{
    Decision, Dismissal, Document, Edit, Finding, FindingId, FindingKind, History, MAX_DESIGNATOR_CHARS, MAX_FINDINGS,
    MAX_NOTE_CHARS, MAX_NUMBER, MAX_TAG_CHARS, MAX_TAGS, Shape, design_says, designator_of,
};
use crate::sorted::SortedSet;

use super::{cases, within};

/// A copy lies this many reference pixels to the right of and below what it was made from, so that both are seen.
const COPY_OFFSET_PX: f64 = 24.0;

/// Changes the document of the open case as one step of undo, and stores it; nothing happens when nothing changes.
pub(super) fn edit(state: &mut State, deed: impl FnOnce(&mut Document)) -> Vec<Effect> {
    change_document(state, deed, History::perform)
}

/// The same for what the machine answers: it belongs to the step that asked for it.
pub(super) fn answer(state: &mut State, deed: impl FnOnce(&mut Document)) -> Vec<Effect> {
    change_document(state, deed, History::answer)
}

fn change_document(
    state: &mut State,
    deed: impl FnOnce(&mut Document),
    remember: fn(&mut History, &mut Document, Edit),
) -> Vec<Effect> {
    let edit = state.case.as_ref().and_then(|case| case.document.edited(deed));
    edit.map_or_else(Vec::new, |edit| perform(state, edit, remember))
}

/// Once for all deeds.
fn perform(state: &mut State, edit: Edit, remember: fn(&mut History, &mut Document, Edit)) -> Vec<Effect> {
    let Some(case) = &mut state.case else { return Vec::new() };
    if edit.is_about_result() {
        case.looked_at.clear();
    }
    remember(&mut state.history, &mut case.document, edit);
    settle(state)
}

/// Undo (`back`) and redo.
pub(super) fn step_history(state: &mut State, back: bool) -> Vec<Effect> {
    let history = &mut state.history;
    let Some(case) = &mut state.case else { return Vec::new() };
    let edit = if back { history.undo(&mut case.document) } else { history.redo(&mut case.document) };
    let Some(edit) = edit else { return Vec::new() };
    if edit.is_about_result() {
        case.looked_at.clear();
    }
    // What came back or changed is what the person looks for now.
    let touched: SortedSet<_> = edit.touched().collect();
    if !touched.is_empty() {
        state.view.findings = touched;
        state.view.difference = None;
    }
    // A comparison of other references would answer what nobody asks any more.
    let running = state.comparing().map(|(job, _)| job).filter(|_| edit.is_about_references());
    let mut effects = running.map_or_else(Vec::new, |job| super::comparing::cancel(state, job));
    effects.extend(settle(state));
    // References that came back without their result are compared once more.
    if edit.is_about_references() && !edit.is_about_result() && state.case.as_ref().is_some_and(|case| !case.is_compared()) {
        effects.extend(super::comparing::again(state));
    }
    effects
}

/// After an edit: nothing stays chosen that is gone, and the case is stored.
fn settle(state: &mut State) -> Vec<Effect> {
    keep_chosen(state);
    cases::change(state, |_| ())
}

/// Nothing stays chosen that is gone.
pub(super) fn keep_chosen(state: &mut State) {
    if let Some(case) = &state.case {
        let differences = case.document.comparison().map_or(0, |comparison| comparison.differences.len());
        state.view.findings.retain(|id| case.document.get(*id).is_some());
        state.view.difference = state.view.difference.filter(|place| *place < differences);
        state.view.reference = state.view.reference.min(case.document.references().len().saturating_sub(1));
        state.view.by_hand = state.view.by_hand.filter(|by_hand| case.laid_by_hand(*by_hand).is_some());
    }
}

/// A finding marked by `shape`, of the kind that was chosen for what is drawn next.
pub(super) fn add(state: &mut State, shape: Shape) -> Vec<Effect> {
    let kind = state.view.kind;
    let part = state.case.as_ref().and_then(|case| case.document.check()?.part_at(shape.bounds()?.centre()));
    let designator = part.map_or(String::new(), |part| within(&part.name, MAX_DESIGNATOR_CHARS));
    make(state, |id| Finding { kind, designator, ..Finding::marked(id, shape) }, None)
}

/// Adds what `make` makes; `difference` is the one that it grows out of.
fn make(state: &mut State, make: impl FnOnce(FindingId) -> Finding, difference: Option<usize>) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let finding = make(case.document.next_id());
    if !has_room(state, 1) || !finding.is_valid() || !finding.shapes.iter().all(Shape::has_extent) {
        return Vec::new();
    }
    let id = finding.id;
    let effects = edit(state, |document| {
        document.put(finding);
        if let Some(place) = difference {
            document.decide(place, Some(Decision::Accepted(id)));
        }
    });
    state.view.findings = SortedSet::from([id]);
    state.view.place = None;
    // The queue goes on behind a difference that became a finding; what was drawn has nothing to do with it.
    state.view.difference = difference;
    state.view.panel = Panel::Findings;
    effects
}

/// How many more findings fit into a report, which has those that it answers as well.
pub(super) fn room(state: &State) -> usize {
    let Some(case) = &state.case else { return 0 };
    let numbers = MAX_NUMBER.saturating_sub(case.document.next_id().0.saturating_sub(1)) as usize;
    MAX_FINDINGS.saturating_sub(case.document.findings().len() + case.asked().len()).min(numbers)
}

/// True when so many more findings fit into a report; says so when they don't.
fn has_room(state: &mut State, more: usize) -> bool {
    let fits = more <= room(state);
    if !fits {
        state.notice(format!(
            "A report holds at most {MAX_FINDINGS} findings, those that it answers included, with numbers up to {MAX_NUMBER}. Remove some that don't matter before you add more."
        ));
    }
    fits
}

/// One more shape for the only chosen finding; a finding of its own when there is none.
pub(super) fn add_shape(state: &mut State, shape: Shape) -> Vec<Effect> {
    match chosen(state).as_slice() {
        [finding] => {
            let mut finding = finding.clone();
            finding.shapes.push(shape);
            change(state, vec![finding])
        }
        _ => add(state, shape),
    }
}

/// Findings are to be as given; texts that are too long are cut, with a notice.
pub(super) fn change(state: &mut State, findings: Vec<Finding>) -> Vec<Effect> {
    let mut wanted = Vec::with_capacity(findings.len());
    for mut finding in findings {
        if shorten(&mut finding.note, MAX_NOTE_CHARS) {
            state.notice(format!("A note holds at most {MAX_NOTE_CHARS} characters; the rest was left out."));
        }
        if shorten(&mut finding.designator, MAX_DESIGNATOR_CHARS) {
            state.notice(format!("A designator holds at most {MAX_DESIGNATOR_CHARS} characters; the rest was left out."));
        }
        finding.tags.retain(|tag| !tag.is_empty());
        let mut cut = false;
        for tag in &mut finding.tags {
            cut |= shorten(tag, MAX_TAG_CHARS);
        }
        if cut || finding.tags.len() > MAX_TAGS {
            finding.tags.truncate(MAX_TAGS);
            state.notice(format!("A finding has at most {MAX_TAGS} tags of {MAX_TAG_CHARS} characters; the rest was left out."));
        }
        wanted.push(finding);
    }
    let there = |id| state.case.as_ref().is_some_and(|case| case.document.get(id).is_some());
    if !wanted.iter().all(|finding| finding.is_valid() && there(finding.id)) {
        return Vec::new();
    }
    edit(state, |document| wanted.into_iter().for_each(|finding| document.put(finding)))
}

/// Cuts a text between characters; true when something was cut.
pub(super) fn shorten(text: &mut String, most: usize) -> bool {
    let end = text.char_indices().nth(most).map(|(end, _)| end);
    end.inspect(|end| text.truncate(*end)).is_some()
}

/// The chosen findings.
fn chosen(state: &State) -> Vec<Finding> {
    let document = state.case.as_ref().map(|case| &case.document);
    state.view.findings.iter().filter_map(|id| document?.get(*id)).cloned().collect()
}

/// The kind of the chosen findings, and of what is drawn next.
pub(super) fn set_kind(state: &mut State, kind: FindingKind) -> Vec<Effect> {
    state.view.kind = kind;
    let findings = chosen(state);
    change(state, findings.into_iter().map(|finding| Finding { kind, ..finding }).collect())
}

/// Moves the chosen findings.
pub(super) fn nudge(state: &mut State, dx: f64, dy: f64) -> Vec<Effect> {
    let findings = chosen(state);
    change(state, findings.iter().map(|finding| finding.moved(dx, dy)).collect())
}

/// Copies the chosen findings; the copies are chosen.
pub(super) fn duplicate(state: &mut State) -> Vec<Effect> {
    let originals = chosen(state);
    if originals.is_empty() || !has_room(state, originals.len()) {
        return Vec::new();
    }
    let mut copies = SortedSet::new();
    let effects = edit(state, |document| {
        for original in originals {
            let id = document.next_id();
            // A copy is a person's own mark: no machine gave it a score.
            let copy = Finding { id, score: None, ..original.moved(COPY_OFFSET_PX, COPY_OFFSET_PX) };
            if copy.is_valid() {
                copies.insert(id);
                document.put(copy);
            }
        }
    });
    state.view.findings = copies;
    effects
}

/// Lays the chosen findings over or under all others, in their own order.
pub(super) fn stack(state: &mut State, over: bool) -> Vec<Effect> {
    let mut findings = chosen(state);
    let others = state.case.iter().flat_map(|case| case.document.findings());
    let depths = others.filter(|finding| !state.view.findings.contains(&finding.id)).map(|finding| finding.depth);
    let Some(edge) = (if over { depths.max() } else { depths.min() }) else { return Vec::new() };
    findings.sort_unstable_by_key(|finding| (finding.depth, finding.id));
    let count = i32::try_from(findings.len()).unwrap_or(i32::MAX);
    let lowest = if over { edge.saturating_add(1) } else { edge.saturating_sub(count) };
    change(state, findings.into_iter().zip(lowest..).map(|(finding, depth)| Finding { depth, ..finding }).collect())
}

/// Removes findings; what they grew out of is undecided again.
pub(super) fn remove(state: &mut State, findings: &[FindingId]) -> Vec<Effect> {
    edit(state, |document| findings.iter().for_each(|id| document.remove(*id)))
}

/// Makes a finding of a difference; one that already is one is shown.
pub(super) fn accept(state: &mut State, place: usize) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    if let Some(Decision::Accepted(id)) = case.document.decision(place) {
        super::looking::choose_finding(state, id);
        return Vec::new();
    }
    let Some(difference) = case.document.comparison().and_then(|c| c.differences.get(place)).cloned() else { return Vec::new() };
    // What the design says comes along: a report is read without it.
    let says = case.document.check().map(|check| {
        let note = design_says(check, place, difference.kind).unwrap_or_default();
        (within(designator_of(check, place), MAX_DESIGNATOR_CHARS), within(&note, MAX_NOTE_CHARS))
    });
    let (designator, note) = says.unwrap_or_default();
    let finding = |id| Finding {
        kind: difference.kind.into(),
        score: Some(difference.score),
        designator: designator.clone(),
        note: note.clone(),
        ..Finding::around(id, difference.reference_box)
    };
    make(state, finding, Some(place))
}

/// A difference is nothing. The next one that is undecided is shown, so that a queue is worked off without looking for it.
pub(super) fn dismiss(state: &mut State, place: usize, reason: Dismissal) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let differences = case.document.comparison().map_or(0, |comparison| comparison.differences.len());
    if place >= differences || matches!(case.document.decision(place), Some(Decision::Accepted(_))) {
        return Vec::new();
    }
    let mut effects = edit(state, |document| document.decide(place, Some(Decision::Dismissed(reason))));
    let is_open = |place: &usize| state.case.as_ref().is_some_and(|case| case.document.decision(*place).is_none());
    let next = (place + 1..differences).chain(0..place).find(is_open);
    if let (true, Some(next)) = (state.view.difference == Some(place), next) {
        state.view.flight += 1;
        effects.extend(super::looking::choose_difference(state, next));
    }
    effects
}

/// Takes a dismissal back. An acceptance is taken back by removing its finding, or by undo.
pub(super) fn reopen(state: &mut State, place: usize) -> Vec<Effect> {
    edit(state, |document| {
        if let Some(Decision::Dismissed(_)) = document.decision(place) {
            document.decide(place, None);
        }
    })
}
