//! JSON that has one form only (RFC 8785), so that the same report has the same digest wherever it was written.
//!
//! Names in rising order, no white space, numbers as ECMAScript writes them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

/// The value in its one form, in UTF-8. Every number has to be finite.
#[must_use]
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory can't fail, and a value has no keys that are no text.
    drop(value.serialize(&mut Serializer::with_formatter(&mut bytes, Canonical)));
    bytes
}

/// `serde_json` writes objects in rising order of their names' bytes; for names in ASCII, as all of ours are, that is the order of UTF-16.
struct Canonical;

impl Formatter for Canonical {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(number(value).as_bytes())
    }
}

/// ECMA-262, `Number::toString` with radix 10. The digits are those of `serde_json`, the shortest that read as the number and of two
/// equally near ones the even one, as the standard wants it; the standard library takes the upper one.
fn number(value: f64) -> String {
    let shortest = serde_json::to_string(&value.abs()).unwrap_or_default();
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, part].concat();
    let significant = all.trim_start_matches('0');
    let digits = significant.trim_end_matches('0').to_owned();
    if digits.is_empty() {
        return "0".to_owned();
    }
    // The decimal point stands behind so many of the digits.
    let point = whole.len() as isize + exponent.parse::<isize>().unwrap_or(0) - (all.len() - significant.len()) as isize;
    let zeros = |count: isize| "0".repeat(usize::try_from(count).unwrap_or(0));
    let count = digits.len() as isize;
    let text = match point {
        1..=21 if count <= point => digits + &zeros(point - count),
        1..=21 => {
            let (whole, part) = digits.split_at(point as usize);
            format!("{whole}.{part}")
        }
        -5..=0 => format!("0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            let sign = if point > 0 { "+" } else { "-" };
            format!("{first}{dot}{rest}e{sign}{}", (point - 1).abs())
        }
    };
    if value < 0.0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_says() {
        // RFC 8785, appendix B, by their bits.
        for (bits, text) in [
            (0x0000_0000_0000_0000_u64, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(number(f64::from_bits(bits)), text, "{bits:x}");
        }
    }

    #[test]
    fn objects_are_sorted_and_texts_are_escaped_as_little_as_possible() {
        let value = serde_json::json!({"b": [1, 2.5, -0.0, true, null], "a": "\u{20ac}$\u{f}\nA'B\"\\\\\"/", "": {}});
        let text = String::from_utf8(canonical(&value)).unwrap();
        assert_eq!(text, "{\"\":{},\"a\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"b\":[1,2.5,0,true,null]}");
    }
}
