//! The one place of decisions.

mod answering;
mod cases;
mod comparing;
mod contributing;
mod drafting;
mod findings;
mod holding;
mod interchange;
mod layers;
mod looking;
mod offline;
mod opened;
mod papers;
mod pictures;
mod placing;
mod preview;
mod references;
mod sample;
mod sharing;
mod stage;

use crate::report::MAX_TITLE_CHARS;

use super::job::JobFailure;
use super::{Action, CatalogueState, Effect, MemoryBudget, OfflineNews, Origin, State, Storage, Version};

/// What `action` makes of `state`, and what is to be done about it.
#[must_use = "the effects are the programme's only way to do anything"]
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects =
        if holding::is_free(state, &action) { decide(state, action) } else { holding::watch(state, action, decide) };
    effects.extend(offline::take_if_safe(state));
    effects
}

fn decide(state: &mut State, action: Action) -> Vec<Effect> {
    if let Action::JobFailed(_, JobFailure::NotStarted) = action {
        offline::heard(state, OfflineNews::PartMissing);
    }
    match action {
        Action::Started { seed, memory_gb, page, fragment } => {
            (state.seed, state.page, state.memory) = (seed, page, MemoryBudget::of_device(memory_gb));
            let mut effects = vec![Effect::ListCases, Effect::ListCatalogues, Effect::FetchCatalogue];
            effects.extend(cases::go_to(state, offline::destination(&fragment)));
            effects.extend(offline::cleared(&fragment));
            effects
        }
        Action::FragmentChanged(fragment) => cases::go_to(state, offline::destination(&fragment)),
        Action::OfflineHeard(news) => {
            offline::heard(state, news);
            Vec::new()
        }
        Action::UseNewVersion => offline::use_new(state),
        Action::PutOffVersion => {
            state.offline.version = Version::PutOff;
            Vec::new()
        }
        Action::WordsGiven(words) => offline::words_given(state, &words),
        Action::CasesListed(list) => {
            state.cases = Some(list);
            sample::open_if_ready(state)
        }
        Action::StorageFailed(sentence) => {
            state.storage = Storage::Failed(sentence);
            state.cases.get_or_insert_default();
            sample::open_if_ready(state)
        }
        Action::CatalogueArrived(result) => {
            state.catalogue = match result {
                Ok(catalogue) => CatalogueState::Ready(catalogue),
                Err(sentence) => CatalogueState::Failed(sentence),
            };
            references::catalogue_arrived(state)
        }

        Action::PicturesOffered(offers) => pictures::offered(state, offers),
        Action::PictureFetched(sha256, result) => references::fetched(state, sha256, result),
        Action::PictureInspected(job, result) => pictures::inspected(state, job, result),
        Action::PictureLoaded(sha256, here) => pictures::loaded(state, sha256, here),
        Action::SwapPictures if drafting::is_drawing(state) => {
            state.notice("A drawing is what the photo is compared with, so the two can't change places.");
            Vec::new()
        }
        Action::SwapPictures => {
            state.slots.reverse();
            // What a catalogue knows belongs to its first reference; one's own pictures belong to both.
            state.further.retain(|entry| entry.origin == Origin::Own);
            opened::answer(state)
        }
        Action::RemovePicture(slot) => {
            state.opening_sample = false;
            pictures::remove(state, slot)
        }
        Action::ChooseReference(sha256) => {
            state.opening_sample = false;
            references::choose_reference(state, sha256)
        }
        Action::OpenSample => {
            state.opening_sample = true;
            sample::open_if_ready(state)
        }

        Action::CataloguesListed(kept) => {
            state.catalogues = Some(kept);
            references::catalogue_arrived(state)
        }
        Action::OpenAnnex(annex) => cases::show_annex(state, annex),
        Action::CloseAnnex => cases::close(state),
        Action::ReferencesChosen(choice) => references::chosen(state, *choice),

        Action::Compare => comparing::start(state),
        Action::CompareAgain => comparing::again(state),
        Action::RemoveReference(sha256) => layers::remove_reference(state, sha256),
        Action::ChangePictures => pictures::change(state),
        Action::JobProgressed(job, stage, done) => {
            if let Some(running) = state.jobs.get_mut(&job) {
                running.progress = Some((stage, done.clamp(0.0, 1.0)));
            }
            Vec::new()
        }
        Action::Placed(job, coarse) => comparing::placed(state, job, coarse),
        Action::Compared(job, comparison) => comparing::done(state, job, *comparison),
        Action::JobFailed(job, failure) => comparing::failed(state, job, &failure),
        Action::CancelJob(job) => comparing::cancel(state, job),

        Action::OpenCase(id) => cases::open(state, id),
        Action::CaseLoaded(id, result) => cases::loaded(state, id, result),
        Action::CaseStored(id, at_ms) => cases::stored(state, id, at_ms),
        Action::CaseHeld(id, here) => holding::held(state, id, here),
        Action::CaseStoredElsewhere(id) => holding::stored_elsewhere(state, id),
        Action::CaseConflicted(case) => holding::conflicted(state, *case),
        Action::TakeOver => holding::take_over(state),
        Action::SaveCase => cases::save(state),
        Action::DeleteCase(id) => cases::delete(state, id),
        Action::RestoreCase => cases::restore(state),
        Action::RenameCase(title) => cases::change(state, |case| case.title = short(&title)),
        Action::NameBoard(board) => cases::change(state, |case| case.board = short(&board)),
        Action::NameUnit(unit) => cases::change(state, |case| case.unit = short(&unit)),
        Action::NameContributor(name) => cases::change(state, |case| case.contributor = short(&name)),
        Action::CloseCase => cases::close(state),

        Action::Share => sharing::share(state),
        Action::CopyLink => sharing::copy(state),
        Action::SendLink => sharing::send(state),
        Action::LinkCopied(worked) => {
            if let Some(share) = &mut state.share {
                share.copied = Some(worked);
            }
            Vec::new()
        }
        Action::CloseShare => sharing::close(state),
        Action::ExportComparison => sharing::export_comparison(state),
        Action::ExportFindings(format) => interchange::export(state, format),
        Action::ImportFindings(offer) => interchange::import(state, &offer),
        Action::PaperAnswered(job, reply, made) => papers::answered(state, job, Ok(*reply), made),
        Action::Drafted(job, reply, made) => drafting::answered(state, job, *reply, made),
        Action::PicturesCut(job, files, labels) => sharing::pictures_cut(state, job, files, labels),
        Action::Contribute => contributing::open(state),
        Action::CloseContribution => contributing::close(state),
        Action::ContributionPrepared(job, file, prepared) => contributing::prepared(state, job, Ok((file, *prepared))),
        Action::SayOfContribution(which, text) => {
            contributing::say(state, which, &text);
            Vec::new()
        }
        Action::SetContributionSide(side) => {
            state.contribution.iter_mut().for_each(|dialog| dialog.form.side = Some(side));
            Vec::new()
        }
        Action::SetContributionLicence(licence) => {
            state.contribution.iter_mut().for_each(|dialog| dialog.form.licence.clone_from(&licence));
            Vec::new()
        }
        Action::SetContributionLooked(looked) => {
            state.contribution.iter_mut().for_each(|dialog| dialog.looked = looked);
            Vec::new()
        }
        Action::WriteContribution(sends) => contributing::write(state, sends),
        Action::WriteReport(form) => sharing::write(state, form),
        Action::CopyHosted => sharing::copy_hosted(state),
        Action::LinkTo(address) => sharing::link_to(state, &address),
        Action::FetchReport => opened::fetch(state),
        Action::ReportFetched(job, result) => opened::fetched(state, job, result),
        Action::SetOriginals(originals) => {
            state.share.iter_mut().for_each(|share| share.originals = originals);
            Vec::new()
        }
        Action::SetSign(sign) => sharing::set_sign(state, sign),
        Action::MakeKey(name, backup) => sharing::make_key(state, short(name.trim()), backup),
        Action::ForgetKey => sharing::forget_key(state),
        Action::SaveKey => sharing::save_key(state),
        Action::SetCrops(crops) => sharing::set_crops(state, crops),
        Action::DismissNotice(id) => {
            state.notices.retain(|notice| notice.id != id);
            Vec::new()
        }

        Action::AddFinding(shape) => findings::add(state, shape),
        Action::AddShape(shape) => findings::add_shape(state, shape),
        Action::ChangeFindings(findings) => findings::change(state, findings),
        Action::SetKind(kind) => findings::set_kind(state, kind),
        Action::NudgeChosen(dx, dy) => findings::nudge(state, dx, dy),
        Action::DuplicateChosen => findings::duplicate(state),
        Action::StackChosen(over) => findings::stack(state, over),
        Action::RemoveFindings(ids) => findings::remove(state, &ids),
        Action::AcceptDifference(place) => findings::accept(state, place),
        Action::DismissDifference(place, reason) => findings::dismiss(state, place, reason),
        Action::ReopenDifference(place) => findings::reopen(state, place),
        Action::Undo => findings::step_history(state, true),
        Action::Redo => findings::step_history(state, false),

        Action::Calibrate(calibration) => placing::calibrate(state, calibration),
        Action::AddControlPoint(point) => placing::add(state, point),
        Action::MoveControlPoint(place, point) => placing::shift(state, place, point),
        Action::RemoveControlPoint(place) => placing::remove(state, place),
        Action::AlignByHand(by_hand) => {
            let was_drawing = drafting::is_laid_by_hand(state);
            placing::by_hand(state, by_hand);
            // What a person has laid is set against the photo from there.
            if was_drawing && by_hand.is_none() { drafting::check_layer(state) } else { Vec::new() }
        }
        Action::SetModality(sha256, modality) => layers::set_modality(state, sha256, modality),
        Action::LayerFailed(sha256) => {
            layers::failed(state, sha256);
            Vec::new()
        }
        Action::RemoveLayer(sha256) => layers::remove(state, sha256),
        Action::OnTable(event) => stage::heard(state, event),
        Action::WroteText(text) => stage::wrote(state, text),

        Action::ShowPictures => preview::prepare(state),
        Action::SetLooked(looked) => sharing::set_looked(state, looked),
        Action::HidePlace(area, how) => preview::hide(state, area, how),
        Action::HideLabels => preview::hide_labels(state),
        Action::HideOtherwise(place, how) => preview::hide_otherwise(state, place, how),

        Action::VisitPlace(place) => answering::visit(state, place, true),
        Action::SayPlace(place, seen) => answering::say(state, place, seen),
        Action::NotePlace(place, note) => answering::note(state, place, note),
        Action::StepPlace(step) => answering::step(state, step),
        Action::AddReport(link) => opened::add_link(state, &link),
        Action::ShowAdded(place) => opened::show_added(state, place),
        Action::PutAside(place) => opened::put_aside(state, place),

        looking => looking::update(state, looking),
    }
}

/// As much of a name as a report may carry.
fn short(name: &str) -> String {
    within(name, MAX_TITLE_CHARS)
}

/// As much of a text as so many characters.
fn within(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
