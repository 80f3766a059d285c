//! The places of the report that is answered: the sender's picture, the references and one's own photo side by side, and what is there.

use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::differences::show_chosen;
use super::finding_form::option;
use super::layers::add;
use super::note::Note;
use crate::app::{Action, Case, Purpose, State};
use crate::geometry::{Rect, Reference};
use crate::report::{Finding, Seen, SentCrop, Sighting, words as said};
use crate::ui::crop::{CropView, Cut, Hands, surroundings};
use crate::ui::desk::Desk;
use crate::ui::dialog::is_focus_lost;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};
use crate::vision::Alignment;
use crate::web::Crop;

#[derive(Properties, PartialEq)]
pub(super) struct PlacesProps {
    pub(super) desk: Desk,
}

/// The tab.
#[function_component]
pub(super) fn Places(props: &PlacesProps) -> Html {
    let desk = &props.desk;
    let list = use_node_ref();
    {
        let list = list.clone();
        let place = desk.state().view.place;
        let seen = desk.state().case.as_ref().and_then(|case| case.document.sighting(place?)).is_some();
        use_effect_with((place, seen), move |(chosen, _)| {
            if let (Some(_), Some(list)) = (chosen, list.cast::<Element>()) {
                show_chosen(&list);
                // The button that was pressed is gone with its row: the keyboard goes on in the new one.
                let row = list.query_selector("[aria-current=true]").ok().flatten();
                if is_focus_lost()
                    && let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok())
                {
                    _ = row.focus();
                }
            }
        });
    }
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let (seen, all) = (case.document.sightings().len(), case.asked().len());
    if all == 0 {
        return html! {
            <div class="blank scroll">{ Icon::Check.draw() }<h3>{ words::NO_PLACES }</h3><p>{ words::NO_PLACES_WHY }</p></div>
        };
    }
    html! {
        <>
            <div class="list-head">
                <div class="progress-words">
                    <span id="places-seen" role="status">{ words::progress(seen, all) }</span>
                    <progress max={all.to_string()} value={seen.to_string()} aria-labelledby="places-seen" />
                </div>
                <button type="button" id="previous-place" class="button quiet square" aria-label={words::PREVIOUS_PLACE} title={words::PREVIOUS_PLACE}
                    onclick={desk.on(Action::StepPlace(-1))}>{ Icon::Previous.draw() }</button>
                <button type="button" id="next-place" class="button quiet square" aria-label={words::NEXT_PLACE} title={words::NEXT_PLACE}
                    onclick={desk.on(Action::StepPlace(1))}>{ Icon::Next.draw() }</button>
            </div>
            <div class="scroll" ref={list}>
                if state.comparing().is_none() && !case.is_mapped() {
                    { not_laid(desk, &state, case) }
                }
                <ol>{ for case.asked().into_iter().map(|finding| row(desk, &state, case, finding)) }</ol>
                if seen > 0 { { share(desk, seen == all) } }
                <p class="list-foot">{ words::PLACES_END }</p>
            </div>
        </>
    }
}

fn row(desk: &Desk, state: &State, case: &Case, finding: &Finding) -> Html {
    let open = state.view.place == Some(finding.id);
    let sighting = case.document.sighting(finding.id);
    let onclick = desk.on(if open { Action::ChooseNothing } else { Action::VisitPlace(finding.id) });
    html! {
        <li key={finding.id.0} class={classes!("finding", open.then_some("is-chosen"))} data-place={finding.id.0.to_string()}>
            <button type="button" class="row" aria-expanded={open.to_string()} aria-current={open.to_string()} {onclick}>
                <span class="number-chip"><span class="unseen">{ words::PLACE }</span>{ finding.id.0 }</span>
                <span>
                    <span class="what">
                        { tone::finding_icon(finding.kind).draw() }{ said::finding_kind(finding.kind) }
                        if !finding.designator.is_empty() { <span class="designator">{ finding.designator.clone() }</span> }
                    </span>
                    if !open { <span class="note" dir="auto">{ finding.note.clone() }</span> }
                </span>
                { for sighting.map(|sighting| tone::seen_badge(sighting.seen)) }
            </button>
            if open { { place(desk, state, case, finding, sighting) } }
        </li>
    }
}

