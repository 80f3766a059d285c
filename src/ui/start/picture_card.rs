//! One of the two pictures on the start screen: empty, on its way, or ready.

use yew::prelude::*;

use super::choose;
use crate::app::{Action, Annex, CatalogueState, Offer, PictureEntry, Slot, SlotState};
use crate::ui::crop::{CropView, Cut, Hands};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;

/// The card of a slot.
pub(super) fn picture_card(desk: &Desk, slot: Slot) -> Html {
    let state = desk.state();
    let contents = state.slot(slot);
    let body = match contents {
        SlotState::Empty if slot == Slot::KnownGood => {
            wanted_known_good(desk, &state.catalogue, matches!(state.slot(Slot::YourBoard), SlotState::Ready(_)))
        }
        SlotState::Empty => wanted_your_board(desk),
        SlotState::Inspecting(offer) => looking_at(offer),
        SlotState::Fetching(entry) => waiting(&words::fetching(&entry.title)),
        SlotState::Ready(entry) => picture(desk, entry, if slot == Slot::KnownGood { state.further.len() } else { 0 }),
    };
    let id = match slot {
        Slot::KnownGood => "known-good",
        Slot::YourBoard => "your-board",
    };
    html! {
        <section {id} class={classes!("picture-card", (*contents == SlotState::Empty).then_some("is-empty"))} aria-label={words::slot(slot)}>
            <header>
                <h2>{ words::slot(slot) }</h2>
                if *contents != SlotState::Empty {
                    <button type="button" class="button quiet square" aria-label={words::remove_picture(slot)}
                        title={words::remove_picture(slot)} onclick={desk.on(Action::RemovePicture(slot))}>{ Icon::Cancel.draw() }</button>
                }
            </header>
            { body }
        </section>
    }
}

fn picture(desk: &Desk, entry: &PictureEntry, further: usize) -> Html {
    html! {
        <>
            <div class="view">
                <CropView hands={Hands(desk.clone())} cut={Cut::Thumbnail(entry.facts)} label={entry.title.clone()} />
            </div>
            <div class="facts">
                <span class="name" title={entry.title.clone()}>{ entry.title.clone() }</span>
                <span class="faint">
                    { match &entry.drawing {
                        Some(drawing) => words::drawn_side(drawing.side, drawing.parts),
                        None => words::picture_size(entry.facts.width, entry.facts.height),
                    } }
                </span>
                if further > 0 { <span class="faint further">{ words::and_further(further) }</span> }
            </div>
        </>
    }
}

fn looking_at(offer: &Offer) -> Html {
    waiting(&words::looking_at(&offer.title, offer.bytes))
}

fn waiting(text: &str) -> Html {
    html! { <div class="waiting" role="status"><p>{ text.to_owned() }</p><progress aria-label={words::WORKING} /></div> }
}

fn wanted_your_board(desk: &Desk) -> Html {
    html! {
        <div class="body">
            <p class="soft">{ words::YOUR_BOARD_WANTED }</p>
            <div>{ choose(desk, "choose-photo", words::CHOOSE_PHOTO, "button choose") }</div>
        </div>
    }
}

/// With a photo of the board in question the library may find out which board it is.
fn wanted_known_good(desk: &Desk, catalogue: &CatalogueState, has_photo: bool) -> Html {
    let boards = match catalogue {
        CatalogueState::Loading => html! { <p class="faint" role="status">{ words::CATALOGUE_LOADING }</p> },
        CatalogueState::Failed(sentence) => html! { <p class="faint">{ sentence.clone() }</p> },
        CatalogueState::Ready(catalogue) => {
            let rows = catalogue.references.iter().map(|entry| {
                let sha256 = entry.facts.sha256;
                html! {
                    <li key={sha256.to_string()}>
                        <button type="button" data-reference={sha256.to_string()} onclick={desk.on(Action::ChooseReference(sha256))}>
                            { Icon::Board.draw() }
                            <span>{ entry.title.clone() }</span>
                        </button>
                    </li>
                }
            });
            html! { <ul class="board-list" aria-label={words::CATALOGUE}>{ for rows }</ul> }
        }
    };
    html! {
        <div class="body">
            <p class="soft">{ words::KNOWN_GOOD_WANTED }</p>
            <div>{ choose(desk, "choose-known-good", words::CHOOSE_KNOWN_GOOD, "button choose") }</div>
            <p class="soft">{ words::OR_CATALOGUE }</p>
            { boards }
            <div><button type="button" id="open-library" class="button" onclick={desk.on(Action::OpenAnnex(Annex::Library))}>
                { if has_photo { words::WHICH_BOARD } else { words::LIBRARY_OPEN } }
            </button></div>
        </div>
    }
}
