//! Drawings: files of a design become a picture of a side, which the photo is set against.

use std::rc::Rc;

use crate::app::draft::{CheckRequest, DraftReply, DraftRequest};
use crate::app::job::{JobFailure, JobId};
use crate::app::{
    ByHand, Case, Effect, JobState, JobTask, Layer, Offer, OfferId, Origin, PictureEntry, Purpose, Slot, SlotState, State,
};
use crate::catalog::{Modality, Side};
use crate::design::DesignCheck;
use crate::geometry::Point;
use crate::report::{ControlPoint, Document, Drawing, FEWEST_DRAWING_POINTS, MAX_LAYERS, PictureLayer, Told};
use crate::vision::{PictureFacts, Sha256, Verdict};

use super::{cases, comparing, findings, looking, opened, pictures};

/// Files of one design: every layer of a board with its drills, twice over.
const MOST_FILES: usize = 64;

/// Files of a design came in, all at once: they are drawn together.
pub(super) fn offered(state: &mut State, mut offers: Vec<Offer>) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    if offers.len() > MOST_FILES {
        state.notice(format!("A design has at most {MOST_FILES} files, so the first {MOST_FILES} were taken."));
        effects.extend(offers.split_off(MOST_FILES).into_iter().map(|offer| Effect::ForgetOffer(offer.id)));
    }
    let Some(first) = offers.first().cloned() else { return effects };
    if first.purpose.is_some_and(|purpose| purpose != Purpose::Layer) {
        state.notice(format!("{} is a file of a design, and no picture. Drop it on the start screen as what your board is compared with, or add it as a layer.", first.title));
        effects.extend(offers.into_iter().map(|offer| Effect::ForgetOffer(offer.id)));
        return effects;
    }
    if state.case.is_none() {
        effects.extend(pictures::remove(state, Slot::KnownGood));
        *state.slot_mut(Slot::KnownGood) = SlotState::Inspecting(first);
    }
    effects.push(draw(state, offers, None));
    effects
}

fn draw(state: &mut State, offers: Vec<Offer>, side: Option<Side>) -> Effect {
    let job = JobId(state.number());
    let request = Box::new(DraftRequest::Draw { names: offers.iter().map(|offer| offer.title.clone()).collect(), side });
    let ids = offers.iter().map(|offer| offer.id).collect();
    state.jobs.insert(job, JobState::new(JobTask::Draw(offers)));
    Effect::Draft { job, request, offers: ids, pictures: Vec::new() }
}

/// True when the known-good slot holds a drawing, or waits for one.
pub(super) fn is_drawing(state: &State) -> bool {
    match state.slot(Slot::KnownGood) {
        SlotState::Ready(entry) => entry.drawing.is_some(),
        SlotState::Inspecting(offer) => offer.is_design,
        _ => false,
    }
}

/// The drafter answered.
pub(super) fn answered(state: &mut State, job: JobId, mut reply: DraftReply, made: Vec<OfferId>) -> Vec<Effect> {
    let drawn = reply.drawn.take();
    match (reply.refused.take(), state.jobs.get(&job).map(|job| &job.task)) {
        (None, Some(JobTask::Draw(_))) if drawn.is_some() => {
            reply.said.into_iter().for_each(|sentence| state.notice(sentence));
            drawn.map_or_else(Vec::new, |drawn| self::drawn(state, job, drawn, &made))
        }
        (None, Some(JobTask::Compare | JobTask::Check(_))) => checked(state, job, reply, drawn, &made),
        (refused, task) => {
            let failure = JobFailure::Refused(refused.unwrap_or_default());
            let mut effects = if task.is_some() { comparing::failed(state, job, &failure) } else { Vec::new() };
            effects.extend(made.into_iter().map(Effect::ForgetOffer));
            effects
        }
    }
}

/// The design could not be drawn.
pub(super) fn not_drawn(state: &mut State, job: JobId, failure: &JobFailure) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Draw(offers), .. }) = state.jobs.remove(&job) else { return Vec::new() };
    empty_slot(state, &offers);
    state.notice(match (failure, &offers[..]) {
        // The sentence names the file itself.
        (JobFailure::Refused(sentence), _) => sentence.clone(),
        (failure, [only]) => format!("{}: {failure}", only.title),
        (failure, _) => failure.to_string(),
    });
    offers.into_iter().map(|offer| Effect::ForgetOffer(offer.id)).collect()
}

