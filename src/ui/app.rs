//! The root: one programme, one screen at a time, and whatever lies over it.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, document_element};
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, KeyboardEvent};
use yew::prelude::*;

use super::article::article;
use super::bench::Bench;
use super::contribute::contribute_dialog;
use super::corner::Corner;
use super::desk::Desk;
use super::icon::Icon;
use super::key_sheet::key_sheet;
use super::keys::command;
use super::notices::notices;
use super::share::share_dialog;
use super::start::Start;
use super::theme::use_theme;
use super::{keys, words};
use crate::app::keys::Command;
use crate::app::{Annex, Slot, SlotState};
use crate::web::close_annex;

/// Puts the programme where index.html keeps its place.
pub fn mount() {
    let place = document().get_element_by_id("app").unwrap_or_else(document_element);
    yew::Renderer::<App>::with_root(place).render();
}

/// The whole page.
#[function_component]
pub fn App() -> Html {
    let redraw = use_force_update();
    let opened = use_memo((), move |()| Desk::open(Callback::from(move |()| redraw.force_update())));
    let desk = opened.now();
    let dragging = use_drop_anywhere(&desk);
    let keys_shown = use_state(|| false);
    use_key_sheet(keys_shown.setter());
    let on_keys = {
        let shown = keys_shown.setter();
        use_callback((), move |(), ()| shown.set(true))
    };

    let (in_case, in_report) = (desk.state().case.is_some(), desk.state().opened.is_some());
    let (follows_system, on_theme) = use_theme(in_report && !in_case);
    let corner = Corner { on_keys, on_theme, follows_system };
    let screen = match (in_case, in_report) {
        (true, _) => html! { <Bench desk={desk.clone()} {corner} /> },
        (false, true) => article(&desk, &corner),
        (false, false) => match desk.state().annex {
            Some(screen) => html! { <AnnexPlace key={screen as u8} desk={desk.clone()} {screen} /> },
            None => html! { <Start desk={desk.clone()} {corner} /> },
        },
    };

    html! {
        <div class={classes!("screen", in_case.then_some("is-bench"), dragging.then_some("is-dragging"))}>
            { screen }
            if dragging {
                <div class="drop-veil" aria-hidden="true">{ Icon::Pictures.draw() }<span>{ words::DROP_ANYWHERE }</span></div>
            }
            { notices(&desk) }
            { share_dialog(&desk) }
            { contribute_dialog(&desk) }
            if *keys_shown {
                { key_sheet(Callback::from(move |()| keys_shown.set(false))) }
            }
        </div>
    }
}

#[derive(Properties, PartialEq, Clone)]
struct AnnexPlaceProps {
    desk: Desk,
    screen: Annex,
}

/// The annex is a programme of its own, which draws beside this one.
#[function_component]
fn AnnexPlace(props: &AnnexPlaceProps) -> Html {
    let AnnexPlaceProps { desk, screen } = props.clone();
    use_effect_with((), move |()| {
        let state = desk.state();
        let photo = match state.slot(Slot::YourBoard) {
            SlotState::Ready(entry) => Some((entry.title.as_str(), entry.facts.sha256)),
            _ => None,
        };
        if let Some(shell) = desk.shell() {
            shell.open_annex(screen, photo);
        }
        close_annex
    });
    Html::default()
}

/// Files may be dropped anywhere on the page. True while some are held over it.
#[hook]
fn use_drop_anywhere(desk: &Desk) -> bool {
    let dragging = use_state(|| false);
    let (shell, held) = (desk.shell(), dragging.setter());
    use_effect_with((), move |()| {
        // Not passive: a page that does not take the drag over is left for the dropped file.
        let active = EventListenerOptions::enable_prevent_default();
        let over = held.clone();
        let on_over = EventListener::new_with_options(&document(), "dragover", active, move |event| {
            if event.dyn_ref::<DragEvent>().is_some_and(holds_files) {
                event.prevent_default();
                over.set(true);
            }
        });
        let left = held.clone();
        let on_leave = EventListener::new(&document(), "dragleave", move |event| {
            if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                left.set(false);
            }
        });
        let on_drop = EventListener::new_with_options(&document(), "drop", active, move |event| {
            held.set(false);
            if let (Some(event), Some(shell)) = (event.dyn_ref::<DragEvent>(), &shell) {
                shell.offer_drop(event);
            }
        });
        move || drop((on_over, on_leave, on_drop))
    });
    *dragging
}

fn holds_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

/// `?` shows the keys on every screen.
#[hook]
fn use_key_sheet(shown: UseStateSetter<bool>) {
    use_effect_with((), move |()| {
        let listener = EventListener::new(&document(), "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if command(event, true) == Some(Command::ShowKeys) && !keys::in_a_field(event) && !keys::under_a_dialog() {
                shown.set(true);
            }
        });
        move || drop(listener)
    });
}
