//! What happens outside the page: its address, the clipboard, the library, the system.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;

use super::Shell;
use crate::app::Action;
use crate::web::offline::{self, Given};
use crate::web::store::settle;
use crate::web::wait::window;
use crate::web::{address, annex, intake};

impl Shell {
    pub(super) fn listen(self: &Rc<Self>) {
        let (going, pasting) = (Rc::downgrade(self), Rc::downgrade(self));
        let went = EventListener::new(&window(), "hashchange", move |_| {
            if let Some(shell) = going.upgrade() {
                settle();
                (shell.dispatch)(Action::FragmentChanged(address::fragment()));
            }
        });
        let pasted = EventListener::new(&window(), "paste", move |event| {
            let pasted = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            let Some(shell) = pasting.upgrade() else { return };
            let files = intake::transferred(pasted.as_ref());
            let words = pasted.filter(|_| files.is_empty() && !intake::is_in_field(event));
            shell.offer(files, None);
            if let Some(words) = words.and_then(|pasted| pasted.get_data("text/plain").ok()) {
                (shell.dispatch)(Action::WordsGiven(words));
            }
        });
        let (choosing, giving) = (Rc::downgrade(self), Rc::downgrade(self));
        let chosen = annex::listen(move |choice| {
            if let Some(shell) = choosing.upgrade() {
                (shell.dispatch)(Action::ReferencesChosen(Box::new(choice)));
            }
        });
        let given = annex::listen_for_photos(move |photo| {
            if let Some(shell) = giving.upgrade() {
                shell.offer(vec![photo], None);
            }
        });
        let (hearing, taking) = (Rc::downgrade(self), Rc::downgrade(self));
        let heard = move |news| {
            if let Some(shell) = hearing.upgrade() {
                (shell.dispatch)(Action::OfflineHeard(news));
            }
        };
        let offline = offline::listen(heard, move |given| {
            let Some(shell) = taking.upgrade() else { return };
            match given {
                Given::Files(files) => shell.offer(files, None),
                Given::Words(words) => (shell.dispatch)(Action::WordsGiven(words)),
            }
        });
        self.listeners.borrow_mut().extend([went, pasted, chosen, given].into_iter().chain(offline));
    }
}
