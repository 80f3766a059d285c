//! The site as this browser keeps it, to work without a network.

/// What is known of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Offline {
    /// It was kept for the first time since the page was opened.
    pub ready: bool,
    /// Which version runs.
    pub version: Version,
    /// A part of the programme could not be loaded, or is not the one that belongs to this page.
    pub part_missing: bool,
}

/// Which version of the site runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Version {
    /// The newest that this browser knows of.
    #[default]
    Current,
    /// A newer one is kept, and waits for the person.
    Waiting,
    /// The person wants it: it takes over as soon as the open case is safe.
    Wanted,
    /// It was put off until the page is opened the next time.
    PutOff,
    /// Another tab has taken a newer one; this page is older than the site that is kept.
    Replaced,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineNews {
    /// It was kept for the first time.
    Ready,
    /// A newer version is kept, and waits.
    Waiting,
    /// Another tab has taken a newer version.
    Replaced,
    /// A part of the programme could not be loaded.
    PartMissing,
}
