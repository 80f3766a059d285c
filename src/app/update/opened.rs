//! What an opened report becomes when pictures come to it.

use std::rc::Rc;

use crate::app::job::JobId;
use crate::app::paper::{Opened, PaperReply, PaperRequest};
use crate::app::{
    AddedReport, CASE_VERSION, Case, Effect, Errand, JobState, JobTask, Offer, OfferId, OpenedReport, Origin, Panel,
    PictureEntry, Slot, SlotState, State,
};
use crate::report::{BundleError, Document, FindingId, Laid, MAX_BUNDLE_BYTES, Question, ReferenceNote, Report, SentCrop, Shows};
use crate::sorted::{SortedMap, SortedSet};
use crate::vision::{PictureFacts, Sha256};

use super::papers::{self, Files};
use super::{answering, cases, comparing, drafting, pictures, references};

/// Reports that are added up at most.
const MOST_ADDED: usize = 99;
const OTHER_REFERENCE: &str =
    "This report is about another reference, so the two can't be added up. Open it by itself to read it.";
const ADDED_ALREADY: &str = "This report is open already; it counts once.";
const TOO_MANY_ADDED: &str = "100 reports are open, and no more are added up at a time. Put some away first.";
pub(super) const HOSTED_BY_ITSELF: &str =
    "This link points to a bundle on another host. Open it by itself, save it as a file, then drop the file here.";

/// Asks the scribe what a link holds.
pub(super) fn open_link(state: &mut State, fragment: &str) -> Vec<Effect> {
    let request = PaperRequest::ReadLink(fragment.to_owned());
    let (job, effects) = papers::ask(state, Errand::OpenLink, request, Files::default());
    let fragment = fragment.to_owned();
    state.opened = Some(OpenedReport { fragment, job: Some(job), ..OpenedReport::default() });
    effects
}

/// Asks the scribe what a file holds. What is open stays open until the file is known to be a report; while a link waits for the file that it
/// speaks of, it has to be that one.
pub(super) fn open_file(state: &mut State, offer: &Offer) -> Vec<Effect> {
    let waits = state.opened.as_ref().filter(|_| state.report().is_none());
    let wanted = waits.and_then(|opened| opened.hosted.as_ref()).map(|hosted| hosted.sha256);
    ask_of(state, Errand::OpenFile, offer, wanted)
}

/// Asks the scribe for the report of a file.
fn ask_of(state: &mut State, errand: Errand, offer: &Offer, wanted: Option<Sha256>) -> Vec<Effect> {
    // A file far too large would fill the scribe's memory before it could say so.
    if offer.bytes > 2 * MAX_BUNDLE_BYTES as u64 {
        state.notice(format!("{}: {}", offer.title, BundleError::TooLarge));
        return vec![Effect::ForgetOffer(offer.id)];
    }
    papers::ask(state, errand, PaperRequest::ReadReport(wanted), Files::once(offer.id)).1
}

/// A file is a report: beside one about the same reference it is added, else it takes the place of what was open.
pub(super) fn show(state: &mut State, report: Box<Opened>, pictures: Vec<OfferId>) -> Vec<Effect> {
    let is_about_same = state.report().is_some_and(|open| first(open) == first(&report.report));
    if is_about_same || state.opened.as_ref().is_some_and(|opened| !opened.added.is_empty()) {
        return add(state, report, pictures, String::new());
    }
    let mut effects = cases::close(state);
    state.opened = Some(OpenedReport { report: Some(Ok(report)), pictures, ..OpenedReport::default() });
    effects.extend(answer(state));
    effects
}

/// What the findings of a report lie on.
fn first(report: &Report) -> Option<PictureFacts> {
    report.references.first().map(|note| note.picture)
}

/// Asks the scribe for the report of another link, whole or only what stands behind its `#`.
pub(super) fn add_link(state: &mut State, link: &str) -> Vec<Effect> {
    let fragment = link.trim().rsplit('#').next().unwrap_or_default().to_owned();
    if link.trim().is_empty() || state.report().is_none() {
        return Vec::new();
    }
    let (job, effects) = papers::ask(state, Errand::Add, PaperRequest::ReadLink(fragment.clone()), Files::default());
    state.opened.iter_mut().for_each(|opened| opened.adding = Some((job, fragment.clone())));
    effects
}

