//! One comparison by several hands.

use std::thread;

use boardwatch::vision::{Comparison, ExamineConfig, Files, Ignore, Linked, at_once, compare_files_together};

use crate::specimens::{compared, pictures};

/// However many share the work, each comes to what a hand alone comes to, bit for bit.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let (photo, reference, _) = pictures(seed);
    let alone = compared(&photo, &reference)?;
    let hands = 2 + seed as usize % 2;
    let [photo, reference] = [&photo, &reference].map(|shot| shot.jpeg(shot.quality));
    let references: [&[u8]; 1] = [&reference];
    let files = Files::of(&photo, &references);
    let together = |mut hand: Linked| {
        at_once(compare_files_together(&files, &ExamineConfig::default(), &mut Ignore, &mut hand))
            .map_err(|error| error.to_string())
    };
    let found: Vec<Result<Comparison, String>> = thread::scope(|scope| {
        let at_work: Vec<_> = Linked::together(hands).into_iter().map(|hand| scope.spawn(move || together(hand))).collect();
        at_work.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a hand panicked".to_owned()))).collect()
    });
    match found.into_iter().position(|found| found.as_ref() != Ok(&alone)) {
        Some(hand) => Err(format!("hand {hand} of {hands} found something else")),
        None if alone.differences.is_empty() => Ok("refused alike"),
        None => Ok("the same differences"),
    }
}
