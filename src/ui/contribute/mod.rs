//! Giving a photo to a catalogue: whether it is good enough, what others would get, what is said with it.

mod camera;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use self::camera::Camera;
use super::check_list::{hidden_list, place};
use super::crop::Hands;
use super::desk::Desk;
use super::dialog::Dialog;
use super::icon::Icon;
use super::words;
use crate::app::contribution::{ContributionForm, ContributionState, ContributionText, LICENCES, Prepared, Ready};
use crate::app::{Action, OfferId};
use crate::catalog::Side;
use crate::report::{Check, is_good};
use crate::vision::Hiding;
use crate::web::can_send_file;

/// The dialog when it is open, nothing otherwise.
pub(super) fn contribute_dialog(desk: &Desk) -> Html {
    let Some(dialog) = desk.state().contribution.clone() else { return Html::default() };
    let body = match &dialog.prepared {
        None => html! { <p class="soft" role="status">{ words::CONTRIBUTE_LOOKING }</p> },
        Some(Err(sentence)) => html! { <p role="alert">{ sentence.clone() }</p> },
        Some(Ok(Ready { file, prepared, checks })) => ready(desk, &dialog, *file, prepared, checks),
    };
    html! {
        <Dialog id="contribute" title={words::CONTRIBUTE} wide={true} on_close={desk.on(Action::CloseContribution)}>
            <p class="soft">{ words::CONTRIBUTE_WHY }</p>
            { body }
        </Dialog>
    }
}

fn ready(desk: &Desk, dialog: &ContributionState, file: OfferId, prepared: &Prepared, checks: &[Check]) -> Html {
    let good = is_good(checks);
    html! {
        <>
            <section aria-labelledby="gate-title">
                <h3 id="gate-title" class="label">{ if good { words::GATE_GOOD } else { words::GATE_BAD } }</h3>
                <ul class="gate">{ for checks.iter().map(check) }</ul>
                if !good { <Camera hands={Hands(desk.clone())} /> }
            </section>
            if good {
                { picture(desk, dialog, file, prepared) }
                { form(desk, &dialog.form) }
                { write(desk, dialog) }
            }
        </>
    }
}

fn check(check: &Check) -> Html {
    let (class, icon, word) = match check.passed {
        Some(true) => ("good", Icon::Check, words::GATE_PASSED),
        Some(false) => ("bad", Icon::Warning, words::GATE_FAILED),
        None => ("calm", Icon::Info, words::GATE_UNKNOWN),
    };
    html! {
        <li data-check={check.kind.name()} data-passed={check.passed.map(|passed| passed.to_string())}>
            <span class={classes!("badge", class)}>{ icon.draw() }{ word }</span>
            <span><strong>{ check.kind.name() }</strong>{ ": " }{ check.measured.clone() }</span>
            if check.passed == Some(false) { <span class="soft">{ check.kind.advice() }</span> }
        </li>
    }
}

/// The very picture that others would get, and what is hidden on it.
fn picture(desk: &Desk, dialog: &ContributionState, file: OfferId, prepared: &Prepared) -> Html {
    let state = desk.state();
    let hidden = state.case.as_ref().map(|case| case.document.hidden()).unwrap_or_default();
    let open: Vec<_> = prepared.labels.iter().filter(|label| !label.is_hidden_by(hidden)).collect();
    let row = |(number, label): (usize, &&crate::app::cut::FoundLabel)| {
        let kind = words::label_kind(label.kind);
        html! {
            <li data-label={number.to_string()}>
                { place(desk, label.area, kind) }
                <span>{ kind }</span>
                { for Hiding::ALL.map(|how| html! {
                    <button type="button" class="button small" aria-label={words::numbered(words::hide(how), kind, number + 1)}
                        onclick={desk.on(Action::HidePlace(label.area, how))}>{ words::hide(how) }</button>
                }) }
            </li>
        }
    };
    html! {
        <section aria-labelledby="given-title" aria-busy={dialog.job.is_some().to_string()}>
            <h3 id="given-title" class="label">{ words::GIVEN }</h3>
            <p class="soft">{ words::GIVEN_WHY }</p>
            <img class="given" src={desk.shell().and_then(|shell| shell.address_of(file))} alt={words::GIVEN} />
            <p class="soft" id="contribution-labels">{ if open.is_empty() { words::NO_LABELS.to_owned() } else { words::labels_found(open.len()) } }</p>
            <ul class="hidden-list">{ for open.iter().enumerate().map(row) }</ul>
            { hidden_list(desk, false) }
            <label class="tick">
                <input id="contribution-looked" type="checkbox" checked={dialog.looked} disabled={dialog.job.is_some()}
                    onchange={desk.on(Action::SetContributionLooked(!dialog.looked))} />
                <span>{ words::PREVIEW_LOOKED }</span>
            </label>
        </section>
    }
}

