//! Contents that no Boardwatch wrote, behind a checksum that fits: nothing panics, and what opens can be shared again.

use boardwatch::report::{LinkError, read_link, write_link};

use crate::envelope::{around_payload, around_plain, plain_of};
use crate::random::{self, Dice};

const MUTATIONS: u64 = 10_000;

#[test]
fn made_up_contents_are_refused_or_form_a_valid_report() {
    let plains: Vec<Vec<u8>> =
        (0..16).map(|seed| plain_of(&write_link(&random::report::draw(&mut Dice::new(seed))).unwrap())).collect();
    let (mut opened, mut refused) = (0, 0);
    for seed in 0..MUTATIONS {
        let mut dice = Dice::new(seed);
        let mut plain = plains[dice.below(plains.len())].clone();
        for _ in 0..=dice.below(3) {
            mutate(&mut plain, &mut dice);
        }
        let link = match dice.below(8) {
            0 => around_payload(&plain),
            _ => around_plain(&plain),
        };
        match read_link(&link) {
            Ok(report) => {
                opened += 1;
                assert!(report.is_valid(), "seed {seed}");
                let again = write_link(&report).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
                assert_eq!(read_link(&again), Ok(report), "seed {seed}");
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error, LinkError::OutOfLimits, "seed {seed}");
            }
        }
    }
    assert!(opened > 1000 && refused > 1000, "{opened} opened, {refused} refused: one side is hardly tested");
}

/// What a careless or a malicious writer might do to the bytes of a report.
fn mutate(plain: &mut Vec<u8>, dice: &mut Dice) {
    if plain.is_empty() {
        return;
    }
    let place = dice.below(plain.len());
    match dice.below(5) {
        0 => plain[place] ^= 1 << dice.below(8),
        1 => plain[place] = dice.next() as u8,
        2 => drop(plain.remove(place)),
        3 => plain.insert(place, dice.next() as u8),
        _ => {
            let end = (place + 1 + dice.below(9)).min(plain.len());
            plain[place..end].fill(dice.one_of(&[0, 1, 0x7f, 0x80, 0xff]));
        }
    }
}
