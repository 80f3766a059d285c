//! The arithmetic of aperture macros (Gerber layer format specification, 4.5.4).

use crate::design::unit::is_near;

/// Brackets within one another.
const MOST_DEPTH: usize = 50;

/// What an expression such as `$1X2-(0.5+$2)` comes to, with `$1` as the first of the variables; those that are not given are 0. `None` when it is none, or larger than any board.
pub(super) fn value(expression: &str, variables: &[f64]) -> Option<f64> {
    let mut reading = Reading { rest: expression, variables };
    let value = reading.sum(0)?;
    (reading.rest.is_empty() && is_near(value)).then_some(value)
}

struct Reading<'a> {
    rest: &'a str,
    variables: &'a [f64],
}

impl Reading<'_> {
    fn take(&mut self, accepted: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|first| accepted.contains(first))?;
        self.rest = self.rest.get(first.len_utf8()..)?;
        Some(first)
    }

    fn sum(&mut self, depth: usize) -> Option<f64> {
        let mut sum = self.product(depth)?;
        while let Some(sign) = self.take(&['+', '-']) {
            let next = self.product(depth)?;
            sum += if sign == '-' { -next } else { next };
        }
        Some(sum)
    }

    fn product(&mut self, depth: usize) -> Option<f64> {
        let mut product = self.factor(depth)?;
        while let Some(sign) = self.take(&['x', 'X', '/']) {
            let next = self.factor(depth)?;
            product = if sign == '/' { product / next } else { product * next };
        }
        Some(product)
    }

    fn factor(&mut self, depth: usize) -> Option<f64> {
        let mut is_negative = false;
        while let Some(sign) = self.take(&['+', '-']) {
            is_negative ^= sign == '-';
        }
        let value = if self.take(&['(']).is_some() {
            if depth >= MOST_DEPTH {
                return None;
            }
            let inside = self.sum(depth + 1)?;
            self.take(&[')'])?;
            inside
        } else if self.take(&['$']).is_some() {
            let number: usize = self.digits(|c| c.is_ascii_digit())?.parse().ok()?;
            self.variables.get(number.checked_sub(1)?).copied().unwrap_or(0.0)
        } else {
            self.digits(|c| c.is_ascii_digit() || c == '.')?.parse().ok()?
        };
        Some(if is_negative { -value } else { value })
    }

    fn digits(&mut self, is_one: impl Fn(char) -> bool) -> Option<&str> {
        let end = self.rest.find(|c| !is_one(c)).unwrap_or(self.rest.len());
        let (digits, behind) = self.rest.split_at_checked(end)?;
        self.rest = behind;
        Some(digits)
    }
}

#[test]
fn macros_reckon() {
    let close = |text: &str, variables: &[f64]| value(text, variables).map(|v| (v * 1e6).round() / 1e6);
    for (text, expected) in [
        ("1.5", Some(1.5)),
        (".5", Some(0.5)),
        ("-$1", Some(-2.0)),
        ("$1+$2x3", Some(11.0)),
        ("($1+$2)X3", Some(15.0)),
        ("1.8+1X0+0.1", Some(1.9)),
        ("$1-$2", Some(-1.0)),
        ("8-4-2", Some(2.0)),
        ("8/4/2", Some(1.0)),
        ("1.08239X$1", Some(2.16478)),
        ("2X-3", Some(-6.0)),
        ("$9", Some(0.0)),
        ("$0", None),
        ("1/0", None),
        ("(1", None),
        ("1)", None),
        ("", None),
        ("1 2", None),
    ] {
        assert_eq!(close(text, &[2.0, 3.0]), expected, "{text}");
    }
    assert_eq!(value(&"(".repeat(100_000), &[]), None);
}
