//! One sort for every list: a sort is 5 kB of code for each type that it is compiled for, and the worker has to be sent.

/// The items by rising keys, the first number of a key before the second before the third ([`f64::total_cmp`]); what is equal stays in
/// its order. Everything that is sorted by here fits into an `f64` unchanged.
pub(crate) fn rising<T>(items: Vec<T>, key: impl Fn(&T) -> [f64; 3]) -> Vec<T> {
    let mut keys: Vec<([f64; 3], usize)> = items.iter().enumerate().map(|(place, item)| (key(item), place)).collect();
    sort(&mut keys);
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    keys.into_iter().filter_map(|(_, place)| items.get_mut(place)?.take()).collect()
}

fn sort(keys: &mut [([f64; 3], usize)]) {
    keys.sort_unstable_by(|([a, b, c], place), ([x, y, z], other)| {
        a.total_cmp(x).then(b.total_cmp(y)).then(c.total_cmp(z)).then(place.cmp(other))
    });
}

#[test]
fn equal_keys_keep_their_order() {
    let items = vec![(2.0, 'a'), (1.0, 'b'), (2.0, 'c'), (-0.0, 'd'), (0.0, 'e'), (1.0, 'f')];
    let sorted: String = rising(items, |(key, _)| [*key, 0.0, 0.0]).into_iter().map(|(_, name)| name).collect();
    assert_eq!(sorted, "debfac");
    let by_third: Vec<_> = rising(vec![3, 1, 2], |n| [1.0, 1.0, -f64::from(*n)]);
    assert_eq!(by_third, [3, 2, 1]);
}
