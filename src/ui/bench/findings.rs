//! What the person says: the list of findings, the chosen one open for writing.

use yew::prelude::*;

use super::finding_form::FindingForm;
use crate::app::{Action, Tool};
use crate::report::{Finding, words as said};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};

#[derive(Properties, PartialEq)]
pub(super) struct FindingsProps {
    pub(super) desk: Desk,
}

/// The tab.
#[function_component]
pub(super) fn Findings(props: &FindingsProps) -> Html {
    let desk = &props.desk;
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    if case.document.findings().len() == 0 {
        return empty(desk);
    }
    let rows = case.document.findings().map(|finding| row(desk, finding, state.view.finding() == Some(finding.id)));
    html! { <ol class="scroll">{ for rows }</ol> }
}

fn row(desk: &Desk, finding: &Finding, chosen: bool) -> Html {
    let origin = if finding.score.is_some() { words::MACHINE_ORIGIN } else { words::DRAWN_ORIGIN };
    let note = if finding.note.is_empty() { origin.to_owned() } else { finding.note.clone() };
    html! {
        <li key={finding.id.0} class={classes!("finding", chosen.then_some("is-chosen"))} data-finding={finding.id.0.to_string()}>
            <button type="button" class="row" aria-expanded={chosen.to_string()}
                onclick={desk.on(if chosen { Action::ChooseNothing } else { Action::ChooseFinding(finding.id) })}>
                <span class="number-chip" aria-label={words::finding(finding.id.0)}>{ finding.id.0 }</span>
                <span>
                    <span class="what">{ tone::finding_icon(finding.kind).draw() }{ said::finding_kind(finding.kind) }</span>
                    if !chosen { <span class="note">{ note }</span> }
                </span>
                { tone::judgement_badge(finding.judgement) }
            </button>
            if chosen {
                <FindingForm desk={desk.clone()} finding={finding.clone()} />
            }
        </li>
    }
}

fn empty(desk: &Desk) -> Html {
    html! {
        <div class="blank scroll">
            { Icon::Box.draw() }
            <h3>{ words::FINDINGS_EMPTY }</h3>
            <p>{ words::FINDINGS_EMPTY_HOW }</p>
            <ul>
                <li><kbd class="key">{ "R" }</kbd><span>{ words::FINDINGS_BY_BOX }</span></li>
                <li><kbd class="key">{ "Enter" }</kbd><span>{ words::FINDINGS_BY_DIFFERENCE }</span></li>
            </ul>
            <button type="button" id="draw-box" class="button" onclick={desk.on(Action::ChooseTool(Tool::Box))}>
                { Icon::Box.draw() }{ words::FINDINGS_START_BOX }
            </button>
        </div>
    }
}
