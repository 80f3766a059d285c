//! A board in a list: what it is called, and where its file is.

use serde::{Deserialize, Serialize};

use super::search::words;
use super::{CatalogueError, FileEntry, MOST_REFERENCES, Side, checks};

/// Other names of a board.
pub(super) const MOST_NAMES: usize = 20;

/// A board's line in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// Small letters, digits, hyphens; unique in a catalogue.
    pub id: String,
    /// Who makes it.
    pub vendor: String,
    /// What it is called.
    pub model: String,
    /// Of the printed circuit board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// What it is called elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The sides that there are references of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// How many there are.
    #[serde(default)]
    pub references: u32,
    /// Its own file.
    pub file: FileEntry,
    /// A small picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<FileEntry>,
}

impl BoardLine {
    /// Vendor, model and revision in one line.
    #[must_use]
    pub fn name(&self) -> String {
        board_name(&self.vendor, &self.model, self.revision.as_deref())
    }

    /// The words that it is found by.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut text = format!("{} {} {}", self.vendor, self.model, self.revision.as_deref().unwrap_or_default());
        for also in &self.also {
            text = format!("{text} {also}");
        }
        words(&text)
    }

    pub(super) fn check(&mut self, at: &str) -> Result<(), CatalogueError> {
        checks::id(&self.id)?;
        names(&self.vendor, &self.model, self.revision.as_deref(), &self.also)?;
        checks::count("sides", self.sides.len(), 2)?;
        checks::count("references", self.references as usize, MOST_REFERENCES)?;
        self.file.check(at)?;
        self.thumbnail.as_mut().map_or(Ok(()), |thumbnail| thumbnail.check(at))
    }
}

/// An identifier made of a text: its words in small letters, joined by hyphens; letters that no identifier has are left out.
#[must_use]
pub fn id_of(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let id = plain.split_whitespace().collect::<Vec<_>>().join("-");
    if id.is_empty() { "board".to_owned() } else { id.chars().take(checks::LONGEST_TEXT).collect() }
}

/// Vendor, model and revision in one line.
#[must_use]
pub fn board_name(vendor: &str, model: &str, revision: Option<&str>) -> String {
    match revision {
        Some(revision) => format!("{vendor} {model}, revision {revision}"),
        None => format!("{vendor} {model}"),
    }
}

/// What a board is called is fit to be shown.
pub(super) fn names(vendor: &str, model: &str, revision: Option<&str>, also: &[String]) -> Result<(), CatalogueError> {
    checks::text("vendor", vendor)?;
    checks::text("model", model)?;
    revision.map_or(Ok(()), |revision| checks::text("revision", revision))?;
    checks::count("other names", also.len(), MOST_NAMES)?;
    also.iter().try_for_each(|name| checks::text("other name", name))
}
