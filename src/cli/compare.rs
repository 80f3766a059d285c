//! `boardwatch compare`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::report::{among_references, witnesses, words};
use crate::vision::{
    Cancelled, CloseUp, Comparison, Difference, ExamineConfig, Files, Picture, Stage, StageClock, Verdict, Watch,
    compare_files_together, decode, overlay, to_jpeg, to_png,
};

use super::arguments::{CompareOrder, Overlay, OverlayFormat};
use super::files::read_picture;
use super::{features, points, threads};

/// Differences that are listed on the terminal; the JSON has them all.
const MOST_LISTED: usize = 10;

/// Compares, writes what was ordered, says the result; true when the comparison was refused.
pub(super) fn perform(order: &CompareOrder) -> Result<bool, String> {
    for out in order.json.iter().chain(order.overlay.as_ref().map(|overlay| &overlay.path)) {
        let inputs = [&order.photo].into_iter().chain(&order.references).chain(&order.closeups).chain(&order.features);
        keep_inputs(out, inputs.map(PathBuf::as_path))?;
    }
    let photo = read_picture(&order.photo)?;
    let read_all = |paths: &[PathBuf]| paths.iter().map(|path| read_picture(path)).collect::<Result<Vec<_>, _>>();
    let (references, closeups) = (read_all(&order.references)?, read_all(&order.closeups)?);
    let features = order.features.iter().map(|path| features::read_for(path, &references)).collect::<Result<Vec<_>, String>>()?;
    let control_points = order.points.as_deref().map_or(Ok(Vec::new()), points::read)?;
    let config = ExamineConfig { control_points, scale: order.scale, detail: order.detail, ..ExamineConfig::default() };
    let mut timed = Timed::new();
    let [borrowed, near] = [&references, &closeups].map(|files| files.iter().map(Vec::as_slice).collect::<Vec<&[u8]>>());
    let files = Files { photo: &photo, references: &borrowed, features: &features, closeups: &near };
    let compared = threads::together(order.threads.unwrap_or(1), &mut timed, async |watch, crew| {
        compare_files_together(&files, &config, watch, crew).await
    });
    let mut comparison = compared.map_err(|error| error.to_string())?;
    comparison.timing_ms = timed.finish();
    if let Some(overlay) = &order.overlay {
        let reference = references.first().ok_or("No reference was given.")?;
        draw(overlay, &photo, reference, &comparison)?;
    }
    let on_terminal = order.json.as_deref() != Some(Path::new("-"));
    if let Some(path) = &order.json {
        write_json(path, &comparison)?;
    }
    if on_terminal {
        print!("{}", summary(&comparison));
    }
    Ok(comparison.alignment.verdict == Verdict::Refused)
}

/// The result as a person reads it.
fn summary(comparison: &Comparison) -> String {
    let mut text = opening(comparison);
    text += &listed(&comparison.differences, comparison.references.len());
    for (number, closeup) in (1..).zip(&comparison.closeups) {
        let CloseUp { alignment, differences, limits, .. } = closeup;
        let flagged = differences.iter().filter(|difference| difference.flagged).count();
        let said = words::closeup(alignment, differences.len(), flagged, limits.smallest_part_px, limits.px_per_mm);
        text += &format!("Close-up {number}: {said}\n{}", listed(differences, 1));
    }
    text
}

/// The verdict, what was left out, what to do about a refusal, and what the references say, a line each.
pub(super) fn opening(comparison: &Comparison) -> String {
    let limits = &comparison.limits;
    let flagged = comparison.differences.iter().filter(|difference| difference.flagged).count();
    let mut text =
        words::headline(&comparison.alignment, comparison.differences.len(), flagged, limits.smallest_part_px, limits.px_per_mm);
    text.push('\n');
    if let Some(said) = words::left_out(limits.detail, comparison.alignment.verdict) {
        text += &said;
        text.push('\n');
    }
    if let Some(advice) = words::advice(comparison.alignment.reason) {
        text += advice;
        text.push('\n');
    }
    text += &witnesses(comparison).join(" ");
    text.push('\n');
    text
}

