//! Who works on a case.

/// Which tab of the browser may change the open case. One at a time: two would overwrite each other's work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hold {
    /// This one.
    #[default]
    Here,
    /// Another one; this one shows what it stores.
    Elsewhere,
    /// Another one, which was asked to let go.
    Asked,
}
