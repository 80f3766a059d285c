//! The report on its way out: the link, files, and the comparison.

use crate::app::cut::{CutOrder, FoundLabel};
use crate::app::job::{JobFailure, JobId};
use crate::app::link::Link;
use crate::app::paper::{ExhibitNote, Form, PaperReply, PaperRequest};
use crate::app::{Draft, Effect, Errand, JobState, JobTask, OfferId, OpenedReport, ShareState, State};
use crate::geometry::Rect;
use crate::report::{Article, Hosted, Report, Shows, plan};
use crate::vision::{Hidden, PictureFacts, Sha256, View};

use super::papers::{self, Files};
use super::{comparing, preview, references};

const NOTHING_YET: &str = "There is nothing to share yet: findings have no place until the pictures are laid over each other.";

/// Opens the dialog, and makes the link of the open case, or of the opened report.
pub(super) fn share(state: &mut State) -> Vec<Effect> {
    if state.case.is_none() && state.report().is_none() {
        return Vec::new();
    }
    // A link that was opened is passed on as it came.
    let came_with = |opened: &OpenedReport| opened.fragment.starts_with('r') && !opened.pictures.is_empty();
    let crops = state.case.is_none() && state.opened.as_ref().is_some_and(came_with);
    state.share = Some(ShareState { crops, ..ShareState::default() });
    let mut effects = write(state, Form::Link);
    if state.case.is_some() && state.identity.is_none() {
        effects.extend(papers::ask(state, Errand::Key(false), PaperRequest::Identity, Files::default()).1);
    }
    effects
}

/// Closes the dialog; the pictures that were shown in it are forgotten.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    let preview = state.share.take().and_then(|share| share.preview);
    preview::forget(state, preview)
}

/// The person has looked at the pictures, or takes that back: then none of them goes along.
pub(super) fn set_looked(state: &mut State, looked: bool) -> Vec<Effect> {
    let Some(share) = &mut state.share else { return Vec::new() };
    share.looked = looked && share.preview.as_ref().is_some_and(|preview| preview.job.is_none());
    if !share.looked && share.crops { set_crops(state, false) } else { Vec::new() }
}

/// Writes the report in a form, as it is now: what happens while it is written is for the next one.
pub(super) fn write(state: &mut State, form: Form) -> Vec<Effect> {
    let Some(share) = &mut state.share else { return Vec::new() };
    // The link before is for nobody any more.
    let before = if form == Form::Link { share.job.take() } else { None };
    let mut effects = before.map_or_else(Vec::new, |job| comparing::cancel(state, job));
    let Some((draft, files)) = draft(state, form) else {
        if let Some(share) = state.share.as_mut().filter(|_| form == Form::Link) {
            share.link = Some(Err(NOTHING_YET.to_owned()));
        }
        return effects;
    };
    let (job, asked) = match order(&draft, preview::hidden(state)) {
        Some(order) => cut(state, order, draft),
        None => ask(state, draft, files),
    };
    effects.extend(asked);
    if let Some(share) = &mut state.share {
        match form {
            Form::Link => (share.job, share.copied) = (Some(job), None),
            form => share.writing = Some((form, job)),
        }
    }
    effects
}

/// The report as it is to be written, and the files that came with it.
fn draft(state: &State, form: Form) -> Option<(Draft, Files)> {
    let share = state.share.as_ref()?;
    let report = Box::new(report(state)?);
    // What is hidden would be seen on the originals.
    let whole = form == Form::Bundle && share.originals && preview::hidden(state).is_empty();
    let Some(case) = &state.case else {
        let (opened, files) = (state.opened()?, &state.opened.as_ref()?.pictures);
        let goes = |shows| match form {
            Form::Link => share.crops && matches!(shows, Shows::PhotoCrop(_) | Shows::ReferenceCrop(_)),
            _ => whole || Shows::is_on_page(shows),
        };
        let chosen = opened.exhibits.iter().zip(files).filter(|(note, _)| goes(note.shows));
        let (exhibits, offers) = chosen.map(|(note, offer)| (*note, *offer)).unzip();
        let draft = Draft {
            form,
            report,
            comparison: None,
            signature: opened.signature.clone(),
            signer: None,
            exhibits,
            pictures: Vec::new(),
            crops: false,
        };
        return Some((draft, Files { offers, ..Files::default() }));
    };
    // Of a photo that lies nowhere no picture can be cut, and none has to be looked at.
    let is_plain = (form == Form::Link && !share.crops) || (form != Form::Picture && !case.is_mapped());
    let looked_at = share.looked_at();
    if !is_plain && looked_at.is_none() {
        return None;
    }
    let originals = if whole { originals(&report) } else { Vec::new() };
    let (mut exhibits, pictures): (Vec<ExhibitNote>, Vec<Sha256>) = originals.into_iter().unzip();
    let mut files = Files::default();
    // The very pictures that the person has looked at.
    if let (Form::Page | Form::Bundle, Some(seen)) = (form, looked_at) {
        exhibits.splice(0..0, seen.exhibits.iter().copied());
        files.offers.clone_from(&seen.files);
    }
    let comparison = case.document.comparison().and_then(|comparison| serde_json::to_string(comparison).ok());
    let signer = state.identity.clone().filter(|_| share.sign);
    let crops = form == Form::Picture || (form == Form::Link && share.crops);
    Some((Draft { form, report, comparison, signature: None, signer, exhibits, pictures, crops }, files))
}

