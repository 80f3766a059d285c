//! A ZIP archive in one form only: files as they are, one after the other, no comments, no extra fields, no times.
//!
//! Any programme that knows ZIP opens it (APPNOTE.TXT 6.3.10, "stored"). What is read has to be exactly what would be written for the same
//! files, byte for byte: nothing can hide in a header, between files or behind the end.

/// 1980-01-01, the earliest day that ZIP knows; no time is told.
const DATE: u16 = 0x0021;
/// What is needed to extract it: 1.0.
const NEEDS: u16 = 10;
const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Bytes of the header before each file, its name left out.
const LOCAL_BYTES: usize = 30;

/// The archive of these files, by their names in ASCII.
pub(super) fn write(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(files.iter().map(|(name, file)| file.len() + 2 * name.len() + 128).sum());
    let mut directory = Vec::new();
    for (name, file) in files {
        let at = bytes.len() as u32;
        let mut common = Vec::new();
        // No flags, stored, midnight.
        [NEEDS, 0, 0, 0, DATE].iter().for_each(|field| common.extend(field.to_le_bytes()));
        [crc32fast::hash(file), file.len() as u32, file.len() as u32].iter().for_each(|field| common.extend(field.to_le_bytes()));
        [name.len() as u16, 0].iter().for_each(|field| common.extend(field.to_le_bytes()));
        bytes.extend(LOCAL.to_le_bytes());
        bytes.extend(&common);
        bytes.extend(name.as_bytes());
        bytes.extend(*file);
        directory.extend(CENTRAL.to_le_bytes());
        directory.extend(NEEDS.to_le_bytes());
        directory.extend(&common);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, count) = (bytes.len() as u32, files.len() as u16);
    bytes.extend(&directory);
    bytes.extend(END.to_le_bytes());
    [0, 0, count, count].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
    [directory.len() as u32, at].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
    bytes.extend(0_u16.to_le_bytes());
    bytes
}

/// The files of an archive in the order in which they stand; `None` when it is not one that [`write`] makes, or has more than `most`.
pub(super) fn read(bytes: &[u8], most: usize) -> Option<Vec<(&str, &[u8])>> {
    let mut files = Vec::new();
    let mut rest = bytes;
    while rest.first_chunk() == Some(&LOCAL.to_le_bytes()) {
        let long = |at: usize| Some(u32::from_le_bytes(rest.get(at..at + 4)?.try_into().ok()?) as usize);
        let name_bytes = u16::from_le_bytes(rest.get(26..28)?.try_into().ok()?) as usize;
        let (name, file) = rest.get(LOCAL_BYTES..)?.split_at_checked(name_bytes)?;
        let (file, after) = file.split_at_checked(long(18)?)?;
        if files.len() == most {
            return None;
        }
        files.push((std::str::from_utf8(name).ok()?, file));
        rest = after;
    }
    (write(&files) == bytes).then_some(files)
}

/// True when it begins like an archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&LOCAL.to_le_bytes())
}

/// True when it ends like one of ours.
pub(super) fn has_end(bytes: &[u8]) -> bool {
    let end = bytes.len().checked_sub(22).and_then(|at| bytes.get(at..));
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
}
