//! Performs effects, and answers with actions.

mod fetching;
mod listening;
mod offering;

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Blob, File};

use super::bitmaps::Bitmaps;
use super::pictures::Pictures;
use super::pool::{Job, Outcome, Pool, PoolConfig, Ticket};
use super::shelves::{Shelves, extra};
use super::store::Store;
use super::timing::Timing;
use super::wait::{breathe, next_frame, window};
use super::{address, fetch, handover, offline, settings};
use crate::app::draft::DraftReply;
use crate::app::job::{JobFailure, JobId, Reply, Request};
use crate::app::paper::PaperReply;
use crate::app::{Action, Effect, OfferId};
use crate::catalog::FileEntry;
use crate::sorted::SortedMap;
use crate::vision::{self, Sha256};

/// The programme's hands in the browser.
pub struct Shell {
    dispatch: Rc<dyn Fn(Action)>,
    pictures: Rc<Pictures>,
    bitmaps: Rc<Bitmaps>,
    pool: Rc<Pool>,
    scribe: Rc<Pool>,
    cutter: Rc<Pool>,
    drafter: Rc<Pool>,
    store: Rc<Store>,
    timing: Rc<Timing>,
    /// The jobs that are wanted; without a ticket until a worker has them.
    jobs: RefCell<SortedMap<JobId, Option<Seat>>>,
    shelves: Rc<Shelves>,
    /// The transfers that somebody waits for.
    fetching: RefCell<SortedMap<JobId, AbortController>>,
    /// A file of cases that the annex is to read.
    cases_file: RefCell<Option<File>>,
    listeners: RefCell<Vec<EventListener>>,
    /// One owner more for every screen that is opening.
    openings: Rc<()>,
}

/// Where a job is done.
type Seat = (Rc<Pool>, Ticket);

/// A new screen is laid out in one frame, its stage fills in the next, and the third shows that both are done.
const FRAMES_OF_A_SCREEN: usize = 3;
/// A screen that opens slowly is not waited for longer than this many frames, about a second.
const LONGEST_OPENING: usize = 60;

