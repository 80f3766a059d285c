//! The share dialog: the link, what its length survives, files to send, and what is not in them.

use web_sys::HtmlInputElement;
use web_sys::wasm_bindgen::JsCast as _;
use yew::prelude::*;

use super::check_list::check_list;
use super::desk::Desk;
use super::dialog::Dialog;
use super::icon::Icon;
use super::words;
use crate::app::link::{Link, MOST_QR_CHARS, QrCode};
use crate::app::paper::Form;
use crate::app::{Action, ShareState};
use crate::web::can_send;

/// Characters that each carrier is known to let through; the strictest common one counts.
const CARRIERS: [(&str, usize); 5] = [
    (words::CARRIER_QR, MOST_QR_CHARS),
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
        Some(Ok(written)) => link(desk, written, &share),
        Some(Err(sentence)) => html! { <p id="share-failed">{ sentence.clone() }</p> },
    };
    html! {
        <Dialog id="share" title={words::SHARE_TITLE} on_close={desk.on(Action::CloseShare)}>
            { who(desk) }
            { body }
            if is_mapped(desk) { { check_list(desk, &share) } }
            if can_be_written(desk) && (desk.state().case.is_none() || is_mapped(desk)) { { crops(desk, &share) } }
            if desk.state().case.is_some() { { signing(desk, &share) } }
            if can_be_written(desk) { { files(desk, &share) } }
        </Dialog>
    }
}

/// Which unit it is about, and who speaks; a report that was opened says so itself.
fn who(desk: &Desk) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let field = |id: &'static str, label: &'static str, value: &str, say: fn(String) -> Action| {
        let sender = desk.clone();
        // With every letter: what is drawn anew meanwhile must not take back what is being typed.
        let oninput = Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                sender.send(say(input.value()));
            }
        });
        let onchange = desk.on::<Event>(Action::WriteReport(Form::Link));
        html! {
            <label class="label" for={id}>
                { label }<input {id} class="field" maxlength="200" value={value.to_owned()} {oninput} {onchange} />
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

/// True when there is a report, even one too long for a link.
fn can_be_written(desk: &Desk) -> bool {
    let state = desk.state();
    state.report().is_some() || state.case.as_ref().is_some_and(|case| case.document.alignment().is_some())
}

/// True for a case whose photo lies on the reference: else there are no pictures to be looked at.
fn is_mapped(desk: &Desk) -> bool {
    desk.state().case.as_ref().is_some_and(crate::app::Case::is_mapped)
}

/// True when pictures may go along: the person has looked at them, or they are somebody else's.
fn may_show(desk: &Desk, share: &ShareState) -> bool {
    desk.state().case.is_none() || share.looked_at().is_some()
}

/// What rides along in the link.
fn crops(desk: &Desk, share: &ShareState) -> Html {
    html! {
        <label class="tick">
            <input id="share-crops" type="checkbox" checked={share.crops} disabled={!may_show(desk, share)} onchange={desk.on(Action::SetCrops(!share.crops))} />
            <span>{ words::SHARE_CROPS }</span>
        </label>
    }
}

fn link(desk: &Desk, written: &Link, share: &ShareState) -> Html {
    let link = format!("{}#{}", desk.state().page, written.fragment);
    let busy = share.ready().is_none();
    let select = Callback::from(|event: FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.select();
        }
    });
    let length = link.chars().count();
    let carriers = CARRIERS.iter().map(|(name, most)| {
        let (class, icon, word) = match (length <= *most, *name) {
            (true, _) => ("good", Icon::Check, words::CARRIER_FITS),
            (false, words::CARRIER_QR) => ("doubt", Icon::Warning, words::CARRIER_NO_ROOM),
            (false, _) => ("doubt", Icon::Warning, words::CARRIER_CUTS),
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
                    <input id="share-link" class="field" readonly={true} value={link} aria-busy={busy.to_string()} onfocus={select} />
                    <button type="button" id="copy-link" class="button primary" disabled={busy} onclick={desk.on(Action::CopyLink)}>
                        { Icon::Copy.draw() }{ words::COPY }
                    </button>
                    if can_send() {
                        <button type="button" id="send-link" class="button" disabled={busy} onclick={desk.on(Action::SendLink)}>
                            { Icon::Share.draw() }{ words::SEND }
                        </button>
                    }
                </div>
                <p class="faint" role="status" aria-live="polite" id="copy-status">{ words::copied(share.copied) }</p>
            </div>
            <ul class="lines">
                <li>{ Icon::Lock.draw() }<span>{ if share.crops { words::SHARE_CROPS_IN_IT } else { words::SHARE_NOT_IN_IT } }</span></li>
                <li>{ Icon::Info.draw() }<span>{ words::SHARE_HOW }</span></li>
            </ul>
            { for written.qr.as_ref().filter(|_| !busy).map(qr_code) }
            <table class="size-table">
                <caption class="label">{ words::share_length(length) }</caption>
                <tbody>{ for carriers }</tbody>
            </table>
        </>
    }
}

/// The link as a code for a camera, behind a line that opens it.
fn qr_code(code: &QrCode) -> Html {
    let view = format!("0 0 {0} {0}", code.side);
    html! {
        <details class="qr">
            <summary id="show-qr">{ words::SHOW_QR }</summary>
            <svg viewBox={view} role="img" aria-label={words::QR_LABEL} shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#fff" />
                <path d={code.path.clone()} fill="#000" />
            </svg>
        </details>
    }
}

/// Who vouches for it.
fn signing(desk: &Desk, share: &ShareState) -> Html {
    let state = desk.state();
    let Some(identity) = &state.identity else { return make_key(desk, state.making_key) };
    let key: String = String::from(identity.key).chars().take(8).collect();
    html! {
        <section aria-labelledby="share-sign">
            <h3 id="share-sign" class="label">{ words::SIGNATURE }</h3>
            <label class="tick">
                <input id="share-signed" type="checkbox" checked={share.sign} onchange={desk.on(Action::SetSign(!share.sign))} />
                <span>{ words::SIGN_WITH }{ " " }<b dir="auto">{ identity.name.clone() }</b>{ format!(" (Ed25519 {key}…)") }</span>
            </label>
            <div class="sign-tools">
                <button type="button" id="save-key" class="button small" onclick={desk.on(Action::SaveKey)}>{ words::SIGN_SAVE }</button>
            </div>
            <details class="sign">
                <summary>{ words::SIGN_FORGET }</summary>
                <p class="soft">{ words::SIGN_FORGET_WHY }</p>
                <button type="button" id="forget-key" class="button small" onclick={desk.on(Action::ForgetKey)}>{ words::SIGN_FORGET }</button>
            </details>
        </section>
    }
}

/// The way to a key.
fn make_key(desk: &Desk, making: bool) -> Html {
    let value = |id: &str| {
        let found = gloo::utils::document().get_element_by_id(id);
        found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    };
    let sender = desk.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if let (Some(name), Some(backup)) = (value("sign-name"), value("sign-backup")) {
            sender.send(Action::MakeKey(name.value(), backup.checked()));
        }
    });
    html! {
        <details class="sign">
            <summary id="show-sign">{ words::SIGNATURE }<span class="soft">{ words::SIGN_NOBODY }</span></summary>
            <label class="label" for="sign-name">{ words::SIGN_NAME }<input id="sign-name" class="field" maxlength="200" /></label>
            <label class="tick"><input id="sign-backup" type="checkbox" /><span>{ words::SIGN_BACKUP }</span></label>
            <button type="button" id="make-key" class="button" disabled={making} {onclick}>{ words::SIGN_MAKE }</button>
        </details>
    }
}

