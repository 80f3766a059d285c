//! What older files do to the whole image (Gerber layer format specification, 8.1: deprecated commands).

use kurbo::Affine;

use crate::design::artwork::{Figure, Mark, around};
use crate::design::digits::codes;
use crate::design::unit::is_near;

/// How the image is laid down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Image {
    is_negative: bool,
    mirror: [f64; 2],
    scale: [f64; 2],
    offset_mm: [f64; 2],
    turned_deg: f64,
    are_axes_swapped: bool,
}

impl Default for Image {
    fn default() -> Self {
        Self {
            is_negative: false,
            mirror: [1.0; 2],
            scale: [1.0; 2],
            offset_mm: [0.0; 2],
            turned_deg: 0.0,
            are_axes_swapped: false,
        }
    }
}

impl Image {
    /// Takes a parameter in; false when it is none of these, or can't be read.
    pub(super) fn set(&mut self, name: &str, rest: &str, mm: f64) -> bool {
        let numbers = || -> Option<[Option<f64>; 2]> {
            let mut numbers = [None; 2];
            for (letter, number) in codes(rest) {
                let place = ['A', 'B'].iter().position(|axis| *axis == letter)?;
                *numbers.get_mut(place)? = Some(number.parse().ok().filter(|number| is_near(*number))?);
            }
            Some(numbers)
        };
        match name {
            "IP" => {
                self.is_negative = rest == "NEG";
                matches!(rest, "POS" | "NEG")
            }
            "MI" => numbers().is_some_and(|set| {
                self.mirror = set.map(|axis| if axis == Some(1.0) { -1.0 } else { 1.0 });
                true
            }),
            "SF" => numbers().is_some_and(|set| {
                self.scale = set.map(|axis| axis.unwrap_or(1.0));
                self.scale.iter().all(|scale| *scale > 0.0)
            }),
            "OF" => numbers().is_some_and(|set| {
                self.offset_mm = set.map(|axis| axis.unwrap_or(0.0) * mm);
                true
            }),
            "IR" => rest.parse().is_ok_and(|degrees: f64| {
                self.turned_deg = degrees;
                [0.0, 90.0, 180.0, 270.0].contains(&degrees)
            }),
            "AS" => {
                self.are_axes_swapped = rest == "AYBX";
                matches!(rest, "AXBY" | "AYBX")
            }
            _ => false,
        }
    }

    /// The marks as they lie on the board, y downwards. The order is the specification's.
    pub(super) fn laid(&self, marks: Vec<Mark>) -> Vec<Mark> {
        let [mirror_x, mirror_y] = self.mirror;
        let [scale_x, scale_y] = self.scale;
        let [x, y] = self.offset_mm;
        let axes = if self.are_axes_swapped { Affine::new([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]) } else { Affine::IDENTITY };
        let map = Affine::FLIP_Y
            * axes
            * Affine::rotate(self.turned_deg.to_radians())
            * Affine::translate((x, y))
            * Affine::scale_non_uniform(scale_x, scale_y)
            * Affine::scale_non_uniform(mirror_x, mirror_y);
        // One by one, so that they are there twice for no moment.
        let mut laid: Vec<Mark> = marks.into_iter().map(|mark| mark.moved(map)).collect();
        if self.is_negative {
            laid.iter_mut().for_each(|mark| mark.is_clear = !mark.is_clear);
            let bounds = around(laid.iter().filter_map(|mark| mark.figure.bounds()));
            let ground = bounds.map(|area| kurbo::Rect::new(area.x, area.y, area.x + area.w, area.y + area.h));
            laid.splice(0..0, ground.map(|area| Mark::dark(Figure::of(&area))));
        }
        laid
    }
}
