//! Which catalogue, and which edition of it.

use serde::{Deserialize, Serialize};

use super::{CatalogueError, FileEntry, checks};

/// What the first file of a catalogue is called.
const FIRST: &str = "catalog.json";

/// An edition of a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Of its `catalog.json`; of the built-in catalogue relative to the page.
    pub address: String,
    /// What it calls itself; may be empty.
    pub title: String,
    /// How many times it was built.
    pub number: u64,
}

impl Edition {
    /// As a report names it.
    #[must_use]
    pub fn named(&self) -> String {
        let Self { address, title, number } = self;
        let mut name = if title.is_empty() { "Catalogue".to_owned() } else { title.clone() };
        // A manifest does not say.
        if *number > 0 {
            name += &format!(", edition {number}");
        }
        if host_of(address).is_some() { format!("{name} ({address})") } else { name }
    }

    /// One of its files, by its address.
    #[must_use]
    pub fn file(&self, file: &FileEntry) -> FileEntry {
        FileEntry { path: self.address_of(&file.path), ..*file }
    }

    /// The address of one of its files, whose path is relative to `catalog.json`; of a manifest's picture, whose path is an address, that one.
    #[must_use]
    pub fn address_of(&self, path: &str) -> String {
        if host_of(path).is_some() { path.to_owned() } else { checks::folder(&self.address) + path }
    }
}

/// The host that an address leads to, with its port, in small letters; `None` for an address of the page's own.
#[must_use]
pub fn host_of(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    rest.split(['/', '?', '#']).next().map(str::to_ascii_lowercase)
}

/// Whose file an address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// The page's own: a path of plain signs beside or below it.
    Page,
    /// That of a host: scheme, name and port, in small letters.
    Host(String),
}

/// Whose file it is; `None` for what is neither a plain address nor a plain path, such as `//host/file`, which a browser would take to be
/// another host's.
#[must_use]
pub fn whose(address: &str) -> Option<Whose> {
    match host_of(address) {
        Some(host) => {
            let (scheme, _) = address.split_once("://")?;
            checks::address(address).is_ok().then(|| Whose::Host(format!("{scheme}://{host}")))
        }
        None => checks::beside("", address).is_ok().then_some(Whose::Page),
    }
}

/// The address of a catalogue's first file or of a manifest, from what a person typed: the scheme, a stroke at the end and the file's name may be
/// missing.
///
/// # Errors
/// [`CatalogueError::BadAddress`] when it can't be one: it has a user's name or a password, a query, or spaces.
pub fn catalogue_address(typed: &str) -> Result<String, CatalogueError> {
    let typed = typed.trim();
    let (scheme, rest) = typed.split_once("://").unwrap_or(("https", typed));
    let mut address = format!("{}://{rest}", scheme.to_ascii_lowercase());
    checks::address(&address)?;
    let host = host_of(&address).unwrap_or_default();
    if host.is_empty() || address.contains(['?', '#', '@']) {
        return Err(CatalogueError::BadAddress(address.chars().take(80).collect()));
    }
    // The host is the same in capital letters; what stands behind it may not be.
    let behind: String = rest.chars().skip_while(|sign| *sign != '/').collect();
    address = format!("{}://{host}{behind}", scheme.to_ascii_lowercase());
    if !address.ends_with(".json") && !address.ends_with("/manifest") {
        let stroke = if address.ends_with('/') { "" } else { "/" };
        address = format!("{address}{stroke}{FIRST}");
    }
    Ok(address)
}

#[test]
fn an_address_may_be_typed_in_short() {
    let of = |typed: &str| catalogue_address(typed).ok();
    let whole = Some("https://boards.example/x/catalog.json".to_owned());
    for typed in ["boards.example/x", " https://boards.example/x/ ", "HTTPS://Boards.Example/x/catalog.json"] {
        assert_eq!(of(typed), whole, "{typed}");
    }
    let manifest = "https://museum.example/iiif/7/manifest";
    assert_eq!(of("museum.example/iiif/7/manifest").as_deref(), Some(manifest));
    assert_eq!(of("http://localhost:8000").as_deref(), Some("http://localhost:8000/catalog.json"));
    for typed in
        ["", "https://", "https://a:b@c.example/", "boards.example/?token=1", "file:///etc", "a b.example", "javascript://x"]
    {
        assert_eq!(of(typed), None, "{typed}");
    }
    assert_eq!(host_of("https://Boards.example:8443/x").as_deref(), Some("boards.example:8443"));
    assert_eq!(host_of("catalog/catalog.json"), None);
}
