//! The library: catalogues, boards, references. A programme of its own beside the page's.

mod board;
mod catalogue;
mod desk;
mod hosts;
mod recognise;
mod thumbnail;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use self::board::board_page;
use self::catalogue::catalogue;
use self::desk::LibraryDesk;
use self::hosts::hosts;
use self::recognise::recognise;
use super::icon::Icon;
use super::words;
use crate::app::library::LibraryAction;

/// The whole screen.
#[function_component]
pub(super) fn LibraryScreen() -> Html {
    let redraw = use_force_update();
    let opened = use_memo((), move |()| LibraryDesk::open(Callback::from(move |()| redraw.force_update())));
    let desk = opened.now();
    let library = desk.state();
    {
        let desk = desk.clone();
        use_effect_with((), move |()| move || desk.hands().into_iter().for_each(|librarian| librarian.leave()));
    }
    // Another page begins at its top.
    use_effect_with(library.page.is_some(), |_| gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0));
    let body = match (&library.page, &library.catalogues) {
        (Some(page), _) => board_page(&desk, page),
        (None, None) => html! { <p class="empty-line" role="status">{ words::CATALOGUE_LOADING }</p> },
        (None, Some(catalogues)) => html! {
            <>
                <h1>{ words::LIBRARY }</h1>
                <p class="soft lede">{ words::LIBRARY_WHY }</p>
                <input type="search" id="library-question" class="field large" aria-label={words::LIBRARY_QUESTION}
                    placeholder={words::LIBRARY_QUESTION} value={library.question.clone()} spellcheck="false" autocomplete="off"
                    oninput={typed(&desk, LibraryAction::Search)} />
                { recognise(&desk) }
                { for catalogues.iter().map(|known| catalogue(&desk, known)) }
                { hosts(&desk) }
            </>
        },
    };
    let (leave, label) = match library.page {
        Some(_) => (LibraryAction::LeaveBoard, words::BACK_TO_LIBRARY),
        None => (LibraryAction::Close, words::GO_START),
    };
    html! {
        <div class="start library">
            <header class="masthead">
                <button type="button" id="leave-library" class="button quiet" onclick={desk.on(leave)}>{ Icon::Back.draw() }{ label }</button>
                <span class="wordmark">{ Icon::Board.draw() }{ words::NAME }</span>
            </header>
            <main class="shelf">{ body }</main>
        </div>
    }
}

/// A listener that sends what stands in a field.
fn typed(desk: &LibraryDesk, action: fn(String) -> LibraryAction) -> Callback<InputEvent> {
    let desk = desk.clone();
    Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            desk.send(action(input.value()));
        }
    })
}

/// A button with words.
fn press(id: Option<&'static str>, class: &'static str, label: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {id} {class} {onclick}>{ label }</button> }
}

/// A line that says what is wrong.
fn complaint(sentence: &str) -> Html {
    html! { <p class="banner" role="alert">{ Icon::Warning.draw() }<span>{ sentence.to_owned() }</span></p> }
}
