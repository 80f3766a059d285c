//! From an offered file to a picture in its slot.

use crate::app::job::{JobFailure, JobId};
use crate::app::{CatalogueState, Effect, JobState, JobTask, Offer, OpenedReport, Origin, PictureEntry, Slot, SlotState, State};
use crate::catalog::Catalogue;
use crate::vision::{PictureFacts, Sha256};

use super::{cases, comparing};

/// Files came in: each gets a worker's look; on the start screen each also gets a slot.
pub(super) fn offered(state: &mut State, offers: Vec<Offer>) -> Vec<Effect> {
    let mut effects = Vec::new();
    if offers.len() > 2 {
        state.notice("Two pictures are compared at a time, so the first two were taken. Drop the others on their own.");
    }
    let two = offers.len() >= 2;
    for (place, offer) in offers.into_iter().enumerate() {
        if place >= 2 {
            effects.push(Effect::ForgetOffer(offer.id));
            continue;
        }
        if state.case.is_none() {
            let slot = match (two, place) {
                (true, 0) => Slot::KnownGood,
                (true, _) => Slot::YourBoard,
                (false, _) if *state.slot(Slot::YourBoard) == SlotState::Empty => Slot::YourBoard,
                (false, _) if *state.slot(Slot::KnownGood) == SlotState::Empty => Slot::KnownGood,
                (false, _) => Slot::YourBoard,
            };
            effects.extend(remove(state, slot));
            *state.slot_mut(slot) = SlotState::Inspecting(offer.clone());
        }
        let job = JobId(state.number());
        effects.push(Effect::Inspect { job, offer: offer.id });
        state.jobs.insert(job, JobState { task: JobTask::Inspect(offer), progress: None });
    }
    effects
}

/// A worker looked at an offered file.
pub(super) fn inspected(state: &mut State, job: JobId, result: Result<PictureFacts, JobFailure>) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Inspect(offer), .. }) = state.jobs.remove(&job) else { return Vec::new() };
    let slot = slot_of(state, &offer);
    let facts = match result {
        Ok(facts) => facts,
        Err(failure) => {
            if let Some(slot) = slot {
                *state.slot_mut(slot) = SlotState::Empty;
            }
            state.notice(format!("{}: {failure}", offer.title));
            return vec![Effect::ForgetOffer(offer.id)];
        }
    };
    state.loaded.insert(facts.sha256);
    let mut effects = vec![Effect::KeepPicture { offer: offer.id, sha256: facts.sha256 }];
    let entry = PictureEntry { facts, title: offer.title, origin: Origin::Own };
    if let Some(slot) = slot {
        *state.slot_mut(slot) = SlotState::Ready(entry);
        effects.extend(answer_report(state));
    } else if let Some(case) = &state.case {
        effects.extend(dropped_on_case(state, case.photo.facts, case.references.clone(), entry));
    }
    effects
}

/// A file dropped on the workbench is either a picture that the case had lost, or a new photo for the same reference.
fn dropped_on_case(state: &mut State, photo: PictureFacts, references: Vec<PictureEntry>, entry: PictureEntry) -> Vec<Effect> {
    let lost = std::iter::once(photo).chain(references.iter().map(|r| r.facts)).any(|facts| facts == entry.facts);
    if lost {
        return comparing::if_all_here(state);
    }
    let effects = cases::close(state);
    if let Some(reference) = references.into_iter().next() {
        *state.slot_mut(Slot::KnownGood) = SlotState::Ready(reference);
    }
    *state.slot_mut(Slot::YourBoard) = SlotState::Ready(entry);
    effects
}

/// Closes the open case and puts those of its pictures that are here into the slots.
pub(super) fn change(state: &mut State) -> Vec<Effect> {
    let Some(case) = state.case.take() else { return Vec::new() };
    let effects = cases::close(state);
    let reference = case.references.into_iter().next();
    for (slot, entry) in [(Slot::KnownGood, reference), (Slot::YourBoard, Some(case.photo))] {
        if let Some(entry) = entry.filter(|entry| state.loaded.contains(&entry.facts.sha256)) {
            *state.slot_mut(slot) = SlotState::Ready(entry);
        }
    }
    effects
}

