//! The painter with a graphics card: WebGL 2.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlCanvasElement, ImageBitmap, WebGl2RenderingContext as Gl, WebglLoseContext};

use super::drawing::Drawing;
use super::layer::Layer;
use super::painter::{Brush, Colour, Laid, Load, Look, Outdated, Painter, Part, Role, Wanted, compose, lay_out, resize};
use super::program::Program;
use super::target::Target;
use super::{PIXELS_ABOVE, StageError};
use crate::app::Palette;
use crate::app::table::{Plan, Screen, Table, Viewport};

/// Above the tolerance, a quarter of full scale is as good as all of it.
pub(super) const DIFFERENCE_GAIN: f32 = 4.0;

/// The graphics card's side of the stage.
pub(super) struct CardPainter {
    gl: Gl,
    layer: Program,
    difference: Program,
    checked: bool,
    targets: Option<[Target; 2]>,
    laid: Vec<Laid<Layer>>,
    drawing: Option<Drawing>,
}

impl CardPainter {
    pub(super) fn new(gl: Gl) -> Result<Self, StageError> {
        let layer = Program::new(&gl, include_str!("layer.vert.glsl"), include_str!("layer.frag.glsl"))?;
        let difference = Program::new(&gl, include_str!("difference.vert.glsl"), include_str!("difference.frag.glsl"))?;
        // The first frame waits for the shaders as later ones do for the frame before.
        let drawing = Drawing::begun(&gl);
        Ok(Self { gl, layer, difference, checked: false, targets: None, laid: Vec::new(), drawing })
    }

    /// The two pictures that are measured are drawn into targets of the canvas's size.
    fn prepare_targets(&mut self, size: (u32, u32)) {
        if self.targets.as_ref().is_none_or(|targets| targets.iter().any(|target| target.size != size)) {
            for target in self.targets.take().into_iter().flatten() {
                target.free(&self.gl);
            }
            self.targets = Target::new(&self.gl, size).zip(Target::new(&self.gl, size)).map(|(one, other)| [one, other]);
        }
    }
}

impl Painter for CardPainter {
    fn lay_out(&mut self, wanted: Vec<Wanted>, last_number: &mut u32) -> Vec<Load> {
        let gl = &self.gl;
        let bend = |layer: &mut Layer, wanted: &Wanted| layer.bend(gl, wanted);
        let make = |wanted: &Wanted| Layer::new(gl, wanted);
        lay_out(&mut self.laid, last_number, wanted, bend, make, |layer| layer.free(gl))
    }

    fn take(&mut self, number: u32, part: Part, bitmap: &ImageBitmap) -> Result<Result<(), JsValue>, Outdated> {
        let laid = self.laid.iter_mut().find(|laid| laid.number == number).ok_or(Outdated)?;
        let taken = match part {
            Part::Preview => laid.pixels.set_preview(&self.gl, bitmap),
            Part::Tile(place) => laid.pixels.set_tile(&self.gl, place, bitmap),
        };
        self.drawing = Drawing::begun(&self.gl);
        Ok(taken)
    }

    /// The first frame finds out whether the driver took the shaders.
    fn paint(&mut self, canvas: &HtmlCanvasElement, table: &Table) -> Result<(), StageError> {
        if !self.checked {
            self.layer.check(&self.gl)?;
            self.difference.check(&self.gl)?;
            self.checked = true;
        }
        let screen = table.screen();
        let size = (screen.width_px, screen.height_px);
        resize(canvas, size);
        if table.plan() == Plan::Difference {
            self.prepare_targets(size);
        }
        let stroke = Stroke { painter: self, screen, table };
        stroke.begin();
        compose(&stroke, table);
        self.drawing = Drawing::begun(&self.gl);
        Ok(())
    }

    fn is_drawing(&mut self) -> bool {
        let still = self.drawing.as_ref().is_some_and(|drawing| drawing.is_going_on(&self.gl));
        if !still && let Some(done) = self.drawing.take() {
            done.forget(&self.gl);
        }
        still
    }

    fn is_lost(&self) -> bool {
        self.gl.is_context_lost()
    }

    fn free(&mut self) {
        for laid in self.laid.drain(..) {
            laid.pixels.free(&self.gl);
        }
        for target in self.targets.take().into_iter().flatten() {
            target.free(&self.gl);
        }
        // The canvas keeps its context until it is collected, and a page may hold only a few: a browser takes the oldest one away.
        if let Ok(Some(extension)) = self.gl.get_extension("WEBGL_lose_context") {
            extension.unchecked_into::<WebglLoseContext>().lose_context();
        }
    }
}

/// One frame of it.
struct Stroke<'a> {
    painter: &'a CardPainter,
    screen: Screen,
    table: &'a Table,
}

