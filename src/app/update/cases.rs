//! Cases: opening, keeping, closing, and the address that names them.

use crate::app::paper::{Form, PaperRequest};
use crate::app::{Annex, Case, CaseId, Effect, Errand, Hold, JobTask, Layer, OpenedReport, Slot, State, Storage, View};
use crate::report::History;
use crate::vision::Sha256;

use super::papers::Files;
use super::{answering, comparing, contributing, holding, looking, opened, papers, pictures, sample, sharing};

const CASE_PREFIX: &str = "case=";
const SAMPLE: &str = "sample";

/// How the address calls a screen of the annex.
const fn name_of(annex: Annex) -> &'static str {
    match annex {
        Annex::Library => "library",
        Annex::Cases => "cases",
    }
}

/// What the address says after `#` for this state.
pub(super) fn fragment(state: &State) -> String {
    match (state.case.as_ref().map(|case| case.id).or(state.opening), &state.opened) {
        (Some(id), _) => format!("{CASE_PREFIX}{}", id.0),
        (None, Some(opened)) => opened.fragment.clone(),
        (None, None) => state.annex.map_or_else(String::new, |annex| name_of(annex).to_owned()),
    }
}

/// Goes where the address points.
pub(super) fn go_to(state: &mut State, wanted: &str) -> Vec<Effect> {
    if wanted == fragment(state) {
        return Vec::new();
    }
    if wanted == SAMPLE {
        state.opening_sample = true;
        return sample::open_if_ready(state);
    }
    if let Some(annex) = [Annex::Library, Annex::Cases].into_iter().find(|annex| name_of(*annex) == wanted) {
        return show_annex(state, annex);
    }
    if let Some(id) = wanted.strip_prefix(CASE_PREFIX).and_then(|id| id.parse().ok()) {
        return open(state, CaseId(id));
    }
    let mut effects = leave(state);
    if !wanted.is_empty() {
        effects.extend(opened::open_link(state, wanted));
    }
    effects
}

/// A name that no other case of this browser has.
pub(super) fn new_id(state: &mut State) -> CaseId {
    loop {
        // Numerical Recipes' 32-bit step: a name only has to be new, not secret.
        state.seed = state.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let id = CaseId(state.seed);
        if state.cases.iter().flatten().all(|case| case.id != id) {
            return id;
        }
    }
}

/// Makes `case` the open one, stores it and names it in the address.
pub(super) fn enter(state: &mut State, case: Case) -> Vec<Effect> {
    let mut effects = leave(state);
    effects.extend(Slot::BOTH.into_iter().flat_map(|slot| pictures::remove(state, slot)));
    state.storage = Storage::Saving;
    state.hold = Hold::Here;
    effects.push(Effect::StoreCase(Box::new(case.clone())));
    state.case = Some(case);
    looking::show_drawing(state);
    effects.push(Effect::SetFragment(fragment(state)));
    effects
}

/// Asks for the pictures of the open case that are not in memory.
pub(super) fn load_pictures(state: &State) -> Vec<Effect> {
    missing(state, state.case.iter().flat_map(Case::pictures))
}

/// Asks for those of these pictures that are not in memory.
pub(super) fn missing(state: &State, pictures: impl Iterator<Item = Sha256>) -> Vec<Effect> {
    pictures.filter(|sha256| !state.loaded.contains(sha256)).map(Effect::LoadPicture).collect()
}

/// Asks for a stored case.
pub(super) fn open(state: &mut State, id: CaseId) -> Vec<Effect> {
    if state.case.as_ref().is_some_and(|case| case.id == id) {
        return vec![Effect::SetFragment(fragment(state))];
    }
    let mut effects = leave(state);
    state.opening = Some(id);
    state.hold = Hold::Here;
    effects.push(Effect::LoadCase(id));
    effects
}

/// A stored case came.
pub(super) fn loaded(state: &mut State, id: CaseId, result: Result<Option<Box<Case>>, String>) -> Vec<Effect> {
    if holding::is_watching(state, id) {
        return holding::followed(state, id, result);
    }
    if state.opening != Some(id) {
        return Vec::new();
    }
    state.opening = None;
    let sentence = match result {
        Ok(Some(case)) => {
            let layers: Vec<_> = case.document.layers().iter().map(|layer| Layer::Picture(layer.picture.sha256)).collect();
            state.case = Some(*case);
            state.storage = Storage::Saved;
            for layer in layers {
                looking::show(state, layer);
            }
            looking::show_drawing(state);
            answering::go_on(state);
            let mut effects = vec![Effect::SetFragment(fragment(state))];
            effects.extend(load_pictures(state));
            effects.extend(comparing::if_all_here(state));
            return effects;
        }
        Ok(None) => format!("Case {} is not in this browser. It may have been deleted, or made in another browser.", id.0),
        Err(sentence) => sentence,
    };
    state.notice(sentence);
    vec![Effect::SetFragment(fragment(state))]
}

