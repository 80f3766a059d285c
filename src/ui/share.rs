//! The share dialog: the link, what its length survives, and what is not in it.

use gloo::utils::window;
use web_sys::HtmlInputElement;
use web_sys::wasm_bindgen::JsCast as _;
use yew::prelude::*;

use super::desk::Desk;
use super::dialog::Dialog;
use super::icon::Icon;
use super::words;
use crate::app::Action;

/// Characters that each carrier is known to let through; the strictest common one counts.
const CARRIERS: [(&str, usize); 4] = [
    (words::CARRIER_STRICT_CHAT, 2000),
    (words::CARRIER_CHAT, 4000),
    // Outlook and Gmail wrap plain text but keep a link whole to about this length.
    (words::CARRIER_MAIL, 32_000),
    (words::CARRIER_BROWSER, 2 << 20),
];

/// The dialog when it is open, nothing otherwise.
pub(super) fn share_dialog(desk: &Desk) -> Html {
    let Some(share) = desk.state().share.clone() else { return Html::default() };
    let body = match &share.link {
        None => html! { <p class="soft" role="status">{ words::SHARE_WRITING }</p> },
        Some(Ok(fragment)) => link(desk, &address(fragment), share.copied),
        Some(Err(sentence)) => html! { <p id="share-failed">{ sentence.clone() }</p> },
    };
    html! { <Dialog id="share" title={words::SHARE_TITLE} on_close={desk.on(Action::CloseShare)}>{ body }</Dialog> }
}

/// The page's address with the report behind it.
fn address(fragment: &str) -> String {
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

fn link(desk: &Desk, link: &str, copied: Option<bool>) -> Html {
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
                <p class="faint" role="status" aria-live="polite" id="copy-status">{ words::copied(copied) }</p>
            </div>
            <ul class="lines">
                <li>{ Icon::Lock.draw() }<span>{ words::SHARE_NOT_IN_IT }</span></li>
                <li>{ Icon::Info.draw() }<span>{ words::SHARE_HOW }</span></li>
            </ul>
            <table class="size-table">
                <caption class="label">{ words::share_length(length) }</caption>
                <tbody>{ for carriers }</tbody>
            </table>
        </>
    }
}
