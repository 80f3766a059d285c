//! Nothing that can be seen goes anywhere before the person has seen it, and what is hidden stays here.

use boardwatch::app::paper::Form;
use boardwatch::app::table::TableEvent;
use boardwatch::app::{Action, Case, Effect, JobTask, Tool};
use boardwatch::geometry::Rect;
use boardwatch::report::interchange::Format;
use boardwatch::report::{Shape, Shows, open_report, read_link};
use boardwatch::vision::{Hidden, Hiding};

use crate::journey::Journey;

/// A sender with a finding at the share dialog, who has not looked at any picture.
fn sender() -> Journey {
    let mut sender = Journey::compared();
    sender.does(Action::AcceptDifference(0)).does(Action::Share);
    sender
}

fn area(x: f64) -> Rect<boardwatch::geometry::Reference> {
    Rect::new(x, 40.0, 60.0, 30.0)
}

#[test]
fn no_picture_goes_along_before_it_was_looked_at() {
    let mut sender = sender();
    for form in [Form::Page, Form::Bundle, Form::Picture] {
        sender.does(Action::WriteReport(form));
        assert_eq!((&sender.effects[..], &sender.ordered), (&[][..], &None), "{form:?}");
    }
    sender.does(Action::SetCrops(true)).does(Action::SetLooked(true));
    let share = sender.state.share.clone().unwrap();
    assert!(!share.crops && !share.looked);
    assert!(read_link(&share.link.unwrap().unwrap().fragment).unwrap().exhibits.is_empty());

    sender.looks();
    let preview = sender.state.share.clone().unwrap().preview.unwrap();
    assert_eq!((preview.exhibits.len(), preview.files.len(), preview.labels.len()), (3, 3, 1));
    sender.does(Action::WriteReport(Form::Bundle));
    let read = open_report(&sender.saved_bytes().2).unwrap();
    assert_eq!(
        read.exhibits.iter().map(|e| e.shows).collect::<Vec<_>>(),
        preview.exhibits.iter().map(|n| n.shows).collect::<Vec<_>>()
    );
    sender.does(Action::SetCrops(true));
    assert!(sender.state.share.as_ref().unwrap().crops);
    // Whoever takes it back takes the pictures back as well.
    sender.does(Action::SetLooked(false));
    let share = sender.state.share.clone().unwrap();
    assert!(!share.crops && read_link(&share.link.unwrap().unwrap().fragment).unwrap().exhibits.is_empty());
    sender.does(Action::WriteReport(Form::Page));
    assert!(sender.effects.is_empty());
}

#[test]
fn what_is_hidden_is_hidden_on_every_picture_and_has_to_be_looked_at_again() {
    let mut sender = sender();
    sender.looks().does(Action::SetCrops(true)).does(Action::SetOriginals(true));
    let first = sender.state.share.clone().unwrap().preview.unwrap();
    sender.does(Action::HidePlace(area(80.0), Hiding::Blur));
    let share = sender.state.share.clone().unwrap();
    assert!(!share.looked && !share.crops && share.looked_at().is_none());
    assert!(first.files.iter().all(|file| sender.effects.contains(&Effect::ForgetOffer(*file))));
    let hidden = vec![Hidden { area: area(80.0), how: Hiding::Blur }];
    assert_eq!((&sender.ordered.as_ref().unwrap().hidden, sender.case().document.hidden()), (&hidden, &hidden[..]));
    sender.does(Action::SetLooked(true));
    // The link's small pictures and the marked picture are cut by themselves.
    for action in [Action::SetCrops(true), Action::WriteReport(Form::Picture)] {
        sender.ordered = None;
        sender.does(action);
        assert_eq!(sender.ordered.as_ref().unwrap().hidden, hidden);
    }
    // The originals would show it.
    sender.does(Action::WriteReport(Form::Bundle));
    let read = open_report(&sender.saved_bytes().2).unwrap();
    assert!(read.exhibits.iter().all(|exhibit| !matches!(exhibit.shows, Shows::Photo | Shows::Reference(_))));

    sender.does(Action::HideOtherwise(0, Some(Hiding::Box)));
    assert_eq!(sender.case().document.hidden()[0].how, Hiding::Box);
    let loaded = Case::from_json(&sender.case().to_json().unwrap()).unwrap();
    assert_eq!(&loaded, sender.case());
    sender.does(Action::HideOtherwise(7, None)).does(Action::HideOtherwise(0, None));
    assert!(sender.case().document.hidden().is_empty() && sender.ordered.as_ref().unwrap().hidden.is_empty());
}

