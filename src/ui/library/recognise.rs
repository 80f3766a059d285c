//! Which board a photo shows: the question, and what was found.

use yew::prelude::*;

use super::desk::LibraryDesk;
use super::thumbnail::Thumbnail;
use super::{complaint, press};
use crate::app::library::{Answer, Guess, KnownCatalogue, LibraryAction, Recognising};
use crate::catalog::BoardLine;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::vision::Identity;

/// The section.
pub(super) fn recognise(desk: &LibraryDesk) -> Html {
    let library = desk.state();
    let is_looking = matches!(library.recognising, Some(Recognising::Looking { .. } | Recognising::Naming { .. }));
    let body = match &library.recognising {
        None => Html::default(),
        Some(Recognising::Looking { done, .. }) => looking(desk, *done),
        Some(Recognising::Naming { .. }) => looking(desk, 1.0),
        Some(Recognising::Failed(sentence)) => complaint(sentence),
        Some(Recognising::Told(answer)) => told(desk, library.photo.as_deref().unwrap_or_default(), answer),
    };
    let find =
        library.photo.as_deref().filter(|_| library.recognising.is_none()).map(|title| {
            press(Some("find-board"), "button primary", words::find_board(title), desk.on(LibraryAction::Recognise))
        });
    html! {
        <section class="catalogue" id="recognise" aria-labelledby="recognise-title" aria-busy={is_looking.to_string()}>
            <header>
                <h2 id="recognise-title">{ words::WHICH_BOARD }</h2>
                if library.recognising.is_some() && !is_looking {
                    <button type="button" class="button quiet square" aria-label={words::WHICH_BOARD_FORGET} title={words::WHICH_BOARD_FORGET}
                        onclick={desk.on(LibraryAction::StopRecognising)}>{ Icon::Cancel.draw() }</button>
                }
            </header>
            <p class="soft">{ words::WHICH_BOARD_WHY }</p>
            if !is_looking {
                <div class="actions">{ for find }{ choose(desk, library.photo.is_some()) }</div>
            }
            { body }
        </section>
    }
}

fn choose(desk: &LibraryDesk, is_other: bool) -> Html {
    let text = if is_other { words::WHICH_BOARD_OTHER } else { words::WHICH_BOARD_CHOOSE };
    html! {
        <label class="button choose">
            <span>{ text }</span>
            <input id="board-photo" type="file" accept={words::ACCEPT} aria-label={text} onchange={desk.on_photo()} />
        </label>
    }
}

fn looking(desk: &LibraryDesk, done: f32) -> Html {
    html! {
        <div class="looking" role="status">
            <p>{ words::WHICH_BOARD_LOOKING }</p>
            <progress max="1" value={done.to_string()} aria-label={words::WHICH_BOARD_LOOKING} />
            { press(Some("stop-looking"), "button small", words::CANCEL_LOOKING.to_owned(), desk.on(LibraryAction::StopRecognising)) }
        </div>
    }
}

fn told(desk: &LibraryDesk, title: &str, answer: &Answer) -> Html {
    let Answer { identity, guesses, unasked } = answer;
    let name = guesses.first().and_then(|guess| guess.line.as_ref()).map_or(String::new(), BoardLine::name);
    let mark = match identity {
        Identity::Known => Icon::Check,
        Identity::Ambiguous(_) => Icon::Warning,
        Identity::Unknown => Icon::Info,
    };
    html! {
        <>
            <p id="identity" class="identity" role="status" data-identity={words::identity_name(*identity)}>
                { mark.draw() }<span>{ words::identity(*identity, title, &name) }</span>
            </p>
            <ol class="case-list guesses">{ for guesses.iter().filter(|guess| guess.is_told()).map(|guess| card(desk, guess)) }</ol>
            { for unasked.iter().map(|sentence| html! { <p class="faint">{ sentence.clone() }</p> }) }
        </>
    }
}

fn card(desk: &LibraryDesk, guess: &Guess) -> Html {
    let Guess { catalogue, line: Some(line), found } = guess else { return Html::default() };
    let edition = desk.state().catalogue(catalogue).and_then(KnownCatalogue::edition).unwrap_or_default();
    let open = LibraryAction::ShowBoard(catalogue.clone(), Box::new(line.clone()), Some(found.side));
    html! {
        <li key={format!("{catalogue} {}", line.id)} class="case-card" data-board={line.id.clone()}>
            <button type="button" class="open" onclick={desk.on(open)}>
                <Thumbnail desk={desk.clone()} file={line.thumbnail.as_ref().map(|file| edition.file(file))} />
                <span class="text">
                    <strong>{ line.name() }</strong>
                    <span class="soft">{ words::guess(found) }</span>
                    if found.mirrored { <span class="soft">{ words::MIRRORED }</span> }
                    <span class="faint">{ edition.named() }</span>
                </span>
            </button>
        </li>
    }
}
