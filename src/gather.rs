//! Ordered sets and maps that grow item by item.
//!
//! `collect` sorts first, and each type of item brings a sort of its own: three kilobytes of the page, for a dozen items.

/// All of them; of those with the same key the last.
pub(crate) fn one_by_one<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}
