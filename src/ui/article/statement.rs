//! What the report says.

use yew::prelude::*;

use crate::report::{Finding, Report, words as said};
use crate::ui::icon::Icon;
use crate::ui::{tone, words};
use crate::vision::PictureFacts;

/// Title, verdict, figures, findings, limits, method and hashes.
pub(super) fn statement(report: &Report) -> Html {
    html! {
        <>
            { opening(report) }
            <section aria-labelledby="report-findings">
                <h2 id="report-findings">{ words::REPORT_FINDINGS }</h2>
                if report.findings.is_empty() {
                    <p class="soft">{ words::REPORT_NO_FINDINGS }</p>
                } else {
                    <ol class="report-findings">{ for report.findings.iter().map(finding) }</ol>
                }
            </section>
            { unseen(report) }
            <section>
                <h2>{ words::REPORT_METHOD }</h2>
                <p class="soft">{ words::REPORT_METHOD_LINE }</p>
            </section>
            <section>
                <h2>{ words::REPORT_PICTURES }</h2>
                <dl class="hash-list">
                    { picture(words::REPORT_THE_PHOTO, report.photo) }
                    { for report.references.iter().map(|r| picture(&format!("{}: {}", words::REFERENCE, r.title), r.picture)) }
                </dl>
            </section>
            <p class="unsigned" id="unsigned">{ Icon::Info.draw() }<span>{ words::UNSIGNED }</span></p>
        </>
    }
}

fn opening(report: &Report) -> Html {
    let (alignment, summary) = (&report.alignment, &report.summary);
    let compared = summary.smallest_part_px > 0.0;
    // A case that was opened from a report carries no comparison of its own, so its figures would be noughts.
    let line = if compared {
        let (all, flagged) = (summary.differences as usize, summary.flagged as usize);
        said::headline(alignment, all, flagged, summary.smallest_part_px, summary.px_per_mm)
    } else {
        format!("{}. {}", said::verdict(alignment.verdict), said::reason(alignment.reason))
    };
    let title = if report.board.is_empty() { words::REPORT_UNTITLED.to_owned() } else { report.board.clone() };
    html! {
        <header class="opening">
            <p class="eyebrow">{ words::REPORT }</p>
            <h1 id="report-title">{ title }</h1>
            <div class={classes!("verdict-line", tone::verdict_class(alignment.verdict))}>
                { tone::verdict_icon(alignment.verdict).draw() }
                <div>
                    <p id="headline" data-verdict={said::verdict(alignment.verdict)}>{ line }</p>
                    if let Some(advice) = said::advice(alignment.reason) { <p class="soft">{ advice }</p> }
                </div>
            </div>
            <dl class="figures">
                if compared {
                    <div><dt>{ words::figure_differences(summary.differences) }</dt><dd>{ summary.differences }</dd></div>
                    <div><dt>{ words::FIGURE_FLAGGED }</dt><dd>{ summary.flagged }</dd></div>
                }
                <div><dt>{ words::figure_findings(report.findings.len()) }</dt><dd>{ report.findings.len() }</dd></div>
                <div><dt>{ words::FIGURE_COMPARED }</dt><dd>{ format!("{:.0} %", 100.0 * alignment.coverage) }</dd></div>
            </dl>
        </header>
    }
}

fn finding(finding: &Finding) -> Html {
    let place = finding.bounds().map(|area| words::place(area.x, area.y, area.w, area.h)).unwrap_or_default();
    let origin = finding.score.map_or(words::DRAWN_ORIGIN.to_owned(), |score| {
        format!("{}, {} {score:.2}", words::MACHINE_ORIGIN, words::SCORE.to_lowercase())
    });
    html! {
        <li key={finding.id.0} data-finding={finding.id.0.to_string()}>
            <span class="number-chip" aria-label={words::finding(finding.id.0)}>{ finding.id.0 }</span>
            <div class="body">
                <div class="head">
                    <strong>{ tone::finding_icon(finding.kind).draw() }{ said::finding_kind(finding.kind) }</strong>
                    { tone::judgement_badge(finding.judgement) }
                    <span class="soft">{ format!("{}: {}", words::SEVERITY, said::severity(finding.severity).to_lowercase()) }</span>
                </div>
                if !finding.note.is_empty() { <p class="said">{ finding.note.clone() }</p> }
                <p class="where">{ place }{ " · " }{ origin }</p>
            </div>
        </li>
    }
}

fn unseen(report: &Report) -> Html {
    let summary = &report.summary;
    let [small, area] = words::unseen(
        &words::length(summary.smallest_part_px, summary.px_per_mm),
        (100.0 * (1.0 - report.alignment.coverage)).round(),
    );
    html! {
        <section>
            <h2>{ words::REPORT_UNSEEN }</h2>
            <ul class="plain-list">
                if summary.smallest_part_px > 0.0 { <li>{ small }</li> }
                <li>{ area }</li>
                <li>{ words::SURFACE }</li>
            </ul>
        </section>
    }
}

fn picture(name: &str, facts: PictureFacts) -> Html {
    html! {
        <div>
            <dt>{ name.to_owned() }</dt>
            <dd>{ words::picture_size(facts.width, facts.height) }</dd>
            <dd class="code">{ words::need_hash(&facts.sha256.to_string()) }</dd>
        </div>
    }
}
