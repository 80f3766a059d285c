//! The line between reference and photo. The stage moves it; here it is an element with a handle that keys and readers know.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::app::keys::SWIPE_STEP;
use crate::app::table::Swipe;
use crate::app::{Action, Mode};
use crate::ui::desk::Desk;
use crate::ui::words;

/// A press of an arrow turns the line by this many degrees.
pub(super) const TURN: f64 = 15.0;

/// The line with its handle; `place` is the element that the stage moves.
pub(super) fn swipe_line(desk: &Desk, place: NodeRef) -> Html {
    let swipe = desk.state().view.swipe;
    let there = desk.state().view.mode == Mode::Swipe;
    let onkeydown = {
        let desk = desk.clone();
        Callback::from(move |event: KeyboardEvent| {
            let turns = event.shift_key();
            let wanted = match event.key().as_str() {
                "ArrowLeft" | "ArrowUp" if turns => Swipe { angle: swipe.angle - TURN, ..swipe },
                "ArrowRight" | "ArrowDown" if turns => Swipe { angle: swipe.angle + TURN, ..swipe },
                "ArrowLeft" | "ArrowUp" => Swipe { position: swipe.position - SWIPE_STEP, ..swipe },
                "ArrowRight" | "ArrowDown" => Swipe { position: swipe.position + SWIPE_STEP, ..swipe },
                "Home" => Swipe { position: 0.0, ..swipe },
                "End" => Swipe { position: 1.0, ..swipe },
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            desk.send(Action::SetSwipe(wanted));
        })
    };
    html! {
        <div class="swipe-line" ref={place}>
            <div id="swipe-handle" class="swipe-handle" role="slider" tabindex={if there { "0" } else { "-1" }} aria-label={words::SWIPE_LINE}
                aria-valuemin="0" aria-valuemax="100" aria-valuenow={format!("{:.0}", 100.0 * swipe.position)} {onkeydown} />
        </div>
    }
}
