//! Pointers, wheel and keys, turned into gestures.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::{Stage, StageEvent};
use crate::app::table::{Hand, Held, Table, TableEvent, WheelTurn, WheelUnit, WheelWish};
use crate::web::wait::window;

impl Stage {
    /// Listens to everything that a person does on the canvas.
    pub(super) fn listen(&self) {
        // A finger on the canvas moves the board, not the page.
        drop(self.canvas.style().set_property("touch-action", "none"));
        let canvas: &EventTarget = &self.canvas;
        let page: EventTarget = window().into();
        let listeners = [
            self.on(canvas, "pointerdown", Self::pressed),
            self.on(canvas, "pointermove", Self::glided),
            self.on(canvas, "pointerup", Self::released),
            self.on(canvas, "pointercancel", |stage, _| stage.change(Table::drop_pointers)),
            self.on(canvas, "pointerleave", |stage, _| {
                stage.change(Table::leave);
                stage.tell(StageEvent::PointerAt(None));
            }),
            self.on(canvas, "wheel", Self::wheeled),
            self.on(canvas, "dblclick", Self::double_clicked),
            self.on(canvas, "webglcontextlost", |stage, event| {
                // Only then does the browser give it back.
                event.prevent_default();
                stage.lose();
            }),
            self.on(canvas, "webglcontextrestored", |stage, _| stage.restore()),
            self.on(&page, "keydown", |stage, event| stage.keyed(event, true)),
            self.on(&page, "keyup", |stage, event| stage.keyed(event, false)),
            self.on(&page, "blur", |stage, _| {
                stage.core.borrow_mut().space_held = false;
                stage.hold_photo(false);
            }),
        ];
        self.listeners.borrow_mut().extend(listeners);
    }

    fn on(&self, target: &EventTarget, event: &'static str, act: fn(&Self, &Event)) -> EventListener {
        let this = self.this.clone();
        EventListener::new_with_options(target, event, EventListenerOptions::enable_prevent_default(), move |event| {
            if let Some(stage) = this.upgrade() {
                act(&Rc::clone(&stage), event);
            }
        })
    }

    /// Where it happened, in CSS pixels of the canvas.
    fn place(&self, event: &MouseEvent) -> (f64, f64) {
        let rect = self.canvas.get_bounding_client_rect();
        (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top())
    }

    fn pressed(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let hand = match event.button() {
            0 if self.core.borrow().space_held => Hand::Pan,
            0 => Hand::Tool,
            1 => Hand::Pan,
            _ => return,
        };
        if hand == Hand::Pan {
            // The middle button would scroll by itself.
            event.prevent_default();
        }
        // A pointer that can't be captured ends at the canvas's edge.
        drop(self.canvas.set_pointer_capture(event.pointer_id()));
        let at = self.place(event);
        self.change(|table| table.press(event.pointer_id(), at, hand, held(event)));
    }

    fn glided(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let at = self.place(event);
        let coalesced: Vec<_> = event.get_coalesced_events().iter().filter_map(|e| e.dyn_into::<PointerEvent>().ok()).collect();
        let (_, before) = coalesced.split_last().unwrap_or((event, &[]));
        let way: Vec<_> = before.iter().map(|event| self.place(event)).collect();
        let (point, cursor) = {
            let core = &mut *self.core.borrow_mut();
            let Some(table) = &mut core.table else { return };
            if table.glide(event.pointer_id(), at, &way, held(event)) {
                self.ask_frame();
            }
            (table.reference_at(at), table.cursor(at, core.space_held))
        };
        drop(self.canvas.style().set_property("cursor", cursor));
        self.tell(StageEvent::PointerAt(point));
    }

    fn released(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let at = self.place(event);
        self.hear(|table| table.release(event.pointer_id(), at, held(event)));
    }

    /// Does something with the table, and tells what comes of it.
    pub(super) fn hear(&self, deed: impl FnOnce(&mut Table) -> Option<TableEvent>) {
        let told = self.core.borrow_mut().table.as_mut().and_then(deed);
        self.ask_frame();
        if let Some(told) = told {
            self.tell(StageEvent::Table(told));
        }
    }

    fn wheeled(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
        event.prevent_default();
        // The unit first: Firefox counts in pixels for whoever does not ask for it.
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => WheelUnit::Line,
            WheelEvent::DOM_DELTA_PAGE => WheelUnit::Page,
            _ => WheelUnit::Pixel,
        };
        let notches = Reflect::get(event, &"wheelDeltaY".into()).ok().and_then(|value| value.as_f64());
        let turn = WheelTurn {
            dx: event.delta_x(),
            dy: event.delta_y(),
            unit,
            notches_120: notches.unwrap_or(0.0),
            ctrl: event.ctrl_key() || event.meta_key(),
            at_ms: event.time_stamp(),
        };
        let at = self.place(event);
        let wish = {
            let core = &mut *self.core.borrow_mut();
            core.wheel.turn(&turn, core.wheel_setting)
        };
        self.change(|table| match wish {
            WheelWish::Zoom(factor) => table.zoom(factor, Some(at)),
            WheelWish::Pan(dx, dy) => table.pan(dx, dy, Some(at)),
        });
    }

    fn double_clicked(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
        let at = self.place(event);
        self.hear(|table| table.double_press(at, held(event)));
    }

    fn keyed(&self, event: &Event, down: bool) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.key() == " " {
            self.core.borrow_mut().space_held = down;
        }
    }
}

fn held(event: &MouseEvent) -> Held {
    Held { shift: event.shift_key(), alt: event.alt_key(), ctrl: event.ctrl_key() || event.meta_key() }
}
