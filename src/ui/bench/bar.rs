//! The top bar: which case, how to compare, undo, zoom, share.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::commands::ZOOM_STEP;
use super::layers::layers;
use super::table::Table;
use crate::app::{Action, Mode};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};

#[derive(Properties, PartialEq)]
pub(super) struct BarProps {
    pub(super) desk: Desk,
    pub(super) table: Table,
    pub(super) zoom: f64,
    pub(super) collapsed: bool,
    pub(super) on_collapse: Callback<()>,
}

/// The bar.
#[function_component]
pub(super) fn Bar(props: &BarProps) -> Html {
    let (desk, table) = (&props.desk, &props.table);
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let reference = case.document.references().first().map(|reference| reference.title.clone()).unwrap_or_default();
    let on_stage = |deed: fn(&crate::web::Stage)| {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.with(deed))
    };
    html! {
        <header class="bar">
            <h1 class="unseen">{ case.title.clone() }</h1>
            <button type="button" id="back" class="button quiet square" aria-label={words::BACK} title={words::BACK}
                onclick={desk.on(Action::CloseCase)}>{ Icon::Back.draw() }</button>
            <div class="names">
                { name_field(desk, "case-name", words::CASE_NAME, "", &case.title, Action::RenameCase) }
                <div class="under">
                    { name_field(desk, "board-name", words::BOARD_NAME, words::BOARD_HINT, &case.board, Action::NameBoard) }
                    // Other pictures would not answer the question that the case was opened for.
                    <button type="button" id="change-pictures" class="reference" title={words::CHANGE_PICTURES} disabled={case.question.is_some()}
                        onclick={desk.on(Action::ChangePictures)}>{ reference }</button>
                </div>
            </div>
            <div class="middle">
                <fieldset class="segments" aria-label={words::MODES} disabled={state.view.by_hand.is_some()}>
                    { for Mode::ALL.into_iter().map(|mode| segment(desk, mode, state.view.mode)) }
                </fieldset>
            </div>
            <div class="group">
                <button type="button" id="undo" class="button quiet square" aria-label={words::UNDO} title={words::UNDO}
                    disabled={!state.history.can_undo()} onclick={desk.on(Action::Undo)}>{ Icon::Undo.draw() }</button>
                <button type="button" id="redo" class="button quiet square" aria-label={words::REDO} title={words::REDO}
                    disabled={!state.history.can_redo()} onclick={desk.on(Action::Redo)}>{ Icon::Redo.draw() }</button>
            </div>
            <span class="divider zoom-group"></span>
            <div class="group zoom-group">
                <button type="button" id="zoom-out" class="button quiet square steps-of-zoom" aria-label={words::ZOOM_OUT}
                    title={words::ZOOM_OUT} onclick={on_stage(|stage| stage.zoom_by(1.0 / ZOOM_STEP))}>{ Icon::Minus.draw() }</button>
                <button type="button" id="actual-size" class="button quiet zoom" aria-label={words::actual_size(props.zoom)}
                    title={words::ACTUAL_SIZE} onclick={on_stage(crate::web::Stage::actual_size)}>{ words::zoom(props.zoom) }</button>
                <button type="button" id="zoom-in" class="button quiet square steps-of-zoom" aria-label={words::ZOOM_IN}
                    title={words::ZOOM_IN} onclick={on_stage(|stage| stage.zoom_by(ZOOM_STEP))}>{ Icon::Plus.draw() }</button>
                <button type="button" id="fit" class="button quiet square" aria-label={words::FIT} title={words::FIT}
                    onclick={on_stage(crate::web::Stage::fit)}>{ Icon::Fit.draw() }</button>
            </div>
            { layers(desk, table) }
            <button type="button" id="panel-toggle" class="button quiet square panel-toggle" aria-label={words::PANEL_TOGGLE}
                title={words::PANEL_TOGGLE} aria-pressed={(!props.collapsed).to_string()}
                onclick={props.on_collapse.reform(|_: MouseEvent| ())}>{ Icon::Panel.draw() }</button>
            <button type="button" id="share-open" class="button primary share" aria-label={words::SHARE} onclick={desk.on(Action::Share)}>
                { Icon::Share.draw() }<span class="word">{ words::SHARE }</span>
            </button>
        </header>
    }
}

/// A name that can be written over where it stands.
fn name_field(
    desk: &Desk,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: &str,
    named: fn(String) -> Action,
) -> Html {
    let onchange = {
        let desk = desk.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                desk.send(named(input.value().trim().to_owned()));
            }
        })
    };
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if let (true, Some(input)) =
            (matches!(event.key().as_str(), "Enter" | "Escape"), event.target_dyn_into::<HtmlInputElement>())
        {
            _ = input.blur();
        }
    });
    html! {
        <input {id} type="text" aria-label={label} title={label} placeholder={hint} maxlength={MAX_NAME} spellcheck="false" autocomplete="off"
            value={value.to_owned()} {onchange} {onkeydown} />
    }
}

/// As `report::MAX_TITLE_CHARS`, for the attribute.
const MAX_NAME: &str = "200";

fn segment(desk: &Desk, mode: Mode, chosen: Mode) -> Html {
    let name = words::mode(mode);
    html! {
        <label class="segment" title={name}>
            <input type="radio" name="mode" value={name} aria-label={name} checked={mode == chosen} onchange={desk.on(Action::ChooseMode(mode))} />
            <span>{ tone::mode_icon(mode).draw() }<span class="word">{ name }</span></span>
        </label>
    }
}
