//! What stands after `#` in the address.

use wasm_bindgen::JsValue;

use super::wait::window;

/// Without the `#`.
pub(super) fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Goes to `fragment`, as a link does.
pub(super) fn go(fragment: &str) {
    // Every page has an address.
    drop(window().location().set_hash(fragment));
}

/// Shows `fragment` without a new entry in the history and without a `hashchange`.
pub(super) fn set_fragment(fragment: &str) {
    let replaced =
        window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&with(fragment))));
    // A browser may refuse many changes in a row; the address is then old, and the case is still open and safe.
    drop(replaced);
}

/// The page's whole address with this fragment.
pub(super) fn with(fragment: &str) -> String {
    let href = window().location().href().unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    if fragment.is_empty() { page.to_owned() } else { format!("{page}#{fragment}") }
}