/// The report that is shared.
fn report(state: &State) -> Option<Report> {
    match &state.case {
        Some(case) => case.report(&|entry| references::provenance(&state.catalogue, entry)),
        None => state.report().cloned(),
    }
}

/// The very pictures that were compared, as exhibits.
fn originals(report: &Report) -> Vec<(ExhibitNote, Sha256)> {
    let Some(first) = report.references.first().map(|note| note.picture) else { return Vec::new() };
    let area = Rect::new(0.0, 0.0, f64::from(first.width), f64::from(first.height));
    let note = |shows, facts: PictureFacts| (ExhibitNote { shows, area, width: facts.width, height: facts.height }, facts.sha256);
    let references = report.references.iter().zip(0..).map(|(reference, place)| note(Shows::Reference(place), reference.picture));
    std::iter::once(note(Shows::Photo, report.photo)).chain(references).collect()
}

/// The pictures that are to be made of the pixels; `None` when there are none.
fn order(draft: &Draft, hidden: Vec<Hidden>) -> Option<(CutOrder, Vec<ExhibitNote>)> {
    let report = &draft.report;
    let (planned, marked) = match draft.form {
        Form::Link if draft.crops => (plan::small_exhibits(report), None),
        Form::Picture => (Vec::new(), Some(plan::marked(report)?)),
        _ => return None,
    };
    let (notes, views) = views(planned);
    Some((CutOrder { warp: report.alignment.warp()?, marked, views, hidden, labels: false }, notes))
}

/// Planned pictures as they are called in a report, and as they are ordered.
pub(super) fn views(planned: Vec<(Shows, View)>) -> (Vec<ExhibitNote>, Vec<(bool, View)>) {
    let note = |(shows, view): &(Shows, View)| ExhibitNote {
        shows: *shows,
        area: view.area,
        width: view.width as u32,
        height: view.height as u32,
    };
    let notes = planned.iter().map(note).collect();
    (notes, planned.into_iter().map(|(shows, view)| (!matches!(shows, Shows::ReferenceCrop(_)), view)).collect())
}

/// The photo of a report, and the reference that its findings lie on.
pub(super) fn pair(report: &Report) -> (Sha256, Sha256) {
    let photo = report.photo.sha256;
    (photo, report.references.first().map_or(photo, |note| note.picture.sha256))
}

/// Has a worker cut them.
fn cut(state: &mut State, (order, mut notes): (CutOrder, Vec<ExhibitNote>), mut draft: Draft) -> (JobId, Vec<Effect>) {
    let (photo, reference) = pair(&draft.report);
    // What is cut comes before what is there already.
    notes.append(&mut draft.exhibits);
    draft.exhibits = notes;
    let job = JobId(state.number());
    state.jobs.insert(job, JobState::new(JobTask::Cut(Box::new(draft))));
    (job, vec![Effect::Cut { job, photo, reference, order: Box::new(order) }])
}

/// The pictures are cut: now the report is written.
pub(super) fn pictures_cut(state: &mut State, job: JobId, offers: Vec<OfferId>, labels: Vec<FoundLabel>) -> Vec<Effect> {
    if let Some(JobState { task: JobTask::Preview(_), .. }) = state.jobs.get(&job) {
        return preview::cut(state, job, Some((offers, labels)));
    }
    let Some(JobState { task: JobTask::Cut(draft), .. }) = state.jobs.remove(&job) else {
        return offers.into_iter().map(Effect::ForgetOffer).collect();
    };
    let (written_by, effects) = ask(state, *draft, Files { passing: offers.clone(), offers, pictures: Vec::new() });
    if let Some(share) = &mut state.share {
        if share.job == Some(job) {
            share.job = Some(written_by);
        }
        if let Some((_, writing)) = share.writing.as_mut().filter(|(_, writing)| *writing == job) {
            *writing = written_by;
        }
    }
    effects
}

/// The pictures could not be cut.
pub(super) fn cut_failed(state: &mut State, job: JobId, form: Form, failure: &JobFailure) {
    state.jobs.remove(&job);
    if form == Form::Link {
        linked(state, job, Err(failure.to_string()));
    } else {
        saved(state, job, form, None);
        state.notice(failure.to_string());
    }
}

/// Asks the scribe.
fn ask(state: &mut State, draft: Draft, files: Files) -> (JobId, Vec<Effect>) {
    let Draft { form, report, comparison, signature, signer, exhibits, pictures, crops: _ } = draft;
    let page = state.page.clone();
    let request = PaperRequest::WriteReport { form, report, comparison, signature, exhibits, page, signer };
    let errand = if form == Form::Link { Errand::Link } else { Errand::Save(form) };
    papers::ask(state, errand, request, Files { pictures, ..files })
}

