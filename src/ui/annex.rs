//! The annex: the screens that are drawn by a programme of their own beside the page's.

use std::cell::RefCell;
use std::rc::Rc;

use super::keeping::KeepingScreen;
use super::library::LibraryScreen;
use crate::app::Annex;
use crate::web::serve_annex;

/// Takes a screen away.
type End = Box<dyn FnOnce()>;

/// Draws a screen whenever the page asks for it.
pub fn mount_annex() {
    let end: Rc<RefCell<Option<End>>> = Rc::default();
    let gone = Rc::clone(&end);
    serve_annex(
        move |screen, root| {
            let drawn: End = match screen {
                Annex::Library => {
                    let drawn = yew::Renderer::<LibraryScreen>::with_root(root).render();
                    Box::new(move || drawn.destroy())
                }
                Annex::Cases => {
                    let drawn = yew::Renderer::<KeepingScreen>::with_root(root).render();
                    Box::new(move || drawn.destroy())
                }
            };
            *end.borrow_mut() = Some(drawn);
        },
        move || {
            let end = gone.borrow_mut().take();
            end.into_iter().for_each(|end| end());
        },
    );
}
