//! A cut-out of a picture for the lists.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Shell;
use super::bitmaps::Decoded;
use super::wait::window;
use crate::geometry::{Photo, Point, Rect, Reference, Warp};
use crate::vision::Sha256;

/// Which part of which picture, seen in the reference frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Crop {
    picture: Sha256,
    area: Rect<Reference>,
    /// Picture pixels to reference pixels, as a canvas takes it: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
    placement: [f64; 6],
}

impl Crop {
    /// The part `area` of the reference picture.
    #[must_use]
    pub const fn of_reference(picture: Sha256, area: Rect<Reference>) -> Self {
        Self { picture, area, placement: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] }
    }

    /// What the photo shows at `area` of the reference. `warp` is taken as affine there: exact in the area's centre, and a
    /// fraction of a pixel off at the edge of an area as small as a difference. `None` at the warp's horizon.
    #[must_use]
    pub fn of_photo(picture: Sha256, area: Rect<Reference>, warp: &Warp) -> Option<Self> {
        let centre = warp.to_photo(area.centre())?;
        let at = |dx: f64, dy: f64| warp.to_reference(Point::<Photo>::new(centre.x + dx, centre.y + dy));
        let (left, right, up, down) = (at(-1.0, 0.0), at(1.0, 0.0), at(0.0, -1.0), at(0.0, 1.0));
        let (a, b) = ((right.x - left.x) / 2.0, (right.y - left.y) / 2.0);
        let (c, d) = ((down.x - up.x) / 2.0, (down.y - up.y) / 2.0);
        let here = at(0.0, 0.0);
        let placement = [a, b, c, d, here.x - a * centre.x - c * centre.y, here.y - b * centre.x - d * centre.y];
        let usable = placement.iter().all(|v| v.is_finite()) && a * d - b * c != 0.0;
        usable.then_some(Self { picture, area, placement })
    }

    /// The picture's pixels that are needed, one more on every side for the filter; `None` when the area lies beside it.
    fn source(&self, (width, height): (u32, u32)) -> Option<Rect<Photo>> {
        let [a, b, c, d, e, f] = self.placement;
        let det = a * d - b * c;
        let back = |p: Point<Reference>| {
            let (x, y) = (p.x - e, p.y - f);
            Point::<Photo>::new((d * x - c * y) / det, (a * y - b * x) / det)
        };
        let needed = Rect::around(self.area.corners().map(back))?.grown(1.0);
        let inside = needed.intersection(&Rect::new(0.0, 0.0, f64::from(width), f64::from(height)))?;
        let (x, y) = (inside.x.floor(), inside.y.floor());
        Some(Rect::new(x, y, (inside.x + inside.w).ceil() - x, (inside.y + inside.h).ceil() - y))
    }
}

/// Draws the crop into `canvas`, whose backing store becomes `css_size` times the device's pixel ratio; the area is
/// fitted and centred. Each picture is decoded once; the canvas stays empty until it is, or when it can't be had.
pub fn draw_crop(shell: &Rc<Shell>, canvas: &HtmlCanvasElement, css_size: (f64, f64), crop: &Crop) {
    let ratio = window().device_pixel_ratio();
    let (width, height) = ((css_size.0 * ratio).round().max(1.0), (css_size.1 * ratio).round().max(1.0));
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    // A canvas may be given another crop before this one is drawn: the last one wins.
    let wanted = format!("{crop:?}");
    if canvas.set_attribute("data-crop", &wanted).is_err() {
        return;
    }
    let (bitmaps, canvas, crop) = (Rc::clone(shell.bitmaps()), canvas.clone(), crop.clone());
    shell.bitmaps().later(async move {
        if canvas.get_attribute("data-crop").as_ref() != Some(&wanted) {
            return;
        }
        let Some(picture) = bitmaps.get(crop.picture).await else { return };
        if canvas.get_attribute("data-crop").as_ref() == Some(&wanted) {
            // A canvas that can't be drawn into stays empty; the numbers beside it say the same.
            drop(draw(&canvas, &picture, &crop).await);
        }
    });
}

async fn draw(canvas: &HtmlCanvasElement, picture: &Decoded, crop: &Crop) -> Result<(), JsValue> {
    let Some(source) = crop.source(picture.size()) else { return Ok(()) };
    let part = picture.part(source.x as u32, source.y as u32, source.w as u32, source.h as u32).await?;
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let scale = (width / crop.area.w).min(height / crop.area.h);
    let centre = crop.area.centre();
    let [a, b, c, d, e, f] = crop.placement;
    context.reset_transform()?;
    context.clear_rect(0.0, 0.0, width, height);
    // Enlarged pixels are shown as pixels, as on the stage.
    context.set_image_smoothing_enabled(scale < super::stage::PIXELS_ABOVE);
    context.set_transform(
        a * scale,
        b * scale,
        c * scale,
        d * scale,
        (e - centre.x) * scale + width / 2.0,
        (f - centre.y) * scale + height / 2.0,
    )?;
    context.draw_image_with_image_bitmap(&part, source.x, source.y)?;
    part.close();
    Ok(())
}
