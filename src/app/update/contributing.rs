//! Giving a photo to a catalogue: looked at first, then written as a file.

use crate::app::contribution::{
    ContributionForm, ContributionOrder, ContributionState, ContributionText, LICENCES, Prepared, Ready,
};
use crate::app::job::JobId;
use crate::app::paper::{PaperReply, PaperRequest};
use crate::app::{Case, Effect, Errand, JobState, JobTask, OfferId, State};
use crate::report::{LaidOn, gate, is_good, photo_px_per_mm};
use crate::vision::Alignment;

use super::papers::{Files, ask};
use super::{comparing, preview, references, short};

/// Opens the dialog, and has the picture made as others would get it.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let form = form(state, case);
    state.contribution = Some(ContributionState { form, ..ContributionState::default() });
    prepare(state)
}

/// What is known already of what has to be said.
fn form(state: &State, case: &Case) -> ContributionForm {
    let known = case.document.references().first().and_then(|first| references::provenance(&state.catalogue, first));
    let form = ContributionForm {
        unit: case.unit.clone(),
        contributor: case.contributor.clone(),
        licence: LICENCES.first().map_or(String::new(), |(licence, _)| (*licence).to_owned()),
        ..ContributionForm::default()
    };
    let Some(known) = known else { return form };
    let board = known.board.clone();
    let of = state.catalogues.iter().flatten().find(|kept| kept.address == known.edition.address);
    let contribute = of.and_then(|kept| kept.contribute.clone()).unwrap_or_default();
    ContributionForm {
        id: board.id,
        vendor: board.vendor,
        model: board.model,
        revision: board.revision,
        side: board.side,
        contribute,
        ..form
    }
}

/// Has the picture made anew; what was looked at before is not what would be given any more.
pub(super) fn prepare(state: &mut State) -> Vec<Effect> {
    let Some(case) = state.case.as_ref().filter(|_| state.contribution.is_some()) else { return Vec::new() };
    let Some(warp) = case.document.alignment().and_then(Alignment::warp) else { return Vec::new() };
    let (photo, order) = (case.photo.facts.sha256, ContributionOrder { warp, hidden: preview::hidden(state) });
    let job = JobId(state.number());
    let before = state.contribution.as_mut().and_then(|dialog| {
        dialog.looked = false;
        dialog.job.replace(job)
    });
    let mut effects: Vec<Effect> = before.into_iter().flat_map(|before| comparing::cancel(state, before)).collect();
    // Cancelling the one before took its number out of the dialog.
    state.contribution.iter_mut().for_each(|dialog| dialog.job = Some(job));
    state.jobs.insert(job, JobState::new(JobTask::Prepare));
    effects.push(Effect::Prepare { job, photo, order: Box::new(order) });
    effects
}

/// The picture is made, or not; why, as a sentence.
pub(super) fn prepared(state: &mut State, job: JobId, result: Result<(OfferId, Prepared), String>) -> Vec<Effect> {
    state.jobs.remove(&job);
    let checks = result.as_ref().ok().map(|(_, prepared)| {
        let warp = state.case.as_ref().and_then(|case| case.document.alignment()?.warp());
        let laid = state.case.as_ref().zip(warp.as_ref()).and_then(|(case, warp)| laid_on(case, warp));
        gate(&prepared.quality, prepared.picture, laid)
    });
    let Some(dialog) = state.contribution.as_mut().filter(|dialog| dialog.job == Some(job)) else {
        return result.into_iter().map(|(file, _)| Effect::ForgetOffer(file)).collect();
    };
    dialog.job = None;
    let made = result.map(|(file, prepared)| Ready { file, prepared, checks: checks.unwrap_or_default() });
    forgotten(dialog.prepared.replace(made))
}

fn laid_on<'a>(case: &Case, warp: &'a crate::geometry::Warp) -> Option<LaidOn<'a>> {
    let reference = case.document.references().first()?.facts;
    Some(LaidOn { verdict: case.document.alignment()?.verdict, warp, reference, px_per_mm: case.document.px_per_mm() })
}

fn forgotten(ready: Option<Result<Ready, String>>) -> Vec<Effect> {
    ready.and_then(Result::ok).map(|ready| Effect::ForgetOffer(ready.file)).into_iter().collect()
}

/// Closes the dialog.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    let Some(dialog) = state.contribution.take() else { return Vec::new() };
    let mut effects: Vec<Effect> = dialog.job.into_iter().flat_map(|job| comparing::cancel(state, job)).collect();
    effects.extend(forgotten(dialog.prepared));
    effects
}

/// Something of the form is said.
pub(super) fn say(state: &mut State, which: ContributionText, text: &str) {
    let Some(dialog) = &mut state.contribution else { return };
    *dialog.form.text_mut(which) = short(text);
    // Under another name it is another board.
    if matches!(which, ContributionText::Vendor | ContributionText::Model | ContributionText::Revision) {
        dialog.form.id.clear();
    }
}

/// Has the file written, to be saved or to be sent by the device's share sheet.
pub(super) fn write(state: &mut State, sends: bool) -> Vec<Effect> {
    let scale = state.case.as_ref().and_then(|case| {
        let warp = case.document.alignment()?.warp()?;
        photo_px_per_mm(&laid_on(case, &warp)?)
    });
    let Some(dialog) = &state.contribution else { return Vec::new() };
    let Some(Ok(Ready { file, prepared, checks })) = &dialog.prepared else { return Vec::new() };
    if dialog.job.is_some() || !dialog.looked || !dialog.form.is_whole() || !is_good(checks) {
        return Vec::new();
    }
    let request =
        PaperRequest::WriteContribution { picture: prepared.picture, form: Box::new(dialog.form.clone()), px_per_mm: scale };
    let files = Files { offers: vec![*file], ..Files::default() };
    let (job, effects) = ask(state, Errand::Contribution(sends), request, files);
    if let Some(dialog) = &mut state.contribution {
        (dialog.job, dialog.refused) = (Some(job), None);
    }
    effects
}

/// The file is written, or not; why, as a sentence.
pub(super) fn written(
    state: &mut State,
    job: JobId,
    sends: bool,
    result: Result<PaperReply, String>,
    made: Option<OfferId>,
) -> Vec<Effect> {
    let Some(dialog) = state.contribution.as_mut().filter(|dialog| dialog.job == Some(job)) else {
        return made.map(Effect::ForgetOffer).into_iter().collect();
    };
    dialog.job = None;
    match (result, made) {
        (Ok(PaperReply::Contribution { name, page }), Some(offer)) => {
            dialog.saved = Some((name.clone(), page));
            let media_type = "application/zip".to_owned();
            vec![if sends { Effect::SendFile { offer, name, media_type } } else { Effect::Download { offer, name, media_type } }]
        }
        (result, made) => {
            dialog.refused = result.err();
            made.map(Effect::ForgetOffer).into_iter().collect()
        }
    }
}
