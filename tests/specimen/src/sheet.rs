//! A flat drawing in four layers: how much of each pixel is copper, ink, print.

use crate::glyphs::draw_text;

/// Four coverages per pixel, drawn in millimetres with smooth edges.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    width: usize,
    height: usize,
    px_per_mm: f64,
    data: Vec<[u8; 4]>,
}

/// Where and how a line of text stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lettering {
    /// The middle, in mm.
    pub(crate) centre: [f64; 2],
    /// Height of a capital, in mm.
    pub(crate) height: f64,
    /// Width of a stroke, in mm.
    pub(crate) stroke: f64,
    /// Cosine and sine of the direction of writing.
    pub(crate) turn: [f64; 2],
}

impl Sheet {
    pub(crate) fn new(width_mm: f64, height_mm: f64, px_per_mm: f64) -> Self {
        let (width, height) = ((width_mm * px_per_mm).ceil().max(1.0) as usize, (height_mm * px_per_mm).ceil().max(1.0) as usize);
        Self { width, height, px_per_mm, data: vec![[0; 4]; width * height] }
    }

    /// Fills where `distance` (in mm, negative inside) is below zero, within the box around `centre`.
    fn fill(&mut self, layer: usize, centre: [f64; 2], reach: [f64; 2], ink: bool, distance: impl Fn(f64, f64) -> f64) {
        let ppm = self.px_per_mm;
        let span = |c: f64, r: f64, end: usize| {
            let low = ((c - r) * ppm - 1.0).floor().max(0.0) as usize;
            (low, (((c + r) * ppm + 2.0).ceil().max(0.0) as usize).min(end))
        };
        let ((left, right), (top, bottom)) = (span(centre[0], reach[0], self.width), span(centre[1], reach[1], self.height));
        for y in top..bottom {
            let my = (y as f64 + 0.5) / ppm;
            for x in left..right {
                let covered = (0.5 - distance((x as f64 + 0.5) / ppm, my) * ppm).clamp(0.0, 1.0);
                let (value, pixel) = ((covered * 255.0) as u8, &mut self.data[y * self.width + x][layer]);
                *pixel = if ink { (*pixel).max(value) } else { (*pixel).min(255 - value) };
            }
        }
    }

    /// A stroke with round ends.
    pub(crate) fn line(&mut self, layer: usize, a: [f64; 2], b: [f64; 2], width: f64) {
        self.stroke(layer, a, b, width, true);
    }

    /// Takes a stroke away again.
    pub(crate) fn cut(&mut self, layer: usize, a: [f64; 2], b: [f64; 2], width: f64) {
        self.stroke(layer, a, b, width, false);
    }

    fn stroke(&mut self, layer: usize, a: [f64; 2], b: [f64; 2], width: f64, ink: bool) {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = (dx * dx + dy * dy).sqrt();
        // A long slanting stroke has a large box and little ink: cut it.
        let pieces = if dx == 0.0 || dy == 0.0 { 1 } else { (length / (6.0 * width).max(1.0)).ceil().max(1.0) as usize };
        for piece in 0..pieces {
            let at = |k: usize| [a[0] + dx * k as f64 / pieces as f64, a[1] + dy * k as f64 / pieces as f64];
            let (p, q) = (at(piece), at(piece + 1));
            let (ex, ey) = (q[0] - p[0], q[1] - p[1]);
            let square = (ex * ex + ey * ey).max(1e-12);
            let (middle, radius) = ([(p[0] + q[0]) / 2.0, (p[1] + q[1]) / 2.0], width / 2.0);
            let reach = [ex.abs() / 2.0 + radius, ey.abs() / 2.0 + radius];
            self.fill(layer, middle, reach, ink, |x, y| {
                let along = (((x - p[0]) * ex + (y - p[1]) * ey) / square).clamp(0.0, 1.0);
                let (ox, oy) = (x - p[0] - ex * along, y - p[1] - ey * along);
                (ox * ox + oy * oy).sqrt() - radius
            });
        }
    }

    pub(crate) fn disc(&mut self, layer: usize, centre: [f64; 2], radius: f64) {
        self.round(layer, centre, radius, true);
    }

    /// Takes a disc away again.
    pub(crate) fn clear_disc(&mut self, layer: usize, centre: [f64; 2], radius: f64) {
        self.round(layer, centre, radius, false);
    }

