//! Pictures of the catalogue: chosen, fetched, and put where somebody waits for them.

use crate::app::{CatalogueState, Effect, Origin, PictureEntry, Slot, SlotState, State};
use crate::vision::Sha256;

use super::{comparing, opened, pictures, sample};

/// Puts a picture of the catalogue into the known-good slot; nothing happens when the catalogue does not have it.
pub(super) fn choose_reference(state: &mut State, sha256: Sha256) -> Vec<Effect> {
    let Some((path, entry)) = catalogue_picture(&state.catalogue, sha256) else { return Vec::new() };
    let mut effects = fetch_into(state, Slot::KnownGood, path, entry);
    if matches!(state.slot(Slot::KnownGood), SlotState::Ready(_)) {
        effects.extend(opened::answer(state));
    }
    effects
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
            Vec::new()
        }
    }
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

pub(super) fn fetch_into(state: &mut State, slot: Slot, path: String, entry: PictureEntry) -> Vec<Effect> {
    if *state.slot(slot) == SlotState::Fetching(entry.clone()) {
        return Vec::new();
    }
    let mut effects = pictures::remove(state, slot);
    let sha256 = entry.facts.sha256;
    if state.loaded.contains(&sha256) {
        *state.slot_mut(slot) = SlotState::Ready(entry);
    } else {
        *state.slot_mut(slot) = SlotState::Fetching(entry);
        effects.push(Effect::FetchPicture { path, sha256 });
    }
    effects
}

/// A picture of the catalogue, to fetch and to call by its name.
pub(super) fn catalogue_picture(catalogue: &CatalogueState, sha256: Sha256) -> Option<(String, PictureEntry)> {
    let CatalogueState::Ready(catalogue) = catalogue else { return None };
    let named = |path: &str, title: &str, facts| {
        (path.to_owned(), PictureEntry { facts, title: title.to_owned(), origin: Origin::Catalogue })
    };
    if let Some(sample) = catalogue.sample.as_ref().filter(|sample| sample.sha256 == sha256) {
        return Some(named(&sample.path, &sample.title, sample.picture()));
    }
    catalogue.reference(sha256).map(|(board, reference)| {
        let title = format!("{}, {}", board.name(), reference.title);
        named(&reference.path, &title, reference.picture())
    })
}
