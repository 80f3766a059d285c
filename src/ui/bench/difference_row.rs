//! A difference in the queue: your picture and the reference at one scale, kind, score and why.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::Action;
use crate::geometry::{Rect, Reference, Warp};
use crate::report::words as said;
use crate::ui::crop::{CropView, Cut, Hands};
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
    pub(super) chosen: bool,
    pub(super) looked_at: bool,
    pub(super) background: Rc<Background>,
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
                    { crop(reference, words::crop_reference(number), words::REFERENCE, background.here.1) }
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
                    <span class="why">{ said::difference_reason(difference.reason) }</span>
                    if props.looked_at {
                        <span class="seen">{ Icon::Check.draw() }{ words::LOOKED_AT }</span>
                    }
                </span>
            </button>
            if props.chosen {
                <div class="difference-actions">
                    <button type="button" id="make-finding" class="button" onclick={desk.on(Action::AcceptDifference(*place))}>
                        { Icon::Plus.draw() }{ words::MAKE_FINDING }
                    </button>
                </div>
            }
        </li>
    }
}

/// Reference pixels; a smaller cut-out shows grain instead of a place.
const LEAST_SIDE: f64 = 64.0;

/// A square around the box with as much again on every side, so that the eye finds the place.
fn surroundings(area: &Rect<Reference>) -> Rect<Reference> {
    let side = (2.0 * area.w.max(area.h)).max(LEAST_SIDE);
    let middle = area.centre();
    Rect::new(middle.x - side / 2.0, middle.y - side / 2.0, side, side)
}
