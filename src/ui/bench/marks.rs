//! Differences, findings and what could not be seen, as lines over the stage. The overlay itself lets every gesture through:
//! what was meant by one is found by geometry, in `app::table`.

use web_sys::SvgElement;
use yew::prelude::*;

use super::table::Table;
use crate::app::staging::shown_differences;
use crate::app::table::PairEnd;
use crate::app::table::outline::{self, Ornament};
use crate::app::{ByHand, Case, Layer, Mode, State, Tool};
use crate::geometry::{Point, Rect, Reference, Warp};
use crate::report::{Decision, Finding, Shape, fit};
use crate::ui::desk::Desk;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(super) struct MarksProps {
    pub(super) desk: Desk,
    pub(super) table: Table,
}

/// The overlay, twice for side by side.
#[function_component]
pub(super) fn Marks(props: &MarksProps) -> Html {
    let groups = [use_node_ref(), use_node_ref()];
    {
        let (groups, table) = (groups.clone(), props.table.clone());
        use_effect_with((), move |()| {
            for (viewport, group) in groups.iter().enumerate() {
                if let Some(group) = group.cast::<SvgElement>() {
                    table.with(|stage| stage.attach_overlay(group, viewport));
                }
            }
        });
    }
    let [left, right] = groups;
    let state = props.desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let second = state.view.mode == Mode::SideBySide || state.view.by_hand.is_some() || case.document.alignment().is_none();
    let by_hand = state.view.by_hand;
    let marks = if by_hand.is_some() { Html::default() } else { draw(&state, case) };
    let pairs = |reference| by_hand.map(|by_hand| pairs(&state, case, by_hand, reference));
    let draft = || html! { <g class="draft"><path class="edge" /><path class="line" /></g> };
    html! {
        <svg class="marks" aria-hidden="true">
            { hatching(case) }
            <g ref={left}>
                { marks.clone() }
                { for pairs(true) }
                { draft() }
            </g>
            <g ref={right}>
                if by_hand.is_some() { { for pairs(false) } } else if second { { marks } }
                { draft() }
            </g>
        </svg>
    }
}

/// The heat of a difference reaches from its middle so many times its width and height, and at least this
/// share of the board's longer side, so that it is seen when all of the board is.
const HEAT_TIMES: f64 = 1.25;
const HEAT_LEAST: f64 = 0.025;

/// Lines of the hatching across the board: close enough to be seen as one area when all of the board is in sight.
const HATCH_LINES: f64 = 150.0;

fn longer_side(case: &Case) -> f64 {
    case.document.references().first().map_or(1.0, |reference| f64::from(reference.facts.width.max(reference.facts.height)))
}

/// The pattern that what was not compared is filled with.
fn hatching(case: &Case) -> Html {
    let side = longer_side(case) / HATCH_LINES;
    let size = side.to_string();
    html! {
        <defs>
            <radialGradient id="heat">
                <stop offset="0" class="heat-middle" /><stop offset="1" class="heat-edge" />
            </radialGradient>
            <pattern id="hatch" patternUnits="userSpaceOnUse" width={size.clone()} height={size} patternTransform="rotate(45)">
                <rect class="hatch-ground" width={side.to_string()} height={side.to_string()} />
                <rect class="hatch-line" width={(side * 0.35).to_string()} height={side.to_string()} />
            </pattern>
        </defs>
    }
}

fn draw(state: &State, case: &Case) -> Html {
    let comparison = case.document.comparison();
    let heat = comparison.into_iter().flat_map(|c| &c.differences).filter(|_| state.view.shows(Layer::Heat));
    let heat = heat.map(|difference| {
        let (area, middle) = (&difference.reference_box, difference.reference_box.centre());
        let reach = |side: f64| (HEAT_TIMES * side).max(HEAT_LEAST * longer_side(case)).to_string();
        html! {
            <ellipse class="heat" cx={middle.x.to_string()} cy={middle.y.to_string()} rx={reach(area.w)} ry={reach(area.h)}
                opacity={difference.score.clamp(0.0, 1.0).to_string()} />
        }
    });
    let blind_areas = comparison.into_iter().flat_map(|c| &c.limits.blind_areas).filter(|_| state.view.shows(Layer::Blind));
    let blind = blind_areas.map(|area| {
        let area = &area.reference_box;
        html! {
            <rect class="blind" x={area.x.to_string()} y={area.y.to_string()} width={area.w.to_string()} height={area.h.to_string()} />
        }
    });
    let differences = shown_differences(state).map(|(place, difference)| {
        let chosen = state.view.difference == Some(place);
        let dismissed = matches!(case.document.decision(place), Some(Decision::Dismissed(_)));
        let class = classes!(
            "mark",
            (!difference.flagged).then_some("is-tail"),
            dismissed.then_some("is-dismissed"),
            chosen.then_some("is-chosen")
        );
        let line = outline::path(&Shape::Box(difference.reference_box));
        html! { <g key={format!("d{place}")} {class} data-mark={format!("difference-{place}")}>{ lines(&line) }</g> }
    });
    let px_per_mm = case.document.px_per_mm();
    let stacked = if state.view.shows(Layer::Findings) { case.document.stacked() } else { Vec::new() };
    let hidden = case.document.hidden().iter().filter(|_| state.view.shows(Layer::Findings)).map(|hidden| {
        let area = &hidden.area;
        let [x, y, width, height] = [area.x, area.y, area.w, area.h].map(|v| v.to_string());
        html! { <rect class="hidden-place" data-mark="hidden" {x} {y} {width} {height} /> }
    });
    let hidden = hidden.collect();
    let asked = case.asked().into_iter().filter(|_| state.view.shows(Layer::Findings));
    let asked = asked.map(|finding| mark(finding, state.view.place == Some(finding.id), px_per_mm));
    let own = stacked.into_iter().map(|finding| mark(finding, state.view.findings.contains(&finding.id), px_per_mm));
    let findings = asked.chain(own);
    let alone = state.view.finding().filter(|_| matches!(state.view.tool, Tool::Hand | Tool::Select));
    let handles = alone.and_then(|id| case.document.get(id)).filter(|_| state.view.shows(Layer::Findings)).map(handles);
    html! {
        <>
            { faded(state, Layer::Heat, heat.collect()) }
            { faded(state, Layer::Blind, blind.collect()) }
            { faded(state, Layer::Differences, differences.collect()) }
            { faded(state, Layer::Findings, hidden) }
            { faded(state, Layer::Findings, findings.collect()) }
            { for handles }
        </>
    }
}

