//! What came out of a file, and what did not.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::report::finding::MAX_SHAPES;
use crate::report::{Finding, FindingId, MAX_DESIGNATOR_CHARS, MAX_FINDINGS, MAX_NOTE_CHARS, MAX_TAG_CHARS, MAX_TAGS, Shape};

/// Findings from a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// Valid findings in the order of the file, each with a number of its own.
    pub findings: Vec<Finding>,
    /// Annotations of the file that became no finding.
    pub skipped: usize,
    /// What was left out or changed, and how often.
    pub losses: BTreeMap<Loss, usize>,
}

/// What was left out or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Loss {
    /// An annotation of another picture.
    OtherPicture,
    /// An annotation that marks no place.
    NoPlace,
    /// Something that is no annotation.
    Unreadable,
    /// An annotation beyond [`MAX_FINDINGS`].
    BeyondMost,
    /// A shape of a form that is not drawn here.
    UnknownShape,
    /// A shape that covers nothing, lies far off the picture or has too many points.
    BeyondLimits,
    /// A curve or a detailed outline that is now made of fewer, straight pieces.
    Simplified,
    /// A mask of which only the box around it was read.
    MaskAsBox,
    /// A text or a list of tags that was too long.
    TextCut,
}

impl Loss {
    /// A sentence that says how often it happened.
    #[must_use]
    pub fn sentence(self, times: usize) -> String {
        let (one, many, rest) = match self {
            Self::OtherPicture => ("annotation belongs", "annotations belong", "to another picture: left out."),
            Self::NoPlace => ("annotation marks", "annotations mark", "no place on the picture: left out."),
            Self::Unreadable => ("entry", "entries", "could not be read as an annotation: left out."),
            Self::BeyondMost => {
                let is_more = if times == 1 { "annotation is" } else { "annotations are" };
                return format!("{times} {is_more} beyond the {MAX_FINDINGS} that a report holds: left out.");
            }
            Self::UnknownShape => ("shape", "shapes", "of a form that can't be drawn here: left out."),
            Self::BeyondLimits => ("shape", "shapes", "without extent, far off the picture or with too many points: left out."),
            Self::Simplified => ("shape was", "shapes were", "simplified to fewer, straight pieces."),
            Self::MaskAsBox => ("mask was", "masks were", "read as the box around it."),
            Self::TextCut => ("text or list of tags was", "texts or lists of tags were", "too long: cut."),
        };
        format!("{times} {} {rest}", if times == 1 { one } else { many })
    }
}

impl Imported {
    /// What was left out or changed, a sentence each.
    #[must_use]
    pub fn losses_in_words(&self) -> Vec<String> {
        self.losses.iter().map(|(loss, times)| loss.sentence(*times)).collect()
    }

    pub(super) fn lose(&mut self, loss: Loss) {
        *self.losses.entry(loss).or_default() += 1;
    }

    /// An annotation that becomes no finding.
    pub(super) fn skip(&mut self, loss: Loss) {
        self.skipped += 1;
        self.lose(loss);
    }

    /// Takes a finding in, its texts cut and its shapes sifted; its number may still be anything.
    pub(super) fn take(&mut self, mut finding: Finding) {
        if self.findings.len() >= MAX_FINDINGS {
            return self.skip(Loss::BeyondMost);
        }
        let had_shapes = !finding.shapes.is_empty();
        let mut beyond = finding.shapes.len().saturating_sub(MAX_SHAPES);
        finding.shapes.truncate(MAX_SHAPES);
        let there = finding.shapes.len();
        finding.shapes.retain(Shape::is_valid);
        beyond += there - finding.shapes.len();
        for _ in 0..beyond {
            self.lose(Loss::BeyondLimits);
        }
        let mut cut = shorten(&mut finding.note, MAX_NOTE_CHARS);
        cut |= shorten(&mut finding.designator, MAX_DESIGNATOR_CHARS);
        finding.tags.retain(|tag| !tag.is_empty());
        for tag in &mut finding.tags {
            cut |= shorten(tag, MAX_TAG_CHARS);
        }
        cut |= finding.tags.len() > MAX_TAGS;
        finding.tags.truncate(MAX_TAGS);
        if finding.shapes.is_empty() {
            self.skipped += 1;
            if !had_shapes {
                self.lose(Loss::NoPlace);
            }
        } else if (Finding { id: FindingId(1), ..finding.clone() }).is_valid() {
            if cut {
                self.lose(Loss::TextCut);
            }
            self.findings.push(finding);
        } else {
            self.skip(Loss::Unreadable);
        }
    }

    /// Gives every finding a number of its own: the file's where that is usable, else the lowest that is free.
    pub(super) fn numbered(mut self) -> Self {
        let mut taken = BTreeSet::new();
        let mut without = Vec::new();
        for (place, finding) in self.findings.iter().enumerate() {
            if !finding.is_valid() || !taken.insert(finding.id) {
                without.push(place);
            }
        }
        let mut free = (1..).map(FindingId).filter(|id| !taken.contains(id));
        for place in without {
            if let (Some(finding), Some(id)) = (self.findings.get_mut(place), free.next()) {
                finding.id = id;
            }
        }
        self
    }
}

/// Cuts a text between characters; true when something was cut.
fn shorten(text: &mut String, most: usize) -> bool {
    let end = text.char_indices().nth(most).map(|(end, _)| end);
    end.inspect(|end| text.truncate(*end)).is_some()
}
