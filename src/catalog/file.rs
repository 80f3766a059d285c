//! A file beside a catalogue's own, and what it must be.

use serde::{Deserialize, Serialize};

use super::{CatalogueError, checks};
use crate::vision::Sha256;

/// The media type of a catalogue's file, by the ending of its name.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("json" | "sig") => "application/json",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("tif" | "tiff") => "image/tiff",
        _ => "application/octet-stream",
    }
}

/// A file of a catalogue that another one names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Where it is: beside the file that names it, or below.
    pub path: String,
    /// Of its bytes as they are served.
    pub sha256: Sha256,
    /// Their number.
    pub bytes: u64,
}

impl FileEntry {
    /// Checks it; its path becomes relative to what `at` is relative to.
    pub(super) fn check(&mut self, at: &str) -> Result<(), CatalogueError> {
        checks::length(self.bytes)?;
        self.path = checks::beside(at, &self.path)?;
        Ok(())
    }
}
