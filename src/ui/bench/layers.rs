//! What is shown and how strongly, further references and pictures over the board, how the board lies, and how the person likes to
//! work: one menu.

use gloo::utils::document;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::table::Table;
use crate::app::table::{Orientation, WheelSetting};
use crate::app::{Action, ByHand, Case, Layer, Purpose, Settings, State};
use crate::catalog::Modality;
use crate::report::PictureLayer;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::vision::Sha256;
use crate::web::Stage;

/// The menu, behind its button.
pub(super) fn layers(desk: &Desk, table: &Table) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let turn = |change: fn(Orientation) -> Orientation| {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.with(|stage| stage.orient(change)))
    };
    let press = |id: &'static str, icon: Icon, label: &'static str, onclick: Callback<MouseEvent>| {
        html! { <button type="button" {id} class="button" {onclick}>{ icon.draw() }{ label }</button> }
    };
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
    let escape = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Escape" && put_away() {
            event.stop_propagation();
        }
    });
    let is_plain = table.stage().is_some_and(|stage| Stage::is_plain(&stage));
    html! {
        <details class="menu" id="layers" onkeydown={escape}>
            <summary class="button quiet square" aria-label={words::LAYERS} title={words::LAYERS}>{ Icon::Layers.draw() }</summary>
            <div class="menu-sheet">
                <h2>{ words::LAYERS_SHOWN }</h2>
                { for Layer::ALL.into_iter().map(|layer| row(desk, &state, layer, words::layer(layer))) }
                <h2>{ words::LAYERS_OVER }</h2>
                { for case.document.layers().iter().map(|layer| picture(desk, &state, layer)) }
                { for drawing(case).map(|sha256| row(desk, &state, Layer::Picture(sha256), words::DRAWING_OVER)) }
                { add(desk, "add-layer", words::ADD_LAYER, Purpose::Layer) }
                <h2>{ words::LAYERS_REFERENCE }</h2>
                { references(desk, &state, case) }
                if !case.is_compared() && case.document.comparison().is_some() && state.comparing().is_none() {
                    { press("compare-now", Icon::Repeat, words::COMPARE_AGAIN, desk.on(Action::CompareAgain)) }
                }
                { add(desk, "add-reference", words::ADD_REFERENCE, Purpose::Reference) }
                <h2>{ words::LAYERS_WAY }</h2>
                <div class="actions">
                    { press("turn-left", Icon::TurnLeft, words::TURN_LEFT, turn(|orientation| orientation.turned(false))) }
                    { press("turn-right", Icon::TurnRight, words::TURN_RIGHT, turn(|orientation| orientation.turned(true))) }
                    { press("flip", Icon::Flip, words::FLIP, turn(Orientation::mirrored)) }
                </div>
                <h2>{ words::LAYERS_WHEEL }</h2>
                <fieldset aria-label={words::LAYERS_WHEEL}>{ for wheels }</fieldset>
                <h2>{ words::LAYERS_KEYS }</h2>
                { check(Some("letter-keys"), words::LETTER_KEYS, settings.letter_keys, letters) }
                if is_plain { <p class="faint" id="plain">{ words::PLAIN }</p> }
            </div>
        </details>
    }
}

/// The drawing that the photo is compared with.
fn drawing(case: &Case) -> Option<Sha256> {
    case.document.drawn_reference().map(|first| first.facts.sha256)
}

/// A layer's tick, and its slider where it can be shown more or less strongly.
fn row(desk: &Desk, state: &State, layer: Layer, label: &str) -> Html {
    let shown = state.view.shows(layer);
    let tick = check(words::layer_id(layer), label, shown, desk.on(Action::ShowLayer(layer, !shown)));
    let oninput = {
        let desk = desk.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                desk.send(Action::FadeLayer(layer, input.value_as_number() / 100.0));
            }
        })
    };
    let percent = (100.0 * state.view.faded(layer)).round().to_string();
    html! {
        <div class="layer">
            { tick }
            if layer.fades() {
                <input type="range" min="0" max="100" step="1" value={percent} aria-label={words::strength_of(label)} title={words::strength_of(label)}
                    {oninput} />
            }
        </div>
    }
}

