//! The two small buttons that every screen has: theme and keys.

use yew::prelude::*;

use super::icon::Icon;
use super::words;

/// What the buttons do.
#[derive(Clone, PartialEq)]
pub(super) struct Corner {
    pub(super) on_keys: Callback<()>,
    pub(super) on_theme: Callback<()>,
    /// The theme follows the system.
    pub(super) follows_system: bool,
}

impl Corner {
    /// The buttons.
    pub(super) fn draw(&self) -> Html {
        html! {
            <>
                <button type="button" id="theme" class="button quiet square corner" aria-label={words::THEME} title={words::THEME}
                    aria-pressed={self.follows_system.to_string()} onclick={self.on_theme.reform(|_: MouseEvent| ())}>{ Icon::Theme.draw() }</button>
                <button type="button" id="show-keys" class="button quiet square corner" aria-label={words::SHOW_KEYS} title={words::SHOW_KEYS}
                    onclick={self.on_keys.reform(|_: MouseEvent| ())}>{ Icon::Keyboard.draw() }</button>
            </>
        }
    }
}
