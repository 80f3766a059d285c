//! A difference in the queue: your picture and the reference at one scale, kind, score and why.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::Action;
use crate::geometry::Warp;
use crate::report::{Decision, Dismissal, among_references, words as said};
use crate::ui::crop::{CropView, Cut, Hands, surroundings};
use crate::ui::icon::Icon;
use crate::ui::{tone, words};
use crate::vision::{Difference, PictureFacts};
use crate::web::Crop;

/// What all rows are cut out of.
#[derive(Debug, PartialEq)]
pub(super) struct Background {
    pub(super) photo: PictureFacts,
    pub(super) reference: Option<PictureFacts>,
    pub(super) warp: Option<Warp>,
    /// Whether photo and reference are in memory.
    pub(super) here: (bool, bool),
}

#[derive(Properties, PartialEq)]
pub(super) struct DifferenceRowProps {
    pub(super) desk: Hands,
    pub(super) place: usize,
    pub(super) difference: Difference,
    /// What the design says of it.
    pub(super) says: Option<String>,
    pub(super) chosen: bool,
    pub(super) looked_at: bool,
    pub(super) decision: Option<Decision>,
    pub(super) background: Rc<Background>,
    /// The reference is a drawing: how it differs from the photo says nothing.
    pub(super) of_drawing: bool,
    /// How many references there are.
    pub(super) references: usize,
}

/// The row; chosen, it offers to become a finding.
#[function_component]
pub(super) fn DifferenceRow(props: &DifferenceRowProps) -> Html {
    let DifferenceRowProps { desk: Hands(desk), place, difference, background, .. } = props;
    let number = place + 1;
    let area = surroundings(&difference.reference_box);
    let yours = background.warp.as_ref().and_then(|warp| Crop::of_photo(background.photo.sha256, area, warp));
    let reference = background.reference.map(|reference| Crop::of_reference(reference.sha256, area));
    let crop = |crop: Option<Crop>, label: String, caption: &'static str, here: bool| {
        html! {
            <span class="crop">
                if let Some(crop) = crop { <CropView hands={props.desk.clone()} cut={Cut::Area(crop)} {label} turn={here} /> }
                <span class="caption">{ caption }</span>
            </span>
        }
    };
    html! {
        <li>
            <button type="button" class="difference" data-difference={place.to_string()} aria-current={props.chosen.to_string()}
                onclick={desk.on(Action::ChooseDifference(*place))}>
                <span class="crops">
                    { crop(yours, words::crop_yours(number), words::YOURS, background.here.0) }
                    { crop(reference, words::crop_reference(number), if props.of_drawing { words::DRAWING_CAPTION } else { words::REFERENCE }, background.here.1) }
                </span>
                <span class="words">
                    <span class="kind">
                        { tone::difference_icon(difference.kind).draw() }{ said::difference_kind(difference.kind) }
                        <span class="place-number">{ number }</span>
                    </span>
                    <span class="score">
                        <meter min="0" max="1" value={difference.score.to_string()} aria-label={words::SCORE} />
                        <span>{ format!("{:.2}", difference.score) }</span>
                    </span>
                    if !props.of_drawing { <span class="why">{ said::difference_reason(difference.reason) }</span> }
                    if let Some(says) = &props.says { <span class="why says">{ says.clone() }</span> }
                    if let Some(among) = among_references(difference, props.references) { <span class="why among">{ among }</span> }
                    { seen(props.decision, props.looked_at) }
                </span>
            </button>
            if props.chosen { { actions(props) } }
        </li>
    }
}

/// What became of it, in one line.
fn seen(decision: Option<Decision>, looked_at: bool) -> Html {
    let (icon, text) = match decision {
        Some(Decision::Accepted(id)) => (Icon::Check, words::became(id.0)),
        Some(Decision::Dismissed(reason)) => (Icon::Cancel, words::dismissed(reason)),
        None if looked_at => (Icon::Check, words::LOOKED_AT.to_owned()),
        None => return Html::default(),
    };
    html! { <span class="seen">{ icon.draw() }{ text }</span> }
}

/// What can be done with the chosen one.
fn actions(props: &DifferenceRowProps) -> Html {
    let DifferenceRowProps { desk: Hands(desk), place, .. } = props;
    let place = *place;
    match props.decision {
        Some(Decision::Accepted(id)) => html! {
            <div class="difference-actions">
                <button type="button" id="show-finding" class="button" onclick={desk.on(Action::ChooseFinding(id))}>
                    { Icon::Next.draw() }{ words::SHOW_FINDING }
                </button>
            </div>
        },
        Some(Decision::Dismissed(_)) => html! {
            <div class="difference-actions">
                <button type="button" id="reopen" class="button" onclick={desk.on(Action::ReopenDifference(place))}>
                    { Icon::Undo.draw() }{ words::REOPEN }
                </button>
            </div>
        },
        None => {
            let reasons = Dismissal::ALL.into_iter().map(|reason| {
                html! {
                    <button type="button" class="button small" data-dismiss={words::dismissal(reason)}
                        onclick={desk.on(Action::DismissDifference(place, reason))}>{ words::dismissal(reason) }</button>
                }
            });
            html! {
                <div class="difference-actions">
                    <button type="button" id="make-finding" class="button" onclick={desk.on(Action::AcceptDifference(place))}>
                        { Icon::Plus.draw() }{ words::MAKE_FINDING }
                    </button>
                    <div class="dismissals" role="group" aria-label={words::DISMISS_AS}><span class="label">{ words::DISMISS_AS }</span>{ for reasons }</div>
                </div>
            }
        }
    }
}
