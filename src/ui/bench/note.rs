//! A note, which lives in its field while it is being written.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use crate::report::MAX_NOTE_CHARS;
use crate::ui::words;

/// A note is kept after a rest this long, so that a pause in writing is one step of undo and a closed tab loses little.
const REST_MS: u32 = 800;

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
    let rest = use_mut_ref(|| None::<Timeout>);
    {
        let draft = draft.setter();
        use_effect_with(note.clone(), move |note| draft.set(note.clone()));
    }
    {
        // Whoever leaves the page has finished writing as well.
        let (rest, draft, keep) = (rest.clone(), draft.clone(), keep.clone());
        use_effect_with(((*draft).clone(), note.clone()), move |(written, kept)| {
            let unkept = (written != kept).then(|| written.clone());
            let listener = EventListener::new(&window(), "pagehide", move |_| {
                if let (Some(_), Some(note)) = (rest.borrow_mut().take(), unkept.clone()) {
                    keep.emit(note);
                }
            });
            drop(draft);
            move || drop(listener)
        });
    }
    let oninput = {
        let (draft, rest, keep) = (draft.setter(), rest.clone(), keep.clone());
        Callback::from(move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let (note, keep) = (field.value(), keep.clone());
            draft.set(note.clone());
            *rest.borrow_mut() = Some(Timeout::new(REST_MS, move || keep.emit(note)));
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
