//! Pictures of the catalogue: chosen, fetched, and put where somebody waits for them.

use std::rc::Rc;

use crate::app::library::Choice;
use crate::app::{CatalogueState, Effect, PictureEntry, Slot, SlotState, State};
use crate::report::{Laid, Provenance};
use crate::vision::Sha256;

use super::{cases, comparing, opened, pictures, sample};

/// Puts a picture of the catalogue into the known-good slot; nothing happens when the catalogue does not have it.
pub(super) fn choose_reference(state: &mut State, sha256: Sha256) -> Vec<Effect> {
    let Some(entry) = catalogue_picture(&state.catalogue, sha256) else { return Vec::new() };
    let mut effects = fetch_into(state, Slot::KnownGood, entry);
    if matches!(state.slot(Slot::KnownGood), SlotState::Ready(_)) {
        effects.extend(opened::answer(state));
    }
    effects
}

/// A picture of the catalogue came, for a slot or for the open case.
pub(super) fn fetched(state: &mut State, sha256: Sha256, result: Result<(), String>) -> Vec<Effect> {
    state.fetching.remove(&sha256);
    let waiting = Slot::BOTH.into_iter().filter_map(|slot| match state.slot(slot) {
        SlotState::Fetching(entry) if entry.facts.sha256 == sha256 => Some((slot, entry.clone())),
        _ => None,
    });
    let waiting: Vec<_> = waiting.collect();
    match result {
        Ok(()) => {
            pictures::arrive(state, sha256);
            for (slot, entry) in waiting {
                *state.slot_mut(slot) = SlotState::Ready(entry);
            }
            let both_ready = state.slots.iter().all(|slot| matches!(slot, SlotState::Ready(_)));
            if state.opening_sample && both_ready {
                return comparing::start(state);
            }
            let mut effects = opened::answer(state);
            effects.extend(comparing::if_all_here(state));
            effects
        }
        Err(sentence) => {
            state.opening_sample &= waiting.is_empty();
            for (slot, _) in waiting {
                *state.slot_mut(slot) = SlotState::Empty;
            }
            state.notice(sentence);
            go_on_without(state, sha256)
        }
    }
}

/// A further reference does not come: the others are compared without it.
fn go_on_without(state: &mut State, sha256: Sha256) -> Vec<Effect> {
    state.further.retain(|entry| entry.facts.sha256 != sha256);
    let Some(case) = state.case.as_mut().filter(|case| case.document.laid() == &Laid::default()) else { return Vec::new() };
    let mut references = case.document.references().to_vec();
    let place = references.iter().position(|entry| entry.facts.sha256 == sha256);
    let Some(place) = place.filter(|place| *place > 0 && !state.history.can_undo()) else { return Vec::new() };
    references.remove(place);
    let mut effects = cases::change(state, |case| case.document.set_references(references));
    effects.extend(comparing::if_all_here(state));
    effects
}

/// The catalogue is here: whoever waited for it goes on.
pub(super) fn catalogue_arrived(state: &mut State) -> Vec<Effect> {
    let mut effects = sample::open_if_ready(state);
    effects.extend(opened::answer(state));
    for sha256 in state.lost.clone() {
        effects.extend(pictures::loaded(state, sha256, false));
    }
    effects
}

/// Puts a picture of a catalogue into a slot, as soon as it is here.
pub(super) fn fetch_into(state: &mut State, slot: Slot, entry: PictureEntry) -> Vec<Effect> {
    if *state.slot(slot) == SlotState::Fetching(entry.clone()) {
        return Vec::new();
    }
    let mut effects = pictures::remove(state, slot);
    if state.loaded.contains(&entry.facts.sha256) {
        *state.slot_mut(slot) = SlotState::Ready(entry);
    } else {
        effects.extend(fetch(state, &entry));
        *state.slot_mut(slot) = SlotState::Fetching(entry);
    }
    effects
}

/// Fetches a picture of a catalogue, where its host may be asked.
pub(super) fn fetch(state: &mut State, entry: &PictureEntry) -> Option<Effect> {
    let file = provenance(&state.catalogue, entry)?.file.clone()?;
    if !state.may_ask(&file.path) || !state.fetching.insert(entry.facts.sha256) {
        return None;
    }
    Some(Effect::FetchPicture { file, picture: entry.facts })
}

/// What is known of a picture of a catalogue; cases of older versions did not keep it, but the built-in catalogue may know.
pub(super) fn provenance(catalogue: &CatalogueState, entry: &PictureEntry) -> Option<Rc<Provenance>> {
    entry.provenance.clone().or_else(|| catalogue_picture(catalogue, entry.facts.sha256)?.provenance)
}

/// A picture of the built-in catalogue.
pub(super) fn catalogue_picture(catalogue: &CatalogueState, sha256: Sha256) -> Option<PictureEntry> {
    if let CatalogueState::Ready(built_in) = catalogue { built_in.picture(sha256).cloned() } else { None }
}

/// References were chosen in the library: the first one comes into its slot, the others go with it into the next case.
pub(super) fn chosen(state: &mut State, choice: Choice) -> Vec<Effect> {
    state.catalogues = Some(choice.kept);
    let mut effects = cases::close(state);
    let mut references = choice.references.into_iter();
    if let Some(first) = references.next() {
        effects.extend(fetch_into(state, Slot::KnownGood, first));
        state.further = references.collect();
    }
    effects
}
