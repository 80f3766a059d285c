//! Findings to and from other programmes.

use super::findings;
use super::papers::{self, Files};
use crate::app::paper::PaperRequest;
use crate::app::{Case, Effect, Errand, Offer, Panel, State};
use crate::report::interchange::{Format, Imported, InterchangeError, Loss, MAX_INTERCHANGE_BYTES};
use crate::report::{Finding, MAX_TITLE_CHARS, ReferenceNote};
use crate::sorted::SortedSet;

/// The findings of the open case as a file, named after the photo's hash.
pub(super) fn export(state: &mut State, format: Format) -> Vec<Effect> {
    let first =
        |case: &Case| case.document.references().first().map(|entry| ReferenceNote::of(entry.public_title(), entry.facts));
    let Some((case, reference)) = state.case.as_ref().and_then(|case| Some((case, first(case)?))) else { return Vec::new() };
    let findings: Vec<Finding> = case.document.findings().cloned().collect();
    let (photo, px_per_mm) = (case.photo.facts.sha256, case.document.px_per_mm());
    let request = PaperRequest::WriteFindings { format, findings, photo, reference, px_per_mm };
    papers::ask(state, Errand::Export, request, Files::default()).1
}

/// Has a file of findings read.
pub(super) fn import(state: &mut State, offer: &Offer) -> Vec<Effect> {
    let Some(reference) = state.case.as_ref().and_then(reference) else { return vec![Effect::ForgetOffer(offer.id)] };
    // A file far too large would fill the worker's memory before it could say so.
    if offer.bytes > MAX_INTERCHANGE_BYTES as u64 {
        state.notice(InterchangeError::TooLarge(usize::try_from(offer.bytes).unwrap_or(usize::MAX)).to_string());
        return vec![Effect::ForgetOffer(offer.id)];
    }
    papers::ask(state, Errand::Import, PaperRequest::ReadFindings(reference), Files::once(offer.id)).1
}

/// Adds the findings of a file as one step of undo, under new numbers, and says how many came and what did not.
pub(super) fn imported(state: &mut State, mut imported: Imported) -> Vec<Effect> {
    if state.case.is_none() {
        return Vec::new();
    }
    let room = findings::room(state);
    let beyond = imported.findings.len().saturating_sub(room);
    if beyond > 0 {
        imported.findings.truncate(room);
        *imported.losses.entry(Loss::BeyondMost).or_default() += beyond;
    }
    state.notice(sentence(&imported));
    let mut added = SortedSet::new();
    let effects = findings::edit(state, |document| {
        for finding in imported.findings {
            let finding = Finding { id: document.next_id(), ..finding };
            added.insert(finding.id);
            document.put(finding);
        }
    });
    if !added.is_empty() {
        state.view.findings = added;
        (state.view.difference, state.view.place) = (None, None);
        state.view.panel = Panel::Findings;
    }
    effects
}

/// The reference that findings lie on, by its own name: what stays here may know it.
fn reference(case: &Case) -> Option<ReferenceNote> {
    let entry = case.document.references().first()?;
    Some(ReferenceNote::of(entry.title.chars().take(MAX_TITLE_CHARS).collect(), entry.facts))
}

/// How many came, and what was left out.
fn sentence(imported: &Imported) -> String {
    let first = match imported.findings.len() {
        0 => "No finding was added.".to_owned(),
        1 => "1 finding was added.".to_owned(),
        n => format!("{n} findings were added."),
    };
    let rest = match imported.losses_in_words() {
        losses if losses.is_empty() && imported.findings.is_empty() => vec!["The file holds no annotation.".to_owned()],
        losses => losses,
    };
    [vec![first], rest].concat().join(" ")
}