    fn round(&mut self, layer: usize, centre: [f64; 2], radius: f64, ink: bool) {
        self.fill(layer, centre, [radius; 2], ink, |x, y| {
            ((x - centre[0]) * (x - centre[0]) + (y - centre[1]) * (y - centre[1])).sqrt() - radius
        });
    }

    /// A rectangle of these half sides, turned by (cosine, sine).
    pub(crate) fn block(&mut self, layer: usize, centre: [f64; 2], half: [f64; 2], turn: [f64; 2]) {
        self.rectangle(layer, centre, half, turn, true);
    }

    /// Takes a rectangle away again.
    pub(crate) fn clear_block(&mut self, layer: usize, centre: [f64; 2], half: [f64; 2], turn: [f64; 2]) {
        self.rectangle(layer, centre, half, turn, false);
    }

    fn rectangle(&mut self, layer: usize, centre: [f64; 2], half: [f64; 2], turn: [f64; 2], ink: bool) {
        let reach =
            [(half[0] * turn[0]).abs() + (half[1] * turn[1]).abs(), (half[0] * turn[1]).abs() + (half[1] * turn[0]).abs()];
        self.fill(layer, centre, reach, ink, |x, y| {
            let (x, y) = (x - centre[0], y - centre[1]);
            let (u, v) = (x * turn[0] + y * turn[1], y * turn[0] - x * turn[1]);
            (u.abs() - half[0]).max(v.abs() - half[1])
        });
    }

    /// The outline of a rectangle.
    pub(crate) fn frame(&mut self, layer: usize, centre: [f64; 2], half: [f64; 2], turn: [f64; 2], width: f64) {
        let corner = |u: f64, v: f64| [centre[0] + u * turn[0] - v * turn[1], centre[1] + u * turn[1] + v * turn[0]];
        let corners =
            [corner(-half[0], -half[1]), corner(half[0], -half[1]), corner(half[0], half[1]), corner(-half[0], half[1])];
        for k in 0..4 {
            self.line(layer, corners[k], corners[(k + 1) % 4], width);
        }
    }

    pub(crate) fn text(&mut self, layer: usize, text: &str, style: Lettering) {
        let ([cx, cy], [cos, sin]) = (style.centre, style.turn);
        draw_text(text, style.height, |a, b| {
            let place = |p: [f64; 2]| [cx + p[0] * cos - p[1] * sin, cy + p[0] * sin + p[1] * cos];
            self.line(layer, place(a), place(b), style.stroke);
        });
    }

    /// The four coverages at a place in mm, each 0 to 1; beyond the sheet its edge goes on.
    #[inline]
    pub(crate) fn sample(&self, x: f64, y: f64) -> [f32; 4] {
        let px = ((x * self.px_per_mm) as f32 - 0.5).clamp(0.0, (self.width - 1) as f32);
        let py = ((y * self.px_per_mm) as f32 - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (px as usize, py as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (fx, fy) = (px - left as f32, py - top as f32);
        let (a, b) = (&self.data[top * self.width + left], &self.data[top * self.width + right]);
        let (c, d) = (&self.data[bottom * self.width + left], &self.data[bottom * self.width + right]);
        let mut out = [0.0; 4];
        for layer in 0..4 {
            let upper = f32::from(a[layer]) * (1.0 - fx) + f32::from(b[layer]) * fx;
            let lower = f32::from(c[layer]) * (1.0 - fx) + f32::from(d[layer]) * fx;
            out[layer] = (upper * (1.0 - fy) + lower * fy) * (1.0 / 255.0);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_covers_its_own_area() {
        let mut sheet = Sheet::new(20.0, 20.0, 10.0);
        sheet.disc(0, [10.0, 10.0], 5.0);
        sheet.block(1, [10.0, 10.0], [4.0, 2.0], [0.8, 0.6]);
        sheet.line(2, [3.0, 4.0], [15.0, 13.0], 1.0);
        let area = |layer: usize| sheet.data.iter().map(|p| f64::from(p[layer]) / 255.0).sum::<f64>() / 100.0;
        assert!((area(0) - 78.54).abs() < 0.3, "{}", area(0));
        assert!((area(1) - 32.0).abs() < 0.3, "{}", area(1));
        assert!((area(2) - 15.785).abs() < 0.3, "{}", area(2));
    }
}
