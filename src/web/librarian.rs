//! Performs what the library wants done, and answers with its actions.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{Blob, HtmlInputElement};

use super::intake::{self, Incoming};
use super::pool::{Job, Outcome, Pool, PoolConfig, Ticket};
use super::shelves::{Shelves, not_used};
use super::wait::now_ms;
use super::{annex, fetch, ledger, signing, timing};
use crate::app::job::{JobFailure, Reply, Request};
use crate::app::library::{FetchId, LibraryAction, LibraryEffect, Need};
use crate::vision::{Sha256, Stage};

/// The share of looking at a photo that decoding is.
const DECODING: f32 = 0.3;

/// The library's hands in the browser.
pub struct Librarian {
    dispatch: Rc<dyn Fn(LibraryAction)>,
    shelves: Rc<Shelves>,
    /// Whose board is to be found.
    photo: RefCell<Option<Blob>>,
    pool: Rc<Pool>,
    looking: RefCell<Option<(FetchId, Option<Ticket>)>>,
    listener: RefCell<Option<EventListener>>,
}

impl Librarian {
    /// Lists what the browser keeps.
    #[must_use]
    pub fn start(dispatch: Rc<dyn Fn(LibraryAction)>) -> Rc<Self> {
        let librarian = Rc::new(Self {
            dispatch,
            shelves: Shelves::new(),
            photo: RefCell::default(),
            pool: Pool::new(PoolConfig::for_recognition()),
            looking: RefCell::default(),
            listener: RefCell::default(),
        });
        let asking = Rc::downgrade(&librarian);
        librarian.listener.replace(Some(ledger::listen(move || {
            if let Some(librarian) = asking.upgrade() {
                (librarian.dispatch)(LibraryAction::HostsKnown(ledger::all()));
            }
        })));
        let this = Rc::clone(&librarian);
        spawn_local(async move {
            let kept = this.shelves.catalogues().await;
            (this.dispatch)(LibraryAction::HostsKnown(ledger::all()));
            (this.dispatch)(LibraryAction::CataloguesListed(kept));
            if let Some(photo) = annex::file() {
                let title = photo.name();
                this.photo.replace(Some(photo.into()));
                (this.dispatch)(LibraryAction::PhotoGiven(title));
            }
        });
        librarian
    }

    /// Takes the photo that was chosen, and looks for its board. The page gets it, too.
    pub fn take_photo(self: &Rc<Self>, input: &HtmlInputElement) {
        let Some(file) = intake::listed(input.files().as_ref()).into_iter().next() else { return };
        input.set_value("");
        annex::give(&file);
        let this = Rc::clone(self);
        spawn_local(async move {
            let Incoming { title, blob, .. } = intake::receive(file).await;
            this.photo.replace(Some(blob));
            (this.dispatch)(LibraryAction::PhotoGiven(title));
            (this.dispatch)(LibraryAction::Recognise);
        });
    }

    /// Files that are kept, and the way to others.
    #[must_use]
    pub const fn shelves(&self) -> &Rc<Shelves> {
        &self.shelves
    }

    /// Does what the library wants done.
    pub fn perform(self: &Rc<Self>, effects: Vec<LibraryEffect>) {
        for effect in effects {
            let this = Rc::clone(self);
            spawn_local(async move { this.perform_one(effect).await });
        }
    }

    async fn perform_one(self: Rc<Self>, effect: LibraryEffect) {
        match effect {
            LibraryEffect::FetchFiles(id, files) => self.fetch(id, &files).await,
            LibraryEffect::Check(address, signature, signed) => {
                let fits = signing::is_signed(signature.key, signature.signature, &signed).await.ok();
                (self.dispatch)(LibraryAction::SignatureChecked(address, fits));
            }
            LibraryEffect::HashFiles(id, files) => {
                let hashed = self.hash_all(&files).await;
                (self.dispatch)(LibraryAction::FilesHashed(id, hashed));
            }
            LibraryEffect::Recognise(job, files) => self.recognise(job, files).await,
            LibraryEffect::StopRecognising(job) => {
                let looked = self.looking.borrow_mut().take_if(|(looking, _)| *looking == job);
                if let Some((_, Some(ticket))) = looked {
                    self.pool.cancel(ticket);
                }
            }
            LibraryEffect::KeepCatalogue(kept) => self.shelves.keep_catalogue(&kept).await,
            LibraryEffect::ForgetCatalogue(address) => self.shelves.forget_catalogue(&address).await,
            LibraryEffect::Tell(choice) => annex::tell(&choice),
        }
    }

