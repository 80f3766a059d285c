//! The queue of differences: surest first, what is worth a look above the line, the tail below it.

use std::rc::Rc;

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::difference_row::{Background, DifferenceRow};
use super::running::{not_compared, refused};
use crate::app::{Action, Case, Filter, State};
use crate::report::design_says;
use crate::ui::crop::Hands;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;
use crate::vision::{Comparison, Verdict};

#[derive(Properties, PartialEq)]
pub(super) struct DifferencesProps {
    pub(super) desk: Desk,
}

/// Rows of the tail before the person asks for the rest: each row cuts two pictures, and few people go further.
const TAIL_ROWS: usize = 10;

/// The tab.
#[function_component]
pub(super) fn Differences(props: &DifferencesProps) -> Html {
    let desk = &props.desk;
    let list = use_node_ref();
    let whole = use_state_eq(|| false);
    {
        let list = list.clone();
        use_effect_with(desk.state().view.difference, move |chosen| {
            if let (Some(_), Some(list)) = (chosen, list.cast::<Element>()) {
                show_chosen(&list);
            }
        });
    }
    let state = desk.state();
    let Some(case) = &state.case else { return Html::default() };
    if state.comparing().is_some() {
        return Html::default();
    }
    let Some(comparison) = case.document.comparison() else { return not_compared(desk, &state, case) };
    if comparison.alignment.verdict == Verdict::Refused {
        return refused(desk);
    }
    let of_drawing = comparison.alignment.reason.is_of_drawing();
    if comparison.differences.is_empty() {
        return html! {
            <div class="blank scroll">{ Icon::Aligned.draw() }<h3>{ if of_drawing { words::NOTHING_UNLISTED } else { words::NO_DIFFERENCES } }</h3><p>{ if of_drawing { words::NOTHING_UNLISTED_WHY } else { words::NO_DIFFERENCES_WHY } }</p></div>
        };
    }
    let background = background(&state, case, comparison);
    let (chosen, state_filter) = (state.view.difference, state.view.filter);
    let rows = |flagged: bool, most: usize| {
        let background = background.clone();
        let listed = move |place: &usize| state_filter.lists(case.document.decision(*place)) || chosen == Some(*place);
        let places = comparison.differences.iter().enumerate().filter(move |(place, d)| d.flagged == flagged && listed(place));
        places.enumerate().filter(move |(row, (place, _))| *row < most || chosen == Some(*place)).map(move |(_, row)| row).map(move |(place, difference)| {
            html! {
                <DifferenceRow key={place} desk={Hands(desk.clone())} {place} difference={difference.clone()}
                    says={case.document.check().and_then(|check| design_says(check, place, difference.kind))} of_drawing={of_drawing} chosen={chosen == Some(place)}
                    looked_at={case.looked_at.contains(&place)} decision={case.document.decision(place)} background={background.clone()}
                    references={comparison.references.len()} />
            }
        })
    };
    let all = comparison.differences.len();
    let is_listed = |(place, _): &(usize, &crate::vision::Difference)| state_filter.lists(case.document.decision(*place));
    let tail = comparison.differences.iter().enumerate().filter(|(_, d)| !d.flagged).filter(is_listed).count();
    let none = comparison.differences.iter().enumerate().filter(is_listed).count() == 0;
    let looked_at = (0..all).filter(|place| case.looked_at.contains(place) || case.document.decision(*place).is_some()).count();
    let filters = Filter::ALL.into_iter().map(|filter| {
        html! {
            <label class="segment">
                <input type="radio" name="filter" value={words::filter(filter)} checked={filter == state_filter}
                    onchange={desk.on(Action::ChooseFilter(filter))} />
                <span>{ words::filter(filter) }</span>
            </label>
        }
    });
    let most = if *whole { usize::MAX } else { TAIL_ROWS };
    let show_whole = Callback::from(move |_: MouseEvent| whole.set(true));
    html! {
        <>
            <div class="list-head">
                <div class="progress-words">
                    <span id="looked-at" role="status">{ words::progress(looked_at, all) }</span>
                    <progress max={all.to_string()} value={looked_at.to_string()} aria-labelledby="looked-at" />
                </div>
                <button type="button" id="previous" class="button quiet square" aria-label={words::PREVIOUS} title={words::PREVIOUS}
                    onclick={desk.on(Action::StepDifference(-1))}>{ Icon::Previous.draw() }</button>
                <button type="button" id="next" class="button quiet square" aria-label={words::NEXT} title={words::NEXT}
                    onclick={desk.on(Action::StepDifference(1))}>{ Icon::Next.draw() }</button>
            </div>
            <fieldset class="segments filters" aria-label={words::FILTERS}>{ for filters }</fieldset>
            <div class="scroll" ref={list}>
                if none { <p class="list-foot">{ words::FILTER_EMPTY }</p> }
                <ol>{ for rows(true, usize::MAX) }</ol>
                if tail > 0 {
                    <p class="tail-title"><strong>{ words::TAIL }</strong>{ words::TAIL_WHY }</p>
                    <ol>{ for rows(false, most) }</ol>
                }
                if tail > most {
                    <div class="list-more">
                        <button type="button" id="show-all" class="button" onclick={show_whole}>{ words::show_all(tail) }</button>
                    </div>
                }
                <p class="list-foot">{ words::LIST_END }</p>
            </div>
        </>
    }
}

fn background(state: &State, case: &Case, comparison: &Comparison) -> Rc<Background> {
    let here = |sha256| state.loaded.contains(&sha256);
    Rc::new(Background {
        photo: case.photo.facts,
        reference: case.document.references().first().map(|reference| reference.facts),
        warp: comparison.alignment.warp(),
        here: (here(case.photo.facts.sha256), case.document.references().first().is_some_and(|r| here(r.facts.sha256))),
    })
}

/// Brings the chosen row into view when the keys or the stage chose it.
pub(super) fn show_chosen(list: &Element) {
    let Ok(Some(row)) = list.query_selector("[aria-current=true]") else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}