/// The case is safe.
pub(super) fn stored(state: &mut State, id: CaseId, at_ms: f64) -> Vec<Effect> {
    let summary = state.case.as_ref().filter(|case| case.id == id).map(Case::summary);
    if summary.is_some() || (state.case.is_none() && state.storage == Storage::Saving) {
        state.storage = Storage::Saved;
    }
    // A list that is not here yet, or a case that was left meanwhile: storage knows best.
    let (Some(mut summary), Some(cases)) = (summary, &mut state.cases) else { return vec![Effect::ListCases] };
    summary.changed_ms = at_ms;
    cases.retain(|case| case.id != id);
    cases.insert(0, summary);
    Vec::new()
}

/// Writes the open case into a file, with those of its pictures that are in memory.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let text = match case.to_json() {
        Ok(text) => text,
        Err(error) => {
            state.notice(error.to_string());
            return Vec::new();
        }
    };
    let pictures: Vec<_> = case.pictures().collect();
    let here: Vec<_> = pictures.iter().filter(|sha256| state.loaded.contains(*sha256)).copied().collect();
    let request = PaperRequest::WriteCase { summary: case.summary(), pictures, here: here.clone(), text };
    papers::ask(state, Errand::Export, request, Files { pictures: here, ..Files::default() }).1
}

/// Puts a stored case into the bin, the open one included.
pub(super) fn delete(state: &mut State, id: CaseId) -> Vec<Effect> {
    let mut effects = Vec::new();
    if state.opening == Some(id) || state.case.as_ref().is_some_and(|case| case.id == id) {
        effects.extend(close(state));
    }
    state.binned = state.cases.iter().flatten().find(|case| case.id == id).cloned();
    state.cases.iter_mut().for_each(|cases| cases.retain(|case| case.id != id));
    effects.push(Effect::DeleteCase(id));
    effects
}

/// Takes the case out of the bin that was put there last.
pub(super) fn restore(state: &mut State) -> Vec<Effect> {
    state.binned.take().map(|case| Effect::RestoreCase(case.id)).into_iter().collect()
}

/// Changes the open case and stores it.
pub(super) fn change(state: &mut State, change: impl FnOnce(&mut Case)) -> Vec<Effect> {
    let Some(case) = &mut state.case else { return Vec::new() };
    change(case);
    state.storage = Storage::Saving;
    vec![Effect::StoreCase(Box::new(case.clone()))]
}

/// Back to the start screen.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    let mut effects = leave(state);
    effects.push(Effect::SetFragment(String::new()));
    effects
}

/// A screen of the annex.
pub(super) fn show_annex(state: &mut State, annex: Annex) -> Vec<Effect> {
    let mut effects = leave(state);
    state.annex = Some(annex);
    effects.push(Effect::SetFragment(fragment(state)));
    effects
}

/// Puts the open case or report away; what is running for it stops.
fn leave(state: &mut State) -> Vec<Effect> {
    let left = state.case.take().map(|case| case.id);
    let had_case = left.is_some();
    state.annex = None;
    let opening = state.opening.take();
    state.lost.clear();
    state.history = History::default();
    // The pair is what every case begins with; pictures over the board are the case's own.
    let mut layers = std::mem::take(&mut state.view.layers);
    layers.retain(|layer| !matches!(layer, Layer::Picture(_)));
    layers.extend([Layer::Reference, Layer::Photo]);
    state.view = View { mode: state.view.mode, opacity: state.view.opacity, layers, ..View::default() };
    let mut closed = sharing::close(state);
    closed.extend(contributing::close(state));
    let pictures: Vec<_> = state.opened.take().into_iter().flat_map(OpenedReport::into_pictures).collect();
    state.opening_sample = false;
    let for_this_case = |task: &JobTask| match task {
        JobTask::Compare | JobTask::Check(_) => true,
        JobTask::Paper(errand, _) => errand.ends_with_case(),
        JobTask::Cut(draft) => draft.form == Form::Link,
        JobTask::Preview(_) | JobTask::Prepare => true,
        // What was dropped beside a pair goes into the case that is begun with it.
        JobTask::Inspect(offer) => offer.purpose.is_some() && had_case,
        JobTask::Draw(_) => had_case,
    };
    let running: Vec<_> = state.jobs.iter().filter(|(_, job)| for_this_case(&job.task)).map(|(id, _)| *id).collect();
    let mut effects: Vec<Effect> = running.into_iter().flat_map(|job| comparing::cancel(state, job)).collect();
    effects.extend(left.or(opening).map(Effect::ReleaseCase));
    effects.extend(closed);
    effects.extend(pictures.into_iter().map(Effect::ForgetOffer));
    effects
}
