//! The cases that this browser keeps.

use yew::prelude::*;

use crate::app::{Action, Annex, CaseSummary, Storage};
use crate::ui::crop::{CropView, Cut, Hands};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(super) struct CasesProps {
    pub(super) desk: Desk,
}

/// The kept cases as cards: being listed, none, some, or not to be had.
#[function_component]
pub(super) fn Cases(props: &CasesProps) -> Html {
    let desk = &props.desk;
    let state = desk.state();
    let body = match (&state.cases, &state.storage) {
        (_, Storage::Failed(sentence)) => html! {
            <p class="banner" role="alert">{ Icon::Warning.draw() }<span>{ sentence.clone() }</span></p>
        },
        (None, _) => html! { <p class="empty-line" role="status">{ words::CASES_LOADING }</p> },
        (Some(cases), _) if cases.is_empty() => html! { <p class="empty-line">{ words::CASES_EMPTY }</p> },
        (Some(cases), _) => {
            let cards = cases.iter().map(|case| card(desk, case));
            html! { <ul class="case-list">{ for cards }</ul> }
        }
    };
    html! {
        <section aria-labelledby="cases-title">
            <h2 id="cases-title" class="section-title">{ words::CASES }<small>{ words::CASES_WHERE }</small></h2>
            if let Some(case) = &state.binned {
                <p class="banner" role="status" id="binned">
                    { Icon::Check.draw() }<span>{ words::binned(&case.title) }</span>
                    <button type="button" class="button" onclick={desk.on(Action::RestoreCase)}>{ words::RESTORE }</button>
                </p>
            }
            { body }
            <p><button type="button" id="all-cases" class="link" onclick={desk.on(Action::OpenAnnex(Annex::Cases))}>{ words::KEEPING_OPEN }</button></p>
        </section>
    }
}

fn card(desk: &Desk, case: &CaseSummary) -> Html {
    let id = case.id;
    let label = words::delete_case(&case.title);
    html! {
        <li key={id.0} class="case-card" data-case={id.0.to_string()}>
            <button type="button" class="open" onclick={desk.on(Action::OpenCase(id))}>
                <span class="view">
                    <CropView hands={Hands(desk.clone())} cut={Cut::Thumbnail(case.photo)} label={words::THUMBNAIL} />
                </span>
                <span class="text">
                    <strong>{ case.title.clone() }</strong>
                    <span class="soft">{ if case.board.is_empty() { words::BOARD_UNNAMED.to_owned() } else { case.board.clone() } }</span>
                    <span class="faint">{ words::case_line(case.findings, case.answered, &since(case.changed_ms)) }</span>
                </span>
            </button>
            <button type="button" class="button quiet square" aria-label={label.clone()} title={label}
                onclick={desk.on(Action::DeleteCase(id))}>{ Icon::Remove.draw() }</button>
        </li>
    }
}

/// How long ago, in words.
fn since(changed_ms: f64) -> String {
    words::ago((js_sys::Date::now() - changed_ms) / 60_000.0)
}