/// Asks the scribe for the report of a file that is to be added.
pub(super) fn add_file(state: &mut State, offer: &Offer) -> Vec<Effect> {
    if !offer.is_report {
        state.notice(format!("{}: {}", offer.title, BundleError::NotAReport));
    }
    if !offer.is_report || state.report().is_none() {
        return vec![Effect::ForgetOffer(offer.id)];
    }
    ask_of(state, Errand::Add, offer, None)
}

/// Puts a report beside the one that is open; of a link, its fragment goes with it.
pub(super) fn add(state: &mut State, report: Box<Opened>, pictures: Vec<OfferId>, fragment: String) -> Vec<Effect> {
    let forgotten = |pictures: Vec<OfferId>| pictures.into_iter().map(Effect::ForgetOffer).collect();
    let open = state.report().map(first);
    let (Some(open), Some(opened)) = (open, &mut state.opened) else { return forgotten(pictures) };
    let is_full = opened.added.len() >= MOST_ADDED;
    let refused = match opened.held(report.digest) {
        // The same report, now with its pictures.
        Some((held, files)) if is_more(&report, held) => {
            (*held, *files) = (report, pictures);
            return Vec::new();
        }
        Some(_) => ADDED_ALREADY,
        None if open != first(&report.report) => OTHER_REFERENCE,
        None if is_full => TOO_MANY_ADDED,
        None => {
            opened.added.push(AddedReport { fragment, report, pictures });
            // Once is enough: the others lie on the same reference.
            return if opened.added.len() == 1 { fetch_ground(state, open) } else { Vec::new() };
        }
    };
    state.notice(refused);
    forgotten(pictures)
}

/// True when it has the pictures that the other one of the same digest lacks, and nobody vouched for that who does not vouch for this.
fn is_more(report: &Opened, held: &Opened) -> bool {
    let vouched = held.signature.is_none() || held.signature == report.signature;
    held.exhibits.is_empty() && !report.exhibits.is_empty() && vouched
}

/// What several reports say together is drawn over their reference, where the catalogue has it.
fn fetch_ground(state: &mut State, reference: Option<PictureFacts>) -> Vec<Effect> {
    let missing = reference.map(|facts| facts.sha256).filter(|sha256| !state.loaded.contains(sha256));
    let known = missing.and_then(|sha256| references::catalogue_picture(&state.catalogue, sha256));
    known.and_then(|entry| references::fetch(state, &entry)).into_iter().collect()
}

/// One of the reports that were added changes places with the one in the middle.
pub(super) fn show_added(state: &mut State, place: usize) -> Vec<Effect> {
    let Some(opened) = &mut state.opened else { return Vec::new() };
    let (Some(added), Some(Ok(report))) = (opened.added.get_mut(place), &mut opened.report) else { return Vec::new() };
    std::mem::swap(&mut added.report, report);
    std::mem::swap(&mut added.pictures, &mut opened.pictures);
    std::mem::swap(&mut added.fragment, &mut opened.fragment);
    opened.hosted = None;
    // One that came as a file has no address: then that of the one before opens at least that one again.
    let has_address = !opened.fragment.is_empty();
    has_address.then(|| Effect::SetFragment(opened.fragment.clone())).into_iter().collect()
}

/// One of the reports that were added is put away.
pub(super) fn put_aside(state: &mut State, place: usize) -> Vec<Effect> {
    let added = state.opened.as_mut().map(|opened| &mut opened.added).filter(|added| place < added.len());
    let gone = added.map(|added| added.remove(place).pictures).unwrap_or_default();
    gone.into_iter().map(Effect::ForgetOffer).collect()
}

