//! What can be set about the chosen way to compare, beside the modes.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::swipe_line::TURN;
use super::table::Table;
use crate::app::table::Swipe;
use crate::app::{Action, FASTEST_BLINK_HZ, Mode, Palette, Settings};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::web::Stage;

/// A press of a button moves the swipe line by this share of its way.
const SWIPE_PRESS: f64 = 0.1;

/// The options; nothing for modes without any.
pub(super) fn mode_options(desk: &Desk, table: &Table) -> Html {
    let state = desk.state();
    let (view, settings) = (&state.view, state.settings);
    let options = match view.mode {
        Mode::Swipe => {
            let to = |swipe: Swipe| desk.on(Action::SetSwipe(swipe));
            let swipe = view.swipe;
            html! {
                <>
                    { Icon::Previous.button("swipe-back", words::SWIPE_BACK, to(Swipe { position: swipe.position - SWIPE_PRESS, ..swipe })) }
                    { Icon::Next.button("swipe-on", words::SWIPE_ON, to(Swipe { position: swipe.position + SWIPE_PRESS, ..swipe })) }
                    { Icon::TurnRight.button("swipe-turn", words::SWIPE_TURN, to(Swipe { angle: swipe.angle + TURN, ..swipe })) }
                </>
            }
        }
        Mode::Opacity => html! {
            <>
                { slider(desk, "opacity", words::OPACITY, (0.0, 100.0, 1.0), 100.0 * view.opacity, |value, _| Action::SetOpacity(value / 100.0)) }
            </>
        },
        Mode::Blink => {
            let toggle = {
                let table = table.clone();
                Callback::from(move |_: MouseEvent| table.with(Stage::toggle_blink))
            };
            let runs = settings.blink_hz > 0.0;
            let switched = Settings { blink_hz: if runs { 0.0 } else { Settings::default().blink_hz }, ..settings };
            html! {
                <>
                    { Icon::Swap.button("blink-other", words::BLINK_OTHER, toggle) }
                    <button type="button" id="blink-runs" class="button quiet" aria-pressed={runs.to_string()} title={words::BLINK_RUNS_WHY}
                        onclick={desk.on(Action::ChangeSettings(switched))}>{ words::BLINK_RUNS }</button>
                    if runs {
                        { slider(desk, "blink-rate", words::BLINK_RATE, (0.5, FASTEST_BLINK_HZ, 0.1), settings.blink_hz,
                            |blink_hz, settings| Action::ChangeSettings(Settings { blink_hz, ..settings })) }
                        <span class="unit">{ words::hertz(settings.blink_hz) }</span>
                    }
                </>
            }
        }
        Mode::Difference => {
            let grey = settings.palette == Palette::Grey;
            let switched = Settings { palette: if grey { Palette::Colour } else { Palette::Grey }, ..settings };
            html! {
                <>
                    { slider(desk, "tolerance", words::TOLERANCE, (0.0, 40.0, 1.0), 100.0 * settings.tolerance,
                        |value, settings| Action::ChangeSettings(Settings { tolerance: value / 100.0, ..settings })) }
                    <button type="button" id="palette-grey" class="button quiet" aria-pressed={grey.to_string()}
                        onclick={desk.on(Action::ChangeSettings(switched))}>{ words::GREY }</button>
                </>
            }
        }
        Mode::SideBySide => html! {
            <>
                <button type="button" id="linked" class="button quiet" aria-pressed={view.linked.to_string()}
                    onclick={desk.on(Action::SetLinked(!view.linked))}>{ words::LINKED }</button>
            </>
        },
        Mode::RedCyan => return Html::default(),
    };
    html! { <div class="mode-options" role="group" aria-label={words::MODE_OPTIONS}>{ options }</div> }
}

fn slider(
    desk: &Desk,
    id: &'static str,
    label: &'static str,
    (min, max, step): (f64, f64, f64),
    value: f64,
    moved: fn(f64, Settings) -> Action,
) -> Html {
    let oninput = {
        let desk = desk.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let settings = desk.state().settings;
                desk.send(moved(input.value_as_number(), settings));
            }
        })
    };
    html! {
        <label class="slider" title={label}>
            <span class="unseen">{ label }</span>
            <input {id} type="range" min={min.to_string()} max={max.to_string()} step={step.to_string()} value={value.to_string()} {oninput} />
        </label>
    }
}