/// A link to the bundle that was saved, once it is on a web host.
fn elsewhere(desk: &Desk, hosted: Option<&Link>) -> Html {
    let sender = desk.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            sender.send(Action::LinkTo(input.value()));
        }
    });
    let link = hosted.map(|hosted| format!("{}#{}", desk.state().page, hosted.fragment));
    html! {
        <>
            <label class="label" for="share-address">
                { words::SHARE_ELSEWHERE }<input id="share-address" class="field" type="url" placeholder="https://" {onchange} />
            </label>
            if let Some(link) = link {
                <label class="label" for="hosted-link">{ words::HOSTED_LINK }</label>
                <div class="link-row">
                    <input id="hosted-link" class="field" readonly={true} value={link} />
                    <button type="button" id="copy-hosted" class="button" onclick={desk.on(Action::CopyHosted)}>
                        { Icon::Copy.draw() }{ words::COPY }
                    </button>
                </div>
            }
        </>
    }
}

/// True when the opened report came with the pictures themselves.
fn holds_originals(desk: &Desk) -> bool {
    desk.state().opened().is_some_and(|opened| opened.exhibits.iter().any(|note| !note.shows.is_on_page()))
}

/// The report as a file.
fn files(desk: &Desk, share: &ShareState) -> Html {
    let of_case = desk.state().case.is_some();
    let of_nothing = of_case && !is_mapped(desk);
    let may_show = of_nothing || may_show(desk, share);
    let hides = desk.state().case.as_ref().is_some_and(|case| !case.document.hidden().is_empty());
    let file = |(form, id, name, why): &(Form, &'static str, &'static str, &'static str)| {
        let writes = share.writing.is_some_and(|(writing, _)| writing == *form);
        html! {
            <li>
                <button type="button" id={*id} class="button" disabled={share.writing.is_some() || !may_show} onclick={desk.on(Action::WriteReport(*form))}>
                    { if writes { words::WRITING_FILE } else { *name } }
                </button>
                <span class="soft">{ *why }</span>
            </li>
        }
    };
    // The marked picture is drawn from the photo itself.
    let offered = FILES.iter().filter(|(form, ..)| is_mapped(desk) || *form != Form::Picture);
    html! {
        <section aria-labelledby="share-files">
            <h3 id="share-files" class="label">{ words::SHARE_FILES }</h3>
            if !may_show { <p class="soft">{ words::LOOK_FIRST }</p> }
            <ul class="save-list">{ for offered.map(file) }</ul>
            if share.bundle.is_some() { { elsewhere(desk, share.hosted.as_ref()) } }
            if of_case || holds_originals(desk) {
                <label class="tick">
                    <input id="share-originals" type="checkbox" checked={share.originals && !hides} disabled={hides}
                        onchange={desk.on(Action::SetOriginals(!share.originals))} />
                    <span>{ words::SHARE_ORIGINALS }</span>
                </label>
            }
            if hides { <p class="faint">{ words::ORIGINALS_SHOW } </p> }
            <p class="faint">{ if share.originals && !hides { words::SHARE_ORIGINALS_HOLD } else { words::SHARE_FILES_HOLD } }</p>
        </section>
    }
}
