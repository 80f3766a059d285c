//! The light table: pictures in the reference frame, and the hands on them.
//!
//! [`Table`] of the app knows what is shown and what a gesture means, without any browser; a [`Painter`] draws a frame of it, with the
//! graphics card or on a plain canvas; `loading` brings the pixels, tile by tile. Nothing is drawn unless something changed.

mod card;
mod context;
mod drawing;
mod event;
mod hands;
mod layer;
mod loading;
mod measured;
mod overlay;
mod painter;
mod patch;
mod plain;
mod program;
mod target;
mod verbs;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlCanvasElement, HtmlElement, ImageBitmap, ResizeObserver, SvgElement, WebGl2RenderingContext as Gl};

use super::Shell;
use super::wait::window;
use crate::app::Mode;
use crate::app::table::{Scene, Screen, Table, Wheel, WheelSetting};
use crate::geometry::{Homography, Warp};
use card::CardPainter;
use context::{Pace, context};
pub use event::{StageError, StageEvent};
use overlay::{Line, Overlay};
use painter::{Load, Outdated, Painter, Part, Role, Wanted};
use plain::PlainPainter;

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
    /// `None`: the browser has no WebGL 2, and a plain canvas does its work.
    gl: Option<Gl>,
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
    /// `None` while the graphics card has taken everything away.
    painter: Option<Box<dyn Painter>>,
    /// The last number given to a loading.
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
}

impl Stage {
    /// A stage on `canvas`, which it sizes after its CSS box and listens to from now on. Pictures come from `shell`.
    ///
    /// # Errors
    /// [`StageError`] when the browser can't draw it.
    pub fn new(canvas: HtmlCanvasElement, shell: Rc<Shell>, events: Rc<dyn Fn(StageEvent)>) -> Result<Rc<Self>, StageError> {
        let (gl, pace) = context(&canvas).map_or((None, Pace::Slow), |(gl, pace)| (Some(gl), pace));
        let painter: Box<dyn Painter> = match &gl {
            Some(gl) => Box::new(CardPainter::new(gl.clone())?),
            None => Box::new(PlainPainter::new(&canvas).ok_or(StageError::NoCanvas)?),
        };
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
                core: RefCell::new(Core { painter: Some(painter), ..Core::default() }),
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

    /// True when a plain canvas does the work of the graphics card.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        self.gl.is_none()
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
        core.painter.into_iter().for_each(|mut painter| painter.free());
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
            let painted = painter.paint(&self.canvas, table);
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

    /// The last frame is still being drawn: another one would make the page wait for it.
    fn is_drawing(&self) -> bool {
        self.core.borrow_mut().painter.as_mut().is_some_and(|painter| painter.is_drawing())
    }

    /// Hands pixels to the painter. Those that come while it has lost everything are not missed: it is given all of them anew.
    fn take(&self, number: u32, part: Part, bitmap: &ImageBitmap) -> Result<Result<(), JsValue>, Outdated> {
        let core = &mut *self.core.borrow_mut();
        let painter = core.painter.as_mut().ok_or(Outdated)?;
        let taken = painter.take(number, part, bitmap)?;
        if taken.is_err() && painter.is_lost() { Err(Outdated) } else { Ok(taken) }
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
        self.core.borrow_mut().painter = None;
    }

    /// It is back: everything is made anew.
    fn restore(&self) {
        let Some(gl) = &self.gl else { return };
        match CardPainter::new(gl.clone()) {
            Ok(painter) => {
                let loads = {
                    let core = &mut *self.core.borrow_mut();
                    core.painter = Some(Box::new(painter));
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
    /// Makes the pictures those of the scene; what is to be loaded for that.
    fn lay_out(&mut self) -> Vec<Load> {
        let (Some(table), Some(painter)) = (&self.table, &mut self.painter) else { return Vec::new() };
        let scene = table.scene();
        let flat = || Rc::new(Warp { homography: Homography::identity(), mesh: None });
        let reference = scene.reference.map(|sha256| Wanted {
            role: Role::Reference,
            sha256,
            size: scene.reference_picture,
            warp: scene.reference_warp.clone().unwrap_or_else(flat),
            is_sheet: scene.reference_is_sheet,
        });
        let photo = scene.photo.map(|sha256| Wanted {
            role: Role::Photo,
            sha256,
            size: scene.photo_size,
            warp: scene.photo_warp(),
            is_sheet: false,
        });
        let over = scene.over.iter().enumerate().map(|(place, over)| Wanted {
            role: Role::Over(place),
            sha256: over.picture,
            size: over.size,
            warp: Rc::clone(&over.warp),
            is_sheet: over.is_sheet,
        });
        painter.lay_out(reference.into_iter().chain(photo).chain(over).collect(), &mut self.last_number)
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
