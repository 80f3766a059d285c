//! Draws one frame.

use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl};

use super::camera::{Camera, Screen, Viewport};
use super::layer::Layer;
use super::program::Program;
use super::table::Table;
use super::target::Target;
use super::{PIXELS_ABOVE, StageError};
use crate::app::Mode;
use crate::geometry::{Rect, Reference};

/// Differences up to this share of full scale are light and noise of ordinary photos.
const DIFFERENCE_FLOOR: f32 = 0.08;
/// Above the floor, a quarter of full scale is as good as all of it.
const DIFFERENCE_GAIN: f32 = 4.0;

const LIGHT: [f32; 4] = [1.0, 1.0, 1.0, 1.0];
const DARK: [f32; 4] = [0.05, 0.05, 0.06, 1.0];

/// How the two layers come together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plan {
    /// The reference left of a column of the screen, the photo right of it.
    Split(u32),
    /// Only the reference.
    Reference,
    /// Only the photo.
    Photo,
    /// The photo over the reference, with this opacity.
    Over(f32),
    /// What differs.
    Difference,
}

impl Plan {
    /// What the table's mode asks for.
    pub(super) fn of(table: &Table) -> Self {
        match table.scene.shown_mode() {
            Mode::Swipe => Self::Split(table.screen.column(table.swipe)),
            Mode::SideBySide => Self::Split(table.screen.column(0.5)),
            Mode::Blink if table.photo_up => Self::Photo,
            Mode::Blink => Self::Reference,
            Mode::Opacity => Self::Over(table.scene.shown_opacity() as f32),
            Mode::Difference => Self::Difference,
        }
    }
}

/// Everything that a frame shows.
pub(super) struct Frame<'a> {
    pub(super) screen: Screen,
    pub(super) camera: Camera,
    /// Of the reference and of the photo.
    pub(super) views: [Viewport; 2],
    pub(super) plan: Plan,
    /// The line between the halves can be taken hold of.
    pub(super) grip: bool,
    pub(super) rubber: Option<Rect<Reference>>,
    pub(super) reference: Option<&'a Layer>,
    pub(super) photo: Option<&'a Layer>,
}

/// The graphics card's side of the stage.
pub(super) struct Painter {
    pub(super) gl: Gl,
    layer: Program,
    difference: Program,
    checked: bool,
    targets: Option<[Target; 2]>,
}

impl Painter {
    pub(super) fn new(gl: Gl) -> Result<Self, StageError> {
        let layer = Program::new(&gl, include_str!("layer.vert.glsl"), include_str!("layer.frag.glsl"))?;
        let difference = Program::new(&gl, include_str!("difference.vert.glsl"), include_str!("difference.frag.glsl"))?;
        Ok(Self { gl, layer, difference, checked: false, targets: None })
    }