/// Where the drawing belongs is not known: it lies over the board, to be placed by hand.
pub(super) fn not_checked(state: &mut State, job: JobId, failure: &JobFailure) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Check(entry), .. }) = state.jobs.remove(&job) else { return Vec::new() };
    state.notice(failure.to_string());
    lay_over(state, &entry, Vec::new(), None)
}

/// Nobody waits for these files any more: the slot that did is empty.
pub(super) fn empty_slot(state: &mut State, offers: &[Offer]) {
    if let Some(first) = offers.first()
        && *state.slot(Slot::KnownGood) == SlotState::Inspecting(first.clone())
    {
        *state.slot_mut(Slot::KnownGood) = SlotState::Empty;
    }
}

/// A side was drawn: into its slot, or over the board of the open case.
fn drawn(state: &mut State, job: JobId, drawn: (PictureFacts, Drawing), made: &[OfferId]) -> Vec<Effect> {
    let Some(JobState { task: JobTask::Draw(offers), .. }) = state.jobs.remove(&job) else { return Vec::new() };
    let waits = offers.first().is_some_and(|first| *state.slot(Slot::KnownGood) == SlotState::Inspecting(first.clone()));
    if !waits && state.case.is_none() {
        return offers.iter().map(|offer| offer.id).chain(made.iter().copied()).map(Effect::ForgetOffer).collect();
    }
    // The report that is open may be about the other side.
    let wanted = state.report().and_then(|report| report.references.first()).map(|reference| reference.picture.sha256);
    if waits && drawn.1.side == Side::Top && wanted.is_some_and(|wanted| wanted != drawn.0.sha256) {
        let forgotten = made.iter().map(|offer| Effect::ForgetOffer(*offer));
        return forgotten.collect::<Vec<_>>().into_iter().chain([draw(state, offers, Some(Side::Bottom))]).collect();
    }
    let mut effects = Vec::new();
    for (offer, file) in offers.iter().zip(&drawn.1.files) {
        pictures::arrive(state, file.sha256);
        effects.push(Effect::KeepPicture { offer: offer.id, sha256: file.sha256 });
    }
    effects.extend(kept(state, made, drawn.0));
    let is_known =
        state.case.as_ref().is_some_and(|case| drawn.1.files.iter().any(|file| case.design_file(file.sha256).is_some()));
    let entry = entry_of(drawn);
    // A case that was opened from a report knows its drawing's picture, and not what it was drawn from.
    let mut references = state.case.as_ref().map_or_else(Vec::new, |case| case.document.references().to_vec());
    if let Some(reference) = references.iter_mut().find(|known| known.facts == entry.facts && known.drawing.is_none()) {
        reference.drawing = entry.drawing;
        effects.extend(cases::change(state, |case| case.document.set_references(references)));
        effects.extend(comparing::if_all_here(state));
        return effects;
    }
    if waits {
        *state.slot_mut(Slot::KnownGood) = SlotState::Ready(entry);
        effects.extend(opened::answer(state));
    } else if is_known {
        // What the case had lost is here again.
        effects.extend(comparing::if_all_here(state));
    } else {
        effects.extend(add_layer(state, &entry));
    }
    effects
}

/// The picture of a drawing is kept as every picture is.
fn kept(state: &mut State, made: &[OfferId], picture: PictureFacts) -> Vec<Effect> {
    let Some((first, others)) = made.split_first() else { return Vec::new() };
    pictures::arrive(state, picture.sha256);
    let keep = Effect::KeepPicture { offer: *first, sha256: picture.sha256 };
    std::iter::once(keep).chain(others.iter().map(|offer| Effect::ForgetOffer(*offer))).collect()
}

fn entry_of((picture, drawing): (PictureFacts, Drawing)) -> PictureEntry {
    let title = match &drawing.files[..] {
        [] => String::new(),
        [only] => only.name.clone(),
        [first, others @ ..] => format!("{} and {} more", first.name, others.len()),
    };
    PictureEntry { drawing: Some(Rc::new(drawing)), ..PictureEntry::of(picture, title, Origin::Own) }
}

