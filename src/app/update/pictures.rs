//! From an offered file to a picture in its slot.

use crate::app::job::{JobFailure, JobId};
use crate::app::{
    CASE_VERSION, Case, CatalogueState, Effect, JobState, JobTask, Offer, Origin, PictureEntry, Purpose, Slot, SlotState, State,
};
use crate::report::Laid;
use crate::sorted::SortedSet;
use crate::vision::{PictureFacts, Sha256};

use super::{cases, comparing, drafting, layers, opened, references};

/// Pictures that may be dropped at once: one, one more, and as many others as the consensus compares with each other.
const MOST_DROPPED: usize = 7;

/// Files came in: each gets a worker's look; on the start screen each also gets a slot.
pub(super) fn offered(state: &mut State, offers: Vec<Offer>) -> Vec<Effect> {
    let (added, offers): (Vec<_>, Vec<_>) = offers.into_iter().partition(|offer| offer.purpose == Some(Purpose::Report));
    let (reports, offers): (Vec<_>, Vec<_>) = offers.into_iter().partition(|offer| offer.is_report && offer.purpose.is_none());
    let (designs, offers): (Vec<_>, Vec<_>) = offers.into_iter().partition(|offer| offer.is_design);
    let mut effects: Vec<Effect> = added.iter().flat_map(|report| opened::add_file(state, report)).collect();
    effects.extend(reports.iter().flat_map(|report| opened::open_file(state, report)));
    if !designs.is_empty() && offers.len() >= 2 && state.case.is_none() {
        state.notice("The photos are compared with each other first. Add the files of the design afterwards, under Layers: then each difference says what belongs there.");
        effects.extend(designs.iter().map(|design| Effect::ForgetOffer(design.id)));
    } else {
        effects.extend(drafting::offered(state, designs));
    }
    // Whoever brings pictures does not wait for the sample any more.
    state.opening_sample &= offers.is_empty();
    let most = if state.case.is_none() { MOST_DROPPED } else { 2 };
    match offers.len() {
        0..=2 => {}
        count if count <= most => state.notice(
            "All of them go into one case: the second picture is compared with the first and with all the others. From four pictures on, one of the others that stands apart is named under Alignment.",
        ),
        _ if most > 2 => {
            state.notice(format!("At most {most} pictures are compared with each other, so the first {most} were taken."));
        }
        _ => state.notice("Two pictures are compared at a time, so the first two were taken. Drop the others on their own."),
    }
    let two = offers.len() >= 2;
    for (place, mut offer) in offers.into_iter().enumerate() {
        if place >= most {
            effects.push(Effect::ForgetOffer(offer.id));
            continue;
        }
        if state.case.is_none() && place >= 2 {
            offer.purpose = Some(Purpose::Reference);
        } else if state.case.is_none() {
            let slot = match (two, place) {
                (true, 0) => Slot::KnownGood,
                (true, _) => Slot::YourBoard,
                // There its board is looked for: what it is compared with comes from there, too.
                (false, _) if state.annex.is_some() => Slot::YourBoard,
                (false, _) if *state.slot(Slot::YourBoard) == SlotState::Empty => Slot::YourBoard,
                (false, _) if *state.slot(Slot::KnownGood) == SlotState::Empty => Slot::KnownGood,
                (false, _) => Slot::YourBoard,
            };
            effects.extend(remove(state, slot));
            *state.slot_mut(slot) = SlotState::Inspecting(offer.clone());
        }
        let job = JobId(state.number());
        effects.push(Effect::Inspect { job, offer: offer.id });
        state.jobs.insert(job, JobState::new(JobTask::Inspect(offer)));
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
            let mut effects = vec![Effect::ForgetOffer(offer.id)];
            effects.extend(opened::answer(state));
            return effects;
        }
    };
    let is_further = is_further(state, &offer);
    if slot.is_none() && state.case.is_none() && !is_further {
        return vec![Effect::ForgetOffer(offer.id)];
    }
    let was_here = state.loaded.contains(&facts.sha256);
    arrive(state, facts.sha256);
    let mut effects = vec![Effect::KeepPicture { offer: offer.id, sha256: facts.sha256 }];
    let entry = PictureEntry::of(facts, offer.title, Origin::Own);
    if let Some(slot) = slot {
        *state.slot_mut(slot) = SlotState::Ready(entry);
        effects.extend(opened::answer(state));
    } else if is_further {
        if state.further.iter().all(|known| known.facts != entry.facts) {
            state.further.push(entry);
        }
    } else {
        let is_known = state.case.iter().flat_map(Case::pictures).any(|sha256| sha256 == entry.facts.sha256);
        effects.extend(match (is_known, offer.purpose) {
            // Another photo answers the same question.
            (false, None) if state.case.as_ref().is_some_and(|case| case.question.is_some()) => replace_photo(state, entry),
            (true, purpose) => {
                if purpose.is_some() && was_here {
                    state.notice(format!("{} is in this case already. Choose another picture.", entry.title));
                }
                comparing::if_all_here(state)
            }
            (false, Some(Purpose::Photo)) => replace_photo(state, entry),
            (false, Some(Purpose::Reference)) => layers::add_reference(state, entry),
            (false, Some(Purpose::Layer)) => layers::add(state, &entry),
            (false, Some(Purpose::Report)) => Vec::new(),
            (false, None) => dropped_on_case(state, job, entry),
        });
    }
    effects
}