fn form(desk: &Desk, form: &ContributionForm) -> Html {
    let text = |id: &'static str, label: &'static str, which: ContributionText| {
        let sender = desk.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                sender.send(Action::SayOfContribution(which, input.value()));
            }
        });
        html! { <label class="label" for={id}>{ label }<input {id} class="field" maxlength="200" value={form.text(which).to_owned()} {oninput} /></label> }
    };
    let onchange = {
        let sender = desk.clone();
        Callback::from(move |event: Event| {
            if let Some(menu) = event.target_dyn_into::<HtmlSelectElement>() {
                sender.send(Action::SetContributionLicence(menu.value()));
            }
        })
    };
    let sides = [Side::Top, Side::Bottom].map(|side| {
        html! {
            <label class="tick">
                <input type="radio" name="side" value={words::side(side)} checked={form.side == Some(side)}
                    onchange={desk.on(Action::SetContributionSide(side))} />
                { words::side(side) }
            </label>
        }
    });
    html! {
        <section class="contribution-form" aria-label={words::CONTRIBUTE_SAY}>
            { text("contribution-vendor", words::VENDOR, ContributionText::Vendor) }
            { text("contribution-model", words::MODEL, ContributionText::Model) }
            { text("contribution-revision", words::REVISION, ContributionText::Revision) }
            { text("contribution-unit", words::CONTRIBUTE_UNIT, ContributionText::Unit) }
            { text("contribution-name", words::CONTRIBUTE_NAME, ContributionText::Contributor) }
            <fieldset class="actions" aria-label={words::SIDE}>{ for sides }</fieldset>
            <label class="label" for="contribution-licence">
                { words::LICENCE }
                <select id="contribution-licence" class="field" {onchange}>
                    { for LICENCES.iter().map(|(licence, about)| html! {
                        <option value={*licence} selected={form.licence == *licence}>{ format!("{licence}: {about}") }</option>
                    }) }
                </select>
            </label>
        </section>
    }
}

fn write(desk: &Desk, dialog: &ContributionState) -> Html {
    let ready = dialog.looked && dialog.job.is_none() && dialog.form.is_whole();
    html! {
        <section>
            <ul class="lines"><li>{ Icon::Info.draw() }<span>{ words::CONTRIBUTE_PUBLIC }</span></li></ul>
            <div class="actions">
                <button type="button" id="save-contribution" class="button primary" disabled={!ready} onclick={desk.on(Action::WriteContribution(false))}>
                    { words::CONTRIBUTE_SAVE }
                </button>
                if can_send_file("contribution.zip", "application/zip") {
                    <button type="button" id="send-contribution" class="button" disabled={!ready} onclick={desk.on(Action::WriteContribution(true))}>
                        { Icon::Share.draw() }{ words::SEND }
                    </button>
                }
            </div>
            if !ready && dialog.job.is_none() { <p class="faint">{ words::CONTRIBUTE_MISSING }</p> }
            { for dialog.refused.iter().map(|sentence| html! { <p role="alert">{ sentence.clone() }</p> }) }
            if let Some((name, page)) = &dialog.saved {
                <p role="status" id="contribution-saved">{ words::contribution_saved(name) }</p>
                if let Some(page) = page {
                    <p><a id="contribution-page" href={page.clone()} rel="noopener noreferrer" target="_blank">{ words::CONTRIBUTE_PAGE }</a></p>
                }
            }
        </section>
    }
}
