//! One file for one case or for all of them, with their pictures: what *Save to file*, the full backup and the recovery page write, and what
//! *open file* and a restore read.
//!
//! Files of 4 GiB never pass through memory as one. Whoever writes asks for [`Volume`]s and puts the stored texts and pictures between the
//! pieces of their frames; whoever reads goes from range to range: end, directory, list, then each case and picture by itself.

mod dividing;
mod list;
mod reading;
#[cfg(test)]
mod tests;
mod writing;

pub use list::{BackupList, ListedCase, ListedPicture};
pub use reading::{BackupEnd, BackupFrame, BackupReader, PictureCheck};
pub use writing::{Piece, StoredCase, StoredPicture, Volume};

use super::MAX_CASE_BYTES;
use crate::vision::Sha256;

/// What the first entry of the file is called.
const LIST: &str = "boardwatch.json";
/// Cases of one file.
pub const MAX_BACKUP_CASES: usize = 10_000;
/// Pictures of one file; with the cases and the list they stay below the 65,534 entries that ZIP knows without its extension.
pub const MAX_BACKUP_PICTURES: usize = 50_000;
/// Pictures that one case names: 64 references, the layers, and what a sender sent for each of a thousand findings.
pub const MAX_PICTURES_OF_CASE: usize = 4_096;
/// Bytes of the list.
pub const MAX_LIST_BYTES: usize = 32 << 20;
/// Bytes of one picture.
pub const MAX_BACKUP_PICTURE_BYTES: u64 = 1 << 30;
/// Bytes of one file: its places are told by 32 bits, and the highest number means "elsewhere".
pub const MAX_BACKUP_BYTES: u64 = 4_294_967_294;

/// Why a file of cases, or a part of it, was not taken. What is about one case or picture leaves the others as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Something else.
    #[error("This file holds no Boardwatch cases. Choose one that Boardwatch saved: its name ends in .boardwatch.")]
    NotABackup,
    /// Made by a later version.
    #[error(
        "These cases were saved by a newer Boardwatch (format {0}). Reload this page to get the newest version, then open the file again."
    )]
    Newer(u32),
    /// The end is missing.
    #[error("The file was cut on its way: its end is missing. Nothing of it was taken; copy it again from where it was saved.")]
    Cut,
    /// Something in its frame or its list is not what was written.
    #[error("The file was changed since Boardwatch wrote it. Nothing of it was taken; copy it again from where it was saved.")]
    Altered,
    /// It is whole, but breaks the format's limits.
    #[error("The file breaks the limits of its format, so nothing of it was taken. It was not made by Boardwatch.")]
    OutOfLimits,
    /// A case's text is not what was written.
    #[error("The case “{0}” was changed since the file was written, so it was left out. Look for another copy of the file.")]
    AlteredCase(String),
    /// A case that a later version stored.
    #[error("The case “{0}” was saved by a newer Boardwatch (format {1}). Reload this page, then open the file again.")]
    NewerCase(String, u32),
    /// A case that could not be read when it was saved either.
    #[error("The case “{0}” can't be read ({1}), so it was left out. The file still holds all of it: keep the file.")]
    BrokenCase(String, String),
    /// A picture is not what its name says.
    #[error(
        "The picture {} was changed since it was stored, so it was left out. Its cases open without it; drop the same picture on them to see it again.",
        .0.short()
    )]
    AlteredPicture(Sha256),
    /// A text that no file takes.
    #[error("The case “{0}” is larger than {most} MB, more than a file of cases takes. Share it as a report instead.", most = MAX_CASE_BYTES >> 20)]
    CaseTooLarge(String),
    /// More pictures than a file takes of one case.
    #[error(
        "The case “{0}” has more than {MAX_PICTURES_OF_CASE} pictures, more than a file of cases takes. Share it as a report instead."
    )]
    TooManyPictures(String),
}

/// True when the first 64 bytes of a file are those of a file of cases; a [report](crate::report::begins_like_report) has other ones.
#[must_use]
pub fn begins_like_backup(head: &[u8]) -> bool {
    crate::report::zip::begins_with(head, LIST)
}
