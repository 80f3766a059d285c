//! The light table: two pictures in the reference frame, and the hands on them.
//!
//! [`Table`] of the app knows what is shown and what a gesture means, without any browser; [`Painter`] draws a frame of it; `loading`
//! brings the pixels, tile by tile. Nothing is drawn unless something changed.

mod context;
mod drawing;
mod event;
mod hands;
mod layer;
mod loading;
mod overlay;
mod painter;
mod patch;
mod program;
mod target;
mod verbs;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlCanvasElement, HtmlElement, ResizeObserver, SvgElement, WebGl2RenderingContext as Gl};

use super::Shell;
use super::wait::window;
use crate::app::Mode;
use crate::app::table::{Scene, Screen, Table, Wheel, WheelSetting};
use crate::geometry::{Homography, Warp};
use crate::vision::Sha256;
use context::{Pace, context};
use drawing::Drawing;
pub use event::{StageError, StageEvent};
use layer::Layer;
use loading::{Load, Side};
use overlay::{Line, Overlay};
use painter::{Frame, Painter};

/// Above this many screen pixels per picture pixel, pixels are shown as pixels.
pub(super) const PIXELS_ABOVE: f64 = 4.0;
/// The zoom rests when it has not changed for this long.
const REST_MS: u32 = 150;

/// The light table: draws the scene into a canvas and follows the person's gestures there.
pub struct Stage {
    this: Weak<Self>,
    canvas: HtmlCanvasElement,
    shell: Rc<Shell>,
    events: Rc<dyn Fn(StageEvent)>,
    gl: Gl,
    pace: Pace,
    core: RefCell<Core>,
    on_frame: Closure<dyn FnMut(f64)>,
    /// The frame that was asked for and has not come yet.
    frame: Cell<Option<i32>>,
    listeners: RefCell<Vec<EventListener>>,
    observer: RefCell<Option<SizeObserver>>,
}

/// The observer, and what it calls for as long as it is kept.
type SizeObserver = (ResizeObserver, Closure<dyn FnMut()>);

#[derive(Default)]
struct Core {
    table: Option<Table>,
    painter: Option<Painter>,
    layers: [Option<Layer>; 2],
    last_number: u32,
    overlays: Vec<Overlay>,
    line: Option<Line>,
    wheel: Wheel,
    wheel_setting: WheelSetting,
    /// With its period in milliseconds.
    blink: Option<(Interval, u32)>,
    /// The person turns the pictures by hand.
    blink_paused: bool,
    space_held: bool,
    rested_zoom: f64,
    resting: Option<Timeout>,
    drawing: Option<Drawing>,
}

impl Stage {
    /// A stage on `canvas`, which it sizes after its CSS box and listens to from now on. Pictures come from `shell`.
    ///
    /// # Errors
    /// [`StageError`] when the browser can't draw it.
    pub fn new(canvas: HtmlCanvasElement, shell: Rc<Shell>, events: Rc<dyn Fn(StageEvent)>) -> Result<Rc<Self>, StageError> {
        let (gl, pace) = context(&canvas).ok_or(StageError::NoWebGl)?;
        let painter = Painter::new(gl.clone())?;
        let stage = Rc::new_cyclic(|this: &Weak<Self>| {
            let drawing = this.clone();
            let on_frame = Closure::new(move |now_ms: f64| {
                if let Some(stage) = drawing.upgrade() {
                    stage.frame.set(None);
                    if stage.is_drawing() {
                        stage.ask_frame();
                    } else {
                        stage.paint(now_ms);
                    }
                }
            });
            Self {
                this: this.clone(),
                canvas,
                shell,
                events,
                gl,
                pace,
                // The first frame waits for the shaders as later ones do for the frame before.
                core: RefCell::new(Core { drawing: Drawing::begun(&painter.gl), painter: Some(painter), ..Core::default() }),
                on_frame,
                frame: Cell::new(None),
                listeners: RefCell::default(),
                observer: RefCell::default(),
            }
        });
        stage.listen();
        stage.observe_size();
        Ok(stage)
    }

    /// Shows this from now on; only what changed is loaded anew. The first scene, and another reference, is fitted.
    pub fn show(&self, scene: &Scene) {
        let screen = self.screen();
        let loads = {
            let core = &mut *self.core.borrow_mut();
            match &mut core.table {
                Some(table) if table.scene() == scene => return,
                Some(table) => table.show(scene.clone()),
                None => core.table = Some(Table::new(scene.clone(), screen)),
            }
            core.lay_out()
        };
        self.load(loads);
        self.blink();
        self.ask_frame();
    }