/// The link is written, or could not be; one that nobody waits for is dropped.
pub(super) fn linked(state: &mut State, job: JobId, result: Result<PaperReply, String>) {
    let Some(share) = state.share.as_mut().filter(|share| share.job == Some(job)) else { return };
    (share.job, share.copied) = (None, None);
    share.link = match result {
        Ok(PaperReply::Link(link)) => Some(Ok(link)),
        Ok(_) => None,
        Err(sentence) => Some(Err(sentence)),
    };
}

/// A file is written, or could not be.
pub(super) fn saved(state: &mut State, job: JobId, form: Form, reply: Option<&PaperReply>) {
    let Some(share) = &mut state.share else { return };
    share.writing.take_if(|(_, writing)| *writing == job);
    if let (Form::Bundle, Some(PaperReply::Written { sha256, .. })) = (form, reply) {
        (share.bundle, share.hosted) = (Some(*sha256), None);
    }
}

/// Makes a link to the bundle that was saved last.
pub(super) fn link_to(state: &mut State, address: &str) -> Vec<Effect> {
    let Some(sha256) = state.share.as_ref().and_then(|share| share.bundle) else { return Vec::new() };
    let hosted = Hosted { address: address.trim().to_owned(), sha256 };
    let request = PaperRequest::WriteHosted { hosted, page: state.page.clone() };
    papers::ask(state, Errand::Hosted, request, Files::default()).1
}

/// The link to a bundle is written.
pub(super) fn hosted(state: &mut State, link: Link) {
    if let Some(share) = &mut state.share {
        share.hosted = Some(link);
    }
}

/// Signs what is shared from now on, or doesn't.
pub(super) fn set_sign(state: &mut State, sign: bool) -> Vec<Effect> {
    state.share.iter_mut().for_each(|share| share.sign = sign);
    write(state, Form::Link)
}

/// Who signs in this browser, or why nobody does; the backup of a key that was made.
pub(super) fn identified(
    state: &mut State,
    making: bool,
    result: Result<PaperReply, String>,
    backup: Option<OfferId>,
) -> Vec<Effect> {
    state.making_key &= !making;
    state.identity = match result {
        Ok(PaperReply::Identity(identity)) => identity,
        Ok(_) => None,
        // Whoever only looks whether there is a key is not bothered with why there can be none.
        Err(sentence) => {
            if making {
                state.notice(sentence);
            }
            return Vec::new();
        }
    };
    let (name, media_type) = ("boardwatch-private-key.pkcs8".to_owned(), "application/pkcs8".to_owned());
    let mut effects: Vec<Effect> = backup.map(|offer| Effect::Download { offer, name, media_type }).into_iter().collect();
    // Whoever makes a key wants to sign; without one nothing can be signed.
    let signs = state.share.as_ref().is_some_and(|share| share.sign);
    if state.share.is_some() && signs != state.identity.is_some() && (making || signs) {
        effects.extend(set_sign(state, state.identity.is_some()));
    }
    effects
}

/// Makes a key for signing.
pub(super) fn make_key(state: &mut State, name: String, backup: bool) -> Vec<Effect> {
    if name.is_empty() || state.making_key {
        return Vec::new();
    }
    state.making_key = true;
    papers::ask(state, Errand::Key(true), PaperRequest::MakeKey { name, backup }, Files::default()).1
}

/// Takes it out of this browser.
pub(super) fn forget_key(state: &mut State) -> Vec<Effect> {
    papers::ask(state, Errand::Key(false), PaperRequest::ForgetKey, Files::default()).1
}

/// The public key as a file.
pub(super) fn save_key(state: &mut State) -> Vec<Effect> {
    let Some(identity) = state.identity.clone() else { return Vec::new() };
    papers::ask(state, Errand::Export, PaperRequest::WriteKey(identity), Files::default()).1
}

/// Small pictures ride along in the link, or don't.
pub(super) fn set_crops(state: &mut State, crops: bool) -> Vec<Effect> {
    // Of an opened report they are its sender's.
    let of_case = state.case.is_some();
    state.share.iter_mut().for_each(|share| share.crops = crops && (!of_case || share.looked_at().is_some()));
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

/// Puts the link to the bundle onto the clipboard.
pub(super) fn copy_hosted(state: &State) -> Vec<Effect> {
    let hosted = state.share.as_ref().and_then(|share| share.hosted.as_ref());
    hosted.map(|link| Effect::Copy(format!("{}#{}", state.page, link.fragment))).into_iter().collect()
}

/// Hands the link to the device.
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
            papers::ask(state, Errand::Export, request, Files::default()).1
        }
        Err(error) => {
            state.notice(format!("The comparison could not be written as JSON ({error}). Compare again, then export."));
            Vec::new()
        }
    }
}
