//! What a person is told of new versions and of missing parts: among the notices, calmly, and never in the way.

use yew::prelude::*;

use super::desk::Desk;
use super::icon::Icon;
use super::words;
use crate::app::{Action, Version};

/// The notices about the site itself.
pub(super) fn offline_notices(desk: &Desk) -> Html {
    let state = desk.state();
    let offline = state.offline;
    let version = match (offline.version, state.is_kept()) {
        (Version::Waiting, true) => Some((words::NEW_VERSION, Some(words::USE_NOW))),
        (Version::Waiting, false) => Some((words::NEW_VERSION_BUSY, None)),
        (Version::Wanted, _) => Some((words::NEW_VERSION_COMING, None)),
        (Version::Replaced, true) => Some((words::REPLACED, Some(words::LOAD_ANEW))),
        (Version::Replaced, false) => Some((words::REPLACED_BUSY, None)),
        (Version::Current | Version::PutOff, _) => None,
    };
    html! {
        <>
            if offline.part_missing {
                <div key="part-missing" id="part-missing" class="notice" role="alert">
                    { Icon::Warning.draw() }
                    <p>{ words::PART_MISSING }{ " " }<a href={words::RECOVERY_PAGE}>{ words::RECOVERY }</a></p>
                </div>
            }
            if let Some((text, button)) = version {
                <div key="new-version" id="new-version" class="notice is-calm">
                    { Icon::Board.draw() }
                    <p>{ text }</p>
                    <span class="choices">
                        if let Some(button) = button {
                            <button type="button" id="use-version" class="button primary" onclick={desk.on(Action::UseNewVersion)}>{ button }</button>
                        }
                        if offline.version == Version::Waiting {
                            <button type="button" id="put-off-version" class="button quiet" onclick={desk.on(Action::PutOffVersion)}>{ words::LATER }</button>
                        }
                    </span>
                </div>
            }
        </>
    }
}
