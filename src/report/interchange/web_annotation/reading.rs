//! Reading annotations, ours and anybody's.

use serde_json::Value;
use serde_json::value::RawValue;

use super::{SEVERITY_PREFIX, SOURCE_PREFIX, VERDICT_PREFIX};
use crate::report::interchange::imported::{Imported, Loss};
use crate::report::interchange::record::{Record, judgement_of, kind_of, severity_of};
use crate::report::interchange::selector::{self, Selector};
use crate::report::interchange::svg::Drawn;
use crate::report::interchange::{Entries, InterchangeError, Top, parsed};
use crate::report::{Finding, FindingId, ReferenceNote, Shape};
use crate::vision::PictureFacts;

/// Reads an `AnnotationPage`, a collection whose first page is inside, a list of annotations or a single one.
///
/// A shape that nobody touched since Boardwatch wrote it comes back to the last bit; one that another programme moved comes
/// back moved. Bodies say the rest, and our own property only what no body says.
///
/// # Errors
/// [`InterchangeError`] when the text is too long, no JSON, or holds no annotations.
pub fn from_web_annotation(text: &str, reference: &ReferenceNote) -> Result<Imported, InterchangeError> {
    let mut top = Top::of(text)?;
    if let (None, Some(first)) = (&top.items, top.first) {
        top = Top::of(first.get())?;
    }
    let alone = top.target.is_some().then(|| serde_json::from_str::<&RawValue>(text.trim_start_matches('\u{feff}')).ok());
    let items = top.items.map(|Entries(items)| items).or(alone.flatten().map(|one| vec![one]));
    let items = items.ok_or(InterchangeError::UnknownFormat)?;
    let mut imported = Imported::default();
    let mut source = None;
    for item in items {
        match parsed(item) {
            Some(annotation) => read(&annotation, reference, &mut source, &mut imported),
            None => imported.skip(Loss::Unreadable),
        }
    }
    Ok(imported.numbered())
}

/// A target: whose picture, and where.
struct Target {
    source: Option<String>,
    drawn: Result<Drawn, Loss>,
}

fn read(annotation: &Value, reference: &ReferenceNote, source: &mut Option<String>, imported: &mut Imported) {
    let Some(target) = annotation.get("target") else { return imported.skip(Loss::Unreadable) };
    let targets: Vec<Target> = several(target).map(|target| read_target(target, &reference.picture)).collect();
    let there = targets.len();
    let ours = targets.into_iter().filter(|target| is_of(target.source.as_deref(), reference, source));
    let results: Vec<_> = ours.map(|target| target.drawn).collect();
    if results.len() < there {
        if results.is_empty() {
            return imported.skip(Loss::OtherPicture);
        }
        imported.lose(Loss::OtherPicture);
    }
    let record = Record::read(annotation);
    let is_ours = record.is_some();
    let written = record.as_ref().map(|record| record.shapes.clone()).unwrap_or_default();
    let shapes = shapes(results, written, &reference.picture, imported);
    let Some(shapes) = shapes else {
        imported.skipped += 1;
        return;
    };
    let base =
        record.map_or_else(|| Finding { shapes: Vec::new(), ..Finding::marked(FindingId(0), at_origin()) }, Record::into_finding);
    let mut finding = Finding { shapes, ..base };
    say(annotation, is_ours, &mut finding);
    imported.take(finding);
}

fn at_origin() -> Shape {
    Shape::Point(crate::geometry::Point::new(0.0, 0.0))
}

