//! The painter without a graphics card: the browser's plain canvas. Slower, and each small part of a picture is drawn as if the map
//! were affine there; what is shown is the same.

use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, ContextAttributes2d, HtmlCanvasElement, ImageBitmap, ImageData};

use super::painter::{Brush, Colour, Laid, Load, Look, Outdated, Painter, Part, Role, Wanted, compose, lay_out, resize};
use super::patch::Area;
use super::{PIXELS_ABOVE, StageError, measured};
use crate::app::table::{Plan, Screen, Table, Viewport};
use crate::geometry::{Photo, Point, Reference};
use crate::web::wait::window;

/// Picture pixels along a side of a part that is taken as affine. The maps of handheld photos bend by less than a reference pixel
/// over it.
const PART_SIDE: f64 = 128.0;
/// Parts overlap by this many pixels of the screen: their soft edges, and how far the affine maps of neighbours miss each other where a map bends
/// most.
const OVERLAP_PX: f64 = 1.5;

/// Pixels in which two pictures are measured against each other: about a tenth of a second of a small machine's time.
const MOST_MEASURED: f64 = 500_000.0;

/// A part of a picture, and where its corners lie on the reference: upper left, upper right, lower left, lower right.
struct Piece {
    /// Left, top, width, height, in pixels of the picture.
    area: [f64; 4],
    corners: [Point<Reference>; 4],
}

/// A picture: its pieces, and its pixels once they are there.
struct Sheet {
    pieces: Vec<Piece>,
    preview: Option<HtmlCanvasElement>,
    whole: Option<HtmlCanvasElement>,
}

/// The plain canvas's side of the stage.
pub(super) struct PlainPainter {
    context: CanvasRenderingContext2d,
    laid: Vec<Laid<Sheet>>,
    /// What reference and photo are drawn into to be measured.
    measured: Option<[CanvasRenderingContext2d; 2]>,
    /// What a picture is drawn into that is shown half seen through: its parts overlap, and would be seen twice there.
    mixed: Option<CanvasRenderingContext2d>,
}

impl PlainPainter {
    /// `None` when the browser gives no canvas either.
    pub(super) fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        Some(Self { context: plain_context(canvas, false)?, laid: Vec::new(), measured: None, mixed: None })
    }
}

impl Painter for PlainPainter {
    fn lay_out(&mut self, wanted: Vec<Wanted>, last_number: &mut u32) -> Vec<Load> {
        let bend = |sheet: &mut Sheet, wanted: &Wanted| sheet.pieces = pieces(wanted);
        let make = |wanted: &Wanted| {
            let whole = Area { x: 0, y: 0, width: wanted.size.0, height: wanted.size.1 };
            (Sheet { pieces: pieces(wanted), preview: None, whole: None }, vec![whole])
        };
        lay_out(&mut self.laid, last_number, wanted, bend, make, drop)
    }

    fn take(&mut self, number: u32, part: Part, bitmap: &ImageBitmap) -> Result<Result<(), JsValue>, Outdated> {
        let laid = self.laid.iter_mut().find(|laid| laid.number == number).ok_or(Outdated)?;
        let Some(canvas) = on_canvas(bitmap, !laid.wanted.is_sheet) else { return Ok(Err(JsValue::NULL)) };
        match part {
            Part::Preview => laid.pixels.preview = Some(canvas),
            Part::Tile(_) => (laid.pixels.whole, laid.pixels.preview) = (Some(canvas), None),
        }
        Ok(Ok(()))
    }

    fn paint(&mut self, canvas: &HtmlCanvasElement, table: &Table) -> Result<(), StageError> {
        let screen = table.screen();
        resize(canvas, (screen.width_px, screen.height_px));
        if matches!(table.plan(), Plan::Difference | Plan::RedCyan) && self.measured.is_none() {
            self.measured = scratch(true).zip(scratch(true)).map(|(one, other)| [one, other]);
        }
        if self.mixed.is_none() {
            self.mixed = scratch(false);
        }
        let stroke = Stroke { painter: self, context: &self.context, screen, table };
        stroke.begin();
        compose(&stroke, table);
        stroke.context.restore();
        Ok(())
    }

