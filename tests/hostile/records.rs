//! What is kept in files of our own, and may come back from anybody.

use std::sync::LazyLock;

use boardwatch::app::Case;
use boardwatch::catalog::BoardEntry;
use boardwatch::cli::control_points;
use boardwatch::geometry::Homography;
use boardwatch::report::{Contribution, comparison_digest};
use boardwatch::vision::{Picture, fit_points, map_of_points, to_jpeg, to_png};

use super::{Parser, refused, same};

const WORDS: &[&[u8]] = &[
    b"null",
    b"[]",
    b"{}",
    b"\"\"",
    b"-1",
    b"1e999",
    b",",
    b":",
    b"]",
    b"}",
    b"true",
    b"\\ud800",
    b"\"version\":1",
    b"\"version\":2",
    b"\"version\":3",
    b"\"version\":4",
    b"\"document\"",
    b"\"references\"",
    b"\"findings\"",
    b"\"homography\"",
    b"\"mesh\"",
    b"\"nodes\"",
    b"\"points\"",
];

pub(crate) static CASES: Parser = Parser {
    files: LazyLock::new(|| {
        vec![
            include_bytes!("../frozen/case-v1/compared.json").to_vec(),
            include_bytes!("../frozen/case-v2/compared.json").to_vec(),
            include_bytes!("../frozen/case-v3/compared.json").to_vec(),
            include_bytes!("../frozen/case-v4/compared.json").to_vec(),
        ]
    }),
    words: WORDS,
    sealed: None,
    read: |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok("no text") };
        match Case::from_json(text) {
            Ok(case) => {
                let written = case.to_json().map_err(|error| error.to_string())?;
                let again = Case::from_json(&written).map_err(|error| format!("what was read is refused: {error}"))?;
                // A number that is none is no number again: compared as it is written.
                same(&written, again.to_json().ok().as_ref())
            }
            Err(error) => refused(&error),
        }
    },
};

/// A comparison is only hashed: its digest is that of what it says, however it is written.
pub(crate) static COMPARISONS: Parser = Parser {
    files: LazyLock::new(|| {
        let page = include_str!("../../docs/formats/comparison.md");
        let example =
            page.split_once("```json\n").and_then(|(_, from)| from.split_once("```")).expect("the page has an example").0;
        let compact = serde_json::from_str::<serde_json::Value>(example).expect("it is JSON").to_string();
        vec![example.as_bytes().to_vec(), compact.into_bytes()]
    }),
    words: WORDS,
    sealed: None,
    read: |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok("no text") };
        let Some(digest) = comparison_digest(text) else { return Ok("refused") };
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| format!("hashed, but no JSON: {error}"))?;
        same(&Some(digest), Some(&comparison_digest(&format!("{value:#}"))))
    },
};

pub(crate) static CONTROL_POINTS: Parser = Parser {
    files: LazyLock::new(|| {
        let texts = [
            "[[1.5, 2.5, 3.5, 4.5], [0, 9, 0, 9], [9, 0, 9, 0], [9, 9, 9, 9]]",
            "[[10,10,12,11],[900,20,880,31],[880,700,890,690],[15,690,22,670],[400.25,300.75,410,305]]",
        ];
        texts.map(|text| text.as_bytes().to_vec()).to_vec()
    }),
    words: &[
        b"[",
        b"]",
        b",",
        b"[]",
        b"null",
        b"1e308",
        b"-1e308",
        b"1e999",
        b"5e-324",
        b"-0.0",
        b"{}",
        b"\"1\"",
        b"[[0,0,0,0],[0,0,0,0]",
    ],
    sealed: None,
    read: |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok("no text") };
        let points = match control_points(text) {
            Ok(points) => points,
            // The command names the file around it.
            Err(why) => return refused(&format!("The control points in a file can't be used: {why}.")),
        };
        let map = map_of_points(&points);
        let fitted = fit_points(&points);
        if !map.as_ref().is_none_or(Homography::is_finite) || !fitted.as_ref().is_none_or(|fit| fit.homography.is_finite()) {
            return Err(format!("a map without end: {map:?}"));
        }
        Ok("read")
    },
};

pub(crate) static CONTRIBUTIONS: Parser = Parser {
    files: LazyLock::new(|| {
        let mut board = BoardEntry::parse(include_bytes!("../frozen/catalogue-v1/board.json"), "").expect("a frozen board");
        let reference = board.references.remove(0);
        let picture = Picture { width: 20, height: 16, rgb: (0..960).map(|v| (v * 7 % 251) as u8).collect() };
        [to_jpeg(&picture), to_png(&picture)]
            .map(|file| {
                Contribution::new(board.clone(), reference.clone(), file.expect("a small picture"))
                    .expect("a contribution")
                    .to_bytes()
            })
            .to_vec()
    }),
    words: &[
        b"PK\x01\x02",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"contribution.json",
        b"picture.jpg",
        b"picture.png",
        b"../",
        b"{}",
        b"\"references\"",
    ],
    sealed: Some(fitting_archive),
    read: |bytes| match Contribution::from_bytes(bytes) {
        Ok(contribution) => same(&contribution, Contribution::from_bytes(&contribution.to_bytes()).ok().as_ref()),
        Err(error) => refused(&error),
    },
};

/// Makes the CRC of each stored file fit, in its own header and in the directory, as far as the archive can be followed.
fn fitting_archive(bytes: &mut [u8]) {
    let mut sums = Vec::new();
    let mut at = 0;
    let number = |bytes: &[u8], at: usize| {
        bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(|four| u32::from_le_bytes(four) as usize)
    };
    while bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x03\x04")) {
        let Some((length, name)) = number(bytes, at + 18).zip(number(bytes, at + 26)) else { return };
        let start = at + 30 + (name & 0xffff);
        let Some(file) = bytes.get(start..start.saturating_add(length)) else { return };
        let sum = crc32fast::hash(file).to_le_bytes();
        bytes[at + 14..at + 18].copy_from_slice(&sum);
        sums.push(sum);
        at = start + length;
    }
    for sum in sums {
        if !bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x01\x02") && rest.len() >= 46) {
            return;
        }
        bytes[at + 16..at + 20].copy_from_slice(&sum);
        at += 46 + usize::from(bytes[at + 28]) + 256 * usize::from(bytes[at + 29]);
    }
}
