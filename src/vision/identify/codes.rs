//! What a reference is recognised by among thousands: some 250 of its features, 13 bytes each.

use std::f64::consts::TAU;

use super::projection::Projection;
use crate::vision::align::{Features, Keypoint};
use crate::vision::{PictureFacts, ReferenceFeatures};

/// Codes of a reference at most: of 3,000 features. Hand-held photos show 20 to 140 of them again.
pub const MOST_CODES: usize = 256;
/// Steps of a place across the picture and down: a third of a pixel of the size at which features are found.
pub(super) const PLACES: u16 = 4096;
/// Steps of a turn.
const TURNS: f64 = 256.0;
/// Steps of a size in which it doubles.
const SIZE_STEPS: f64 = 12.0;
/// The smallest size is the picture's longer side halved so often.
const SIZE_OCTAVES: f64 = 12.0;
/// The largest step of a size.
pub(super) const LARGEST_SIZE: u8 = 127;
/// Cells across the picture and down in which what speaks for a board is counted once ([`Code::cell`]).
pub(super) const CELLS: usize = 10;
/// Squares along the longer side in which features compete for a place among the codes.
const SQUARES: usize = 14;
/// Features of a square that come before those of others.
const FAIR_SHARE: usize = 2;
/// Features among which codes are chosen: the most conspicuous.
const CHOICE: usize = 1500;
/// A feature that has another of its own picture at fewer bits than this is one of a row of equal parts.
const TWIN_BITS: u32 = 10;

/// A feature, as far as recognising needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    /// What it looks like ([`Projection::code`]).
    pub(super) bits: u64,
    /// Its place, in 4096ths of the picture's width and height.
    pub(super) x: u16,
    pub(super) y: u16,
    /// Twelfths of an octave above the smallest size, 0 to 127.
    pub(super) size: u8,
    /// Brighter than its surroundings.
    pub(super) bright: bool,
    /// Its direction, in 256ths of a turn.
    pub(super) angle: u8,
}

/// What a reference is recognised by among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// The picture that they belong to.
    pub picture: PictureFacts,
    pub(super) codes: Vec<Code>,
}

impl Codes {
    /// Those of the reference with these features: spread over the picture, the conspicuous first, those of a row of equal parts last.
    #[must_use]
    pub fn of(reference: &ReferenceFeatures) -> Self {
        let all = coded(reference.features(), &reference.picture);
        let codes = chosen(&all, &reference.picture, CHOICE, MOST_CODES).into_iter().map(|k| all[k]).collect();
        Self { picture: reference.picture, codes }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.codes.len()
    }
}

/// Every feature of a picture as a code.
pub(super) fn coded(features: &Features, picture: &PictureFacts) -> Vec<Code> {
    let projection = Projection::new();
    let (width, height) = picture.size();
    let place = |value: f64, side: f64| (value / side * f64::from(PLACES)).clamp(0.0, f64::from(PLACES) - 1.0) as u16;
    let size = |size: f64| (libm::log2(size / width.max(height)) + SIZE_OCTAVES) * SIZE_STEPS;
    let code = |(keypoint, bits): (&Keypoint, u64)| Code {
        bits,
        x: place(keypoint.x, width),
        y: place(keypoint.y, height),
        size: libm::round(size(keypoint.size)).clamp(0.0, f64::from(LARGEST_SIZE)) as u8,
        bright: keypoint.bright,
        angle: (libm::round(keypoint.angle / TAU * TURNS) as i64).rem_euclid(TURNS as i64) as u8,
    };
    let bits = features.descriptors.iter().map(|descriptor| projection.code(descriptor));
    features.keypoints.iter().zip(bits).map(code).collect()
}

impl Code {
    /// The feature on a picture of this size.
    pub(super) fn keypoint(&self, picture: &PictureFacts) -> Keypoint {
        let (width, height) = picture.size();
        let place = |step: u16, side: f64| (f64::from(step) + 0.5) / f64::from(PLACES) * side;
        Keypoint {
            x: place(self.x, width),
            y: place(self.y, height),
            size: libm::exp2(f64::from(self.size) / SIZE_STEPS - SIZE_OCTAVES) * width.max(height),
            angle: f64::from(self.angle) / TURNS * TAU,
            bright: self.bright,
        }
    }

