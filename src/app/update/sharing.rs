//! The report on its way out: the link, files, and the comparison.

use crate::app::job::{CutOrder, JobFailure, JobId};
use crate::app::paper::{ExhibitNote, Form, Identity, PaperReply, PaperRequest};
use crate::app::{CatalogueState, Effect, JobState, JobTask, OfferId, ShareState, State};
use crate::geometry::Rect;
use crate::report::{Article, Hosted, Report, Shows, plan};
use crate::vision::{PictureFacts, Sha256, View};

use super::papers;

const NOTHING_YET: &str = "There is nothing to share yet: findings have no place until the pictures are laid over each other.";

/// Opens the dialog, and makes the link of the open case, or of the opened report.
pub(super) fn share(state: &mut State) -> Vec<Effect> {
    if state.case.is_none() && state.report().is_none() {
        return Vec::new();
    }
    // A link that was opened is passed on as it came.
    let came_with = state.opened.as_ref().is_some_and(|opened| !opened.fragment.is_empty() && !opened.pictures.is_empty());
    let crops = state.case.is_none() && came_with;
    state.share = Some(ShareState {
        job: None,
        link: None,
        copied: None,
        crops,
        originals: false,
        bundle: None,
        sign: false,
        writing: None,
    });
    let mut effects = write(state, Form::Link);
    if state.case.is_some() && state.identity.is_none() {
        effects.extend(papers::ask(state, PaperRequest::Identity, Vec::new(), Vec::new()));
    }
    effects
}

/// Signs what is shared from now on, or doesn't.
pub(super) fn set_sign(state: &mut State, sign: bool) -> Vec<Effect> {
    match &mut state.share {
        Some(share) => share.sign = sign,
        None => return Vec::new(),
    }
    write(state, Form::Link)
}

/// Who signs in this browser; the backup of a key that was made.
pub(super) fn identified(state: &mut State, identity: Option<Identity>, backup: Option<OfferId>) -> Vec<Effect> {
    let made = identity.is_some() && state.making_key;
    state.making_key = false;
    state.identity = identity;
    let mut effects = Vec::new();
    if let Some(offer) = backup {
        let (name, media_type) = ("boardwatch-private-key.pkcs8".to_owned(), "application/pkcs8".to_owned());
        effects.push(Effect::Download { offer, name, media_type });
    }
    // Whoever makes a key wants to sign.
    let wanted = state.share.as_ref().map(|share| share.sign);
    match wanted {
        Some(_) if made => effects.extend(set_sign(state, true)),
        Some(true) if state.identity.is_none() => effects.extend(set_sign(state, false)),
        _ => {}
    }
    effects
}

/// Writes the report in a form.
pub(super) fn write(state: &mut State, form: Form) -> Vec<Effect> {
    let Some(share) = &state.share else { return Vec::new() };
    let crops = share.crops;
    let Some(report) = report(state) else {
        if let Some(share) = &mut state.share {
            (share.job, share.link) = (None, Some(Err(NOTHING_YET.to_owned())));
        }
        return Vec::new();
    };
    let effects = if state.case.is_none() {
        pass_on(state, form, crops)
    } else if let Some(order) = order(&report, form, crops) {
        cut(state, &report, form, order)
    } else {
        ask(state, form, Vec::new(), Vec::new())
    };
    let job = Some(JobId(state.last_number));
    if let Some(share) = &mut state.share {
        match form {
            Form::Link => (share.job, share.copied) = (job, None),
            form => share.writing = Some(form),
        }
    }
    effects
}

/// The report that is shared.
fn report(state: &State) -> Option<Report> {
    let catalogue = if let CatalogueState::Ready(catalogue) = &state.catalogue { Some(catalogue) } else { None };
    match &state.case {
        Some(case) => case.report(catalogue),
        None => state.report().cloned(),
    }
}

