//! Actions in any order: nothing panics, and what has to hold always holds.

use boardwatch::app::job::{JobFailure, JobId};
use boardwatch::app::paper::Form;
use boardwatch::app::{Action, Annex, ByHand, Case, CaseId, Effect, JobTask, Offer, Purpose, Slot, SlotState, State};
use boardwatch::catalog::Modality;
use boardwatch::geometry::{Point, Rect};
use boardwatch::report::interchange::Format;
use boardwatch::report::{
    Calibration, CalibrationSource, ControlPoint, Dismissal, FindingId, FindingKind, Handle, Seen, read_link,
};
use boardwatch::vision::{Hiding, Stage};

use crate::journey::Journey;
use crate::library;
use crate::random::{self, Dice};
use crate::{board, designs};

const WALKS: u64 = 400;
const STEPS: usize = 100;
const LAYER: &str = "x-ray.png";
const NAMES: [&str; 5] = ["known.jpg", "mine.jpg", "other.jpg", "golden.jpg", "sample.jpg"];

#[test]
fn a_random_walk_keeps_what_has_to_hold() {
    let link = Journey::compared().does(Action::AcceptDifference(0)).shares();
    let (text, mut compared) = (exported(), 0);
    for seed in 0..WALKS {
        let (mut dice, mut journey, mut seen) = (Dice::new(seed), Journey::at(""), Vec::new());
        let file = journey.text_file(&text);
        for step in 0..STEPS {
            let done = dice_step(&mut dice, &mut journey, &link, &file);
            seen.push(done);
            let problem = broken(&journey.state);
            assert_eq!(problem, None, "seed {seed}, step {step}: {:?}", &seen[seen.len().saturating_sub(4)..]);
        }
        compared += usize::from(journey.state.case.is_some_and(|case| case.document.comparison().is_some()));
    }
    assert!(compared > 10, "only {compared} walks ended at a compared case, so they tested little");
}

#[test]
fn undo_to_the_start_and_redo_to_the_end_give_both_ends() {
    let text = exported();
    for seed in 0..WALKS {
        let (mut dice, mut journey) = (Dice::new(seed), Journey::compared());
        let start = bytes(&journey);
        let file = journey.text_file(&text);
        journey.gives(Purpose::Layer, LAYER);
        for step in 0..STEPS {
            if dice.chance(20) {
                save_and_load(&mut journey);
            }
            let action = edit(&mut dice, &journey.state, &file);
            let kind: String = format!("{action:?}").chars().take(60).collect();
            journey.does(action);
            if let Some(job) = journey.state.comparing().map(|(job, _)| job) {
                let mut again = board::comparison();
                again.differences.truncate(dice.below(4));
                journey.does(Action::Compared(job, Box::new(again)));
            }
            assert_eq!(broken(&journey.state), None, "seed {seed}, step {step}: {kind}");
        }
        while journey.state.history.can_redo() {
            journey.does(Action::Redo);
        }
        let end = bytes(&journey);
        while journey.state.history.can_undo() {
            journey.does(Action::Undo);
        }
        assert_eq!(bytes(&journey), start, "seed {seed}");
        while journey.state.history.can_redo() {
            journey.does(Action::Redo);
        }
        assert_eq!(bytes(&journey), end, "seed {seed}");
        let findings = journey.case().document.findings().len();
        assert!(read_link(&journey.shares()).is_ok_and(|bundle| bundle.report.findings.len() == findings));
    }
}

/// One finding of another case, as a file.
fn exported() -> String {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0)).does(Action::ExportFindings(Format::WebAnnotation));
    journey.saved().2
}

/// The case's document as it is stored.
fn bytes(journey: &Journey) -> String {
    serde_json::to_string(&journey.case().document).unwrap()
}

/// What storage gives back takes the place of what was in memory, and nothing can tell the difference.
fn save_and_load(journey: &mut Journey) {
    let loaded = Case::from_json(&journey.case().to_json().unwrap()).unwrap();
    assert_eq!(&loaded, journey.case());
    journey.state.case = Some(loaded);
}

