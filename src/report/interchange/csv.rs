//! A table of findings (RFC 4180).

use super::record::kind_word;
use super::selector::decimal;
use crate::report::{Finding, words};

const HEADER: &str =
    "number,kind,designator,severity,verdict,x_px,y_px,width_px,height_px,x_mm,y_mm,width_mm,height_mm,score,tags,note";

/// One row per finding, UTF-8 without a byte order mark, lines ended by CRLF. Places are those of the box around the
/// finding's shapes; millimetres stay empty when nobody knows how large one is.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
#[must_use]
pub fn to_csv(findings: &[Finding], px_per_mm: Option<f64>) -> String {
    let density = px_per_mm.filter(|density| density.is_finite() && *density > 0.0);
    let mut table = HEADER.to_owned() + "\r\n";
    for finding in findings.iter().filter(|finding| finding.is_valid()) {
        let Some(area) = finding.bounds() else { continue };
        let sides = [area.x, area.y, area.w, area.h];
        let px = sides.map(decimal);
        let mm = sides.map(|side| density.map(|density| decimal(side / density)).unwrap_or_default());
        let tags: Vec<_> = finding.tags.iter().map(|tag| tag.replace(';', ",")).collect();
        let cells = [
            vec![
                finding.id.0.to_string(),
                kind_word(finding.kind).to_owned(),
                text(&finding.designator),
                words::severity(finding.severity).to_lowercase(),
                words::judgement(finding.judgement).to_lowercase(),
            ],
            px.to_vec(),
            mm.to_vec(),
            vec![finding.score.map(decimal).unwrap_or_default(), text(&tags.join(";")), text(&finding.note)],
        ];
        table += &cells.concat().join(",");
        table += "\r\n";
    }
    table
}

/// A cell of text that is nothing but text, to spreadsheets too (OWASP, "CSV Injection").
fn text(words: &str) -> String {
    // Other control characters end a cell or the whole table in one reader or another.
    let mut cell: String = words.chars().map(|c| if c.is_control() && !"\t\r\n".contains(c) { '\u{fffd}' } else { c }).collect();
    // Spreadsheets of East Asia take the wide forms as well.
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        cell.insert(0, '\'');
    }
    if cell.contains(['"', ',', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
        cell = format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::report::FindingId;

    #[test]
    fn a_row_says_where_in_pixels_and_in_millimetres() {
        let finding = Finding {
            designator: "C14".into(),
            tags: vec!["power".into(), "a;b".into()],
            note: "Not \"there\",\nbut here".into(),
            score: Some(0.25),
            ..Finding::around(FindingId(3), Rect::new(10.0, -20.5, 30.0, 40.0))
        };
        let expected =
            "3,other,C14,medium,suspicious,10,-20.5,30,40,1,-2.05,3,4,0.25,\"power;a,b\",\"Not \"\"there\"\",\nbut here\"";
        assert_eq!(to_csv(std::slice::from_ref(&finding), Some(10.0)), format!("{HEADER}\r\n{expected}\r\n"));
        assert!(to_csv(&[finding], None).contains("30,40,,,,,0.25"));
    }

    #[test]
    fn no_text_is_a_formula() {
        for (words, cell) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("＝1", "'＝1"),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("a=b", "a=b"),
            ("a\0b", "a\u{fffd}b"),
        ] {
            assert_eq!(text(words), cell);
        }
    }
}
