//! The chosen finding, open for writing: kind, severity, verdict, note.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::note::Note;
use crate::app::Action;
use crate::geometry::{Point, Rect, Reference};
use crate::report::{Finding, FindingId, FindingKind, Handle, Judgement, Severity, words as said};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};

#[derive(Properties, PartialEq)]
pub(super) struct FindingFormProps {
    pub(super) desk: Desk,
    pub(super) finding: Finding,
}

/// The form.
#[function_component]
pub(super) fn FindingForm(props: &FindingFormProps) -> Html {
    let FindingFormProps { desk, finding } = props;
    let change = |after: Finding| desk.on(Action::ChangeFindings(vec![after]));
    let kinds = FindingKind::ALL.into_iter().enumerate().map(|(place, kind)| {
        let title = format!("{} ({})", said::finding_kind(kind), place + 1);
        let onchange = change(Finding { kind, ..finding.clone() });
        option("kind", said::finding_kind(kind), &title, "", Some(tone::finding_icon(kind)), finding.kind == kind, onchange)
    });
    let severities = Severity::ALL.into_iter().map(|severity| {
        let name = said::severity(severity);
        let onchange = change(Finding { severity, ..finding.clone() });
        option("severity", name, name, "", None, finding.severity == severity, onchange)
    });
    let judgements = Judgement::ALL.into_iter().map(|judgement| {
        let name = said::judgement(judgement);
        let class = tone::judgement_class(judgement);
        let onchange = change(Finding { judgement, ..finding.clone() });
        let icon = Some(tone::judgement_icon(judgement));
        option("verdict", name, name, class, icon, finding.judgement == judgement, onchange)
    });
    let place = finding.bounds().map(|area| words::place(area.x, area.y, area.w, area.h)).unwrap_or_default();
    html! {
        <div class="finding-form">
            <fieldset><legend class="label">{ words::KIND }</legend><div class="kind-grid">{ for kinds }</div></fieldset>
            <fieldset><legend class="label">{ words::SEVERITY }</legend><div class="severity-grid">{ for severities }</div></fieldset>
            <fieldset><legend class="label">{ words::VERDICT }</legend><div class="verdict-grid">{ for judgements }</div></fieldset>
            <Note id="note" hint={words::NOTE_HINT} note={finding.note.clone()} keep={keep_note(desk, finding.id)} />
            <div class="form-pair">
                { line("designator", words::DESIGNATOR, words::DESIGNATOR_HINT, &finding.designator, {
                    let (desk, finding) = (desk.clone(), finding.clone());
                    move |designator| desk.send(changed(Finding { designator, ..finding.clone() }))
                }) }
                { line("tags", words::TAGS, words::TAGS_HINT, &finding.tags.join(", "), {
                    let (desk, finding) = (desk.clone(), finding.clone());
                    move |tags| {
                        let tags = tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
                        desk.send(changed(Finding { tags, ..finding.clone() }));
                    }
                }) }
            </div>
            { geometry(desk, finding) }
            <div class="form-foot">
                <span>{ place }</span>
                { Icon::Copy.button("duplicate", words::DUPLICATE, desk.on(Action::DuplicateChosen)) }
                { Icon::Raise.button("raise", words::RAISE, desk.on(Action::StackChosen(true))) }
                { Icon::Lower.button("lower", words::LOWER, desk.on(Action::StackChosen(false))) }
                { Icon::Remove.button("remove", words::REMOVE_FINDING, desk.on(Action::RemoveFindings(vec![finding.id]))) }
            </div>
        </div>
    }
}

/// Writes into the finding as it is by then.
fn keep_note(desk: &Desk, id: FindingId) -> Callback<String> {
    let desk = desk.clone();
    Callback::from(move |note: String| {
        let before = desk.state().case.as_ref().and_then(|case| case.document.get(id)).cloned();
        if let Some(before) = before {
            desk.send(changed(Finding { note, ..before }));
        }
    })
}

fn changed(finding: Finding) -> Action {
    Action::ChangeFindings(vec![finding])
}

/// A line of text that is taken when it is left or with Enter.
fn line(id: &'static str, label: &'static str, hint: &'static str, value: &str, taken: impl Fn(String) + 'static) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            taken(input.value().trim().to_owned());
        }
    });
    html! {
        <label>
            <span class="label">{ label }</span>
            <input {id} class="field" type="text" placeholder={hint} value={value.to_owned()} autocomplete="off" spellcheck="false" {onchange} />
        </label>
    }
}

/// Place and size as numbers: whoever does not drag writes them.
fn geometry(desk: &Desk, finding: &Finding) -> Html {
    let Some(area) = finding.bounds() else { return Html::default() };
    let field = |id: &'static str, label: &'static str, value: f64, moved: fn(&Finding, &Rect<Reference>, f64) -> Finding| {
        let (desk, finding) = (desk.clone(), finding.clone());
        let onchange = Callback::from(move |event: Event| {
            let wanted = event.target_dyn_into::<HtmlInputElement>().map_or(f64::NAN, |input| input.value_as_number());
            if wanted.is_finite() {
                desk.send(changed(moved(&finding, &area, wanted)));
            }
        });
        html! {
            <label>
                <span class="label">{ label }</span>
                <input {id} class="field" type="number" step="1" value={format!("{value:.0}")} {onchange} />
            </label>
        }
    };
    // Only one shape is stretched: of several it would not be clear which.
    let stretches = finding.shapes.len() == 1 && area.w > 0.0 && area.h > 0.0;
    html! {
        <div class="geometry" role="group" aria-label={words::GEOMETRY}>
            { field("finding-x", "X", area.x, |finding, area, x| finding.moved(x - area.x, 0.0)) }
            { field("finding-y", "Y", area.y, |finding, area, y| finding.moved(0.0, y - area.y)) }
            if stretches {
                { field("finding-w", words::WIDTH, area.w, |finding, area, w| stretched(finding, area, w.max(1.0), area.h)) }
                { field("finding-h", words::HEIGHT, area.h, |finding, area, h| stretched(finding, area, area.w, h.max(1.0))) }
            }
        </div>
    }
}

/// The finding with its only shape stretched to this size; the upper left corner stays.
fn stretched(finding: &Finding, area: &Rect<Reference>, width: f64, height: f64) -> Finding {
    let (from, to) = (Point::new(area.x + area.w, area.y + area.h), Point::new(area.x + width, area.y + height));
    let shapes = finding.shapes.iter().map(|shape| shape.dragged(Handle::Side(1, 1), from, to)).collect();
    Finding { shapes, ..finding.clone() }
}

pub(super) fn option(
    group: &'static str,
    name: &'static str,
    title: &str,
    class: &'static str,
    icon: Option<Icon>,
    checked: bool,
    onchange: Callback<Event>,
) -> Html {
    html! {
        <label class={classes!("option", class)} title={title.to_owned()}>
            <input type="radio" name={group} value={name} aria-label={name} {checked} {onchange} />
            <span>{ for icon.map(Icon::draw) }{ name }</span>
        </label>
    }
}