/// The scribe read the link that is open, or the file that it points to, or says why not.
pub(super) fn read(state: &mut State, job: JobId, result: Result<PaperReply, String>, pictures: Vec<OfferId>) -> Vec<Effect> {
    let Some(opened) = state.opened.as_mut().filter(|opened| opened.job == Some(job)) else {
        return pictures.into_iter().map(Effect::ForgetOffer).collect();
    };
    opened.job = None;
    opened.pictures = pictures;
    opened.report = match result {
        Ok(PaperReply::Report(report)) => Some(Ok(report)),
        Ok(PaperReply::Hosted(hosted)) => {
            opened.hosted = Some(hosted);
            None
        }
        Ok(_) => None,
        Err(sentence) => Some(Err(sentence)),
    };
    answer(state)
}

/// Asks the host that the link points to.
pub(super) fn fetch(state: &mut State) -> Vec<Effect> {
    let job = JobId(state.number());
    let Some(opened) = state.opened.as_mut().filter(|opened| opened.job.is_none()) else { return Vec::new() };
    let Some(address) = opened.hosted.as_ref().map(|hosted| hosted.address.clone()) else { return Vec::new() };
    (opened.job, opened.report) = (Some(job), None);
    state.jobs.insert(job, JobState::new(JobTask::Paper(Errand::OpenLink, Vec::new())));
    vec![Effect::FetchReport { job, address }]
}

/// The host answered: the file has to be the one that the link speaks of.
pub(super) fn fetched(state: &mut State, job: JobId, result: Result<Offer, String>) -> Vec<Effect> {
    let is_awaited = state.jobs.remove(&job).is_some() && state.opened.as_ref().is_some_and(|opened| opened.job == Some(job));
    let wanted = state.opened.as_ref().and_then(|opened| opened.hosted.as_ref()).map(|hosted| hosted.sha256);
    match result {
        Ok(offer) if is_awaited => {
            let request = PaperRequest::ReadReport(wanted);
            let (reading, effects) = papers::ask(state, Errand::OpenLink, request, Files::once(offer.id));
            state.opened.iter_mut().for_each(|opened| opened.job = Some(reading));
            effects
        }
        Ok(offer) => vec![Effect::ForgetOffer(offer.id)],
        Err(sentence) => {
            if let Some(opened) = state.opened.as_mut().filter(|_| is_awaited) {
                (opened.job, opened.report) = (None, Some(Err(sentence)));
            }
            Vec::new()
        }
    }
}

/// Beside an opened report, pictures find their places by their hashes once all of them are known, and the case opens when
/// everything that it needs is here.
pub(super) fn answer(state: &mut State) -> Vec<Effect> {
    if state.opening_sample || state.slots.iter().any(|slot| matches!(slot, SlotState::Inspecting(_))) {
        return Vec::new();
    }
    let Some(report) = state.report().cloned() else { return Vec::new() };
    let Some(reference) = report.references.first().cloned() else { return Vec::new() };
    let sha_in = |slot: &SlotState| if let SlotState::Ready(entry) = slot { Some(entry.facts.sha256) } else { None };
    let [known_good, your_board] = state.slots.each_ref().map(sha_in);
    let is_reference = |sha: Option<Sha256>| sha == Some(reference.picture.sha256);
    let is_photo = |sha: Option<Sha256>| sha == Some(report.photo.sha256);
    // A drawing is nobody's board.
    let is_stray = known_good.is_some() && your_board.is_none() && !is_reference(known_good) && !drafting::is_drawing(state);
    if is_reference(your_board) || (is_photo(known_good) && !is_photo(your_board)) || is_stray {
        state.slots.reverse();
    }
    let SlotState::Ready(photo) = state.slot(Slot::YourBoard).clone() else { return Vec::new() };
    if photo.facts == report.photo {
        return from_report(state, report, photo, false);
    }
    match state.slot(Slot::KnownGood).clone() {
        SlotState::Ready(entry) if entry.facts.sha256 == reference.picture.sha256 => from_report(state, report, photo, true),
        SlotState::Ready(entry) => {
            *state.slot_mut(Slot::KnownGood) = SlotState::Empty;
            state.notice(format!(
                "{} is not the reference that this report names. Its findings lie on {} (SHA-256 {}…): drop that file.",
                entry.title,
                reference.title,
                reference.picture.sha256.short()
            ));
            Vec::new()
        }
        SlotState::Empty if state.loaded.contains(&reference.picture.sha256) => from_report(state, report, photo, true),
        SlotState::Empty => references::choose_reference(state, reference.picture.sha256),
        SlotState::Inspecting(_) | SlotState::Fetching(_) => Vec::new(),
    }
}

