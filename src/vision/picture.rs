//! Pixels: a colour picture, and a plane of numbers.

/// A decoded picture: interleaved 8-bit sRGB, upright (EXIF orientation applied), transparent pixels laid over white.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width × height × 3` values, row by row.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The colour at (`x`, `y`), clamped to the picture.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let start = (y.min(self.height - 1) * self.width + x.min(self.width - 1)) * 3;
        [self.rgb[start], self.rgb[start + 1], self.rgb[start + 2]]
    }

    /// Luma (Rec. 601 weights), 0 to 255.
    #[must_use]
    pub fn luma(&self) -> Plane {
        let data = self.rgb.chunks_exact(3).map(|p| 0.299 * f32::from(p[0]) + 0.587 * f32::from(p[1]) + 0.114 * f32::from(p[2]));
        Plane { width: self.width, height: self.height, data: data.collect() }
    }
}

/// One number per pixel.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width × height` values, row by row.
    pub data: Vec<f32>,
}

impl Plane {
    /// A plane with the same value everywhere.
    #[must_use]
    pub fn filled(width: usize, height: usize, value: f32) -> Self {
        Self { width, height, data: vec![value; width * height] }
    }

    /// The value at (`x`, `y`).
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> f32 {
        self.data[y * self.width + x]
    }

    /// Half the size: means of 2 × 2 pixels. An odd last row or column is left out, so that a place keeps its coordinates divided by 2; a side of one pixel stays.
    pub(in crate::vision) fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let row = |y: usize| &self.data[y.min(self.height - 1) * self.width..][..self.width];
        let mut data = Vec::with_capacity(width * height);
        for y in 0..height {
            let (upper, lower) = (row(2 * y), row(2 * y + 1));
            data.extend((0..width).map(|x| {
                let (left, right) = (2 * x, (2 * x + 1).min(self.width - 1));
                (upper[left] + upper[right] + lower[left] + lower[right]) / 4.0
            }));
        }
        Self { width, height, data }
    }

    /// Bilinear value at a place given with pixel centres at .5; beyond the plane its edge goes on.
    #[must_use]
    pub fn sample(&self, x: f32, y: f32) -> f32 {
        let (x, y) = ((x - 0.5).clamp(0.0, (self.width - 1) as f32), (y - 0.5).clamp(0.0, (self.height - 1) as f32));
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (fx, fy) = (x - left as f32, y - top as f32);
        let upper = self.at(left, top) * (1.0 - fx) + self.at(right, top) * fx;
        let lower = self.at(left, bottom) * (1.0 - fx) + self.at(right, bottom) * fx;
        upper * (1.0 - fy) + lower * fy
    }
}
