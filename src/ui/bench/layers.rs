//! What lies over the pictures, which reference is shown, how the board lies, and how the person likes to work: one menu.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::table::Table;
use crate::app::table::{Orientation, WheelSetting};
use crate::app::{Action, Overlay, Settings};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(super) struct LayersProps {
    pub(super) desk: Desk,
    pub(super) table: Table,
}

/// The menu, behind its button.
#[function_component]
pub(super) fn Layers(props: &LayersProps) -> Html {
    let (desk, table) = (&props.desk, &props.table);
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let overlays = Overlay::ALL.into_iter().map(|overlay| {
        let shown = state.view.overlays.contains(&overlay);
        check(words::overlay_id(overlay), words::overlay(overlay), shown, desk.on(Action::ShowOverlay(overlay, !shown)))
    });
    let turn = |change: fn(Orientation) -> Orientation| {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.with(|stage| stage.orient(change)))
    };
    let press = |id: &'static str, icon: Icon, label: &'static str, onclick: Callback<MouseEvent>| {
        html! { <button type="button" {id} class="button" {onclick}>{ icon.draw() }{ label }</button> }
    };
    let references = case.references.len();
    let shown = case.references.get(state.view.reference).map(|reference| reference.title.clone()).unwrap_or_default();
    let settings = state.settings;
    let wheels = WheelSetting::ALL.into_iter().map(|wheel| {
        let onchange = desk.on(Action::ChangeSettings(Settings { wheel, ..settings }));
        html! {
            <label class="tick">
                <input type="radio" name="wheel" value={words::wheel(wheel)} checked={settings.wheel == wheel} {onchange} />
                { words::wheel(wheel) }
            </label>
        }
    });
    let letters = desk.on(Action::ChangeSettings(Settings { letter_keys: !settings.letter_keys, ..settings }));
    html! {
        <details class="menu" id="layers">
            <summary class="button quiet square" aria-label={words::LAYERS} title={words::LAYERS}>{ Icon::Layers.draw() }</summary>
            <div class="menu-sheet">
                <h2>{ words::LAYERS_OVER }</h2>
                { for overlays }
                if references > 1 {
                    <h2>{ words::LAYERS_REFERENCE }</h2>
                    <p class="soft">{ words::nth_reference(state.view.reference + 1, references, &shown) }</p>
                    <div class="actions">
                        { press("reference-back", Icon::Previous, words::REFERENCE_BACK, desk.on(Action::StepReference(-1))) }
                        { press("reference-on", Icon::Next, words::REFERENCE_ON, desk.on(Action::StepReference(1))) }
                    </div>
                }
                <h2>{ words::LAYERS_WAY }</h2>
                <div class="actions">
                    { press("turn-left", Icon::TurnLeft, words::TURN_LEFT, turn(|orientation| orientation.turned(false))) }
                    { press("turn-right", Icon::TurnRight, words::TURN_RIGHT, turn(|orientation| orientation.turned(true))) }
                    { press("flip", Icon::Flip, words::FLIP, turn(Orientation::mirrored)) }
                </div>
                <h2>{ words::LAYERS_WHEEL }</h2>
                <fieldset aria-label={words::LAYERS_WHEEL}>{ for wheels }</fieldset>
                <h2>{ words::LAYERS_KEYS }</h2>
                { check("letter-keys", words::LETTER_KEYS, settings.letter_keys, letters) }
            </div>
        </details>
    }
}

fn check(id: &'static str, label: &'static str, checked: bool, onchange: Callback<Event>) -> Html {
    // The state decides: a box that turned by itself could say something else.
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            input.set_checked(checked);
        }
        onchange.emit(event);
    });
    html! { <label class="tick"><input {id} type="checkbox" {checked} {onchange} />{ label }</label> }
}
