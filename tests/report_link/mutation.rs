//! Ten thousand made-up contents; `cargo xtask campaign` has the seeds for more.

use crate::made_up;

const MUTATIONS: u64 = 10_000;

#[test]
fn made_up_contents_are_refused_or_form_a_valid_report() {
    let outcomes: Vec<_> =
        (0..MUTATIONS).map(|seed| made_up::case(seed).unwrap_or_else(|failure| panic!("seed {seed}: {failure}"))).collect();
    let opened = outcomes.iter().filter(|outcome| **outcome == "opened").count();
    assert!((1000..9000).contains(&opened), "{opened} of {MUTATIONS} opened: one side is hardly tested");
}
