//! *Check my board*: a reader's own photo beside the report.

use yew::prelude::*;

use crate::app::{CatalogueState, Slot, SlotState, State};
use crate::report::ReferenceNote;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::start::drop_target;
use crate::ui::words;

/// The place to drop, and once a photo is there, what is still needed.
pub(super) fn check(desk: &Desk) -> Html {
    let state = desk.state();
    let Some(report) = state.report() else { return Html::default() };
    let waiting = state.slots.iter().any(|slot| *slot != SlotState::Empty);
    html! {
        <section class="check" aria-labelledby="check-title">
            <h2 id="check-title">{ words::CHECK }</h2>
            <p class="soft">{ words::CHECK_WHY }</p>
            { drop_target(desk, words::CHECK_DROP, words::CHECK_FORMATS, None) }
            if waiting {
                <div class="two" role="status">
                    { photo(&state) }
                    { for report.references.first().map(|reference| wanted(&state, reference)) }
                </div>
            }
        </section>
    }
}

fn photo(state: &State) -> Html {
    let (title, text) = described(state.slot(Slot::YourBoard), words::NEED_PHOTO_WHY);
    need("need-photo", words::NEED_PHOTO, title, html! { <p class="soft">{ text }</p> })
}

fn wanted(state: &State, reference: &ReferenceNote) -> Html {
    let slot = state.slot(Slot::KnownGood);
    let in_catalogue =
        matches!(&state.catalogue, CatalogueState::Ready(catalogue) if catalogue.picture(reference.picture.sha256).is_some());
    let (here, text) = described(slot, if in_catalogue { words::NEED_FROM_CATALOGUE } else { words::NEED_FILE });
    let body = html! {
        <>
            <p><strong>{ reference.title.clone() }</strong></p>
            <p class="soft">{ text }</p>
            if !here && !in_catalogue {
                <p class="code">{ reference.picture.sha256.to_string() }</p>
                <p class="soft">{ words::picture_size(reference.picture.width, reference.picture.height) }</p>
            }
        </>
    };
    need("need-reference", words::NEED_REFERENCE, here, body)
}

/// Whether the slot is full, and what to say of it.
fn described(slot: &SlotState, wanted: &str) -> (bool, String) {
    match slot {
        SlotState::Empty => (false, wanted.to_owned()),
        SlotState::Inspecting(offer) => (false, words::looking_at(&offer.title, offer.bytes)),
        SlotState::Fetching(entry) => (false, words::fetching(&entry.title)),
        SlotState::Ready(entry) => (true, format!("{}: {}", words::NEED_HERE, entry.title)),
    }
}

fn need(id: &'static str, title: &'static str, here: bool, body: Html) -> Html {
    html! {
        <div {id} class={classes!("need", (!here).then_some("is-open"))}>
            <h3>{ if here { Icon::Check } else { Icon::Pictures }.draw() }{ title }</h3>
            { body }
        </div>
    }
}
