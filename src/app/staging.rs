//! What of the state lies on the light table, and how.

use std::rc::Rc;

use super::table::{Mark, Over, Pair, PairEnd, Scene, Strength};
use super::{ByHand, Case, Layer, Mode, State};
use crate::geometry::{Homography, Photo, Reference, Warp};
use crate::report::PictureLayer;
use crate::vision::{Difference, PictureFacts, Sha256, Verdict};

/// Marks of the tail on the stage: more would hide the picture that they are about. All of them stand in the list.
const TAIL_MARKS: usize = 12;

/// A first map of the photo while the comparison runs.
#[must_use]
pub fn coarse(state: &State) -> Option<Homography<Photo, Reference>> {
    state.comparing()?.1.placed
}

/// True when the photo lies on the reference: by the case's alignment, or by a first one while the comparison runs. A refused one would
/// only mislead: then the two are shown beside each other, as they are while a person lays something by hand.
#[must_use]
pub fn is_laid(state: &State) -> bool {
    let Some(case) = state.case.as_ref().filter(|_| state.view.by_hand.is_none()) else { return false };
    match case.document.alignment() {
        Some(alignment) => alignment.verdict != Verdict::Refused,
        None => coarse(state).is_some(),
    }
}

fn warp(state: &State) -> Option<Warp> {
    let case = state.case.as_ref().filter(|_| is_laid(state))?;
    match case.document.alignment() {
        Some(alignment) => alignment.warp(),
        None => coarse(state).map(|homography| Warp { homography, mesh: None }),
    }
}

/// The differences with a mark: of those that are listed, what is worth a look, the surest of the tail, and the chosen one.
pub fn shown_differences(state: &State) -> impl Iterator<Item = (usize, &Difference)> {
    let case = state.case.as_ref().filter(|_| state.view.shows(Layer::Differences));
    let all = case.and_then(|case| case.document.comparison()).into_iter().flat_map(|c| c.differences.iter().enumerate());
    let mut tail = 0;
    all.filter(move |(place, difference)| {
        tail += usize::from(!difference.flagged);
        let listed = case.is_some_and(|case| state.view.filter.lists(case.document.decision(*place)));
        state.view.difference == Some(*place) || (listed && (difference.flagged || tail <= TAIL_MARKS))
    })
}

/// What lies on the table; `None` without a case.
#[must_use]
pub fn scene(state: &State) -> Option<Scene> {
    let case = state.case.as_ref()?;
    let first = case.document.references().first()?.facts;
    let (view, settings) = (&state.view, &state.settings);
    let here = |sha256| state.loaded.contains(&sha256).then_some(sha256);
    let by_hand = view.by_hand.and_then(|by_hand| case.laid_by_hand(by_hand));
    // What is laid by hand stands where the photo stood, beside the first reference.
    let photo = by_hand.map_or(case.photo.facts, |(facts, _)| facts);
    let other = if by_hand.is_none() { case.reference_on_first(view.reference) } else { None };
    let (shown, reference_warp) = other.unwrap_or((first, None));
    // Without a reference there is nothing to swipe to: the photo is shown whole.
    let lone = here(first.sha256).is_none();
    let places = shown_differences(state).map(|(place, difference)| (place, difference.reference_box));
    let asked = case.asked().into_iter().map(|finding| Mark {
        id: finding.id,
        shapes: finding.shapes.clone(),
        chosen: view.place == Some(finding.id),
        fixed: true,
    });
    let own = case.document.stacked().into_iter().map(|finding| Mark {
        id: finding.id,
        shapes: finding.shapes.clone(),
        chosen: view.findings.contains(&finding.id),
        fixed: false,
    });
    let marks = asked.chain(own).filter(|_| view.shows(Layer::Findings));
    Some(Scene {
        reference: here(shown.sha256),
        reference_picture: (shown.width, shown.height),
        reference_is_sheet: case.document.drawn_reference().is_some(),
        reference_warp: reference_warp.map(Rc::new),
        reference_size: (first.width, first.height),
        photo: here(photo.sha256),
        photo_size: (photo.width, photo.height),
        strength: strength(state),
        over: Rc::new(over(state, case, first)),
        warp: warp(state).map(Rc::new),
        mode: if lone { Mode::Opacity } else { view.mode },
        opacity: if lone { 1.0 } else { view.opacity },
        swipe: view.swipe,
        tool: view.tool,
        linked: view.linked && by_hand.is_none(),
        loupe: view.shows(Layer::Loupe),
        overview: view.shows(Layer::Overview),
        palette: settings.palette,
        tolerance: settings.tolerance,
        blink_hz: settings.blink_hz,
        marks: Rc::new(marks.collect()),
        places: Rc::new(if by_hand.is_none() { places.collect() } else { Vec::new() }),
        pairs: by_hand.map(|(_, points)| {
            let whole = points.iter().map(|point| Pair { reference: Some(point.reference), photo: Some(point.photo) });
            let half = view.half_pair.map(|end| match end {
                PairEnd::Reference(point) => Pair { reference: Some(point), photo: None },
                PairEnd::Photo(point) => Pair { reference: None, photo: Some(point) },
            });
            Rc::new(whole.chain(half).collect())
        }),
    })
}