/// What does not hold and should.
fn broken(state: &State) -> Option<&'static str> {
    let jobs = || state.jobs.values().map(|job| &job.task);
    let inspected = |slot: &SlotState| match slot {
        SlotState::Inspecting(offer) => jobs().any(|task| match task {
            JobTask::Inspect(looked_at) => looked_at == offer,
            JobTask::Draw(files) => files.first() == Some(offer),
            _ => false,
        }),
        _ => true,
    };
    let differences = state.case.as_ref().and_then(|case| case.document.comparison()).map_or(0, |c| c.differences.len());
    let has_finding = |id| state.case.as_ref().is_some_and(|case| case.document.get(id).is_some());
    let comparing = jobs().filter(|task| **task == JobTask::Compare).count();
    let checks = [
        (state.view.findings.iter().all(|id| has_finding(*id)), "the chosen finding exists"),
        (
            state.view.place.is_none_or(|id| state.case.iter().flat_map(Case::asked).any(|finding| finding.id == id)),
            "the place that is looked at is asked about",
        ),
        (state.view.difference.is_none_or(|place| place < differences), "the chosen difference exists"),
        (comparing <= usize::from(state.case.is_some()), "one comparison at most, for an open case"),
        (state.slots.iter().all(inspected), "a slot that waits has a job that answers"),
        (state.case.is_none() || state.opened.is_none(), "a case or a report is open, not both"),
        (state.case.is_none() || state.opening.is_none(), "a case is open or awaited, not both"),
        (
            state.view.by_hand.is_none_or(|by_hand| state.case.as_ref().is_some_and(|case| case.laid_by_hand(by_hand).is_some())),
            "what is laid by hand exists",
        ),
        (
            state.case.as_ref().is_none_or(|case| state.view.reference < case.document.references().len()),
            "the reference that is shown is one of the case",
        ),
        (
            state.opened.as_ref().is_none_or(|opened| opened.job.is_none() || opened.report.is_none()),
            "a report is open, refused or being read",
        ),
        (
            state.share.as_ref().is_none_or(|share| share.job.is_some() || share.link.is_some()),
            "a link is there or being written",
        ),
        (
            state.share.as_ref().is_none_or(|share| state.case.is_none() || !share.crops || share.looked_at().is_some()),
            "no picture goes along that nobody has looked at",
        ),
        (
            state.share.iter().filter_map(|share| share.preview.as_ref()?.job).all(|job| state.jobs.contains_key(&job)),
            "a preview that waits has a job that answers",
        ),
        (state.case.is_some() || state.lost.is_empty(), "only an open case has lost pictures"),
        (state.loaded.iter().all(|sha256| !state.lost.contains(sha256)), "what is in memory is not lost"),
        (state.case.is_some() || (!state.history.can_undo() && !state.history.can_redo()), "no undo without a case"),
    ];
    checks.into_iter().find_map(|(holds, what)| (!holds).then_some(what))
}