/// A file dropped on the workbench that is none of its pictures is a new photo for the same reference; or, when another file that was
/// dropped is still being looked at, one of a new pair.
fn dropped_on_case(state: &mut State, job: JobId, entry: PictureEntry) -> Vec<Effect> {
    let reference = state.case.as_ref().and_then(|case| case.document.references().first().cloned());
    let mut effects: Vec<Effect> = Slot::BOTH.into_iter().flat_map(|slot| remove(state, slot)).collect();
    let partner = state.jobs.iter().find_map(|(id, running)| match &running.task {
        JobTask::Inspect(offer) if offer.purpose.is_none() => Some((*id, offer.clone())),
        _ => None,
    });
    effects.extend(cases::close(state));
    let entry_slot = match &partner {
        Some((other, _)) if job < *other => Slot::KnownGood,
        _ => Slot::YourBoard,
    };
    *state.slot_mut(entry_slot) = SlotState::Ready(entry);
    match (partner, reference) {
        (Some((_, offer)), _) => *state.slot_mut(entry_slot.other()) = SlotState::Inspecting(offer),
        (None, Some(reference)) => *state.slot_mut(Slot::KnownGood) = SlotState::Ready(reference),
        (None, None) => {}
    }
    effects
}

/// A new case of the same references with another photo; the findings come along, because they lie on the reference. The case
/// before stays as it is.
fn replace_photo(state: &mut State, photo: PictureEntry) -> Vec<Effect> {
    let Some(before) = state.case.clone() else { return Vec::new() };
    let (shown, strengths) = (state.view.layers.clone(), state.view.strengths.clone());
    let mut document = before.document;
    document.lay(Laid::default());
    document.set_control_points(Vec::new());
    // Another photo may show another unit, of which nothing has been said yet.
    let seen: Vec<_> = document.sightings().map(|sighting| sighting.finding).collect();
    seen.into_iter().for_each(|place| document.see(place, None));
    let case = Case {
        version: CASE_VERSION,
        id: cases::new_id(state),
        title: photo.title.clone(),
        photo,
        document,
        unit: String::new(),
        reported: before.reported.filter(|_| before.question.is_some()),
        looked_at: SortedSet::new(),
        ..before
    };
    let mut effects = cases::enter(state, case);
    // It is the same board, looked at in the same way.
    (state.view.layers, state.view.strengths) = (shown, strengths);
    effects.extend(comparing::again(state));
    effects
}

/// Closes the open case and puts those of its pictures that are here into the slots.
pub(super) fn change(state: &mut State) -> Vec<Effect> {
    let Some(case) = state.case.clone() else { return Vec::new() };
    let effects = cases::close(state);
    let reference = case.document.references().first().cloned();
    for (slot, entry) in [(Slot::KnownGood, reference), (Slot::YourBoard, Some(case.photo))] {
        if let Some(entry) = entry.filter(|entry| state.loaded.contains(&entry.facts.sha256)) {
            *state.slot_mut(slot) = SlotState::Ready(entry);
        }
    }
    effects
}

