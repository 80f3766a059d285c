//! A note, which lives in its field while it is being written.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use crate::report::MAX_NOTE_CHARS;
use crate::ui::words;
use crate::web::SETTLE;

/// A note is kept after a rest this long, so that a pause in writing is one step of undo and a closed tab loses little.
const REST_MS: u32 = 800;
/// Whoever leaves the page, turns to another one, or goes on in another tab has finished writing as well.
const LEAVING: [&str; 3] = ["pagehide", "blur", SETTLE];

#[derive(Properties, PartialEq)]
pub(super) struct NoteProps {
    pub(super) id: &'static str,
    pub(super) hint: &'static str,
    pub(super) note: String,
    /// Takes what was written.
    pub(super) keep: Callback<String>,
}

/// The field.
#[function_component]
pub(super) fn Note(props: &NoteProps) -> Html {
    let NoteProps { id, hint, note, keep } = props;
    let draft = use_state_eq(|| note.clone());
    // What was written since it was last kept, and the rest after which it will be.
    let rest = use_mut_ref(|| None::<(Timeout, String)>);
    {
        let draft = draft.setter();
        use_effect_with(note.clone(), move |note| draft.set(note.clone()));
    }
    {
        let (rest, keep) = (rest.clone(), keep.clone());
        use_effect_with((), move |()| {
            let finish = move || {
                let written = rest.borrow_mut().take();
                if let Some((_, note)) = written {
                    keep.emit(note);
                }
            };
            let leaving = LEAVING.map(|event| {
                let finish = finish.clone();
                EventListener::new(&window(), event, move |_| finish())
            });
            // A field that goes while it is being written in tells nobody.
            move || {
                drop(leaving);
                finish();
            }
        });
    }
    let oninput = {
        let (draft, rest, keep) = (draft.setter(), rest.clone(), keep.clone());
        Callback::from(move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let (note, keep, resting) = (field.value(), keep.clone(), rest.clone());
            draft.set(note.clone());
            let rested = Timeout::new(REST_MS, move || {
                let written = resting.borrow_mut().take();
                if let Some((_, note)) = written {
                    keep.emit(note);
                }
            });
            *rest.borrow_mut() = Some((rested, note));
        })
    };
    let keep = keep.clone();
    let onchange = Callback::from(move |event: Event| {
        rest.borrow_mut().take();
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            keep.emit(field.value());
        }
    });
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if let ("Escape", Some(field)) = (event.key().as_str(), event.target_dyn_into::<HtmlTextAreaElement>()) {
            _ = field.blur();
        }
    });
    html! {
        <label>
            <span class="label">{ words::NOTE }</span>
            <textarea id={*id} class="field" rows="3" placeholder={*hint} maxlength={MAX_NOTE_CHARS.to_string()}
                value={(*draft).clone()} {oninput} {onchange} {onkeydown} />
        </label>
    }
}
