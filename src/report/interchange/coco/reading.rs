//! Reading a dataset, ours and anybody's.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::outline::Outline;
use crate::geometry::{Point, Rect, Reference};
use crate::report::interchange::imported::{Imported, Loss};
use crate::report::interchange::record::{Record, kind_of};
use crate::report::interchange::svg;
use crate::report::interchange::{Entries, InterchangeError, Top, parsed};
use crate::report::{Finding, FindingId, FindingKind, ReferenceNote, Shape};

/// How far a number may be from what was written and still be the same: many programmes round to hundredths.
const SAME_PX: f64 = 0.006;

/// Reads the annotations of the reference: the image with its hash, else the only one that may be it by size and name.
///
/// A place that nobody touched since Boardwatch wrote it comes back to the last bit, with all that was said about it.
///
/// # Errors
/// [`InterchangeError`] when the text is too long, no JSON, no dataset, or several images may be the reference.
pub fn from_coco(text: &str, reference: &ReferenceNote) -> Result<Imported, InterchangeError> {
    let top = Top::of(text)?;
    let (Some(Entries(images)), Some(Entries(annotations))) = (top.images, top.annotations) else {
        return Err(InterchangeError::UnknownFormat);
    };
    let image = image(&images, reference)?;
    let categories = top.categories.map(names).unwrap_or_default();
    let mut imported = Imported::default();
    for annotation in annotations {
        let Some(annotation) = parsed(annotation) else {
            imported.skip(Loss::Unreadable);
            continue;
        };
        if image.is_none() || annotation.get("image_id") != image.as_ref() {
            imported.skip(Loss::OtherPicture);
        } else {
            read(&annotation, &categories, &mut imported);
        }
    }
    Ok(imported.numbered())
}

/// What each category is called, by its number as JSON.
fn names(Entries(categories): Entries<'_>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for category in categories.into_iter().filter_map(parsed) {
        if let (Some(id), Some(name)) = (category.get("id"), category.get("name").and_then(Value::as_str)) {
            names.entry(id.to_string()).or_insert_with(|| name.to_owned());
        }
    }
    names
}

/// The number of the image that is the reference; `None` when there is none.
fn image(images: &[&RawValue], reference: &ReferenceNote) -> Result<Option<Value>, InterchangeError> {
    let hash = reference.picture.sha256.to_string();
    let mut candidates = Vec::new();
    for image in images.iter().filter_map(|image| parsed(image)) {
        let Some(id) = image.get("id").filter(|id| id.is_number() || id.is_string()).cloned() else { continue };
        match image.get("boardwatch").and_then(|own| own.get("sha256")?.as_str()) {
            Some(own) if own.eq_ignore_ascii_case(&hash) => return Ok(Some(id)),
            Some(_) => continue,
            None => {}
        }
        let fits = |key: &str, side: u32| image.get(key).and_then(Value::as_f64).is_none_or(|length| length == f64::from(side));
        if fits("width", reference.picture.width) && fits("height", reference.picture.height) {
            let is_named = image.get("file_name").and_then(Value::as_str) == Some(&reference.title);
            candidates.push((id, is_named));
        }
    }
    let named: Vec<_> = candidates.iter().filter(|(_, is_named)| *is_named).collect();
    match (candidates.as_slice(), named.as_slice()) {
        ([], _) => Ok(None),
        ([(only, _)], _) | (_, [(only, _)]) => Ok(Some(only.clone())),
        _ => Err(InterchangeError::WhichPicture(candidates.len(), reference.title.clone())),
    }
}

fn read(annotation: &Value, categories: &BTreeMap<String, String>, imported: &mut Imported) {
    let record = Record::read(annotation);
    let untouched = record.as_ref().is_some_and(|record| is_untouched(annotation, &record.shapes));
    let mut finding = record.map_or_else(marked_nowhere, Record::into_finding);
    if !untouched {
        match shapes(annotation, imported) {
            Ok(shapes) => finding.shapes = shapes,
            Err(loss) => return imported.skip(loss),
        }
    }
    if let Some(name) = annotation.get("category_id").and_then(|id| categories.get(&id.to_string())) {
        match kind_of(name) {
            Some(kind) => finding.kind = kind,
            // What it is called elsewhere is kept as a word to find it by.
            None if !finding.tags.iter().any(|tag| tag == name) => {
                finding.kind = FindingKind::Other;
                finding.tags.push(name.clone());
            }
            None => {}
        }
    }
    imported.take(finding);
}