/// Beside an opened report, pictures find their places by their hashes, and the case opens when all that it needs is here.
pub(super) fn answer_report(state: &mut State) -> Vec<Effect> {
    let Some(OpenedReport { report: Ok(report), .. }) = &state.opened else { return Vec::new() };
    let report = report.clone();
    let Some(reference) = report.references.first().cloned() else { return Vec::new() };
    let sha_in = |slot: &SlotState| if let SlotState::Ready(entry) = slot { Some(entry.facts.sha256) } else { None };
    let [known_good, your_board] = state.slots.each_ref().map(sha_in);
    let is_reference = |sha: Option<Sha256>| sha == Some(reference.picture.sha256);
    if is_reference(your_board) || (known_good.is_some() && your_board.is_none() && !is_reference(known_good)) {
        state.slots.reverse();
    }
    let SlotState::Ready(photo) = state.slot(Slot::YourBoard).clone() else { return Vec::new() };
    if photo.facts == report.photo {
        return cases::from_report(state, report, photo, false);
    }
    match state.slot(Slot::KnownGood).clone() {
        SlotState::Ready(entry) if entry.facts.sha256 == reference.picture.sha256 => {
            cases::from_report(state, report, photo, true)
        }
        SlotState::Ready(entry) => {
            *state.slot_mut(Slot::KnownGood) = SlotState::Empty;
            state.notice(format!(
                "{} is not the reference that this report names. Its findings lie on {} (SHA-256 {}…): drop that file.",
                entry.title,
                reference.title,
                reference.picture.sha256.short()
            ));
            Vec::new()
        }
        SlotState::Empty => choose_reference(state, reference.picture.sha256),
        SlotState::Inspecting(_) | SlotState::Fetching(_) => Vec::new(),
    }
}

/// Puts a picture of the catalogue into the known-good slot; nothing happens when the catalogue does not have it.
pub(super) fn choose_reference(state: &mut State, sha256: Sha256) -> Vec<Effect> {
    let Some((path, entry)) = catalogue_picture(&state.catalogue, sha256) else { return Vec::new() };
    let mut effects = remove(state, Slot::KnownGood);
    effects.extend(fetch_into(state, Slot::KnownGood, path, entry));
    effects
}

fn fetch_into(state: &mut State, slot: Slot, path: String, entry: PictureEntry) -> Vec<Effect> {
    let sha256 = entry.facts.sha256;
    if state.loaded.contains(&sha256) {
        *state.slot_mut(slot) = SlotState::Ready(entry);
        return Vec::new();
    }
    *state.slot_mut(slot) = SlotState::Fetching(entry);
    vec![Effect::FetchPicture { path, sha256 }]
}

/// A picture of the catalogue, to fetch and to call by its name.
pub(super) fn catalogue_picture(catalogue: &CatalogueState, sha256: Sha256) -> Option<(String, PictureEntry)> {
    let CatalogueState::Ready(catalogue) = catalogue else { return None };
    let named = |path: &str, title: &str, facts| {
        (path.to_owned(), PictureEntry { facts, title: title.to_owned(), origin: Origin::Catalogue })
    };
    if let Some(sample) = catalogue.sample.as_ref().filter(|sample| sample.picture.sha256 == sha256) {
        return Some(named(&sample.path, &sample.title, sample.picture));
    }
    catalogue.reference(sha256).map(|(board, reference)| {
        let title = format!("{}, {}", board.name, reference.title);
        named(&reference.path, &title, reference.picture)
    })
}

/// A picture of the catalogue came, for a slot or for the open case.
pub(super) fn fetched(state: &mut State, sha256: Sha256, result: Result<(), String>) -> Vec<Effect> {
    let waiting = Slot::BOTH.into_iter().filter_map(|slot| match state.slot(slot) {
        SlotState::Fetching(entry) if entry.facts.sha256 == sha256 => Some((slot, entry.clone())),
        _ => None,
    });
    let waiting: Vec<_> = waiting.collect();
    match result {
        Ok(()) => {
            state.loaded.insert(sha256);
            for (slot, entry) in waiting {
                *state.slot_mut(slot) = SlotState::Ready(entry);
            }
            let both_ready = state.slots.iter().all(|slot| matches!(slot, SlotState::Ready(_)));
            if state.opening_sample && both_ready {
                return comparing::start(state);
            }
            let mut effects = answer_report(state);
            effects.extend(comparing::if_all_here(state));
            effects
        }
        Err(sentence) => {
            state.opening_sample = false;
            for (slot, _) in waiting {
                *state.slot_mut(slot) = SlotState::Empty;
            }
            state.notice(sentence);
            Vec::new()
        }
    }
}

