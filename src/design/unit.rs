//! Lengths, and the units that they are written in.

/// Millimetres that no place of a board is away from where its file counts from.
pub(super) const FURTHEST_MM: f64 = 10_000.0;
pub(super) const MM_PER_INCH: f64 = 25.4;
/// A board of this many units from part to part is measured in mils.
const LONGEST_BOARD_MM: f64 = 1_000.0;

/// A unit of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Millimetre,
    /// A thousandth of an inch.
    Mil,
    Inch,
}

impl Unit {
    /// This many units in millimetres.
    pub(super) fn mm(self, length: f64) -> f64 {
        length
            * match self {
                Self::Millimetre => 1.0,
                Self::Mil => 0.0254,
                Self::Inch => MM_PER_INCH,
            }
    }

    /// The unit that this word names.
    pub(super) fn named(word: &str) -> Option<Self> {
        match word {
            "mm" | "millimeter" | "millimeters" | "millimetre" | "millimetres" | "metric" => Some(Self::Millimetre),
            "mil" | "mils" | "thou" | "imperial" => Some(Self::Mil),
            "inch" | "inches" => Some(Self::Inch),
            _ => None,
        }
    }

    /// The unit that stands behind a number, or behind the name of a column: there `in` is no word of a sentence.
    pub(super) fn behind(word: &str) -> Option<Self> {
        if matches!(word, "in" | "\"") { Some(Self::Inch) } else { Self::named(word) }
    }

    /// The unit that these places are most likely in when none is named.
    pub(super) fn assumed(places: &[[f64; 2]]) -> Self {
        let along = |axis: fn(&[f64; 2]) -> f64| {
            let (least, most) = places
                .iter()
                .map(axis)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), at| (least.min(at), most.max(at)));
            most - least
        };
        if along(|[x, _]| *x).max(along(|[_, y]| *y)) > LONGEST_BOARD_MM { Self::Mil } else { Self::Millimetre }
    }
}

/// True for a number of millimetres, or degrees, that may be.
pub(super) fn is_near(number: f64) -> bool {
    number.abs() <= FURTHEST_MM
}

/// The number that a cell holds, and the unit behind it: `12.7`, `12,7`, `500mil`, `0.5 in`.
pub(super) fn number(cell: &str) -> Option<(f64, Option<Unit>)> {
    let cell = cell.trim();
    let end = cell.find(|c: char| c.is_alphabetic() && !matches!(c, 'e' | 'E') || c == '"').unwrap_or(cell.len());
    let (digits, unit) = cell.split_at_checked(end)?;
    let digits = digits.trim();
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" => None,
        word => Some(Unit::behind(word)?),
    };
    let number: f64 = if digits.contains('.') { digits.parse() } else { digits.replacen(',', ".", 1).parse() }.ok()?;
    number.is_finite().then_some((number, unit))
}

#[test]
fn numbers_are_read_with_their_units() {
    for (cell, expected) in [
        ("12.7", Some((12.7, None))),
        (" -12,7 ", Some((-12.7, None))),
        ("500mil", Some((500.0, Some(Unit::Mil)))),
        ("1.5e1 mm", Some((15.0, Some(Unit::Millimetre)))),
        ("0.5in", Some((0.5, Some(Unit::Inch)))),
        ("+3\"", Some((3.0, Some(Unit::Inch)))),
        ("1,234.5", None),
        ("12 parsecs", None),
        ("1e999", None),
        ("nan", None),
        ("", None),
    ] {
        assert_eq!(number(cell), expected, "{cell:?}");
    }
}