/// The drawing is to lie over the board. Where the photo lies on its reference, it first finds out where it belongs.
fn add_layer(state: &mut State, entry: &PictureEntry) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    if case.document.drawn_reference().is_some() {
        state.notice("This case is about one drawing already. Begin a new case to set the photo against another one.");
        return Vec::new();
    }
    if case.document.drawn_layer().is_some() {
        state.notice("A drawing lies over this board already. Remove it before you add another one.");
        return Vec::new();
    }
    if case.document.layers().len() >= MAX_LAYERS {
        state.notice(format!("At most {MAX_LAYERS} pictures lie over a board. Remove one before you add another."));
        return Vec::new();
    }
    let asked = ask_about(state, entry, &[]);
    if asked.is_empty() { lay_over(state, entry, Vec::new(), None) } else { asked }
}

/// True while the drawing over the board is laid by hand, and lies on three places or more.
pub(super) fn is_laid_by_hand(state: &State) -> bool {
    let Some(ByHand::Layer(sha256)) = state.view.by_hand else { return false };
    let layer = state.case.as_ref().and_then(|case| case.document.layer(sha256));
    layer.is_some_and(|layer| layer.drawing.is_some() && layer.points.len() >= FEWEST_DRAWING_POINTS)
}

/// Sets the drawing over the board against the photo anew, from where it lies.
pub(super) fn check_layer(state: &mut State) -> Vec<Effect> {
    let layer = state.case.as_ref().and_then(|case| case.document.drawn_layer()).cloned();
    let Some(layer) = layer else { return Vec::new() };
    let entry = PictureEntry { drawing: layer.drawing, ..PictureEntry::of(layer.picture, layer.title, Origin::Own) };
    ask_about(state, &entry, &layer.points)
}

/// Nothing where the photo does not lie on its reference, or is not here.
fn ask_about(state: &mut State, entry: &PictureEntry, points: &[ControlPoint]) -> Vec<Effect> {
    let Some((case, drawing)) = state.case.as_ref().zip(entry.drawing.clone()) else { return Vec::new() };
    let laid = case.document.comparison().filter(|comparison| comparison.alignment.verdict != Verdict::Refused);
    let Some((comparison, warp)) = laid.and_then(|comparison| Some((comparison, comparison.alignment.warp()?))) else {
        return Vec::new();
    };
    let boxes = comparison.differences.iter().map(|difference| difference.photo_box).collect();
    // They say where the drawing lies on the reference; the drafter wants to know where on the photo.
    let on_photo = |point: &ControlPoint| {
        let photo = warp.to_photo(point.reference)?;
        Some(ControlPoint { photo, reference: Point::new(point.photo.x, point.photo.y) })
    };
    let points: Vec<_> = points.iter().filter_map(on_photo).collect();
    let points = if points.len() < FEWEST_DRAWING_POINTS { Vec::new() } else { points };
    let request = CheckRequest {
        names: names(&drawing),
        sheet: entry.facts,
        frame: drawing.frame.clone(),
        points,
        on: Some((warp, boxes)),
    };
    let before: Vec<JobId> =
        state.jobs.iter().filter(|(_, job)| matches!(job.task, JobTask::Check(_))).map(|(id, _)| *id).collect();
    let mut effects: Vec<Effect> = before.into_iter().flat_map(|job| comparing::cancel(state, job)).collect();
    effects.extend(ask(state, JobTask::Check(Box::new(entry.clone())), &drawing, request));
    effects
}

/// Puts the drawing over the board, or elsewhere if it is there already; with what it says.
fn lay_over(state: &mut State, entry: &PictureEntry, points: Vec<ControlPoint>, check: Option<DesignCheck>) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let mut all = case.document.layers().to_vec();
    let title = super::short(&entry.title);
    let is_new = match all.iter_mut().find(|layer| layer.drawing.is_some()) {
        Some(layer) => {
            (layer.picture, layer.drawing) = (entry.facts, entry.drawing.clone());
            if !points.is_empty() {
                layer.points = points;
            }
            false
        }
        None => {
            let (picture, drawing) = (entry.facts, entry.drawing.clone());
            all.push(PictureLayer { picture, title, modality: Modality::CadDrawing, points, drawing });
            true
        }
    };
    let deed = |document: &mut Document| {
        document.set_layers(all);
        document.set_check(check);
    };
    let effects = if is_new { findings::edit(state, deed) } else { findings::answer(state, deed) };
    // Its lines are what the photo is looked at by.
    looking::show_in_full(state, Layer::Picture(entry.facts.sha256));
    effects
}

