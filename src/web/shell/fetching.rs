//! What comes from the page's own site and from hosts that the person agreed to ask.

use std::rc::Rc;

use web_sys::AbortController;

use super::Shell;
use crate::app::job::{JobFailure, JobId, Reply, Request};
use crate::app::library::Need;
use crate::app::{Action, Offer};
use crate::catalog::{FileEntry, host_of};
use crate::report::MAX_BUNDLE_BYTES;
use crate::vision::PictureFacts;
use crate::web::pool::{Job, Outcome};
use crate::web::shelves::not_used;
use crate::web::{fetch, ledger};

impl Shell {
    /// Ends the transfer of a job.
    fn stopper(&self, job: JobId) -> Result<AbortController, String> {
        let stop = fetch::stopper()?;
        self.fetching.borrow_mut().insert(job, stop.clone());
        Ok(stop)
    }

    /// Answered by [`Action::ReportFetched`].
    pub(super) async fn fetch_report(self: Rc<Self>, job: JobId, address: String) {
        let fetched = match self.stopper(job) {
            Ok(stop) => fetch::get(&address, 2 * MAX_BUNDLE_BYTES, &stop).await.map_err(String::from),
            Err(why) => Err(why),
        };
        self.fetching.borrow_mut().remove(&job);
        if let Some(host) = host_of(&address) {
            ledger::note(host, fetched.as_ref().map_or(0, |blob| blob.size() as u64));
        }
        let offer = fetched
            .map(|blob| {
                let bytes = blob.size() as u64;
                Offer { id: self.pictures.offer(blob), title: address, bytes, purpose: None, is_report: true, is_design: false }
            })
            .map_err(|why| format!("The report could not be fetched: {why}. Download it by hand, then drop the file here."));
        (self.dispatch)(Action::ReportFetched(job, offer));
    }

    /// A worker's look at the file says whether it is the picture that the catalogue promises. Answered by [`Action::PictureFetched`].
    pub(super) async fn fetch_picture(self: Rc<Self>, file: FileEntry, picture: PictureFacts) {
        let (sha256, path) = (picture.sha256, file.path.clone());
        let need = Need::Known { address: file.path, sha256, bytes: Some(file.bytes) };
        let fetched = match fetch::stopper() {
            Ok(stop) => self.shelves.get(&need, &stop).await,
            Err(why) => Err(why),
        };
        let blob = match fetched.and_then(|file| file.ok_or(String::new())) {
            Ok(blob) => blob,
            Err(why) => return (self.dispatch)(Action::PictureFetched(sha256, Err(not_used(&need, &why)))),
        };
        let (shell, blobs) = (Rc::clone(&self), vec![blob.clone()]);
        let done = move |outcome| {
            let result = match outcome {
                Outcome::Replied(Reply::Inspected(facts), _) if facts == picture => {
                    shell.pictures.keep(sha256, blob);
                    Ok(())
                }
                Outcome::Replied(Reply::Inspected(PictureFacts { width, height, .. }), _) => Err(format!(
                    "{path} was not used: it has {width} × {height} pixels, and the catalogue says {} × {}. Tell whoever keeps the catalogue.",
                    picture.width, picture.height
                )),
                Outcome::Replied(Reply::Failed(sentence), _) => Err(format!("{path} was not used. {sentence}")),
                Outcome::NotStarted => Err(JobFailure::NotStarted.to_string()),
                _ => Err(JobFailure::Crashed.to_string()),
            };
            (shell.dispatch)(Action::PictureFetched(sha256, result));
        };
        self.pool.submit(Job { request: Request::Inspect, blobs, heard: Rc::new(|_| {}), done: Box::new(done) });
    }
}