/// The pictures that a form needs of the pixels; `None` when it needs none.
fn order(report: &Report, form: Form, crops: bool) -> Option<(CutOrder, Vec<ExhibitNote>)> {
    let views = match form {
        Form::Page | Form::Bundle => plan::exhibits(report),
        Form::Link if crops => plan::small_exhibits(report),
        Form::Link => return None,
        Form::Picture => Vec::new(),
    };
    let marked = if form == Form::Picture { Some(plan::marked(report)?) } else { None };
    let note = |(shows, view): &(Shows, View)| ExhibitNote {
        shows: *shows,
        area: view.area,
        width: view.width as u32,
        height: view.height as u32,
    };
    let notes = views.iter().map(note).collect();
    let views = views.into_iter().map(|(shows, view)| (!matches!(shows, Shows::ReferenceCrop(_)), view)).collect();
    Some((CutOrder { warp: report.alignment.warp()?, marked, views }, notes))
}

/// Has a worker cut them.
fn cut(state: &mut State, report: &Report, form: Form, (order, notes): (CutOrder, Vec<ExhibitNote>)) -> Vec<Effect> {
    let Some(reference) = report.references.first().map(|note| note.picture.sha256) else { return Vec::new() };
    let job = JobId(state.number());
    state.jobs.insert(job, JobState::new(JobTask::Cut(form, notes)));
    vec![Effect::Cut { job, photo: report.photo.sha256, reference, order: Box::new(order) }]
}

/// The pictures are cut: now the report is written.
pub(super) fn pictures_cut(state: &mut State, job: JobId, files: Vec<OfferId>) -> Vec<Effect> {
    match state.jobs.remove(&job).map(|job| job.task) {
        Some(JobTask::Cut(form, notes)) => {
            let effects = ask(state, form, notes, files);
            let written_by = JobId(state.last_number);
            if let Some(share) = state.share.as_mut().filter(|share| share.job == Some(job)) {
                share.job = Some(written_by);
            }
            effects
        }
        _ => files.into_iter().map(Effect::ForgetOffer).collect(),
    }
}

/// The pictures could not be cut.
pub(super) fn cut_failed(state: &mut State, job: JobId, failure: &JobFailure) {
    state.jobs.remove(&job);
    match state.share.as_mut().filter(|share| share.job == Some(job)) {
        Some(share) => {
            share.job = None;
            share.link = Some(Err(failure.to_string()));
        }
        None => {
            saved(state);
            state.notice(failure.to_string());
        }
    }
}

/// Asks the scribe for the report of the open case; the files are pictures that were cut for it alone.
fn ask(state: &mut State, form: Form, mut exhibits: Vec<ExhibitNote>, files: Vec<OfferId>) -> Vec<Effect> {
    let Some(report) = report(state).map(Box::new) else { return Vec::new() };
    let comparison = state.case.as_ref().and_then(|case| case.document.comparison());
    let comparison = comparison.and_then(|comparison| serde_json::to_string(comparison).ok());
    let share = state.share.as_ref();
    let signer = state.identity.clone().filter(|_| share.is_some_and(|share| share.sign));
    let with_originals = form == Form::Bundle && share.is_some_and(|share| share.originals);
    let originals = if with_originals { originals(&report) } else { Vec::new() };
    exhibits.extend(originals.iter().map(|(note, _)| *note));
    let pictures = originals.into_iter().map(|(_, sha256)| sha256).collect();
    let page = state.page.clone();
    let request = PaperRequest::WriteReport { form, report, comparison, signature: None, exhibits, page, signer };
    papers::ask_with(state, request, files.clone(), pictures, files)
}

/// The very pictures that were compared, as exhibits.
fn originals(report: &Report) -> Vec<(ExhibitNote, Sha256)> {
    let Some(first) = report.references.first().map(|note| note.picture) else { return Vec::new() };
    let area = Rect::new(0.0, 0.0, f64::from(first.width), f64::from(first.height));
    let note = |shows, facts: PictureFacts| (ExhibitNote { shows, area, width: facts.width, height: facts.height }, facts.sha256);
    let references = report.references.iter().zip(0..).map(|(reference, place)| note(Shows::Reference(place), reference.picture));
    std::iter::once(note(Shows::Photo, report.photo)).chain(references).collect()
}

