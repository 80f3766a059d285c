//! Reading files of cases range by range.

use std::ops::Range;

use sha2::Digest as _;

use super::list::is_text_size;
use super::{
    BackupError, BackupList, LIST, MAX_BACKUP_BYTES, MAX_BACKUP_CASES, MAX_BACKUP_PICTURES, MAX_LIST_BYTES, begins_like_backup,
};
use crate::app::{Case, CaseError};
use crate::report::zip::{END_BYTES, Entry, directory_range, has_end, read_directory};
use crate::vision::Sha256;

/// Entries of one file: the list, cases, pictures.
const ENTRIES: usize = 1 + MAX_BACKUP_CASES + MAX_BACKUP_PICTURES;
/// Bytes of an entry's line in the directory, its name included, rounded up.
const LINE_BYTES: u64 = 128;

/// The first step: where the directory stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupEnd {
    /// The bytes that [`BackupFrame::of`] wants.
    pub directory: Range<u64>,
}

/// The second step: where the list stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFrame {
    /// The bytes that [`BackupReader::of`] wants.
    pub list: Range<u64>,
    /// Where each entry begins, its header included, and what the directory says of it.
    entries: Vec<(u64, Entry)>,
}

/// The third step: what the file holds, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct BackupReader {
    /// What it holds.
    pub list: BackupList,
    entries: Vec<(u64, Entry)>,
}

impl BackupEnd {
    /// How many bytes of the file's end [`BackupEnd::of`] wants.
    pub const BYTES: u64 = END_BYTES as u64;

    /// From the size of a file, its first bytes (64 are enough) and its last [`BackupEnd::BYTES`].
    ///
    /// # Errors
    /// [`BackupError`] for what is no file of cases, was cut, was altered, or is out of limits.
    pub fn of(file_bytes: u64, head: &[u8], end: &[u8]) -> Result<Self, BackupError> {
        if !begins_like_backup(head) {
            return Err(BackupError::NotABackup);
        }
        if !has_end(end) {
            return Err(BackupError::Cut);
        }
        let directory = directory_range(file_bytes, end).ok_or(BackupError::Altered)?;
        let too_long = directory.end - directory.start > ENTRIES as u64 * LINE_BYTES;
        if too_long || file_bytes > MAX_BACKUP_BYTES { Err(BackupError::OutOfLimits) } else { Ok(Self { directory }) }
    }
}

impl BackupFrame {
    /// From the bytes at [`BackupEnd::directory`].
    ///
    /// # Errors
    /// [`BackupError`] when they are not what was written, or out of limits.
    pub fn of(end: &BackupEnd, directory: &[u8]) -> Result<Self, BackupError> {
        let mut at = 0;
        let placed = |entry: Entry| {
            let begin = at;
            at += entry.span();
            (begin, entry)
        };
        let entries: Vec<_> = read_directory(directory, ENTRIES).ok_or(BackupError::Altered)?.into_iter().map(placed).collect();
        let list = entries.first().filter(|(_, entry)| entry.name == LIST && at == end.directory.start);
        let list = list.map(range).ok_or(BackupError::Altered)?;
        if list.end > 2 * MAX_LIST_BYTES as u64 { Err(BackupError::OutOfLimits) } else { Ok(Self { list, entries }) }
    }
}

impl BackupReader {
    /// From the bytes at [`BackupFrame::list`].
    ///
    /// # Errors
    /// [`BackupError`] when they are not what was written, of a later version, or out of limits.
    pub fn of(frame: BackupFrame, list: &[u8]) -> Result<Self, BackupError> {
        let mut entries = frame.entries.into_iter();
        let first = entries.next().ok_or(BackupError::Altered)?;
        let list = BackupList::from_json(contents(&first, list).ok_or(BackupError::Altered)?)?;
        let entries: Vec<_> = entries.collect();
        let is_listed = |((name, size), (_, entry)): ((String, Option<u64>), &(u64, Entry))| {
            let bytes = u64::from(entry.bytes);
            name == entry.name && size.map_or_else(|| is_text_size(bytes), |size| size == bytes)
        };
        let fits = entries.len() == list.cases.len() + list.pictures.len() && list.entries().zip(&entries).all(is_listed);
        if fits { Ok(Self { list, entries }) } else { Err(BackupError::Altered) }
    }

    /// The bytes that [`BackupReader::case`] wants for the case at this place of the list.
    #[must_use]
    pub fn case_range(&self, place: usize) -> Option<Range<u64>> {
        self.list.cases.get(place).and(self.entries.get(place)).map(range)
    }

