//! Draws one frame.

use web_sys::{HtmlCanvasElement, WebGl2RenderingContext as Gl};

use super::layer::Layer;
use super::program::Program;
use super::target::Target;
use super::{PIXELS_ABOVE, StageError};
use crate::app::table::{Camera, Screen, Table, Viewport};
use crate::app::{Mode, Palette};

/// Above the tolerance, a quarter of full scale is as good as all of it.
const DIFFERENCE_GAIN: f32 = 4.0;

const LIGHT: [f32; 4] = [1.0, 1.0, 1.0, 1.0];
const DARK: [f32; 4] = [0.05, 0.05, 0.06, 1.0];
/// The page's own colour under a picture that does not fill its square.
const GROUND: [f32; 4] = [0.08, 0.085, 0.095, 1.0];

/// How the two layers come together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plan {
    /// The photo where `a x + b y + c` of a place in CSS pixels is above 0, the reference elsewhere.
    Split([f64; 3]),
    /// One in each half.
    Halves,
    /// Only the reference.
    Reference,
    /// Only the photo.
    Photo,
    /// The photo over the reference, with this opacity.
    Over(f32),
    /// What differs.
    Difference,
    /// The reference in red, the photo in green and blue.
    RedCyan,
}

impl Plan {
    /// What the table's mode asks for.
    fn of(table: &Table) -> Self {
        let scene = table.scene();
        match (scene.shown_mode(), table.swipe_line()) {
            (Mode::SideBySide, _) => Self::Halves,
            (Mode::Opacity, _) if scene.photo.is_none() || scene.reference.is_none() => Self::Over(scene.shown_opacity() as f32),
            _ if table.photo_is_held_up() => Self::Photo,
            (_, Some((through, (a, b)))) => Self::Split([a, b, -(a * through.0 + b * through.1)]),
            (Mode::Blink, _) if table.photo_is_up() => Self::Photo,
            (Mode::Blink | Mode::Swipe, _) => Self::Reference,
            (Mode::Opacity, _) => Self::Over(scene.shown_opacity() as f32),
            (Mode::Difference, _) => Self::Difference,
            (Mode::RedCyan, _) => Self::RedCyan,
        }
    }
}

/// Everything that a frame shows.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) table: &'a Table,
    pub(super) reference: Option<&'a Layer>,
    pub(super) photo: Option<&'a Layer>,
}

/// How one picture is drawn.
#[derive(Clone, Copy)]
struct Look {
    camera: Camera,
    view: Viewport,
    opacity: f32,
    /// As in [`Plan::Split`], in pixels of the drawing buffer from the lower left; drawn where it is above 0.
    cut: [f32; 3],
    grey: bool,
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
        let screen = frame.table.screen();
        let (width, height) = (screen.width_px, screen.height_px);
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        self.begin(screen);
        let [reference, photo] = self.looks(frame);
        match Plan::of(frame.table) {
            Plan::Split([a, b, c]) => {
                // CSS pixels from the top become pixels of the drawing buffer from the bottom.
                let (a, b, c) = (a / screen.ratio, -b / screen.ratio, c + b * f64::from(height) / screen.ratio);
                let cut = [a, b, c].map(|v| v as f32);
                self.layer(screen, frame.reference, &Look { cut: cut.map(|v| -v), ..reference });
                self.layer(screen, frame.photo, &Look { cut, ..photo });
            }
            Plan::Halves => {
                for (layer, look) in [(frame.reference, &reference), (frame.photo, &photo)] {
                    self.clip_to(screen, &look.view);
                    self.layer(screen, layer, look);
                }
                self.fill(screen, [photo.view.x - 1.5, 0.0, 3.0, photo.view.height], DARK);
                self.fill(screen, [photo.view.x - 0.5, 0.0, 1.0, photo.view.height], LIGHT);
            }
            Plan::Reference => self.layer(screen, frame.reference, &reference),
            Plan::Photo => self.layer(screen, frame.photo, &photo),
            Plan::Over(opacity) => {
                self.layer(screen, frame.reference, &reference);
                self.gl.enable(Gl::BLEND);
                self.gl.blend_func(Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
                self.layer(screen, frame.photo, &Look { opacity, ..photo });
                self.gl.disable(Gl::BLEND);
            }
            Plan::Difference => self.differ(frame, [&reference, &photo]),
            Plan::RedCyan => {
                self.gl.color_mask(true, false, false, true);
                self.layer(screen, frame.reference, &Look { grey: true, ..reference });
                self.gl.color_mask(false, true, true, true);
                self.layer(screen, frame.photo, &Look { grey: true, ..photo });
                self.gl.color_mask(true, true, true, true);
            }
        }
        self.insets(frame, &reference);
        self.gl.disable(Gl::SCISSOR_TEST);
        Ok(())
    }

    /// How reference and photo are looked at in their viewports.
    fn looks(&self, frame: &Frame<'_>) -> [Look; 2] {
        let ([first, second], [left, right]) = (frame.table.viewports(), frame.table.cameras());
        let look = |camera, view| Look { camera, view, opacity: 1.0, cut: [0.0, 0.0, 1.0], grey: false };
        [look(left, first), look(right, second)]
    }

