//! Links that lost something on their way.

use boardwatch::report::{LinkError, read_link, write_link};

use crate::random::{self, Dice};

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn links() -> impl Iterator<Item = String> {
    (0..20).map(|seed| write_link(&random::report::bundle(&mut Dice::new(seed))).unwrap())
}

#[test]
fn a_cut_link_says_how_much_is_missing_wherever_it_was_cut() {
    for link in links() {
        for got in 1..link.len() {
            let expected = if got < "r3.".len() + 8 { LinkError::CutEarly } else { LinkError::Cut { got, expected: link.len() } };
            assert_eq!(read_link(&link[..got]), Err(expected), "{got} of {}", link.len());
        }
    }
}

#[test]
fn any_other_character_anywhere_is_noticed() {
    let link = links().min_by_key(String::len).unwrap();
    for place in "r3.".len()..link.len() {
        // All characters where length and checksum stand, and at every seventh place; one character elsewhere.
        let step = if place < 16 || place % 7 == 0 { 1 } else { 61 };
        for other in ALPHABET.chars().skip(place % step).step_by(step) {
            let mut changed = link.clone();
            changed.replace_range(place..=place, other.encode_utf8(&mut [0; 4]));
            if changed != link {
                assert_eq!(read_link(&changed), Err(LinkError::Altered), "{other} at {place}");
            }
        }
    }
}

#[test]
fn what_was_put_in_or_swapped_is_noticed() {
    for link in links() {
        for place in ("r3.".len()..link.len() - 1).step_by(5) {
            let mut longer = link.clone();
            longer.insert(place, 'x');
            assert!(matches!(read_link(&longer), Err(LinkError::Altered | LinkError::Cut { .. })), "x put in at {place}");
            let (a, b) = (&link[place..=place], &link[place + 1..place + 2]);
            let swapped = format!("{}{b}{a}{}", &link[..place], &link[place + 2..]);
            assert!(a == b || read_link(&swapped).is_err(), "{place} and its neighbour swapped");
        }
        for tail in [" ", "%20", "\n", ".", ")", "é", "A", "AAAA"] {
            assert_eq!(read_link(&format!("{link}{tail}")), Err(LinkError::Altered), "{tail:?} behind it");
        }
    }
}

#[test]
fn what_is_no_report_says_so() {
    let newer = |version: &str| Err(LinkError::Newer { version: version.to_owned() });
    assert_eq!(read_link("r4.AAAA"), newer("4"));
    assert_eq!(read_link("r17."), newer("17"));
    for foreign in ["", "case", "section-3", "r.AA", "r0.AA", "r01.AA", "r99999.AA", "rx2.AA", "R1.AA", "é", "#r3.", "r4"] {
        assert_eq!(read_link(foreign), Err(LinkError::NotAReport), "{foreign}");
    }
    for noise in ["r3.é", "r1.AAAA AAAA", "r3.AAAA=AAAA", "r3.AAAAAAAA+/"] {
        assert_eq!(read_link(noise), Err(LinkError::Altered), "{noise}");
    }
}

#[test]
fn every_refusal_is_a_sentence_with_a_next_step() {
    let errors = [
        LinkError::NotAReport,
        LinkError::Newer { version: "2".into() },
        LinkError::CutEarly,
        LinkError::Cut { got: 10, expected: 20 },
        LinkError::Altered,
        LinkError::OutOfLimits,
        LinkError::TooLong,
    ];
    for error in errors {
        let text = error.to_string();
        assert!(text.ends_with('.') && text.split(' ').count() > 8, "{text}");
    }
}
