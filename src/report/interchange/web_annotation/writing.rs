//! Writing an annotation page.

use serde::Serialize;
use serde_json::{Value, json};

use super::{SEVERITY_PREFIX, SOURCE_PREFIX, VERDICT_PREFIX};
use crate::report::interchange::Subject;
use crate::report::interchange::record::Record;
use crate::report::interchange::selector::Selector;
use crate::report::{Finding, Shape, words};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@context")]
    context: [Value; 2],
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    body: Vec<Body<'a>>,
    target: Vec<Target>,
    boardwatch: Record,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    value: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
struct Target {
    #[serde(rename = "type")]
    kind: &'static str,
    source: String,
    selector: Selector,
}

/// An `AnnotationPage` as JSON-LD; findings that are not valid are left out. Each shape is a target, whose source is the
/// reference by its hash.
#[must_use]
pub fn to_web_annotation(findings: &[Finding], subject: &Subject<'_>) -> String {
    let source = format!("{SOURCE_PREFIX}{}", subject.reference.picture.sha256);
    let name = format!("{SOURCE_PREFIX}{}", subject.photo);
    let annotation = |finding| annotation(finding, &name, &source);
    let page = Page {
        // An annotation tool hands back annotations one by one: each has the standard's context of its own.
        context: [CONTEXT.into(), json!({"boardwatch": {"@id": "urn:x-boardwatch:finding", "@type": "@json"}})],
        id: format!("{name}#findings"),
        kind: "AnnotationPage",
        items: findings.iter().filter(|finding| finding.is_valid()).map(annotation).collect(),
    };
    // Nothing in it can fail: keys are texts, numbers finite.
    serde_json::to_string(&page).unwrap_or_default()
}

fn annotation<'a>(finding: &'a Finding, name: &str, source: &str) -> Annotation<'a> {
    let target = |shape| Target { kind: "SpecificResource", source: source.to_owned(), selector: Selector::of(shape) };
    Annotation {
        context: CONTEXT,
        id: format!("{name}#finding-{}", finding.id.0),
        kind: "Annotation",
        motivation: "assessing",
        body: bodies(finding),
        target: finding.shapes.iter().map(target).collect(),
        boardwatch: Record::without_texts(finding),
    }
}

fn bodies(finding: &Finding) -> Vec<Body<'_>> {
    let body = |purpose, value| Body { kind: "TextualBody", purpose, value };
    let mut bodies = Vec::new();
    if !finding.note.is_empty() {
        bodies.push(body("commenting", finding.note.as_str().into()));
    }
    bodies.push(body("classifying", words::finding_kind(finding.kind).into()));
    bodies.push(body("classifying", (SEVERITY_PREFIX.to_owned() + &words::severity(finding.severity).to_lowercase()).into()));
    bodies.push(body("classifying", (VERDICT_PREFIX.to_owned() + &words::judgement(finding.judgement).to_lowercase()).into()));
    if !finding.designator.is_empty() {
        bodies.push(body("identifying", finding.designator.as_str().into()));
    }
    bodies.extend(finding.tags.iter().map(|tag| body("tagging", tag.as_str().into())));
    // A text on the stage is a dot to other programmes: here they find its words.
    bodies.extend(finding.shapes.iter().filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(body("describing", text.as_str().into())),
        _ => None,
    }));
    bodies
}
