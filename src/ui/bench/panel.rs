//! The panel: the result's headline, and three tabs. On a phone it is a sheet.

use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::Sheet;
use super::alignment::alignment;
use super::differences::Differences;
use super::findings::findings;
use super::headline::headline;
use super::places::Places;
use crate::app::{self, Action};
use crate::ui::desk::Desk;
use crate::ui::dialog::focus;
use crate::ui::words;

/// The tabs, in their order; the first is there when a report is answered.
const TABS: [app::Panel; 4] = [app::Panel::Places, app::Panel::Differences, app::Panel::Findings, app::Panel::Alignment];
/// CSS pixels: two crops beside each other need the least, more than the most is taken from the pictures for nothing.
const WIDTHS: (f64, f64) = (320.0, 560.0);
const WIDTH_STEP: f64 = 16.0;
/// CSS pixels that the sheet's grip is drawn before it goes one height further.
const SHEET_PULL: i32 = 24;

#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    pub(super) desk: Desk,
    pub(super) sheet: Sheet,
    pub(super) on_sheet: Callback<Sheet>,
}

/// The panel.
#[function_component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    let desk = &props.desk;
    let state = desk.state();
    let open = state.view.panel;
    let body = match open {
        app::Panel::Differences => html! { <Differences desk={desk.clone()} /> },
        app::Panel::Places => html! { <Places desk={desk.clone()} /> },
        app::Panel::Findings => findings(desk),
        app::Panel::Alignment => alignment(desk),
    };
    html! {
        <aside class="panel" aria-label={words::PANEL}>
            <h2 class="unseen">{ words::PANEL }</h2>
            <Grip />
            <SheetGrip sheet={props.sheet} on_sheet={props.on_sheet.clone()} />
            { headline(desk) }
            <div class="tabs" role="tablist" aria-label={words::TABS}>
                { for tabs(&state).iter().map(|tab| tab_button(desk, *tab, open, count(&state, *tab))) }
            </div>
            <div key={tab_id(open)} class="tab-body" role="tabpanel" id="tab-body" aria-labelledby={tab_id(open)}>{ body }</div>
        </aside>
    }
}

fn tabs(state: &app::State) -> &'static [app::Panel] {
    let asks = state.case.as_ref().is_some_and(|case| case.question.is_some());
    TABS.get(usize::from(!asks)..).unwrap_or_default()
}

const fn tab_id(tab: app::Panel) -> &'static str {
    match tab {
        app::Panel::Places => "tab-places",
        app::Panel::Differences => "tab-differences",
        app::Panel::Findings => "tab-findings",
        app::Panel::Alignment => "tab-alignment",
    }
}

fn count(state: &app::State, tab: app::Panel) -> Option<usize> {
    let case = state.case.as_ref()?;
    match tab {
        app::Panel::Places => Some(case.asked().len()),
        app::Panel::Differences => case.document.comparison().map(|comparison| comparison.differences.len()),
        app::Panel::Findings => Some(case.document.findings().len()).filter(|count| *count > 0),
        app::Panel::Alignment => None,
    }
}

fn tab_button(desk: &Desk, tab: app::Panel, open: app::Panel, count: Option<usize>) -> Html {
    let onkeydown = {
        let desk = desk.clone();
        Callback::from(move |event: KeyboardEvent| {
            let tabs = tabs(&desk.state());
            let step = match event.key().as_str() {
                "ArrowRight" => 1,
                "ArrowLeft" => tabs.len() - 1,
                _ => return,
            };
            let here = tabs.iter().position(|one| *one == tab).unwrap_or(0);
            let Some(goes_to) = tabs.get((here + step) % tabs.len()).copied() else { return };
            desk.send(Action::ChoosePanel(goes_to));
            focus(tab_id(goes_to));
        })
    };
    html! {
        <button type="button" id={tab_id(tab)} class="tab" role="tab" aria-selected={(tab == open).to_string()} aria-controls="tab-body"
            tabindex={if tab == open { "0" } else { "-1" }} onclick={desk.on(Action::ChoosePanel(tab))} {onkeydown}>
            { words::panel(tab) }
            if let Some(count) = count { <span class="count">{ count }</span> }
        </button>
    }
}

