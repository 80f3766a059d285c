//! What a component of the screen holds in its hands.

use std::rc::Rc;

use yew::{Callback, Event, TargetCast as _};

use crate::app::keeping::{Keeping, KeepingAction, KeepingEffect, update};
use crate::ui::annexed::{Annexed, Programme};
use crate::web::Keeper;

/// The screen's programme.
pub(super) struct KeepingProgramme;

impl Programme for KeepingProgramme {
    type State = Keeping;
    type Action = KeepingAction;
    type Effect = KeepingEffect;
    type Hands = Keeper;

    fn update(state: &mut Keeping, action: KeepingAction) -> Vec<KeepingEffect> {
        update(state, action)
    }

    fn start(dispatch: Rc<dyn Fn(KeepingAction)>) -> Rc<Keeper> {
        Keeper::start(dispatch)
    }

    fn perform(hands: &Rc<Keeper>, effects: Vec<KeepingEffect>) {
        hands.perform(effects);
    }
}

/// One moment of it.
pub(super) type KeepingDesk = Annexed<KeepingProgramme>;

impl KeepingDesk {
    /// A listener that takes the chosen file.
    pub(super) fn on_file(&self) -> Callback<Event> {
        let desk = self.clone();
        Callback::from(move |event: Event| {
            if let (Some(input), Some(keeper)) = (event.target_dyn_into(), desk.hands()) {
                keeper.take_file(&input);
            }
        })
    }
}
