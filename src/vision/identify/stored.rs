//! Codes as bytes. `docs/formats/codes.md` describes them.

use super::codes::{Code, Codes, LARGEST_SIZE, MOST_CODES, PLACES};
use crate::vision::{PictureFacts, Sha256};

/// Bytes of a code: bits, place, size and brightness, direction.
const CODE: usize = 8 + 3 + 1 + 1;
/// Pixels on a side; what decoding accepts.
const LONGEST_SIDE_PX: u32 = 32_767;

/// Why bytes are no codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodesError {
    /// Fewer bytes than they say.
    #[error("The codes of a reference are cut off.")]
    CutOff,
    /// Numbers that no picture gives.
    #[error("The codes of a reference hold impossible numbers.")]
    Impossible,
}

impl Codes {
    /// As bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(42 + self.codes.len() * CODE);
        bytes.extend(self.picture.sha256.0);
        bytes.extend(self.picture.width.to_le_bytes());
        bytes.extend(self.picture.height.to_le_bytes());
        bytes.extend((self.codes.len() as u16).to_le_bytes());
        for code in &self.codes {
            bytes.extend(code.bits.to_le_bytes());
            let place = u32::from(code.x) | u32::from(code.y) << 12;
            bytes.extend(place.to_le_bytes().iter().take(3));
            bytes.extend([code.size | u8::from(code.bright) << 7, code.angle]);
        }
        bytes
    }

    /// The codes at the beginning of `bytes`, and what comes behind them.
    ///
    /// # Errors
    /// When they are cut off, more than [`MOST_CODES`], or of a picture that can't be.
    pub fn read(bytes: &[u8]) -> Result<(Self, &[u8]), CodesError> {
        let (sha256, rest) = bytes.split_first_chunk().ok_or(CodesError::CutOff)?;
        let (width, rest) = rest.split_first_chunk().ok_or(CodesError::CutOff)?;
        let (height, rest) = rest.split_first_chunk().ok_or(CodesError::CutOff)?;
        let (count, rest) = rest.split_first_chunk().ok_or(CodesError::CutOff)?;
        let [width, height] = [width, height].map(|side| u32::from_le_bytes(*side));
        let count = usize::from(u16::from_le_bytes(*count));
        let is_side = |side: u32| (1..=LONGEST_SIDE_PX).contains(&side);
        if count > MOST_CODES || !is_side(width) || !is_side(height) {
            return Err(CodesError::Impossible);
        }
        let (codes, rest) = rest.split_at_checked(count * CODE).ok_or(CodesError::CutOff)?;
        let codes = codes.as_chunks().0.iter().map(code).collect();
        Ok((Self { picture: PictureFacts { sha256: Sha256(*sha256), width, height }, codes }, rest))
    }
}

/// Every sequence of bytes is one.
fn code(&[a, b, c, d, e, f, g, h, x, both, y, size, angle]: &[u8; CODE]) -> Code {
    Code {
        bits: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
        x: u16::from_le_bytes([x, both]) % PLACES,
        y: u16::from_le_bytes([both, y]) >> 4,
        size: size & LARGEST_SIZE,
        bright: size > LARGEST_SIZE,
        angle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        let code = |k: u16| Code {
            bits: u64::from(k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            x: k.wrapping_mul(1013) % PLACES,
            y: k.wrapping_mul(2029) % PLACES,
            size: (k % 128) as u8,
            bright: k.is_multiple_of(3),
            angle: (k % 251) as u8,
        };
        let picture = PictureFacts { sha256: Sha256([9; 32]), width: 4000, height: 3000 };
        Codes { picture, codes: (0..MOST_CODES as u16).map(code).collect() }
    }

    #[test]
    fn bytes_give_back_every_bit() {
        let codes = codes();
        let bytes = [&codes.to_bytes()[..], b"behind"].concat();
        assert_eq!(bytes.len(), 42 + 13 * 256 + 6);
        assert_eq!(Codes::read(&bytes), Ok((codes, &b"behind"[..])));
    }

    #[test]
    fn what_is_cut_off_or_impossible_is_refused() {
        let good = codes().to_bytes();
        for length in 0..good.len() {
            assert_eq!(Codes::read(&good[..length]), Err(CodesError::CutOff), "{length}");
        }
        let changed = |at: usize, with: &[u8]| {
            let mut bytes = good.clone();
            bytes[at..at + with.len()].copy_from_slice(with);
            Codes::read(&bytes).err()
        };
        assert_eq!(changed(32, &[0; 4]), Some(CodesError::Impossible));
        assert_eq!(changed(36, &40_000_u32.to_le_bytes()), Some(CodesError::Impossible));
        assert_eq!(changed(40, &257_u16.to_le_bytes()), Some(CodesError::Impossible));
        assert_eq!(changed(40, &256_u16.to_le_bytes()), None);
    }
}
