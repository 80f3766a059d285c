//! The link, and the comparison as a file.

use crate::app::{Effect, OpenedReport, ShareState, State};
use crate::report::{LinkError, write_link};

/// Makes the link of the open case, or of the opened report.
pub(super) fn share(state: &mut State) -> Vec<Effect> {
    let link = match (&state.case, &state.opened) {
        (Some(case), _) => case
            .report()
            .ok_or_else(|| {
                "There is nothing to share yet: findings have no place until the pictures are laid over each other.".to_owned()
            })
            .and_then(|report| write_link(&report).map_err(|error| no_link(&error).to_owned())),
        (None, Some(OpenedReport { fragment, report: Ok(_) })) => Ok(fragment.clone()),
        _ => return Vec::new(),
    };
    state.share = Some(ShareState { link, copied: None });
    Vec::new()
}

/// Why a case does not fit into a link. The errors' own sentences are for whoever opens one.
const fn no_link(error: &LinkError) -> &'static str {
    match error {
        LinkError::TooLong => {
            "The findings are too long for a link that browsers keep. Shorten notes or remove findings, then share again."
        }
        _ => {
            "Something in this case is beyond what a link can carry, so none was made. Compare again, remove findings far off the board, then share again."
        }
    }
}

/// Puts the link onto the clipboard. The shell puts the page's address before it.
pub(super) fn copy(state: &State) -> Vec<Effect> {
    match &state.share {
        Some(ShareState { link: Ok(fragment), .. }) => vec![Effect::Copy(fragment.clone())],
        _ => Vec::new(),
    }
}

/// The comparison JSON as a file, named after the photo's hash.
pub(super) fn export_comparison(state: &mut State) -> Vec<Effect> {
    let Some(comparison) = state.case.as_ref().and_then(|case| case.document.comparison()) else { return Vec::new() };
    match serde_json::to_vec_pretty(comparison) {
        Ok(bytes) => {
            let name = format!("boardwatch-comparison-{}.json", comparison.photo.sha256.short());
            vec![Effect::Download { name, media_type: "application/json", bytes }]
        }
        Err(error) => {
            state.notice(format!("The comparison could not be written as JSON ({error}). Compare again, then export."));
            Vec::new()
        }
    }
}
