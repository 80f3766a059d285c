//! What the report says.

use yew::prelude::*;

use crate::app::OfferId;
use crate::app::paper::Opened;
use crate::geometry::{Rect, Reference};
use crate::report::plan::{self, Pin};
use crate::report::{Article, FindingId, Place, Report, Seen, Shows, Source, fingerprint, words as said};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};

/// The pictures that came with it.
struct Exhibits<'a> {
    desk: &'a Desk,
    opened: &'a Opened,
    files: &'a [OfferId],
}

/// Title, verdict, figures, findings, limits, method and hashes.
pub(super) fn statement(desk: &Desk, opened: &Opened, files: &[OfferId]) -> Html {
    let article = Article::of(&opened.report);
    let exhibits = Exhibits { desk, opened, files };
    html! {
        <>
            { opening(&article, opened) }
            { exhibits.figure(Shows::Overview, &words::overview(article.photo), None) }
            { for article.answer.as_ref().map(answer) }
            <section aria-labelledby="report-findings">
                <h2 id="report-findings">{ article.findings_title() }</h2>
                if article.findings.is_empty() {
                    <p class="soft">{ said::NO_FINDINGS }</p>
                } else {
                    <ol class="report-findings">{ for article.findings.iter().map(|place| finding(place, &exhibits, article.photo)) }</ol>
                }
            </section>
            { lines(words::REPORT_UNSEEN, &article.unseen) }
            { lines(words::REPORT_METHOD, &article.method) }
            <section>
                <h2>{ words::REPORT_PICTURES }</h2>
                <dl class="hash-list">{ for article.pictures.iter().map(picture) }</dl>
            </section>
            { proof(opened) }
        </>
    }
}

fn opening(article: &Article, opened: &Opened) -> Html {
    let figures = article.figures.iter().map(|(number, what)| html! { <div><dt>{ *what }</dt><dd>{ number.clone() }</dd></div> });
    html! {
        <header class="opening">
            <p class="eyebrow" id="fingerprint">{ format!("{} {}", article.sort, fingerprint(opened.digest)) }</p>
            <h1 id="report-title" tabindex="-1" dir="auto">{ article.title.clone() }</h1>
            if !article.byline.is_empty() { <p class="soft" dir="auto">{ article.byline.clone() }</p> }
            <div class={classes!("verdict-line", tone::verdict_class(article.verdict))}>
                { tone::verdict_icon(article.verdict).draw() }
                <div>
                    <p id="headline" data-verdict={said::verdict(article.verdict)}>{ article.headline.clone() }</p>
                    if let Some(advice) = article.advice { <p class="soft">{ advice }</p> }
                </div>
            </div>
            <dl class="figures">{ for figures }</dl>
        </header>
    }
}

fn answer(answer: &crate::report::Answered) -> Html {
    let place = |(number, seen, note): &(u32, Seen, String)| {
        html! { <tr><td>{ number }</td><td>{ said::seen(*seen) }</td><td dir="auto">{ note.clone() }</td></tr> }
    };
    html! {
        <section>
            <h2>{ words::REPORT_ANSWER }</h2>
            <p>{ answer.sum.clone() }</p>
            <p class="code">{ format!("{} · SHA-256 {}", fingerprint(answer.report), answer.report) }</p>
            <table class="size-table">
                <thead><tr>{ for words::ANSWER_COLUMNS.map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
                <tbody>{ for answer.places.iter().map(place) }</tbody>
            </table>
        </section>
    }
}

fn finding(place: &Place, exhibits: &Exhibits<'_>, shown: &'static str) -> Html {
    let id = FindingId(place.number);
    let crops = [(Shows::PhotoCrop(id), shown), (Shows::ReferenceCrop(id), words::REFERENCE)];
    html! {
        <li key={place.number} data-finding={place.number.to_string()}>
            <span class="number-chip"><span class="unseen">{ words::FINDING }</span>{ place.number }</span>
            <div class="body">
                <div class="head">
                    <strong dir="auto">{ tone::finding_icon(place.kind).draw() }{ place.head.clone() }</strong>
                    if let Some((seen, _)) = &place.seen {
                        { tone::seen_badge(*seen) }
                    } else {
                        { tone::judgement_badge(place.judgement) }
                        <span class="soft">{ place.severity.clone() }</span>
                    }
                </div>
                if let Some((_, note)) = &place.seen {
                    if !note.is_empty() { <p class="said" dir="auto">{ note.clone() }</p> }
                    <p class="soft">{ said::other_says(place.judgement) }</p>
                }
                if !place.note.is_empty() { <p class={if place.seen.is_some() { "quoted" } else { "said" }} dir="auto">{ place.note.clone() }</p> }
                if !place.tags.is_empty() { <p class="soft" dir="auto">{ place.tags.clone() }</p> }
                <div class="crop-pair">{ for crops.into_iter().map(|(shows, what)| exhibits.figure(shows, what, Some(place.number))) }</div>
                <p class="where">{ place.origin.clone() }</p>
            </div>
        </li>
    }
}

impl Exhibits<'_> {
    /// The exhibit that shows this, where it came along.
    fn figure(&self, shows: Shows, what: &str, finding: Option<u32>) -> Html {
        let notes = &self.opened.exhibits;
        let place = notes.iter().position(|note| note.shows == shows);
        let found = place.and_then(|place| Some((notes.get(place)?, *self.files.get(place)?)));
        let Some((note, file)) = found else { return Html::default() };
        let alt = finding.map_or(what.to_owned(), |number| words::of_finding(number, what));
        let address = self.desk.shell().and_then(|shell| shell.address_of(file));
        html! {
            <figure class="exhibit">
                <div class="pinned">
                    <img src={address} {alt} width={note.width.to_string()} height={note.height.to_string()} loading="lazy" />
                    if shows == Shows::Overview { { pins(&self.opened.report, note.area) } }
                </div>
                <figcaption>{ what.to_owned() }</figcaption>
            </figure>
        }
    }
}

