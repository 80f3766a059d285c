//! The first directory of a TIFF file, read before any decoder believes it (TIFF 6.0, section 2; BigTIFF has wider offsets).

use super::complete::jpeg_frames;
use super::{DecodeError, Format, LARGEST_FILE, LONGEST_SIDE, MOST_PAGES};

/// Values of a pixel: colours, alpha, and what else a scanner measures.
const MOST_SAMPLES: u64 = 16;

const WIDTH: u64 = 256;
const HEIGHT: u64 = 257;
const COMPRESSION: u64 = 259;
const STRIP_OFFSETS: u64 = 273;
const SAMPLES: u64 = 277;
const ROWS_PER_STRIP: u64 = 278;
const STRIP_BYTES: u64 = 279;
const TILE_WIDTH: u64 = 322;
const TILE_HEIGHT: u64 = 323;
const TILE_OFFSETS: u64 = 324;
const TILE_BYTES: u64 = 325;
const JPEG_TABLES: u64 = 347;
/// The compression that is a JPEG file per strip.
const JPEG: u64 = 7;

/// A file and how its numbers are written.
#[derive(Clone, Copy)]
struct File<'a> {
    bytes: &'a [u8],
    little: bool,
    /// BigTIFF: offsets and counts have eight bytes.
    big: bool,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let little = bytes.starts_with(b"II");
        let file = Self { bytes, little, big: false };
        Some(Self { big: file.number(2, 2)? == 43, ..file })
    }

    /// The number of so many bytes at a place.
    fn number(&self, at: usize, bytes: usize) -> Option<u64> {
        let digits = self.bytes.get(at..at.checked_add(bytes)?)?.iter().map(|byte| u64::from(*byte));
        let join = |number: u64, digit: u64| number << 8 | digit;
        Some(if self.little { digits.rev().fold(0, join) } else { digits.fold(0, join) })
    }

    /// Bytes of an offset.
    const fn wide(&self) -> usize {
        if self.big { 8 } else { 4 }
    }

    fn offset(&self, at: usize) -> Option<usize> {
        usize::try_from(self.number(at, self.wide())?).ok()
    }

    /// The first directory.
    fn first(self) -> Option<Directory<'a>> {
        self.directory(self.offset(self.wide())?)
    }

    fn directory(self, at: usize) -> Option<Directory<'a>> {
        let (width, entry) = if self.big { (8, 20) } else { (2, 12) };
        let count = usize::try_from(self.number(at, width)?).ok()?;
        let start = at + width;
        let end = start.checked_add(count.checked_mul(entry)?).filter(|end| *end <= self.bytes.len())?;
        Some(Directory { file: self, start, end, entry })
    }
}

/// A list of entries: tag, type, count, value or its place.
#[derive(Clone, Copy)]
struct Directory<'a> {
    file: File<'a>,
    start: usize,
    end: usize,
    /// Bytes of an entry.
    entry: usize,
}

impl<'a> Directory<'a> {
    /// The numbers of a tag; none when it is absent, or not wholly in the file.
    fn numbers(self, tag: u64) -> impl Iterator<Item = u64> + use<'a> {
        let (place, width, count) = self.value(tag).unwrap_or((0, 1, 0));
        (0..count).map_while(move |index| self.file.number(place + index * width, width))
    }

    fn one(self, tag: u64) -> Option<u64> {
        self.numbers(tag).next()
    }

    /// Where a tag's numbers stand, the bytes of each, and how many there are.
    fn value(self, tag: u64) -> Option<(usize, usize, usize)> {
        let file = self.file;
        let at = (self.start..self.end).step_by(self.entry).find(|at| file.number(*at, 2) == Some(tag))?;
        let width = match file.number(at + 2, 2)? {
            3 => 2,
            4 | 13 => 4,
            16 | 18 => 8,
            _ => 1,
        };
        let count = file.offset(at + 4)?;
        let length = count.checked_mul(width)?;
        let inside = at + 4 + file.wide();
        let place = if length <= file.wide() { inside } else { file.offset(inside)? };
        (place.checked_add(length)? <= file.bytes.len()).then_some((place, width, count))
    }
}

/// Width and height as the first directory states them.
pub(super) fn declared_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let directory = File::open(bytes)?.first()?;
    let side = |tag| u32::try_from(directory.one(tag)?).ok();
    Some((side(WIDTH)?, side(HEIGHT)?))
}

/// Refuses what a decoder would believe: directories in circles, strips outside the file, tiles and pixels of any size, and JPEG strips
/// larger than their place.
pub(super) fn check(bytes: &[u8]) -> Result<(), DecodeError> {
    let truncated = DecodeError::Truncated { format: Format::Tiff };
    let broken = |detail: &str| DecodeError::Broken { format: Format::Tiff, detail: detail.to_owned() };
    let file = File::open(bytes).ok_or_else(|| truncated.clone())?;
    let first = file.first().ok_or_else(|| truncated.clone())?;
    let mut page = Some(first);
    for _ in 0..MOST_PAGES {
        let Some(directory) = page else { break };
        let next = file.offset(directory.end).filter(|next| *next != 0);
        page = next.and_then(|next| file.directory(next));
    }
    if page.is_some() {
        return Err(broken(&format!("its directories lead in circles, or are more than {MOST_PAGES}")));
    }
    if first.one(SAMPLES).is_some_and(|samples| samples > MOST_SAMPLES) {
        return Err(broken(&format!("a pixel has more than {MOST_SAMPLES} values")));
    }
    let tile = first.one(TILE_WIDTH).zip(first.one(TILE_HEIGHT));
    if tile.is_some_and(|(width, height)| width.max(height) > u64::from(LONGEST_SIDE)) {
        return Err(broken("a tile is larger than any picture"));
    }
    let (offsets, lengths) = if tile.is_some() { (TILE_OFFSETS, TILE_BYTES) } else { (STRIP_OFFSETS, STRIP_BYTES) };
    let is_jpeg = first.one(COMPRESSION) == Some(JPEG);
    let rows = first.one(ROWS_PER_STRIP).unwrap_or(u64::MAX).min(first.one(HEIGHT).unwrap_or(0));
    let (width, height) = tile.unwrap_or_else(|| (first.one(WIDTH).unwrap_or(0), rows));
    // Coded in blocks, a strip may be a block wider and higher than what is seen of it.
    let most = width.saturating_add(16).saturating_mul(height.saturating_add(16));
    let mut read = 0_u64;
    for (at, length) in first.numbers(offsets).zip(first.numbers(lengths)) {
        let there = bytes.len() as u64;
        if at >= there || length > there {
            return Err(truncated);
        }
        // Some programmes state a few bytes more than they write.
        let end = at.saturating_add(length).min(there);
        read = read.saturating_add(length);
        // Strips may share their bytes; all of them together are still read one by one.
        if read > LARGEST_FILE as u64 {
            return Err(broken("its strips lie on each other"));
        }
        if is_jpeg {
            let strip = bytes.get(at as usize..end as usize).unwrap_or_default();
            if jpeg_frames(strip).any(|(width, height)| u64::from(width) * u64::from(height) > most) {
                return Err(broken("a JPEG in it is larger than its place"));
            }
        }
    }
    let tables = first.value(JPEG_TABLES).and_then(|(at, _, count)| bytes.get(at..at + count)).unwrap_or_default();
    if jpeg_frames(tables).next().is_some() {
        return Err(broken("there is a picture among its JPEG tables"));
    }
    Ok(())
}
