//! Differences and findings as boxes over the stage. Which one was meant by a click is found by their geometry: the
//! overlay itself lets every gesture through to the stage.

use web_sys::SvgElement;
use yew::prelude::*;

use super::table::Table;
use crate::app::{Action, Mode, State};
use crate::geometry::{Point, Rect, Reference};
use crate::ui::desk::Desk;
use crate::vision::Difference;

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
    let second = state.view.mode == Mode::SideBySide;
    let marks = draw(&state);
    html! {
        <svg class="marks" aria-hidden="true">
            <g ref={left}>{ marks.clone() }</g>
            <g ref={right}>{ if second { marks } else { Html::default() } }</g>
        </svg>
    }
}

fn draw(state: &State) -> Html {
    let Some(case) = &state.case else { return Html::default() };
    let differences = shown(state).map(|(place, difference)| {
        let chosen = state.view.difference == Some(place);
        let class = classes!("mark", (!difference.flagged).then_some("is-tail"), chosen.then_some("is-chosen"));
        mark(&format!("difference-{place}"), class, &difference.reference_box, None)
    });
    let findings = case.document.findings().filter_map(|finding| {
        let chosen = state.view.findings.contains(&finding.id);
        let class = classes!("mark", "is-finding", chosen.then_some("is-chosen"));
        Some(mark(&format!("finding-{}", finding.id.0), class, &finding.bounds()?, Some(finding.id.0)))
    });
    html! { <>{ for differences }{ for findings }</> }
}

/// Marks of the tail on the stage: more would hide the picture that they are about. All of them stand in the list.
const TAIL_MARKS: usize = 12;

/// The differences with a mark: what is worth a look, the surest of the tail, and the chosen one.
fn shown(state: &State) -> impl Iterator<Item = (usize, &Difference)> {
    let differences = state.case.iter().filter_map(|case| case.document.comparison()).flat_map(|c| &c.differences).enumerate();
    let mut tail = 0;
    differences.filter(move |(place, difference)| {
        tail += usize::from(!difference.flagged);
        difference.flagged || tail <= TAIL_MARKS || state.view.difference == Some(*place)
    })
}

fn mark(name: &str, class: Classes, area: &Rect<Reference>, number: Option<u32>) -> Html {
    let rect = |class: &'static str| {
        html! {
            <rect {class} x={area.x.to_string()} y={area.y.to_string()} width={area.w.to_string()} height={area.h.to_string()} />
        }
    };
    let number = number.map(|number| {
        // The number stands on the box's upper left corner and keeps its size on screen.
        let width = if number < 10 { 18 } else { 26 };
        html! {
            <g transform={format!("translate({} {})", area.x, area.y)}>
                <g class="number">
                    <rect x="-1" y="-20" width={width.to_string()} height="18" rx="3" />
                    <text x={(width / 2 - 1).to_string()} y="-7">{ number }</text>
                </g>
            </g>
        }
    });
    html! { <g key={name.to_owned()} {class} data-mark={name.to_owned()}>{ rect("edge") }{ rect("line") }{ for number }</g> }
}

/// CSS pixels around a small box that still belong to it.
const REACH: f64 = 10.0;

/// What a click at `point` chooses; the smallest box around it wins, findings before differences.
pub(super) fn hit(state: &State, point: Point<Reference>, zoom: f64) -> Option<Action> {
    let case = state.case.as_ref()?;
    let reach = REACH / zoom.max(1e-6);
    let area_hit = |area: &Rect<Reference>| area.grown(reach).contains(point).then(|| area.area());
    let findings = case.document.findings().filter_map(|f| Some((area_hit(&f.bounds()?)?, Action::ChooseFinding(f.id))));
    let finding = findings.min_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, action)) = finding {
        return Some(action);
    }
    let differences = shown(state).filter_map(|(place, d)| Some((area_hit(&d.reference_box)?, Action::ChooseDifference(place))));
    differences.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, action)| action)
}
