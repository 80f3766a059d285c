//! Starting, following and ending a comparison.

use std::ops::RangeInclusive;
use std::rc::Rc;

use crate::app::job::{JobFailure, JobId};
use crate::app::{
    CASE_VERSION, Case, Effect, Errand, Hold, JobState, JobTask, Load, Panel, PictureEntry, Slot, SlotState, State,
};
use crate::catalog::FileEntry;
use crate::design::DesignCheck;
use crate::geometry::{Homography, Photo, Reference};
use crate::report::{Document, FEWEST_CONTROL_POINTS, Laid, Told, units_of};
use crate::sorted::SortedSet;
use crate::vision::{Comparison, PictureFacts};

use super::{cases, contributing, drafting, findings, opened, references};

/// A new case of the two slots, and its comparison.
pub(super) fn start(state: &mut State) -> Vec<Effect> {
    state.opening_sample = false;
    let (SlotState::Ready(reference), SlotState::Ready(photo)) = (state.slot(Slot::KnownGood), state.slot(Slot::YourBoard))
    else {
        state.notice("Two pictures are needed: one of your board, and one of a board that is known to be good.");
        return Vec::new();
    };
    if reference.facts.sha256 == photo.facts.sha256 {
        state.notice("These are the same file, so there is nothing to compare. Choose another picture for one of the two.");
        return Vec::new();
    }
    if state.is_looking_at_further() {
        state.notice("The other pictures are still being looked at. Compare as soon as all of them are here.");
        return Vec::new();
    }
    let (reference, photo) = (reference.clone(), photo.clone());
    let board = reference.provenance.as_ref().map(|known| known.board.name());
    let further = std::mem::take(&mut state.further);
    let is_another = |entry: &PictureEntry| ![photo.facts.sha256, reference.facts.sha256].contains(&entry.facts.sha256);
    let mut references = vec![reference.clone()];
    references.extend(further.into_iter().filter(is_another));
    let case = Case {
        version: CASE_VERSION,
        id: cases::new_id(state),
        title: photo.title.clone(),
        board: board.unwrap_or_default(),
        unit: String::new(),
        contributor: String::new(),
        photo,
        reported: None,
        question: None,
        document: Document::about(references),
        looked_at: SortedSet::new(),
    };
    let mut effects = cases::enter(state, case);
    effects.extend(again(state));
    effects
}

/// Pixels of a photo and a reference together that two workers share. A smaller pair is compared as soon by one; of a larger one there would
/// be too much in memory twice: each worker holds both pictures.
const SHARED: RangeInclusive<u64> = 2_000_000..=40_000_000;

const FEWER_PIXELS: &str = "The comparison stopped, most likely because this device ran out of memory. It is made once more with fewer pixels. Nothing of yours is lost.";

fn pixels(facts: &PictureFacts) -> u64 {
    u64::from(facts.width) * u64::from(facts.height)
}

/// What comparing the case takes. Two pictures are held at a time, which with several references may be two of them.
fn load(case: &Case) -> Load {
    let facts = || case.compared().map(|entry| entry.facts);
    let (mut largest, mut second) = (0, 0);
    for pixels in facts().map(|facts| pixels(&facts)) {
        (largest, second) = (largest.max(pixels), second.max(largest.min(pixels)));
    }
    let shortest_side = facts().map(|facts| facts.width.min(facts.height)).min().unwrap_or(0);
    Load { pixels: largest + second, shortest_side }
}