fn marked_nowhere() -> Finding {
    let nowhere = Shape::Point(Point::new(0.0, 0.0));
    Finding { shapes: Vec::new(), ..Finding::marked(FindingId(0), nowhere) }
}

/// Whether the place is what would be written for these shapes. A programme that knows boxes alone may have dropped the rest.
fn is_untouched(annotation: &Value, shapes: &[Shape]) -> bool {
    let Some(outline) = Outline::of(shapes) else { return false };
    let polygons = polygons(annotation);
    same(&numbers(annotation.get("bbox")), &outline.bbox)
        && (polygons.is_empty()
            || polygons.len() == outline.segmentation.len()
                && polygons.iter().zip(&outline.segmentation).all(|(polygon, written)| same(polygon, written)))
}

fn same(read: &[f64], written: &[f64]) -> bool {
    read.len() == written.len() && read.iter().zip(written).all(|(a, b)| (a - b).abs() < SAME_PX)
}

/// The numbers of a list; none when one of its parts is no number.
fn numbers(list: Option<&Value>) -> Vec<f64> {
    let list = list.and_then(Value::as_array).map(|list| list.iter().map(Value::as_f64).collect());
    list.flatten().unwrap_or_default()
}

fn polygons(annotation: &Value) -> Vec<Vec<f64>> {
    let list = annotation.get("segmentation").and_then(Value::as_array);
    list.into_iter().flatten().map(|polygon| numbers(Some(polygon))).filter(|polygon| !polygon.is_empty()).collect()
}

/// A polygon each, or the box when there is none; a polygon that is the box is the box.
fn shapes(annotation: &Value, imported: &mut Imported) -> Result<Vec<Shape>, Loss> {
    let area = match numbers(annotation.get("bbox"))[..] {
        [x, y, w, h] => Some(Rect::<Reference>::new(x, y, w, h)),
        _ => None,
    };
    let mut shapes = Vec::new();
    for polygon in polygons(annotation) {
        let (pairs, rest) = polygon.as_chunks::<2>();
        let drawn = svg::outline(pairs.iter().map(|[x, y]| Point::new(*x, *y)).collect(), true);
        match drawn {
            Ok(drawn) if rest.is_empty() => {
                (0..drawn.simplified).for_each(|_| imported.lose(Loss::Simplified));
                shapes.extend(drawn.shapes.into_iter().map(|shape| boxed(shape, area)));
            }
            Ok(_) => imported.lose(Loss::UnknownShape),
            Err(loss) => imported.lose(loss),
        }
    }
    if shapes.is_empty() {
        if annotation.get("segmentation").is_some_and(Value::is_object) {
            imported.lose(Loss::MaskAsBox);
        }
        shapes.extend(area.map(Shape::Box));
    }
    let none = if shapes.is_empty() { Loss::NoPlace } else { Loss::BeyondLimits };
    shapes.retain(|shape| shape.is_valid() && shape.has_extent());
    if shapes.is_empty() { Err(none) } else { Ok(shapes) }
}

fn boxed(shape: Shape, area: Option<Rect<Reference>>) -> Shape {
    let (points, Some(area)) = (shape.points(), area) else { return shape };
    let corners = area.corners();
    let near = |a: &Point<Reference>, b: &Point<Reference>| a.distance(*b) < 0.01;
    // All four corners in turn, from whichever and either way round.
    let follows = |p: &Point<Reference>, q: &Point<Reference>| near(p, &Point::new(q.x, p.y)) || near(p, &Point::new(p.x, q.y));
    let meets_all = points.len() == 4 && corners.iter().all(|corner| points.iter().any(|p| near(p, corner)));
    let in_turn = points.iter().zip(points.iter().skip(1)).all(|(p, q)| follows(p, q));
    if meets_all && in_turn { Shape::Box(area) } else { shape }
}