    fn is_drawing(&mut self) -> bool {
        false
    }

    fn is_lost(&self) -> bool {
        false
    }

    fn free(&mut self) {
        self.laid.clear();
        (self.measured, self.mixed) = (None, None);
    }
}

/// `read`: its pixels are read again and again.
fn plain_context(canvas: &HtmlCanvasElement, read: bool) -> Option<CanvasRenderingContext2d> {
    let options = ContextAttributes2d::new();
    options.set_will_read_frequently(read);
    canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()
}

fn scratch(read: bool) -> Option<CanvasRenderingContext2d> {
    let canvas: HtmlCanvasElement = window().document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    plain_context(&canvas, read)
}

/// The picture on a canvas of its own; `over_white`, so that nothing shows through it.
fn on_canvas(bitmap: &ImageBitmap, over_white: bool) -> Option<HtmlCanvasElement> {
    let context = scratch(false)?;
    let canvas = context.canvas()?;
    resize(&canvas, (bitmap.width(), bitmap.height()));
    if over_white {
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, f64::from(bitmap.width()), f64::from(bitmap.height()));
    }
    context.draw_image_with_image_bitmap(bitmap, 0.0, 0.0).ok()?;
    Some(canvas)
}

/// The parts of a picture under its map; one when that is affine as a whole. A part lies between two lines of the mesh: there the map
/// bends.
fn pieces(wanted: &Wanted) -> Vec<Piece> {
    let (warp, (width, height)) = (&wanted.warp, wanted.size);
    let (width, height) = (f64::from(width), f64::from(height));
    let [.., tilt_x, tilt_y, scale] = *warp.homography.rows();
    let is_affine = (tilt_x * width).abs() + (tilt_y * height).abs() < 1e-9 * scale.abs();
    let (columns, rows) = match &warp.mesh {
        None if is_affine => (vec![0.0, width], vec![0.0, height]),
        None => (lines(width, PART_SIDE), lines(height, PART_SIDE)),
        Some(mesh) => (lines(width, within(mesh.step_x)), lines(height, within(mesh.step_y))),
    };
    let spans = |lines: &[f64]| lines.windows(2).filter_map(|span| span.try_into().ok()).collect::<Vec<[f64; 2]>>();
    let columns = spans(&columns);
    let piece = |[top, bottom]: [f64; 2], [left, right]: [f64; 2]| {
        let corner = |x: f64, y: f64| warp.to_reference(Point::<Photo>::new(x, y));
        let corners = [corner(left, top), corner(right, top), corner(left, bottom), corner(right, bottom)];
        Piece { area: [left, top, right - left, bottom - top], corners }
    };
    spans(&rows).into_iter().flat_map(|row| columns.iter().map(move |column| piece(row, *column))).collect()
}

/// A part's side that fits the steps of a mesh: several of them, or a part of one.
fn within(step: f64) -> f64 {
    if step > PART_SIDE { step / (step / PART_SIDE).ceil() } else { step * (PART_SIDE / step).floor() }
}

/// From 0 to `length`, a `step` apart.
fn lines(length: f64, step: f64) -> Vec<f64> {
    let count = (length / step).ceil().max(1.0) as u32;
    (0..count).map(|k| f64::from(k) * step).chain([length]).collect()
}

/// One frame of it, or one picture that is to be measured.
struct Stroke<'a> {
    painter: &'a PlainPainter,
    context: &'a CanvasRenderingContext2d,
    screen: Screen,
    table: &'a Table,
}

