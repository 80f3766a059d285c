//! The report view: what a link opened, as a short article, or why it was not opened.

mod check;
mod statement;
mod together;

use yew::prelude::*;

use self::check::check;
use self::statement::statement;
use self::together::Together;
use super::corner::Corner;
use super::desk::Desk;
use super::icon::Icon;
use super::words;
use crate::app::Action;
use crate::report::Hosted;

/// The whole screen.
pub(super) fn article(desk: &Desk, corner: &Corner) -> Html {
    let state = desk.state();
    let Some(opened) = &state.opened else { return Html::default() };
    let body = match &opened.report {
        None if opened.job.is_none() && opened.hosted.is_some() => hosted(desk, opened.hosted.as_ref()),
        None => html! {
            <section class="link-error" role="status">
                { Icon::Board.draw() }
                <h1>{ words::LINK_OPENING }</h1>
            </section>
        },
        Some(Ok(report)) => {
            html! { <>{ statement(desk, report, &opened.pictures) }{ check(desk) }<Together desk={desk.clone()} /></> }
        }
        Some(Err(sentence)) => refused(desk, sentence),
    };
    html! {
        <div class="report">
            <header class="report-bar">
                <span class="wordmark">{ Icon::Board.draw() }{ words::NAME }</span>
                { corner.draw() }
                if state.report().is_some() {
                    <button type="button" id="share-open" class="button quiet" aria-label={words::SHARE} onclick={desk.on(Action::Share)}>
                        { Icon::Share.draw() }<span class="word">{ words::SHARE }</span>
                    </button>
                    <button type="button" id="print" class="button quiet" aria-label={words::PRINT} onclick={Callback::from(|_: MouseEvent| _ = gloo::utils::window().print())}>
                        { Icon::Print.draw() }<span class="word">{ words::PRINT }</span>
                    </button>
                }
                <button type="button" id="close-report" class="button quiet" aria-label={words::GO_START}
                    onclick={desk.on(Action::CloseCase)}>{ Icon::Back.draw() }<span class="word">{ words::GO_START }</span></button>
            </header>
            <main class="article">{ body }</main>
        </div>
    }
}

/// A link that points elsewhere: nothing is asked there before the person says so.
fn hosted(desk: &Desk, hosted: Option<&Hosted>) -> Html {
    let Some(Hosted { address, sha256 }) = hosted else { return Html::default() };
    let host = hosted.and_then(Hosted::host).unwrap_or_default();
    html! {
        <section class="link-error" id="hosted">
            { Icon::Share.draw() }
            <h1>{ words::HOSTED }</h1>
            <p>{ words::HOSTED_WHY }</p>
            <p class="code">{ address.clone() }</p>
            <p class="code">{ words::need_hash(&sha256.to_string()) }</p>
            <button type="button" id="fetch-report" class="button primary large" onclick={desk.on(Action::FetchReport)}>
                { words::ask_host(host) }
            </button>
            <button type="button" class="button" onclick={desk.on(Action::CloseCase)}>{ words::GO_START }</button>
        </section>
    }
}

fn refused(desk: &Desk, sentence: &str) -> Html {
    html! {
        <section class="link-error" id="link-error" role="alert">
            { Icon::Refused.draw() }
            <h1>{ words::LINK_ERROR }</h1>
            <p>{ sentence.to_owned() }</p>
            <p class="soft">{ words::LINK_ERROR_SAFE }</p>
            <button type="button" class="button primary large" onclick={desk.on(Action::CloseCase)}>{ words::GO_START }</button>
        </section>
    }
}
