//! Alignment by hand: the control points with what each is off by, and what to do with them.

use yew::prelude::*;

use crate::app::staging::layer_by_hand;
use crate::app::{Action, ByHand, Case, State};
use crate::report::{FEWEST_CONTROL_POINTS, FEWEST_DRAWING_POINTS, fit};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;

/// The section of the alignment tab: the photo's points, or those of the layer that is being laid.
pub(super) fn by_hand(desk: &Desk, state: &State, case: &Case, here: bool) -> Html {
    let what = state.view.by_hand.unwrap_or(ByHand::Photo);
    let Some((_, points)) = case.laid_by_hand(what) else { return Html::default() };
    let (fit, laying, layer) = (fit(points), state.view.by_hand.is_some(), layer_by_hand(state));
    let rows = points.iter().enumerate().map(|(place, _)| {
        let residual = fit.as_ref().and_then(|fit| fit.points.get(place));
        let bad = residual.is_some_and(|residual| residual.bad);
        let off = residual.map_or(words::POINT_NO_RESIDUAL.to_owned(), |residual| {
            words::point_residual(residual.off_px, residual.without_px)
        });
        html! {
            <li key={place} class={classes!("control-point", bad.then_some("is-bad"))}>
                <span class="number-chip">{ place + 1 }</span>
                <span>
                    { off }
                    if bad { <span class="why">{ Icon::Warning.draw() }{ words::POINT_BAD }</span> }
                </span>
                <button type="button" class="button quiet square" aria-label={words::remove_point(place + 1)} title={words::remove_point(place + 1)}
                    onclick={desk.on(Action::RemoveControlPoint(place))}>{ Icon::Remove.draw() }</button>
            </li>
        }
    });
    // Of a drawing the shape is known.
    let is_drawing = match layer {
        Some(layer) => layer.drawing.is_some(),
        None => case.document.drawn_reference().is_some(),
    };
    let fewest = if is_drawing { FEWEST_DRAWING_POINTS } else { FEWEST_CONTROL_POINTS };
    let enough = fit.is_some() || (is_drawing && points.len() == FEWEST_DRAWING_POINTS);
    let status = match (points.len(), &fit) {
        (n, _) if n < fewest => words::points_needed(fewest - n),
        (FEWEST_DRAWING_POINTS, _) if is_drawing => words::POINTS_THREE.to_owned(),
        (_, None) => words::POINTS_ON_A_LINE.to_owned(),
        (_, Some(fit)) if fit.mirrored => words::POINTS_MIRRORED.to_owned(),
        (n, Some(_)) if n == FEWEST_CONTROL_POINTS => words::POINTS_FOUR.to_owned(),
        _ => words::POINTS_ENOUGH.to_owned(),
    };
    let mirrored = fit.as_ref().is_some_and(|fit| fit.mirrored);
    html! {
        <section class="sub" id="by-hand">
            <h3>{ layer.map_or_else(|| words::BY_HAND.to_owned(), |layer| words::laying(&layer.title)) }</h3>
            if !laying {
                <p class="soft">{ if is_drawing { words::BY_HAND_DRAWING_WHY } else { words::BY_HAND_WHY } }</p>
            } else {
                <p class={classes!("soft", mirrored.then_some("is-warning"))} role="status" id="points-status">{ status }</p>
            }
            if !points.is_empty() { <ol class="control-points">{ for rows }</ol> }
            <div class="actions">
                if here || laying {
                    <button type="button" id="by-hand-toggle" class="button" aria-pressed={laying.to_string()}
                        onclick={desk.on(Action::AlignByHand((!laying).then_some(ByHand::Photo)))}>
                        { Icon::Pair.draw() }{ if laying { words::BY_HAND_LEAVE } else { words::BY_HAND_PLACE } }
                    </button>
                }
                if here && layer.is_none() && enough && state.comparing().is_none() {
                    <button type="button" id="by-hand-use" class="button primary" onclick={use_points(desk)}>
                        { Icon::Repeat.draw() }{ words::BY_HAND_USE }
                    </button>
                }
            </div>
        </section>
    }
}

/// Back to one picture over the other, and a comparison that takes the points as given.
fn use_points(desk: &Desk) -> Callback<MouseEvent> {
    let desk = desk.clone();
    Callback::from(move |_| {
        desk.send(Action::AlignByHand(None));
        desk.send(Action::CompareAgain);
    })
}
