//! What this browser keeps: cases, the bin, room, files to keep elsewhere.

mod case;
mod desk;
mod room;

use yew::prelude::*;

use self::case::case_card;
use self::desk::KeepingDesk;
use self::room::room;
use super::icon::Icon;
use super::words;
use crate::app::keeping::{Keeping, KeepingAction, KeptCase, WorkKind};

/// The whole screen.
#[function_component]
pub(super) fn KeepingScreen() -> Html {
    let redraw = use_force_update();
    let opened = use_memo((), move |()| KeepingDesk::open(Callback::from(move |()| redraw.force_update())));
    let desk = opened.now();
    {
        let desk = desk.clone();
        use_effect_with((), move |()| move || desk.hands().into_iter().for_each(|keeper| keeper.leave()));
    }
    let keeping = desk.state();
    let body = match &keeping.cases {
        None => html! { <p class="empty-line" role="status">{ words::CASES_LOADING }</p> },
        Some(Err(why)) => html! { <p class="banner" role="alert">{ Icon::Warning.draw() }<span>{ why.clone() }</span></p> },
        Some(Ok(cases)) => lists(&desk, &keeping, cases),
    };
    html! {
        <div class="start library keeping">
            <header class="masthead">
                <button type="button" id="leave-cases" class="button quiet" onclick={desk.on(KeepingAction::Close)}>
                    { Icon::Back.draw() }{ words::GO_START }
                </button>
                <span class="wordmark">{ Icon::Board.draw() }{ words::NAME }</span>
            </header>
            <main class="shelf">
                <h1>{ words::KEEPING }</h1>
                <p class="soft lede">{ words::KEEPING_WHY }</p>
                { files(&desk, &keeping) }
                { said(&keeping) }
                { body }
                { room(&desk, &keeping) }
            </main>
        </div>
    }
}

fn lists(desk: &KeepingDesk, keeping: &Keeping, cases: &[KeptCase]) -> Html {
    let list = |in_bin: bool| {
        let cards = cases.iter().filter(|case| case.is_deleted() == in_bin).map(|case| case_card(desk, keeping, case));
        html! { <ul class="case-list">{ for cards }</ul> }
    };
    let binned: Vec<_> = cases.iter().filter(|case| case.is_deleted()).map(|case| case.summary.id).collect();
    html! {
        <>
            <section aria-labelledby="kept-title">
                <h2 id="kept-title" class="section-title">{ words::CASES }<small>{ words::CASES_WHERE }</small></h2>
                if binned.len() == cases.len() { <p class="empty-line">{ words::CASES_EMPTY }</p> } else { { list(false) } }
            </section>
            if !binned.is_empty() {
                <section id="bin" aria-labelledby="bin-title">
                    <h2 id="bin-title" class="section-title">{ words::BIN }<small>{ words::BIN_HOW_LONG }</small></h2>
                    { list(true) }
                    { sure(desk, keeping, binned) }
                </section>
            }
        </>
    }
}

/// Asks before anything is deleted for good.
fn sure(desk: &KeepingDesk, keeping: &Keeping, binned: Vec<crate::app::CaseId>) -> Html {
    match &keeping.sure {
        Some(ids) => html! {
            <div class="banner" role="alertdialog" id="sure" aria-label={words::delete_for_good(ids.len())}>
                { Icon::Warning.draw() }<span>{ words::delete_for_good(ids.len()) }</span>
                <button type="button" id="delete-for-good" class="button danger" onclick={desk.on(KeepingAction::DeleteForGood)}>{ words::DELETE }</button>
                <button type="button" class="button" onclick={desk.on(KeepingAction::AskToDelete(None))}>{ words::KEEP }</button>
            </div>
        },
        None => html! {
            <button type="button" id="empty-bin" class="button" onclick={desk.on(KeepingAction::AskToDelete(Some(binned)))}>{ words::EMPTY_BIN }</button>
        },
    }
}

/// Out of this browser, and into it.
fn files(desk: &KeepingDesk, keeping: &Keeping) -> Html {
    let busy = keeping.work.is_some();
    let work = keeping.work.map(|work| {
        let text = if work.kind == WorkKind::Saving { words::SAVING_CASES } else { words::OPENING_CASES };
        html! {
            <div class="job" role="status">
                <progress max="1" value={work.done.to_string()} aria-label={text} /><span>{ text }</span>
            </div>
        }
    });
    html! {
        <div class="actions">
            <button type="button" id="save-all" class="button primary" disabled={busy || keeping.all().is_empty()}
                onclick={desk.on(KeepingAction::Save(Vec::new()))}>{ words::SAVE_ALL }</button>
            <label class="button choose">
                <span>{ words::OPEN_CASES }</span>
                <input id="open-cases" type="file" accept={words::ACCEPT_CASES} disabled={busy} aria-label={words::OPEN_CASES} onchange={desk.on_file()} />
            </label>
            { for work }
        </div>
    }
}

fn said(keeping: &Keeping) -> Html {
    let Some(said) = &keeping.said else { return Html::default() };
    let (icon, role) = if said.is_bad { (Icon::Warning, "alert") } else { (Icon::Check, "status") };
    html! { <p class="banner" {role} id="said">{ icon.draw() }<span>{ said.text.clone() }</span></p> }
}
