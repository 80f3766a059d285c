//! Performs what the library wants done, and answers with its actions.

use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{AbortController, Blob};

use super::shelves::{Shelves, not_used};
use super::{annex, fetch, ledger, signing};
use crate::app::library::{FetchId, LibraryAction, LibraryEffect, Need};

/// The library's hands in the browser.
pub struct Librarian {
    dispatch: Rc<dyn Fn(LibraryAction)>,
    shelves: Rc<Shelves>,
}

impl Librarian {
    /// Lists what the browser keeps.
    #[must_use]
    pub fn start(dispatch: Rc<dyn Fn(LibraryAction)>) -> Rc<Self> {
        let librarian = Rc::new(Self { dispatch, shelves: Shelves::new() });
        let this = Rc::clone(&librarian);
        spawn_local(async move {
            let kept = this.shelves.catalogues().await;
            (this.dispatch)(LibraryAction::HostsKnown(ledger::all()));
            (this.dispatch)(LibraryAction::CataloguesListed(kept));
        });
        librarian
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
            LibraryEffect::KeepCatalogue(kept) => self.shelves.keep_catalogue(&kept).await,
            LibraryEffect::ForgetCatalogue(address) => self.shelves.forget_catalogue(&address).await,
            LibraryEffect::Tell(choice) => annex::tell(&choice),
        }
    }

    async fn fetch(self: &Rc<Self>, id: FetchId, files: &[Need]) {
        let came = match fetch::stopper() {
            Ok(stop) => self.all(files, &stop).await,
            Err(why) => Err(why),
        };
        (self.dispatch)(LibraryAction::HostsKnown(ledger::all()));
        (self.dispatch)(LibraryAction::FilesFetched(id, came));
    }

    /// All of them, side by side; the first that does not come is why the others don't.
    async fn all(self: &Rc<Self>, files: &[Need], stop: &AbortController) -> Result<Vec<Option<Vec<u8>>>, String> {
        let all: Array = files
            .iter()
            .map(|need| {
                let (this, need, stop) = (Rc::clone(self), need.clone(), stop.clone());
                future_to_promise(async move {
                    let file = this.shelves.get(&need, &stop).await.map_err(|why| JsValue::from(not_used(&need, &why)))?;
                    let Some(file) = file else { return Ok(JsValue::UNDEFINED) };
                    JsFuture::from(Blob::array_buffer(&file)).await
                })
            })
            .collect();
        let came = JsFuture::from(Promise::all(&all)).await.map_err(|why| {
            stop.abort();
            why.as_string().unwrap_or_default()
        })?;
        let bytes = |file: JsValue| (!file.is_undefined()).then(|| Uint8Array::new(&file).to_vec());
        Ok(Array::from(&came).iter().map(bytes).collect())
    }
}
