//! A ZIP archive in one form only: files as they are, one after the other, no comments, no extra fields, no times.
//!
//! Any programme that knows ZIP opens it (APPNOTE.TXT 6.3.10, "stored"). What is read has to be exactly what would be written for the same
//! files, byte for byte: nothing can hide in a header, between files or behind the end. An archive is written and read whole, or only its
//! frame, the headers and the directory, by somebody who puts the files between them.

use std::ops::Range;

/// 1980-01-01, the earliest day that ZIP knows; no time is told.
const DATE: u16 = 0x0021;
/// What is needed to extract it: 1.0.
const NEEDS: u16 = 10;
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Bytes of the header before each file, its name left out.
const LOCAL_BYTES: usize = 30;

/// Bytes of a file's line in the directory, its name left out.
const CENTRAL_BYTES: usize = 46;
/// Bytes of what stands behind the directory and says where it begins.
pub(crate) const END_BYTES: usize = 22;

/// What an archive says of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// In ASCII.
    pub(crate) name: String,
    /// Of the file itself.
    pub(crate) bytes: u32,
    /// Of the file itself.
    pub(crate) crc32: u32,
}

impl Entry {
    pub(crate) fn of(name: &str, file: &[u8]) -> Self {
        Self { name: name.to_owned(), bytes: file.len() as u32, crc32: crc32fast::hash(file) }
    }

    /// What stands before the file.
    pub(crate) fn header(&self) -> Vec<u8> {
        let mut bytes = LOCAL.to_le_bytes().to_vec();
        bytes.extend(self.fields());
        bytes.extend(self.name.as_bytes());
        bytes
    }

    /// Bytes of header and file together.
    pub(crate) fn span(&self) -> u64 {
        (LOCAL_BYTES + self.name.len()) as u64 + u64::from(self.bytes)
    }

    /// What the header says, and the directory once more.
    fn fields(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // No flags, stored, midnight.
        [NEEDS, 0, 0, 0, DATE].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
        [self.crc32, self.bytes, self.bytes].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
        [self.name.len() as u16, 0].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
        bytes
    }
}

/// What stands behind the files: a line for each, and the end. All of the archive must be below 4 GiB, with at most 65,534 files.
pub(crate) fn directory(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = 0;
    for entry in entries {
        bytes.extend(CENTRAL.to_le_bytes());
        bytes.extend(NEEDS.to_le_bytes());
        bytes.extend(entry.fields());
        // No comment, first disk, no attributes.
        bytes.extend([0; 10]);
        bytes.extend((at as u32).to_le_bytes());
        bytes.extend(entry.name.as_bytes());
        at += entry.span();
    }
    let (size, count) = (bytes.len() as u32, entries.len() as u16);
    bytes.extend(END.to_le_bytes());
    [0, 0, count, count].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
    [size, at as u32].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
    bytes.extend(0_u16.to_le_bytes());
    bytes
}

/// Where the directory of an archive stands that has `file_bytes` and ends in `end`, its last [`END_BYTES`]; `None` when it does not end like
/// one of ours.
pub(crate) fn directory_range(file_bytes: u64, end: &[u8]) -> Option<Range<u64>> {
    if end.len() != END_BYTES || !has_end(end) {
        return None;
    }
    let (size, at) = (u64::from(long(end, 12)?), u64::from(long(end, 16)?));
    (at + size + END_BYTES as u64 == file_bytes).then_some(at..file_bytes)
}

/// The files that a directory names, in their order; each begins where the one before it ends. `None` when it is not one that [`directory`]
/// makes, or names more than `most`.
pub(crate) fn read_directory(bytes: &[u8], most: usize) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while rest.first_chunk() == Some(&CENTRAL.to_le_bytes()) {
        let (name, after) = rest.get(CENTRAL_BYTES..)?.split_at_checked(short(rest, 28)?)?;
        if entries.len() == most {
            return None;
        }
        let name = std::str::from_utf8(name).ok().filter(|name| name.is_ascii())?.to_owned();
        entries.push(Entry { name, bytes: long(rest, 20)?, crc32: long(rest, 16)? });
        rest = after;
    }
    (directory(&entries) == bytes).then_some(entries)
}