/// The findings over the picture of the whole board, numbered.
fn pins(report: &Report, area: Rect<Reference>) -> Html {
    let pin = |pin: Pin| {
        let Pin { number, area, at, text, widths: [edge, line, outline] } = pin;
        let [x, y, w, h] = [area.x, area.y, area.w, area.h].map(|v| v.to_string());
        html! {
            <g>
                <rect class="edge" x={x.clone()} y={y.clone()} width={w.clone()} height={h.clone()} stroke-width={edge.to_string()} />
                <rect class="line" {x} {y} width={w} height={h} stroke-width={line.to_string()} />
                <text x={at.x.to_string()} y={at.y.to_string()} font-size={text.to_string()} stroke-width={outline.to_string()}>{ number }</text>
            </g>
        }
    };
    html! {
        <svg viewBox={format!("{} {} {} {}", area.x, area.y, area.w, area.h)} aria-hidden="true">
            { for plan::pins(report, area).into_iter().map(pin) }
        </svg>
    }
}

fn lines(title: &'static str, lines: &[String]) -> Html {
    let line = |line: &String| html! { <li>{ line.clone() }</li> };
    html! { <section><h2>{ title }</h2><ul class="plain-list">{ for lines.iter().map(line) }</ul></section> }
}

fn picture(source: &Source) -> Html {
    let Source { name, size, credits, sha256 } = source;
    html! {
        <div>
            <dt dir="auto">{ name.clone() }</dt>
            <dd>{ size.clone() }</dd>
            if !credits.is_empty() { <dd dir="auto">{ credits.clone() }</dd> }
            <dd class="code">{ words::need_hash(&sha256.to_string()) }</dd>
        </div>
    }
}

fn proof(opened: &Opened) -> Html {
    let Some(signature) = &opened.signature else {
        return html! { <p class="unsigned" id="unsigned">{ Icon::Info.draw() }<span>{ said::UNSIGNED }</span></p> };
    };
    let covers = opened.exhibits.is_empty() || signature.evidence == Some(opened.evidence);
    let stripped = opened.exhibits.is_empty() && signature.evidence.is_some();
    let (class, icon, line) = match (opened.fits, covers) {
        (Some(true), true) if stripped => ("doubt", Icon::Warning, words::PICTURES_MISSING),
        (Some(true), true) => ("good", Icon::Check, words::SIGNATURE_FITS),
        (Some(true), false) => ("doubt", Icon::Warning, words::PICTURES_NOT_SIGNED),
        (Some(false), _) => ("bad", Icon::Refused, words::SIGNATURE_BROKEN),
        (None, _) => ("doubt", Icon::Warning, words::SIGNATURE_UNCHECKED),
    };
    html! {
        <section id="signature" data-fits={format!("{:?}", opened.fits)}>
            <h2>{ words::SIGNATURE }</h2>
            <p><span class={classes!("badge", class)}>{ icon.draw() }{ line }</span></p>
            <p><b dir="auto">{ signature.name.clone() }</b></p>
            <p class="code">{ format!("Ed25519 {}", String::from(signature.key)) }</p>
            <p class="soft">{ said::SIGNED_MEANS }</p>
        </section>
    }
}
