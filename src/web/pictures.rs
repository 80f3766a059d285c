//! The pictures in memory: offered files by their numbers, kept pictures by their hashes.

use std::cell::{Cell, RefCell};

use web_sys::{Blob, Url};

use crate::app::OfferId;
use crate::sorted::SortedMap;
use crate::vision::Sha256;

/// Pixels from which a picture is large: of its memory only one owner is given some at a time, and nobody keeps it for later.
pub(super) const LARGE_PX: u64 = 24_000_000;

/// Blobs are handles: the bytes are the browser's, and no copy of them is on the page's heap.
#[derive(Default)]
pub(super) struct Pictures {
    last_offer: Cell<u32>,
    offers: RefCell<SortedMap<OfferId, Blob>>,
    addresses: RefCell<SortedMap<OfferId, String>>,
    kept: RefCell<SortedMap<Sha256, Blob>>,
}

impl Pictures {
    /// Gives the file a number.
    pub(super) fn offer(&self, file: Blob) -> OfferId {
        let id = OfferId(self.last_offer.get().wrapping_add(1));
        self.last_offer.set(id.0);
        self.offers.borrow_mut().insert(id, file);
        id
    }

    pub(super) fn offered(&self, offer: OfferId) -> Option<Blob> {
        self.offers.borrow().get(&offer).cloned()
    }

    /// The same file, from now on in this copy of it.
    pub(super) fn replace(&self, offer: OfferId, copy: Blob) {
        if let Some(blob) = self.offers.borrow_mut().get_mut(&offer) {
            *blob = copy;
        }
    }

    pub(super) fn forget(&self, offer: OfferId) {
        drop(self.take(offer));
    }

    /// An address of the file for an image of the page; it ends when the file is no longer offered.
    pub(super) fn address(&self, offer: OfferId) -> Option<String> {
        let mut addresses = self.addresses.borrow_mut();
        if let Some(address) = addresses.get(&offer) {
            return Some(address.clone());
        }
        let address = Url::create_object_url_with_blob(&self.offered(offer)?).ok()?;
        addresses.insert(offer, address.clone());
        Some(address)
    }

    /// The file, which is no longer offered.
    pub(super) fn take(&self, offer: OfferId) -> Option<Blob> {
        if let Some(address) = self.addresses.borrow_mut().remove(&offer) {
            // An address that is gone already needs no revoking.
            drop(Url::revoke_object_url(&address));
        }
        self.offers.borrow_mut().remove(&offer)
    }

    /// The offered file is this picture.
    pub(super) fn accept(&self, offer: OfferId, sha256: Sha256) {
        if let Some(blob) = self.take(offer) {
            self.keep(sha256, blob);
        }
    }

    pub(super) fn keep(&self, sha256: Sha256, blob: Blob) {
        self.kept.borrow_mut().insert(sha256, blob);
    }

    pub(super) fn get(&self, sha256: Sha256) -> Option<Blob> {
        self.kept.borrow().get(&sha256).cloned()
    }
}