    /// Fetches what the catalogues say their boards are recognised by, and has a worker look at the photo.
    async fn recognise(self: Rc<Self>, job: FetchId, catalogues: Vec<Vec<Need>>) {
        let Some(photo) = self.photo.borrow().clone() else {
            return (self.dispatch)(LibraryAction::Recognised(job, Err(JobFailure::PictureGone.to_string())));
        };
        self.looking.replace(Some((job, None)));
        let (mut blobs, mut numbers, mut failed) = (vec![photo], Vec::new(), Vec::new());
        for (number, files) in (0..).zip(catalogues) {
            // A catalogue may have been removed while another one's files came, and with it the agreement to ask its host.
            if !self.is_looking(job) {
                return;
            }
            match self.all(&files).await {
                Ok(files) => {
                    let files: Vec<Blob> = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
                    numbers.extend(files.iter().map(|_| number));
                    blobs.extend(files);
                }
                Err(why) => failed.push(why),
            }
        }
        if !self.is_looking(job) {
            return;
        }
        if numbers.is_empty() {
            return (self.dispatch)(LibraryAction::Recognised(job, Err(failed.join(" "))));
        }
        let (heard, done) = (Rc::clone(&self), Rc::clone(&self));
        let decoded = Rc::new(Cell::new(None));
        let begun = Rc::clone(&decoded);
        let ticket = self.pool.submit(Job {
            request: Request::Recognise(numbers),
            blobs,
            heard: Rc::new(move |reply| {
                if let Reply::Progressed { stage, done } = reply {
                    if stage != Stage::Decode && begun.get().is_none() {
                        begun.set(Some(now_ms()));
                    }
                    let share = if stage == Stage::Decode { DECODING * done } else { DECODING + (1.0 - DECODING) * done };
                    (heard.dispatch)(LibraryAction::RecognitionProgressed(job, share));
                }
            }),
            done: Box::new(move |outcome| {
                _ = done.looking.borrow_mut().take_if(|(looking, _)| *looking == job);
                let said = match outcome {
                    Outcome::Replied(Reply::Recognised(said), _) => {
                        decoded.get().into_iter().for_each(timing::recognised);
                        crate::json::from_str(&said).map(|said| (said, failed)).map_err(|error| error.to_string())
                    }
                    Outcome::Replied(Reply::Failed(sentence), _) => Err(sentence),
                    Outcome::Unreadable => Err(JobFailure::PictureGone.to_string()),
                    Outcome::NotStarted => Err(JobFailure::NotStarted.to_string()),
                    _ => Err(JobFailure::Crashed.to_string()),
                };
                (done.dispatch)(LibraryAction::Recognised(job, said));
            }),
        });
        self.looking.replace(Some((job, Some(ticket))));
    }

    fn is_looking(&self, job: FetchId) -> bool {
        self.looking.borrow().is_some_and(|(looking, _)| looking == job)
    }

    /// The library is closed: what was looked for is not any more.
    pub fn leave(&self) {
        let looked = self.looking.take();
        if let Some((_, Some(ticket))) = looked {
            self.pool.cancel(ticket);
        }
    }

    /// One after the other, so that no more than one is in memory.
    async fn hash_all(&self, files: &[Need]) -> Result<Vec<(Sha256, u64)>, String> {
        let mut all = Vec::new();
        for need in files {
            let hash = async {
                let file = self.shelves.get(need, &fetch::stopper()?).await?.ok_or("it is not there")?;
                // An error page is kept by nobody.
                if !intake::is_picture(&file).await {
                    return Err("what came is no picture".to_owned());
                }
                Ok((fetch::hash(&file).await?, file.size() as u64))
            };
            all.push(hash.await.map_err(|why: String| not_used(need, &why))?);
        }
        Ok(all)
    }

    async fn fetch(self: &Rc<Self>, id: FetchId, files: &[Need]) {
        let came = match self.all(files).await {
            Ok(files) => bytes_of(&files).await,
            Err(why) => Err(why),
        };
        (self.dispatch)(LibraryAction::FilesFetched(id, came));
    }

    /// All of them, side by side, `undefined` where there is none; the first that does not come is why the others don't.
    async fn all(self: &Rc<Self>, files: &[Need]) -> Result<Array, String> {
        let stop = fetch::stopper()?;
        let all: Array = files
            .iter()
            .map(|need| {
                let (this, need, stop) = (Rc::clone(self), need.clone(), stop.clone());
                future_to_promise(async move {
                    let file = this.shelves.get(&need, &stop).await.map_err(|why| JsValue::from(not_used(&need, &why)))?;
                    Ok(file.map_or(JsValue::UNDEFINED, JsValue::from))
                })
            })
            .collect();
        let came = JsFuture::from(Promise::all(&all)).await.map_err(|why| {
            stop.abort();
            why.as_string().unwrap_or_default()
        })?;
        Ok(Array::from(&came))
    }
}

/// The bytes of these files, none where there is none.
async fn bytes_of(files: &Array) -> Result<Vec<Option<Vec<u8>>>, String> {
    let mut all = Vec::new();
    for file in files.iter() {
        let Ok(file) = file.dyn_into::<Blob>() else {
            all.push(None);
            continue;
        };
        let bytes = JsFuture::from(file.array_buffer()).await;
        let bytes = bytes.map_err(|_| "The browser could not read a file that it has just fetched. Try again.".to_owned())?;
        all.push(Some(Uint8Array::new(&bytes).to_vec()));
    }
    Ok(all)
}