/// A picture that lies over the board: whether it is seen, how it was made, where it lies.
fn picture(desk: &Desk, state: &State, layer: &PictureLayer) -> Html {
    let sha256 = layer.picture.sha256;
    let onchange = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            let chosen =
                event.target_dyn_into::<HtmlSelectElement>().and_then(|menu| usize::try_from(menu.selected_index()).ok());
            if let Some(modality) = chosen.and_then(|place| Modality::ALL.get(place)) {
                desk.send(Action::SetModality(sha256, *modality));
            }
        })
    };
    let modalities = Modality::ALL
        .into_iter()
        .map(|modality| html! { <option selected={layer.modality == modality}>{ words::modality(modality) }</option> });
    let place = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| {
            put_away();
            desk.send(Action::AlignByHand(Some(ByHand::Layer(sha256))));
        })
    };
    // A menu that a person has used shows what they chose, whatever the page says: undo and redo make it anew.
    html! {
        <div class="over" key={sha256.to_string()}>
            { row(desk, state, Layer::Picture(sha256), &layer.title) }
            <div class="actions">
                <select key={state.history.taken_back()} class="field" aria-label={words::modality_of(&layer.title)} {onchange}>{ for modalities }</select>
                <button type="button" class="button place-layer" onclick={place}>
                    { Icon::Pair.draw() }{ words::PLACE_LAYER }
                </button>
                { remove(words::remove_named(&layer.title), desk.on(Action::RemoveLayer(sha256))) }
            </div>
        </div>
    }
}

/// The references: which one is shown, and those that can go.
fn references(desk: &Desk, state: &State, case: &Case) -> Html {
    // As the stage does: what can't be shown is not shown.
    let shown = if case.is_on_first(state.view.reference) { state.view.reference } else { 0 };
    let rows = case.document.references().iter().enumerate().map(|(place, reference)| {
        let known = case.is_on_first(place);
        html! {
            <div class="layer">
                <label class="tick">
                    <input type="radio" name="reference" checked={shown == place} disabled={!known} onchange={desk.on(Action::ShowReference(place))} />
                    { if known { reference.title.clone() } else { words::not_on_first(&reference.title) } }
                </label>
                if place > 0 {
                    { remove(words::remove_named(&reference.title), desk.on(Action::RemoveReference(reference.facts.sha256))) }
                }
            </div>
        }
    });
    html! { <fieldset aria-label={words::LAYERS_REFERENCE}>{ for rows }</fieldset> }
}

fn remove(label: String, removed: Callback<MouseEvent>) -> Html {
    // The button goes with what it removes: the keyboard stays in the menu.
    let onclick = Callback::from(move |event: MouseEvent| {
        removed.emit(event);
        focus_button();
    });
    html! {
        <button type="button" class="button quiet square" aria-label={label.clone()} title={label} {onclick}>{ Icon::Remove.draw() }</button>
    }
}

/// A button that asks for a file that is for something.
pub(super) fn add(desk: &Desk, id: &'static str, label: &'static str, purpose: Purpose) -> Html {
    let onchange = desk.on_files(move |shell, input| {
        shell.offer_input(input, Some(purpose));
        put_away();
    });
    html! {
        <label class="button choose">
            <span>{ label }</span>
            <input {id} type="file" accept={words::ACCEPT} aria-label={label} {onchange} />
        </label>
    }
}

/// Closes the menu; true when it was open.
pub(super) fn put_away() -> bool {
    let open = document().query_selector("#layers[open]").ok().flatten();
    let is_open = open.is_some();
    if let Some(menu) = open {
        if document().active_element().is_some_and(|focused| menu.contains(Some(&focused))) {
            focus_button();
        }
        // A menu that stays open is only in the way.
        drop(menu.remove_attribute("open"));
    }
    is_open
}

fn focus_button() {
    let button = document().query_selector("#layers summary").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // Without the focus on it everything else still works.
        drop(button.focus());
    }
}

fn check(id: Option<&'static str>, label: &str, checked: bool, onchange: Callback<Event>) -> Html {
    // The state decides: a box that turned by itself could say something else.
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            input.set_checked(checked);
        }
        onchange.emit(event);
    });
    html! { <label class="tick"><input {id} type="checkbox" {checked} {onchange} />{ label.to_owned() }</label> }
}
