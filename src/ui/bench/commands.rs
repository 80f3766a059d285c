//! What the keys do on the workbench.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use web_sys::KeyboardEvent;
use web_sys::wasm_bindgen::JsCast as _;
use yew::prelude::*;

use super::table::Table;
use crate::app::{Action, Mode, Tool};
use crate::report::FindingKind;
use crate::ui::desk::Desk;
use crate::ui::keys::{self, Command, command};
use crate::web::Stage;

/// A press of + or − zooms by this much; three presses double.
pub(super) const ZOOM_STEP: f64 = 1.26;

/// Listens to the keys while the workbench is open.
#[hook]
pub(super) fn use_commands(desk: &Desk, table: &Table) {
    let (desk, table) = (desk.clone(), table.clone());
    use_effect_with((), move |()| {
        let active = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document(), "keydown", active, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if keys::in_a_field(event) || keys::under_a_dialog() {
                return;
            }
            let Some(command) = command(event).filter(|command| !keys::is_taken(event, *command)) else { return };
            if perform(&desk, &table, command) {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does it; false when there is nothing here to do it to.
fn perform(desk: &Desk, table: &Table, command: Command) -> bool {
    match command {
        Command::UseTool(tool) => desk.send(Action::ChooseTool(tool)),
        Command::Step(step) => desk.send(Action::StepDifference(step)),
        Command::Undo => desk.send(Action::Undo),
        Command::Redo => desk.send(Action::Redo),
        Command::ZoomIn => table.with(|stage| stage.zoom_by(ZOOM_STEP)),
        Command::ZoomOut => table.with(|stage| stage.zoom_by(1.0 / ZOOM_STEP)),
        Command::Fit => table.with(Stage::fit),
        Command::ActualSize => table.with(Stage::actual_size),
        Command::Pan(dx, dy) => table.with(|stage| stage.pan_by(dx, dy)),
        Command::Blink => {
            let blinking = desk.state().view.mode == Mode::Blink;
            if blinking { table.with(Stage::toggle_blink) } else { desk.send(Action::ChooseMode(Mode::Blink)) }
        }
        Command::Kind(place) => {
            let Some(kind) = FindingKind::ALL.get(place) else { return false };
            desk.send(Action::SetKind(*kind));
        }
        Command::Accept => {
            let difference = desk.state().view.difference;
            let Some(place) = difference else { return false };
            desk.send(Action::AcceptDifference(place));
        }
        Command::Delete => {
            let chosen: Vec<_> = desk.state().view.findings.iter().copied().collect();
            if chosen.is_empty() {
                return false;
            }
            desk.send(Action::RemoveFindings(chosen));
        }
        Command::Escape => {
            desk.send(Action::ChooseNothing);
            desk.send(Action::ChooseTool(Tool::Pan));
        }
        Command::ShowKeys => return false,
    }
    true
}
