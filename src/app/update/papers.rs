//! What is written and read by the scribe: asking, and taking the answer.

use crate::app::job::{JobFailure, JobId};
use crate::app::paper::{PaperReply, PaperRequest};
use crate::app::{Effect, JobState, JobTask, OfferId, State};
use crate::vision::Sha256;

use super::{interchange, opened, sharing};

/// Asks the scribe; `offers` are the files that the request names. Those of `passing` are needed no longer than that.
pub(super) fn ask(state: &mut State, request: PaperRequest, offers: Vec<OfferId>, passing: Vec<OfferId>) -> Vec<Effect> {
    ask_with(state, request, offers, Vec::new(), passing)
}

/// The same; kept pictures follow the files.
pub(super) fn ask_with(
    state: &mut State,
    request: PaperRequest,
    offers: Vec<OfferId>,
    pictures: Vec<Sha256>,
    passing: Vec<OfferId>,
) -> Vec<Effect> {
    let job = JobId(state.number());
    state.jobs.insert(job, JobState::new(JobTask::Paper(passing)));
    vec![Effect::Paper { job, request: Box::new(request), offers, pictures }]
}

/// The scribe answered; what it made are the files `made`.
pub(super) fn answered(state: &mut State, job: JobId, result: Result<PaperReply, JobFailure>, made: Vec<OfferId>) -> Vec<Effect> {
    let forget = |offers: Vec<OfferId>| offers.into_iter().map(Effect::ForgetOffer);
    let Some(JobState { task: JobTask::Paper(passing), .. }) = state.jobs.remove(&job) else { return forget(made).collect() };
    let mut effects: Vec<Effect> = forget(passing).collect();
    let result = match result {
        Ok(PaperReply::Refused(sentence)) => Err(sentence),
        result => result.map_err(|failure| failure.to_string()),
    };
    if state.opened.as_ref().is_some_and(|opened| opened.job == Some(job)) {
        effects.extend(opened::read(state, result, made));
        return effects;
    }
    if state.share.as_ref().is_some_and(|share| share.job == Some(job)) {
        sharing::linked(state, result);
        return effects;
    }
    match result {
        Ok(PaperReply::Written { name, media_type, sha256 }) => {
            sharing::saved_as(state, sha256);
            let file = made.first().copied();
            effects.extend(file.map(|offer| Effect::Download { offer, name, media_type }));
            return effects;
        }
        // To a bundle elsewhere; it takes the place of the one that holds everything.
        Ok(link @ PaperReply::Link(_)) => sharing::linked(state, Ok(link)),
        Ok(PaperReply::Identity(identity)) => {
            effects.extend(sharing::identified(state, identity, made.first().copied()));
            return effects;
        }
        Ok(PaperReply::Findings(imported)) => effects.extend(interchange::imported(state, imported)),
        Err(sentence) => {
            sharing::saved(state);
            state.making_key = false;
            state.notice(sentence);
        }
        Ok(_) => {}
    }
    effects.extend(forget(made));
    effects
}
