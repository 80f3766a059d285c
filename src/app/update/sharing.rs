//! The link, and the comparison as a file.

use crate::app::job::JobId;
use crate::app::paper::{PaperReply, PaperRequest};
use crate::app::{CatalogueState, Effect, OpenedReport, ShareState, State};

use super::papers;

const NOTHING_YET: &str = "There is nothing to share yet: findings have no place until the pictures are laid over each other.";

/// Makes the link of the open case, or of the opened report.
pub(super) fn share(state: &mut State) -> Vec<Effect> {
    let catalogue = if let CatalogueState::Ready(catalogue) = &state.catalogue { Some(catalogue) } else { None };
    let link = match (&state.case, &state.opened) {
        (Some(case), _) => {
            if let Some(report) = case.report(catalogue).map(Box::new) {
                let comparison = case.document.comparison().and_then(|comparison| serde_json::to_string(comparison).ok());
                let effects = papers::ask(state, PaperRequest::WriteLink { report, comparison }, None);
                state.share = Some(ShareState { job: Some(JobId(state.last_number)), link: None, copied: None });
                return effects;
            }
            Err(NOTHING_YET.to_owned())
        }
        (None, Some(OpenedReport { fragment, report: Some(Ok(_)), .. })) => Ok(fragment.clone()),
        _ => return Vec::new(),
    };
    state.share = Some(ShareState { job: None, link: Some(link), copied: None });
    Vec::new()
}

/// The link is written, or could not be.
pub(super) fn linked(state: &mut State, result: Result<PaperReply, String>) {
    let Some(share) = &mut state.share else { return };
    share.job = None;
    share.link = match result {
        Ok(PaperReply::Link(link)) => Some(Ok(link)),
        Ok(_) => None,
        Err(sentence) => Some(Err(sentence)),
    };
}

/// Puts the link onto the clipboard. The shell puts the page's address before it.
pub(super) fn copy(state: &State) -> Vec<Effect> {
    match &state.share {
        Some(ShareState { link: Some(Ok(fragment)), .. }) => vec![Effect::Copy(fragment.clone())],
        _ => Vec::new(),
    }
}

/// The comparison JSON as a file, named after the photo's hash.
pub(super) fn export_comparison(state: &mut State) -> Vec<Effect> {
    let Some(comparison) = state.case.as_ref().and_then(|case| case.document.comparison()) else { return Vec::new() };
    match serde_json::to_string(comparison) {
        Ok(json) => {
            let photo = comparison.photo.sha256;
            papers::ask(state, PaperRequest::WriteComparison(json, photo), None)
        }
        Err(error) => {
            state.notice(format!("The comparison could not be written as JSON ({error}). Compare again, then export."));
            Vec::new()
        }
    }
}
