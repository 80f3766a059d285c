//! What the standards have no place for: the `boardwatch` property of an annotation.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report::{Finding, FindingId, FindingKind, Judgement, Severity, Shape, words};

/// The version of [`Record`].
const VERSION: u32 = 1;

/// A finding as no other format holds it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record {
    version: u32,
    number: u32,
    kind: FindingKind,
    severity: Severity,
    judgement: Judgement,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    designator: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default)]
    score: Option<f64>,
    #[serde(default)]
    depth: i32,
    /// To the last bit; what stands beside it in the standard's own words is rounded.
    pub(super) shapes: Vec<Shape>,
}

impl Record {
    /// All of a finding.
    pub(super) fn of(finding: &Finding) -> Self {
        let Finding { id, shapes, kind, designator, severity, judgement, note, tags, score, depth } = finding.clone();
        Self { version: VERSION, number: id.0, kind, severity, judgement, designator, note, tags, score, depth, shapes }
    }

    /// A finding without the texts that the standard has a place for, where other programmes edit them.
    pub(super) fn without_texts(finding: &Finding) -> Self {
        Self { designator: String::new(), note: String::new(), tags: Vec::new(), ..Self::of(finding) }
    }

    /// Of an annotation; `None` when it has none that is whole and of this version.
    pub(super) fn read(annotation: &Value) -> Option<Self> {
        let record = Self::deserialize(annotation.get("boardwatch")?).ok()?;
        (record.version == VERSION).then_some(record)
    }

    /// The finding.
    pub(super) fn into_finding(self) -> Finding {
        let Self { number, kind, severity, judgement, designator, note, tags, score, depth, shapes, .. } = self;
        Finding { id: FindingId(number), shapes, kind, designator, severity, judgement, note, tags, score, depth }
    }
}

/// A kind as files name it.
pub(super) const fn kind_word(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Added => "added",
        FindingKind::Missing => "missing",
        FindingKind::Replaced => "replaced",
        FindingKind::Moved => "moved",
        FindingKind::BodgeWire => "bodge_wire",
        FindingKind::Rework => "rework",
        FindingKind::Marking => "marking",
        FindingKind::Damage => "damage",
        FindingKind::Other => "other",
    }
}

/// The kind that a word means, however it is written.
pub(super) fn kind_of(word: &str) -> Option<FindingKind> {
    named(word, &FindingKind::ALL, words::finding_kind)
}

/// The severity that a word means.
pub(super) fn severity_of(word: &str) -> Option<Severity> {
    named(word, &Severity::ALL, words::severity)
}

/// The judgement that a word means.
pub(super) fn judgement_of(word: &str) -> Option<Judgement> {
    named(word, &Judgement::ALL, words::judgement)
}

fn named<T: Copy>(word: &str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
    let plain = word.trim().replace(['_', '-'], " ");
    all.iter().copied().find(|one| name(*one).eq_ignore_ascii_case(&plain))
}

#[test]
fn files_name_kinds_as_cases_do() {
    for kind in FindingKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind_word(kind));
        assert_eq!(kind_of(kind_word(kind)), Some(kind));
    }
}
