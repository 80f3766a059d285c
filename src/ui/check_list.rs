//! The check list: the pictures as others will see them, labels that were found on them, and what is hidden.

use yew::prelude::*;

use super::crop::{CropView, Cut, Hands, surroundings};
use super::desk::Desk;
use super::icon::Icon;
use super::words;
use crate::app::cut::FoundLabel;
use crate::app::paper::ExhibitNote;
use crate::app::{Action, OfferId, Preview, ShareState};
use crate::geometry::{Rect, Reference};
use crate::report::Shows;
use crate::vision::{Alignment, Hiding};
use crate::web::Crop;

/// The way to the pictures, and once they are cut, what is to be looked at.
pub(super) fn check_list(desk: &Desk, share: &ShareState) -> Html {
    let body = match &share.preview {
        None => html! {
            <>
                <p class="soft">{ words::PREVIEW_WHY }</p>
                <button type="button" id="show-pictures" class="button" onclick={desk.on(Action::ShowPictures)}>
                    { Icon::Pictures.draw() }{ words::PREVIEW }
                </button>
            </>
        },
        Some(preview) if preview.files.is_empty() => html! { <p class="soft">{ words::PREVIEW_CUTTING }</p> },
        Some(preview) => seen(desk, share, preview),
    };
    let said = match &share.preview {
        None => String::new(),
        Some(Preview { job: Some(_), .. }) => words::PREVIEW_CUTTING.to_owned(),
        Some(preview) => words::previewed(preview.files.len(), preview.labels.len()),
    };
    html! {
        <section class="check-list" aria-labelledby="check-list-title">
            <h3 id="check-list-title" class="label">{ words::PREVIEW_TITLE }</h3>
            <p class="unseen" role="status">{ said }</p>
            { body }
        </section>
    }
}

fn seen(desk: &Desk, share: &ShareState, preview: &Preview) -> Html {
    let busy = preview.job.is_some();
    let figures = preview.exhibits.iter().zip(&preview.files).map(|(note, file)| figure(desk, note, *file));
    html! {
        <>
            <ul class="lines">
                <li>{ Icon::Info.draw() }<span>{ words::PREVIEW_WORDS }</span></li>
            </ul>
            <div class="preview-grid" aria-busy={busy.to_string()}>{ for figures }</div>
            if busy { <p class="soft">{ words::PREVIEW_CUTTING }</p> }
            { labels(desk, preview) }
            { hidden_list(desk, true) }
            <label class="tick">
                <input id="pictures-looked" type="checkbox" checked={share.looked} disabled={busy} onchange={desk.on(Action::SetLooked(!share.looked))} />
                <span>{ words::PREVIEW_LOOKED }</span>
            </label>
        </>
    }
}

/// One of the pictures; opened, it is as large as it is.
fn figure(desk: &Desk, note: &ExhibitNote, file: OfferId) -> Html {
    let (class, what) = match note.shows {
        Shows::Overview => (Some("is-whole"), words::OVERVIEW.to_owned()),
        Shows::PhotoCrop(id) => (None, words::of_finding(id.0, words::YOURS)),
        Shows::ReferenceCrop(id) => (None, words::of_finding(id.0, words::REFERENCE)),
        Shows::Photo | Shows::Reference(_) => return Html::default(),
    };
    let address = desk.shell().and_then(|shell| shell.address_of(file));
    html! {
        <details key={file.0} class={classes!("preview", class)}>
            <summary title={words::PREVIEW_LARGER}>
                <span class="frame">
                    <img src={address} alt={what.clone()} width={note.width.to_string()} height={note.height.to_string()} loading="lazy" />
                </span>
                <span class="faint">{ what }</span>
            </summary>
        </details>
    }
}

/// The labels that are still to be seen.
fn labels(desk: &Desk, preview: &Preview) -> Html {
    let state = desk.state();
    let hidden = state.case.as_ref().map(|case| case.document.hidden()).unwrap_or_default();
    let open: Vec<&FoundLabel> = preview.labels.iter().filter(|label| !label.is_hidden_by(hidden)).collect();
    if open.is_empty() {
        let said = if preview.labels.is_empty() { words::NO_LABELS } else { words::ALL_LABELS_HIDDEN };
        return html! { <p class="soft" id="labels-left">{ said }</p> };
    }
    let row = |(number, label): (usize, &&FoundLabel)| {
        let (area, kind) = (label.area, words::label_kind(label.kind));
        html! {
            <li data-label={number.to_string()}>
                { place(desk, area, kind) }
                <span>{ kind }</span>
                { for Hiding::ALL.map(|how| html! {
                    <button type="button" class="button small" aria-label={words::numbered(words::hide(how), kind, number + 1)}
                        onclick={desk.on(Action::HidePlace(area, how))}>{ words::hide(how) }</button>
                }) }
            </li>
        }
    };
    html! {
        <div>
            <p id="labels-left">{ words::labels_found(open.len()) }</p>
            <ul class="hidden-list">{ for open.iter().enumerate().map(row) }</ul>
            if open.len() > 1 {
                <button type="button" id="hide-labels" class="button" onclick={desk.on(Action::HideLabels)}>{ words::HIDE_ALL }</button>
            }
        </div>
    }
}

/// What is hidden in the open case, behind a line that opens it; nothing when nothing is.
pub(super) fn hidden_list(desk: &Desk, open: bool) -> Html {
    let state = desk.state();
    let hidden = state.case.as_ref().map(|case| case.document.hidden()).unwrap_or_default();
    if hidden.is_empty() {
        return Html::default();
    }
    let row = |(number, hidden): (usize, &crate::vision::Hidden)| {
        let other = if hidden.how == Hiding::Box { Hiding::Blur } else { Hiding::Box };
        let what = words::hidden(hidden.how);
        html! {
            <li data-hidden={number.to_string()}>
                { place(desk, hidden.area, what) }
                <span>{ what }</span>
                <button type="button" class="button small" aria-label={words::numbered(words::hide(other), what, number + 1)}
                    onclick={desk.on(Action::HideOtherwise(number, Some(other)))}>{ words::hide(other) }</button>
                <button type="button" class="button small quiet" aria-label={words::numbered(words::SHOW_AGAIN, what, number + 1)}
                    onclick={desk.on(Action::HideOtherwise(number, None))}>{ words::SHOW_AGAIN }</button>
            </li>
        }
    };
    html! {
        <details class="hidden-places" {open}>
            <summary>{ words::hidden_count(hidden.len()) }</summary>
            <ul class="hidden-list">{ for hidden.iter().enumerate().map(row) }</ul>
        </details>
    }
}

/// The person's own photo there, as it is.
pub(super) fn place(desk: &Desk, area: Rect<Reference>, what: &'static str) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let photo = case.photo.facts.sha256;
    let warp = case.document.alignment().and_then(Alignment::warp);
    let crop = warp.and_then(|warp| Crop::of_photo(photo, surroundings(&area), &warp));
    html! {
        <span class="crop">
            if let Some(crop) = crop { <CropView hands={Hands(desk.clone())} cut={Cut::Area(crop)} label={what} turn={state.loaded.contains(&photo)} /> }
        </span>
    }
}