/// What the targets mark; `written` is what Boardwatch once wrote there. `None` when there is nothing left.
fn shapes(
    results: Vec<Result<Drawn, Loss>>,
    mut written: Vec<Shape>,
    picture: &PictureFacts,
    imported: &mut Imported,
) -> Option<Vec<Shape>> {
    // A programme that knows but one target drops the others when it saves: they are kept as they were.
    let dropped = if results.len() == 1 && written.len() > 1 { written.split_off(1) } else { Vec::new() };
    let mut shapes = Vec::new();
    for (place, result) in results.into_iter().enumerate() {
        let own = written.get(place);
        let drawn = match result {
            Ok(drawn) => drawn,
            Err(loss) => {
                imported.lose(loss);
                continue;
            }
        };
        match own {
            Some(own) if Selector::of(own).drawn(picture).is_ok_and(|before| before.shapes == drawn.shapes) => {
                shapes.push(own.clone());
            }
            _ => {
                (0..drawn.simplified).for_each(|_| imported.lose(Loss::Simplified));
                let (seen, unseen): (Vec<_>, Vec<_>) = drawn.shapes.into_iter().partition(|s| s.is_valid() && s.has_extent());
                unseen.iter().for_each(|_| imported.lose(Loss::BeyondLimits));
                shapes.extend(seen.into_iter().map(|shape| own.map_or(shape.clone(), |own| selector::like(own, shape))));
            }
        }
    }
    shapes.extend(dropped);
    (!shapes.is_empty()).then_some(shapes)
}

/// Whether a target lies on the reference. A name may be anything, a hash may not; of several names the first is meant.
fn is_of(named: Option<&str>, reference: &ReferenceNote, first: &mut Option<String>) -> bool {
    let Some(name) = named.filter(|name| !name.is_empty()) else { return true };
    if let Some(hash) = name.strip_prefix(SOURCE_PREFIX) {
        return hash.eq_ignore_ascii_case(&reference.picture.sha256.to_string());
    }
    first.get_or_insert_with(|| name.to_owned()) == name
}

fn read_target(target: &Value, picture: &PictureFacts) -> Target {
    if let Some(address) = target.as_str() {
        return by_address(address, picture);
    }
    let of = |value: &Value| value.as_str().or_else(|| value.get("id")?.as_str()).map(str::to_owned);
    let source = target.get("source").and_then(of);
    match (target.get("selector"), target.get("source").or_else(|| target.get("id")).and_then(Value::as_str)) {
        // Annotorious takes an address with a fragment for a selector, too.
        (Some(Value::String(address)), _) => Target { source, ..by_address(address, picture) },
        (Some(selector), _) => Target { source, drawn: selector::read(selector, picture) },
        (None, Some(address)) => by_address(address, picture),
        (None, None) => Target { source, drawn: Err(Loss::NoPlace) },
    }
}

/// The address of a picture with a media fragment behind it.
fn by_address(address: &str, picture: &PictureFacts) -> Target {
    let (source, fragment) = address.split_once('#').unwrap_or((address, ""));
    Target { source: Some(source.to_owned()), drawn: selector::fragment(fragment, picture) }
}

/// One or several, as JSON-LD puts them.
fn several(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter()
}

/// What the bodies say about the finding.
fn say(annotation: &Value, is_ours: bool, finding: &mut Finding) {
    let mut notes = Vec::new();
    notes.extend(annotation.get("bodyValue").and_then(Value::as_str));
    let bodies = annotation.get("body").into_iter().flat_map(several);
    for body in bodies {
        let Some(value) = body.as_str().or_else(|| body.get("value")?.as_str()) else { continue };
        let purpose = body.get("purpose").and_then(|purpose| several(purpose).next()).and_then(Value::as_str);
        match purpose.unwrap_or_default() {
            "classifying" if classify(value, finding) => {}
            // Somebody else's tag may well be one of our words; on a finding of ours it is a tag.
            "tagging" if !is_ours && classify(value, finding) => {}
            "identifying" => value.clone_into(&mut finding.designator),
            "tagging" | "classifying" => finding.tags.push(value.to_owned()),
            // The words of texts on the stage, which are there as shapes.
            "describing" if is_ours => {}
            _ if body.is_string() => {}
            _ => notes.push(value),
        }
    }
    finding.note = notes.join("\n\n");
}

/// Takes a word for kind, severity or verdict; true when it is one.
fn classify(word: &str, finding: &mut Finding) -> bool {
    if let Some(severity) = word.strip_prefix(SEVERITY_PREFIX).and_then(severity_of) {
        finding.severity = severity;
    } else if let Some(judgement) = word.strip_prefix(VERDICT_PREFIX).and_then(judgement_of) {
        finding.judgement = judgement;
    } else if let Some(kind) = kind_of(word) {
        finding.kind = kind;
    } else {
        return false;
    }
    true
}