/// Compares the open case, with its control points where there are enough. Pictures that are not in memory are asked for first.
pub(super) fn again(state: &mut State) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let missing = cases::missing(state, case.needed());
    if !missing.is_empty() {
        return missing;
    }
    let mut effects = state.comparing().map(|(job, _)| job).map_or_else(Vec::new, |job| cancel(state, job));
    let Some(case) = &state.case else { return effects };
    if let Some(drawn) = case.document.drawn_reference().cloned() {
        effects.extend(drafting::check(state, &drawn));
        return effects;
    }
    let load = load(case);
    let detail = state.memory.detail(load);
    let shared = detail.is_full() && SHARED.contains(&load.pixels);
    let (photo, references) = (case.photo.facts.sha256, case.document.references());
    let provenance = |entry: &PictureEntry| references::provenance(&state.catalogue, entry);
    let px_per_mm = references.first().and_then(|first| provenance(first)?.px_per_mm);
    let may_ask = |file: &FileEntry| state.may_ask(&file.path);
    // They are those of all pixels.
    let described = references.iter().filter(|_| detail.is_full());
    let features = described.filter_map(|entry| provenance(entry)?.features.clone()).filter(may_ask).collect();
    let units = units_of(references);
    let references = references.iter().map(|entry| entry.facts.sha256).collect();
    let points = case.document.control_points();
    let control_points = if points.len() < FEWEST_CONTROL_POINTS { Vec::new() } else { points.to_vec() };
    let job = JobId(state.number());
    let told = Told { px_per_mm, control_points: control_points.clone(), units: units.clone() };
    state.jobs.insert(job, JobState { told, detail, ..JobState::new(JobTask::Compare) });
    effects.push(Effect::Compare { job, photo, references, features, px_per_mm, control_points, units, detail, shared });
    effects
}

/// Compares the open case if that was never done and all its pictures have come.
pub(super) fn if_all_here(state: &mut State) -> Vec<Effect> {
    let Some(case) = state.case.as_ref().filter(|_| state.hold == Hold::Here) else { return Vec::new() };
    let wanted = case.document.comparison().is_none() && case.document.alignment().is_none() && state.comparing().is_none();
    if wanted && state.has_all_compared() { again(state) } else { Vec::new() }
}

/// The photo can be laid over the first reference, roughly.
pub(super) fn placed(state: &mut State, job: JobId, coarse: Homography<Photo, Reference>) -> Vec<Effect> {
    let Some(running) = state.jobs.get_mut(&job).filter(|job| job.task == JobTask::Compare) else { return Vec::new() };
    running.placed = Some(coarse);
    vec![Effect::MarkPlaced]
}

/// The result is here.
pub(super) fn done(state: &mut State, job: JobId, comparison: Comparison) -> Vec<Effect> {
    let mut effects = compared(state, job, comparison, None, None);
    effects.extend(drafting::check_layer(state));
    effects
}

/// The same, with what the design says where the reference is a drawing, and with the picture of the other side where the photo shows that one.
pub(super) fn compared(
    state: &mut State,
    job: JobId,
    mut comparison: Comparison,
    check: Option<DesignCheck>,
    turned: Option<PictureEntry>,
) -> Vec<Effect> {
    if state.jobs.get(&job).is_none_or(|job| job.task != JobTask::Compare) {
        return Vec::new();
    }
    let told = state.jobs.remove(&job).map(|job| job.told).unwrap_or_default();
    withdraw(state);
    state.view.difference = None;
    // Whoever is laying something by hand is not torn away from it.
    if state.view.by_hand.is_none() {
        let asks = state.case.as_ref().is_some_and(|case| case.question.is_some());
        state.view.panel = match comparison.differences.is_empty() {
            _ if asks => Panel::Places,
            true => Panel::Alignment,
            false => Panel::Differences,
        };
    }
    // Times are no part of a result: the same one again is no step of undo, and nothing that was looked at is to be looked at anew.
    if let Some(kept) = state.case.as_ref().and_then(|case| case.document.comparison()) {
        let times = std::mem::replace(&mut comparison.timing_ms, kept.timing_ms.clone());
        if comparison != *kept {
            comparison.timing_ms = times;
        }
    }
    let result = Laid { alignment: Some(Rc::new(comparison.alignment.clone())), comparison: Some(Rc::new(comparison)), told };
    let deed = |document: &mut Document| {
        if let Some(turned) = turned {
            document.set_references(vec![turned]);
        }
        document.lay(result);
        document.set_check(check);
    };
    let is_first = state.case.as_ref().is_some_and(|case| case.document.laid() == &Laid::default()) && !state.history.can_undo();
    let mut effects = if is_first {
        // The machine's answer to opening the case: nothing that a person would take back.
        cases::change(state, |case| deed(&mut case.document))
    } else {
        findings::answer(state, deed)
    };
    super::looking::show_drawing(state);
    effects.push(Effect::MarkReady);
    effects.extend(super::preview::outdated(state));
    effects
}

