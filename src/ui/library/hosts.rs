//! Other catalogues, and which hosts have been asked.

use web_sys::HtmlInputElement;
use web_sys::wasm_bindgen::JsCast as _;
use yew::prelude::*;

use super::desk::LibraryDesk;
use super::{complaint, press};
use crate::app::library::{Contact, LibraryAction};
use crate::catalog::host_of;
use crate::ui::words;

/// The lower part of the library.
pub(super) fn hosts(desk: &LibraryDesk) -> Html {
    let library = desk.state();
    html! {
        <>
            <section class="catalogue" aria-labelledby="add-title">
                <header><h2 id="add-title">{ words::ADD_CATALOGUE }</h2></header>
                <p class="soft">{ words::ADD_CATALOGUE_WHY }</p>
                <form class="actions" id="add-catalogue" onsubmit={add(desk)}>
                    <input type="text" inputmode="url" class="field" id="catalogue-address" aria-label={words::CATALOGUE_ADDRESS}
                        placeholder={words::CATALOGUE_ADDRESS} spellcheck="false" autocomplete="off" />
                    <button type="submit" class="button">{ words::ADD }</button>
                </form>
                { for library.refused.iter().map(|error| complaint(&error.to_string())) }
                { for library.asking.iter().map(|address| asking(desk, address)) }
            </section>
            <section class="catalogue" aria-labelledby="hosts-title">
                <header><h2 id="hosts-title">{ words::HOSTS }</h2></header>
                <p class="soft">{ if library.hosts.is_empty() { words::HOSTS_NONE } else { words::HOSTS_WHY } }</p>
                <ul class="hosts">
                    { for library.hosts.iter().map(|(host, Contact { requests, bytes })| html! {
                        <li><strong>{ host.clone() }</strong>{ words::contact(*requests, *bytes) }</li>
                    }) }
                </ul>
            </section>
        </>
    }
}

/// Nothing is asked of a host before this is answered.
fn asking(desk: &LibraryDesk, address: &str) -> Html {
    let host = host_of(address).unwrap_or_default();
    html! {
        <div class="consent" id="consent" role="group" aria-label={words::ask_host(&host)}>
            <p><strong>{ words::ask_host(&host) }</strong></p>
            <p class="soft">{ words::CONSENT_WHY }</p>
            <p class="code">{ address.to_owned() }</p>
            <div class="actions">
                { press(Some("agree"), "button primary", words::AGREE.to_owned(), desk.on(LibraryAction::AgreeToHost(true))) }
                { press(Some("disagree"), "button", words::DISAGREE.to_owned(), desk.on(LibraryAction::AgreeToHost(false))) }
            </div>
        </div>
    }
}

fn add(desk: &LibraryDesk) -> Callback<SubmitEvent> {
    let desk = desk.clone();
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let field = gloo::utils::document().get_element_by_id("catalogue-address");
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            desk.send(LibraryAction::AddCatalogue(field.value()));
        }
    })
}