/// Sets the photo of the case against the drawing that is its only reference.
pub(super) fn check(state: &mut State, reference: &PictureEntry) -> Vec<Effect> {
    let Some((case, drawing)) = state.case.as_ref().zip(reference.drawing.as_deref()) else { return Vec::new() };
    let points = case.document.control_points();
    let points = if points.len() < FEWEST_DRAWING_POINTS { Vec::new() } else { points.to_vec() };
    ask(
        state,
        JobTask::Compare,
        drawing,
        CheckRequest { names: names(drawing), sheet: reference.facts, frame: drawing.frame.clone(), points, on: None },
    )
}

fn names(drawing: &Drawing) -> Vec<String> {
    drawing.files.iter().map(|file| file.name.clone()).collect()
}

fn ask(state: &mut State, task: JobTask, drawing: &Drawing, request: CheckRequest) -> Vec<Effect> {
    let Some(case) = &state.case else { return Vec::new() };
    let pictures: Vec<Sha256> =
        std::iter::once(case.photo.facts.sha256).chain(drawing.files.iter().map(|file| file.sha256)).collect();
    let missing: Vec<_> = cases::missing(state, pictures.iter().copied());
    if !missing.is_empty() {
        return missing;
    }
    let job = JobId(state.number());
    let told = Told { control_points: request.points.clone(), ..Told::default() };
    state.jobs.insert(job, JobState { told, ..JobState::new(task) });
    let request = Box::new(DraftRequest::Check(Box::new(request)));
    vec![Effect::Draft { job, request, offers: Vec::new(), pictures }]
}

/// The photo was set against the drawing, or against the other side's.
fn checked(
    state: &mut State,
    job: JobId,
    reply: DraftReply,
    turned: Option<(PictureFacts, Drawing)>,
    made: &[OfferId],
) -> Vec<Effect> {
    let Some(check) = reply.check else { return Vec::new() };
    let mut effects = turned.as_ref().map_or_else(Vec::new, |turned| kept(state, made, turned.0));
    let turned = turned.map(entry_of);
    match (state.jobs.get(&job).map(|job| job.task.clone()), reply.comparison) {
        (Some(JobTask::Compare), Some(comparison)) => {
            effects.extend(comparing::compared(state, job, *comparison, Some(check), turned));
        }
        (Some(JobTask::Check(entry)), _) => {
            state.jobs.remove(&job);
            let entry = turned.unwrap_or(*entry);
            let refused = check.verdict == Verdict::Refused;
            if refused {
                state.notice(format!(
                    "{} could not be laid over the photo by itself: it may be of another board, or the photo shows too few pixels per millimetre. Place it by hand, under Layers: three places that you find on both are enough.",
                    entry.title
                ));
            }
            effects.extend(lay_over(state, &entry, reply.pairs, Some(check).filter(|_| !refused)));
        }
        _ => {}
    }
    effects
}

impl Case {
    /// What its drawings were drawn from.
    fn drawings(&self) -> impl Iterator<Item = &Drawing> {
        let references = self.document.references().iter().filter_map(|entry| entry.drawing.as_deref());
        references.chain(self.document.layers().iter().filter_map(|layer| layer.drawing.as_deref()))
    }

    /// The files of the designs that its drawings were made from.
    pub fn design_files(&self) -> impl Iterator<Item = Sha256> {
        self.drawings().flat_map(|drawing| &drawing.files).map(|file| file.sha256)
    }

    /// The name of a file of its designs.
    #[must_use]
    pub fn design_file(&self, sha256: Sha256) -> Option<&str> {
        let mut files = self.drawings().flat_map(|drawing| &drawing.files);
        files.find(|file| file.sha256 == sha256).map(|file| file.name.as_str())
    }
}
