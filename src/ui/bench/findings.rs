//! What the person says: the list of findings, the chosen one open for writing.

use yew::prelude::*;

use super::evidence::evidence;
use super::finding_form::FindingForm;
use crate::app::{Action, Case, State, Tool};
use crate::report::interchange::Format;
use crate::report::{Finding, FindingId, words as said};
use crate::ui::check_list::hidden_list;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};
use crate::web::Shell;

/// The tab.
pub(super) fn findings(desk: &Desk) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    if case.document.findings().len() == 0 {
        return empty(desk);
    }
    let chosen = &state.view.findings;
    let rows = case.document.findings().map(|finding| {
        let open = state.view.finding() == Some(finding.id);
        row(desk, &state, case, finding, (chosen.contains(&finding.id), open))
    });
    html! {
        <>
            if chosen.len() > 1 { { several(desk, chosen.len()) } }
            <ol class="scroll">{ for rows }</ol>
            { hidden_list(desk, false) }
            { exchange(desk, true) }
        </>
    }
}

/// Findings to other programmes and from them.
fn exchange(desk: &Desk, exports: bool) -> Html {
    let formats = Format::ALL.into_iter().filter(|_| exports).map(|format| {
        html! {
            <button type="button" id={words::format_id(format)} class="button small" onclick={desk.on(Action::ExportFindings(format))}>
                { Icon::Export.draw() }{ words::format(format) }
            </button>
        }
    });
    let onchange = desk.on_files(Shell::import_input);
    html! {
        <div class="exchange" role="group" aria-label={words::EXCHANGE}>
            { for formats }
            <label class="button small choose" title={words::IMPORT_WHY}>
                <span>{ words::IMPORT }</span>
                <input id="import-findings" type="file" accept=".json,application/json,application/ld+json" aria-label={words::IMPORT} {onchange} />
            </label>
        </div>
    }
}

/// What can be done with several at once.
fn several(desk: &Desk, count: usize) -> Html {
    let all: Vec<_> = desk.state().view.findings.iter().copied().collect();
    html! {
        <div class="list-head several" role="status">
            <span>{ words::several(count) }</span>
            { Icon::Copy.button("copy-chosen", words::DUPLICATE, desk.on(Action::DuplicateChosen)) }
            { Icon::Raise.button("raise-chosen", words::RAISE, desk.on(Action::StackChosen(true))) }
            { Icon::Lower.button("lower-chosen", words::LOWER, desk.on(Action::StackChosen(false))) }
            { Icon::Remove.button("remove-chosen", words::REMOVE_CHOSEN, desk.on(Action::RemoveFindings(all))) }
        </div>
    }
}

fn row(desk: &Desk, state: &State, case: &Case, finding: &Finding, (chosen, open): (bool, bool)) -> Html {
    let origin = if finding.score.is_some() { words::MACHINE_ORIGIN } else { words::DRAWN_ORIGIN };
    let note = if finding.note.is_empty() { origin.to_owned() } else { finding.note.clone() };
    html! {
        <li key={finding.id.0} class={classes!("finding", chosen.then_some("is-chosen"))} data-finding={finding.id.0.to_string()}>
            <button type="button" class="row" aria-expanded={open.to_string()} onclick={choose(desk, finding.id, open)}>
                <span class="number-chip"><span class="unseen">{ words::FINDING }</span>{ finding.id.0 }</span>
                <span>
                    <span class="what">
                        { tone::finding_icon(finding.kind).draw() }{ said::finding_kind(finding.kind) }
                        if !finding.designator.is_empty() { <span class="designator">{ finding.designator.clone() }</span> }
                    </span>
                    if !open { <span class="note">{ note }</span> }
                </span>
                { tone::judgement_badge(finding.judgement) }
            </button>
            if open {
                if let Some(area) = finding.bounds() { { evidence(desk, state, case, &area) } }
                <FindingForm desk={desk.clone()} finding={finding.clone()} />
            }
        </li>
    }
}

/// A press opens it, or closes it; with Ctrl or Shift it joins those that are chosen, or leaves them.
fn choose(desk: &Desk, id: FindingId, open: bool) -> Callback<MouseEvent> {
    let desk = desk.clone();
    Callback::from(move |event: MouseEvent| {
        let joins = event.ctrl_key() || event.meta_key() || event.shift_key();
        desk.send(match (joins, open) {
            (true, _) => Action::ToggleFinding(id),
            (false, true) => Action::ChooseNothing,
            (false, false) => Action::ChooseFinding(id),
        });
    })
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
            { hidden_list(desk, false) }
            { exchange(desk, false) }
        </div>
    }
}
