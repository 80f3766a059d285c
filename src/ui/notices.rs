//! What went wrong, over the lower left corner until it is dismissed.

use yew::prelude::*;

use super::desk::Desk;
use super::icon::Icon;
use super::offline::offline_notices;
use super::words;
use crate::app::Action;

/// The notices, oldest first. The list itself is always on the page, so that a reader hears what is added to it.
pub(super) fn notices(desk: &Desk) -> Html {
    let state = desk.state();
    let notices = state.notices.iter().map(|notice| {
        html! {
            <div key={notice.id.0} class="notice" role="alert">
                { Icon::Warning.draw() }
                <p>{ notice.text.clone() }</p>
                <button type="button" class="button quiet square" aria-label={words::DISMISS} title={words::DISMISS}
                    onclick={desk.on(Action::DismissNotice(notice.id))}>{ Icon::Cancel.draw() }</button>
            </div>
        }
    });
    html! { <div class="notices" role="status" aria-live="polite">{ for notices }{ offline_notices(desk) }</div> }
}