    /// Draws a frame; the first one finds out whether the driver took the shaders.
    pub(super) fn paint(&mut self, canvas: &HtmlCanvasElement, frame: &Frame<'_>) -> Result<(), StageError> {
        if !self.checked {
            self.layer.check(&self.gl)?;
            self.difference.check(&self.gl)?;
            self.checked = true;
        }
        let Screen { width_px, height_px, .. } = frame.screen;
        if (canvas.width(), canvas.height()) != (width_px, height_px) {
            canvas.set_width(width_px);
            canvas.set_height(height_px);
        }
        self.begin(frame.screen);
        match frame.plan {
            Plan::Split(column) => {
                self.clip(0, 0, column, height_px);
                self.layer(frame, frame.reference, 0, 1.0);
                self.clip(column, 0, width_px.saturating_sub(column), height_px);
                self.layer(frame, frame.photo, 1, 1.0);
            }
            Plan::Reference => self.layer(frame, frame.reference, 0, 1.0),
            Plan::Photo => self.layer(frame, frame.photo, 1, 1.0),
            Plan::Over(opacity) => {
                self.layer(frame, frame.reference, 0, 1.0);
                self.gl.enable(Gl::BLEND);
                self.gl.blend_func(Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
                self.layer(frame, frame.photo, 1, opacity);
                self.gl.disable(Gl::BLEND);
            }
            Plan::Difference => self.differ(frame),
        }
        self.line(frame);
        self.rubber(frame);
        self.gl.disable(Gl::SCISSOR_TEST);
        Ok(())
    }

    /// An empty frame: transparent, so that the page's own background is the table.
    fn begin(&self, screen: Screen) {
        let gl = &self.gl;
        gl.disable(Gl::SCISSOR_TEST);
        gl.disable(Gl::BLEND);
        gl.viewport(0, 0, screen.width_px as i32, screen.height_px as i32);
        gl.clear_color(0.0, 0.0, 0.0, 0.0);
        gl.clear(Gl::COLOR_BUFFER_BIT);
    }

    /// Draws only here from now on; pixels from the top left.
    fn clip(&self, x: u32, y: u32, width: u32, height: u32) {
        let bottom = self.gl.drawing_buffer_height() - (y + height) as i32;
        self.gl.enable(Gl::SCISSOR_TEST);
        self.gl.scissor(x as i32, bottom, width as i32, height as i32);
    }

    fn layer(&self, frame: &Frame<'_>, layer: Option<&Layer>, view: usize, opacity: f32) {
        let (Some(layer), Some(view)) = (layer, frame.views.get(view)) else { return };
        let (gl, screen, camera) = (&self.gl, frame.screen, frame.camera);
        self.layer.use_in(gl);
        let whole = screen.whole();
        // Clip coordinates over the whole canvas, of the place where the view's middle is.
        let (sx, sy) = (2.0 * camera.zoom / whole.width, -2.0 * camera.zoom / whole.height);
        let (mx, my) =
            (2.0 * (view.x + view.width / 2.0) / whole.width - 1.0, 1.0 - 2.0 * (view.y + view.height / 2.0) / whole.height);
        let numbers = [sx, mx - sx * camera.centre.x, sy, my - sy * camera.centre.y].map(|v| v as f32);
        gl.uniform4fv_with_f32_array(self.layer.uniform(gl, "u_view").as_ref(), &numbers);
        gl.uniform1f(self.layer.uniform(gl, "u_opacity").as_ref(), opacity);
        let mapping = self.layer.uniform(gl, "u_texture");
        let magnify = if camera.zoom * screen.ratio > PIXELS_ABOVE { Gl::NEAREST } else { Gl::LINEAR };
        gl.active_texture(Gl::TEXTURE0);
        for tile in layer.drawables() {
            gl.bind_texture(Gl::TEXTURE_2D, Some(tile.texture));
            gl.tex_parameteri(Gl::TEXTURE_2D, Gl::TEXTURE_MAG_FILTER, magnify as i32);
            gl.uniform4fv_with_f32_array(mapping.as_ref(), &tile.mapping);
            gl.bind_vertex_array(Some(tile.array));
            gl.draw_elements_with_i32(Gl::TRIANGLES, tile.indices, Gl::UNSIGNED_INT, 0);
        }
        gl.bind_vertex_array(None);
    }

    fn differ(&mut self, frame: &Frame<'_>) {
        let size = (frame.screen.width_px, frame.screen.height_px);
        if self.targets.as_ref().is_none_or(|targets| targets.iter().any(|target| target.size != size)) {
            for target in self.targets.take().into_iter().flatten() {
                target.free(&self.gl);
            }
            let (Some(reference), Some(photo)) = (Target::new(&self.gl, size), Target::new(&self.gl, size)) else { return };
            self.targets = Some([reference, photo]);
        }
        let Some([reference, photo]) = &self.targets else { return };
        let gl = &self.gl;
        for (target, layer, view) in [(reference, frame.reference, 0), (photo, frame.photo, 1)] {
            target.bind(gl);
            self.begin(frame.screen);
            self.layer(frame, layer, view, 1.0);
        }
        Target::unbind(gl);
        self.difference.use_in(gl);
        let uniform = |name: &str| self.difference.uniform(gl, name);
        for (unit, name, target) in [(0, "u_reference", reference), (1, "u_photo", photo)] {
            gl.active_texture(Gl::TEXTURE0 + unit);
            gl.bind_texture(Gl::TEXTURE_2D, Some(&target.texture));
            gl.uniform1i(uniform(name).as_ref(), unit as i32);
        }
        // One reference pixel of misalignment is expected; on a small view, one pixel of the screen.
        let reach = (frame.camera.zoom * frame.screen.ratio).max(1.0);
        gl.uniform1f(uniform("u_reach").as_ref(), reach as f32);
        gl.uniform1f(uniform("u_floor").as_ref(), DIFFERENCE_FLOOR);
        gl.uniform1f(uniform("u_gain").as_ref(), DIFFERENCE_GAIN);
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
        gl.bind_texture(Gl::TEXTURE_2D, None);
        gl.active_texture(Gl::TEXTURE0);
    }

    /// A plain rectangle in CSS pixels.
    fn fill(&self, screen: Screen, area: [f64; 4], [r, g, b, a]: [f32; 4]) {
        let [x, y, width, height] = area.map(|v| (v * screen.ratio).round());
        let (left, top) = (x.clamp(0.0, f64::from(screen.width_px)), y.clamp(0.0, f64::from(screen.height_px)));
        let right = (x + width).clamp(left, f64::from(screen.width_px));
        let bottom = (y + height).clamp(top, f64::from(screen.height_px));
        self.clip(left as u32, top as u32, (right - left) as u32, (bottom - top) as u32);
        self.gl.clear_color(r, g, b, a);
        self.gl.clear(Gl::COLOR_BUFFER_BIT);
    }

    /// The line between the halves, light on dark so that it is seen on any picture, with a grip where it can be moved.
    fn line(&self, frame: &Frame<'_>) {
        let Plan::Split(column) = frame.plan else { return };
        let (x, height) = (f64::from(column) / frame.screen.ratio, frame.screen.whole().height);
        self.fill(frame.screen, [x - 1.5, 0.0, 3.0, height], DARK);
        if frame.grip {
            self.fill(frame.screen, [x - 6.0, height / 2.0 - 22.0, 12.0, 44.0], DARK);
            self.fill(frame.screen, [x - 5.0, height / 2.0 - 21.0, 10.0, 42.0], LIGHT);
            for notch in [-2.0, 1.0] {
                self.fill(frame.screen, [x + notch, height / 2.0 - 8.0, 1.0, 16.0], DARK);
            }
        }
        self.fill(frame.screen, [x - 0.5, 0.0, 1.0, height / 2.0 - if frame.grip { 22.0 } else { 0.0 }], LIGHT);
        let below = height / 2.0 + if frame.grip { 22.0 } else { 0.0 };
        self.fill(frame.screen, [x - 0.5, below, 1.0, height - below], LIGHT);
    }

    /// The box being drawn.
    fn rubber(&self, frame: &Frame<'_>) {
        let Some(area) = &frame.rubber else { return };
        let [first, second] = &frame.views;
        for view in std::iter::once(first).chain((first != second).then_some(second)) {
            let [a, _, c, _] = area.corners().map(|corner| frame.camera.to_screen(corner, view));
            for (grow, width, colour) in [(1.0, 3.0, DARK), (0.0, 1.0, LIGHT)] {
                let (x, y, w, h) = (a.0 - grow, a.1 - grow, c.0 - a.0 + 2.0 * grow, c.1 - a.1 + 2.0 * grow);
                let edges = [[x, y, w, width], [x, y + h - width, w, width], [x, y, width, h], [x + w - width, y, width, h]];
                for edge in edges {
                    self.fill(frame.screen, edge, colour);
                }
            }
        }
    }

    /// Gives the graphics memory back.
    pub(super) fn free(self) {
        for target in self.targets.into_iter().flatten() {
            target.free(&self.gl);
        }
    }
}