/// A screen that is opening; let go when it shows something.
pub(super) struct Opening(#[expect(dead_code, reason = "counted by its owners")] Rc<()>);

impl Shell {
    /// Listens to the address and to pasted pictures from now on, and dispatches [`Action::Started`].
    #[must_use]
    pub fn start(dispatch: Rc<dyn Fn(Action)>) -> Rc<Self> {
        let navigator = window().navigator();
        let cores = navigator.hardware_concurrency() as usize;
        // Not every browser says how much there is.
        let memory_gb = js_sys::Reflect::get(&navigator, &"deviceMemory".into()).ok().and_then(|memory| memory.as_f64());
        let (pictures, pool) = (Rc::new(Pictures::default()), Pool::new(PoolConfig::for_device(cores, memory_gb)));
        let shelves = Shelves::new();
        let store = Store::new(Rc::clone(&pictures), Rc::clone(&shelves), Rc::clone(&dispatch));
        let shell = Rc::new(Self {
            bitmaps: Bitmaps::new(Rc::clone(&pictures), Rc::clone(&store), Rc::clone(&pool)),
            store,
            dispatch,
            pictures,
            pool,
            scribe: Pool::new(PoolConfig::for_papers()),
            cutter: Pool::new(PoolConfig::for_pictures()),
            drafter: Pool::new(PoolConfig::for_designs()),
            timing: Rc::default(),
            shelves,
            jobs: RefCell::default(),
            fetching: RefCell::default(),
            cases_file: RefCell::default(),
            listeners: RefCell::default(),
            openings: Rc::default(),
        });
        shell.listen();
        if let Some(kept) = settings::kept() {
            (shell.dispatch)(Action::SettingsLoaded(kept));
        }
        (shell.dispatch)(Action::Started { seed: seed(), memory_gb, page: address::with(""), fragment: address::fragment() });
        shell
    }

    /// The pictures as the browser shows them.
    pub(super) const fn bitmaps(&self) -> &Rc<Bitmaps> {
        &self.bitmaps
    }

    /// Asks for the processor: a comparison begins when the screen is open, or after a second.
    pub(super) fn open_screen(&self) -> Opening {
        Opening(Rc::clone(&self.openings))
    }

    /// True while a job runs that somebody waits for.
    pub(super) fn is_working(&self) -> bool {
        !self.jobs.borrow().is_empty()
    }

    /// Does what the programme wants done. Answers come through the dispatcher.
    pub fn perform(self: &Rc<Self>, effects: Vec<Effect>) {
        for effect in effects {
            self.perform_one(effect);
        }
    }

    fn perform_one(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Inspect { job, offer } => self.spawn(|shell| shell.inspect(job, offer)),
            Effect::KeepPicture { offer, sha256 } => self.pictures.accept(offer, sha256),
            Effect::ForgetOffer(offer) => self.pictures.forget(offer),
            Effect::LoadPicture(sha256) => {
                self.timing.chosen();
                self.spawn(|shell| shell.load(sha256));
            }
            Effect::FetchPicture { file, picture } => {
                self.timing.chosen();
                self.spawn(|shell| shell.fetch_picture(file, picture));
            }
            Effect::ListCatalogues => {
                self.spawn(async |shell| (shell.dispatch)(Action::CataloguesListed(shell.shelves.catalogues().await)));
            }
            Effect::FetchCatalogue => {
                self.spawn(async |shell| (shell.dispatch)(Action::CatalogueArrived(fetch::built_in().await)));
            }
            Effect::Compare { job, photo, references, features, px_per_mm, control_points, units, detail, shared } => {
                self.timing.asked();
                let pictures: Vec<Sha256> = std::iter::once(photo).chain(references).collect();
                self.spawn(async move |shell| {
                    let request = |features| Request::Compare { features, px_per_mm, control_points, units, detail, shared };
                    shell.compare(job, &pictures, &features, request).await;
                });
            }
            Effect::Cancel(job) => {
                // Nobody waits for what another host still sends.
                if let Some(stop) = self.fetching.borrow_mut().remove(&job) {
                    stop.abort();
                }
                if let Some(Some((pool, ticket))) = self.jobs.borrow_mut().remove(&job) {
                    pool.cancel(ticket);
                }
            }
            Effect::ListCases => self.spawn(|shell| Rc::clone(&shell.store).list()),
            Effect::LoadCase(id) => self.spawn(move |shell| Rc::clone(&shell.store).load(id)),
            Effect::StoreCase(case) => self.store.store(case),
            Effect::FollowCase(id) => self.spawn(move |shell| Rc::clone(&shell.store).follow(id)),
            Effect::TakeOver(id) => self.spawn(move |shell| Rc::clone(&shell.store).take_over(id)),
            Effect::ReleaseCase(id) => self.spawn(move |shell| Rc::clone(&shell.store).release(id)),
            Effect::DeleteCase(id) => self.store.bin(id, true),
            Effect::RestoreCase(id) => self.store.bin(id, false),
            Effect::KeepSettings(wanted) => settings::keep(&wanted.to_json()),
            Effect::SetFragment(fragment) => address::set_fragment(&fragment),
            Effect::Copy(text) => self.spawn(async move |shell| {
                (shell.dispatch)(Action::LinkCopied(handover::copy(&text).await));
            }),
            // Whoever closes the sheet has decided.
            Effect::Send { title, address } => drop(handover::send(&title, &address)),
            Effect::Paper { job, request, offers, pictures } => {
                self.order(&self.scribe, job, &request, Request::Paper, self.files(&offers, &pictures));
            }
            Effect::Draft { job, request, offers, pictures } => {
                self.order(&self.drafter, job, &request, Request::Draft, self.files(&offers, &pictures));
            }
            Effect::FetchReport { job, address } => self.spawn(|shell| shell.fetch_report(job, address)),
            Effect::Cut { job, photo, reference, order } => {
                self.order(&self.cutter, job, &order, Request::Cut, self.files(&[], &[photo, reference]));
            }
            Effect::Prepare { job, photo, order } => {
                self.order(&self.cutter, job, &order, Request::Prepare, self.files(&[], &[photo]));
            }
            Effect::SendFile { offer, name, media_type } => {
                if let Some(file) = self.pictures.take(offer) {
                    // Whoever closes the sheet has decided.
                    drop(handover::send_file(&name, &media_type, &file));
                }
            }
            Effect::Download { offer, name, media_type } => {
                if let Some(file) = self.pictures.take(offer) {
                    // The browser shows its own message when a download fails.
                    drop(handover::download(&name, &media_type, &file));
                }
            }
            Effect::TakeVersion => offline::take_version(),
            Effect::Reload => offline::reload(),
            Effect::MarkPlaced => self.timing.placed(),
            Effect::MarkReady => self.timing.ready(),
        }
    }

    fn spawn<F: Future<Output = ()> + 'static>(self: &Rc<Self>, act: impl FnOnce(Rc<Self>) -> F) {
        spawn_local(act(Rc::clone(self)));
    }

    async fn inspect(self: Rc<Self>, job: JobId, offer: OfferId) {
        self.jobs.borrow_mut().insert(job, None);
        let copy = match self.pictures.offered(offer) {
            Some(file) => copy(&file).await,
            None => Err("It is no longer there. Drop or choose it again.".to_owned()),
        };
        if !self.is_awaited(job) {
            return;
        }
        match copy {
            Ok(copy) => {
                self.pictures.replace(offer, copy.clone());
                self.submit(&self.pool, job, Request::Inspect, vec![copy]);
            }
            Err(sentence) => self.answer(job, Action::PictureInspected(job, Err(JobFailure::Refused(sentence)))),
        }
    }

    /// The worker begins when the workbench has been drawn: on two cores it would make the page wait for its own first frame.
    async fn compare(
        self: &Rc<Self>,
        job: JobId,
        pictures: &[Sha256],
        features: &[FileEntry],
        request: impl FnOnce(usize) -> Request,
    ) {
        self.jobs.borrow_mut().insert(job, None);
        for frame in 0..LONGEST_OPENING {
            next_frame().await;
            if frame >= FRAMES_OF_A_SCREEN && Rc::strong_count(&self.openings) == 1 {
                break;
            }
        }
        let mut known = Vec::with_capacity(features.len());
        for file in features {
            known.extend(extra(&self.shelves, file).await);
        }
        if !self.is_awaited(job) {
            return;
        }
        let blobs: Option<Vec<Blob>> = pictures.iter().map(|sha256| self.pictures.get(*sha256)).collect();
        match blobs {
            Some(mut blobs) => {
                let request = request(known.len());
                blobs.extend(known);
                self.submit(&self.pool, job, request, blobs);
            }
            None => self.answer(job, Action::JobFailed(job, JobFailure::PictureGone)),
        }
    }

    /// Offered files, then kept ones; `None` when one of them is gone.
    fn files(&self, offers: &[OfferId], pictures: &[Sha256]) -> Option<Vec<Blob>> {
        let offered = offers.iter().map(|offer| self.pictures.offered(*offer));
        offered.chain(pictures.iter().map(|sha256| self.pictures.get(*sha256))).collect()
    }

    /// Gives a pool something that only its own workers read.
    fn order(
        self: &Rc<Self>,
        pool: &Rc<Pool>,
        job: JobId,
        order: &impl Serialize,
        request: fn(String) -> Request,
        files: Option<Vec<Blob>>,
    ) {
        match serde_json::to_string(order).ok().zip(files) {
            Some((order, files)) => self.submit(pool, job, request(order), files),
            None => self.answer(job, Action::JobFailed(job, JobFailure::PictureGone)),
        }
    }

    fn submit(self: &Rc<Self>, pool: &Rc<Pool>, job: JobId, request: Request, blobs: Vec<Blob>) {
        let (telling, finishing) = (Rc::clone(&self.dispatch), Rc::clone(self));
        let ticket = pool.submit(Job {
            request,
            blobs,
            heard: Rc::new(move |reply| match reply {
                Reply::Progressed { stage, done } => telling(Action::JobProgressed(job, stage, done)),
                Reply::Placed(coarse) => telling(Action::Placed(job, coarse)),
                _ => {}
            }),
            // In a task of its own: reading a long reply was one piece of work, showing it is another.
            done: Box::new(move |outcome| {
                finishing.spawn(async move |shell| {
                    breathe().await;
                    shell.finish(job, outcome);
                });
            }),
        });
        self.jobs.borrow_mut().insert(job, Some((Rc::clone(pool), ticket)));
    }

    fn finish(&self, job: JobId, outcome: Outcome) {
        let action = match outcome {
            Outcome::Replied(Reply::Inspected(facts), _) => Action::PictureInspected(job, Ok(facts)),
            Outcome::Replied(Reply::Compared(comparison), _) => {
                Timing::compared(&comparison.timing_ms);
                Action::Compared(job, comparison)
            }
            Outcome::Replied(Reply::Cut(labels), buffers) => Action::PicturesCut(job, self.keep(&buffers), labels),
            Outcome::Replied(Reply::Prepared(prepared), buffers) => match self.keep(&buffers).first() {
                Some(file) => Action::ContributionPrepared(job, *file, prepared),
                None => Action::JobFailed(job, JobFailure::Crashed),
            },
            Outcome::Replied(Reply::Paper(reply), buffers) => match crate::json::from_str::<PaperReply>(&reply) {
                Ok(reply) => Action::PaperAnswered(job, Box::new(reply), self.keep(&buffers)),
                Err(_) => Action::JobFailed(job, JobFailure::Crashed),
            },
            Outcome::Replied(Reply::Drafted(reply), buffers) => match crate::json::from_str::<DraftReply>(&reply) {
                Ok(reply) => Action::Drafted(job, Box::new(reply), self.keep(&buffers)),
                Err(_) => Action::JobFailed(job, JobFailure::Crashed),
            },
            Outcome::Replied(Reply::Failed(sentence), _) => Action::JobFailed(job, JobFailure::Refused(sentence)),
            Outcome::Unreadable => Action::JobFailed(job, JobFailure::PictureGone),
            Outcome::NotStarted => Action::JobFailed(job, JobFailure::NotStarted),
            Outcome::Crashed
            | Outcome::Replied(
                Reply::Shown { .. } | Reply::Progressed { .. } | Reply::Placed(_) | Reply::Helped | Reply::Recognised(_),
                _,
            ) => Action::JobFailed(job, JobFailure::Crashed),
        };
        self.answer(job, action);
    }

    /// True for a job that is still wanted and that no worker has yet.
    fn is_awaited(&self, job: JobId) -> bool {
        matches!(self.jobs.borrow().get(&job), Some(None))
    }

    fn answer(&self, job: JobId, action: Action) {
        self.jobs.borrow_mut().remove(&job);
        (self.dispatch)(action);
    }

    async fn load(self: Rc<Self>, sha256: Sha256) {
        let here = match (self.pictures.get(sha256), self.store.picture(sha256).await) {
            (Some(_), _) => true,
            (None, Some(blob)) => {
                self.pictures.keep(sha256, blob);
                true
            }
            (None, None) => false,
        };
        (self.dispatch)(Action::PictureLoaded(sha256, here));
    }
}

/// The file's bytes as they are now: a file on disk may change or vanish later.
async fn copy(file: &Blob) -> Result<Blob, String> {
    let bytes = file.size();
    if bytes > vision::LARGEST_FILE as f64 {
        let error =
            vision::DecodeError::FileTooLarge { megabytes: (bytes / 1e6) as usize, limit: vision::LARGEST_FILE / 1_000_000 };
        return Err(error.to_string());
    }
    let unreadable =
        |_| "The browser could not read the file. Check that it is still there, then drop or choose it again.".to_owned();
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
    Blob::new_with_buffer_source_sequence(&Array::of1(&buffer)).map_err(unreadable)
}

/// Random, so that two tabs name their cases differently; the clock where there is no randomness.
pub(super) fn seed() -> u32 {
    let mut bytes = [0; 4];
    match window().crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
        Ok(Ok(_)) => u32::from_le_bytes(bytes),
        _ => js_sys::Date::now().rem_euclid(f64::from(u32::MAX)) as u32,
    }
}