/// A finding's life, at random.
fn edit(dice: &mut Dice, state: &State, file: &Offer) -> Action {
    let there: Vec<FindingId> = state.case.iter().flat_map(|case| case.document.findings().map(|f| f.id)).collect();
    let chosen = there.get(dice.below(there.len().max(1))).copied().unwrap_or(FindingId(1));
    let finding = state.case.as_ref().and_then(|case| case.document.get(chosen)).cloned();
    let (x, y) = (dice.between(-50.0, 900.0), dice.between(0.0, 700.0));
    match dice.below(31) {
        0 => Action::AddFinding(random::report::shape(dice)),
        1 => Action::AddShape(random::report::shape(dice)),
        2 => Action::AcceptDifference(dice.below(4)),
        3 => Action::DismissDifference(dice.below(4), dice.one_of(&Dismissal::ALL)),
        4 => Action::ReopenDifference(dice.below(4)),
        5 | 6 => match finding {
            Some(mut finding) => {
                finding.note = format!("note {}", dice.below(5));
                finding.designator = format!("C{}", dice.below(5));
                finding.tags = (0..dice.below(3)).map(|_| format!("tag {}", dice.below(3))).collect();
                Action::ChangeFindings(vec![finding])
            }
            None => Action::Redo,
        },
        7 => match finding {
            Some(mut finding) => {
                let handles = finding.shapes[0].handles();
                let (handle, from) =
                    handles.get(dice.below(handles.len().max(1))).copied().unwrap_or((Handle::Whole, Point::new(0.0, 0.0)));
                finding.shapes[0] = finding.shapes[0].dragged(handle, from, Point::new(x, y));
                Action::ChangeFindings(vec![finding])
            }
            None => Action::Undo,
        },
        8 => Action::SetKind(dice.one_of(&FindingKind::ALL)),
        9 => Action::NudgeChosen(dice.between(-9.0, 9.0), 1.0),
        10 => Action::DuplicateChosen,
        11 => Action::StackChosen(dice.chance(2)),
        12 => Action::ToggleFinding(chosen),
        13 => Action::RemoveFindings(vec![chosen]),
        14 => Action::AddControlPoint(ControlPoint { photo: Point::new(x, y), reference: Point::new(y, x) }),
        15 => Action::MoveControlPoint(dice.below(3), ControlPoint { photo: Point::new(y, y), reference: Point::new(x, x) }),
        16 => Action::RemoveControlPoint(dice.below(3)),
        17 if dice.chance(4) => Action::CompareAgain,
        17 => Action::Calibrate(Some(Calibration {
            px_per_mm: dice.between(1.0, 40.0),
            from: dice.one_of(&CalibrationSource::ALL),
        })),
        18 | 19 => Action::Undo,
        20 => Action::SetModality(board::sha(LAYER), dice.one_of(&Modality::ALL)),
        21 if dice.chance(4) => Action::RemoveLayer(board::sha(LAYER)),
        21 | 22 => {
            let layer = ByHand::Layer(board::sha(LAYER));
            Action::AlignByHand(dice.one_of(&[Some(layer), Some(layer), Some(ByHand::Photo), None]))
        }
        23 => Action::ImportFindings(file.clone()),
        24 => Action::SayPlace(chosen, dice.one_of(&[None, Some(Seen::Same), Some(Seen::Different), Some(Seen::CantTell)])),
        26 => Action::HidePlace(Rect::new(x, y, 30.0, 20.0), dice.one_of(&Hiding::ALL)),
        27 => Action::HideOtherwise(dice.below(3), dice.one_of(&[None, Some(Hiding::Box), Some(Hiding::Blur)])),
        25 => Action::NotePlace(chosen, format!("seen {}", dice.below(3))),
        _ => Action::Redo,
    }
}

