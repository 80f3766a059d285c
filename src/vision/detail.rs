//! Fewer pixels, where memory is short: pictures are made smaller as soon as they are decoded, and what is found on them is told in the
//! pixels of the whole ones.

use serde::{Deserialize, Serialize};

use super::align::sampled;
use super::{
    Alignment, Comparison, DecodeError, Difference, ExamineConfig, Files, Limits, Picture, PictureFacts, Region, decode, probe,
};
use crate::geometry::{Rect, Space};

/// How many of a picture's pixels are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// All of them.
    #[default]
    Full,
    /// Squares of 2 × 2 pixels become one.
    Half,
    /// Squares of 4 × 4 pixels become one.
    Quarter,
}

impl Detail {
    /// Each, from the most to the least.
    pub const ALL: [Self; 3] = [Self::Full, Self::Half, Self::Quarter];

    /// Pixels along a side that become one.
    #[must_use]
    pub const fn pixels_for_one(self) -> u32 {
        match self {
            Self::Full => 1,
            Self::Half => 2,
            Self::Quarter => 4,
        }
    }

    /// The next that takes less memory; `None` when there is none.
    #[must_use]
    pub const fn less(self) -> Option<Self> {
        match self {
            Self::Full => Some(Self::Half),
            Self::Half => Some(Self::Quarter),
            Self::Quarter => None,
        }
    }

    /// True when nothing was left out.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        matches!(self, Self::Full)
    }
}

/// The picture in a file with so many of its pixels.
///
/// # Errors
/// As [`decode()`].
pub(super) fn decode_at(file: &[u8], detail: Detail) -> Result<Picture, DecodeError> {
    Ok(reduced(decode(file)?, detail))
}

/// Width and height of what [`decode_at`] makes of a picture of this size, in pixels.
pub(super) fn size_at((width, height): (u32, u32), detail: Detail) -> (usize, usize) {
    let factor = detail.pixels_for_one();
    (width.div_ceil(factor) as usize, height.div_ceil(factor) as usize)
}

/// The mean of each square of pixels; at the right and lower edge squares may be cut off.
fn reduced(mut picture: Picture, detail: Detail) -> Picture {
    if detail.is_full() {
        return picture;
    }
    let side = detail.pixels_for_one() as usize;
    let (width, height) = size_at((picture.width as u32, picture.height as u32), detail);
    for y in 0..height {
        for x in 0..width {
            let (rows, columns) = (y * side..((y + 1) * side).min(picture.height), x * side..((x + 1) * side).min(picture.width));
            let count = (rows.len() * columns.len()) as u32;
            let mut sums = [count / 2; 3];
            for row in rows {
                for column in columns.clone() {
                    sums.iter_mut().zip(picture.at(column, row)).for_each(|(sum, value)| *sum += u32::from(value));
                }
            }
            // In place: no second picture is needed, and all that is still to be read lies behind this.
            let start = (y * width + x) * 3;
            picture.rgb[start..start + 3].copy_from_slice(&sums.map(|sum| (sum / count) as u8));
        }
    }
    picture.rgb.truncate(width * height * 3);
    picture.rgb.shrink_to_fit();
    Picture { width, height, ..picture }
}

/// Tells a comparison of smaller pictures in the pixels of the files that they were made from.
pub(super) fn told_in_full(comparison: &mut Comparison, files: &Files<'_>, config: &ExamineConfig) {
    if config.detail.is_full() {
        return;
    }
    let factor = f64::from(config.detail.pixels_for_one());
    let whole = |facts: &mut PictureFacts, file: &[u8]| {
        if let Ok(header) = probe(file) {
            (facts.width, facts.height) = (header.width, header.height);
        }
    };
    let Comparison { photo, references, alignment, differences, limits, closeups, .. } = comparison;
    whole(photo, files.photo);
    references.iter_mut().zip(files.references).for_each(|(result, file)| whole(&mut result.picture, file));
    closeups.iter_mut().zip(files.closeups).for_each(|(closeup, file)| whole(&mut closeup.picture, file));
    let Some(first) = references.first().map(|result| result.picture) else { return };
    let telling = Telling { factor, first, config };
    for result in references {
        telling.alignment(&mut result.alignment, *photo, result.picture);
        telling.differences(&mut result.standing.odd_places, result.picture);
    }
    telling.alignment(alignment, *photo, first);
    telling.differences(differences, *photo);
    telling.limits(limits);
    for closeup in closeups {
        telling.alignment(&mut closeup.alignment, closeup.picture, first);
        telling.differences(&mut closeup.differences, closeup.picture);
        telling.limits(&mut closeup.limits);
    }
}

