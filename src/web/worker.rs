//! The other end of the pool: takes one request after the other, and answers.
//!
//! Nothing catches what goes wrong (a panic, or a failed allocation, which ends the programme on wasm): it leaves the task as an
//! exception, and the page hears of it as the worker's `error` event.

use std::collections::BTreeMap;

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::links::Links;
use super::message::{MEMORY, Message, READY};
use crate::app::job::{Reply, Request};
use crate::geometry::{Homography, Photo, Reference};
use crate::vision::{
    self, Cancelled, Crew as _, ExamineConfig, Files, Ignore, PictureFacts, ReferenceFeatures, Scale, Stage, StageClock, Watch,
};

/// Progress of the same stage is posted at most this often: faster than anybody reads, slow enough to cost nothing.
const PROGRESS_MS: f64 = 100.0;

/// Listens for requests from now on.
///
/// # Errors
/// When this is no worker.
pub fn serve_jobs() -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let answering = scope.clone();
    EventListener::new(&scope, "message", move |event| {
        let message = event.dyn_ref::<MessageEvent>().and_then(|event| Message::from_js(&event.data()));
        if let Some(message) = message {
            spawn_local(answer(answering.clone(), message));
        }
    })
    .forget();
    scope.post_message(&READY.into())
}

async fn answer(scope: DedicatedWorkerGlobalScope, message: Message) {
    let Message { id, text, buffers, hand, ports } = message;
    let files: Vec<Vec<u8>> = buffers.into_iter().map(|buffer| Uint8Array::new(&buffer).to_vec()).collect();
    let (reply, buffers) = match (serde_json::from_str(&text), files.split_first()) {
        (Ok(Request::Inspect), Some((file, _))) => (inspect(file), Vec::new()),
        (Ok(Request::Compare { features, px_per_mm, control_points, shared: _ }), Some((photo, others))) => {
            let (references, features) = others.split_at(others.len().saturating_sub(features));
            let links = Links::over(ports, hand as usize);
            let config = ExamineConfig {
                scale: px_per_mm.map_or(Scale::Unknown, Scale::PxPerMm),
                control_points: control_points.iter().map(|point| (point.photo, point.reference)).collect(),
                ..ExamineConfig::default()
            };
            (compare(photo, references, features, &config, Progress::new(&scope, id), links).await, Vec::new())
        }
        (Ok(Request::Show), Some((file, _))) => show(file),
        (Ok(_), None) | (Err(_), _) => {
            (Reply::Failed("The page and its worker are of different versions. Reload the page.".to_owned()), Vec::new())
        }
    };
    post(&scope, id, &reply, buffers);
}

fn inspect(file: &[u8]) -> Reply {
    match vision::decode(file) {
        Ok(picture) => Reply::Inspected(PictureFacts::of(file, &picture)),
        Err(error) => Reply::Failed(error.to_string()),
    }
}

/// Compares, alone or with others; of several hands the first has the answer.
async fn compare(
    photo: &[u8],
    references: &[Vec<u8>],
    features: &[Vec<u8>],
    config: &ExamineConfig,
    mut progress: Progress<'_>,
    mut links: Links,
) -> Reply {
    let references: Vec<&[u8]> = references.iter().map(Vec::as_slice).collect();
    // Features of another version are done without.
    let features: Vec<_> = features.iter().filter_map(|bytes| ReferenceFeatures::from_bytes(bytes).ok()).collect();
    let files = Files { features: &features, ..Files::of(photo, &references) };
    let helps = links.own() > 0;
    let watch: &mut dyn Watch = if helps { &mut Ignore } else { &mut progress };
    match vision::compare_files_together(&files, config, watch, &mut links).await {
        _ if helps => Reply::Helped,
        Ok(mut comparison) => {
            comparison.timing_ms = progress.finish();
            Reply::Compared(Box::new(comparison))
        }
        Err(error) => Reply::Failed(error.to_string()),
    }
}

fn show(file: &[u8]) -> (Reply, Vec<ArrayBuffer>) {
    match vision::decode(file) {
        Ok(picture) => {
            let rgba: Vec<u8> = picture.rgb.chunks_exact(3).flat_map(|rgb| rgb.iter().copied().chain([255])).collect();
            let reply = Reply::Shown { width: picture.width as u32, height: picture.height as u32 };
            (reply, vec![Uint8Array::from(rgba.as_slice()).buffer()])
        }
        Err(error) => (Reply::Failed(error.to_string()), Vec::new()),
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, id: u32, reply: &Reply, buffers: Vec<ArrayBuffer>) {
    let text = serde_json::to_string(reply).map_err(|error| JsValue::from_str(&error.to_string()));
    let posted =
        text.and_then(|text| Message { id, text, buffers, hand: 0, ports: Vec::new() }.to_js()).and_then(|(object, transfer)| {
            Reflect::set(&object, &MEMORY.into(), &memory_bytes().into())?;
            scope.post_message_with_transfer(&object, &transfer)
        });
    if let Err(error) = posted {
        // Without an answer the page would wait for ever: an exception reaches it as a crash.
        wasm_bindgen::throw_val(error);
    }
}

fn memory_bytes() -> f64 {
    const PAGE: f64 = 65_536.0;
    core::arch::wasm32::memory_size::<0>() as f64 * PAGE
}

/// Posts progress, and times the stages.
struct Progress<'a> {
    scope: &'a DedicatedWorkerGlobalScope,
    id: u32,
    clock: StageClock,
    posted: Option<(Stage, f64)>,
}

impl<'a> Progress<'a> {
    fn new(scope: &'a DedicatedWorkerGlobalScope, id: u32) -> Self {
        Self { scope, id, clock: StageClock::default(), posted: None }
    }

    fn finish(self) -> BTreeMap<String, f64> {
        self.clock.finish(now_ms(self.scope))
    }
}

impl Watch for Progress<'_> {
    fn progressed(&mut self, stage: Stage, done: f32) -> Result<(), Cancelled> {
        let now = now_ms(self.scope);
        self.clock.enter(stage, now);
        if self.posted.is_none_or(|(posted, at)| posted != stage || now - at >= PROGRESS_MS) {
            self.posted = Some((stage, now));
            post(self.scope, self.id, &Reply::Progressed { stage, done }, Vec::new());
        }
        // Cancelling ends the whole worker.
        Ok(())
    }

    fn placed(&mut self, coarse: &Homography<Photo, Reference>) {
        post(self.scope, self.id, &Reply::Placed(*coarse), Vec::new());
    }
}

fn now_ms(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |performance| performance.now())
}
