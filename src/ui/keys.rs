//! The keys of the page, read off the table of `app::keys`.

use gloo::utils::document;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::app::keys::{self, Command, Press};

/// What the pressed key asks for.
pub(super) fn command(event: &KeyboardEvent, letters: bool) -> Option<Command> {
    let press = Press {
        key: &event.key(),
        code: &event.code(),
        control: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    };
    keys::command(&press, letters)
}

/// True when the key goes into a field where it means something else.
pub(super) fn in_a_field(event: &KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let writes = element.dyn_ref::<HtmlInputElement>().is_some_and(|input| !matches!(input.type_().as_str(), "radio" | "file"));
    writes
        || matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT")
        || element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
}

/// True when the key already means something to the element that has the focus: a button is pressed by Enter, arrows
/// move through tabs and options.
pub(super) fn is_taken(event: &KeyboardEvent, command: Command) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    match command {
        Command::Accept => element.closest("button:not(.difference), a, summary, input").ok().flatten().is_some(),
        Command::Move(..) => {
            element.closest("[role=tab], [role=separator], [role=slider], input, .scroll").ok().flatten().is_some()
        }
        _ => false,
    }
}

/// True while a dialog has the keyboard.
pub(super) fn under_a_dialog() -> bool {
    document().query_selector("[role=dialog]").ok().flatten().is_some()
}
