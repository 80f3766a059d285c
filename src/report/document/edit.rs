//! A change to a document as a value that can be turned round.

use std::rc::Rc;

use super::{Document, Laid};
use crate::design::DesignCheck;
use crate::report::{Calibration, ControlPoint, Decision, Finding, FindingId, PictureEntry, PictureLayer, Sighting};
use crate::sorted::SortedSet;
use crate::vision::Hidden;

impl Document {
    /// The change that `deed` makes to this document, which itself stays as it is; `None` when it changes nothing.
    #[must_use]
    pub fn edited(&self, deed: impl FnOnce(&mut Self)) -> Option<Edit> {
        let mut after = self.clone();
        deed(&mut after);
        self.changed_into(after)
    }

    /// Once for all deeds: each of them would bring its own copy of it.
    fn changed_into(&self, after: Self) -> Option<Edit> {
        let mut changes = Vec::new();
        let numbers: SortedSet<_> = self.findings.keys().chain(after.findings.keys()).copied().collect();
        for id in numbers {
            let swap = Swap::of(self.findings.get(&id).cloned(), after.findings.get(&id).cloned());
            changes.extend(swap.map(|swap| Change::Finding(id, Box::new(swap))));
        }
        let places: SortedSet<_> = self.decisions.keys().chain(after.decisions.keys()).copied().collect();
        for place in places {
            let swap = Swap::of(self.decision(place), after.decision(place));
            changes.extend(swap.map(|swap| Change::Decision(place, swap)));
        }
        let seen: SortedSet<_> = self.sightings.keys().chain(after.sightings.keys()).copied().collect();
        for place in seen {
            let swap = Swap::of(self.sighting(place).cloned(), after.sighting(place).cloned());
            changes.extend(swap.map(|swap| Change::Sighting(place, swap)));
        }
        changes.extend(Swap::of(self.last, after.last).map(Change::Last));
        changes.extend(Swap::of(self.hidden.clone(), after.hidden).map(Change::Hidden));
        changes.extend(Swap::of(self.control_points.clone(), after.control_points).map(Change::ControlPoints));
        changes.extend(Swap::of(self.calibration, after.calibration).map(Change::Calibration));
        changes.extend(Swap::of(self.references.clone(), after.references).map(Change::References));
        changes.extend(Swap::of(self.layers.clone(), after.layers).map(Change::Layers));
        changes.extend(Swap::of(self.result.clone(), after.result).map(Change::Result));
        let is_same = self.check.as_ref().map(Rc::as_ptr) == after.check.as_ref().map(Rc::as_ptr);
        let check = if is_same { None } else { Swap::of(self.check.clone(), after.check) };
        changes.extend(check.map(Change::Check));
        (!changes.is_empty()).then_some(Edit { changes })
    }

    /// Applies a change: every record that it names is set to what the change says.
    pub fn apply(&mut self, edit: &Edit) {
        for change in &edit.changes {
            match change.clone() {
                Change::Finding(id, swap) => match swap.after {
                    Some(finding) => _ = self.findings.insert(id, finding),
                    None => _ = self.findings.remove(&id),
                },
                Change::Last(swap) => self.last = swap.after,
                Change::Decision(place, swap) => self.decide(place, swap.after),
                Change::Sighting(place, swap) => self.see(place, swap.after),
                Change::Hidden(swap) => self.hidden = swap.after,
                Change::ControlPoints(swap) => self.control_points = swap.after,
                Change::Calibration(swap) => self.calibration = swap.after,
                Change::References(swap) => self.references = swap.after,
                Change::Layers(swap) => self.layers = swap.after,
                Change::Result(swap) => self.result = swap.after,
                Change::Check(swap) => self.check = swap.after,
            }
        }
    }
}

/// A change to a [`Document`], made by [`Document::edited`].
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    changes: Vec<Change>,
}

impl Edit {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { changes: self.changes.iter().map(Change::reversed).collect() }
    }

    /// True when it changes the result, not only what people say about it.
    #[must_use]
    pub fn is_about_result(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Result(_)))
    }

    /// True when it is about what the photo is compared with.
    #[must_use]
    pub fn is_about_references(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::References(_)))
    }

    /// True when both change the same record.
    pub(in crate::report) fn shares_records(&self, other: &Self) -> bool {
        self.changes.iter().any(|one| other.changes.iter().any(|two| one.same_record(two)))
    }

    /// This change, and `next` after it, as one. The two have to be about different records.
    pub(in crate::report) fn joined(&mut self, next: Self) {
        self.changes.extend(next.changes);
    }

    /// The findings that are there after it and were there before it, or are new.
    pub fn touched(&self) -> impl Iterator<Item = FindingId> {
        self.changes.iter().filter_map(|change| match change {
            Change::Finding(id, swap) if swap.after.is_some() => Some(*id),
            _ => None,
        })
    }
}

/// One record, before and after.
#[derive(Debug, Clone, PartialEq)]
enum Change {
    Finding(FindingId, Box<Swap<Option<Finding>>>),
    Last(Swap<u32>),
    Decision(usize, Swap<Option<Decision>>),
    Sighting(FindingId, Swap<Option<Sighting>>),
    Hidden(Swap<Vec<Hidden>>),
    ControlPoints(Swap<Vec<ControlPoint>>),
    Calibration(Swap<Option<Calibration>>),
    References(Swap<Vec<PictureEntry>>),
    Layers(Swap<Vec<PictureLayer>>),
    Result(Swap<Laid>),
    Check(Swap<Option<Rc<DesignCheck>>>),
}

impl Change {
    fn same_record(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Finding(one, _), Self::Finding(two, _)) | (Self::Sighting(one, _), Self::Sighting(two, _)) => one == two,
            // A result moves decisions to other places: all of them belong together.
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    fn reversed(&self) -> Self {
        match self.clone() {
            Self::Finding(id, swap) => Self::Finding(id, Box::new(swap.reversed())),
            Self::Last(swap) => Self::Last(swap.reversed()),
            Self::Decision(place, swap) => Self::Decision(place, swap.reversed()),
            Self::Sighting(place, swap) => Self::Sighting(place, swap.reversed()),
            Self::Hidden(swap) => Self::Hidden(swap.reversed()),
            Self::ControlPoints(swap) => Self::ControlPoints(swap.reversed()),
            Self::Calibration(swap) => Self::Calibration(swap.reversed()),
            Self::References(swap) => Self::References(swap.reversed()),
            Self::Layers(swap) => Self::Layers(swap.reversed()),
            Self::Result(swap) => Self::Result(swap.reversed()),
            Self::Check(swap) => Self::Check(swap.reversed()),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Swap<T> {
    before: T,
    after: T,
}

impl<T: PartialEq> Swap<T> {
    fn of(before: T, after: T) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }

    fn reversed(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}