    /// Lets `group` follow the camera: its `transform` maps reference pixels to CSS pixels of the canvas; of its custom
    /// properties, `--zoom` is CSS pixels per reference pixel, `--turn` how far the board is turned and `--mirror` −1 when it is
    /// mirrored. Paths in its elements of class `draft` get the line of what is being drawn. Viewport 0 is the only or left one (the reference), 1 the right
    /// one of side by side (the photo); a group whose viewport is not there is hidden. The halves meet in the middle.
    pub fn attach_overlay(&self, group: SvgElement, viewport: usize) {
        {
            let overlays = &mut self.core.borrow_mut().overlays;
            overlays.retain(|overlay| overlay.viewport != viewport);
            overlays.push(Overlay::new(group, viewport));
        }
        self.ask_frame();
    }

    /// Lets `element` be the swipe line: its origin is brought onto the line and turned along it.
    pub fn attach_line(&self, element: HtmlElement) {
        self.core.borrow_mut().line = Some(Line::new(element));
        self.ask_frame();
    }

    /// Ends it: nothing is listened to any more and the graphics memory is given back.
    pub fn dispose(&self) {
        self.listeners.borrow_mut().clear();
        if let Some((observer, _)) = self.observer.borrow_mut().take() {
            observer.disconnect();
        }
        let core = std::mem::take(&mut *self.core.borrow_mut());
        for layer in core.layers.into_iter().flatten() {
            layer.free(&self.gl);
        }
        if let Some(painter) = core.painter {
            painter.free();
        }
    }

    fn change(&self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = &mut self.core.borrow_mut().table {
            change(table);
        }
        self.ask_frame();
    }

    fn tell(&self, event: StageEvent) {
        (self.events)(event);
    }

    fn screen(&self) -> Screen {
        let (rect, ratio) = (self.canvas.get_bounding_client_rect(), window().device_pixel_ratio().max(0.1));
        let pixels = |length: f64| (length * ratio).round().max(0.0) as u32;
        Screen { width_px: pixels(rect.width()), height_px: pixels(rect.height()), ratio }
    }

    fn ask_frame(&self) {
        if self.frame.get().is_none() {
            self.frame.set(window().request_animation_frame(self.on_frame.as_ref().unchecked_ref()).ok());
        }
    }

    fn observe_size(&self) {
        let this = self.this.clone();
        let resized = Closure::<dyn FnMut()>::new(move || {
            if let Some(stage) = this.upgrade() {
                let screen = stage.screen();
                stage.core.borrow_mut().table.iter_mut().for_each(|table| table.resize(screen));
                // At once: a canvas of another size is empty, and the browser is about to show it.
                stage.paint(0.0);
            }
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&self.canvas);
            self.observer.borrow_mut().replace((observer, resized));
        }
    }

    fn paint(&self, now_ms: f64) {
        let more = {
            let core = &mut *self.core.borrow_mut();
            let (Some(table), Some(painter)) = (&mut core.table, &mut core.painter) else { return };
            if table.screen().width_px == 0 || table.screen().height_px == 0 {
                return;
            }
            let more = table.advance(now_ms);
            let [reference, photo] = core.layers.each_ref().map(Option::as_ref);
            let painted = painter.paint(&self.canvas, &Frame { table, reference, photo });
            core.drawing = Drawing::begun(&self.gl);
            for overlay in &mut core.overlays {
                overlay.follow(table);
            }
            if let Some(line) = &mut core.line {
                line.follow(table);
            }
            painted.map(|()| more)
        };
        match more {
            Ok(true) => self.ask_frame(),
            Ok(false) => {}
            Err(refused) => {
                self.core.borrow_mut().painter = None;
                self.tell(StageEvent::Failed(refused.to_string()));
            }
        }
        self.rest();
    }

    /// The graphics card is still at the last frame: another one would make the page wait for it.
    fn is_drawing(&self) -> bool {
        let drawing = &mut self.core.borrow_mut().drawing;
        let still = drawing.as_ref().is_some_and(|drawing| drawing.is_going_on(&self.gl));
        if !still && let Some(done) = drawing.take() {
            done.forget(&self.gl);
        }
        still
    }

