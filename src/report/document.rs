//! The findings of a case as records, and a change to them as a value that can be turned round.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Finding, FindingId};

/// All findings of a case, by number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    findings: BTreeMap<FindingId, Finding>,
    /// The highest number ever given, so that no number is given twice, not even after a removal.
    last: u32,
}

impl Document {
    /// A document of these findings; a number that comes twice keeps its last owner.
    #[must_use]
    pub fn of(findings: impl IntoIterator<Item = Finding>) -> Self {
        let findings: BTreeMap<_, _> = findings.into_iter().map(|finding| (finding.id, finding)).collect();
        let last = findings.keys().next_back().map_or(0, |id| id.0);
        Self { findings, last }
    }

    /// The findings in the order of their numbers.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.findings.values()
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

    /// Applies a change. What it removes or replaces is looked up by number; a number that is not there is passed over.
    pub fn apply(&mut self, edit: &Edit) {
        for finding in &edit.removed {
            self.findings.remove(&finding.id);
        }
        for [_, after] in &edit.updated {
            if let Some(slot) = self.findings.get_mut(&after.id) {
                slot.clone_from(after);
            }
        }
        for finding in &edit.added {
            self.last = self.last.max(finding.id.0);
            self.findings.insert(finding.id, finding.clone());
        }
    }
}

/// A change to a [`Document`]: what it added, what it changed (from, to), what it removed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// New findings.
    pub added: Vec<Finding>,
    /// Before and after.
    pub updated: Vec<[Finding; 2]>,
    /// Findings that are gone.
    pub removed: Vec<Finding>,
}

impl Edit {
    /// Adds `finding`.
    #[must_use]
    pub fn add(finding: Finding) -> Self {
        Self { added: vec![finding], ..Self::default() }
    }

    /// Changes `before` into `after`.
    #[must_use]
    pub fn update(before: Finding, after: Finding) -> Self {
        Self { updated: vec![[before, after]], ..Self::default() }
    }

    /// Removes `finding`.
    #[must_use]
    pub fn remove(finding: Finding) -> Self {
        Self { removed: vec![finding], ..Self::default() }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let updated = self.updated.iter().map(|[before, after]| [after.clone(), before.clone()]).collect();
        Self { added: self.removed.clone(), updated, removed: self.added.clone() }
    }
}
