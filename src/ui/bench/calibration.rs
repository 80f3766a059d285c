//! How large a millimetre is: from a measured distance, from two mounting holes, or from the board's size.

use web_sys::{HtmlInputElement, HtmlSelectElement, SubmitEvent};
use yew::prelude::*;

use crate::app::{Action, Case};
use crate::report::{Calibration, CalibrationSource, Finding, Shape};
use crate::ui::desk::Desk;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(super) struct CalibrationFormProps {
    pub(super) desk: Desk,
}

/// The section of the alignment tab.
#[function_component]
pub(super) fn CalibrationForm(props: &CalibrationFormProps) -> Html {
    let desk = &props.desk;
    let source = use_state_eq(|| CalibrationSource::Distance);
    let length = use_node_ref();
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let measured = measured(case, *source, state.view.finding());
    let onsubmit = {
        let (desk, length, from) = (desk.clone(), length.clone(), *source);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let millimetres = length.cast::<HtmlInputElement>().map_or(f64::NAN, |field| field.value_as_number());
            if let (Some(px), true) = (measured, millimetres > 0.0) {
                desk.send(Action::Calibrate(Some(Calibration { px_per_mm: px / millimetres, from })));
            }
        })
    };
    let onchange = {
        let source = source.setter();
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.selected_index());
            if let Some(wanted) = chosen.and_then(|place| CalibrationSource::ALL.get(usize::try_from(place).ok()?).copied()) {
                source.set(wanted);
            }
        })
    };
    let options = CalibrationSource::ALL.into_iter().map(|option| {
        html! { <option selected={option == *source}>{ words::calibration(option) }</option> }
    });
    html! {
        <section class="sub" id="calibration">
            <h3>{ words::CALIBRATE }</h3>
            if let Some(calibration) = case.document.calibration() {
                <p>
                    { words::calibrated(calibration.px_per_mm, calibration.from) }{ " " }
                    <button type="button" class="link" onclick={desk.on(Action::Calibrate(None))}>{ words::CALIBRATE_FORGET }</button>
                </p>
            }
            <form class="calibration" {onsubmit}>
                <label><span class="label">{ words::CALIBRATE_FROM }</span><select class="field" id="calibrate-from" {onchange}>{ for options }</select></label>
                <p class="soft">{ measured.map_or_else(|| words::calibrate_how(*source).to_owned(), |px| words::calibrate_measured(px, *source)) }</p>
                <label>
                    <span class="label">{ words::CALIBRATE_LENGTH }</span>
                    <input ref={length} id="calibrate-length" class="field" type="number" min="0.01" max="5000" step="any" required={true} />
                </label>
                <button type="submit" id="calibrate" class="button" disabled={measured.is_none()}>{ words::CALIBRATE_SET }</button>
            </form>
        </section>
    }
}

/// Reference pixels of what the person gives the length of: the board's longer side, or the chosen measure, or the last one drawn.
fn measured(case: &Case, source: CalibrationSource, chosen: Option<crate::report::FindingId>) -> Option<f64> {
    if source == CalibrationSource::BoardSize {
        // The longest side of what a person marked as the board; else the picture has to end where the board does.
        let picture = case.document.references().first()?.facts;
        let boxed = chosen.and_then(|id| case.document.get(id)?.bounds()).map(|area| area.w.max(area.h));
        return Some(boxed.unwrap_or_else(|| f64::from(picture.width.max(picture.height))));
    }
    let of = |finding: &Finding| {
        finding.shapes.iter().rev().find_map(|shape| match shape {
            Shape::Measure([a, b]) | Shape::Line([a, b]) => Some(a.distance(*b)),
            _ => None,
        })
    };
    let chosen = chosen.and_then(|id| case.document.get(id)).and_then(of);
    let mut all: Vec<_> = case.document.findings().collect();
    all.reverse();
    chosen.or_else(|| all.into_iter().find_map(of))
}
