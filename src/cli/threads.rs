//! Sharing work between threads.

use crate::vision::{Cancelled, Crew, ExamineError, Ignore, Linked, Watch, at_once};

/// Does the work on so many threads, each a hand of one crew that comes to the same result. `watch` hears of the first.
pub(super) fn together<T>(
    threads: usize,
    watch: &mut dyn Watch,
    work: impl AsyncFn(&mut dyn Watch, &mut dyn Crew) -> Result<T, ExamineError> + Sync,
) -> Result<T, ExamineError> {
    let mut crew = Linked::together(threads).into_iter();
    let Some(mut first) = crew.next() else { return Err(Cancelled.into()) };
    std::thread::scope(|scope| {
        for mut hand in crew {
            let work = &work;
            scope.spawn(move || drop(at_once(work(&mut Ignore, &mut hand))));
        }
        at_once(work(watch, &mut first))
    })
}