    /// The text of the case at this place of the list, exactly as it was stored.
    ///
    /// # Errors
    /// [`BackupError`] about this case alone.
    pub fn text<'a>(&self, place: usize, bytes: &'a [u8]) -> Result<&'a str, BackupError> {
        let (listed, entry) = self.list.cases.get(place).zip(self.entries.get(place)).ok_or(BackupError::OutOfLimits)?;
        let contents = contents(entry, bytes).filter(|contents| Sha256::of(contents) == listed.sha256);
        let contents = contents.ok_or_else(|| BackupError::AlteredCase(listed.title.clone()))?;
        std::str::from_utf8(contents).map_err(|error| BackupError::BrokenCase(listed.title.clone(), error.to_string()))
    }

    /// The same, and what it stands for.
    ///
    /// # Errors
    /// [`BackupError`] about this case alone.
    pub fn case<'a>(&self, place: usize, bytes: &'a [u8]) -> Result<(&'a str, Case), BackupError> {
        let text = self.text(place, bytes)?;
        let listed = self.list.cases.get(place).ok_or(BackupError::OutOfLimits)?;
        match Case::from_json(text) {
            Ok(case) if case.id == listed.id => Ok((text, case)),
            Ok(_) => Err(BackupError::AlteredCase(listed.title.clone())),
            Err(CaseError::Newer(version)) => Err(BackupError::NewerCase(listed.title.clone(), version)),
            Err(CaseError::Broken(why)) => Err(BackupError::BrokenCase(listed.title.clone(), why)),
        }
    }

    /// The bytes that the check of the picture at this place of the list wants: first its header, then its file.
    #[must_use]
    pub fn picture_range(&self, place: usize) -> Option<Range<u64>> {
        self.picture_entry(place).map(range)
    }

    /// Where the file of the picture at this place of the list stands, without its header.
    #[must_use]
    pub fn picture_file(&self, place: usize) -> Option<Range<u64>> {
        self.picture_entry(place).map(|placed| (range(placed).end - u64::from(placed.1.bytes))..range(placed).end)
    }

    /// To check the picture at this place of the list slice by slice.
    #[must_use]
    pub fn check_picture(&self, place: usize) -> Option<PictureCheck> {
        let listed = self.list.pictures.get(place)?;
        let (_, entry) = self.picture_entry(place)?;
        Some(PictureCheck {
            sha256: listed.sha256,
            header: entry.header(),
            crc32: entry.crc32,
            so_far: (crc32fast::Hasher::new(), sha2::Sha256::new()),
        })
    }

    fn picture_entry(&self, place: usize) -> Option<&(u64, Entry)> {
        self.list.pictures.get(place).and(self.entries.get(self.list.cases.len() + place))
    }
}

/// A picture of a file of cases that is looked at slice by slice, so that it is never in memory as one.
pub struct PictureCheck {
    sha256: Sha256,
    /// What is still to come of the header.
    header: Vec<u8>,
    crc32: u32,
    so_far: (crc32fast::Hasher, sha2::Sha256),
}

impl PictureCheck {
    /// Takes the next slice of [`BackupReader::picture_range`].
    ///
    /// # Errors
    /// [`BackupError::AlteredPicture`] when the header is not what was written.
    pub fn feed(&mut self, slice: &[u8]) -> Result<(), BackupError> {
        let (header, file) = slice.split_at(slice.len().min(self.header.len()));
        if !self.header.starts_with(header) {
            return Err(BackupError::AlteredPicture(self.sha256));
        }
        self.header.drain(..header.len());
        self.so_far.0.update(file);
        self.so_far.1.update(file);
        Ok(())
    }

    /// After the last slice.
    ///
    /// # Errors
    /// [`BackupError::AlteredPicture`] when it is not what its name says.
    pub fn finish(self) -> Result<(), BackupError> {
        let (crc32, sha256) = self.so_far;
        let is_whole =
            self.header.is_empty() && crc32.finalize() == self.crc32 && <[u8; 32]>::from(sha256.finalize()) == self.sha256.0;
        if is_whole { Ok(()) } else { Err(BackupError::AlteredPicture(self.sha256)) }
    }
}

fn range((at, entry): &(u64, Entry)) -> Range<u64> {
    *at..at + entry.span()
}

/// The file in the bytes of an entry; `None` when its header is not what was written, or its checksum does not fit.
fn contents<'a>((_, entry): &(u64, Entry), bytes: &'a [u8]) -> Option<&'a [u8]> {
    let file = bytes.strip_prefix(entry.header().as_slice())?;
    (*entry == Entry::of(&entry.name, file)).then_some(file)
}
