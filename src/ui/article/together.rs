//! What several reports about one board say together: a table, and a map over the reference.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::paper::Opened;
use crate::app::{Action, OpenedReport, Purpose, State};
use crate::geometry::{Rect, Reference};
use crate::report::{Said, Shows, Tallied, Tally, fingerprint, words as said};
use crate::ui::crop::{CropView, Cut, Hands};
use crate::ui::desk::Desk;
use crate::ui::dialog::focus;
use crate::ui::{tone, words};
use crate::vision::Sha256;
use crate::web::Crop;

/// Rows of the table, and spots on the map: nobody reads more.
const MOST_ROWS: usize = 300;

#[derive(Properties, PartialEq)]
pub(super) struct TogetherProps {
    pub(super) desk: Desk,
}

/// The way to more reports, and what they say together once there are any.
#[function_component]
pub(super) fn Together(props: &TogetherProps) -> Html {
    let desk = &props.desk;
    let state = desk.state();
    let reports = state.opened.as_ref().map(all).unwrap_or_default();
    let digests: Vec<Sha256> = reports.iter().map(|opened| opened.digest).collect();
    let tally = {
        let desk = desk.clone();
        use_memo(digests, move |_| {
            let state = desk.state();
            let reports = state.opened.as_ref().map(all).unwrap_or_default();
            Tally::of(&reports.into_iter().map(said_by).collect::<Vec<_>>())
        })
    };
    html! {
        <section class={classes!("together", (reports.len() == 1).then_some("is-alone"))} aria-labelledby="together-title">
            <h2 id="together-title" tabindex="-1">{ words::TOGETHER }</h2>
            if reports.len() > 1 {
                <p id="together-sum">{ said::together(&tally, reports.len()) }</p>
                { map(desk, &state, &reports, &tally) }
                { table(&reports, &tally) }
                <p class="soft">{ said::COUNTED }</p>
                <ol class="added">{ for reports.iter().enumerate().map(|(place, opened)| listed(desk, place, opened)) }</ol>
            } else {
                <p class="soft">{ words::TOGETHER_WHY }</p>
            }
            { more(desk, state.opened.as_ref().is_some_and(|opened| opened.adding.is_some())) }
        </section>
    }
}

/// The report in the middle, then those that were added.
fn all(opened: &OpenedReport) -> Vec<&Opened> {
    let middle = opened.report.as_ref().and_then(|report| report.as_deref().ok());
    middle.into_iter().chain(opened.added.iter().map(|added| &*added.report)).collect()
}

fn said_by(opened: &Opened) -> Said<'_> {
    let fitting = opened.signature.as_ref().filter(|_| opened.fits == Some(true));
    Said {
        report: &opened.report,
        digest: opened.digest,
        signer: fitting.map(|signature| (signature.name.as_str(), signature.key)),
    }
}

/// One of the reports; the first is the one that is read.
fn listed(desk: &Desk, place: usize, opened: &Opened) -> Html {
    let report = &opened.report;
    let who = said::byline(&report.contributor, &report.unit);
    // The keyboard goes on where the page has changed.
    let then = |action: Action, id: &'static str| {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| {
            desk.send(action.clone());
            focus_later(id);
        })
    };
    let sort = if report.answer.is_some() { said::CONFIRMATION } else { said::REPORT };
    html! {
        <li key={opened.digest.to_string()}>
            <span>
                <b>{ format!("{sort} {}", fingerprint(opened.digest)) }</b>
                if !who.is_empty() { { " " }<span dir="auto">{ who }</span> }
            </span>
            if let Some(added) = place.checked_sub(1) {
                <button type="button" class="button small" onclick={then(Action::ShowAdded(added), "report-title")}>{ words::READ_THIS }</button>
                <button type="button" class="button small quiet" onclick={then(Action::PutAside(added), "together-title")}>{ words::PUT_ASIDE }</button>
            } else {
                <span class="soft">{ words::READ_ABOVE }</span>
            }
        </li>
    }
}

/// Brings the keyboard there once the page is drawn anew: the button that was pressed is gone by then.
fn focus_later(id: &'static str) {
    Timeout::new(50, move || {
        focus(id);
    })
    .forget();
}

/// Files and links.
fn more(desk: &Desk, adding: bool) -> Html {
    let files = desk.on_files(|shell, input| shell.offer_input(input, Some(Purpose::Report)));
    let sender = desk.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>().filter(|input| !input.value().is_empty()) {
            sender.send(Action::AddReport(input.value()));
            input.set_value("");
        }
    });
    html! {
        <div class="add-reports">
            <label class="button choose">
                <span>{ words::ADD_FILES }</span>
                <input id="add-reports" type="file" multiple={true} accept=".html,.boardwatch,.png,.json" aria-label={words::ADD_FILES} onchange={files} />
            </label>
            <label class="label" for="add-link">
                { words::ADD_LINK }<input id="add-link" class="field" type="text" autocomplete="off" spellcheck="false" placeholder="https://…#r3.…" {onchange} />
            </label>
            // A press beside the field takes what is in it: this is where to press.
            <button type="button" id="add" class="button">{ words::ADD }</button>
            <p class="soft" role="status">{ if adding { words::ADDING } else { "" } }</p>
        </div>
    }
}

