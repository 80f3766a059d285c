//! What the keys do on the workbench.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::layers::put_away;
use super::table::Table;
use crate::app::keys::Command;
use crate::app::table::{Orientation, Swipe};
use crate::app::{Action, Layer, Mode, Panel, Tool};
use crate::report::FindingKind;
use crate::ui::desk::Desk;
use crate::ui::keys::{self, command};
use crate::web::Stage;

/// A press of + or − zooms by this much; three presses double.
pub(super) const ZOOM_STEP: f64 = 1.26;
/// CSS pixels that an arrow moves the view by: a fifth of a small window.
const PAN_STEP: f64 = 80.0;

/// Listens to the keys while the workbench is open.
#[hook]
pub(super) fn use_commands(desk: &Desk, table: &Table) {
    let (desk, table) = (desk.clone(), table.clone());
    use_effect_with((), move |()| {
        let active = EventListenerOptions::enable_prevent_default();
        let letting_go = table.clone();
        let down = EventListener::new_with_options(&document(), "keydown", active, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if keys::in_a_field(event) || keys::under_a_dialog() {
                return;
            }
            let letters = desk.state().settings.letter_keys;
            let Some(command) = command(event, letters).filter(|command| !keys::is_taken(event, *command)) else { return };
            if perform(&desk, &table, command, event.repeat()) {
                event.prevent_default();
            }
        });
        let up = EventListener::new(&document(), "keyup", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key().eq_ignore_ascii_case("b")) {
                letting_go.with(|stage| stage.hold_photo(false));
            }
        });
        move || drop((down, up))
    });
}

/// Does it; false when there is nothing here to do it to. `again`: the key is held down.
fn perform(desk: &Desk, table: &Table, command: Command, again: bool) -> bool {
    match command {
        Command::UseTool(tool) => desk.send(Action::ChooseTool(tool)),
        Command::Step(step) => {
            let places = desk.state().view.panel == Panel::Places;
            desk.send(if places { Action::StepPlace(step) } else { Action::StepDifference(step) });
        }
        Command::See(seen) => {
            let view = desk.state().view.clone();
            let Some(place) = view.place.filter(|_| view.panel == Panel::Places) else { return false };
            desk.send(Action::SayPlace(place, Some(seen)));
        }
        Command::StepReference(step) => desk.send(Action::StepReference(step)),
        Command::Undo => desk.send(Action::Undo),
        Command::Redo => desk.send(Action::Redo),
        Command::ZoomIn => table.with(|stage| stage.zoom_by(ZOOM_STEP)),
        Command::ZoomOut => table.with(|stage| stage.zoom_by(1.0 / ZOOM_STEP)),
        Command::Fit => table.with(Stage::fit),
        Command::ActualSize => table.with(Stage::actual_size),
        Command::Turn(clockwise) => table.with(|stage| stage.orient(|orientation| orientation.turned(clockwise))),
        Command::Flip => table.with(|stage| stage.orient(Orientation::mirrored)),
        Command::Move(dx, dy) => {
            if desk.state().view.findings.is_empty() {
                table.with(|stage| stage.pan_by(-dx * PAN_STEP, -dy * PAN_STEP));
            } else {
                nudge(desk, table, (dx, dy));
            }
        }
        Command::Blink => {
            let blinks = desk.state().view.mode == Mode::Blink;
            match (blinks, again) {
                (_, true) => {}
                (true, false) => table.with(Stage::toggle_blink),
                (false, false) => table.with(|stage| stage.hold_photo(true)),
            }
        }
        Command::Loupe => toggle(desk, Layer::Loupe),
        Command::Blind => toggle(desk, Layer::Blind),
        Command::Swipe(by) => {
            let swipe = desk.state().view.swipe;
            desk.send(Action::SetSwipe(Swipe { position: swipe.position + by, ..swipe }));
        }
        Command::Kind(place) => {
            let Some(kind) = FindingKind::ALL.get(place) else { return false };
            desk.send(Action::SetKind(*kind));
        }
        Command::Accept => return accept(desk, table),
        Command::Dismiss => return show_reasons(),
        Command::Delete => {
            let chosen: Vec<_> = desk.state().view.findings.iter().copied().collect();
            if table.stage().is_some_and(|stage| stage.step_back(false)) {
                return true;
            }
            if chosen.is_empty() {
                return false;
            }
            desk.send(Action::RemoveFindings(chosen));
        }
        Command::Duplicate => desk.send(Action::DuplicateChosen),
        Command::ChooseAll => {
            let all = desk.state().case.as_ref().map(|case| case.document.findings().map(|finding| finding.id).collect());
            desk.send(Action::ChooseFindings(all.unwrap_or_default()));
        }
        Command::Stack(over) => desk.send(Action::StackChosen(over)),
        Command::Escape => let_go(desk, table),
        Command::ShowKeys => return false,
    }
    true
}

/// Moves the chosen findings as the arrows look on screen, whichever way the board lies.
fn nudge(desk: &Desk, table: &Table, by: (f64, f64)) {
    let orientation = table.stage().map(|stage| stage.orientation()).unwrap_or_default();
    let (dx, dy) = orientation.to_reference(by);
    desk.send(Action::NudgeChosen(dx, dy));
}

fn toggle(desk: &Desk, layer: Layer) {
    let shown = desk.state().view.shows(layer);
    desk.send(Action::ShowLayer(layer, !shown));
}

/// What is being drawn is finished; else the chosen difference becomes a finding; else the tool marks the middle of the view,
/// where the canvas has the keyboard.
fn accept(desk: &Desk, table: &Table) -> bool {
    if table.stage().is_some_and(|stage| stage.finish()) {
        return true;
    }
    let (difference, tool) = (desk.state().view.difference, desk.state().view.tool);
    let on_canvas = document().active_element().is_some_and(|element| element.tag_name() == "CANVAS");
    if on_canvas && !matches!(tool, Tool::Hand | Tool::Select) {
        table.with(Stage::mark_middle);
        return true;
    }
    let Some(place) = difference else { return false };
    desk.send(Action::AcceptDifference(place));
    true
}

/// Brings the keyboard to the reasons of the chosen difference.
fn show_reasons() -> bool {
    let first =
        document().query_selector(".dismissals button").ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    first.is_some_and(|button| button.focus().is_ok())
}

/// One thing at a time.
fn let_go(desk: &Desk, table: &Table) {
    if put_away() {
        return;
    }
    if table.stage().is_some_and(|stage| stage.step_back(true)) {
        return;
    }
    let view = desk.state().view.clone();
    if view.by_hand.is_some() {
        desk.send(Action::AlignByHand(view.by_hand.filter(|_| view.half_pair.is_some())));
    } else if view.difference.is_some() || view.place.is_some() || !view.findings.is_empty() {
        desk.send(Action::ChooseNothing);
    } else {
        desk.send(Action::ChooseTool(Tool::Hand));
    }
}
