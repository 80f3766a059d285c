//! Dark or light: the workbench is a dark room and a report is paper, unless the person wants both to follow the system.

use gloo::events::EventListener;
use gloo::utils::{document_element, window};
use yew::prelude::*;

/// Where the wish is kept; `static/theme.js` reads it before the first paint. A lost wish costs a press.
const KEY: &str = "boardwatch-theme";
const FOLLOW: &str = "system";

/// Sets the page's theme. Gives back whether it follows the system, and the way to change that.
#[hook]
pub(super) fn use_theme(paper: bool) -> (bool, Callback<()>) {
    let follows = use_state_eq(wished);
    let light = use_state_eq(system_is_light);
    {
        let light = light.setter();
        use_effect_with((), move |()| {
            let query = window().match_media("(prefers-color-scheme: light)").ok().flatten();
            let listener = query.map(|query| EventListener::new(&query, "change", move |_| light.set(system_is_light())));
            move || drop(listener)
        });
    }
    let theme = if if *follows { *light } else { paper } { "light" } else { "dark" };
    use_effect_with(theme, |theme| _ = document_element().set_attribute("data-theme", theme));
    let on_theme = {
        let setter = follows.setter();
        use_callback(*follows, move |(), follows| {
            if let Ok(Some(storage)) = window().local_storage() {
                _ = if *follows { storage.remove_item(KEY) } else { storage.set_item(KEY, FOLLOW) };
            }
            setter.set(!follows);
        })
    };
    (*follows, on_theme)
}

fn wished() -> bool {
    window().local_storage().ok().flatten().and_then(|storage| storage.get_item(KEY).ok().flatten()).as_deref() == Some(FOLLOW)
}

fn system_is_light() -> bool {
    window().match_media("(prefers-color-scheme: light)").ok().flatten().is_some_and(|query| query.matches())
}
