//! The keys, on a sheet.

use yew::prelude::*;

use super::dialog::Dialog;
use super::words;
use crate::app::keys::{GESTURES, GROUPS};

/// A dialog that lists every key of the table.
pub(super) fn key_sheet(on_close: Callback<()>) -> Html {
    let groups = GROUPS.iter().map(|(title, keys)| {
        let lines = keys.iter().filter_map(|key| key.shown).map(|(key, text)| {
            html! { <><dt>{ text }</dt><dd>{ for key.split(' ').map(|part| html! { <kbd class="key">{ part }</kbd> }) }</dd></> }
        });
        html! { <section><h3>{ *title }</h3><dl>{ for lines }</dl></section> }
    });
    let gestures = GESTURES.iter().map(|(gesture, text)| html! { <><dt>{ *gesture }</dt><dd>{ *text }</dd></> });
    html! {
        <Dialog id="keys" title={words::KEYS} wide={true} {on_close}>
            <div class="key-table">{ for groups }</div>
            <h3>{ words::POINTERS }</h3>
            <dl class="gesture-table">{ for gestures }</dl>
            <p class="faint">{ words::KEYS_MAC }</p>
        </Dialog>
    }
}