/// The edge that sets the panel's width, by pointer or arrows. The width is the bench's own custom property.
#[function_component]
fn Grip() -> Html {
    let width = use_state_eq(|| 360.0_f64);
    let held = use_mut_ref(|| false);
    let set = {
        let width = width.setter();
        move |grip: &Element, wanted: f64| {
            let wanted = wanted.clamp(WIDTHS.0, WIDTHS.1);
            if let Some(bench) = grip.closest(".bench").ok().flatten().and_then(|bench| bench.dyn_into::<HtmlElement>().ok()) {
                _ = bench.style().set_property("--panel", &format!("{wanted}px"));
            }
            width.set(wanted);
        }
    };
    let onpointerdown = {
        let held = held.clone();
        Callback::from(move |event: PointerEvent| {
            if let Some(grip) = event.target_dyn_into::<Element>() {
                *held.borrow_mut() = grip.set_pointer_capture(event.pointer_id()).is_ok();
            }
        })
    };
    let onpointermove = {
        let (held, set) = (held.clone(), set.clone());
        Callback::from(move |event: PointerEvent| {
            if let (true, Some(grip)) = (*held.borrow(), event.target_dyn_into::<Element>()) {
                let right = grip.closest(".panel").ok().flatten().map_or(0.0, |panel| panel.get_bounding_client_rect().right());
                set(&grip, right - f64::from(event.client_x()));
            }
        })
    };
    let let_go = Callback::from(move |_: PointerEvent| *held.borrow_mut() = false);
    let onkeydown = {
        let now = *width;
        Callback::from(move |event: KeyboardEvent| {
            let step = match event.key().as_str() {
                "ArrowLeft" => WIDTH_STEP,
                "ArrowRight" => -WIDTH_STEP,
                _ => return,
            };
            if let Some(grip) = event.target_dyn_into::<Element>() {
                set(&grip, now + step);
            }
        })
    };
    html! {
        <div class="grip" role="separator" tabindex="0" aria-orientation="vertical" aria-label={words::PANEL_WIDTH} title={words::PANEL_WIDTH}
            aria-valuemin={WIDTHS.0.to_string()} aria-valuemax={WIDTHS.1.to_string()} aria-valuenow={width.to_string()}
            {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go} {onkeydown} />
    }
}

#[derive(Properties, PartialEq)]
struct SheetGripProps {
    sheet: Sheet,
    on_sheet: Callback<Sheet>,
}

/// The sheet's handle: pulled up or down, or pressed to go round the three heights.
#[function_component]
fn SheetGrip(props: &SheetGripProps) -> Html {
    let from = use_mut_ref(|| None::<i32>);
    let onpointerdown = {
        let from = from.clone();
        Callback::from(move |event: PointerEvent| {
            *from.borrow_mut() = Some(event.client_y());
            if let Some(grip) = event.target_dyn_into::<Element>() {
                _ = grip.set_pointer_capture(event.pointer_id());
            }
        })
    };
    let (sheet, on_sheet) = (props.sheet, props.on_sheet.clone());
    let onpointerup = {
        let on_sheet = on_sheet.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(start) = from.borrow_mut().take() else { return };
            let pulled = start - event.client_y();
            if pulled.abs() >= SHEET_PULL {
                on_sheet.emit(sheet.step(pulled > 0));
            } else {
                on_sheet.emit(if sheet == Sheet::High { Sheet::Low } else { sheet.step(true) });
            }
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowUp" => on_sheet.emit(sheet.step(true)),
        "ArrowDown" => on_sheet.emit(sheet.step(false)),
        "Enter" | " " => on_sheet.emit(if sheet == Sheet::High { Sheet::Low } else { sheet.step(true) }),
        _ => {}
    });
    html! { <button type="button" id="sheet-grip" class="sheet-grip" aria-label={words::SHEET} {onpointerdown} {onpointerup} {onkeydown} /> }
}
