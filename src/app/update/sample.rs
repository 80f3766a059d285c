//! The sample board, one click away.

use crate::app::{BuiltIn, CatalogueState, Effect, Slot, SlotState, State};

use super::{cases, comparing, references};

/// Fetches the sample's pictures once the catalogue and the list of cases are known; a sample case that is already kept is
/// opened instead, so that the second visit finds the first one's findings.
pub(super) fn open_if_ready(state: &mut State) -> Vec<Effect> {
    if !state.opening_sample {
        return Vec::new();
    }
    let Some(cases) = &state.cases else { return Vec::new() };
    let sample = match &state.catalogue {
        CatalogueState::Loading => return Vec::new(),
        CatalogueState::Failed(sentence) => Err(sentence.clone()),
        CatalogueState::Ready(BuiltIn { sample: None, .. }) => Err("The built-in catalogue has no sample board.".to_owned()),
        CatalogueState::Ready(BuiltIn { sample: Some(sample), .. }) => Ok(sample.clone()),
    };
    let sample = match sample {
        Ok(sample) => sample,
        Err(sentence) => {
            state.opening_sample = false;
            state.notice(sentence);
            return Vec::new();
        }
    };
    if let Some(kept) = cases.iter().find(|case| case.photo == sample.photo.facts) {
        let id = kept.id;
        state.opening_sample = false;
        return cases::open(state, id);
    }
    let mut effects = Vec::new();
    for (slot, sha256) in [(Slot::YourBoard, sample.photo.facts.sha256), (Slot::KnownGood, sample.reference)] {
        let entry = references::catalogue_picture(&state.catalogue, sha256);
        effects.extend(entry.into_iter().flat_map(|entry| references::fetch_into(state, slot, entry)));
    }
    if state.slots.iter().all(|slot| matches!(slot, SlotState::Ready(_))) {
        effects.extend(comparing::start(state));
    }
    effects
}
