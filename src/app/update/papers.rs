//! What is written and read by the scribe: asking, and taking the answer.

use crate::app::job::{JobFailure, JobId};
use crate::app::paper::{PaperReply, PaperRequest};
use crate::app::{Effect, Errand, JobState, JobTask, OfferId, State};
use crate::vision::Sha256;

use super::{contributing, interchange, opened, sharing};

/// What goes with a request.
#[derive(Default)]
pub(super) struct Files {
    /// Files that it names.
    pub(super) offers: Vec<OfferId>,
    /// Kept pictures that it names behind them.
    pub(super) pictures: Vec<Sha256>,
    /// Of the files, those that are needed no longer than that.
    pub(super) passing: Vec<OfferId>,
}

impl Files {
    /// One file that is read and then forgotten.
    pub(super) fn once(offer: OfferId) -> Self {
        Self { offers: vec![offer], pictures: Vec::new(), passing: vec![offer] }
    }
}

/// Asks the scribe; gives the job that answers.
pub(super) fn ask(state: &mut State, errand: Errand, request: PaperRequest, files: Files) -> (JobId, Vec<Effect>) {
    let Files { offers, pictures, passing } = files;
    let job = JobId(state.number());
    state.jobs.insert(job, JobState::new(JobTask::Paper(errand, passing)));
    (job, vec![Effect::Paper { job, request: Box::new(request), offers, pictures }])
}

/// The scribe answered; what it made are the files `made`. Whoever no longer waits for it gets nothing.
pub(super) fn answered(
    state: &mut State,
    job: JobId,
    result: Result<PaperReply, JobFailure>,
    mut made: Vec<OfferId>,
) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Paper(errand, passing), .. }) = state.jobs.remove(&job) else {
        return made.into_iter().map(Effect::ForgetOffer).collect();
    };
    let mut effects: Vec<Effect> = passing.into_iter().map(Effect::ForgetOffer).collect();
    let adding = state.opened.as_mut().and_then(|opened| opened.adding.take_if(|(adding, _)| *adding == job));
    let result = match result {
        Ok(PaperReply::Refused(sentence)) => Err(sentence),
        result => result.map_err(|failure| failure.to_string()),
    };
    match (errand, result) {
        (Errand::OpenLink, result) => effects.extend(opened::read(state, job, result, std::mem::take(&mut made))),
        (Errand::OpenFile, Ok(PaperReply::Report(report))) => {
            effects.extend(opened::show(state, report, std::mem::take(&mut made)));
        }
        (Errand::Add, Ok(PaperReply::Report(report))) => {
            let fragment = adding.map(|(_, fragment)| fragment).unwrap_or_default();
            effects.extend(opened::add(state, report, std::mem::take(&mut made), fragment));
        }
        (Errand::Add, Ok(PaperReply::Hosted(_))) => state.notice(opened::HOSTED_BY_ITSELF),
        (Errand::Link, result) => sharing::linked(state, job, result),
        (Errand::Hosted, Ok(PaperReply::Link(link))) => sharing::hosted(state, link),
        (Errand::Save(form), result) => {
            sharing::saved(state, job, form, result.as_ref().ok());
            match result {
                Ok(reply) => effects.extend(download(reply, &mut made)),
                Err(sentence) => state.notice(sentence),
            }
        }
        (Errand::Export, Ok(reply)) => effects.extend(download(reply, &mut made)),
        (Errand::Import, Ok(PaperReply::Findings(imported))) => effects.extend(interchange::imported(state, imported)),
        (Errand::Key(making), result) => {
            let backup = made.pop();
            effects.extend(sharing::identified(state, making, result, backup));
        }
        (Errand::Contribution(sends), result) => effects.extend(contributing::written(state, job, sends, result, made.pop())),
        (_, Err(sentence)) => state.notice(sentence),
        (_, Ok(_)) => {}
    }
    effects.extend(made.into_iter().map(Effect::ForgetOffer));
    effects
}

/// Gives the person what was written.
fn download(reply: PaperReply, made: &mut Vec<OfferId>) -> Option<Effect> {
    let PaperReply::Written { name, media_type, .. } = reply else { return None };
    made.pop().map(|offer| Effect::Download { offer, name, media_type })
}