/// The pictures themselves go with a bundle, or don't.
pub(super) fn set_originals(state: &mut State, originals: bool) {
    state.share.iter_mut().for_each(|share| share.originals = originals);
}

/// An opened report goes on in another form with what came with it.
fn pass_on(state: &mut State, form: Form, crops: bool) -> Vec<Effect> {
    let Some((opened, files)) = state.opened().zip(state.opened.as_ref().map(|opened| opened.pictures.clone())) else {
        return Vec::new();
    };
    let with_pictures = form != Form::Link || crops;
    let (report, signature) = (opened.report.clone(), opened.signature.clone());
    let exhibits = if with_pictures { opened.exhibits.clone() } else { Vec::new() };
    let files = if with_pictures { files } else { Vec::new() };
    let request =
        PaperRequest::WriteReport { form, report, comparison: None, signature, exhibits, page: state.page.clone(), signer: None };
    papers::ask(state, request, files, Vec::new())
}

/// The link is written, or could not be.
pub(super) fn linked(state: &mut State, result: Result<PaperReply, String>) {
    let Some(share) = &mut state.share else { return };
    (share.job, share.copied) = (None, None);
    share.link = match result {
        Ok(PaperReply::Link(link)) => Some(Ok(link)),
        Ok(_) => None,
        Err(sentence) => Some(Err(sentence)),
    };
}

/// A file is written.
pub(super) fn saved_as(state: &mut State, sha256: Sha256) {
    if let Some(share) = state.share.as_mut().filter(|share| share.writing == Some(Form::Bundle)) {
        share.bundle = Some(sha256);
    }
    saved(state);
}

/// Makes a link to the bundle that was saved last.
pub(super) fn link_to(state: &mut State, address: &str) -> Vec<Effect> {
    let Some(sha256) = state.share.as_ref().and_then(|share| share.bundle) else { return Vec::new() };
    let hosted = Hosted { address: address.trim().to_owned(), sha256 };
    let request = PaperRequest::WriteHosted { hosted, page: state.page.clone() };
    papers::ask(state, request, Vec::new(), Vec::new())
}

/// Nothing is being written any more.
pub(super) fn saved(state: &mut State) {
    if let Some(share) = &mut state.share {
        share.writing = None;
    }
}

/// Small pictures ride along in the link, or don't.
pub(super) fn set_crops(state: &mut State, crops: bool) -> Vec<Effect> {
    match &mut state.share {
        Some(share) => share.crops = crops,
        None => return Vec::new(),
    }
    write(state, Form::Link)
}

/// The address of the link that is ready.
fn address(state: &State) -> Option<String> {
    let link = state.share.as_ref().and_then(ShareState::ready)?;
    Some(format!("{}#{}", state.page, link.fragment))
}

/// Puts the link onto the clipboard.
pub(super) fn copy(state: &State) -> Vec<Effect> {
    address(state).map(Effect::Copy).into_iter().collect()
}

/// Hands it to the device.
pub(super) fn send(state: &State) -> Vec<Effect> {
    let title = report(state).map(|report| Article::of(&report).title).unwrap_or_default();
    address(state).map(|address| Effect::Send { title, address }).into_iter().collect()
}

/// The comparison JSON as a file, named after the photo's hash.
pub(super) fn export_comparison(state: &mut State) -> Vec<Effect> {
    let Some(comparison) = state.case.as_ref().and_then(|case| case.document.comparison()) else { return Vec::new() };
    match serde_json::to_string(comparison) {
        Ok(json) => {
            let request = PaperRequest::WriteComparison(json, comparison.photo.sha256);
            papers::ask(state, request, Vec::new(), Vec::new())
        }
        Err(error) => {
            state.notice(format!("The comparison could not be written as JSON ({error}). Compare again, then export."));
            Vec::new()
        }
    }
}
