//! Writing files of cases around texts and pictures that stay where they are.

use super::dividing::{Limits, Part, divide};
use super::list::is_text_size;
use super::{BackupError, BackupList, LIST, ListedCase, ListedPicture, MAX_PICTURES_OF_CASE};
use crate::app::{CaseId, CaseSummary};
use crate::report::MAX_TITLE_CHARS;
use crate::report::zip::{Entry, directory};
use crate::sorted::SortedSet;
use crate::vision::Sha256;

/// What is known of a stored case.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCase {
    pub(super) listed: ListedCase,
    pub(super) bytes: u64,
    pub(super) crc32: u32,
}

/// What is known of a stored picture that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredPicture {
    /// Its name.
    pub sha256: Sha256,
    /// Of its file.
    pub bytes: u64,
    /// Of its file; computed slice by slice.
    pub crc32: u32,
}

/// One file of cases, ready to be put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// What it holds.
    pub list: BackupList,
    /// The file is these, one after the other.
    pub pieces: Vec<Piece>,
}

/// A piece of a file of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// These bytes.
    Frame(Vec<u8>),
    /// The text of this case, exactly as it is stored.
    Case(CaseId),
    /// This picture, exactly as it is stored.
    Picture(Sha256),
}

impl StoredCase {
    /// What is to be known of a case whose text is at hand. `deleted_ms` is when it was put into the bin.
    #[must_use]
    pub fn of(summary: &CaseSummary, deleted_ms: Option<f64>, pictures: &SortedSet<Sha256>, text: &str) -> Self {
        let listed = ListedCase {
            id: summary.id,
            file: ListedCase::file_of(summary.id),
            sha256: Sha256::of(text.as_bytes()),
            title: summary.title.chars().take(MAX_TITLE_CHARS).collect(),
            changed_ms: summary.changed_ms,
            deleted_ms,
            pictures: pictures.iter().copied().collect(),
        };
        Self { listed, bytes: text.len() as u64, crc32: crc32fast::hash(text.as_bytes()) }
    }
}

impl Volume {
    /// The files that hold these cases, each whole in itself: most often one, more where one would be too large. Pictures that are not
    /// among `pictures` are listed as missing; those that no case names are left out.
    ///
    /// # Errors
    /// [`BackupError::CaseTooLarge`] and [`BackupError::TooManyPictures`] for a case that no file takes, [`BackupError::OutOfLimits`] when
    /// a time is none.
    pub fn of(made_by: &str, saved_ms: f64, cases: &[StoredCase], pictures: &[StoredPicture]) -> Result<Vec<Self>, BackupError> {
        for StoredCase { listed, bytes, .. } in cases {
            if !is_text_size(*bytes) {
                return Err(BackupError::CaseTooLarge(listed.title.clone()));
            }
            if listed.pictures.len() > MAX_PICTURES_OF_CASE {
                return Err(BackupError::TooManyPictures(listed.title.clone()));
            }
        }
        divide(cases, pictures, &Limits::default()).iter().map(|part| Self::of_part(made_by, saved_ms, part)).collect()
    }

    pub(super) fn of_part(made_by: &str, saved_ms: f64, part: &Part) -> Result<Self, BackupError> {
        let listed = |picture: &StoredPicture| ListedPicture { sha256: picture.sha256, bytes: picture.bytes };
        let list = BackupList {
            cases: part.cases.iter().map(|case| case.listed.clone()).collect(),
            pictures: part.pictures.values().map(listed).collect(),
            missing: part.missing(),
            ..BackupList::new(made_by, saved_ms)
        };
        let json = list.to_json()?;
        let mut entries = vec![Entry::of(LIST, &json)];
        let mut frame = [entries.first().map(Entry::header).unwrap_or_default(), json].concat();
        let mut pieces = Vec::new();
        let mut add = |name: String, bytes: u64, crc32: u32, piece: Piece| {
            let entry = Entry { name, bytes: bytes as u32, crc32 };
            frame.extend(entry.header());
            pieces.extend([Piece::Frame(std::mem::take(&mut frame)), piece]);
            entries.push(entry);
        };
        for case in &part.cases {
            add(case.listed.file.clone(), case.bytes, case.crc32, Piece::Case(case.listed.id));
        }
        for picture in part.pictures.values() {
            add(ListedPicture::file_of(picture.sha256), picture.bytes, picture.crc32, Piece::Picture(picture.sha256));
        }
        frame.extend(directory(&entries));
        pieces.push(Piece::Frame(frame));
        Ok(Self { list, pieces })
    }
}