/// A picture of the open case came out of storage, or is not there.
pub(super) fn loaded(state: &mut State, sha256: Sha256, here: bool) -> Vec<Effect> {
    if here {
        state.loaded.insert(sha256);
        return comparing::if_all_here(state);
    }
    let entry = state.case.iter().flat_map(|case| case.references.iter().chain([&case.photo])).find(|e| e.facts.sha256 == sha256);
    let Some(entry) = entry.cloned() else { return Vec::new() };
    if let Some((path, _)) = catalogue_picture(&state.catalogue, sha256) {
        return vec![Effect::FetchPicture { path, sha256 }];
    }
    if entry.origin == Origin::Own {
        state.notice(format!(
            "{} is no longer in this browser's storage. The findings are safe; drop the same file here to see it again.",
            entry.title
        ));
    }
    Vec::new()
}

/// Empties a slot and stops what was on its way there.
pub(super) fn remove(state: &mut State, slot: Slot) -> Vec<Effect> {
    let before = std::mem::take(state.slot_mut(slot));
    let SlotState::Inspecting(offer) = before else { return Vec::new() };
    let job = state.jobs.iter().find(|(_, job)| job.task == JobTask::Inspect(offer.clone())).map(|(id, _)| *id);
    let mut effects = Vec::new();
    if let Some(job) = job {
        state.jobs.remove(&job);
        effects.push(Effect::Cancel(job));
    }
    effects.push(Effect::ForgetOffer(offer.id));
    effects
}

/// The catalogue is here: whoever waited for it goes on.
pub(super) fn catalogue_arrived(state: &mut State) -> Vec<Effect> {
    let mut effects = open_sample_if_ready(state);
    effects.extend(answer_report(state));
    let missing: Vec<Sha256> =
        state.case.iter().flat_map(|case| case.references.iter().chain([&case.photo])).map(|e| e.facts.sha256).collect();
    for sha256 in missing.into_iter().filter(|sha256| !state.loaded.contains(sha256)).collect::<Vec<_>>() {
        if let Some((path, _)) = catalogue_picture(&state.catalogue, sha256) {
            effects.push(Effect::FetchPicture { path, sha256 });
        }
    }
    effects
}

/// Fetches the sample's pictures once the catalogue and the list of cases are known; a sample case that is already kept is
/// opened instead, so that the second visit finds the first one's findings.
pub(super) fn open_sample_if_ready(state: &mut State) -> Vec<Effect> {
    if !state.opening_sample {
        return Vec::new();
    }
    let Some(cases) = &state.cases else { return Vec::new() };
    let sample = match &state.catalogue {
        CatalogueState::Loading => return Vec::new(),
        CatalogueState::Failed(sentence) => Err(sentence.clone()),
        CatalogueState::Ready(Catalogue { sample: None, .. }) => Err("The built-in catalogue has no sample board.".to_owned()),
        CatalogueState::Ready(Catalogue { sample: Some(sample), .. }) => Ok(sample.clone()),
    };
    let sample = match sample {
        Ok(sample) => sample,
        Err(sentence) => {
            state.opening_sample = false;
            state.notice(sentence);
            return Vec::new();
        }
    };
    if let Some(kept) = cases.iter().find(|case| case.photo.sha256 == sample.picture.sha256) {
        let id = kept.id;
        state.opening_sample = false;
        return cases::open(state, id);
    }
    let mut effects = Vec::new();
    for (slot, sha256) in [(Slot::YourBoard, sample.picture.sha256), (Slot::KnownGood, sample.reference)] {
        effects.extend(remove(state, slot));
        if let Some((path, entry)) = catalogue_picture(&state.catalogue, sha256) {
            effects.extend(fetch_into(state, slot, path, entry));
        }
    }
    if state.slots.iter().all(|slot| matches!(slot, SlotState::Ready(_))) {
        effects.extend(comparing::start(state));
    }
    effects
}

fn slot_of(state: &State, offer: &Offer) -> Option<Slot> {
    Slot::BOTH.into_iter().find(|slot| *state.slot(*slot) == SlotState::Inspecting(offer.clone()))
}
