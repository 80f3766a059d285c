//! User Timing: what the app tells anybody who measures it from outside.

use std::cell::Cell;
use std::collections::BTreeMap;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::wait::{next_frame, now_ms, window};
use crate::vision::Stage;

/// Remembers when the person chose, until the result is on screen.
#[derive(Debug, Default)]
pub(super) struct Timing {
    chosen_ms: Cell<Option<f64>>,
    asked_ms: Cell<Option<f64>>,
}

impl Timing {
    /// A picture was chosen: the wait begins here.
    pub(super) fn chosen(&self) {
        self.chosen_ms.set(Some(now_ms()));
    }

    /// A comparison was asked for: the wait begins here if nothing was chosen since the last result.
    pub(super) fn asked(&self) {
        self.asked_ms.set(Some(now_ms()));
    }

    /// The worker's times per stage become measures that end now.
    pub(super) fn compared(timing_ms: &BTreeMap<String, f64>) {
        let mut end = now_ms();
        for stage in [Stage::Cross, Stage::Compare, Stage::Align, Stage::Decode] {
            if let Some(spent) = timing_ms.get(stage.name()) {
                measure(stage.name(), end - spent, end);
                end -= spent;
            }
        }
    }

    /// A coarse map is in the state: measures `boardwatch:placed`, from the moment at which a comparison was asked for, when the
    /// photo lies on screen.
    pub(super) fn placed(&self) {
        when_drawn("placed", self.asked_ms.get());
    }

    /// The result is in the state: measures `boardwatch:ready` when it has been drawn.
    pub(super) fn ready(&self) {
        let (chosen, asked) = (self.chosen_ms.take(), self.asked_ms.take());
        when_drawn("ready", chosen.or(asked));
    }
}

/// The library knows since now which board a photo shows: measures `boardwatch:recognise`, from the moment at which the photo was decoded.
pub(super) fn recognised(decoded_ms: f64) {
    measure("recognise", decoded_ms, now_ms());
}

/// Measures from `start_ms` until what is in the state now has been drawn.
fn when_drawn(name: &'static str, start_ms: Option<f64>) {
    let Some(start) = start_ms else { return };
    spawn_local(async move {
        // The first frame draws the change, the second one comes when it was shown.
        next_frame().await;
        next_frame().await;
        measure(name, start, now_ms());
    });
}

/// web-sys knows measures between two given times only as an unstable interface, so the call is put together here.
fn measure(name: &str, start_ms: f64, end_ms: f64) {
    let Some(performance) = window().performance() else { return };
    let options = Object::new();
    let measured = [("start", start_ms.max(0.0)), ("end", end_ms)]
        .into_iter()
        .try_for_each(|(key, value)| Reflect::set(&options, &key.into(), &value.into()).map(drop))
        .and_then(|()| Reflect::get(&performance, &"measure".into()))
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|measure| measure.call2(&performance, &JsValue::from(format!("boardwatch:{name}")), &options));
    // A measure that the browser refuses hurts nobody but the one who measures.
    drop(measured);
}
