//! The share dialog: the link, what its length survives, files to send, and what is not in them.

use gloo::utils::window;
use web_sys::HtmlInputElement;
use web_sys::wasm_bindgen::JsCast as _;
use yew::prelude::*;

use super::desk::Desk;
use super::dialog::Dialog;
use super::icon::Icon;
use super::words;
use crate::app::paper::Form;
use crate::app::{Action, ShareState};

/// Characters that each carrier is known to let through; the strictest common one counts.
const CARRIERS: [(&str, usize); 5] = [
    // A QR code of version 40 holds 2,953 bytes, but a phone reads one from a screen only up to about here.
    (words::CARRIER_QR, 1200),
    (words::CARRIER_STRICT_CHAT, 2000),
    (words::CARRIER_CHAT, 4000),
    // Outlook and Gmail wrap plain text but keep a link whole to about this length.
    (words::CARRIER_MAIL, 32_000),
    (words::CARRIER_BROWSER, 2 << 20),
];

/// Files, in the order in which they are offered: what each is good for.
const FILES: [(Form, &str, &str, &str); 3] = [
    (Form::Page, "save-page", words::SAVE_PAGE, words::SAVE_PAGE_WHY),
    (Form::Bundle, "save-bundle", words::SAVE_BUNDLE, words::SAVE_BUNDLE_WHY),
    (Form::Picture, "save-picture", words::SAVE_PICTURE, words::SAVE_PICTURE_WHY),
];

/// The dialog when it is open, nothing otherwise.
pub(super) fn share_dialog(desk: &Desk) -> Html {
    let Some(share) = desk.state().share.clone() else { return Html::default() };
    let body = match &share.link {
        None => html! { <p class="soft" role="status">{ words::SHARE_WRITING }</p> },
        Some(Ok(fragment)) => link(desk, &address(fragment), &share),
        Some(Err(sentence)) => html! { <p id="share-failed">{ sentence.clone() }</p> },
    };
    html! {
        <Dialog id="share" title={words::SHARE_TITLE} on_close={desk.on(Action::CloseShare)}>
            { who(desk) }
            { body }
            if !matches!(share.link, Some(Err(_))) { { files(desk, &share) } }
        </Dialog>
    }
}

/// Which unit it is about, and who speaks; a report that was opened says so itself.
fn who(desk: &Desk) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let field = |id: &'static str, label: &'static str, value: &str, say: fn(String) -> Action| {
        let desk = desk.clone();
        let onchange = Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                desk.send(say(input.value()));
                desk.send(Action::WriteReport(Form::Link));
            }
        });
        html! {
            <label class="label" for={id}>
                { label }<input {id} class="field" maxlength="200" value={value.to_owned()} {onchange} />
            </label>
        }
    };
    html! {
        <div class="share-who">
            { field("share-unit", words::SHARE_UNIT, &case.unit, Action::NameUnit) }
            { field("share-name", words::SHARE_NAME, &case.contributor, Action::NameContributor) }
        </div>
    }
}

/// The page's address with the report behind it.
fn address(fragment: &str) -> String {
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

fn link(desk: &Desk, link: &str, share: &ShareState) -> Html {
    let select = Callback::from(|event: FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.select();
        }
    });
    let length = link.chars().count();
    let carriers = CARRIERS.iter().map(|(name, most)| {
        let (class, icon, word) = if length <= *most {
            ("good", Icon::Check, words::CARRIER_FITS)
        } else {
            ("doubt", Icon::Warning, words::CARRIER_CUTS)
        };
        html! {
            <tr>
                <th scope="row">{ *name }</th>
                <td><span class={classes!("badge", class)}>{ icon.draw() }{ word }</span></td>
            </tr>
        }
    });
    html! {
        <>
            <div>
                <label class="label" for="share-link">{ words::SHARE_LABEL }</label>
                <div class="link-row">
                    <input id="share-link" class="field" readonly={true} value={link.to_owned()} onfocus={select} />
                    <button type="button" id="copy-link" class="button primary" onclick={desk.on(Action::CopyLink)}>
                        { Icon::Copy.draw() }{ words::COPY }
                    </button>
                </div>
                <p class="faint" role="status" aria-live="polite" id="copy-status">{ words::copied(share.copied) }</p>
                <label class="tick">
                    <input id="share-crops" type="checkbox" checked={share.crops} onchange={desk.on(Action::SetCrops(!share.crops))} />
                    <span>{ words::SHARE_CROPS }</span>
                </label>
            </div>
            <ul class="lines">
                <li>{ Icon::Lock.draw() }<span>{ if share.crops { words::SHARE_CROPS_IN_IT } else { words::SHARE_NOT_IN_IT } }</span></li>
                <li>{ Icon::Info.draw() }<span>{ words::SHARE_HOW }</span></li>
            </ul>
            <table class="size-table">
                <caption class="label">{ words::share_length(length) }</caption>
                <tbody>{ for carriers }</tbody>
            </table>
        </>
    }
}

/// The report as a file.
fn files(desk: &Desk, share: &ShareState) -> Html {
    let of_case = desk.state().case.is_some();
    let file = |(form, id, name, why): &(Form, &'static str, &'static str, &'static str)| {
        let writes = share.writing == Some(*form);
        html! {
            <li>
                <button type="button" id={*id} class="button" disabled={share.writing.is_some()} onclick={desk.on(Action::WriteReport(*form))}>
                    { if writes { words::WRITING_FILE } else { *name } }
                </button>
                <span class="soft">{ *why }</span>
            </li>
        }
    };
    // The marked picture is drawn from the photo itself.
    let offered = FILES.iter().filter(|(form, ..)| of_case || *form != Form::Picture);
    html! {
        <section aria-labelledby="share-files">
            <h3 id="share-files" class="label">{ words::SHARE_FILES }</h3>
            <ul class="save-list">{ for offered.map(file) }</ul>
            <p class="faint">{ words::SHARE_FILES_HOLD }</p>
        </section>
    }
}