/// The archive of these files, by their names in ASCII.
pub(super) fn write(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(files.iter().map(|(name, file)| file.len() + 2 * name.len() + 128).sum());
    let entries: Vec<_> = files.iter().map(|(name, file)| Entry::of(name, file)).collect();
    for (entry, (_, file)) in entries.iter().zip(files) {
        bytes.extend(entry.header());
        bytes.extend(*file);
    }
    bytes.extend(directory(&entries));
    bytes
}

/// The files of an archive in the order in which they stand; `None` when it is not one that [`write`] makes, or has more than `most`.
pub(super) fn read(bytes: &[u8], most: usize) -> Option<Vec<(&str, &[u8])>> {
    let mut files = Vec::new();
    let mut rest = bytes;
    while rest.first_chunk() == Some(&LOCAL.to_le_bytes()) {
        let (name, file) = rest.get(LOCAL_BYTES..)?.split_at_checked(short(rest, 26)?)?;
        let (file, after) = file.split_at_checked(long(rest, 18)? as usize)?;
        if files.len() == most {
            return None;
        }
        files.push((std::str::from_utf8(name).ok()?, file));
        rest = after;
    }
    (write(&files) == bytes).then_some(files)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?).into())
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// True when it begins like an archive.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL.to_le_bytes())
}

/// True when it begins like an archive whose first file has this name.
pub(crate) fn begins_with(bytes: &[u8], name: &str) -> bool {
    is_archive(bytes)
        && short(bytes, 26) == Some(name.len())
        && bytes.get(LOCAL_BYTES..).is_some_and(|rest| rest.starts_with(name.as_bytes()))
}

/// True when it ends like one of ours.
pub(crate) fn has_end(bytes: &[u8]) -> bool {
    let end = bytes.len().checked_sub(END_BYTES).and_then(|at| bytes.get(at..));
    end.is_some_and(|end| end.starts_with(&END.to_le_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_an_archive_counts() {
        let files: [(&str, &[u8]); 3] = [("a.json", b"{}"), ("empty", b""), ("pictures/x.jpg", &[0xff, 0xd8, 0xff])];
        let bytes = write(&files);
        assert_eq!(read(&bytes, 3).as_deref(), Some(&files[..]));
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            // The name of a file is part of what is read; everything else has one form.
            assert!(read(&other, 3).is_none_or(|read| read != files), "byte {at}");
            assert!(read(&bytes[..at], 3).is_none(), "cut to {at}");
        }
        assert!(read(&[&bytes[..], b"\0"].concat(), 3).is_none() && read(&bytes, 2).is_none());
        assert_eq!(read(&write(&[]), 3), Some(Vec::new()));
        assert!(has_end(&bytes) && is_archive(&bytes) && !has_end(&bytes[..bytes.len() - 1]));
    }
    #[test]
    fn the_frame_is_that_of_the_whole_archive_and_has_one_form() {
        let files: [(&str, &[u8]); 3] = [("a.json", b"{}"), ("empty", b""), ("pictures/x.jpg", &[0xff, 0xd8, 0xff])];
        let bytes = write(&files);
        let range = directory_range(bytes.len() as u64, &bytes[bytes.len() - END_BYTES..]).unwrap();
        let lines = &bytes[range.start as usize..];
        let entries = read_directory(lines, 3).unwrap();
        let mut at = 0;
        for (entry, (name, file)) in entries.iter().zip(files) {
            let span = &bytes[at..at + entry.span() as usize];
            assert_eq!((entry.name.as_str(), span), (name, &[&entry.header()[..], file].concat()[..]));
            at += span.len();
        }
        assert_eq!((at as u64, read_directory(lines, 2)), (range.start, None));
        for at in 0..lines.len() {
            let mut other = lines.to_vec();
            other[at] ^= 1;
            assert!(read_directory(&other, 3).is_none_or(|read| read != entries), "byte {at}");
            assert!(read_directory(&lines[..at], 3).is_none(), "cut to {at}");
        }
        let end = &bytes[bytes.len() - END_BYTES..];
        assert!(directory_range(bytes.len() as u64 + 1, end).is_none() && directory_range(END_BYTES as u64, &end[1..]).is_none());
        assert!(begins_with(&bytes, "a.json") && !begins_with(&bytes, "a.jso") && !begins_with(&bytes[..33], "a.json"));
    }
}
