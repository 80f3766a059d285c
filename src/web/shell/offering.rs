//! Files on their way in: those that the person gives, and those that workers make.

use std::rc::Rc;

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, File, HtmlInputElement};

use super::Shell;
use crate::app::{Action, Annex, Offer, OfferId, Purpose};
use crate::vision::Sha256;
use crate::web::annex;
use crate::web::camera::Viewfinder;
use crate::web::intake::{self, Incoming};

impl Shell {
    /// Takes files that the person gave, all at once; answered by [`Action::PicturesOffered`].
    pub fn offer(self: &Rc<Self>, files: Vec<File>, purpose: Option<Purpose>) {
        if files.is_empty() {
            return;
        }
        self.timing.chosen();
        let shell = Rc::clone(self);
        spawn_local(async move {
            let mut offers = Vec::with_capacity(files.len());
            for file in files {
                let Incoming { title, blob, is_report, holds_cases, is_design } = intake::receive(file).await;
                if holds_cases {
                    shell.open_cases(blob.unchecked_into());
                    continue;
                }
                let bytes = blob.size() as u64;
                offers.push(Offer { id: shell.pictures.offer(blob), title, bytes, purpose, is_report, is_design });
            }
            if !offers.is_empty() {
                (shell.dispatch)(Action::PicturesOffered(offers));
            }
        });
    }

    /// Takes the files of a drop, and keeps the browser from opening them.
    pub fn offer_drop(self: &Rc<Self>, event: &DragEvent) {
        event.prevent_default();
        self.offer(intake::transferred(event.data_transfer().as_ref()), None);
    }

    /// Shows a screen of the annex. The library may look for the board of the photo of this name.
    pub fn open_annex(&self, screen: Annex, photo: Option<(&str, Sha256)>) {
        let file = |(title, sha256): (&str, Sha256)| {
            let parts = Array::of1(&self.pictures.get(sha256)?.into());
            File::new_with_blob_sequence(&parts, title).ok()
        };
        let file = match screen {
            Annex::Library => photo.and_then(file),
            Annex::Cases => self.cases_file.take(),
        };
        annex::open_annex(screen, file);
    }

    /// Has the annex read a file of cases.
    fn open_cases(&self, file: File) {
        if !annex::give_file(&file) {
            self.cases_file.replace(Some(file));
            (self.dispatch)(Action::OpenAnnex(Annex::Cases));
        }
    }

    /// Takes the chosen files, and empties the input so that the same file can be chosen again.
    pub fn offer_input(self: &Rc<Self>, input: &HtmlInputElement, purpose: Option<Purpose>) {
        let files = intake::listed(input.files().as_ref());
        input.set_value("");
        self.offer(files, purpose);
    }

    /// Takes a photo with the open camera; answered by [`Action::PicturesOffered`].
    pub fn take_photo(self: &Rc<Self>, viewfinder: &Rc<Viewfinder>, purpose: Purpose) {
        let (shell, viewfinder) = (Rc::clone(self), Rc::clone(viewfinder));
        spawn_local(async move {
            let Some(blob) = viewfinder.photo().await else { return };
            // As of every picture that went through the browser's canvas.
            let (title, bytes) = ("photo.jpg (converted by the browser)".to_owned(), blob.size() as u64);
            let offer = Offer {
                id: shell.pictures.offer(blob),
                title,
                bytes,
                purpose: Some(purpose),
                is_report: false,
                is_design: false,
            };
            (shell.dispatch)(Action::PicturesOffered(vec![offer]));
        });
    }

    /// Takes a chosen file of findings, and empties the input; answered by [`Action::ImportFindings`].
    pub fn import_input(self: &Rc<Self>, input: &HtmlInputElement) {
        let files = intake::listed(input.files().as_ref());
        input.set_value("");
        let Some(file) = files.into_iter().next() else { return };
        let (title, bytes) = (file.name(), file.size() as u64);
        (self.dispatch)(Action::ImportFindings(Offer {
            id: self.pictures.offer(file.into()),
            title,
            bytes,
            purpose: None,
            is_report: false,
            is_design: false,
        }));
    }

    /// Keeps what a worker made.
    pub(super) fn keep(&self, buffers: &[ArrayBuffer]) -> Vec<OfferId> {
        buffers.iter().filter_map(intake::file).map(|file| self.pictures.offer(file)).collect()
    }

    /// An address of an offered file for the page's own use, until the file is forgotten.
    #[must_use]
    pub fn address_of(&self, offer: OfferId) -> Option<String> {
        self.pictures.address(offer)
    }
}
