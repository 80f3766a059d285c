//! A catalogue in the library: whose it is, what changed, and the boards that fit the question.

use yew::prelude::*;

use super::desk::LibraryDesk;
use super::thumbnail::Thumbnail;
use super::{complaint, press};
use crate::app::library::{Contents, KnownCatalogue, LibraryAction, OpenCatalogue};
use crate::catalog::search::Found;
use crate::catalog::{BoardLine, Edition, host_of};
use crate::ui::icon::Icon;
use crate::ui::words;

/// The section of a catalogue.
pub(super) fn catalogue(desk: &LibraryDesk, known: &KnownCatalogue) -> Html {
    let address = &known.kept.address;
    let again =
        || press(None, "button try-again", words::TRY_AGAIN.to_owned(), desk.on(LibraryAction::OpenCatalogue(address.clone())));
    let body = match &known.contents {
        Contents::Closed => again(),
        Contents::Opening(_) | Contents::Checking(_) => {
            html! { <p class="empty-line" role="status">{ words::CATALOGUE_LOADING }</p> }
        }
        Contents::Failed(sentence) => html! { <>{ complaint(sentence) }{ again() }</> },
        Contents::Changed(open) => changed(desk, known, open),
        Contents::Open(open) => html! { <>{ facts(known, open) }{ boards(desk, known) }</> },
    };
    let title = match &known.contents {
        Contents::Open(open) => open.index.title.clone().unwrap_or_default(),
        _ => known.kept.title.clone(),
    };
    let host = host_of(&known.kept.address);
    html! {
        <section class="catalogue" data-catalogue={known.kept.address.clone()} key={address.clone()}>
            <header>
                <h2>{ if title.is_empty() { words::CATALOGUE_UNNAMED.to_owned() } else { title } }</h2>
                <span class="faint">{ host.clone().unwrap_or(words::BUILT_IN.to_owned()) }</span>
                if host.is_some() {
                    <button type="button" class="button quiet square" aria-label={words::remove_named(&known.kept.address)}
                        title={words::remove_named(&known.kept.address)} onclick={desk.on(LibraryAction::RemoveCatalogue(address.clone()))}>{ Icon::Remove.draw() }</button>
                }
            </header>
            { body }
        </section>
    }
}

/// Edition, size, signature, and what is new.
fn facts(known: &KnownCatalogue, open: &OpenCatalogue) -> Html {
    let (boards, references) = open.size();
    let mut said = vec![words::catalogue_size(boards, references, open.index.edition, open.index.date.as_deref())];
    if !known.is_built_in() {
        let signature = open.signature.as_ref().map(|(signature, fits)| (signature.key, *fits));
        said.push(words::catalogue_signature(signature));
    }
    said.extend(open.changes.as_ref().map(words::catalogue_changes));
    html! {
        <>
            <p class="soft">{ said.join(" ") }</p>
            if let Some(home) = &open.index.home {
                <p><a href={home.clone()} rel="noopener noreferrer" target="_blank">{ home.clone() }</a></p>
            }
        </>
    }
}

/// It is signed otherwise than before.
fn changed(desk: &LibraryDesk, known: &KnownCatalogue, open: &OpenCatalogue) -> Html {
    html! {
        <>
            { complaint(&words::key_changed(known.kept.key, open.signature.as_ref().map(|(signature, _)| signature.key))) }
            { press(Some("accept-change"), "button danger", words::ACCEPT_CHANGE.to_owned(), desk.on(LibraryAction::AcceptChange(known.kept.address.clone()))) }
        </>
    }
}

fn boards(desk: &LibraryDesk, known: &KnownCatalogue) -> Html {
    let (Some((question, found)), Some(edition)) = (&known.found, known.edition()) else {
        return html! { <p class="empty-line" role="status">{ words::SEARCHING }</p> };
    };
    let Found { boards, count, is_partial } = found;
    html! {
        <>
            <p class="faint found" role="status">{ words::boards_found(question, boards.len(), *count, *is_partial) }</p>
            <ul class="case-list">{ for boards.iter().map(|line| card(desk, known, line, &edition)) }</ul>
        </>
    }
}

fn card(desk: &LibraryDesk, known: &KnownCatalogue, line: &BoardLine, edition: &Edition) -> Html {
    let file = line.thumbnail.as_ref().map(|file| edition.file(file));
    html! {
        <li key={line.id.clone()} class="case-card" data-board={line.id.clone()}>
            <button type="button" class="open" onclick={desk.on(LibraryAction::ShowBoard(known.kept.address.clone(), Box::new(line.clone()), None))}>
                <Thumbnail desk={desk.clone()} {file} />
                <span class="text">
                    <strong>{ line.name() }</strong>
                    <span class="soft">{ line.also.join(", ") }</span>
                    <span class="faint">{ words::board_line(line) }</span>
                </span>
            </button>
        </li>
    }
}
