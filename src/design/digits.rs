//! Codes, and lengths without a decimal point, as plotters and drilling machines read them.

/// Which zeros a file leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Omitted {
    /// The number ends where it should.
    Leading,
    /// The number begins where it should.
    Trailing,
}

/// Digits before and behind the point that isn't written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) whole: u32,
    pub(super) fraction: u32,
    pub(super) omitted: Omitted,
}

impl Digits {
    /// The number of a word such as `-01270`, or `12.7`, which says itself where its point is; `None` when it is none.
    pub(super) fn number(self, word: &str) -> Option<f64> {
        let bare = word.strip_prefix(['+', '-']).unwrap_or(word);
        if bare.is_empty() || !bare.bytes().all(|c| c.is_ascii_digit() || c == b'.') {
            return None;
        }
        let written: f64 = bare.parse().ok()?;
        let exponent = match self.omitted {
            _ if bare.contains('.') => 0,
            Omitted::Leading => -(self.fraction as i32),
            Omitted::Trailing => self.whole as i32 - i32::try_from(bare.len()).ok()?,
        };
        let number = written * libm::exp10(f64::from(exponent));
        Some(if word.starts_with('-') { -number } else { number })
    }
}

/// The codes of a word, a letter and what stands behind it as a number each: `G1`, `X-20`, `D03`.
pub(super) fn codes(word: &str) -> impl Iterator<Item = (char, &str)> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let letter = rest.chars().next()?;
        let after = rest.get(letter.len_utf8()..)?;
        let end = after.find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))).unwrap_or(after.len());
        let (number, behind) = after.split_at_checked(end)?;
        rest = behind;
        Some((letter, number))
    })
}

#[test]
fn zeros_are_left_out_on_either_side() {
    let number = |whole, fraction, omitted, word| Digits { whole, fraction, omitted }.number(word);
    for (omitted, word, expected) in [
        (Omitted::Leading, "12345", Some(1.2345)),
        (Omitted::Leading, "-45", Some(-0.0045)),
        (Omitted::Leading, "+45", Some(0.0045)),
        (Omitted::Trailing, "0123", Some(1.23)),
        (Omitted::Trailing, "-01", Some(-1.0)),
        (Omitted::Leading, "1.5", Some(1.5)),
        (Omitted::Trailing, ".5", Some(0.5)),
        (Omitted::Leading, "", None),
        (Omitted::Leading, "-", None),
        (Omitted::Leading, "1e5", None),
        (Omitted::Leading, "--1", None),
    ] {
        let read = number(2, 4, omitted, word);
        assert_eq!(read.map(|v| (v * 1e9).round() / 1e9), expected, "{omitted:?} {word}");
    }
}

#[test]
fn a_word_is_codes() {
    assert_eq!(codes("G01X-5Y+.5D3").collect::<Vec<_>>(), [('G', "01"), ('X', "-5"), ('Y', "+.5"), ('D', "3")]);
    assert_eq!(codes("é1").collect::<Vec<_>>(), [('é', "1")]);
}