/// A picture of the open case came out of storage, or is not there.
pub(super) fn loaded(state: &mut State, sha256: Sha256, here: bool) -> Vec<Effect> {
    if here {
        arrive(state, sha256);
        return comparing::if_all_here(state);
    }
    state.loaded.remove(&sha256);
    let Some(entry) = state.case.as_ref().and_then(|case| entry_of(case, sha256)) else { return Vec::new() };
    state.lost.insert(sha256);
    if let Some(fetch) = references::fetch(state, &entry) {
        return vec![fetch];
    }
    if state.fetching.contains(&sha256) {
        return Vec::new();
    }
    // The catalogue, or which hosts may be asked, is not known yet.
    let may_come =
        entry.origin == Origin::Catalogue && (state.catalogue == CatalogueState::Loading || state.catalogues.is_none());
    if entry.origin != Origin::Report && !may_come {
        state.notice(format!(
            "{} is no longer in this browser's storage. The findings are safe; drop the same file here to see it again.",
            entry.title
        ));
    }
    Vec::new()
}

/// A picture of the case.
fn entry_of(case: &Case, sha256: Sha256) -> Option<PictureEntry> {
    let compared = case.compared().find(|entry| entry.facts.sha256 == sha256).cloned();
    let layer = || {
        let layer = case.document.layer(sha256)?;
        Some(PictureEntry::of(layer.picture, layer.title.clone(), Origin::Own))
    };
    let file = || {
        let name = case.design_file(sha256)?;
        Some(PictureEntry::of(PictureFacts { sha256, width: 0, height: 0 }, name.to_owned(), Origin::Own))
    };
    compared.or_else(layer).or_else(file)
}

/// Empties a slot and stops what was on its way there.
pub(super) fn remove(state: &mut State, slot: Slot) -> Vec<Effect> {
    let before = std::mem::take(state.slot_mut(slot));
    let mut offers = Vec::new();
    if let SlotState::Inspecting(offer) = before {
        offers.push(offer);
    }
    if slot == Slot::KnownGood {
        state.further.clear();
        offers.extend(state.jobs.values().filter_map(|job| match &job.task {
            JobTask::Inspect(offer) if is_further(state, offer) => Some(offer.clone()),
            _ => None,
        }));
    }
    offers.into_iter().flat_map(|offer| stop_looking_at(state, &offer)).collect()
}

/// It was dropped beside a pair on the start screen.
fn is_further(state: &State, offer: &Offer) -> bool {
    state.case.is_none() && offer.purpose == Some(Purpose::Reference) && slot_of(state, offer).is_none()
}

fn stop_looking_at(state: &mut State, offer: &Offer) -> Vec<Effect> {
    let is_about = |task: &JobTask| match task {
        JobTask::Inspect(looked_at) => looked_at == offer,
        JobTask::Draw(files) => files.first() == Some(offer),
        _ => false,
    };
    let job = state.jobs.iter().find(|(_, job)| is_about(&job.task)).map(|(id, _)| *id);
    let mut effects: Vec<Effect> = job.map(Effect::Cancel).into_iter().collect();
    match job.and_then(|job| state.jobs.remove(&job)) {
        // With it go the others of its design.
        Some(JobState { task: JobTask::Draw(files), .. }) => {
            effects.extend(files.into_iter().map(|file| Effect::ForgetOffer(file.id)));
        }
        _ => effects.push(Effect::ForgetOffer(offer.id)),
    }
    effects
}

/// A picture is in memory.
pub(super) fn arrive(state: &mut State, sha256: Sha256) {
    state.lost.remove(&sha256);
    state.loaded.insert(sha256);
}

fn slot_of(state: &State, offer: &Offer) -> Option<Slot> {
    Slot::BOTH.into_iter().find(|slot| *state.slot(*slot) == SlotState::Inspecting(offer.clone()))
}