fn table(reports: &[&Opened], tally: &Tally) -> Html {
    let row = |(number, place): (usize, &Tallied)| {
        let names = place.names.iter().filter_map(|(report, id)| Some((reports.get(*report)?, id)));
        let names: Vec<String> = names.map(|(opened, id)| format!("{} {}", short(opened.digest), id.0)).collect();
        html! {
            <tr data-tallied={number.to_string()}>
                <th scope="row"><span class="number-chip">{ number }</span></th>
                <td>
                    <span dir="auto">{ tone::finding_icon(place.finding.kind).draw() }{ said::finding_head(&place.finding) }</span>
                    if !place.finding.note.is_empty() { <span class="soft" dir="auto">{ place.finding.note.clone() }</span> }
                    <span class="faint">{ names.join(", ") }</span>
                </td>
                <td>
                    <b>{ said::seen_on(place) }</b>
                    if let Some(share) = place.share() {
                        <meter min="0" max="1" value={share.to_string()} aria-label={words::SHARE_OF_UNITS} />
                    }
                </td>
                <td>{ place.unclear }</td>
                <td>{ place.contributors }</td>
            </tr>
        }
    };
    html! {
        <div class="wide" tabindex="0" role="region" aria-label={words::TALLY_LABEL}>
            <table class="size-table tally">
                <thead><tr>{ for words::TALLY_COLUMNS.map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
                <tbody>{ for (1..).zip(&tally.places).take(MOST_ROWS).map(row) }</tbody>
            </table>
            if tally.places.len() > MOST_ROWS { <p class="soft">{ words::MORE_PLACES }</p> }
        </div>
    }
}

fn short(digest: Sha256) -> String {
    fingerprint(digest).split(' ').next().unwrap_or_default().to_owned()
}

/// The places over the reference: the surer, the redder; the more units were looked at, the stronger.
fn map(desk: &Desk, state: &State, reports: &[&Opened], tally: &Tally) -> Html {
    let Some(first) = reports.first().and_then(|opened| opened.report.references.first()) else { return Html::default() };
    let (width, height) = (first.picture.width, first.picture.height);
    let area: Rect<Reference> = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let most = tally.places.iter().map(Tallied::units).max().unwrap_or(1).max(1);
    // A number is as high as a line of text where the map is as wide as the page.
    let unit = area.w.max(area.h) / 90.0;
    let spot = |(number, place): (usize, &Tallied)| {
        let middle = place.area.centre();
        let [rx, ry] = [place.area.w, place.area.h].map(|side| (side / 2.0).max(unit * 0.8) + unit);
        let strength = 0.35 + 0.45 * place.units() as f64 / most as f64;
        html! {
            <g data-spot={number.to_string()}>
                <ellipse class="heat" fill={place.share().map_or_else(|| UNTOLD.to_owned(), colour)} opacity={format!("{strength:.2}")}
                    cx={middle.x.to_string()} cy={middle.y.to_string()} rx={rx.to_string()} ry={ry.to_string()} />
                <text x={middle.x.to_string()} y={(middle.y + unit * 0.8).to_string()} font-size={(unit * 2.2).to_string()}
                    stroke-width={(unit / 2.0).to_string()}>{ number }</text>
            </g>
        }
    };
    html! {
        <figure class="tally-map">
            <div class="pinned">
                { ground(desk, state, first.picture.sha256, area) }
                <svg viewBox={format!("0 0 {width} {height}")} width={width.to_string()} height={height.to_string()} role="img" aria-label={words::MAP_LABEL}>
                    { for (1..).zip(&tally.places).take(MOST_ROWS).map(spot) }
                </svg>
            </div>
            <figcaption>
                { words::MAP_CAPTION }
                <span class="heat-scale" aria-hidden="true"><i>{ words::MAP_NONE }</i><b></b><i>{ words::MAP_ALL }</i></span>
            </figcaption>
        </figure>
    }
}

/// Of a place of which nobody could tell.
const UNTOLD: &str = "rgb(120 126 136)";

/// From blue, seen on none, to red, seen on all; the scale beside the map is drawn from the same two.
fn colour(share: f64) -> String {
    let mix = |none: f64, all: f64| none + share * (all - none);
    format!("rgb({:.0} {:.0} {:.0})", mix(58.0, 222.0), mix(108.0, 52.0), mix(214.0, 40.0))
}

/// What lies under the map: the reference, or else a sender's photo as it lies on it.
fn ground(desk: &Desk, state: &State, reference: Sha256, area: Rect<Reference>) -> Html {
    if state.loaded.contains(&reference) {
        let crop = Crop::of_reference(reference, area).of_size(area.w as u32, area.h as u32);
        return html! { <CropView hands={Hands(desk.clone())} cut={Cut::Area(crop)} label={words::REFERENCE} turn={true} /> };
    }
    let overview = |opened: &Opened, files: &[crate::app::OfferId]| {
        let place = opened.exhibits.iter().position(|note| note.shows == Shows::Overview)?;
        files.get(place).copied()
    };
    let opened = state.opened.as_ref();
    let middle = opened.and_then(|opened| overview(state.opened()?, &opened.pictures));
    let others = opened.into_iter().flat_map(|opened| &opened.added).find_map(|added| overview(&added.report, &added.pictures));
    let address = middle.or(others).and_then(|file| desk.shell()?.address_of(file));
    html! { if let Some(address) = address { <img src={Rc::<str>::from(address)} alt={words::overview(said::SENDERS_PHOTO)} /> } }
}
