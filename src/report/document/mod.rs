//! What a person's actions change in a case, as records.

mod edit;

use std::rc::Rc;

pub use self::edit::Edit;

use serde::{Deserialize, Serialize};

use super::{Calibration, ControlPoint, Decision, Finding, FindingId, PictureEntry, PictureLayer, Sighting};
use crate::design::DesignCheck;
use crate::sorted::SortedMap;
use crate::vision::{Alignment, Comparison, Hidden, Sha256};

/// References, findings, decisions, control points, calibration, layers, and the result that they belong to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    #[serde(default)]
    references: Vec<PictureEntry>,
    findings: SortedMap<FindingId, Finding>,
    /// The highest number ever given, so that no number is given twice, not even after a removal.
    last: u32,
    /// By the place of the difference in the list.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    decisions: SortedMap<usize, Decision>,
    /// What was seen at the places of the report that is answered.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    sightings: SortedMap<FindingId, Sighting>,
    /// What nobody else is to see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<Hidden>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    control_points: Vec<ControlPoint>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calibration: Option<Calibration>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    layers: Vec<PictureLayer>,
    #[serde(default)]
    result: Laid,
    /// What the board's design says of it, where there is a drawing. Shared, as the result is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<Rc<DesignCheck>>,
}

/// How the photo lies on the first reference, and what the machine found there. Shared, because a comparison is large and
/// every step of undo that changes it keeps both.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Laid {
    /// Of the comparison, or of the report that the case was opened from.
    pub alignment: Option<Rc<Alignment>>,
    /// `None` until it is done, and in a case opened from a report with the same photo.
    pub comparison: Option<Rc<Comparison>>,
    /// What the comparison was told beside the pictures.
    #[serde(default, skip_serializing_if = "Told::is_nothing")]
    pub told: Told,
}

/// What a comparison was told beside the pictures.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Pixels per millimetre on the first reference.
    pub px_per_mm: Option<f64>,
    /// Places that a person marked as the same.
    pub control_points: Vec<ControlPoint>,
    /// The unit that each reference shows, by any number; empty when nobody knew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Option<u32>>,
}

impl Told {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl PartialEq for Laid {
    fn eq(&self, other: &Self) -> bool {
        fn same<T: PartialEq>(one: Option<&Rc<T>>, other: Option<&Rc<T>>) -> bool {
            match (one, other) {
                (Some(one), Some(other)) => Rc::ptr_eq(one, other) || one == other,
                (None, None) => true,
                _ => false,
            }
        }
        same(self.alignment.as_ref(), other.alignment.as_ref())
            && same(self.comparison.as_ref(), other.comparison.as_ref())
            && self.told == other.told
    }
}

impl Document {
    /// An empty document about these references.
    #[must_use]
    pub fn about(references: Vec<PictureEntry>) -> Self {
        Self { references, ..Self::default() }
    }

    /// What the photo is compared with; findings lie on the first.
    #[must_use]
    pub fn references(&self) -> &[PictureEntry] {
        &self.references
    }

    /// Other references.
    pub fn set_references(&mut self, references: Vec<PictureEntry>) {
        self.references = references;
    }

    /// A document of these findings; a number that comes twice keeps its last owner.
    #[must_use]
    pub fn of(findings: impl IntoIterator<Item = Finding>) -> Self {
        let findings: SortedMap<_, _> = findings.into_iter().map(|finding| (finding.id, finding)).collect();
        let last = findings.keys().next_back().map_or(0, |id| id.0);
        Self { findings, last, ..Self::default() }
    }

    /// An empty document whose findings get numbers behind this one.
    #[must_use]
    pub fn behind(last: FindingId) -> Self {
        Self { last: last.0, ..Self::default() }
    }

    /// The findings in the order of their numbers.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.findings.values()
    }

    /// The findings as they lie over each other, lowest first.
    #[must_use]
    pub fn stacked(&self) -> Vec<&Finding> {
        let mut findings: Vec<_> = self.findings.values().collect();
        findings.sort_unstable_by_key(|finding| (finding.depth, finding.id));
        findings
    }

    /// The finding with this number.
    #[must_use]
    pub fn get(&self, id: FindingId) -> Option<&Finding> {
        self.findings.get(&id)
    }

    /// The number that the next finding gets.
    #[must_use]
    pub fn next_id(&self) -> FindingId {
        FindingId(self.last.saturating_add(1))
    }

    /// What became of the difference at this place of the list.
    #[must_use]
    pub fn decision(&self, place: usize) -> Option<Decision> {
        self.decisions.get(&place).copied()
    }

    /// What was seen at the places of the report that is answered, in the order of their numbers.
    pub fn sightings(&self) -> impl ExactSizeIterator<Item = &Sighting> {
        self.sightings.values()
    }

    /// What was seen at one of them.
    #[must_use]
    pub fn sighting(&self, place: FindingId) -> Option<&Sighting> {
        self.sightings.get(&place)
    }

