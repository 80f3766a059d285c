//! The same work on every row, on as many threads as there are.

/// Rows that one thread takes at a time.
const ROWS: usize = 8;

/// Calls `work` with the number and the values of every row of `data`, in no particular order.
pub(crate) fn over_rows<T: Send>(data: &mut [T], width: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut shares: Vec<Vec<(usize, &mut [T])>> = (0..threads).map(|_| Vec::new()).collect();
    for (number, band) in data.chunks_mut(width * ROWS).enumerate() {
        shares[number % threads].push((number * ROWS, band));
    }
    std::thread::scope(|scope| {
        for share in shares {
            scope.spawn(|| {
                for (first, band) in share {
                    for (offset, row) in band.chunks_mut(width).enumerate() {
                        work(first + offset, row);
                    }
                }
            });
        }
    });
}