    /// The overview in its corner, and the loupe's two squares.
    fn insets(&self, frame: &Frame<'_>, like: &Look) {
        let (screen, table) = (frame.table.screen(), frame.table);
        if let Some((view, camera)) = table.overview() {
            self.framed(screen, &view, DARK);
            self.layer(screen, frame.reference.or(frame.photo), &Look { camera, view, ..*like });
            // What the table shows, as a frame in it.
            let [seen, _] = table.viewports();
            let corner = |x: f64, y: f64| camera.to_screen(table.camera().to_reference((x, y), &seen), &view);
            let ((x0, y0), (x1, y1)) = (corner(seen.x, seen.y), corner(seen.x + seen.width, seen.y + seen.height));
            let (left, top) = (x0.min(x1).max(view.x), y0.min(y1).max(view.y));
            let (right, bottom) = (x0.max(x1).min(view.x + view.width), y0.max(y1).min(view.y + view.height));
            for (grow, width, colour) in [(1.0, 3.0, DARK), (0.0, 1.0, LIGHT)] {
                let (x, y) = (left - grow, top - grow);
                let (w, h) = ((right - left + 2.0 * grow).max(width), (bottom - top + 2.0 * grow).max(width));
                let edges = [[x, y, w, width], [x, y + h - width, w, width], [x, y, width, h], [x + w - width, y, width, h]];
                edges.into_iter().for_each(|edge| self.fill(screen, edge, colour));
            }
        }
        if let Some((views, camera)) = table.loupe() {
            for (view, layer) in views.into_iter().zip([frame.reference, frame.photo]) {
                self.framed(screen, &view, LIGHT);
                self.layer(screen, layer, &Look { camera, view, ..*like });
                let (x, y) = view.middle();
                self.fill(screen, [x - 6.0, y - 0.5, 12.0, 1.0], LIGHT);
                self.fill(screen, [x - 0.5, y - 6.0, 1.0, 12.0], LIGHT);
            }
        }
    }

    /// An empty square with an edge around it; what comes next is drawn inside.
    fn framed(&self, screen: Screen, view: &Viewport, edge: [f32; 4]) {
        self.fill(screen, [view.x - 2.0, view.y - 2.0, view.width + 4.0, view.height + 4.0], DARK);
        self.fill(screen, [view.x - 1.0, view.y - 1.0, view.width + 2.0, view.height + 2.0], edge);
        self.fill(screen, [view.x, view.y, view.width, view.height], GROUND);
        self.clip_to(screen, view);
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

    /// Draws only in this viewport from now on.
    fn clip_to(&self, screen: Screen, view: &Viewport) {
        let pixel = |v: f64| (v * screen.ratio).round().max(0.0) as u32;
        let (x, y) = (pixel(view.x), pixel(view.y));
        self.clip(x, y, pixel(view.x + view.width).saturating_sub(x), pixel(view.y + view.height).saturating_sub(y));
    }

    fn layer(&self, screen: Screen, layer: Option<&Layer>, look: &Look) {
        let Some(layer) = layer else { return };
        let (gl, Look { camera, view, .. }) = (&self.gl, look);
        self.layer.use_in(gl);
        let uniform = |name: &str| self.layer.uniform(gl, name);
        let (whole, [[a, b], [c, d]]) = (screen.whole(), camera.orientation.matrix());
        // Clip coordinates over the whole canvas, of the place where the view's middle is.
        let (sx, sy) = (2.0 * camera.zoom / whole.width, -2.0 * camera.zoom / whole.height);
        let (mx, my) = (2.0 * view.middle().0 / whole.width - 1.0, 1.0 - 2.0 * view.middle().1 / whole.height);
        let row = |x: f64, y: f64, middle: f64| [x, y, middle - x * camera.centre.x - y * camera.centre.y].map(|v| v as f32);
        gl.uniform3fv_with_f32_array(uniform("u_across").as_ref(), &row(sx * a, sx * b, mx));
        gl.uniform3fv_with_f32_array(uniform("u_down").as_ref(), &row(sy * c, sy * d, my));
        gl.uniform3fv_with_f32_array(uniform("u_cut").as_ref(), &look.cut);
        gl.uniform1f(uniform("u_opacity").as_ref(), look.opacity);
        gl.uniform1f(uniform("u_grey").as_ref(), f32::from(u8::from(look.grey)));
        let mapping = uniform("u_texture");
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

    fn differ(&mut self, frame: &Frame<'_>, looks: [&Look; 2]) {
        let (screen, scene) = (frame.table.screen(), frame.table.scene());
        let size = (screen.width_px, screen.height_px);
        if self.targets.as_ref().is_none_or(|targets| targets.iter().any(|target| target.size != size)) {
            for target in self.targets.take().into_iter().flatten() {
                target.free(&self.gl);
            }
            let (Some(reference), Some(photo)) = (Target::new(&self.gl, size), Target::new(&self.gl, size)) else { return };
            self.targets = Some([reference, photo]);
        }
        let Some([reference, photo]) = &self.targets else { return };
        let gl = &self.gl;
        for ((target, layer), look) in [(reference, frame.reference), (photo, frame.photo)].into_iter().zip(looks) {
            target.bind(gl);
            self.begin(screen);
            self.layer(screen, layer, look);
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
        let reach = (frame.table.camera().zoom * screen.ratio).max(1.0);
        gl.uniform1f(uniform("u_reach").as_ref(), reach as f32);
        gl.uniform1f(uniform("u_floor").as_ref(), scene.tolerance as f32);
        gl.uniform1f(uniform("u_grey").as_ref(), f32::from(u8::from(scene.palette == Palette::Grey)));
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

    /// Gives the graphics memory back.
    pub(super) fn free(self) {
        for target in self.targets.into_iter().flatten() {
            target.free(&self.gl);
        }
    }
}