/// The question that an answer has answered, with what it says; whoever has its photo goes on with it.
fn answered(report: &Report, document: &mut Document) -> Option<Question> {
    let answer = report.answer.as_ref()?;
    answer.places.iter().for_each(|place| document.see(place.finding, Some(place.clone())));
    Some(Question { report: answer.report, crops: SortedMap::new() })
}

/// What the open report asks of another unit; the sender's pictures of its findings are kept, because the case outlives the report.
fn question(state: &mut State) -> (Option<Question>, Vec<Effect>) {
    let Some(opened) = state.opened() else { return (None, Vec::new()) };
    let mut question = Question { report: opened.digest, crops: SortedMap::new() };
    let mut kept = Vec::new();
    let files = state.opened.iter().flat_map(|opened| &opened.pictures);
    for ((note, sha256), offer) in opened.exhibits.iter().zip(&opened.hashes).zip(files) {
        if let Shows::PhotoCrop(id) = note.shows {
            let picture = PictureFacts { sha256: *sha256, width: note.width, height: note.height };
            question.crops.insert(id, SentCrop { picture, area: note.area });
            kept.push((*offer, *sha256));
        }
    }
    let keep = |(offer, sha256): (OfferId, Sha256)| {
        pictures::arrive(state, sha256);
        if let Some(opened) = &mut state.opened {
            opened.pictures.retain(|other| *other != offer);
        }
        Effect::KeepPicture { offer, sha256 }
    };
    let effects = kept.into_iter().map(keep).collect();
    (Some(question), effects)
}

/// A case of an opened report and a photo: the report's own photo keeps the report's alignment; another photo is compared
/// with the report's reference, and the findings wait on that.
pub(super) fn from_report(state: &mut State, report: Report, photo: PictureEntry, compare: bool) -> Vec<Effect> {
    // What was drawn here for the report is more than its picture.
    let drawn = match state.slot(Slot::KnownGood) {
        SlotState::Ready(entry) => Some((entry.facts, entry.drawing.clone())),
        _ => None,
    };
    let to_entry = |note: ReferenceNote| PictureEntry {
        drawing: drawn.clone().filter(|(facts, _)| *facts == note.picture).and_then(|(_, drawing)| drawing),
        ..PictureEntry::of(note.picture, note.title, Origin::Report)
    };
    // Findings lie on the first reference; a comparison here is with that one alone.
    let references = report.references.iter().take(if compare { 1 } else { usize::MAX });
    // Of another unit the findings are questions, not yet anything that its owner says.
    let last = report.findings.last().map_or(FindingId(0), |finding| finding.id);
    let own = report.findings.iter().filter(|finding| !report.is_answered(finding.id)).cloned();
    let mut document = if compare { Document::behind(last) } else { Document::of(own) };
    let (question, kept) = if compare { question(state) } else { (answered(&report, &mut document), Vec::new()) };
    document.set_references(references.cloned().map(to_entry).collect());
    if !compare {
        document.lay(Laid { alignment: Some(Rc::new(report.alignment.clone())), ..Laid::default() });
    }
    let case = Case {
        version: CASE_VERSION,
        id: cases::new_id(state),
        title: photo.title.clone(),
        board: report.board.clone(),
        // Whoever has the very photo speaks of the same unit; who speaks now is another question.
        unit: if compare { String::new() } else { report.unit.clone() },
        contributor: String::new(),
        photo,
        reported: Some(Box::new(report)),
        question,
        document,
        looked_at: SortedSet::new(),
    };
    let mut effects = kept;
    effects.extend(cases::enter(state, case));
    state.view.panel = Panel::Findings;
    if compare {
        answering::go_on(state);
        state.view.flight += 1;
        effects.extend(comparing::again(state));
    } else {
        effects.extend(cases::load_pictures(state));
    }
    effects
}