    /// Tells the zoom when it has come to rest.
    fn rest(&self) {
        let core = &mut *self.core.borrow_mut();
        let Some(zoom) = core.table.as_ref().map(|table| table.camera().zoom) else { return };
        if zoom == core.rested_zoom {
            return;
        }
        core.rested_zoom = zoom;
        let this = self.this.clone();
        core.resting = Some(Timeout::new(REST_MS, move || {
            if let Some(stage) = this.upgrade() {
                stage.tell(StageEvent::ZoomRested(zoom));
            }
        }));
    }

    /// Starts or stops the turning of pictures in blink mode.
    fn blink(&self) {
        let core = &mut *self.core.borrow_mut();
        let scene = core.table.as_ref().map(Table::scene).filter(|scene| scene.shown_mode() == Mode::Blink);
        core.blink_paused &= scene.is_some();
        let hz = scene.map_or(0.0, |scene| scene.blink_hz);
        if hz <= 0.0 || core.blink_paused || reduced_motion() {
            core.blink = None;
            return;
        }
        // There and back is one blink.
        let period_ms = (500.0 / hz) as u32;
        if core.blink.as_ref().is_none_or(|(_, running)| *running != period_ms) {
            let this = self.this.clone();
            let turn = move || {
                if let Some(stage) = this.upgrade() {
                    stage.change(Table::toggle_photo);
                }
            };
            core.blink = Some((Interval::new(period_ms, turn), period_ms));
        }
    }

    fn load(&self, loads: Vec<Load>) {
        let opening = (self.pace == Pace::Slow).then(|| self.shell.open_screen());
        spawn_local(loading::load(self.this.clone(), Rc::clone(self.shell.bitmaps()), loads, opening));
    }

    /// The graphics card took everything away.
    fn lose(&self) {
        let core = &mut *self.core.borrow_mut();
        core.painter = None;
        core.layers = [None, None];
    }

    /// It is back: everything is made anew.
    fn restore(&self) {
        match Painter::new(self.gl.clone()) {
            Ok(painter) => {
                let loads = {
                    let core = &mut *self.core.borrow_mut();
                    core.painter = Some(painter);
                    core.lay_out()
                };
                self.load(loads);
                self.ask_frame();
            }
            Err(error) => self.tell(StageEvent::Failed(error.to_string())),
        }
    }
}

impl Core {
    /// Makes the layers those of the scene; what is to be loaded for that.
    fn lay_out(&mut self) -> Vec<Load> {
        let (Some(table), Some(painter)) = (&self.table, &self.painter) else { return Vec::new() };
        let scene = table.scene();
        let flat = || Rc::new(Warp { homography: Homography::identity(), mesh: None });
        let reference_warp = scene.reference_warp.clone().unwrap_or_else(flat);
        let [reference, photo] = &mut self.layers;
        let mut loads = Vec::new();
        let mut lay = |side, place: &mut Option<Layer>, wanted: Option<(Sha256, (u32, u32))>, warp: Rc<Warp>| {
            if let (Some(layer), Some((sha256, size))) = (place.as_mut(), wanted)
                && (layer.sha256, layer.size) == (sha256, size)
            {
                if layer.warp != warp {
                    layer.bend(&painter.gl, warp);
                }
                return;
            }
            if let Some(layer) = place.take() {
                layer.free(&painter.gl);
            }
            if let Some((sha256, size)) = wanted {
                self.last_number = self.last_number.wrapping_add(1);
                let layer = Layer::new(&painter.gl, self.last_number, sha256, size, warp);
                loads.push(Load::of(side, &layer));
                *place = Some(layer);
            }
        };
        lay(Side::Reference, reference, scene.reference.map(|sha256| (sha256, scene.reference_picture)), reference_warp);
        lay(Side::Photo, photo, scene.photo.map(|sha256| (sha256, scene.photo_size)), scene.photo_warp());
        loads
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The closure ends with the stage, and the browser must not call what is gone.
        if let Some(frame) = self.frame.take() {
            drop(window().cancel_animation_frame(frame));
        }
    }
}

fn reduced_motion() -> bool {
    let asked = window().match_media("(prefers-reduced-motion: reduce)");
    asked.ok().flatten().is_some_and(|query| query.matches())
}
