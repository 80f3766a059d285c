//! The pictures that others would see: cut and shown before anything that holds them is written, and what is hidden on them.

use crate::app::cut::{CutOrder, FoundLabel, MAX_HIDDEN};
use crate::app::job::JobId;
use crate::app::paper::Form;
use crate::app::{Effect, JobState, JobTask, OfferId, Preview, State};
use crate::geometry::{Rect, Reference};
use crate::report::plan;
use crate::vision::{Hidden, Hiding};

use super::findings::edit;
use super::{comparing, contributing, sharing};

/// Cuts the pictures of the open case as they are now. What was looked at before is not what would go along any more.
pub(super) fn prepare(state: &mut State) -> Vec<Effect> {
    let Some(report) = state.case.as_ref().and_then(|case| case.report(&|_| None)) else { return Vec::new() };
    let (Some(warp), Some(share)) = (report.alignment.warp(), &mut state.share) else { return Vec::new() };
    // What was shown stays until there is something newer.
    let before = share.preview.as_mut().and_then(|preview| preview.job.take());
    let had_crops = std::mem::take(&mut share.crops);
    share.looked = false;
    let mut effects: Vec<Effect> = before.into_iter().flat_map(|job| comparing::cancel(state, job)).collect();
    if had_crops {
        effects.extend(sharing::write(state, Form::Link));
    }
    let (notes, views) = sharing::views(plan::exhibits(&report));
    let hidden = hidden(state);
    let order = CutOrder { warp, marked: None, views, hidden, labels: true };
    let (photo, reference) = sharing::pair(&report);
    let job = JobId(state.number());
    state.jobs.insert(job, JobState::new(JobTask::Preview(notes)));
    if let Some(share) = &mut state.share {
        share.preview.get_or_insert_default().job = Some(job);
    }
    effects.push(Effect::Cut { job, photo, reference, order: Box::new(order) });
    effects
}

/// The photo lies otherwise than it did: what is being shared is written anew, and looked at anew.
pub(super) fn outdated(state: &mut State) -> Vec<Effect> {
    let Some(share) = &mut state.share else { return Vec::new() };
    share.crops = false;
    let shown = share.preview.is_some();
    let mut effects = sharing::write(state, Form::Link);
    effects.extend(if shown { prepare(state) } else { Vec::new() });
    effects
}

/// What is hidden in the open case.
pub(super) fn hidden(state: &State) -> Vec<Hidden> {
    state.case.as_ref().map(|case| case.document.hidden().to_vec()).unwrap_or_default()
}

/// They are cut; `None` when they could not be.
pub(super) fn cut(state: &mut State, job: JobId, made: Option<(Vec<OfferId>, Vec<FoundLabel>)>) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Preview(exhibits), .. }) = state.jobs.remove(&job) else { return Vec::new() };
    let awaited = |preview: &&mut Option<Preview>| preview.as_ref().is_some_and(|preview| preview.job == Some(job));
    let preview = state.share.as_mut().map(|share| &mut share.preview).filter(awaited);
    let gone = match (preview, made) {
        (Some(preview), made) => {
            let made = made.map(|(files, labels)| Preview { job: None, exhibits, files, labels });
            std::mem::replace(preview, made).map(|before| before.files)
        }
        (None, made) => made.map(|(files, _)| files),
    };
    gone.into_iter().flatten().map(Effect::ForgetOffer).collect()
}

/// Nobody looks at them any more.
pub(super) fn forget(state: &mut State, preview: Option<Preview>) -> Vec<Effect> {
    let Some(Preview { job, files, .. }) = preview else { return Vec::new() };
    let mut effects: Vec<Effect> = files.into_iter().map(Effect::ForgetOffer).collect();
    effects.extend(job.into_iter().flat_map(|job| comparing::cancel(state, job)));
    effects
}

/// Hides a place in everything that is shared.
pub(super) fn hide(state: &mut State, area: Rect<Reference>, how: Hiding) -> Vec<Effect> {
    if hidden(state).len() >= MAX_HIDDEN {
        state.notice(format!("At most {MAX_HIDDEN} places are hidden. Hide a larger area instead of many small ones."));
        return Vec::new();
    }
    change(state, |hidden| hidden.push(Hidden { area, how }))
}

/// Hides all labels that were found and are still to be seen.
pub(super) fn hide_labels(state: &mut State) -> Vec<Effect> {
    let labels = state.share.as_ref().and_then(|share| share.preview.as_ref()).map(|preview| preview.labels.clone());
    let known = hidden(state);
    let open = labels.into_iter().flatten().filter(|label| !label.is_hidden_by(&known));
    let open: Vec<_> = open.map(|label| Hidden { area: label.area, how: Hiding::Box }).collect();
    change(state, |hidden| hidden.extend(open.into_iter().take(MAX_HIDDEN.saturating_sub(known.len()))))
}

/// Hides a place in another way, or not at all.
pub(super) fn hide_otherwise(state: &mut State, place: usize, how: Option<Hiding>) -> Vec<Effect> {
    change(state, |hidden| match (hidden.get_mut(place), how) {
        (Some(there), Some(how)) => there.how = how,
        (Some(_), None) => _ = hidden.remove(place),
        (None, _) => {}
    })
}

fn change(state: &mut State, deed: impl FnOnce(&mut Vec<Hidden>)) -> Vec<Effect> {
    let before = hidden(state);
    let mut after = before.clone();
    deed(&mut after);
    if after == before {
        return Vec::new();
    }
    let mut effects = edit(state, |document| document.set_hidden(after));
    if state.share.as_ref().is_some_and(|share| share.preview.is_some()) {
        effects.extend(prepare(state));
    }
    effects.extend(contributing::prepare(state));
    effects
}
