//! Pointers, wheel and keys, turned into gestures.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::table::{Hand, Table};
use super::{Stage, StageEvent};
use crate::app::Tool;
use crate::web::wait::window;

/// Zoom per CSS pixel of a mouse wheel: one notch of 100 is a step of 16 %.
const WHEEL_STEP: f64 = 0.0015;
/// Zoom per CSS pixel of a trackpad's pinch, which browsers tell as a wheel with Ctrl.
const PINCH_STEP: f64 = 0.01;
/// CSS pixels of a wheel's line, where a browser counts in lines.
const LINE_PX: f64 = 16.0;
/// A double click's zoom.
const DOUBLE_CLICK: f64 = 2.0;

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
            self.on(canvas, "pointerleave", |stage, _| stage.tell(StageEvent::PointerAt(None))),
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
            self.on(&page, "blur", |stage, _| stage.core.borrow_mut().space_held = false),
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
        self.change(|table| table.press(event.pointer_id(), at, hand));
    }

    fn glided(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let at = self.place(event);
        let (point, cursor) = {
            let core = &mut *self.core.borrow_mut();
            let Some(table) = &mut core.table else { return };
            let before = (table.camera, table.swipe, table.rubber());
            table.glide(event.pointer_id(), at);
            if before != (table.camera, table.swipe, table.rubber()) {
                self.ask_frame();
            }
            let cursor = match table.scene.tool {
                _ if core.space_held => "grab",
                _ if table.over_swipe_line(at) => "ew-resize",
                Tool::Pan => "grab",
                Tool::Box => "crosshair",
            };
            (table.reference_at(at), cursor)
        };
        drop(self.canvas.style().set_property("cursor", cursor));
        self.tell(StageEvent::PointerAt(point));
    }

    fn released(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let at = self.place(event);
        let told = self.core.borrow_mut().table.as_mut().and_then(|table| table.release(event.pointer_id(), at));
        self.ask_frame();
        if let Some(told) = told {
            self.tell(told);
        }
    }

    fn wheeled(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
        event.prevent_default();
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE_PX,
            WheelEvent::DOM_DELTA_PAGE => f64::from(self.canvas.client_height()),
            _ => 1.0,
        };
        let step = if event.ctrl_key() { PINCH_STEP } else { WHEEL_STEP };
        let (factor, at) = (libm::exp(-event.delta_y() * unit * step), self.place(event));
        self.change(|table| table.zoom(factor, Some(at)));
    }

    fn double_clicked(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
        let at = self.place(event);
        self.change(|table| {
            if table.scene.tool == Tool::Pan && !table.over_swipe_line(at) {
                table.zoom(DOUBLE_CLICK, Some(at));
            }
        });
    }

    fn keyed(&self, event: &Event, down: bool) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        match event.key().as_str() {
            " " => self.core.borrow_mut().space_held = down,
            "Escape" if down => self.change(Table::cancel),
            _ => {}
        }
    }
}