impl Stroke<'_> {
    /// An empty frame: transparent, so that the page's own background is the table.
    fn begin(&self) {
        let gl = &self.painter.gl;
        gl.disable(Gl::SCISSOR_TEST);
        gl.disable(Gl::BLEND);
        gl.blend_func(Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
        gl.viewport(0, 0, self.screen.width_px as i32, self.screen.height_px as i32);
        gl.clear_color(0.0, 0.0, 0.0, 0.0);
        gl.clear(Gl::COLOR_BUFFER_BIT);
    }

    /// Draws only here from now on; CSS pixels from the top left.
    fn clip(&self, [x, y, width, height]: [f64; 4]) {
        let gl = &self.painter.gl;
        let [left, top, right, bottom] = [x, y, x + width, y + height].map(|v| v * self.screen.ratio);
        let within = |v: f64, length: u32| v.round().clamp(0.0, f64::from(length)) as i32;
        let (left, right) = (within(left, self.screen.width_px), within(right, self.screen.width_px));
        let (top, bottom) = (within(top, self.screen.height_px), within(bottom, self.screen.height_px));
        gl.enable(Gl::SCISSOR_TEST);
        gl.scissor(left, gl.drawing_buffer_height() - bottom, (right - left).max(0), (bottom - top).max(0));
    }

    /// The two pictures each in its target, and then what differs between them.
    fn differ(&self, looks: [&Look; 2]) {
        let Some([reference, photo]) = &self.painter.targets else { return };
        let (gl, program, scene) = (&self.painter.gl, &self.painter.difference, self.table.scene());
        for ((target, role), look) in [(reference, Role::Reference), (photo, Role::Photo)].into_iter().zip(looks) {
            target.bind(gl);
            self.begin();
            self.picture(role, look);
        }
        Target::unbind(gl);
        program.use_in(gl);
        let uniform = |name: &str| program.uniform(gl, name);
        for (unit, name, target) in [(0, "u_reference", reference), (1, "u_photo", photo)] {
            gl.active_texture(Gl::TEXTURE0 + unit);
            gl.bind_texture(Gl::TEXTURE_2D, Some(&target.texture));
            gl.uniform1i(uniform(name).as_ref(), unit as i32);
        }
        gl.uniform1f(uniform("u_reach").as_ref(), self.table.difference_reach() as f32);
        gl.uniform1f(uniform("u_floor").as_ref(), scene.tolerance as f32);
        gl.uniform1f(uniform("u_grey").as_ref(), f32::from(u8::from(scene.palette == Palette::Grey)));
        gl.uniform1f(uniform("u_gain").as_ref(), DIFFERENCE_GAIN);
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
        gl.bind_texture(Gl::TEXTURE_2D, None);
        gl.active_texture(Gl::TEXTURE0);
    }
}

impl Brush for Stroke<'_> {
    fn clip_to(&self, view: &Viewport) {
        self.clip([view.x, view.y, view.width, view.height]);
    }

    fn fill(&self, area: [f64; 4], [r, g, b, a]: Colour) {
        let gl = &self.painter.gl;
        self.clip(area);
        gl.clear_color(r, g, b, a);
        gl.clear(Gl::COLOR_BUFFER_BIT);
        gl.disable(Gl::SCISSOR_TEST);
    }

    fn picture(&self, role: Role, look: &Look) -> bool {
        let Some(laid) = self.painter.laid.iter().find(|laid| laid.wanted.role == role) else { return false };
        if look.opacity <= 0.0 {
            return true;
        }
        let (gl, program, Look { camera, view, .. }) = (&self.painter.gl, &self.painter.layer, look);
        program.use_in(gl);
        let uniform = |name: &str| program.uniform(gl, name);
        let (whole, [[a, b], [c, d]]) = (self.screen.whole(), camera.orientation.matrix());
        // Clip coordinates over the whole canvas, of the place where the view's middle is.
        let (sx, sy) = (2.0 * camera.zoom / whole.width, -2.0 * camera.zoom / whole.height);
        let (mx, my) = (2.0 * view.middle().0 / whole.width - 1.0, 1.0 - 2.0 * view.middle().1 / whole.height);
        let row = |x: f64, y: f64, middle: f64| [x, y, middle - x * camera.centre.x - y * camera.centre.y].map(|v| v as f32);
        // CSS pixels from the top become pixels of the drawing buffer from the bottom.
        let ratio = self.screen.ratio;
        let [p, q, r] = look.cut.unwrap_or([0.0, 0.0, 1.0]);
        let cut = [p / ratio, -q / ratio, r + q * f64::from(self.screen.height_px) / ratio].map(|v| v as f32);
        gl.uniform3fv_with_f32_array(uniform("u_across").as_ref(), &row(sx * a, sx * b, mx));
        gl.uniform3fv_with_f32_array(uniform("u_down").as_ref(), &row(sy * c, sy * d, my));
        gl.uniform3fv_with_f32_array(uniform("u_cut").as_ref(), &cut);
        gl.uniform1f(uniform("u_opacity").as_ref(), look.opacity as f32);
        gl.uniform1f(uniform("u_grey").as_ref(), f32::from(u8::from(look.grey)));
        gl.uniform1f(uniform("u_paper").as_ref(), f32::from(u8::from(!laid.wanted.is_sheet)));
        let mapping = uniform("u_texture");
        let magnify = if camera.zoom * ratio > PIXELS_ABOVE { Gl::NEAREST } else { Gl::LINEAR };
        if look.opacity < 1.0 || laid.wanted.is_sheet {
            gl.enable(Gl::BLEND);
        }
        gl.active_texture(Gl::TEXTURE0);
        for tile in laid.pixels.drawables() {
            gl.bind_texture(Gl::TEXTURE_2D, Some(tile.texture));
            gl.tex_parameteri(Gl::TEXTURE_2D, Gl::TEXTURE_MAG_FILTER, magnify as i32);
            gl.uniform4fv_with_f32_array(mapping.as_ref(), &tile.mapping);
            gl.bind_vertex_array(Some(tile.array));
            gl.draw_elements_with_i32(Gl::TRIANGLES, tile.indices, Gl::UNSIGNED_INT, 0);
        }
        gl.bind_vertex_array(None);
        gl.disable(Gl::BLEND);
        true
    }

    fn measure(&self, plan: Plan, looks: [&Look; 2]) {
        if plan == Plan::Difference {
            return self.differ(looks);
        }
        let (gl, [reference, photo]) = (&self.painter.gl, looks);
        gl.color_mask(true, false, false, true);
        self.picture(Role::Reference, &Look { grey: true, ..*reference });
        gl.color_mask(false, true, true, true);
        self.picture(Role::Photo, &Look { grey: true, ..*photo });
        gl.color_mask(true, true, true, true);
    }
}
