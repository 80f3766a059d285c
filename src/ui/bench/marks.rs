//! Differences, findings and what could not be seen, as lines over the stage. The overlay itself lets every gesture through:
//! what was meant by one is found by geometry, in `app::table`.

use web_sys::SvgElement;
use yew::prelude::*;

use super::light_table::shown_differences;
use super::table::Table;
use crate::app::table::outline::{self, Ornament};
use crate::app::table::{PairEnd, beside};
use crate::app::{Case, Mode, Overlay, State, Tool};
use crate::geometry::{Point, Rect, Reference};
use crate::report::{Decision, Finding, Shape};
use crate::ui::desk::Desk;
use crate::ui::words;
use crate::vision::PointFit;

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
    let second = state.view.mode == Mode::SideBySide || state.view.by_hand || case.document.alignment().is_none();
    let marks = if state.view.by_hand { Html::default() } else { draw(&state, case) };
    let fit = state.view.by_hand.then(|| super::by_hand::fit(case)).flatten();
    let draft = || html! { <g class="draft"><path class="edge" /><path class="line" /></g> };
    html! {
        <svg class="marks" aria-hidden="true">
            { hatching(case) }
            <g ref={left}>
                { marks.clone() }
                if state.view.by_hand { { pairs(&state, case, fit.as_ref(), true) } }
                { draft() }
            </g>
            <g ref={right}>
                if state.view.by_hand { { pairs(&state, case, fit.as_ref(), false) } } else if second { { marks } }
                { draft() }
            </g>
        </svg>
    }
}

/// Lines of the hatching across the board: close enough to be seen as one area when all of the board is in sight.
const HATCH_LINES: f64 = 150.0;

/// The pattern that what was not compared is filled with.
fn hatching(case: &Case) -> Html {
    let side = case.references.first().map_or(1.0, |r| f64::from(r.facts.width.max(r.facts.height)) / HATCH_LINES);
    let size = side.to_string();
    html! {
        <defs>
            <pattern id="hatch" patternUnits="userSpaceOnUse" width={size.clone()} height={size} patternTransform="rotate(45)">
                <rect class="hatch-ground" width={side.to_string()} height={side.to_string()} />
                <rect class="hatch-line" width={(side * 0.35).to_string()} height={side.to_string()} />
            </pattern>
        </defs>
    }
}

fn draw(state: &State, case: &Case) -> Html {
    let comparison = case.document.comparison();
    let blind_areas = comparison.into_iter().flat_map(|c| &c.limits.blind_areas).filter(|_| shows(state, Overlay::Blind));
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
    let stacked = if shows(state, Overlay::Findings) { case.document.stacked() } else { Vec::new() };
    let findings = stacked.into_iter().map(|finding| {
        let chosen = state.view.findings.contains(&finding.id);
        mark(finding, chosen, px_per_mm)
    });
    let alone = state.view.finding().filter(|_| matches!(state.view.tool, Tool::Hand | Tool::Select));
    let handles = alone.and_then(|id| case.document.get(id)).filter(|_| shows(state, Overlay::Findings)).map(handles);
    html! { <>{ for blind }{ for differences }{ for findings }{ for handles }</> }
}

fn shows(state: &State, overlay: Overlay) -> bool {
    state.view.overlays.contains(&overlay)
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
fn pairs(state: &State, case: &Case, fit: Option<&PointFit>, reference: bool) -> Html {
    let Some(first) = case.references.first().map(|reference| reference.facts) else { return Html::default() };
    let beside = beside((case.photo.facts.width, case.photo.facts.height), (first.width, first.height));
    let whole = case.document.control_points().iter().enumerate().map(|(place, point)| {
        let at = if reference { point.reference } else { beside.to_reference(point.photo) };
        let bad = fit.and_then(|fit| fit.points.get(place)).is_some_and(|residual| residual.bad);
        (place + 1, at, if bad { "pair is-bad" } else { "pair" })
    });
    let next = case.document.control_points().len() + 1;
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
