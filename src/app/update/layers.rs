//! Pictures beside the pair: further references, and layers that lie over the board.

use crate::app::{ByHand, Effect, Layer, PictureEntry, State};
use crate::catalog::Modality;
use crate::report::{MAX_LAYERS, PictureLayer};
use crate::vision::Sha256;

use super::findings::edit;
use super::{comparing, looking, placing};

/// References of one case in the browser: each is decoded and compared in turn, which a person has to wait for.
const MOST_REFERENCES: usize = 12;

/// One more reference; the comparison is made anew with all of them.
pub(super) fn add_reference(state: &mut State, entry: PictureEntry) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    if !state.has_all_compared() {
        state.notice(format!(
            "{} can't be compared yet, because another picture of this case is not here. Drop its file first, then add this one again.",
            entry.title
        ));
        return Vec::new();
    }
    if case.document.drawn_reference().is_some() {
        state.notice("This case compares with a drawing. To compare with photos as well, begin a new case with a photo as what is known to be good, and add the drawing there as a layer.");
        return Vec::new();
    }
    if case.document.references().len() >= MOST_REFERENCES {
        state.notice(format!("A case compares with at most {MOST_REFERENCES} references. Remove one before you add another."));
        return Vec::new();
    }
    let references = case.document.references().iter().cloned().chain([entry]).collect();
    set_references(state, references)
}

/// One reference less; the comparison is made anew with the others.
pub(super) fn remove_reference(state: &mut State, sha256: Sha256) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let first = case.document.references().first().map(|first| first.facts.sha256);
    let stays = |entry: &&PictureEntry| entry.facts.sha256 != sha256 || Some(sha256) == first;
    let references: Vec<_> = case.document.references().iter().filter(stays).cloned().collect();
    if references.len() == case.document.references().len() { Vec::new() } else { set_references(state, references) }
}

/// An edit, and the comparison that belongs to it: its result joins the edit, so that both are undone together.
fn set_references(state: &mut State, references: Vec<PictureEntry>) -> Vec<Effect> {
    let mut effects = edit(state, |document| document.set_references(references));
    effects.extend(comparing::again(state));
    effects
}

/// A picture lies over the board from now on. It is laid by hand next: nobody knows yet where it belongs.
pub(super) fn add(state: &mut State, entry: &PictureEntry) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let mut layers = case.document.layers().to_vec();
    if layers.len() >= MAX_LAYERS {
        state.notice(format!("At most {MAX_LAYERS} pictures lie over a board. Remove one before you add another."));
        return Vec::new();
    }
    let sha256 = entry.facts.sha256;
    let title = super::short(&entry.title);
    layers.push(PictureLayer {
        picture: entry.facts,
        title,
        modality: Modality::VisibleLight,
        points: Vec::new(),
        drawing: None,
    });
    let effects = edit(state, |document| document.set_layers(layers));
    looking::show(state, Layer::Picture(sha256));
    placing::by_hand(state, Some(ByHand::Layer(sha256)));
    effects
}

/// Changes the layer that shows this picture; nothing happens when there is none.
pub(super) fn change(state: &mut State, sha256: Sha256, deed: impl FnOnce(&mut PictureLayer)) -> Vec<Effect> {
    edit(state, |document| {
        let mut layers = document.layers().to_vec();
        if let Some(layer) = layers.iter_mut().find(|layer| layer.picture.sha256 == sha256) {
            deed(layer);
        }
        document.set_layers(layers);
    })
}

/// How a layer's picture was made.
pub(super) fn set_modality(state: &mut State, sha256: Sha256, modality: Modality) -> Vec<Effect> {
    change(state, sha256, |layer| layer.modality = modality)
}

/// The picture does not lie over the board any more.
pub(super) fn remove(state: &mut State, sha256: Sha256) -> Vec<Effect> {
    edit(state, |document| {
        let left = document.layers().iter().filter(|layer| layer.picture.sha256 != sha256).cloned().collect();
        document.set_layers(left);
        if document.drawn_layer().is_none() && document.drawn_reference().is_none() {
            document.set_check(None);
        }
    })
}

/// The stage can't show it: said by name, and not tried again until somebody asks for it.
pub(super) fn failed(state: &mut State, sha256: Sha256) {
    let title = state.case.as_ref().and_then(|case| case.document.layer(sha256)).map(|layer| layer.title.clone());
    state.view.layers.remove(&Layer::Picture(sha256));
    if let Some(title) = title {
        state.notice(format!(
            "{title} can't be shown on the stage, most likely because the device is short of memory. It is hidden now; close other tabs before you show it again."
        ));
    }
}
