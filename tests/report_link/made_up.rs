//! Contents that no Boardwatch wrote, behind a checksum that fits; one per seed.

use std::sync::OnceLock;

use boardwatch::report::{LinkError, read_link, write_link};

use crate::envelope::{Plain, around_payload, around_plain, plain_of};
use crate::random::{self, Dice, mutation};

/// Made-up contents are out of limits, or form a valid report that can be shared again; says which.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    static PLAINS: OnceLock<Vec<Plain>> = OnceLock::new();
    let plains = PLAINS.get_or_init(|| {
        let plain = |seed| plain_of(&write_link(&random::report::bundle(&mut Dice::new(seed))).expect("a drawn report is valid"));
        (0..16).map(plain).collect()
    });
    let mut dice = Dice::new(seed);
    let mut plain = plains[dice.below(plains.len())].clone();
    let part = if dice.chance(4) { &mut plain.texts } else { &mut plain.numbers };
    mutation::mutate(part, &mut dice, &[], &[]);
    let link = if dice.chance(8) { around_payload(&[plain.numbers, plain.texts].concat()) } else { around_plain(&plain) };
    match read_link(&link) {
        Ok(report) if !report.is_valid() => Err(format!("a report that is not valid was opened from {link}")),
        Ok(report) => match write_link(&report).map(|again| read_link(&again)) {
            Ok(Ok(again)) if again == report => Ok("opened"),
            other => Err(format!("{link} opens, and shared again it gives {other:?}")),
        },
        Err(LinkError::OutOfLimits) => Ok("out of limits"),
        Err(error) => Err(format!("{link} is whole, but: {error}")),
    }
}
