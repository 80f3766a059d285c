//! The files of a site, in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::step::Failure;

/// How an integrity of ours begins.
pub(super) const ALGORITHM: &str = "sha256-";

/// What is in `bytes`, as the `integrity` of an element or a fetch says it (Subresource Integrity, 3.1).
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("{ALGORITHM}{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// Files by their paths below the top, with forward slashes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Site(pub(super) BTreeMap<String, Vec<u8>>);

impl Site {
    /// Reads every file below `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut site = Self::default();
        site.collect(folder, folder)?;
        Ok(site)
    }

    fn collect(&mut self, top: &Path, folder: &Path) -> Result<(), Failure> {
        for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
            let path = entry.map_err(Failure::file(folder))?.path();
            if path.is_dir() {
                self.collect(top, &path)?;
            } else {
                let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                self.0.insert(name, fs::read(&path).map_err(Failure::file(&path))?);
            }
        }
        Ok(())
    }

    /// Writes every file that is not in `folder` as it is here.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Failure> {
        for (name, bytes) in &self.0 {
            let path = folder.join(name);
            if fs::read(&path).is_ok_and(|there| there == *bytes) {
                continue;
            }
            fs::write(&path, bytes).map_err(Failure::file(&path))?;
        }
        Ok(())
    }

    /// The text of a page or script; `None` for other files.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let is_text = [".html", ".js"].iter().any(|kind| name.ends_with(kind));
        self.0.get(name).filter(|_| is_text).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The pages and scripts.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.keys().filter_map(|name| Some((name.as_str(), self.text(name)?)))
    }

    pub(super) fn set(&mut self, name: &str, text: String) {
        self.0.insert(name.to_owned(), text.into_bytes());
    }
}
