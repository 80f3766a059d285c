//! Words that are being written on the stage.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::table::Table;
use crate::app::{Action, Writing};
use crate::report::MAX_LABEL_CHARS;
use crate::ui::desk::Desk;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(super) struct WritingFieldProps {
    pub(super) desk: Desk,
    pub(super) table: Table,
    pub(super) writing: Writing,
}

/// A field where the words will stand; Enter or leaving it keeps them, Escape does not.
#[function_component]
pub(super) fn WritingField(props: &WritingFieldProps) -> Html {
    let field = use_node_ref();
    {
        let (field, table) = (field.clone(), props.table.clone());
        use_effect_with(props.writing, move |writing| {
            let Some(field) = field.cast::<HtmlInputElement>() else { return };
            let place = table.stage().and_then(|stage| stage.place_of(writing.at));
            if let Some((x, y)) = place {
                _ = field.style().set_property("left", &format!("{x}px"));
                _ = field.style().set_property("top", &format!("{y}px"));
            }
            _ = field.focus();
        });
    }
    let done = {
        let desk = props.desk.clone();
        move |field: &HtmlInputElement, kept: bool| desk.send(Action::WroteText(kept.then(|| field.value())))
    };
    let onkeydown = {
        let done = done.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            match event.key().as_str() {
                "Enter" => done(&field, true),
                "Escape" => done(&field, false),
                _ => return,
            }
            event.stop_propagation();
        })
    };
    let onblur = Callback::from(move |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            done(&field, true);
        }
    });
    html! {
        <input ref={field} id="writing" class="writing" type="text" aria-label={words::WRITING} placeholder={words::WRITING}
            maxlength={MAX_LABEL_CHARS.to_string()} autocomplete="off" {onkeydown} {onblur} />
    }
}