/// The first of a list, with the reason of each.
pub(super) fn listed(differences: &[Difference], references: usize) -> String {
    let reason = |difference: &Difference| {
        let among = among_references(difference, references).map_or(String::new(), |among| format!(" {among}"));
        format!("{}{among}", words::difference_reason(difference.reason))
    };
    lines(differences.iter().map(|difference| (difference, reason(difference))))
}

/// The first of a list, a line each, with what is said of it; places on the photo, or on the close-up.
pub(super) fn lines<'a>(differences: impl IntoIterator<Item = (&'a Difference, String)>) -> String {
    let line = |(place, (difference, said)): (usize, (&Difference, String))| {
        let area = difference.photo_box;
        format!(
            "{:3}. {:9} score {:.2}{} at {:.0}, {:.0}, {:.0} × {:.0} px. {said}\n",
            place + 1,
            words::difference_kind(difference.kind),
            difference.score,
            if difference.flagged { ", worth a look," } else { "" },
            area.x,
            area.y,
            area.w,
            area.h,
        )
    };
    differences.into_iter().take(MOST_LISTED).enumerate().map(line).collect()
}

/// A picture is not written over by what is made of it.
pub(super) fn keep_inputs<'a>(out: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), String> {
    let Ok(out) = out.canonicalize() else { return Ok(()) };
    match inputs.into_iter().find(|input| input.canonicalize().is_ok_and(|input| input == out)) {
        Some(input) => {
            Err(format!("{} is read, and would be written over. Choose another name for what is written.", input.display()))
        }
        None => Ok(()),
    }
}

/// Writes what was found as JSON; - is standard output.
pub(super) fn write_json(path: &Path, found: &impl serde::Serialize) -> Result<(), String> {
    let mut text =
        serde_json::to_string_pretty(found).map_err(|error| format!("The comparison could not be written as JSON: {error}."))?;
    text.push('\n');
    let written = if path == Path::new("-") { std::io::stdout().write_all(text.as_bytes()) } else { fs::write(path, text) };
    written.map_err(|error| format!("{} could not be written: {error}.", path.display()))
}

fn draw(order: &Overlay, photo: &[u8], reference: &[u8], comparison: &Comparison) -> Result<(), String> {
    let pixels =
        |bytes| decode(bytes).map_err(|error| format!("The overlay {} could not be written: {error}.", order.path.display()));
    write_picture(order, &overlay(&pixels(photo)?, &pixels(reference)?, comparison))
}

/// Writes a picture that was drawn.
pub(super) fn write_picture(Overlay { path, format }: &Overlay, drawn: &Picture) -> Result<(), String> {
    let unwritable = |why: &dyn std::fmt::Display| format!("The overlay {} could not be written: {why}.", path.display());
    let file = match format {
        OverlayFormat::Png => to_png(drawn),
        OverlayFormat::Jpeg => to_jpeg(drawn),
    };
    fs::write(path, file.ok_or_else(|| unwritable(&"it has no pixels"))?).map_err(|error| unwritable(&error))
}

/// Times the stages by watching them change.
struct Timed {
    begun: Instant,
    clock: StageClock,
}

#[allow(clippy::disallowed_methods, reason = "the terminal is a shell: it tells the pure rooms the time")]
impl Timed {
    fn new() -> Self {
        Self { begun: Instant::now(), clock: StageClock::default() }
    }

    fn now_ms(&self) -> f64 {
        self.begun.elapsed().as_secs_f64() * 1000.0
    }

    fn finish(self) -> BTreeMap<String, f64> {
        let total_ms = self.now_ms();
        let mut spent_ms = self.clock.finish(total_ms);
        spent_ms.insert("total".to_owned(), total_ms);
        spent_ms
    }
}

impl Watch for Timed {
    fn progressed(&mut self, stage: Stage, _done: f32) -> Result<(), Cancelled> {
        self.clock.enter(stage, self.now_ms());
        Ok(())
    }
}
