//! Grey pictures, each half as large as the one before.

use crate::vision::Picture;

/// An 8-bit grey picture: a quarter of the memory of [`crate::vision::Plane`], and as exact as a photo is.
#[derive(Debug, Clone)]
pub(super) struct Grey {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) data: Vec<u8>,
}

impl Grey {
    /// Luma by Rec. 601 in integers.
    pub(super) fn of(picture: &Picture) -> Self {
        let luma = |p: &[u8]| ((u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29 + 128) >> 8) as u8;
        Self { width: picture.width, height: picture.height, data: picture.rgb.chunks_exact(3).map(luma).collect() }
    }

    /// Means of 2 × 2 pixels; an odd last row or column is left out, so that a place keeps its coordinates divided by 2.
    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut data = Vec::with_capacity(width * height);
        for pair in self.data.chunks_exact(self.width * 2) {
            let (upper, lower) = pair.split_at(self.width);
            let sums = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            let mean =
                |(a, b): (&[u8], &[u8])| ((u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]) + 2) / 4) as u8;
            data.extend(sums.map(mean));
        }
        Self { width, height, data }
    }

    /// The same picture seen in a mirror: left and right exchanged.
    pub(super) fn mirrored(&self) -> Self {
        let data = self.data.chunks_exact(self.width).flat_map(|row| row.iter().rev().copied()).collect();
        Self { width: self.width, height: self.height, data }
    }

    pub(super) fn pixels(&self) -> usize {
        self.width * self.height
    }
}

/// Level 0 is the picture itself; a place at level n has the coordinates of the full picture divided by 2ⁿ, pixel
/// centres at .5 on every level.
#[derive(Debug, Clone)]
pub(in crate::vision) struct Pyramid {
    pub(super) levels: Vec<Grey>,
}

impl Pyramid {
    /// Below this side a level holds nothing to match.
    const SMALLEST_SIDE: usize = 24;

    pub(in crate::vision) fn of(picture: &Picture) -> Self {
        let mut levels = vec![Grey::of(picture)];
        while let Some(next) = levels.last().filter(|g| g.width.min(g.height) >= 2 * Self::SMALLEST_SIDE).map(Grey::halved) {
            levels.push(next);
        }
        Self { levels }
    }

    /// The first level that has at most this many pixels, or the last.
    pub(in crate::vision) fn level_with(&self, most_pixels: usize) -> usize {
        self.levels.iter().position(|level| level.pixels() <= most_pixels).unwrap_or(self.levels.len() - 1)
    }

    /// The level, or the nearest there is.
    pub(super) fn level(&self, number: usize) -> &Grey {
        &self.levels[number.min(self.levels.len() - 1)]
    }

    /// Every level from `first` on, mirrored; the levels before are empty.
    pub(super) fn mirrored(&self, first: usize) -> Self {
        let empty = Grey { width: 0, height: 0, data: Vec::new() };
        let flip = |(n, level): (usize, &Grey)| if n < first { empty.clone() } else { level.mirrored() };
        Self { levels: self.levels.iter().enumerate().map(flip).collect() }
    }

    pub(in crate::vision) fn width(&self) -> f64 {
        self.levels[0].width as f64
    }

    pub(in crate::vision) fn height(&self) -> f64 {
        self.levels[0].height as f64
    }
}