impl Stroke<'_> {
    /// An empty frame of the screen's size; what is saved here is the state without a clip.
    fn begin(&self) {
        self.context.canvas().iter().for_each(|canvas| resize(canvas, (self.screen.width_px, self.screen.height_px)));
        drop(self.context.reset_transform());
        self.context.clear_rect(0.0, 0.0, f64::from(self.screen.width_px), f64::from(self.screen.height_px));
        self.context.save();
    }

    fn unclip(&self) {
        self.context.restore();
        self.context.save();
    }

    /// Draws only inside this outline, in CSS pixels.
    fn clip(&self, outline: &[(f64, f64)]) {
        self.context.begin_path();
        for (x, y) in outline {
            self.context.line_to(x * self.screen.ratio, y * self.screen.ratio);
        }
        self.context.clip();
    }

    /// All of another canvas, over all of this one.
    fn blit(&self, from: &CanvasRenderingContext2d) {
        let Some(canvas) = from.canvas() else { return };
        drop(self.context.reset_transform());
        let (width, height) = (f64::from(self.screen.width_px), f64::from(self.screen.height_px));
        // As with a piece.
        drop(self.context.draw_image_with_html_canvas_element_and_dw_and_dh(&canvas, 0.0, 0.0, width, height));
    }

    fn pieces(&self, source: &HtmlCanvasElement, laid: &Laid<Sheet>, look: &Look) {
        self.context.set_image_smoothing_enabled(look.camera.zoom * self.screen.ratio <= PIXELS_ABOVE);
        for piece in &laid.pixels.pieces {
            self.piece(source, laid.wanted.size, piece, look);
        }
    }

    /// One piece, where it is in sight.
    fn piece(&self, source: &HtmlCanvasElement, size: (u32, u32), piece: &Piece, look: &Look) {
        let ratio = self.screen.ratio;
        let [p, q, r, s] = piece.corners.map(|corner| {
            let (x, y) = look.camera.to_screen(corner, &look.view);
            (x * ratio, y * ratio)
        });
        let span = |a: f64, b: f64, c: f64, d: f64| (a.min(b).min(c).min(d), a.max(b).max(c).max(d));
        let ((left, right), (top, bottom)) = (span(p.0, q.0, r.0, s.0), span(p.1, q.1, r.1, s.1));
        let (view, finite) = (look.view, [left, right, top, bottom].iter().all(|v| v.is_finite()));
        let in_sight = right >= view.x * ratio
            && left <= (view.x + view.width) * ratio
            && bottom >= view.y * ratio
            && top <= (view.y + view.height) * ratio;
        if !finite || !in_sight {
            return;
        }
        let [x, y, width, height] = piece.area;
        // The affine map that is right in the middle and off by as little at each corner.
        let (a, b) = (((q.0 - p.0) + (s.0 - r.0)) / (2.0 * width), ((q.1 - p.1) + (s.1 - r.1)) / (2.0 * width));
        let (c, d) = (((r.0 - p.0) + (s.0 - q.0)) / (2.0 * height), ((r.1 - p.1) + (s.1 - q.1)) / (2.0 * height));
        let (mx, my) = ((p.0 + q.0 + r.0 + s.0) / 4.0, (p.1 + q.1 + r.1 + s.1) / 4.0);
        let (cx, cy) = (x + width / 2.0, y + height / 2.0);
        let more = OVERLAP_PX / (a * d - b * c).abs().sqrt().max(1e-6);
        let (whole_width, whole_height) = (f64::from(size.0), f64::from(size.1));
        let (x0, y0) = ((x - more).max(0.0), (y - more).max(0.0));
        let (w, h) = ((x + width + more).min(whole_width) - x0, (y + height + more).min(whole_height) - y0);
        // The source may be a small version.
        let (sx, sy) = (f64::from(source.width()) / whole_width, f64::from(source.height()) / whole_height);
        // A piece that the browser refuses leaves a gap; there is nothing better to do.
        drop(self.context.set_transform(a, b, c, d, mx - a * cx - c * cy, my - b * cx - d * cy));
        drop(self.context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            source,
            x0 * sx,
            y0 * sy,
            w * sx,
            h * sy,
            x0,
            y0,
            w,
            h,
        ));
    }
}

