//! A dialog: takes the focus, keeps it, gives it back.

use gloo::utils::document;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::icon::Icon;
use super::words;

/// What the Tab key reaches.
const REACHABLE: &str = "button:not(:disabled), input:not(:disabled), textarea, select, a[href], summary";

#[derive(Properties, PartialEq)]
pub(super) struct DialogProps {
    /// Of the element, so that a label can be made of it.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    #[prop_or_default]
    pub(super) wide: bool,
    pub(super) on_close: Callback<()>,
    pub(super) children: Html,
}

/// A dialog over the whole page; Escape, its button and a press beside it close it.
#[function_component]
pub(super) fn Dialog(props: &DialogProps) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            let before = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
            // The next step, where there is one; otherwise the button that closes.
            let inside = reachable(&place);
            let next = inside.iter().find(|element| element.matches(".primary").unwrap_or(false)).or(inside.first());
            if let Some(next) = next {
                _ = next.focus();
            }
            move || {
                if let Some(before) = before {
                    _ = before.focus();
                }
            }
        });
    }
    {
        // What had the keyboard may be gone, or can't be pressed for the moment: the dialog keeps it, so that Escape goes on closing it.
        let place = place.clone();
        use_effect(move || {
            if let (true, Some(dialog)) = (is_focus_lost(), place.cast::<HtmlElement>()) {
                _ = dialog.focus();
            }
        });
    }
    let on_key = {
        let (place, on_close) = (place.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                on_close.emit(());
            }
            "Tab" => keep_inside(&place, &event),
            _ => {}
        })
    };
    let on_veil = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: MouseEvent| {
            // Not its class name: that of an icon is no string, which the programme's memory would not survive.
            if event.target_dyn_into::<Element>().is_some_and(|element| element.matches(".veil").unwrap_or(false)) {
                on_close.emit(());
            }
        })
    };
    let title_id = format!("{}-title", props.id);
    html! {
        <div class="veil" onclick={on_veil}>
            <div ref={place} id={props.id} class={classes!("dialog", props.wide.then_some("wide"))} role="dialog" aria-modal="true" tabindex="-1"
                aria-labelledby={title_id.clone()} onkeydown={on_key}>
                // Not a header: outside of the page's main part it would be a second banner.
                <div class="dialog-head">
                    <h2 id={title_id}>{ props.title }</h2>
                    <button type="button" class="button quiet square" aria-label={words::CLOSE} title={words::CLOSE}
                        onclick={props.on_close.reform(|_: MouseEvent| ())}>{ Icon::Cancel.draw() }</button>
                </div>
                { props.children.clone() }
            </div>
        </div>
    }
}

/// True when the keyboard is nowhere: what had it was taken away.
pub(super) fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Brings the keyboard to the element of this name, where there is one.
pub(super) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        _ = element.focus();
    }
}

fn reachable(place: &NodeRef) -> Vec<HtmlElement> {
    let Some(list) = place.cast::<Element>().and_then(|element| element.query_selector_all(REACHABLE).ok()) else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|k| list.get(k)?.dyn_into::<HtmlElement>().ok()).collect()
}

/// Tab goes round inside the dialog.
fn keep_inside(place: &NodeRef, event: &KeyboardEvent) {
    let inside = reachable(place);
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
    let now = document().active_element();
    let at = |element: &HtmlElement| now.as_ref().is_some_and(|now| now == AsRef::<Element>::as_ref(element));
    let goes_to = match (event.shift_key(), at(first), at(last)) {
        (true, true, _) => last,
        (false, _, true) => first,
        _ => return,
    };
    event.prevent_default();
    _ = goes_to.focus();
}