/// What is the same for all that is told.
struct Telling<'a> {
    /// Pixels that became one, along a side.
    factor: f64,
    first: PictureFacts,
    config: &'a ExamineConfig,
}

impl Telling<'_> {
    fn alignment(&self, alignment: &mut Alignment, photo: PictureFacts, reference: PictureFacts) {
        alignment.homography = alignment.homography.map(|homography| homography.enlarged(self.factor));
        alignment.mesh = alignment.mesh.take().map(|mesh| mesh.enlarged(self.factor));
        let step_px = self.config.align.grid_px;
        if let Some(warp) = alignment.warp().filter(|_| !alignment.points.is_empty()) {
            alignment.points = sampled(&warp, photo.size(), reference.size(), step_px);
        }
        let residuals = alignment.regions.iter_mut().map(|region| &mut region.residual_px);
        for residual in residuals.chain([&mut alignment.residual_px]).flatten() {
            residual.median *= self.factor;
            residual.p95 *= self.factor;
        }
        // Sixteenths of the whole reference.
        for (region, whole) in alignment.regions.iter_mut().zip(Region::all(reference.size())) {
            region.reference_box = whole.reference_box;
        }
    }

    /// Those of a photo on the first reference.
    fn differences(&self, differences: &mut [Difference], photo: PictureFacts) {
        for difference in differences {
            self.place(&mut difference.photo_box, photo);
            self.place(&mut difference.reference_box, self.first);
        }
    }

    fn limits(&self, limits: &mut Limits) {
        limits.detail = self.config.detail;
        limits.px_per_mm = self.config.scale.px_per_mm(&self.first);
        limits.smallest_part_px *= self.factor;
        for blind in &mut limits.blind_areas {
            self.place(&mut blind.reference_box, self.first);
        }
    }

    /// The last pixels of a smaller picture may reach over the edge of the whole one.
    fn place<S: Space>(&self, place: &mut Rect<S>, picture: PictureFacts) {
        let (width, height) = picture.size();
        let enlarged = place.enlarged(self.factor);
        *place = enlarged.intersection(&Rect::new(0.0, 0.0, width, height)).unwrap_or(enlarged);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_become_their_mean_and_the_edge_what_there_is() {
        let rgb = (0..5 * 3).flat_map(|k| [k as u8, 100, 255]).collect();
        let half = reduced(Picture { width: 5, height: 3, rgb }, Detail::Half);
        assert_eq!((half.width, half.height), size_at((5, 3), Detail::Half));
        let reds: Vec<u8> = half.rgb.chunks_exact(3).map(|rgb| rgb[0]).collect();
        // (0 + 1 + 5 + 6) / 4, (2 + 3 + 7 + 8) / 4, (4 + 9) / 2 rounded up; the last row alone.
        assert_eq!(reds, [3, 5, 7, 11, 13, 14]);
        assert!(half.rgb.chunks_exact(3).all(|rgb| rgb[1..] == [100, 255]));
    }

    #[test]
    fn a_single_pixel_stays() {
        let picture = Picture { width: 1, height: 1, rgb: vec![1, 2, 3] };
        for detail in Detail::ALL {
            assert_eq!(reduced(picture.clone(), detail), picture);
        }
    }
}