/// A job gave no answer.
pub(super) fn failed(state: &mut State, job: JobId, failure: &JobFailure) -> Vec<Effect> {
    match state.jobs.get(&job).map(|job| &job.task) {
        Some(JobTask::Inspect(_)) => super::pictures::inspected(state, job, Err(failure.clone())),
        Some(JobTask::Compare) => comparison_failed(state, job, failure),
        Some(JobTask::Draw(_)) => drafting::not_drawn(state, job, failure),
        Some(JobTask::Check(_)) => drafting::not_checked(state, job, failure),
        Some(JobTask::Paper(..)) => super::papers::answered(state, job, Err(failure.clone()), Vec::new()),
        Some(JobTask::Cut(draft)) => {
            let form = draft.form;
            super::sharing::cut_failed(state, job, form, failure);
            Vec::new()
        }
        Some(JobTask::Preview(_)) => {
            state.notice(failure.to_string());
            super::preview::cut(state, job, None)
        }
        Some(JobTask::Prepare) => contributing::prepared(state, job, Err(failure.to_string())),
        None => Vec::new(),
    }
}

/// A comparison gave no answer. One that died is made once more with fewer pixels, if that may help.
fn comparison_failed(state: &mut State, job: JobId, failure: &JobFailure) -> Vec<Effect> {
    let detail = state.jobs.remove(&job).map(|job| job.detail).unwrap_or_default();
    let load = state.case.as_ref().map(load).filter(|_| *failure == JobFailure::Crashed);
    if load.is_some_and(|load| state.memory.failed_at(load, detail)) {
        state.notice(FEWER_PIXELS);
        return again(state);
    }
    withdraw(state);
    state.notice(failure.to_string());
    Vec::new()
}

/// No comparison is being made again any more.
fn withdraw(state: &mut State) {
    state.notices.retain(|notice| notice.text != FEWER_PIXELS);
}

/// The person does not want to wait.
pub(super) fn cancel(state: &mut State, job: JobId) -> Vec<Effect> {
    match state.jobs.remove(&job).map(|job| job.task) {
        Some(JobTask::Compare) => {
            withdraw(state);
            vec![Effect::Cancel(job)]
        }
        Some(JobTask::Draw(offers)) => {
            drafting::empty_slot(state, &offers);
            std::iter::once(Effect::Cancel(job)).chain(offers.into_iter().map(|offer| Effect::ForgetOffer(offer.id))).collect()
        }
        Some(JobTask::Check(_)) => vec![Effect::Cancel(job)],
        Some(JobTask::Inspect(offer)) => {
            for slot in &mut state.slots {
                if *slot == SlotState::Inspecting(offer.clone()) {
                    *slot = SlotState::Empty;
                }
            }
            let mut effects = vec![Effect::Cancel(job), Effect::ForgetOffer(offer.id)];
            effects.extend(opened::answer(state));
            effects
        }
        Some(JobTask::Paper(errand, passing)) => {
            state.making_key &= errand != Errand::Key(true);
            stopped(state, job);
            std::iter::once(Effect::Cancel(job)).chain(passing.into_iter().map(Effect::ForgetOffer)).collect()
        }
        Some(JobTask::Preview(_)) => {
            let awaited = |preview: &mut crate::app::Preview| preview.job == Some(job);
            let gone = state.share.as_mut().and_then(|share| share.preview.take_if(awaited)).map(|preview| preview.files);
            std::iter::once(Effect::Cancel(job)).chain(gone.into_iter().flatten().map(Effect::ForgetOffer)).collect()
        }
        Some(JobTask::Cut(_) | JobTask::Prepare) => {
            stopped(state, job);
            vec![Effect::Cancel(job)]
        }
        None => Vec::new(),
    }
}

/// Neither the share dialog nor an opened report waits for this job any longer.
fn stopped(state: &mut State, job: JobId) {
    state.opened.iter_mut().for_each(|opened| _ = opened.adding.take_if(|(adding, _)| *adding == job));
    state.share.take_if(|share| share.job == Some(job));
    state.contribution.iter_mut().for_each(|dialog| _ = dialog.job.take_if(|busy| *busy == job));
    if let Some(share) = &mut state.share {
        share.writing.take_if(|(_, writing)| *writing == job);
    }
}
