//! A comparison under way, or one that did not happen: what the panel shows in the list's place.

use yew::prelude::*;

use super::layers::add;
use crate::app::{Action, Case, Purpose, State};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::vision::Stage;

const STAGES: [Stage; 4] = [Stage::Decode, Stage::Align, Stage::Compare, Stage::Cross];

/// The stages of the running comparison; `None` when none runs.
pub(super) fn running(desk: &Desk, state: &State) -> Option<Html> {
    let (id, job) = state.comparing()?;
    let is_alone = state.case.as_ref().is_none_or(|case| case.document.references().len() < 2);
    let steps = STAGES.into_iter().filter(|stage| !is_alone || *stage != Stage::Cross).map(|stage| {
        let (class, sign, done) = match job.progress {
            Some((now, done)) if now == stage => ("is-now", dot(), Some(done)),
            Some((now, _)) if stage < now => ("is-done", Icon::Check.draw(), None),
            _ => ("", dot(), None),
        };
        html! {
            <li {class} aria-current={done.map(|_| "step")}>
                { sign }<span>{ words::stage(stage) }</span>
                if let Some(done) = done {
                    <span>{ words::percent(done) }</span>
                    <progress max="1" value={done.to_string()} aria-label={words::stage(stage)} />
                }
            </li>
        }
    });
    let said = job.progress.map_or(words::WAITS, |(stage, _)| words::stage(stage));
    Some(html! {
        <div class="running" id="running">
            <h2>{ words::COMPARING }</h2>
            <ol class="steps">{ for steps }</ol>
            // A reader hears each stage once, not each per cent.
            <span class="unseen" role="status" aria-live="polite">{ said }</span>
            <div><button type="button" id="cancel" class="button" onclick={desk.on(Action::CancelJob(id))}>{ words::CANCEL }</button></div>
        </div>
    })
}

fn dot() -> Html {
    html! { <span class="dot" /> }
}

/// Nothing was compared: it was stopped, it failed, or the case came with a report.
pub(super) fn not_compared(desk: &Desk, state: &State, case: &Case) -> Html {
    let references = case.document.references().iter();
    let coming = references.filter(|entry| state.fetching.contains(&entry.facts.sha256)).count();
    if coming > 0 && case.document.alignment().is_none() {
        let all = case.document.references().len();
        return html! {
            <div class="blank scroll"><p role="status" id="references-coming">{ words::references_coming(all - coming, all) }</p><progress aria-label={words::WORKING} /></div>
        };
    }
    let (title, why) = if case.document.alignment().is_some() {
        (words::FROM_REPORT, words::FROM_REPORT_WHY)
    } else {
        (words::NOT_COMPARED, words::NOT_COMPARED_WHY)
    };
    let here = state.has_all_compared();
    html! {
        <div class="blank scroll">
            { Icon::Info.draw() }
            <h3>{ title }</h3>
            <p>{ why }</p>
            if here {
                <button type="button" id="compare-again" class="button primary" onclick={desk.on(Action::CompareAgain)}>
                    { words::COMPARE_NOW }
                </button>
            }
        </div>
    }
}

/// The comparison was refused: why there is no list.
pub(super) fn refused(desk: &Desk) -> Html {
    html! {
        <div class="scroll" id="refused">
            <section class="sub">
                <h3>{ words::REFUSED_TITLE }</h3>
                <p class="soft">{ words::REFUSED_WHY }</p>
            </section>
            { next_steps(desk) }
        </div>
    }
}

/// What to try after a refusal.
pub(super) fn next_steps(desk: &Desk) -> Html {
    let tips = [
        (Icon::Pictures, words::TRY_OTHER_PHOTO),
        (Icon::Board, words::TRY_OTHER_REFERENCE),
        (Icon::Swap, words::TRY_OTHER_SIDE),
    ];
    html! {
        <section class="sub">
            <h3>{ words::REFUSED_TRY }</h3>
            <ul class="tips">{ for tips.into_iter().map(|(icon, tip)| html! { <li>{ icon.draw() }<span>{ tip }</span></li> }) }</ul>
            <div>
                if desk.state().case.as_ref().is_some_and(|case| case.question.is_some()) {
                    // Other pictures would not answer the question.
                    { add(desk, "photo-after-refusal", words::REPLACE_PHOTO, Purpose::Photo) }
                } else {
                    <button type="button" id="change-after-refusal" class="button primary" onclick={desk.on(Action::ChangePictures)}>
                        { words::CHOOSE_OTHERS }
                    </button>
                }
            </div>
        </section>
    }
}
