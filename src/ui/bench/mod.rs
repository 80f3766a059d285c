//! The workbench: the stage in the middle, everything else near at hand.

mod alignment;
mod banners;
mod bar;
mod by_hand;
mod calibration;
mod commands;
mod difference_row;
mod differences;
mod evidence;
mod finding_form;
mod findings;
mod headline;
mod layers;
mod light_table;
mod marks;
mod mode_options;
mod note;
mod panel;
mod places;
mod rail;
mod running;
mod status;
mod swipe_line;
mod table;
mod writing;

use yew::prelude::*;

use self::bar::Bar;
use self::commands::use_commands;
use self::light_table::LightTable;
use self::panel::Panel;
use self::rail::Rail;
use self::status::Status;
use self::table::Table;
use super::corner::Corner;
use super::desk::Desk;
use crate::app::Action;
use crate::geometry::{Point, Reference};
use crate::web::StageEvent;

#[derive(Properties, PartialEq)]
pub(super) struct BenchProps {
    pub(super) desk: Desk,
    pub(super) corner: Corner,
}

/// What the stage reports at frame rate. It is shown and forgotten.
#[derive(Clone, Copy, PartialEq)]
struct Readout {
    pointer: Option<Point<Reference>>,
    zoom: f64,
}

/// How much of a phone's window the sheet takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheet {
    Low,
    Half,
    High,
}

impl Sheet {
    /// The next larger one, or the next smaller one.
    const fn step(self, larger: bool) -> Self {
        match (self, larger) {
            (Self::Low, true) | (Self::High, false) => Self::Half,
            (Self::Half | Self::High, true) => Self::High,
            (Self::Low | Self::Half, false) => Self::Low,
        }
    }
}

/// The whole screen.
#[function_component]
pub(super) fn Bench(props: &BenchProps) -> Html {
    let desk = &props.desk;
    let table = use_memo((), |()| Table::default());
    let readout = use_state_eq(|| Readout { pointer: None, zoom: 1.0 });
    let failure = use_state_eq(|| None::<String>);
    let collapsed = use_state_eq(|| false);
    let sheet = use_state_eq(|| Sheet::Half);
    use_commands(desk, &table);

    let latest = use_mut_ref(|| Readout { pointer: None, zoom: 1.0 });
    let on_event = {
        let (readout, failure, desk) = (readout.setter(), failure.setter(), desk.clone());
        use_callback((), move |event: StageEvent, ()| match event {
            StageEvent::PointerAt(pointer) => {
                latest.borrow_mut().pointer = pointer;
                readout.set(*latest.borrow());
            }
            StageEvent::ZoomRested(zoom) => {
                latest.borrow_mut().zoom = zoom;
                readout.set(*latest.borrow());
            }
            StageEvent::Table(event) => desk.send(Action::OnTable(event)),
            StageEvent::LayerFailed(sha256) => desk.send(Action::LayerFailed(sha256)),
            StageEvent::Failed(sentence) => failure.set(Some(sentence)),
        })
    };
    let on_collapse = {
        let collapsed = collapsed.clone();
        use_callback(*collapsed, move |(), now| collapsed.set(!now))
    };
    let on_sheet = {
        let sheet = sheet.setter();
        use_callback((), move |wanted: Sheet, ()| sheet.set(wanted))
    };
    let sheet_class = match *sheet {
        Sheet::Low => "sheet-low",
        Sheet::Half => "sheet-half",
        Sheet::High => "sheet-high",
    };
    html! {
        <div class={classes!("bench", collapsed.then_some("is-collapsed"), sheet_class)}>
            <Bar desk={desk.clone()} table={(*table).clone()} zoom={readout.zoom} collapsed={*collapsed} {on_collapse} />
            <Rail desk={desk.clone()} table={(*table).clone()} corner={props.corner.clone()} />
            <LightTable desk={desk.clone()} table={(*table).clone()} {on_event} failure={(*failure).clone()} />
            <Panel desk={desk.clone()} sheet={*sheet} {on_sheet} />
            <Status desk={desk.clone()} pointer={readout.pointer} zoom={readout.zoom} />
        </div>
    }
}