#[test]
fn a_comparison_that_comes_meanwhile_makes_the_pictures_old() {
    let mut sender = Journey::compared();
    sender.does(Action::AcceptDifference(0)).does(Action::CompareAgain);
    let job = sender.compare_job();
    sender.does(Action::Share).looks().does(Action::SetCrops(true));
    let files = sender.state.share.clone().unwrap().preview.unwrap().files;
    sender.ordered = None;
    sender.does(Action::Compared(job, Box::new(crate::board::comparison())));
    let share = sender.state.share.clone().unwrap();
    assert!(!share.looked && !share.crops && sender.ordered.is_some(), "cut anew, and to be looked at anew");
    assert!(files.iter().all(|file| sender.effects.contains(&Effect::ForgetOffer(*file))));
    assert!(read_link(&share.link.unwrap().unwrap().fragment).unwrap().exhibits.is_empty());
}

#[test]
fn no_file_name_goes_with_findings_for_other_programmes() {
    let mut journey = Journey::compared();
    journey.does(Action::AcceptDifference(0));
    for format in Format::ALL {
        journey.does(Action::ExportFindings(format));
        let (name, _, text) = journey.saved();
        assert!(!name.contains("known") && !text.contains("known.jpg") && !text.contains("mine.jpg"), "{format:?}: {text}");
    }
}

#[test]
fn labels_that_were_found_are_hidden_with_one_press() {
    let mut sender = sender();
    sender.looks().does(Action::HideLabels);
    assert_eq!(sender.case().document.hidden().len(), 1);
    let label = sender.state.share.as_ref().unwrap().preview.as_ref().unwrap().labels[0];
    assert!(label.is_hidden_by(sender.case().document.hidden()));
    assert!(!label.is_hidden_by(&[Hidden { area: area(9000.0), how: Hiding::Box }]));
    sender.does(Action::HideLabels);
    assert_eq!(sender.case().document.hidden().len(), 1, "it is hidden already");
    sender.does(Action::CloseShare).does(Action::HideLabels).does(Action::Undo);
    assert_eq!(sender.case().document.hidden().len(), 0);
}

#[test]
fn the_tool_hides_and_marks_nothing() {
    let mut journey = Journey::compared();
    journey.does(Action::ChooseTool(Tool::Hide));
    journey.does(Action::OnTable(TableEvent::Drawn { shape: Shape::Box(area(500.0)), joins: false }));
    assert_eq!((journey.case().document.hidden().len(), journey.case().document.findings().len()), (1, 0));
    assert_eq!(journey.ordered, None, "nobody is looking at pictures");
    journey.does(Action::Undo);
    assert!(journey.case().document.hidden().is_empty());
    for place in 0..250 {
        journey.does(Action::HidePlace(area(f64::from(place)), Hiding::Box));
    }
    assert_eq!(journey.case().document.hidden().len(), 200);
    assert!(journey.said().contains("At most 200"));
}

#[test]
fn pictures_that_nobody_looks_at_any_more_are_forgotten() {
    let mut sender = sender();
    sender.looks();
    let files = sender.state.share.clone().unwrap().preview.unwrap().files;
    sender.does(Action::CloseShare);
    assert!(files.iter().all(|file| sender.effects.contains(&Effect::ForgetOffer(*file))));

    sender.does(Action::Share);
    sender.slow = true;
    sender.does(Action::ShowPictures);
    let job = *sender.state.jobs.iter().find(|(_, job)| matches!(job.task, JobTask::Preview(_))).unwrap().0;
    sender.does(Action::CloseShare);
    assert!(sender.effects.contains(&Effect::Cancel(job)) && !sender.state.jobs.contains_key(&job));
    sender.does(Action::Share).does(Action::ShowPictures);
    let job = sender.state.share.as_ref().unwrap().preview.as_ref().unwrap().job.unwrap();
    sender.does(Action::CancelJob(job));
    assert_eq!(sender.state.share.as_ref().unwrap().preview, None);
    sender.does(Action::ShowPictures);
    let job = sender.state.share.as_ref().unwrap().preview.as_ref().unwrap().job.unwrap();
    sender.does(Action::JobFailed(job, boardwatch::app::job::JobFailure::PictureGone));
    assert!(sender.state.share.as_ref().unwrap().preview.is_none() && sender.said().contains("no longer in the browser"));
}