impl Brush for Stroke<'_> {
    fn clip_to(&self, view: &Viewport) {
        self.unclip();
        let (right, bottom) = (view.x + view.width, view.y + view.height);
        self.clip(&[(view.x, view.y), (right, view.y), (right, bottom), (view.x, bottom)]);
    }

    fn fill(&self, area: [f64; 4], colour: Colour) {
        self.unclip();
        let [r, g, b, _] = colour.map(|v| (v * 255.0).round());
        self.context.set_fill_style_str(&format!("rgb({r} {g} {b})"));
        let [x, y, width, height] = area;
        let [left, top, right, bottom] = [x, y, x + width, y + height].map(|v| (v * self.screen.ratio).round());
        self.context.fill_rect(left, top, right - left, bottom - top);
    }

    fn picture(&self, role: Role, look: &Look) -> bool {
        let Some(laid) = self.painter.laid.iter().find(|laid| laid.wanted.role == role) else { return false };
        let Some(source) = laid.pixels.whole.as_ref().or(laid.pixels.preview.as_ref()) else { return true };
        if look.opacity <= 0.0 {
            return true;
        }
        self.context.save();
        if let Some(cut) = look.cut {
            self.clip(&half_plane(&self.screen.whole(), cut));
        }
        match &self.painter.mixed {
            Some(mixed) if look.opacity < 1.0 && laid.pixels.pieces.len() > 1 => {
                let stroke = Stroke { context: mixed, ..*self };
                stroke.begin();
                stroke.pieces(source, laid, look);
                mixed.restore();
                self.context.set_global_alpha(look.opacity);
                self.blit(mixed);
            }
            _ => {
                self.context.set_global_alpha(look.opacity);
                self.pieces(source, laid, look);
            }
        }
        self.context.restore();
        true
    }

    fn measure(&self, plan: Plan, looks: [&Look; 2]) {
        let Some(contexts) = &self.painter.measured else { return };
        // Every pixel is looked at by the processor, again for every frame: on a large screen in fewer of them.
        let pixels = f64::from(self.screen.width_px) * f64::from(self.screen.height_px);
        let share = (MOST_MEASURED / pixels.max(1.0)).sqrt().min(1.0);
        let fewer = |length: u32| (f64::from(length) * share).round().max(1.0) as u32;
        let (width, height) = (fewer(self.screen.width_px), fewer(self.screen.height_px));
        let screen = Screen { width_px: width, height_px: height, ratio: self.screen.ratio * share };
        let mut pixels = contexts.iter().zip([Role::Reference, Role::Photo]).zip(looks).map(|((context, role), look)| {
            let stroke = Stroke { context, screen, ..*self };
            stroke.begin();
            stroke.picture(role, look);
            context.restore();
            Some(context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).ok()?.data().0)
        });
        let (Some(Some(reference)), Some(Some(photo)), [context, _]) = (pixels.next(), pixels.next(), contexts) else { return };
        let shown = match plan {
            Plan::RedCyan => measured::red_cyan(&reference, &photo),
            _ => measured::difference([&reference, &photo], (width, height), self.table),
        };
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&shown), width, height);
        // Without it nothing is shown, as on a canvas that can't be drawn on.
        drop(image.and_then(|image| context.put_image_data(&image, 0.0, 0.0)));
        self.blit(context);
    }
}

/// The part of a viewport where `a x + b y + c` is above 0, as an outline.
fn half_plane(view: &Viewport, [a, b, c]: [f64; 3]) -> Vec<(f64, f64)> {
    let (right, bottom) = (view.x + view.width, view.y + view.height);
    let corners = [(view.x, view.y), (right, view.y), (right, bottom), (view.x, bottom)];
    let height = |(x, y): (f64, f64)| a * x + b * y + c;
    let mut outline = Vec::new();
    for (corner, next) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
        let (here, there) = (height(corner), height(next));
        if here > 0.0 {
            outline.push(corner);
        }
        if (here > 0.0) != (there > 0.0) {
            let share = here / (here - there);
            outline.push((corner.0 + share * (next.0 - corner.0), corner.1 + share * (next.1 - corner.1)));
        }
    }
    outline
}
