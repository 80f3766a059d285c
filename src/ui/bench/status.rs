//! The status line: where the pointer is, what is running, whether work is kept.

use yew::prelude::*;

use crate::app::{Action, JobTask, Storage};
use crate::geometry::{Point, Reference};
use crate::report::of_part as part_named;
use crate::ui::desk::Desk;
use crate::ui::icon::Icon;
use crate::ui::words;

#[derive(Properties, PartialEq)]
pub(super) struct StatusProps {
    pub(super) desk: Desk,
    pub(super) pointer: Option<Point<Reference>>,
    pub(super) zoom: f64,
}

/// The line.
#[function_component]
pub(super) fn Status(props: &StatusProps) -> Html {
    let desk = &props.desk;
    let state = desk.state();
    let jobs = state.jobs.iter().map(|(id, job)| {
        let text = match (&job.task, job.progress) {
            (_, Some((stage, done))) => format!("{}, {}", words::stage(stage), words::percent(done)),
            (JobTask::Inspect(offer), None) => words::looking_at(&offer.title, offer.bytes),
            (JobTask::Compare | JobTask::Check(_), None) => words::WAITS.to_owned(),
            (JobTask::Draw(_), None) => words::DRAWING.to_owned(),
            (JobTask::Paper(..) | JobTask::Cut(_), None) => words::WRITING_FILE.to_owned(),
            (JobTask::Preview(_) | JobTask::Prepare, None) => words::PREVIEW_CUTTING.to_owned(),
        };
        let value = job.progress.map(|(_, done)| done.to_string());
        html! {
            <div key={id.0} class="job">
                <progress max="1" {value} aria-label={text.clone()} />
                <span>{ text }</span>
                <button type="button" class="link" onclick={desk.on(Action::CancelJob(*id))}>{ words::CANCEL }</button>
            </div>
        }
    });
    let document = state.case.as_ref().map(|case| &case.document);
    let px_per_mm = document.and_then(crate::report::Document::px_per_mm);
    let areas = document.and_then(|document| document.comparison()).map(|comparison| &comparison.limits.blind_areas);
    let blind = props.pointer.and_then(|at| areas?.iter().find(|area| area.reference_box.contains(at)));
    let blind = blind.map(|area| crate::report::words::blind_reason(area.reason));
    let part = props.pointer.and_then(|at| document?.check()?.part_at(at)).map(part_named);
    let kept = match &state.storage {
        Storage::Idle => Html::default(),
        Storage::Saving => html! { <>{ words::SAVING }</> },
        Storage::Saved => html! { <>{ Icon::Check.draw() }{ words::SAVED }</> },
        Storage::Failed(_) => html! { <>{ Icon::Warning.draw() }{ words::NOT_SAVED }</> },
    };
    html! {
        <footer class="status">
            <span class="place">{ props.pointer.map_or(words::NOTHING_AT_POINTER.to_owned(), |p| words::pointer(p.x, p.y, px_per_mm)) }</span>
            if let Some(part) = part { <span class="part-here" id="part-here">{ part }</span> }
            if let Some(reason) = blind { <span class="blind-here">{ words::blind_here(reason) }</span> }
            <span class="zoomed">{ words::zoom(props.zoom) }</span>
            { for jobs }
            <span class="kept" role="status" id="storage-state">{ kept }</span>
        </footer>
    }
}
