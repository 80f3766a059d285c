//! The list at the beginning of a file of cases.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    BackupError, MAX_BACKUP_CASES, MAX_BACKUP_PICTURE_BYTES, MAX_BACKUP_PICTURES, MAX_CASE_BYTES, MAX_LIST_BYTES,
    MAX_PICTURES_OF_CASE,
};
use crate::app::CaseId;
use crate::report::MAX_TITLE_CHARS;
use crate::vision::Sha256;

const FORMAT: &str = "boardwatch-cases";
const VERSION: u32 = 1;
/// The last moment that a browser's clock can tell, in milliseconds since 1970.
const LAST_MS: f64 = 8.64e15;

/// What a file of cases holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupList {
    pub(super) format: String,
    pub(super) version: u32,
    /// Which programme wrote it; may be empty.
    pub made_by: String,
    /// When, in milliseconds since 1970.
    pub saved_ms: f64,
    /// In the order in which they stand in the file.
    pub cases: Vec<ListedCase>,
    /// By rising hash, as they stand in the file.
    pub pictures: Vec<ListedPicture>,
    /// Pictures that a case names and that are not in this file, by rising hash.
    pub missing: Vec<Sha256>,
}

/// One case of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedCase {
    /// Its name in the storage that it comes from.
    pub id: CaseId,
    /// The entry that holds its text; it follows from the name.
    pub(super) file: String,
    /// Of its text.
    pub sha256: Sha256,
    /// What the person calls it, shortened; may be empty when nobody could read it.
    pub title: String,
    /// When it was last stored, in milliseconds since 1970; 0 when that is not known.
    pub changed_ms: f64,
    /// When it was put into the bin, in milliseconds since 1970; `None` when it is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_ms: Option<f64>,
    /// Its pictures, by rising hash.
    pub pictures: Vec<Sha256>,
}

/// One picture of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedPicture {
    /// Its name.
    pub sha256: Sha256,
    /// Of its file.
    pub bytes: u64,
}

impl ListedCase {
    pub(super) fn file_of(id: CaseId) -> String {
        format!("cases/{}.json", id.0)
    }
}

impl ListedPicture {
    pub(super) fn file_of(sha256: Sha256) -> String {
        format!("pictures/{sha256}")
    }
}

impl BackupList {
    /// A list of nothing.
    pub(super) fn new(made_by: &str, saved_ms: f64) -> Self {
        let made_by = made_by.chars().take(MAX_TITLE_CHARS).collect();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            made_by,
            saved_ms,
            cases: Vec::new(),
            pictures: Vec::new(),
            missing: Vec::new(),
        }
    }

    pub(super) fn to_json(&self) -> Result<Vec<u8>, BackupError> {
        serde_json::to_vec(self)
            .ok()
            .filter(|json| json.len() <= MAX_LIST_BYTES && self.is_valid())
            .ok_or(BackupError::OutOfLimits)
    }

    pub(super) fn from_json(bytes: &[u8]) -> Result<Self, BackupError> {
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        if bytes.len() > MAX_LIST_BYTES {
            return Err(BackupError::OutOfLimits);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BackupError::Altered)?;
        match crate::json::from_str(text) {
            Ok(Head { format, .. }) if format != FORMAT => return Err(BackupError::NotABackup),
            Ok(Head { version, .. }) if version > VERSION => return Err(BackupError::Newer(version)),
            Ok(Head { version: VERSION, .. }) => {}
            _ => return Err(BackupError::Altered),
        }
        let list: Self = crate::json::from_str(text).map_err(|_| BackupError::Altered)?;
        if list.is_valid() { Ok(list) } else { Err(BackupError::OutOfLimits) }
    }

    /// The names and sizes of the entries behind the list; of cases only the names are known.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, Option<u64>)> {
        let cases = self.cases.iter().map(|case| (case.file.clone(), None));
        let pictures = self.pictures.iter().map(|picture| (ListedPicture::file_of(picture.sha256), Some(picture.bytes)));
        cases.chain(pictures)
    }

    /// Within every limit, and of a piece: each picture that a case names is either in the file or missing, and no other is.
    fn is_valid(&self) -> bool {
        let fits = self.cases.len() <= MAX_BACKUP_CASES
            && self.pictures.len() <= MAX_BACKUP_PICTURES
            && is_short(&self.made_by)
            && is_moment(self.saved_ms);
        let rises = is_rising(self.pictures.iter().map(|picture| picture.sha256)) && is_rising(self.missing.iter().copied());
        if !fits || !rises || !self.cases.iter().all(ListedCase::is_valid) {
            return false;
        }
        let ids: BTreeSet<CaseId> = self.cases.iter().map(|case| case.id).collect();
        let named: BTreeSet<&Sha256> = self.cases.iter().flat_map(|case| &case.pictures).collect();
        let here: BTreeSet<&Sha256> = self.pictures.iter().map(|picture| &picture.sha256).chain(&self.missing).collect();
        ids.len() == self.cases.len()
            && named == here
            && here.len() == self.pictures.len() + self.missing.len()
            && self.pictures.iter().all(|picture| picture.bytes <= MAX_BACKUP_PICTURE_BYTES)
    }
}

impl ListedCase {
    fn is_valid(&self) -> bool {
        self.file == Self::file_of(self.id)
            && is_short(&self.title)
            && is_moment(self.changed_ms)
            && self.deleted_ms.is_none_or(is_moment)
            && self.pictures.len() <= MAX_PICTURES_OF_CASE
            && is_rising(self.pictures.iter().copied())
    }
}

/// True when a case's text may be in a file.
pub(super) const fn is_text_size(bytes: u64) -> bool {
    bytes <= MAX_CASE_BYTES as u64
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= MAX_TITLE_CHARS
}

fn is_moment(ms: f64) -> bool {
    (0.0..=LAST_MS).contains(&ms)
}

fn is_rising(hashes: impl Iterator<Item = Sha256>) -> bool {
    hashes.is_sorted_by(|a, b| a < b)
}
