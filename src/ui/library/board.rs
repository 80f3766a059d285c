//! The page of a board: what it is, and its references with who took them and how they may be used.

use yew::prelude::*;

use super::desk::LibraryDesk;
use super::thumbnail::Thumbnail;
use super::{complaint, press};
use crate::app::library::{BoardPage, BoardState, FromManifest, KnownCatalogue, LibraryAction};
use crate::catalog::{BoardEntry, Edition, ReferenceEntry, Side};
use crate::ui::words;

/// The page.
pub(super) fn board_page(desk: &LibraryDesk, page: &BoardPage) -> Html {
    let edition = desk.state().catalogue(&page.catalogue).and_then(KnownCatalogue::edition).unwrap_or_default();
    let body = match &page.board {
        BoardState::Coming(_) => html! { <p class="empty-line" role="status">{ words::BOARD_LOADING }</p> },
        BoardState::Failed(sentence) => {
            let again = desk.on(LibraryAction::ShowBoard(page.catalogue.clone(), Box::new(page.line.clone()), page.side));
            html! { <>{ complaint(sentence) }{ press(None, "button try-again", words::TRY_AGAIN.to_owned(), again) }</> }
        }
        BoardState::Here(board) => references(desk, page, board, &edition),
    };
    html! {
        <article class="board-page" data-board={page.line.id.clone()}>
            <h1>{ page.line.name() }</h1>
            <p class="faint">{ edition.named() }</p>
            { body }
        </article>
    }
}

fn references(desk: &LibraryDesk, page: &BoardPage, board: &BoardEntry, edition: &Edition) -> Html {
    let units = words::chosen_references(&page.chosen, board);
    let links = board.links.iter().map(|link| {
        html! { <li><a href={link.url.clone()} rel="noopener noreferrer" target="_blank">{ link.title.clone() }</a></li> }
    });
    html! {
        <>
            <p class="soft">{ words::board_facts(board) }</p>
            if !board.links.is_empty() { <ul class="links">{ for links }</ul> }
            <div class="actions use">
                <button type="button" id="use-references" class="button primary large" disabled={page.chosen.is_empty() || page.manifest.as_ref().is_some_and(FromManifest::is_pinning)}
                    onclick={desk.on(LibraryAction::UseReferences)}>{ words::USE_REFERENCES }</button>
                <span class="soft" role="status">{ units }</span>
            </div>
            { for page.manifest.iter().map(about_manifest) }
            { for [Side::Top, Side::Bottom].into_iter().map(|side| of_side(desk, page, board, side, edition)) }
        </>
    }
}

/// What is special about a board that a manifest describes.
fn about_manifest(manifest: &FromManifest) -> Html {
    html! {
        <>
            if manifest.is_pinning() { <p class="empty-line" role="status">{ words::PINNING }</p> }
            { for manifest.failed.iter().map(|sentence| complaint(sentence)) }
            if !manifest.unpinned.is_empty() { <p class="soft">{ words::UNPINNED }</p> }
            if let Some((count, why)) = manifest.left_out { <p class="soft">{ words::left_out(count, why) }</p> }
        </>
    }
}

fn of_side(desk: &LibraryDesk, page: &BoardPage, board: &BoardEntry, side: Side, edition: &Edition) -> Html {
    let mut shown = board.references.iter().filter(|reference| reference.side == side).peekable();
    if shown.peek().is_none() {
        return Html::default();
    }
    html! {
        <section>
            <h2>{ words::side(side) }</h2>
            <ul class="case-list">{ for shown.map(|reference| card(desk, page, board, reference, edition)) }</ul>
        </section>
    }
}

fn card(desk: &LibraryDesk, page: &BoardPage, board: &BoardEntry, reference: &ReferenceEntry, edition: &Edition) -> Html {
    let sha256 = reference.sha256;
    let checked = page.chosen.contains(&sha256);
    let is_unpinned = page.manifest.as_ref().is_some_and(|manifest| manifest.unpinned.contains(&sha256));
    let variant = reference.variant.as_ref().and_then(|id| board.variants.iter().find(|variant| variant.id == *id));
    html! {
        <li key={sha256.to_string()} class={classes!("case-card", "reference", checked.then_some("is-chosen"))}>
            <label class="open">
                <Thumbnail desk={desk.clone()} file={reference.thumbnail.as_ref().map(|file| edition.file(file))} />
                <span class="text">
                    <strong>
                        <input type="checkbox" data-reference={sha256.to_string()} {checked} onchange={desk.on(LibraryAction::ToggleReference(sha256))} />
                        { reference.title.clone() }
                    </strong>
                    <span class="soft">{ words::reference_facts(reference) }</span>
                    if let Some(variant) = variant { <span class="soft">{ variant.about.clone() }</span> }
                    <span class="soft credits">{ words::reference_credits(reference) }</span>
                    if !is_unpinned { <span class="faint" title={sha256.to_string()}>{ words::need_hash(&sha256.short()) }</span> }
                </span>
            </label>
        </li>
    }
}
