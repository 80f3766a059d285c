//! Catalogues that the browser keeps, and which hosts may be asked because of that.

use serde::{Deserialize, Serialize};

use crate::catalog::{FileEntry, host_of};
use crate::report::PublicKey;
use crate::vision::Sha256;

/// A catalogue as this browser keeps it. That it is kept says that the person has agreed to its host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCatalogue {
    /// Of its `catalog.json`.
    pub address: String,
    /// What it called itself last time.
    #[serde(default)]
    pub title: String,
    /// Whose signature it had when it was first opened: any other is a change that the person has to accept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PublicKey>,
    /// Where it takes contributions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribute: Option<String>,
    /// Of a manifest: pictures by their addresses, and what their files were when they were first fetched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<FileEntry>,
    /// Of the `catalog.json` that was seen last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Sha256>,
}

/// True when the page may ask for this address: it is the page's own, or of a host of one of these catalogues.
#[must_use]
pub fn may_ask<'a>(address: &str, mut kept: impl Iterator<Item = &'a KeptCatalogue>) -> bool {
    let host = host_of(address);
    host.is_none() || kept.any(|kept| host_of(&kept.address) == host)
}
