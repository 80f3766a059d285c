//! A cut-out of a picture for the lists.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use super::Shell;
use super::bitmaps::Bitmaps;
use super::wait::window;
use crate::geometry::{Photo, Point, Rect, Reference, Warp};
use crate::vision::Sha256;

/// Below this many screen pixels per picture pixel a crop is drawn from a small version of the picture: decoding that costs
/// the same, but neither the memory nor the copying.
const WORTH_SHRINKING: f64 = 0.5;

/// Which part of which picture, seen in the reference frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Crop {
    picture: Sha256,
    area: Rect<Reference>,
    /// Picture pixels to reference pixels, as a canvas takes it: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
    placement: [f64; 6],
    /// The whole picture's, when known.
    size: Option<(u32, u32)>,
}

impl Crop {
    /// The part `area` of the reference picture.
    #[must_use]
    pub const fn of_reference(picture: Sha256, area: Rect<Reference>) -> Self {
        Self { picture, area, placement: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], size: None }
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
        usable.then_some(Self { picture, area, placement, size: None })
    }

    /// Says how large the whole picture is, so that a crop that is shown much smaller can do without decoding all of it.
    #[must_use]
    pub const fn of_size(self, width: u32, height: u32) -> Self {
        Self { size: Some((width, height)), ..self }
    }

    /// Screen pixels per reference pixel when the area is fitted into a canvas of this size.
    fn scale(&self, (width, height): (f64, f64)) -> f64 {
        (width / self.area.w).min(height / self.area.h)
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
    let size = ((css_size.0 * ratio).round().max(1.0), (css_size.1 * ratio).round().max(1.0));
    // A canvas may be given another crop before this one is drawn: the last one wins.
    let wanted = format!("{size:?} {crop:?}");
    if canvas.set_attribute("data-crop", &wanted).is_err() {
        return;
    }
    let (bitmaps, canvas, crop) = (Rc::clone(shell.bitmaps()), canvas.clone(), crop.clone());
    // Not even its size is set at once: among many canvases that would make the page lay itself out again for each.
    shell.bitmaps().later(async move {
        if canvas.get_attribute("data-crop").as_ref() == Some(&wanted) {
            // A canvas that can't be drawn into stays empty; the words beside it say the same.
            drop(draw(&canvas, size, &bitmaps, &crop, &wanted).await);
        }
    });
}

async fn draw(
    canvas: &HtmlCanvasElement,
    size: (f64, f64),
    bitmaps: &Rc<Bitmaps>,
    crop: &Crop,
    wanted: &str,
) -> Result<(), JsValue> {
    let Some(part) = cut(bitmaps, crop, size).await? else { return Ok(()) };
    if canvas.get_attribute("data-crop").as_deref() == Some(wanted) {
        canvas.set_width(size.0 as u32);
        canvas.set_height(size.1 as u32);
        let context: CanvasRenderingContext2d =
            canvas.get_context_with_context_options("2d", &plain()?)?.ok_or(JsValue::NULL)?.dyn_into()?;
        let (scale, centre) = (crop.scale(size), crop.area.centre());
        let [a, b, c, d, e, f] = crop.placement.map(|v| v * scale);
        let (x, y) = (size.0 / 2.0 - centre.x * scale, size.1 / 2.0 - centre.y * scale);
        // Enlarged pixels are shown as pixels, as on the stage.
        context.set_image_smoothing_enabled(scale < super::stage::PIXELS_ABOVE);
        context.set_transform(a, b, c, d, e + x, f + y)?;
        let Rect { x, y, w, h, .. } = part.place;
        context.draw_image_with_image_bitmap_and_dw_and_dh(&part.bitmap, x, y, w, h)?;
    }
    part.bitmap.close();
    Ok(())
}

/// What is drawn, and where it lies in the picture.
struct Part {
    bitmap: ImageBitmap,
    place: Rect<Photo>,
}

/// The crop's part of the picture, or all of it in few pixels where that is enough; `None` when it can't be had.
async fn cut(bitmaps: &Rc<Bitmaps>, crop: &Crop, canvas: (f64, f64)) -> Result<Option<Part>, JsValue> {
    let shrunk = crop.scale(canvas);
    if let Some((width, height)) = crop.size
        && shrunk < WORTH_SHRINKING
        && let Some(bitmap) = bitmaps.small(crop.picture, (f64::from(width) * shrunk).ceil() as u32).await
    {
        let place = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        return Ok(Some(Part { bitmap, place }));
    }
    let Some(picture) = bitmaps.get(crop.picture).await else { return Ok(None) };
    let Some(place) = crop.source(picture.size()) else { return Ok(None) };
    let bitmap = picture.part(place.x as u32, place.y as u32, place.w as u32, place.h as u32).await?;
    Ok(Some(Part { bitmap, place }))
}

/// A canvas of the processor's own: for hundreds of small ones the graphics card's would take longer to make than to draw.
fn plain() -> Result<JsValue, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &JsValue::TRUE)?;
    Ok(options.into())
}
