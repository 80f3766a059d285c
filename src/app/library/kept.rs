//! Catalogues that the browser keeps, and which hosts may be asked because of that.

use serde::{Deserialize, Serialize};

use crate::catalog::{FileEntry, Whose, whose};
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

/// True when the page may ask for this address: it is the page's own, or of a host of one of these catalogues. An address may come out of a
/// case that a stranger sent: what leaves any doubt is not asked.
#[must_use]
pub fn may_ask<'a>(address: &str, mut kept: impl Iterator<Item = &'a KeptCatalogue>) -> bool {
    match whose(address) {
        Some(Whose::Page) => true,
        // Whoever agreed to a host with encryption has not agreed to it without.
        host @ Some(Whose::Host(_)) => kept.any(|kept| whose(&kept.address) == host),
        None => false,
    }
}

#[test]
fn an_address_that_leaves_a_doubt_is_not_asked() {
    let kept = [KeptCatalogue { address: "https://boards.example/catalog.json".to_owned(), ..KeptCatalogue::default() }];
    let may = |address: &str| may_ask(address, kept.iter());
    for good in ["catalog/specimen/unit-1.jpg", "https://boards.example/x.jpg", "https://Boards.example/x.jpg"] {
        assert!(may(good), "{good}");
    }
    for bad in [
        "//evil.example/x.jpg",
        "/\\evil.example/x.jpg",
        "\\\\evil.example\\x.jpg",
        "https:/evil.example/x.jpg",
        "https:evil.example/x.jpg",
        "https:\\\\evil.example",
        "https://evil.example/x.jpg",
        "http://boards.example/x.jpg",
        "https://boards.example:8443/x.jpg",
        "https://boards.example@evil.example/x.jpg",
        "https://boards.example\\@evil.example/x.jpg",
        "\thttps://evil.example/x.jpg",
        " //evil.example",
        "ftp://boards.example/x.jpg",
        "blob:https://boards.example/1",
        "data:image/png;base64,AA",
        "../../other-site/x.jpg",
        "/other-site/x.jpg",
        "",
    ] {
        assert!(!may(bad), "{bad:?}");
    }
}
