//! The verdict, as the headline of the result.

use yew::prelude::*;

use super::running::running;
use crate::report::words as said;
use crate::ui::desk::Desk;
use crate::ui::{tone, words};
use crate::vision::Verdict;

/// Over the tabs; empty while nothing is known, and the progress while the comparison runs.
pub(super) fn headline(desk: &Desk) -> Html {
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    if let Some(progress) = running(desk, &state) {
        return progress;
    }
    let (text, alignment) = match (case.document.comparison(), case.document.alignment()) {
        (Some(comparison), _) => {
            let flagged = comparison.differences.iter().filter(|difference| difference.flagged).count();
            let limits = &comparison.limits;
            let all = comparison.differences.len();
            (
                said::headline(&comparison.alignment, all, flagged, limits.smallest_part_px, case.document.px_per_mm()),
                &comparison.alignment,
            )
        }
        (None, Some(alignment)) => (format!("{}. {}", said::verdict(alignment.verdict), words::FROM_REPORT_WHY), alignment),
        (None, None) => return Html::default(),
    };
    let word = said::verdict(alignment.verdict);
    let rest = text.strip_prefix(word).unwrap_or(&text).to_owned();
    let refused = alignment.verdict == Verdict::Refused;
    let class = classes!("headline", tone::verdict_class(alignment.verdict), refused.then_some("is-refusal"));
    html! {
        <section {class} aria-live="polite">
            <p id="headline" data-verdict={word}>
                <span class="verdict-word">{ tone::verdict_icon(alignment.verdict).draw() }{ word }</span>{ rest }
            </p>
            if let Some(said) = case.document.comparison().and_then(|comparison| said::left_out(comparison.limits.detail, alignment.verdict)) {
                <p class="advice" id="left-out">{ said }</p>
            }
            if let Some(advice) = said::advice(alignment.reason) {
                <p class="advice">{ advice }</p>
            }
        </section>
    }
}
