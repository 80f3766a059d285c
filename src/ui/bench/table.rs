//! The way to the stage for whoever wants the camera moved.

use std::cell::RefCell;
use std::rc::Rc;

use crate::web::Stage;

/// Holds the stage once there is one. Any two are equal: what the stage does is no reason to draw anything anew.
#[derive(Clone, Default)]
pub(super) struct Table(Rc<RefCell<Option<Rc<Stage>>>>);

impl PartialEq for Table {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Table {
    /// Hands the stage over, or takes it away.
    pub(super) fn set(&self, stage: Option<Rc<Stage>>) {
        *self.0.borrow_mut() = stage;
    }

    /// The stage, if there is one.
    pub(super) fn stage(&self) -> Option<Rc<Stage>> {
        self.0.borrow().clone()
    }

    /// Does something with the stage, if there is one.
    pub(super) fn with(&self, deed: impl FnOnce(&Stage)) {
        if let Some(stage) = self.stage() {
            deed(&stage);
        }
    }
}
