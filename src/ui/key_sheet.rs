//! The keys, on a sheet.

use yew::prelude::*;

use super::dialog::Dialog;
use super::keys::GROUPS;
use super::words;

#[derive(Properties, PartialEq)]
pub(super) struct KeySheetProps {
    pub(super) on_close: Callback<()>,
}

/// A dialog that lists every key of the table.
#[function_component]
pub(super) fn KeySheet(props: &KeySheetProps) -> Html {
    let groups = GROUPS.iter().map(|(title, keys)| {
        let lines = keys.iter().filter_map(|key| key.shown).map(|(key, text)| {
            html! { <><dt>{ text }</dt><dd>{ for key.split(' ').map(|part| html! { <kbd class="key">{ part }</kbd> }) }</dd></> }
        });
        html! { <section><h3>{ *title }</h3><dl>{ for lines }</dl></section> }
    });
    html! {
        <Dialog id="keys" title={words::KEYS} wide={true} on_close={props.on_close.clone()}>
            <div class="key-table">{ for groups }</div>
            <p class="faint">{ words::KEYS_POINTER }</p>
        </Dialog>
    }
}
