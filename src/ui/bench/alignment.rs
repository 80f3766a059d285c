//! How the pictures lie over each other: the verdict in words, then the numbers.

use yew::prelude::*;

use super::by_hand::by_hand;
use super::calibration::CalibrationForm;
use super::layers::add;
use super::running::{next_steps, not_compared};
use crate::app::{Action, PictureEntry, Purpose};
use crate::report::{witnesses, words as said};
use crate::sorted::SortedMap;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};
use crate::vision::{self, BlindArea, Comparison, Limits, PictureFacts, Verdict};

/// The tab.
pub(super) fn alignment(desk: &Desk) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    let here = state.has_all_compared();
    let alignment = case.document.alignment().filter(|_| state.comparing().is_none());
    let Some(alignment) = alignment else {
        // What is laid by hand is laid by hand in any state.
        return match (state.view.by_hand, state.comparing()) {
            (Some(_), _) => html! { <div class="scroll">{ by_hand(desk, &state, case, here) }</div> },
            (None, Some(_)) => Html::default(),
            (None, None) => not_compared(desk, &state, case),
        };
    };
    let refused = alignment.verdict == Verdict::Refused;
    html! {
        <div class="scroll">
            if refused { { next_steps(desk) } } else { { in_words(alignment) } }
            { for case.document.check().map(|check| html! { <section class="sub"><p class="soft" id="laid-by-parts">{ words::laid_by_parts(check) }</p></section> }) }
            { by_hand(desk, &state, case, here) }
            { numbers(alignment, case.document.comparison().map(|comparison| &comparison.limits), case.document.px_per_mm()) }
            if refused {
                <section class="sub"><h3>{ words::BLIND }</h3><p class="soft">{ words::BLIND_ALL }</p></section>
            } else {
                { for case.document.comparison().map(|comparison| blind(comparison, case.document.references().first())) }
            }
            { for case.document.comparison().map(references) }
            if !refused { <CalibrationForm desk={desk.clone()} /> }
            <section class="sub">
                <h3>{ words::PICTURES }</h3>
                { picture(words::PHOTO, &case.photo.title, case.photo.facts) }
                { for case.document.references().iter().map(|reference| picture(words::REFERENCE, &reference.title, reference.facts)) }
                { add(desk, "replace-photo", words::REPLACE_PHOTO, Purpose::Photo) }
                <p class="faint">{ words::REPLACE_PHOTO_WHY }</p>
            </section>
            <section class="sub">
                <div class="actions">
                    if case.document.comparison().is_some() {
                        <button type="button" id="export-comparison" class="button" onclick={desk.on(Action::ExportComparison)}>
                            { Icon::Export.draw() }{ words::EXPORT }
                        </button>
                    }
                    if here {
                        <button type="button" id="compare-again" class="button" onclick={desk.on(Action::CompareAgain)}>
                            { Icon::Repeat.draw() }{ words::COMPARE_AGAIN }
                        </button>
                    }
                </div>
                if case.is_mapped() {
                    <p class="soft">{ words::CONTRIBUTE_OPEN_WHY }</p>
                    <div><button type="button" id="contribute-open" class="button" onclick={desk.on(Action::Contribute)}>{ words::CONTRIBUTE_OPEN }</button></div>
                }
                <p class="faint">{ crate::report::words::SURFACE }</p>
            </section>
        </div>
    }
}

/// What the references say of each other.
fn references(comparison: &Comparison) -> Html {
    let said = witnesses(comparison).into_iter().map(|sentence| html! { <p class="soft">{ sentence }</p> });
    html! { <section class="sub" id="witnesses"><h3>{ words::REFERENCES }</h3>{ for said }</section> }
}

fn in_words(alignment: &vision::Alignment) -> Html {
    html! {
        <section class="sub">
            <h3>{ words::VERDICT_TITLE }</h3>
            <div>
                <span class={classes!("badge", tone::verdict_class(alignment.verdict))}>
                    { tone::verdict_icon(alignment.verdict).draw() }{ said::verdict(alignment.verdict) }
                </span>
            </div>
            <p>{ said::reason(alignment.reason) }</p>
            if let Some(advice) = said::advice(alignment.reason) { <p class="soft">{ advice }</p> }
        </section>
    }
}

/// Nothing could have been seen where nothing was compared: a refusal gives no limits.
fn numbers(alignment: &vision::Alignment, limits: Option<&Limits>, px_per_mm: Option<f64>) -> Html {
    let limits = limits.filter(|_| alignment.verdict != Verdict::Refused);
    let pixels = |value: f64| format!("{value:.2} px");
    html! {
        <dl class="facts-list">
            <dt>{ words::COVERAGE }</dt><dd>{ format!("{:.0} %", 100.0 * alignment.coverage) }</dd>
            <dd class="hint">{ words::COVERAGE_HINT }</dd>
            if let Some(residual) = alignment.residual_px {
                <dt>{ words::RESIDUAL }</dt><dd>{ pixels(residual.median) }</dd>
                <dt>{ words::RESIDUAL_P95 }</dt><dd>{ pixels(residual.p95) }</dd>
                <dd class="hint">{ words::RESIDUAL_HINT }</dd>
            }
            <dt>{ words::INLIERS }</dt><dd>{ words::count(alignment.inliers as usize) }</dd>
            if let Some(limits) = limits {
                <dt>{ words::DENSITY }</dt>
                <dd>{ px_per_mm.map_or(words::DENSITY_UNKNOWN.to_owned(), |density| format!("{density:.1} px/mm")) }</dd>
                <dt>{ words::SMALLEST }</dt><dd>{ words::length(limits.smallest_part_px, px_per_mm) }</dd>
                <dd class="hint">{ words::SMALLEST_HINT }</dd>
            }
        </dl>
    }
}

/// The areas that were left out, added up by reason.
fn blind(comparison: &Comparison, reference: Option<&PictureEntry>) -> Html {
    let whole = reference.map_or(1.0, |r| f64::from(r.facts.width) * f64::from(r.facts.height)).max(1.0);
    let mut sums: SortedMap<&str, (usize, f64)> = SortedMap::new();
    for BlindArea { reference_box, reason } in &comparison.limits.blind_areas {
        let sum = sums.get_or_insert(said::blind_reason(*reason), (0, 0.0));
        *sum = (sum.0 + 1, sum.1 + reference_box.area());
    }
    let lines = sums.iter().map(|(reason, (areas, area))| html! { <li>{ words::blind(*areas, area / whole, reason) }</li> });
    html! {
        <section class="sub">
            <h3>{ words::BLIND }</h3>
            if sums.is_empty() { <p class="soft">{ words::BLIND_NONE }</p> } else { <ul>{ for lines }</ul> }
        </section>
    }
}

fn picture(role: &'static str, title: &str, facts: PictureFacts) -> Html {
    html! {
        <div class="picture-facts">
            <span><strong>{ role }</strong>{ ": " }{ title.to_owned() }</span>
            <span class="soft">{ words::picture_size(facts.width, facts.height) }</span>
            <span class="code">{ facts.sha256.to_string() }</span>
        </div>
    }
}