    /// How many bits differ; all of them where one is bright and the other dark.
    pub(super) fn distance(&self, other: &Self) -> u32 {
        if self.bright == other.bright { (self.bits ^ other.bits).count_ones() } else { u64::BITS }
    }

    /// The cell that it lies in. One connector that two boards share shows dozens of the same features in a few cells; a board shows
    /// its own all over.
    pub(super) fn cell(&self) -> usize {
        let step = |place: u16| usize::from(place) * CELLS / usize::from(PLACES);
        step(self.y) * CELLS + step(self.x)
    }
}

/// The numbers of at most `most` codes, out of the first `choice` of a picture, which come the most conspicuous first.
pub(super) fn chosen(all: &[Code], picture: &PictureFacts, choice: usize, most: usize) -> Vec<usize> {
    let all = &all[..choice.min(all.len())];
    let has_twin =
        |(k, code): (usize, &Code)| all.iter().enumerate().any(|(other, twin)| other != k && code.distance(twin) < TWIN_BITS);
    let longer = u64::from(picture.width.max(picture.height)).max(1);
    let square =
        |step: u16, side: u32| (u64::from(step) * u64::from(side) * SQUARES as u64 / longer / u64::from(PLACES)) as usize;
    let mut taken = [[0; SQUARES]; SQUARES];
    let mut rounds: [Vec<usize>; 3] = Default::default();
    for (k, code) in all.iter().enumerate() {
        let twin = has_twin((k, code));
        let count = &mut taken[square(code.y, picture.height).min(SQUARES - 1)][square(code.x, picture.width).min(SQUARES - 1)];
        let round = match (twin, *count < FAIR_SHARE) {
            (false, true) => 0,
            (false, false) => 1,
            (true, _) => 2,
        };
        *count += usize::from(!twin);
        rounds[round].push(k);
    }
    rounds.into_iter().flatten().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::Sha256;

    const PICTURE: PictureFacts = PictureFacts { sha256: Sha256([0; 32]), width: 1200, height: 900 };

    #[test]
    fn a_code_keeps_place_size_and_direction() {
        let keypoint = Keypoint { x: 777.7, y: 12.5, size: 5.3, angle: -1.0, bright: true };
        let features = Features { keypoints: vec![keypoint], descriptors: vec![[30; 128]] };
        let back = coded(&features, &PICTURE)[0].keypoint(&PICTURE);
        assert!((back.x - keypoint.x).abs() < 0.3 && (back.y - keypoint.y).abs() < 0.3, "{back:?}");
        assert!((back.size / keypoint.size - 1.0).abs() < 0.04, "{back:?}");
        assert!((back.angle - keypoint.angle - TAU).abs() < 0.02 && back.bright, "{back:?}");
    }

    #[test]
    fn rows_of_equal_parts_and_crowds_come_last() {
        let code = |bits: u64, x: u16| Code { bits, x, y: 5, size: 40, bright: true, angle: 0 };
        let spread = |k: u64| (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let row = [code(0, 100), code(1, 900), code(3, 1700)];
        let crowd = [0, 1, 2, 3].map(|k| code(spread(k), 3000 + k as u16));
        let all = [&row[..], &crowd].concat();
        assert_eq!(chosen(&all, &PICTURE, 9, 4), [3, 4, 5, 6]);
        assert_eq!(chosen(&all, &PICTURE, 9, 9), [3, 4, 5, 6, 0, 1, 2]);
        assert_eq!(chosen(&all, &PICTURE, 4, 9), [3, 0, 1, 2]);
    }

    #[test]
    fn cells_cover_the_picture() {
        let at = |x, y| Code { bits: 0, x, y, size: 0, bright: false, angle: 0 }.cell();
        assert_eq!([at(0, 0), at(4095, 0), at(0, 4095), at(4095, 4095), at(410, 409)], [0, 9, 90, 99, 1]);
    }
}
