//! A case of this browser, and what can be done with it.

use web_sys::{HtmlCanvasElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::desk::KeepingDesk;
use crate::app::keeping::{BIN_MS, Keeping, KeepingAction, KeptCase};
use crate::report::MAX_TITLE_CHARS;
use crate::ui::words;
use crate::vision::Sha256;

/// The card.
pub(super) fn case_card(desk: &KeepingDesk, keeping: &Keeping, case: &KeptCase) -> Html {
    let summary = &case.summary;
    let id = summary.id;
    let button = |text: &'static str, action: KeepingAction| {
        html! { <button type="button" class="link" onclick={desk.on(action)}>{ text }</button> }
    };
    let line = match case.deleted_ms {
        Some(deleted_ms) => words::days_left((deleted_ms + BIN_MS - js_sys::Date::now()) / 86_400_000.0),
        None => {
            let when = words::ago((js_sys::Date::now() - summary.changed_ms) / 60_000.0);
            words::case_line(summary.findings, summary.answered, &when)
        }
    };
    let lost = (case.lost > 0).then(|| html! { <span class="faint">{ words::lost_pictures(case.lost) }</span> });
    html! {
        <li key={id.0} class="case-card kept" data-case={id.0.to_string()}>
            <span class="view"><Thumbnail desk={desk.clone()} picture={summary.photo.sha256} /></span>
            <span class="text">
                if keeping.renaming == Some(id) {
                    <NameField desk={desk.clone()} id={id.0} title={summary.title.clone()} />
                } else {
                    <strong>{ summary.title.clone() }</strong>
                }
                <span class="soft">{ if summary.board.is_empty() { words::BOARD_UNNAMED } else { summary.board.as_str() } }</span>
                <span class="faint">{ line }{ " · " }{ words::size(case.bytes) }</span>
                { for lost }
            </span>
            <span class="deeds">
                if case.is_deleted() {
                    { button(words::RESTORE, KeepingAction::Restore(id)) }
                    { button(words::DELETE_NOW, KeepingAction::AskToDelete(Some(vec![id]))) }
                } else {
                    { button(words::OPEN_CASE, KeepingAction::Open(id)) }
                    { button(words::RENAME, KeepingAction::StartRenaming(Some(id))) }
                    { button(words::DUPLICATE_CASE, KeepingAction::Duplicate(id)) }
                    { button(words::SAVE_CASE, KeepingAction::Save(vec![id])) }
                    { button(words::DELETE, KeepingAction::Delete(id)) }
                }
            </span>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct NameFieldProps {
    desk: KeepingDesk,
    id: u32,
    title: String,
}

/// The case's name while it is written: Enter or going elsewhere keeps it, Escape does not.
#[function_component]
fn NameField(props: &NameFieldProps) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                _ = field.focus();
                field.select();
            }
        });
    }
    let id = crate::app::CaseId(props.id);
    let onchange = {
        let desk = props.desk.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                desk.send(KeepingAction::Rename(id, field.value()));
            }
        })
    };
    let onkeydown = {
        let desk = props.desk.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                desk.send(KeepingAction::StartRenaming(None));
            }
        })
    };
    html! {
        <input ref={field} type="text" class="field" aria-label={words::CASE_NAME} value={props.title.clone()}
            maxlength={MAX_TITLE_CHARS.to_string()} {onchange} {onkeydown} />
    }
}

#[derive(Properties)]
struct ThumbnailProps {
    desk: KeepingDesk,
    picture: Sha256,
}

impl PartialEq for ThumbnailProps {
    /// Only the hands are taken from the desk.
    fn eq(&self, other: &Self) -> bool {
        self.picture == other.picture
    }
}

/// The photo, small.
#[function_component]
fn Thumbnail(props: &ThumbnailProps) -> Html {
    let canvas = use_node_ref();
    {
        let (canvas, desk) = (canvas.clone(), props.desk.clone());
        use_effect_with(props.picture, move |picture| {
            if let (Some(canvas), Some(keeper)) = (canvas.cast::<HtmlCanvasElement>(), desk.hands()) {
                keeper.draw(*picture, canvas);
            }
        });
    }
    html! { <canvas ref={canvas} role="img" aria-label={words::THUMBNAIL} /> }
}
