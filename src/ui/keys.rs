//! The keys: one table that both the listener and the key sheet read.

use gloo::utils::document;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::words;
use crate::app::Tool;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Command {
    ShowKeys,
    UseTool(Tool),
    Step(isize),
    Undo,
    Redo,
    ZoomIn,
    ZoomOut,
    Fit,
    ActualSize,
    Blink,
    /// By its place in [`crate::report::FindingKind::ALL`].
    Kind(usize),
    Accept,
    Delete,
    Escape,
    Pan(f64, f64),
}

/// What has to be held down with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Nothing,
    Shift,
    Control,
    ControlShift,
}

/// A line of the table.
pub(super) struct Key {
    /// As `KeyboardEvent.key` says it, letters in lower case.
    pub(super) key: &'static str,
    /// With what.
    pub(super) held: Held,
    /// What it asks for.
    pub(super) command: Command,
    /// As it stands on the key, and what it does; `None` for a second way to the same thing.
    pub(super) shown: Option<(&'static str, &'static str)>,
}

const fn key(key: &'static str, held: Held, command: Command, shown: Option<(&'static str, &'static str)>) -> Key {
    Key { key, held, command, shown }
}

/// CSS pixels that an arrow moves the view by: a fifth of a small window.
const PAN_STEP: f64 = 80.0;

/// The keys in groups, as the sheet shows them.
pub(super) const GROUPS: [(&str, &[Key]); 4] = [
    (
        words::KEYS_LOOK,
        &[
            key("+", Held::Nothing, Command::ZoomIn, Some(("+", words::KEY_ZOOM_IN))),
            key("=", Held::Nothing, Command::ZoomIn, None),
            key("-", Held::Nothing, Command::ZoomOut, Some(("−", words::KEY_ZOOM_OUT))),
            key("0", Held::Nothing, Command::Fit, Some(("0", words::KEY_FIT))),
            key("0", Held::Shift, Command::ActualSize, Some(("Shift 0", words::KEY_ACTUAL))),
            key("ArrowLeft", Held::Nothing, Command::Pan(-PAN_STEP, 0.0), Some(("← ↑ → ↓", words::KEY_PAN))),
            key("ArrowRight", Held::Nothing, Command::Pan(PAN_STEP, 0.0), None),
            key("ArrowUp", Held::Nothing, Command::Pan(0.0, -PAN_STEP), None),
            key("ArrowDown", Held::Nothing, Command::Pan(0.0, PAN_STEP), None),
            key("b", Held::Nothing, Command::Blink, Some(("B", words::KEY_BLINK))),
        ],
    ),
    (
        words::KEYS_REVIEW,
        &[
            key("n", Held::Nothing, Command::Step(1), Some(("N", words::KEY_NEXT))),
            key("n", Held::Shift, Command::Step(-1), Some(("Shift N", words::KEY_PREVIOUS))),
            key("Enter", Held::Nothing, Command::Accept, Some(("Enter", words::KEY_ACCEPT))),
        ],
    ),
    (
        words::KEYS_FINDINGS,
        &[
            key("r", Held::Nothing, Command::UseTool(Tool::Box), Some(("R", words::KEY_BOX))),
            key("v", Held::Nothing, Command::UseTool(Tool::Pan), Some(("V", words::KEY_HAND))),
            key("h", Held::Nothing, Command::UseTool(Tool::Pan), None),
            key("1", Held::Nothing, Command::Kind(0), Some(("1–9", words::KEY_KIND))),
            key("2", Held::Nothing, Command::Kind(1), None),
            key("3", Held::Nothing, Command::Kind(2), None),
            key("4", Held::Nothing, Command::Kind(3), None),
            key("5", Held::Nothing, Command::Kind(4), None),
            key("6", Held::Nothing, Command::Kind(5), None),
            key("7", Held::Nothing, Command::Kind(6), None),
            key("8", Held::Nothing, Command::Kind(7), None),
            key("9", Held::Nothing, Command::Kind(8), None),
            key("Delete", Held::Nothing, Command::Delete, Some(("Delete", words::KEY_DELETE))),
            key("Backspace", Held::Nothing, Command::Delete, None),
        ],
    ),
    (
        words::KEYS_ALWAYS,
        &[
            key("z", Held::Control, Command::Undo, Some(("Ctrl Z", words::KEY_UNDO))),
            key("z", Held::ControlShift, Command::Redo, Some(("Ctrl Shift Z", words::KEY_REDO))),
            key("y", Held::Control, Command::Redo, None),
            key("Escape", Held::Nothing, Command::Escape, Some(("Esc", words::KEY_ESCAPE))),
            key("?", Held::Nothing, Command::ShowKeys, Some(("?", words::KEY_KEYS))),
        ],
    ),
];

/// What the pressed key asks for.
pub(super) fn command(event: &KeyboardEvent) -> Option<Command> {
    if event.alt_key() {
        return None;
    }
    let control = event.ctrl_key() || event.meta_key();
    // Some layouts need Shift for these signs, and some write another sign on 0 with Shift.
    let (pressed, shift) = match event.key().as_str() {
        sign @ ("+" | "?") => (sign.to_owned(), false),
        _ if event.code() == "Digit0" && event.shift_key() => ("0".to_owned(), true),
        one if one.chars().count() == 1 => (one.to_lowercase(), event.shift_key()),
        named => (named.to_owned(), event.shift_key()),
    };
    let held = match (control, shift) {
        (false, false) => Held::Nothing,
        (false, true) => Held::Shift,
        (true, false) => Held::Control,
        (true, true) => Held::ControlShift,
    };
    let table = GROUPS.iter().flat_map(|(_, keys)| keys.iter());
    table.into_iter().find(|line| line.key == pressed && line.held == held).map(|line| line.command)
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
        Command::Pan(..) => element.closest("[role=tab], [role=separator], input, .scroll").ok().flatten().is_some(),
        _ => false,
    }
}

/// True while a dialog has the keyboard.
pub(super) fn under_a_dialog() -> bool {
    document().query_selector("[role=dialog]").ok().flatten().is_some()
}
