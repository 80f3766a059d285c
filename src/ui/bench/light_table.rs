//! The stage and what lies over it: marks, names of the sides, and a word when something is not there.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::marks::Marks;
use super::table::Table;
use crate::app::{Mode, Origin, State, Storage, Tool};
use crate::geometry::{Homography, Photo, Rect, Reference, Warp};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::vision::Verdict;
use crate::web::{Scene, Stage, StageEvent};

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
    let ready = use_state_eq(|| false);
    {
        let (canvas, table, desk, on_event) = (canvas.clone(), table.clone(), desk.clone(), props.on_event.clone());
        let ready = ready.setter();
        use_effect_with((), move |()| {
            if let (Some(canvas), Some(shell)) = (canvas.cast::<HtmlCanvasElement>(), desk.shell()) {
                let events = on_event.clone();
                match Stage::new(canvas, shell, Rc::new(move |event| events.emit(event))) {
                    Ok(stage) => {
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
    let warp = use_memo(warp(&desk.state()), |warp| warp.clone().map(Rc::new));
    let scene = scene(&desk.state(), (*warp).clone());
    {
        let table = table.clone();
        use_effect_with((scene, *ready), move |(scene, _)| {
            if let Some(scene) = scene {
                table.with(|stage| stage.show(scene));
            }
        });
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
    let (mode, tool) = (state.view.mode, state.view.tool);
    html! {
        <main class={classes!("stage", (tool == Tool::Box).then_some("is-box"))} id="stage">
            <canvas ref={canvas} tabindex="0" role="img" aria-label={words::STAGE} />
            if *ready {
                <Marks desk={desk.clone()} table={table.clone()} />
            }
            { tags(&state, mode, warp.is_some()) }
            if let Storage::Failed(sentence) = &state.storage {
                <p class="banner" role="alert" id="storage-failed">
                    { Icon::Warning.draw() }<span>{ sentence.clone() }{ " " }{ words::STORAGE_GOES_ON }</span>
                </p>
            }
            { note(&state, props.failure.as_deref()) }
        </main>
    }
}

/// The map that the stage uses: the case's, or a first one while the comparison runs. A refused one would only mislead: then the
/// two are shown beside each other.
fn warp(state: &State) -> Option<Warp> {
    match state.case.as_ref()?.document.alignment() {
        Some(alignment) if alignment.verdict == Verdict::Refused => None,
        Some(alignment) => alignment.warp(),
        None => coarse(state).map(|homography| Warp { homography, mesh: None }),
    }
}

fn coarse(state: &State) -> Option<Homography<Photo, Reference>> {
    state.comparing()?.1.placed
}

fn scene(state: &State, warp: Option<Rc<Warp>>) -> Option<Scene> {
    let case = state.case.as_ref()?;
    let reference = case.references.first()?.facts;
    let photo = case.photo.facts;
    let here = |sha256| state.loaded.contains(&sha256).then_some(sha256);
    let View { mode, opacity, swipe, tool } = View::of(state);
    Some(Scene {
        reference: here(reference.sha256),
        reference_size: (reference.width, reference.height),
        photo: here(photo.sha256),
        photo_size: (photo.width, photo.height),
        warp,
        mode,
        opacity,
        swipe,
        tool,
    })
}

/// What of the view the stage wants to know.
struct View {
    mode: Mode,
    opacity: f64,
    swipe: f64,
    tool: Tool,
}

impl View {
    /// Without a reference there is nothing to swipe to: the photo is shown whole.
    fn of(state: &State) -> Self {
        let view = &state.view;
        let lone =
            state.case.as_ref().and_then(|case| case.references.first()).is_some_and(|r| !state.loaded.contains(&r.facts.sha256));
        if lone {
            return Self { mode: Mode::Opacity, opacity: 1.0, swipe: 0.0, tool: view.tool };
        }
        Self { mode: view.mode, opacity: view.opacity, swipe: view.swipe, tool: view.tool }
    }
}

/// Where the chosen difference or finding is.
fn chosen_area(state: &State) -> Option<Rect<Reference>> {
    let case = state.case.as_ref()?;
    if let Some(place) = state.view.difference {
        return Some(case.document.comparison()?.differences.get(place)?.reference_box);
    }
    case.document.get(state.view.finding()?)?.bounds()
}

/// Which side is which, where both are seen at once.
fn tags(state: &State, mode: Mode, aligned: bool) -> Html {
    let both = state.case.as_ref().is_some_and(|case| {
        case.references.iter().take(1).chain([&case.photo]).all(|entry| state.loaded.contains(&entry.facts.sha256))
    });
    match (both, aligned, mode) {
        (false, ..) => Html::default(),
        (_, false, _) | (_, _, Mode::SideBySide) => html! {
            <><span class="tag left">{ words::REFERENCE }</span><span class="tag middle">{ words::YOURS }</span></>
        },
        (_, _, Mode::Swipe) => html! {
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
    let (photo, reference) = (here(&case.photo), case.references.first().is_some_and(here));
    // A picture that is known from a report only was never here, and is as good as lost.
    let is_lost = case.references.first().is_none_or(|r| r.origin == Origin::Report || state.lost.contains(&r.facts.sha256));
    match (photo, reference) {
        (true, true) if case.document.alignment().is_none() && coarse(state).is_some() => {
            html! { <div class="stage-note low" role="status" id="coarse"><p>{ words::STAGE_COARSE }</p></div> }
        }
        (true, true) => Html::default(),
        (true, false) if is_lost => html! { <div class="stage-note low"><p>{ words::STAGE_NO_REFERENCE }</p></div> },
        (true, false) => Html::default(),
        (false, _) if state.lost.contains(&case.photo.facts.sha256) => {
            html! { <div class="stage-note low"><p>{ words::STAGE_NO_PHOTO }</p></div> }
        }
        (false, _) => html! { <div class="stage-note" role="status"><p>{ words::STAGE_WAITING }</p></div> },
    }
}
