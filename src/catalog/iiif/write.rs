//! A board as a manifest.

use serde_json::{Value, json};

use super::rights::rights;
use crate::catalog::{BoardEntry, ReferenceEntry, media_type};

/// The manifest of a board whose files are at the address `base`, without a stroke at its end.
#[must_use]
pub fn manifest(board: &BoardEntry, base: &str) -> Value {
    let canvases: Vec<Value> = board.references.iter().map(|reference| canvas(reference, base)).collect();
    let mut facts = vec![fact("Vendor", &board.vendor), fact("Model", &board.model), fact("Identifier", &board.id)];
    facts.extend(board.revision.iter().map(|revision| fact("Revision", revision)));
    facts.extend(board.size_mm.iter().map(|[width, height]| fact("Size", &format!("{width} × {height} mm"))));
    let pages = board
        .links
        .iter()
        .map(|link| json!({ "id": link.url, "type": "Text", "label": text(&link.title), "format": "text/html" }));
    json!({
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": format!("{base}/manifest.json"), "type": "Manifest", "label": text(&board.name()), "metadata": facts,
        "homepage": pages.collect::<Vec<Value>>(),
        "seeAlso": [{ "id": format!("{base}/board.json"), "type": "Dataset", "format": "application/json", "label": text("Boardwatch board") }],
        "items": canvases,
    })
}

fn canvas(reference: &ReferenceEntry, base: &str) -> Value {
    let id = format!("{base}/canvas/{}", reference.sha256.short());
    let (width, height) = (reference.width, reference.height);
    let mut body = json!({
        "id": format!("{base}/{}", reference.path), "type": "Image", "format": media_type(&reference.path), "width": width, "height": height,
    });
    if let Some(info) = &reference.tiles {
        let id = format!("{base}/{}", info.trim_end_matches("/info.json"));
        put(&mut body, "service", json!([{ "id": id, "type": "ImageService3", "profile": "level0" }]));
    }
    let mut facts = vec![
        fact("SHA-256", &reference.sha256.to_string()),
        fact("Unit", &reference.unit),
        fact("Side", reference.side.word()),
        fact("Modality", reference.modality.word()),
        fact("Source", &reference.source),
        fact("Licence", &reference.licence),
    ];
    facts.extend(reference.date.iter().map(|date| fact("Date", date)));
    facts.extend(reference.px_per_mm.iter().map(|scale| fact("Pixels per mm", &scale.to_string())));
    let mut canvas = json!({
        "id": id, "type": "Canvas", "label": text(&reference.title), "width": width, "height": height, "metadata": facts,
        "requiredStatement": { "label": text("Attribution"), "value": text(&format!("{}, {}", reference.contributor, reference.licence)) },
        "items": [{ "id": format!("{id}/page"), "type": "AnnotationPage", "items": [{
            "id": format!("{id}/painting"), "type": "Annotation", "motivation": "painting", "target": id, "body": body,
        }] }],
    });
    if let Some(rights) = rights(&reference.licence) {
        put(&mut canvas, "rights", json!(rights));
    }
    if let Some(thumbnail) = &reference.thumbnail {
        let small = json!([{ "id": format!("{base}/{}", thumbnail.path), "type": "Image", "format": "image/jpeg" }]);
        put(&mut canvas, "thumbnail", small);
    }
    canvas
}

fn put(object: &mut Value, field: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(field.to_owned(), value);
    }
}

fn text(text: &str) -> Value {
    json!({ "en": [text] })
}

fn fact(label: &str, value: &str) -> Value {
    json!({ "label": text(label), "value": text(value) })
}
