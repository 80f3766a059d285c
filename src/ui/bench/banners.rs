//! Over the stage: what a person has to know of how the case is kept.

use yew::prelude::*;

use crate::app::{Action, Hold, Storage};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;

/// The banner, where there is something to say: storage said no, or another tab works on the case.
pub(super) fn banner(desk: &Desk) -> Html {
    let state = desk.state();
    match (&state.storage, state.hold) {
        (Storage::Failed(sentence), _) => html! {
            <p class="banner" role="alert" id="storage-failed">
                { Icon::Warning.draw() }<span>{ sentence.clone() }</span>
                <button type="button" id="save-case" class="button" onclick={desk.on(Action::SaveCase)}>{ words::SAVE_CASE }</button>
            </p>
        },
        (_, Hold::Here) => Html::default(),
        (_, hold) => html! {
            <p class="banner" role="status" id="watching">
                { Icon::Lock.draw() }<span>{ words::WATCHING }</span>
                <button type="button" id="take-over" class="button" disabled={hold == Hold::Asked} onclick={desk.on(Action::TakeOver)}>
                    { words::TAKE_OVER }
                </button>
            </p>
        },
    }
}