/// The place that is looked at: what the sender says, three pictures, and the answer.
fn place(desk: &Desk, state: &State, case: &Case, finding: &Finding, sighting: Option<&Sighting>) -> Html {
    let id = finding.id;
    let chosen = sighting.map(|sighting| sighting.seen);
    // Of a photo that lies nowhere nothing else may be said.
    let may_say = |seen: &Seen| case.is_mapped() || *seen == Seen::CantTell;
    let is_last = case.asked().last().is_some_and(|last| last.id == id);
    let answers = Seen::ALL.into_iter().filter(may_say).map(|seen| {
        let name = said::seen(seen);
        let title = format!("{name} ({})", words::seen_key(seen));
        let onchange = desk.on(Action::SayPlace(id, Some(seen)));
        option("seen", name, &title, "", Some(tone::seen_icon(seen)), chosen == Some(seen), onchange)
    });
    let keep = {
        let desk = desk.clone();
        Callback::from(move |note| desk.send(Action::NotePlace(id, note)))
    };
    html! {
        <>
            if !finding.note.is_empty() { <p class="quoted" dir="auto">{ finding.note.clone() }</p> }
            { pictures(desk, state, case, finding) }
            <div class="finding-form">
                <fieldset><legend class="label">{ words::SEEN_HERE }</legend><div class="kind-grid">{ for answers }</div></fieldset>
                if let Some(sighting) = sighting {
                    <Note id="place-note" hint={words::PLACE_NOTE_HINT} note={sighting.note.clone()} {keep} />
                }
                <div class="place-buttons">
                    if !is_last {
                        <button type="button" id="go-on" class="button" onclick={desk.on(Action::StepPlace(1))}>{ Icon::Next.draw() }{ words::NEXT_PLACE }</button>
                    }
                    if chosen.is_some() {
                        <button type="button" id="take-back" class="button quiet" onclick={desk.on(Action::SayPlace(id, None))}>{ words::TAKE_BACK }</button>
                    }
                </div>
            </div>
        </>
    }
}

/// The sender's picture, the reference and the person's own, over the same part of the board.
fn pictures(desk: &Desk, state: &State, case: &Case, finding: &Finding) -> Html {
    let Some(bounds) = finding.bounds() else { return Html::default() };
    let sent = case.question.as_ref().and_then(|question| question.crops.get(&finding.id));
    let area = sent.map_or_else(|| surroundings(&bounds), |sent| sent.area);
    let here = |sha256| state.loaded.contains(&sha256);
    let crop = |crop: Option<Crop>, caption: &'static str, missing: &'static str, turn: bool| {
        html! {
            <figure class="crop">
                if let Some(crop) = crop {
                    <CropView hands={Hands(desk.clone())} cut={Cut::Area(crop)} label={words::of_place(finding.id.0, caption)} {turn} />
                } else {
                    <span class="missing">{ missing }</span>
                }
                <figcaption>{ caption }</figcaption>
            </figure>
        }
    };
    let whole = |sent: &SentCrop| {
        let (width, height) = (sent.picture.width, sent.picture.height);
        let all: Rect<Reference> = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        Crop::of_reference(sent.picture.sha256, all).of_size(width, height)
    };
    let senders = sent.filter(|sent| here(sent.picture.sha256)).map(whole);
    let no_senders = if sent.is_some() { words::SENDERS_LOST } else { words::SENDERS_MISSING };
    let photo = case.photo.facts.sha256;
    let warp = case.document.alignment().and_then(Alignment::warp);
    let missing = if state.comparing().is_some() { words::YOURS_COMING } else { words::YOURS_MISSING };
    let yours = warp.and_then(|warp| Crop::of_photo(photo, area, &warp));
    let reference = case.document.references().first().map(|reference| reference.facts.sha256);
    html! {
        <div class="evidence three">
            { crop(senders, words::SENDERS, no_senders, true) }
            { crop(reference.map(|sha256| Crop::of_reference(sha256, area)), words::REFERENCE, "", reference.is_some_and(here)) }
            { crop(yours, words::YOURS, missing, here(photo)) }
        </div>
    }
}

/// The photo lies nowhere: what that means for an answer, and what to do.
fn not_laid(desk: &Desk, state: &State, case: &Case) -> Html {
    html! {
        <section class="sub" id="not-laid">
            <p>{ words::NOT_LAID }</p>
            <div class="choices">
                if case.document.comparison().is_none() && state.has_all_compared() {
                    <button type="button" id="compare-places" class="button primary" onclick={desk.on(Action::CompareAgain)}>{ words::COMPARE_NOW }</button>
                }
                { add(desk, "another-photo", words::REPLACE_PHOTO, Purpose::Photo) }
            </div>
        </section>
    }
}

/// What to do with the answer.
fn share(desk: &Desk, whole: bool) -> Html {
    html! {
        <div class="list-more answer-done">
            <p role="status">{ if whole { words::ALL_PLACES_SEEN } else { words::SOME_PLACES_SEEN } }</p>
            <button type="button" id="share-answer" class={classes!("button", whole.then_some("primary"))} onclick={desk.on(Action::Share)}>
                { Icon::Share.draw() }{ words::SHARE_ANSWER }
            </button>
        </div>
    }
}
