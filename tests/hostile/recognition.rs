//! Files by which references are recognised and aligned.

use std::sync::LazyLock;

use boardwatch::catalog::{read_codes, write_codes};
use boardwatch::vision::{AlignConfig, Picture, PictureFacts, ReferenceFeatures, Sha256};

use super::{Parser, refused, same};
use crate::random::Dice;

const CHECKSUM: usize = 32;

pub(crate) static CODES: Parser = Parser {
    files: LazyLock::new(|| {
        let whole = include_bytes!("../frozen/catalogue-v1/codes.bin").to_vec();
        let mut few = read_codes(&whole).expect("frozen codes");
        few.truncate(1);
        [whole].into_iter().chain(write_codes(&few)).collect()
    }),
    words: &[b"BWCODE\0\x01", b"BWCODE\0\x02"],
    sealed: None,
    read: |bytes| match read_codes(bytes) {
        Ok(codes) if codes.is_empty() => Ok("nothing in it"),
        Ok(codes) => same(&codes, write_codes(&codes).first().and_then(|file| read_codes(file).ok()).as_ref()),
        Err(error) => refused(&error),
    },
};

pub(crate) static FEATURES: Parser = Parser {
    files: LazyLock::new(|| {
        let mut dice = Dice::new(1);
        // A board of little squares.
        let (width, height) = (160, 120);
        let shades: Vec<u8> = (0..20 * 15).map(|_| dice.next() as u8).collect();
        let shade = |place: usize| shades[place / width / 8 * 20 + place % width / 8];
        let picture = Picture { width, height, rgb: (0..width * height).flat_map(|place| [shade(place); 3]).collect() };
        let facts = PictureFacts { sha256: Sha256([7; 32]), width: 160, height: 120 };
        let found = ReferenceFeatures::find(&picture, facts, &AlignConfig { most_features: 12, ..AlignConfig::default() });
        assert!(found.count() > 4, "{} features", found.count());
        vec![found.to_bytes()]
    }),
    words: &[b"BWFEAT\0\x01", b"BWFEAT\0\x02", b"\0\0\xc0\x7f", b"\0\0\x80\x7f", b"\0\0\0\0\0\0\xf8\x7f"],
    sealed: Some(|bytes| {
        if let Some(end) = bytes.len().checked_sub(CHECKSUM) {
            let sum = Sha256::of(&bytes[..end]);
            bytes[end..].copy_from_slice(&sum.0);
        }
    }),
    read: |bytes| match ReferenceFeatures::from_bytes(bytes) {
        Ok(features) => {
            let written = features.to_bytes();
            same(&written, ReferenceFeatures::from_bytes(&written).ok().map(|again| again.to_bytes()).as_ref())
        }
        Err(error) => refused(&error),
    },
};