/// All marks of a layer, as strongly as it is shown.
fn faded(state: &State, layer: Layer, marks: Html) -> Html {
    html! { <g opacity={state.view.faded(layer).to_string()}>{ marks }</g> }
}

fn lines(d: &str) -> Html {
    html! { <><path class="edge" d={d.to_owned()} /><path class="line" d={d.to_owned()} /></> }
}

fn mark(finding: &Finding, chosen: bool, px_per_mm: Option<f64>) -> Html {
    let class = classes!("mark", "is-finding", chosen.then_some("is-chosen"));
    let shapes = finding.shapes.iter().map(|shape| {
        let label = match shape {
            Shape::Text { at, text } => Some((*at, text.clone())),
            Shape::Measure([a, b]) => {
                let middle = Point::new(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
                Some((middle, words::length(a.distance(*b), px_per_mm)))
            }
            _ => None,
        };
        html! {
            <>
                { lines(&outline::path(shape)) }
                { for outline::ornaments(shape).into_iter().map(ornament) }
                { for label.map(|(at, text)| upright(at, "label", html! { <text>{ text }</text> })) }
            </>
        }
    });
    let number = finding.bounds().map(|area| number(&area, finding));
    html! {
        <g key={format!("f{}", finding.id.0)} {class} data-mark={format!("finding-{}", finding.id.0)}>{ for shapes }{ for number }</g>
    }
}

/// The number stands on the mark's corner and keeps its size on screen, the right way up.
fn number(area: &Rect<Reference>, finding: &Finding) -> Html {
    let number = finding.id.0;
    let text = if finding.designator.is_empty() { number.to_string() } else { format!("{number} {}", finding.designator) };
    let width = 11 + 7 * text.chars().count();
    // Beside words, so that they can be read.
    let (x, y) = if matches!(finding.shapes.first(), Some(Shape::Text { .. })) { (-4 - width as i32, -14) } else { (-1, -20) };
    let tag = html! {
        <>
            <rect x={x.to_string()} y={y.to_string()} width={width.to_string()} height="18" rx="3" />
            <text x={(x + width as i32 / 2).to_string()} y={(y + 13).to_string()}>{ text }</text>
        </>
    };
    upright(Point::new(area.x, area.y), "number", tag)
}

/// Something at a place of the reference that neither grows nor turns with it.
fn upright(at: Point<Reference>, class: &'static str, inner: Html) -> Html {
    html! { <g transform={format!("translate({} {})", at.x, at.y)}><g class={classes!("upright", class)}>{ inner }</g></g> }
}

/// Something at a place of the reference that turns with it, and does not grow.
fn ornament(ornament: Ornament) -> Html {
    let Ornament { at, angle, kind } = ornament;
    html! {
        <g transform={format!("translate({} {})", at.x, at.y)}>
            <g class="sized"><g transform={format!("rotate({angle})")}>{ lines(kind.path()) }</g></g>
        </g>
    }
}

fn handles(finding: &Finding) -> Html {
    let all = finding.shapes.iter().flat_map(Shape::handles);
    let handles = all.map(|(handle, at)| {
        let between = matches!(handle, crate::report::Handle::Between(_));
        let inner = html! { <circle class={classes!("handle", between.then_some("is-between"))} r={if between { "3.5" } else { "5" }} /> };
        html! { <g transform={format!("translate({} {})", at.x, at.y)}><g class="sized">{ inner }</g></g> }
    });
    html! { <g key="handles" class="handles">{ for handles }</g> }
}

/// The control points of one side, and the half of one that waits for the other.
fn pairs(state: &State, case: &Case, by_hand: ByHand, reference: bool) -> Html {
    let Some(first) = case.document.references().first().map(|reference| reference.facts) else { return Html::default() };
    let Some((photo, points)) = case.laid_by_hand(by_hand) else { return Html::default() };
    let beside = Warp::beside((photo.width, photo.height), (first.width, first.height));
    let fit = fit(points);
    let whole = points.iter().enumerate().map(|(place, point)| {
        let at = if reference { point.reference } else { beside.to_reference(point.photo) };
        let bad = fit.as_ref().and_then(|fit| fit.points.get(place)).is_some_and(|residual| residual.bad);
        (place + 1, at, if bad { "pair is-bad" } else { "pair" })
    });
    let next = points.len() + 1;
    let half = match state.view.half_pair {
        Some(PairEnd::Reference(point)) if reference => Some(point),
        Some(PairEnd::Photo(point)) if !reference => Some(beside.to_reference(point)),
        _ => None,
    };
    let all = whole.chain(half.map(|at| (next, at, "pair is-half")));
    let marks = all.map(|(number, at, class)| {
        let tag = html! {
            <>
                { lines("M-14 0H-4M4 0H14M0 -14V-4M0 4V14") }
                <circle class="ring" r="9" />
                <text x="12" y="-8">{ number }</text>
            </>
        };
        upright(at, class, tag)
    });
    html! { <g class="mark is-pair">{ for marks }</g> }
}
