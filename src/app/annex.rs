//! What is drawn by another programme beside the page's.

/// A screen of the annex: a programme of its own, loaded when one of its screens is first opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Annex {
    /// Catalogues, boards, references.
    Library,
    /// What this browser keeps.
    Cases,
}
