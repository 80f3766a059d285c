//! Yew components: read a slice of state, send an action.

use yew::{Html, component, html};

/// The root component.
#[component]
pub fn App() -> Html {
    html! { <main><h1>{ "Boardwatch" }</h1></main> }
}
