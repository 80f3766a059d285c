//! The start screen: pictures in, the sample, the cases that are kept.

mod cases;
mod picture_card;

use yew::prelude::*;

use self::cases::Cases;
use self::picture_card::picture_card;
use super::corner::Corner;
use super::desk::Desk;
use super::icon::Icon;
use super::words;
use crate::app::{Action, Annex, Slot, SlotState};

#[derive(Properties, PartialEq)]
pub(super) struct StartProps {
    pub(super) desk: Desk,
    pub(super) corner: Corner,
}

/// The whole screen. `index.html` holds a still copy of its upper half for the time before the programme is here.
#[function_component]
pub(super) fn Start(props: &StartProps) -> Html {
    let desk = &props.desk;
    let state = desk.state();
    let empty = state.slots.iter().all(|slot| *slot == SlotState::Empty);
    let both = state.slots.iter().all(|slot| matches!(slot, SlotState::Ready(_))) && !state.is_looking_at_further();
    html! {
        <div class="start">
            <header class="masthead">
                <span class="wordmark">{ Icon::Board.draw() }{ words::NAME }</span>
                <button type="button" id="library" class="button quiet" onclick={desk.on(Action::OpenAnnex(Annex::Library))}>{ words::LIBRARY }</button>
                { props.corner.draw() }
            </header>
            <main class="hero">
                <h1>{ words::HEADING }</h1>
                <p class="lede">{ words::LEDE }</p>
                if empty {
                    { drop_target(desk, words::DROP, words::DROP_FORMATS, Some(try_sample(desk, state.opening_sample))) }
                } else {
                    <div class="pair">
                        { picture_card(desk, Slot::KnownGood) }
                        <button type="button" id="swap" class="button quiet square swap" aria-label={words::SWAP} title={words::SWAP}
                            onclick={desk.on(Action::SwapPictures)}>{ Icon::Swap.draw() }</button>
                        { picture_card(desk, Slot::YourBoard) }
                    </div>
                    <div class="actions">
                        <button type="button" id="compare" class="button primary large" disabled={!both} onclick={desk.on(Action::Compare)}>
                            { words::COMPARE }
                        </button>
                        <span class="soft">{ if both { words::COMPARE_READY } else { words::COMPARE_NEEDS_TWO } }</span>
                    </div>
                }
                { privacy(state.offline.ready) }
            </main>
            <Cases desk={desk.clone()} />
        </div>
    }
}

/// The large place to drop pictures, with the other ways to give them; `sample` is the sample board's button.
pub(super) fn drop_target(desk: &Desk, title: &'static str, small: &'static str, sample: Option<Html>) -> Html {
    html! {
        <section class="drop" aria-labelledby="drop-title">
            { Icon::Pictures.draw() }
            <h2 id="drop-title">{ title }</h2>
            <div class="choices">
                { choose(desk, "choose-pictures", words::CHOOSE, "button primary large choose") }
                { camera(desk) }
                { for sample }
            </div>
            <p class="small">{ small }</p>
        </section>
    }
}

/// The button that opens the sample board, or says that it is on its way.
fn try_sample(desk: &Desk, opening: bool) -> Html {
    html! {
        <button type="button" id="try-sample" class="button large" disabled={opening} onclick={desk.on(Action::OpenSample)}>
            { if opening { words::OPENING_SAMPLE } else { words::TRY_SAMPLE } }
        </button>
    }
}

/// A button that opens the file chooser.
pub(super) fn choose(desk: &Desk, id: &'static str, text: &'static str, class: &'static str) -> Html {
    html! {
        <label class={class}>
            <span>{ text }</span>
            <input {id} type="file" multiple={true} accept={words::ACCEPT} aria-label={text} onchange={offer(desk)} />
        </label>
    }
}

/// A button that opens the camera, where fingers are the pointer.
fn camera(desk: &Desk) -> Html {
    html! {
        <label class="button large choose camera">
            <span>{ words::CAMERA }</span>
            <input id="take-photo" type="file" accept="image/*" capture="environment" aria-label={words::CAMERA} onchange={offer(desk)} />
        </label>
    }
}

fn offer(desk: &Desk) -> Callback<Event> {
    desk.on_files(|shell, input| shell.offer_input(input, None))
}

/// The calm line, and why it is true.
fn privacy(ready_offline: bool) -> Html {
    html! {
        <>
        <details class="privacy">
            <summary>{ Icon::Lock.draw() }<span>{ words::PRIVACY }</span><span class="why">{ words::PRIVACY_WHY }</span></summary>
            <p>{ words::PRIVACY_BECAUSE }</p>
        </details>
        if ready_offline {
            <p id="ready-offline" class="small ready" role="status">{ Icon::Check.draw() }{ words::READY_OFFLINE }</p>
        }
        </>
    }
}