/// One action out of all; what the state waits for is answered more often than not. Gives its name back for the report.
fn dice_step(dice: &mut Dice, journey: &mut Journey, link: &str, file: &Offer) -> String {
    let name = dice.one_of(&NAMES);
    let running: Vec<(JobId, JobTask)> = journey.state.jobs.iter().map(|(id, job)| (*id, job.task.clone())).collect();
    let (job, task) = running.get(dice.below(running.len().max(1))).cloned().unwrap_or((JobId(1), JobTask::Compare));
    let id = journey.state.case.as_ref().map_or(CaseId(3), |case| case.id);
    let case = journey.state.case.clone().map(Box::new);
    let place = dice.below(5);
    let action = match dice.below(68) {
        0 => return format!("drop {:?}", journey.offers(&[name])),
        66 | 67 => {
            let files = ["top.gbr", "board-pos.csv"].map(|name| (name, designs::PLACEMENTS));
            return format!("drop a design {:?}", journey.offers_design(&files[dice.below(2)..]));
        }
        1 => return format!("drop two {:?}", journey.offers(&[name, NAMES[place]])),
        2 => return format!("drop three {:?}", journey.offers(&[name, "x.jpg", "y.jpg"])),
        3..=9 => match task {
            JobTask::Inspect(offer) => Action::PictureInspected(job, Ok(board::facts(&offer.title))),
            JobTask::Draw(offers) => {
                journey.draws(job, &offers);
                return "draw".to_owned();
            }
            JobTask::Check(_) => designs::set_against(journey, job),
            JobTask::Compare if designs::is_drawn(journey) => designs::set_against(journey, job),
            JobTask::Compare => Action::Compared(job, Box::new(board::comparison())),
            JobTask::Prepare => Action::JobFailed(job, JobFailure::Crashed),
            JobTask::Paper(..) | JobTask::Cut(_) | JobTask::Preview(_) => {
                journey.answers(job);
                return "answer about papers".to_owned();
            }
        },
        10 => Action::JobFailed(job, JobFailure::Crashed),
        11 => Action::JobProgressed(job, Stage::Align, 2.0),
        12 => Action::CancelJob(job),
        13 | 14 => Action::Compare,
        15 => Action::CompareAgain,
        16 => Action::SwapPictures,
        17 => Action::RemovePicture(dice.one_of(&Slot::BOTH)),
        18 => Action::ChooseReference(board::sha(name)),
        19 => Action::OpenSample,
        20 | 21 => Action::PictureFetched(board::sha(name), if dice.chance(4) { Err("No network.".into()) } else { Ok(()) }),
        22 => Action::PictureLoaded(board::sha(name), dice.chance(2)),
        23 => Action::CasesListed(Vec::new()),
        24 => Action::CatalogueArrived(Ok(board::catalogue())),
        25 => Action::StorageFailed("Full.".into()),
        26 => Action::OpenCase(id),
        27 => Action::CaseLoaded(journey.state.opening.unwrap_or(id), Ok(case)),
        28 => Action::CaseStored(id, 1.0),
        29 if dice.chance(4) => Action::DeleteCase(id),
        30 if dice.chance(4) => Action::CloseCase,
        31 if dice.chance(4) => Action::FragmentChanged(dice.one_of(&[link, "", "sample", "case=3", &link[..40]]).to_owned()),
        32 => Action::ChooseDifference(place),
        33 => Action::StepDifference(place as isize - 2),
        34 => Action::ChooseFinding(FindingId(place as u32)),
        35 => Action::Share,
        36 => Action::ChooseNothing,
        37 => {
            let purpose = dice.one_of(&[Purpose::Photo, Purpose::Reference, Purpose::Layer]);
            return format!("choose for {purpose:?} {:?}", journey.offers_for(Some(purpose), &[name]));
        }
        38 => Action::RemoveReference(board::sha(name)),
        39 => Action::ExportFindings(dice.one_of(&Format::ALL)),
        43 => Action::VisitPlace(FindingId(place as u32)),
        44 => Action::StepPlace(place as isize - 2),
        45 | 46 => Action::AddReport(link.to_owned()),
        47 => Action::ShowAdded(place),
        48 => Action::PutAside(place),
        49 | 50 => Action::ShowPictures,
        51 => Action::SetLooked(dice.chance(2)),
        52 => Action::HideLabels,
        53 => Action::CloseShare,
        41 => Action::WriteReport(dice.one_of(&[Form::Link, Form::Page, Form::Bundle, Form::Picture])),
        42 => Action::SetCrops(dice.chance(2)),
        40 => Action::ImportFindings(journey.text_file(dice.one_of(&["{}", "", "[]"]))),
        54 => Action::OpenAnnex(Annex::Library),
        55 => Action::CloseAnnex,
        56 => Action::CataloguesListed(Vec::new()),
        57 => Action::Contribute,
        58 => Action::SetContributionLooked(true),
        59 => Action::WriteContribution(dice.chance(2)),
        60 => Action::CloseContribution,
        _ => edit(dice, &journey.state, file),
    };
    let kind = format!("{action:?}").chars().take(60).collect();
    journey.slow = dice.chance(2);
    journey.does(action);
    let asked = journey.effects.iter().filter(|effect| matches!(effect, Effect::Compare { .. })).count();
    assert!(asked <= 1, "two comparisons at once after {kind}");
    assert!(library::hosts(journey).iter().all(|host| journey.state.may_ask(&format!("https://{host}/"))), "after {kind}");
    kind
}
