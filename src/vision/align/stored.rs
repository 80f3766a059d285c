//! Features of a reference as a file: worked out once, used by everybody who compares with it. `docs/formats/features.md`
//! describes the bytes.

use super::config::AlignConfig;
use super::descriptor::LENGTH;
use super::features::{self, Features, Keypoint};
use super::pyramid::Pyramid;
use crate::vision::crew::{Crew, share};
use crate::vision::{Cancelled, Picture, PictureFacts, Sha256};

/// How a file begins; the last byte is the version. It changes when features are found or described in another way, so that a
/// comparison gives the same numbers with a file as without.
const MAGIC: [u8; 8] = *b"BWFEAT\0\x01";
/// Bytes before the first feature: magic, hash, width, height, level, count.
const HEADER: usize = 8 + 32 + 4 + 4 + 1 + 4;
/// Bytes of a feature: place, size, direction, brightness, descriptor.
const FEATURE: usize = 8 + 8 + 4 + 4 + 1 + LENGTH;
/// Bytes after the last feature: the SHA-256 of everything before.
const CHECKSUM: usize = 32;
/// More features than this are in no file; the method keeps some 3,000.
const MOST: usize = 20_000;

/// What a reference is recognised by.
#[derive(Debug, Clone)]
pub struct ReferenceFeatures {
    /// The picture that they were found in.
    pub picture: PictureFacts,
    /// The level of its pyramid from which on they were looked for.
    level: u8,
    features: Features,
}

/// Why bytes are no features that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FeaturesError {
    /// Another kind of file.
    #[error("This is no file of features.")]
    NotFeatures,
    /// Made by a version that finds or describes features in another way.
    #[error("These features were made by another version of Boardwatch; make them again with `boardwatch features`.")]
    OtherVersion,
    /// Cut off, or longer than it says.
    #[error("The file of features is damaged: it is not as long as it says, or its bytes have changed.")]
    Damaged,
    /// A number that no picture gives.
    #[error("The file of features is damaged: it holds impossible numbers.")]
    Impossible,
}

impl ReferenceFeatures {
    /// The features with which [`super::align`] looks for the map.
    #[must_use]
    pub fn find(reference: &Picture, facts: PictureFacts, config: &AlignConfig) -> Self {
        let pyramid = Pyramid::of(reference);
        let level = pyramid.level_with(config.feature_pixels);
        Self { picture: facts, level: level as u8, features: features::detect(&pyramid, level, config.most_features) }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.features.keypoints.len()
    }

    /// The features, if they were looked for from this level on.
    pub(super) fn of_level(&self, level: usize) -> Option<&Features> {
        (usize::from(self.level) == level).then_some(&self.features)
    }

    pub(in crate::vision) const fn features(&self) -> &Features {
        &self.features
    }

    /// As a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.count() * FEATURE + CHECKSUM);
        bytes.extend(MAGIC);
        bytes.extend(self.picture.sha256.0);
        bytes.extend(self.picture.width.to_le_bytes());
        bytes.extend(self.picture.height.to_le_bytes());
        bytes.push(self.level);
        bytes.extend((self.count() as u32).to_le_bytes());
        put(&self.features, &mut bytes);
        let checksum = Sha256::of(&bytes);
        bytes.extend(checksum.0);
        bytes
    }

    /// From a file.
    ///
    /// # Errors
    /// When it is none, from another version, damaged, or holds places outside its picture.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FeaturesError> {
        let mut rest = Bytes(bytes);
        let magic: [u8; 8] = rest.take().ok_or(FeaturesError::NotFeatures)?;
        if magic[..7] != MAGIC[..7] {
            return Err(FeaturesError::NotFeatures);
        }
        if magic != MAGIC {
            return Err(FeaturesError::OtherVersion);
        }
        let mut header = || Some((rest.take()?, rest.u32()?, rest.u32()?, rest.take::<1>()?[0], rest.u32()?));
        let (sha256, width, height, level, count) = header().ok_or(FeaturesError::Damaged)?;
        let count = count as usize;
        if count > MOST || rest.0.len() != count * FEATURE + CHECKSUM || !is_whole(bytes) {
            return Err(FeaturesError::Damaged);
        }
        let mut features = Features::default();
        for _ in 0..count {
            let (keypoint, descriptor) = rest.feature().ok_or(FeaturesError::Damaged)?;
            let inside = (0.0..=f64::from(width)).contains(&keypoint.x) && (0.0..=f64::from(height)).contains(&keypoint.y);
            let sized = keypoint.size > 0.0 && keypoint.size < f64::from(width);
            if !(inside && sized && keypoint.angle.is_finite()) {
                return Err(FeaturesError::Impossible);
            }
            features.keypoints.push(keypoint);
            features.descriptors.push(descriptor);
        }
        Ok(Self { picture: PictureFacts { sha256: Sha256(sha256), width, height }, level, features })
    }
}