/// The pictures that lie over the board, lowest first. One that was shown before stays on the table while it is hidden, and so does
/// everything while something is laid by hand: what comes back at a press must not be loaded anew.
fn over(state: &State, case: &Case, first: PictureFacts) -> Vec<Over> {
    let by_hand = state.view.by_hand;
    let parked = |picture: PictureFacts, warp: Warp, opacity: f64, is_sheet: bool| Over {
        is_sheet,
        picture: picture.sha256,
        size: (picture.width, picture.height),
        warp: Rc::new(warp),
        opacity: if by_hand.is_some() { 0.0 } else { opacity },
    };
    let was_shown = |sha256: Sha256| state.loaded.contains(&sha256) && state.view.strengths.contains_key(&Layer::Picture(sha256));
    let size = (first.width, first.height);
    let layers = case
        .document
        .layers()
        .iter()
        .filter(|layer| was_shown(layer.picture.sha256) && by_hand != Some(ByHand::Layer(layer.picture.sha256)));
    let layers = layers.map(|layer| {
        parked(
            layer.picture,
            layer.warp(size),
            state.view.strength(Layer::Picture(layer.picture.sha256)),
            layer.drawing.is_some(),
        )
    });
    // The drawing that the photo is compared with also lies over it.
    let is_drawn = case.document.drawn_reference().is_some();
    let drawing = (is_drawn && is_laid(state) && was_shown(first.sha256)).then(|| {
        parked(
            first,
            Warp { homography: Homography::identity(), mesh: None },
            state.view.strength(Layer::Picture(first.sha256)),
            true,
        )
    });
    let photo =
        Some(case.photo.facts).filter(|photo| state.loaded.contains(&photo.sha256) && matches!(by_hand, Some(ByHand::Layer(_))));
    photo
        .map(|photo| parked(photo, Warp::beside((photo.width, photo.height), size), 0.0, false))
        .into_iter()
        .chain(drawing)
        .chain(layers)
        .collect()
}

/// How strongly reference and photo are shown; while something is laid by hand, both in full.
fn strength(state: &State) -> Strength {
    match state.view.by_hand {
        Some(_) => Strength::default(),
        None => Strength { reference: state.view.strength(Layer::Reference), photo: state.view.strength(Layer::Photo) },
    }
}

/// True when neither reference nor photo is hidden.
#[must_use]
pub fn both_seen(state: &State) -> bool {
    let Strength { reference, photo } = strength(state);
    reference > 0.0 && photo > 0.0
}

/// What is laid by hand at the moment, when that is a picture that lies over the board.
#[must_use]
pub fn layer_by_hand(state: &State) -> Option<&PictureLayer> {
    match state.view.by_hand? {
        ByHand::Photo => None,
        ByHand::Layer(sha256) => state.case.as_ref()?.document.layer(sha256),
    }
}
