//! The worker that has the pixels: takes one request after the other, and answers.

use js_sys::ArrayBuffer;
use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::links::Links;
use super::message::Message;
use super::progress::Progress;
use super::serving::{buffer, files, listen, other_version, post};
use crate::app::job::{Reply, Request};
use crate::catalog;
use crate::vision::{self, Crew as _, ExamineConfig, Files, Ignore, PictureFacts, ReferenceFeatures, Scale, Watch};

/// Listens for requests from now on.
///
/// # Errors
/// When this is no worker.
pub fn serve_jobs() -> Result<(), JsValue> {
    listen(answer)
}

async fn answer(scope: DedicatedWorkerGlobalScope, message: Message) {
    let Message { id, text, buffers, hand, ports } = message;
    let files = files(buffers);
    let (reply, buffers) = match (crate::json::from_str(&text), files.split_first()) {
        (Ok(Request::Inspect), Some((file, _))) => (inspect(file), Vec::new()),
        (Ok(Request::Compare { features, px_per_mm, control_points, units, detail, shared: _ }), Some((photo, others))) => {
            let (references, features) = others.split_at(others.len().saturating_sub(features));
            let links = Links::over(ports, hand as usize);
            let config = ExamineConfig {
                scale: px_per_mm.map_or(Scale::Unknown, Scale::PxPerMm),
                control_points: control_points.iter().map(|point| (point.photo, point.reference)).collect(),
                units,
                detail,
                ..ExamineConfig::default()
            };
            (compare(photo, references, features, &config, Progress::new(&scope, id), links).await, Vec::new())
        }
        (Ok(Request::Recognise(catalogues)), Some((photo, codes))) => {
            (recognise(photo, codes, &catalogues, Progress::new(&scope, id)), Vec::new())
        }
        (Ok(Request::Show), Some((file, _))) => show(file),
        (Ok(_) | Err(_), _) => (other_version(), Vec::new()),
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

fn recognise(photo: &[u8], codes: &[Vec<u8>], catalogues: &[u32], mut progress: Progress<'_>) -> Reply {
    let codes: Vec<(u32, &[u8])> = catalogues.iter().copied().zip(codes.iter().map(Vec::as_slice)).collect();
    match catalog::recognise(photo, &codes, &mut progress) {
        Ok(said) => serde_json::to_string(&said).map_or_else(|error| Reply::Failed(error.to_string()), Reply::Recognised),
        Err(error) => Reply::Failed(error.to_string()),
    }
}

fn show(file: &[u8]) -> (Reply, Vec<ArrayBuffer>) {
    match vision::decode(file) {
        Ok(picture) => {
            let rgba: Vec<u8> = picture.rgb.chunks_exact(3).flat_map(|rgb| rgb.iter().copied().chain([255])).collect();
            let reply = Reply::Shown { width: picture.width as u32, height: picture.height as u32 };
            (reply, vec![buffer(&rgba)])
        }
        Err(error) => (Reply::Failed(error.to_string()), Vec::new()),
    }
}