fn put(features: &Features, bytes: &mut Vec<u8>) {
    for (keypoint, descriptor) in features.keypoints.iter().zip(&features.descriptors) {
        bytes.extend(keypoint.x.to_le_bytes());
        bytes.extend(keypoint.y.to_le_bytes());
        bytes.extend((keypoint.size as f32).to_le_bytes());
        bytes.extend((keypoint.angle as f32).to_le_bytes());
        bytes.push(u8::from(keypoint.bright));
        bytes.extend(descriptor.iter().map(|v| *v as u8));
    }
}

/// The features that one of the hands has found, for all of them.
pub(super) async fn exchanged(found: Option<Features>, crew: &mut dyn Crew) -> Result<Features, Cancelled> {
    let mut bytes = Vec::new();
    match found {
        Some(found) if crew.hands() == 1 => return Ok(found),
        Some(found) => put(&found, &mut bytes),
        None => {}
    }
    let all = share(crew, bytes).await?;
    let (mut rest, mut features) = (Bytes(&all), Features::default());
    while let Some((keypoint, descriptor)) = rest.feature() {
        features.keypoints.push(keypoint);
        features.descriptors.push(descriptor);
    }
    Ok(features)
}

/// The checksum at the end fits.
fn is_whole(bytes: &[u8]) -> bool {
    bytes.split_last_chunk::<CHECKSUM>().is_some_and(|(before, checksum)| Sha256::of(before).0 == *checksum)
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn feature(&mut self) -> Option<(Keypoint, [i16; LENGTH])> {
        let (x, y) = (f64::from_le_bytes(self.take()?), f64::from_le_bytes(self.take()?));
        let (size, angle) = (f32::from_le_bytes(self.take()?), f32::from_le_bytes(self.take()?));
        let bright = self.take::<1>()? != [0];
        let descriptor = self.take::<LENGTH>()?.map(i16::from);
        Some((Keypoint { x, y, size: f64::from(size), angle: f64::from(angle), bright }, descriptor))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{board, reference_of};
    use super::*;

    fn found() -> ReferenceFeatures {
        let picture = reference_of(&board(5));
        let facts = PictureFacts { sha256: Sha256([7; 32]), width: picture.width as u32, height: picture.height as u32 };
        ReferenceFeatures::find(&picture, facts, &AlignConfig::default())
    }

    #[test]
    fn a_file_gives_back_every_bit() {
        let features = found();
        assert!(features.count() > 60, "{}", features.count());
        let read = ReferenceFeatures::from_bytes(&features.to_bytes()).unwrap();
        assert_eq!((read.picture, read.level), (features.picture, features.level));
        let bits = |f: &ReferenceFeatures| {
            let keypoint = |k: &Keypoint| [k.x, k.y, k.size, k.angle].map(f64::to_bits);
            f.features.keypoints.iter().map(keypoint).collect::<Vec<_>>()
        };
        assert_eq!(bits(&read), bits(&features));
        assert_eq!(read.features.descriptors, features.features.descriptors);
        assert!(read.features.keypoints.iter().zip(&features.features.keypoints).all(|(a, b)| a.bright == b.bright));
    }

    #[test]
    fn what_is_no_file_of_features_is_refused_with_the_reason() {
        let good = found().to_bytes();
        let refused = |bytes: &[u8]| ReferenceFeatures::from_bytes(bytes).err();
        assert_eq!(refused(b"BM"), Some(FeaturesError::NotFeatures));
        assert_eq!(refused(&[0; 100]), Some(FeaturesError::NotFeatures));
        assert_eq!(refused(&good[..good.len() - 1]), Some(FeaturesError::Damaged));
        assert_eq!(refused(&good[..20]), Some(FeaturesError::Damaged));
        let changed = |at: usize, with: &[u8]| {
            let mut bytes = good.clone();
            bytes[at..at + with.len()].copy_from_slice(with);
            let end = bytes.len() - CHECKSUM;
            let checksum = Sha256::of(&bytes[..end]);
            bytes[end..].copy_from_slice(&checksum.0);
            bytes
        };
        let mut altered = good.clone();
        altered[HEADER + 60] ^= 1;
        assert_eq!(refused(&altered), Some(FeaturesError::Damaged));
        assert_eq!(refused(&changed(7, &[2])), Some(FeaturesError::OtherVersion));
        assert_eq!(refused(&changed(HEADER - 4, &u32::MAX.to_le_bytes())), Some(FeaturesError::Damaged));
        assert_eq!(refused(&changed(HEADER, &(-1.0_f64).to_le_bytes())), Some(FeaturesError::Impossible));
        assert_eq!(refused(&changed(HEADER + 8, &f64::NAN.to_le_bytes())), Some(FeaturesError::Impossible));
        assert_eq!(refused(&changed(HEADER + 20, &f32::INFINITY.to_le_bytes())), Some(FeaturesError::Impossible));
    }
}
