//! The worker that writes and reads files and links. It has no picture's pixels, so it is small, and whoever only opens a report waits for
//! no more than this.

use wasm_bindgen::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::message::Message;
use super::serving::{buffer, files, listen, other_version, post};
use super::signing::{self, SigningError};
use crate::app::job::{Reply, Request};
use crate::app::paper::{Answer, Identity, PaperReply, PaperRequest};
use crate::report::Signature;

/// Listens for requests about papers from now on.
///
/// # Errors
/// When this is no worker.
pub fn serve_papers() -> Result<(), JsValue> {
    listen(answer)
}

fn said(result: Result<PaperReply, SigningError>) -> PaperReply {
    result.unwrap_or_else(|error| PaperReply::Refused(error.to_string()))
}

/// Signs what is to be signed before it is written, and checks the signature of what was read.
async fn written_or_read(mut request: PaperRequest, files: &[Vec<u8>]) -> Answer {
    if let Some((signer, evidence, statement)) = request.to_sign(files) {
        let signed = signing::sign(&signer, &statement).await;
        let Identity { name, key } = signer;
        match signed {
            Ok(signature) => request = request.signed(Signature { name, key, evidence, signature }),
            Err(error) => return (PaperReply::Refused(error.to_string()), Vec::new()),
        }
    }
    let (mut reply, made) = request.answer(files);
    if let PaperReply::Report(opened) = &mut reply
        && let Some(signature) = &opened.signature
    {
        // A browser that can't tell leaves it open.
        opened.fits = signing::fits(signature, opened.digest).await.ok();
    }
    (reply, made)
}

async fn answer(scope: DedicatedWorkerGlobalScope, message: Message) {
    let Message { id, text, buffers, .. } = message;
    let request = match crate::json::from_str(&text) {
        Ok(Request::Paper(request)) => crate::json::from_str::<PaperRequest>(&request).ok(),
        _ => None,
    };
    let Some(request) = request else { return post(&scope, id, &other_version(), Vec::new()) };
    let (reply, made) = match request {
        PaperRequest::Identity => (said(signing::identity().await.map(PaperReply::Identity)), Vec::new()),
        PaperRequest::ForgetKey => (said(signing::forget().await.map(|()| PaperReply::Identity(None))), Vec::new()),
        PaperRequest::MakeKey { name, backup } => match signing::make(&name, backup).await {
            Ok((identity, file)) => (PaperReply::Identity(Some(identity)), file.into_iter().collect()),
            Err(error) => (PaperReply::Refused(error.to_string()), Vec::new()),
        },
        request => written_or_read(request, &files(buffers)).await,
    };
    // Without an answer the page would wait for ever: an exception reaches it as a crash.
    let reply = serde_json::to_string(&reply).unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()));
    post(&scope, id, &Reply::Paper(reply), made.iter().map(|file| buffer(file)).collect());
}
