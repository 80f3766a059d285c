//! The chosen finding, open for writing: kind, severity, verdict, note.

use gloo::timers::callback::Timeout;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

use crate::app::Action;
use crate::report::{Finding, FindingKind, Judgement, MAX_NOTE_CHARS, Severity, words as said};
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::{tone, words};

/// A note is kept after a rest this long, so that a pause in writing is one step of undo and a closed tab loses little.
const REST_MS: u32 = 800;

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
            <Note desk={desk.clone()} finding={finding.clone()} />
            <div class="form-foot">
                <span>{ place }</span>
                <button type="button" class="button quiet square" aria-label={words::REMOVE_FINDING} title={words::REMOVE_FINDING}
                    onclick={desk.on(Action::RemoveFindings(vec![finding.id]))}>{ Icon::Remove.draw() }</button>
            </div>
        </div>
    }
}

fn option(
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

/// The note, which lives in its field while it is being written.
#[function_component]
fn Note(props: &FindingFormProps) -> Html {
    let FindingFormProps { desk, finding } = props;
    let draft = use_state_eq(|| finding.note.clone());
    let rest = use_mut_ref(|| None::<Timeout>);
    {
        let draft = draft.setter();
        use_effect_with(finding.note.clone(), move |note| draft.set(note.clone()));
    }
    let keep = {
        let (desk, id) = (desk.clone(), finding.id);
        move |note: String| {
            let before = desk.state().case.as_ref().and_then(|case| case.document.get(id)).cloned();
            if let Some(before) = before {
                desk.send(Action::ChangeFindings(vec![Finding { note, ..before }]));
            }
        }
    };
    let oninput = {
        let (draft, rest, keep) = (draft.setter(), rest.clone(), keep.clone());
        Callback::from(move |event: InputEvent| {
            let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let (note, keep) = (field.value(), keep.clone());
            draft.set(note.clone());
            *rest.borrow_mut() = Some(Timeout::new(REST_MS, move || keep(note)));
        })
    };
    let onchange = Callback::from(move |event: Event| {
        rest.borrow_mut().take();
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            keep(field.value());
        }
    });
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if let ("Escape", Some(field)) = (event.key().as_str(), event.target_dyn_into::<HtmlTextAreaElement>()) {
            _ = field.blur();
        }
    });
    html! {
        <label>
            <span class="label">{ words::NOTE }</span>
            <textarea id="note" class="field" rows="3" placeholder={words::NOTE_HINT} maxlength={MAX_NOTE_CHARS.to_string()}
                value={(*draft).clone()} {oninput} {onchange} {onkeydown} />
        </label>
    }
}
