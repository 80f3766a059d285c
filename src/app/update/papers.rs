//! What is written and read by a worker: asking, and taking the answer.

use crate::app::job::{JobFailure, JobId};
use crate::app::paper::{PaperReply, PaperRequest};
use crate::app::{Effect, JobState, JobTask, OfferId, State};

use super::{interchange, opened, sharing};

/// Asks a worker; `offer` is the file that it reads.
pub(super) fn ask(state: &mut State, request: PaperRequest, offer: Option<OfferId>) -> Vec<Effect> {
    let job = JobId(state.number());
    state.jobs.insert(job, JobState::new(JobTask::Paper(offer)));
    vec![Effect::Paper { job, request: Box::new(request), offer }]
}

/// A worker answered; what it wrote is kept as `made`.
pub(super) fn answered(
    state: &mut State,
    job: JobId,
    result: Result<PaperReply, JobFailure>,
    made: Option<OfferId>,
) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Paper(read), .. }) = state.jobs.remove(&job) else {
        return made.map(Effect::ForgetOffer).into_iter().collect();
    };
    let mut effects: Vec<Effect> = read.map(Effect::ForgetOffer).into_iter().collect();
    let result = match result {
        Ok(PaperReply::Refused(sentence)) => Err(sentence),
        result => result.map_err(|failure| failure.to_string()),
    };
    if state.opened.as_ref().is_some_and(|opened| opened.job == Some(job)) {
        effects.extend(opened::read(state, result));
        return effects;
    }
    if state.share.as_ref().is_some_and(|share| share.job == Some(job)) {
        sharing::linked(state, result);
        return effects;
    }
    match result {
        Ok(PaperReply::Written { name, media_type }) => {
            effects.extend(made.map(|offer| Effect::Download { offer, name, media_type }));
        }
        Ok(PaperReply::Findings(imported)) => effects.extend(interchange::imported(state, imported)),
        Err(sentence) => state.notice(sentence),
        Ok(_) => {}
    }
    effects
}
