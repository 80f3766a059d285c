//! The stage and what lies over it: marks, names of the sides, and a word when something is not there.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::marks::Marks;
use super::mode_options::ModeOptions;
use super::swipe_line::SwipeLine;
use super::table::Table;
use super::writing::WritingField;
use crate::app::table::{Mark, Pair, PairEnd, Scene};
use crate::app::{Case, Mode, Origin, Overlay, State, Storage};
use crate::geometry::{Homography, Photo, Rect, Reference, Warp};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::vision::{Difference, Verdict};
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
    let aligned = warp(&state).is_some();
    html! {
        <main class="stage" id="stage">
            <canvas ref={canvas} tabindex="0" role="img" aria-label={words::STAGE} />
            if *ready {
                <Marks desk={desk.clone()} table={table.clone()} />
            }
            <SwipeLine desk={desk.clone()} place={line} />
            if aligned || state.view.mode == Mode::SideBySide {
                <ModeOptions desk={desk.clone()} table={table.clone()} />
            }
            if let Some(writing) = state.view.writing {
                <WritingField desk={desk.clone()} table={table.clone()} {writing} />
            }
            { tags(&state, aligned) }
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
/// two are shown beside each other, as they are while a person aligns by hand.
fn warp(state: &State) -> Option<Warp> {
    if state.view.by_hand {
        return None;
    }
    match state.case.as_ref()?.document.alignment() {
        Some(alignment) if alignment.verdict == Verdict::Refused => None,
        Some(alignment) => alignment.warp(),
        None => coarse(state).map(|homography| Warp { homography, mesh: None }),
    }
}

fn coarse(state: &State) -> Option<Homography<Photo, Reference>> {
    state.comparing()?.1.placed
}

/// Marks of the tail on the stage: more would hide the picture that they are about. All of them stand in the list.
const TAIL_MARKS: usize = 12;

/// The differences with a mark: of those that are listed, what is worth a look, the surest of the tail, and the chosen one.
pub(super) fn shown_differences(state: &State) -> impl Iterator<Item = (usize, &Difference)> {
    let case = state.case.as_ref().filter(|_| state.view.overlays.contains(&Overlay::Differences));
    let all = case.and_then(|case| case.document.comparison()).into_iter().flat_map(|c| c.differences.iter().enumerate());
    let mut tail = 0;
    all.filter(move |(place, difference)| {
        tail += usize::from(!difference.flagged);
        let listed = case.is_some_and(|case| state.view.filter.lists(case.document.decision(*place)));
        state.view.difference == Some(*place) || (listed && (difference.flagged || tail <= TAIL_MARKS))
    })
}

fn scene(state: &State) -> Option<Scene> {
    let case = state.case.as_ref()?;
    let first = case.references.first()?.facts;
    let photo = case.photo.facts;
    let here = |sha256| state.loaded.contains(&sha256).then_some(sha256);
    let (view, settings) = (&state.view, &state.settings);
    let (shown, reference_warp) = shown_reference(case, view.reference).unwrap_or((first, None));
    // Without a reference there is nothing to swipe to: the photo is shown whole.
    let lone = here(first.sha256).is_none();
    let places = shown_differences(state).map(|(place, difference)| (place, difference.reference_box)).collect();
    let marks = case.document.stacked().into_iter().filter(|_| view.overlays.contains(&Overlay::Findings)).map(|finding| Mark {
        id: finding.id,
        shapes: finding.shapes.clone(),
        chosen: view.findings.contains(&finding.id),
    });
    Some(Scene {
        reference: here(shown.sha256),
        reference_picture: (shown.width, shown.height),
        reference_warp,
        reference_size: (first.width, first.height),
        photo: here(photo.sha256),
        photo_size: (photo.width, photo.height),
        warp: warp(state).map(Rc::new),
        mode: if lone { Mode::Opacity } else { view.mode },
        opacity: if lone { 1.0 } else { view.opacity },
        swipe: view.swipe,
        tool: view.tool,
        linked: view.linked && !view.by_hand,
        loupe: view.overlays.contains(&Overlay::Loupe),
        overview: view.overlays.contains(&Overlay::Overview),
        palette: settings.palette,
        tolerance: settings.tolerance,
        blink_hz: settings.blink_hz,
        marks: Rc::new(marks.collect()),
        places: Rc::new(if view.by_hand { Vec::new() } else { places }),
        pairs: view.by_hand.then(|| Rc::new(pairs(state, case))),
    })
}

/// Which reference is shown, and how it lies on the first when it is another one.
fn shown_reference(case: &Case, place: usize) -> Option<(crate::vision::PictureFacts, Option<Rc<Warp>>)> {
    let facts = case.references.get(place).filter(|_| place > 0)?.facts;
    let references = &case.document.comparison()?.references;
    let first = references.first()?.alignment.warp()?;
    let other = references.get(place)?.alignment.warp()?;
    let warp = first.under(&other, (facts.width, facts.height))?;
    Some((facts, Some(Rc::new(warp))))
}

fn pairs(state: &State, case: &Case) -> Vec<Pair> {
    let whole = case.document.control_points().iter();
    let whole = whole.map(|point| Pair { reference: Some(point.reference), photo: Some(point.photo) });
    let half = state.view.half_pair.map(|end| match end {
        PairEnd::Reference(point) => Pair { reference: Some(point), photo: None },
        PairEnd::Photo(point) => Pair { reference: None, photo: Some(point) },
    });
    whole.chain(half).collect()
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
fn tags(state: &State, aligned: bool) -> Html {
    let both = state.case.as_ref().is_some_and(|case| {
        case.references.iter().take(1).chain([&case.photo]).all(|entry| state.loaded.contains(&entry.facts.sha256))
    });
    let turned = state.view.swipe.angle != 0.0;
    match (both, aligned, state.view.mode) {
        (false, ..) => Html::default(),
        (_, false, _) | (_, _, Mode::SideBySide) => html! {
            <><span class="tag left">{ words::REFERENCE }</span><span class="tag middle">{ words::YOURS }</span></>
        },
        (_, _, Mode::Swipe) if !turned => html! {
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
        (true, true) if state.view.by_hand => {
            html! { <div class="stage-note low" role="status" id="by-hand-how"><p>{ words::BY_HAND_HOW }</p></div> }
        }
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
