//! The stage and what lies over it: marks, names of the sides, and a word when something is not there.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::banners::banner;
use super::layers::put_away;
use super::marks::Marks;
use super::mode_options::mode_options;
use super::swipe_line::swipe_line;
use super::table::Table;
use super::writing::WritingField;
use crate::app::staging::{both_seen, coarse, is_laid, layer_by_hand, scene};
use crate::app::{Mode, Origin, State};
use crate::geometry::{Rect, Reference};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::web::{Stage, StageEvent};

/// Reference pixels: the side of the smallest area that is flown to. A closer view of a smaller one shows coarse pixels
/// and none of what stands around it.
const LEAST_FLIGHT_PX: f64 = 96.0;

#[derive(Properties, PartialEq)]
pub(super) struct LightTableProps {
    pub(super) desk: Desk,
    pub(super) table: Table,
    pub(super) on_event: Callback<StageEvent>,
    /// The stage can't go on; why.
    pub(super) failure: Option<String>,
}

/// The stage with its overlay.
#[function_component]
pub(super) fn LightTable(props: &LightTableProps) -> Html {
    let (desk, table) = (&props.desk, &props.table);
    let canvas = use_node_ref();
    let line = use_node_ref();
    let ready = use_state_eq(|| false);
    {
        let (canvas, table, desk, on_event) = (canvas.clone(), table.clone(), desk.clone(), props.on_event.clone());
        let (ready, line) = (ready.setter(), line.clone());
        use_effect_with((), move |()| {
            if let (Some(canvas), Some(shell)) = (canvas.cast::<HtmlCanvasElement>(), desk.shell()) {
                let events = on_event.clone();
                match Stage::new(canvas, shell, Rc::new(move |event| events.emit(event))) {
                    Ok(stage) => {
                        if let Some(line) = line.cast::<HtmlElement>() {
                            stage.attach_line(line);
                        }
                        table.set(Some(stage));
                        ready.set(true);
                    }
                    Err(error) => on_event.emit(StageEvent::Failed(error.to_string())),
                }
            }
            move || {
                table.with(Stage::dispose);
                table.set(None);
            }
        });
    }
    {
        let (table, desk) = (table.clone(), desk.clone());
        use_effect_with(*ready, move |_| {
            let showing = desk.clone();
            let show = move || {
                let scene = scene(&showing.state());
                if let Some(scene) = scene {
                    table.with(|stage| stage.show(&scene));
                }
            };
            show();
            desk.watch(Some(Rc::new(show)));
            move || desk.watch(None)
        });
    }
    {
        let table = table.clone();
        use_effect_with((desk.state().settings.wheel, *ready), move |(wheel, _)| table.with(|stage| stage.set_wheel(*wheel)));
    }
    let target = chosen_area(&desk.state());
    let flight = desk.state().view.flight;
    {
        let table = table.clone();
        use_effect_with((flight, *ready), move |(flight, _)| {
            if let (true, Some(area)) = (*flight > 0, target) {
                let margin = (LEAST_FLIGHT_PX - area.w.max(area.h)).max(0.0) / 2.0;
                table.with(|stage| stage.fly_to(&area.grown(margin)));
            }
        });
    }

    let state = desk.state();
    let aligned = is_laid(&state);
    html! {
        <main class="stage" id="stage" onpointerdown={Callback::from(|_: PointerEvent| _ = put_away())}>
            <canvas ref={canvas} tabindex="0" role="img" aria-label={words::STAGE} />
            if *ready {
                <Marks desk={desk.clone()} table={table.clone()} />
            }
            { swipe_line(desk, line) }
            if state.view.by_hand.is_none() && ((aligned && both_seen(&state)) || state.view.mode == Mode::SideBySide) {
                { mode_options(desk, table) }
            }
            if let Some(writing) = state.view.writing {
                <WritingField desk={desk.clone()} table={table.clone()} {writing} />
            }
            { tags(&state, aligned) }
            { banner(desk) }
            { note(&state, props.failure.as_deref()) }
        </main>
    }
}

/// Where the chosen difference or finding is.
fn chosen_area(state: &State) -> Option<Rect<Reference>> {
    let case = state.case.as_ref()?;
    if let Some(place) = state.view.difference {
        return Some(case.document.comparison()?.differences.get(place)?.reference_box);
    }
    if let Some(place) = state.view.place {
        return case.asked().iter().find(|finding| finding.id == place)?.bounds();
    }
    case.document.get(state.view.finding()?)?.bounds()
}

/// Which side is which, where both are seen at once.
fn tags(state: &State, aligned: bool) -> Html {
    let both = state.case.as_ref().is_some_and(|case| {
        case.document.references().iter().take(1).chain([&case.photo]).all(|entry| state.loaded.contains(&entry.facts.sha256))
    });
    let straight = state.view.swipe.angle == 0.0 && both_seen(state);
    let other = layer_by_hand(state).map_or_else(|| words::YOURS.to_owned(), |layer| layer.title.clone());
    match (both, aligned, state.view.mode) {
        (false, ..) => Html::default(),
        (_, false, _) | (_, _, Mode::SideBySide) => html! {
            <><span class="tag left">{ words::REFERENCE }</span><span class="tag middle">{ other }</span></>
        },
        (_, _, Mode::Swipe) if straight => html! {
            <><span class="tag left">{ words::REFERENCE }</span><span class="tag right">{ words::YOURS }</span></>
        },
        _ => Html::default(),
    }
}

/// What is missing from the stage, in words.
fn note(state: &State, failure: Option<&str>) -> Html {
    let Some(case) = &state.case else { return Html::default() };
    if let Some(sentence) = failure {
        return html! { <div class="stage-note" role="alert">{ Icon::Warning.draw() }<p>{ sentence.to_owned() }</p></div> };
    }
    let here = |entry: &crate::app::PictureEntry| state.loaded.contains(&entry.facts.sha256);
    let laid = layer_by_hand(state).map_or(case.photo.facts, |layer| layer.picture);
    let (photo, reference) = (state.loaded.contains(&laid.sha256), case.document.references().first().is_some_and(here));
    // A picture that is known from a report only was never here, and is as good as lost.
    let is_lost =
        case.document.references().first().is_none_or(|r| r.origin == Origin::Report || state.lost.contains(&r.facts.sha256));
    match (photo, reference) {
        (true, true) if state.view.by_hand.is_some() => {
            html! { <div class="stage-note low" role="status" id="by-hand-how"><p>{ words::BY_HAND_HOW }</p></div> }
        }
        (true, true) if case.document.alignment().is_none() && coarse(state).is_some() => {
            html! { <div class="stage-note low" role="status" id="coarse"><p>{ words::STAGE_COARSE }</p></div> }
        }
        (true, true) => Html::default(),
        (true, false) if is_lost => html! { <div class="stage-note low"><p>{ words::STAGE_NO_REFERENCE }</p></div> },
        (true, false) => Html::default(),
        (false, _) if state.lost.contains(&laid.sha256) => {
            html! { <div class="stage-note low"><p>{ words::STAGE_NO_PHOTO }</p></div> }
        }
        (false, _) => html! { <div class="stage-note" role="status"><p>{ words::STAGE_WAITING }</p></div> },
    }
}