    /// What nobody else is to see, in the order in which it was hidden.
    #[must_use]
    pub fn hidden(&self) -> &[Hidden] {
        &self.hidden
    }

    /// The same places in both pictures, in the order in which they were placed.
    #[must_use]
    pub fn control_points(&self) -> &[ControlPoint] {
        &self.control_points
    }

    /// How large a millimetre is, where a person measured it.
    #[must_use]
    pub const fn calibration(&self) -> Option<Calibration> {
        self.calibration
    }

    /// The pictures that were laid over the board, lowest first.
    #[must_use]
    pub fn layers(&self) -> &[PictureLayer] {
        &self.layers
    }

    /// The drawing that the photo is compared with, where it is one: it is the only reference then.
    #[must_use]
    pub fn drawn_reference(&self) -> Option<&PictureEntry> {
        self.references.first().filter(|first| first.drawing.is_some())
    }

    /// The drawing that lies over the board beside references that are photos.
    #[must_use]
    pub fn drawn_layer(&self) -> Option<&PictureLayer> {
        self.layers.iter().find(|layer| layer.drawing.is_some())
    }

    /// The layer that shows this picture.
    #[must_use]
    pub fn layer(&self, sha256: Sha256) -> Option<&PictureLayer> {
        self.layers.iter().find(|layer| layer.picture.sha256 == sha256)
    }

    /// Reference pixels per millimetre, where a person or the comparison knows.
    #[must_use]
    pub fn px_per_mm(&self) -> Option<f64> {
        let measured = self.calibration.map(|calibration| calibration.px_per_mm);
        measured.or_else(|| self.comparison()?.limits.px_per_mm)
    }

    /// How the photo lies on the first reference.
    #[must_use]
    pub fn alignment(&self) -> Option<&Alignment> {
        self.result.alignment.as_deref()
    }

    /// What the machine found.
    #[must_use]
    pub fn comparison(&self) -> Option<&Comparison> {
        self.result.comparison.as_deref()
    }

    /// What the board's design says of it.
    #[must_use]
    pub fn check(&self) -> Option<&DesignCheck> {
        self.check.as_deref()
    }

    /// Both of them.
    #[must_use]
    pub const fn laid(&self) -> &Laid {
        &self.result
    }

    /// Puts a finding in, or over the one with its number.
    pub fn put(&mut self, finding: Finding) {
        self.last = self.last.max(finding.id.0);
        self.findings.insert(finding.id, finding);
    }

    /// Takes a finding out; the difference that it grew out of is undecided again.
    pub fn remove(&mut self, id: FindingId) {
        self.findings.remove(&id);
        self.decisions.retain(|_, decision| *decision != Decision::Accepted(id));
    }

    /// Says what became of a difference; `None` is undecided.
    pub fn decide(&mut self, place: usize, decision: Option<Decision>) {
        match decision {
            Some(decision) => _ = self.decisions.insert(place, decision),
            None => _ = self.decisions.remove(&place),
        }
    }

    /// Says what was seen at a place of the report that is answered; `None` takes it back.
    pub fn see(&mut self, place: FindingId, sighting: Option<Sighting>) {
        match sighting {
            Some(sighting) => _ = self.sightings.insert(place, sighting),
            None => _ = self.sightings.remove(&place),
        }
    }

    /// Hides other places.
    pub fn set_hidden(&mut self, hidden: Vec<Hidden>) {
        self.hidden = hidden;
    }

    /// Other control points.
    pub fn set_control_points(&mut self, points: Vec<ControlPoint>) {
        self.control_points = points;
    }

    /// Other layers.
    pub fn set_layers(&mut self, layers: Vec<PictureLayer>) {
        self.layers = layers;
    }

    /// Another calibration.
    pub const fn calibrate(&mut self, calibration: Option<Calibration>) {
        self.calibration = calibration;
    }

    /// The design says something else, or nothing.
    pub fn set_check(&mut self, check: Option<DesignCheck>) {
        self.check = check.map(Rc::new);
    }

    /// Another result. A decision goes on to the difference at the same place of the board, or is dropped when nothing
    /// differs there any more.
    pub fn lay(&mut self, result: Laid) {
        let boxes = |laid: &Laid| -> Vec<_> {
            laid.comparison.iter().flat_map(|comparison| comparison.differences.iter().map(|d| d.reference_box)).collect()
        };
        let (before, after) = (boxes(&self.result), boxes(&result));
        let mut decisions = SortedMap::new();
        for (place, decision) in self.decisions.iter() {
            let Some(old) = before.get(*place) else { continue };
            let same = after.iter().enumerate().map(|(new_place, new)| (new_place, old.common_area(new), new));
            let best = same.max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((new_place, _, new)) = best
                && old.is_mostly(new)
            {
                decisions.get_or_insert(new_place, *decision);
            }
        }
        self.decisions = decisions;
        self.result = result;
    }
}
