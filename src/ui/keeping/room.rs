//! How much room there is, and what can be freed.

use yew::prelude::*;

use super::desk::KeepingDesk;
use crate::app::keeping::{Keeping, KeepingAction};
use crate::ui::words;

/// The section; nothing where the browser does not say.
pub(super) fn room(desk: &KeepingDesk, keeping: &Keeping) -> Html {
    let Some(room) = keeping.room else { return Html::default() };
    let text = words::room(room.used as u64, room.most as u64);
    html! {
        <section id="room" aria-labelledby="room-title">
            <h2 id="room-title" class="section-title">{ words::ROOM }</h2>
            <p class="soft">{ text }</p>
            <div class="actions">
                if room.fetched > 0.0 {
                    <button type="button" id="free-fetched" class="button" onclick={desk.on(KeepingAction::FreeFetched)}>
                        { words::free_fetched(room.fetched as u64) }
                    </button>
                }
                if room.is_safe {
                    <span class="soft">{ words::IS_SAFE }</span>
                } else {
                    <button type="button" id="ask-for-safety" class="button" onclick={desk.on(KeepingAction::AskForSafety)}>{ words::ASK_FOR_SAFETY }</button>
                    <span class="soft">{ words::NOT_SAFE }</span>
                }
            </div>
            <p class="soft">{ words::KEEPING_RECOVERY }{ " " }<a href="recovery.html">{ words::KEEPING_RECOVERY_PAGE }</a></p>
        </section>
    }
}
