//! A font of strokes, as plotters and laser markers draw: each glyph is a few polylines on a grid 4 wide and 6 high.

/// Grid units from one glyph to the next.
const ADVANCE: f64 = 5.6;

/// The strokes of a sign: pairs of digits (x, y), strokes parted by blanks; empty for a sign the font does not have.
fn strokes(sign: char) -> &'static str {
    match sign {
        'A' => "062046 1434",
        'B' => "06003041423303 3344453606",
        'C' => "4130100105163645",
        'D' => "06003041453606",
        'E' => "40000646 0333",
        'F' => "400006 0333",
        'G' => "41301001051636454323",
        'H' => "0006 4046 0343",
        'I' => "1030 2026 1636",
        'J' => "4045361605",
        'K' => "0006 400346",
        'L' => "000646",
        'M' => "0600234046",
        'N' => "06004640",
        'O' => "100105163645413010",
        'P' => "06003041423303",
        'Q' => "100105163645413010 2446",
        'R' => "06003041423303 2346",
        'S' => "413010010213334445361605",
        'T' => "0040 2026",
        'U' => "000516364540",
        'V' => "002640",
        'W' => "0016233640",
        'X' => "0046 4006",
        'Y' => "002340 2326",
        'Z' => "00400646",
        '0' => "100105163645413010 3214",
        '1' => "112026 1636",
        '2' => "01103041420646",
        '3' => "01103041423313 334445361605",
        '4' => "36300444",
        '5' => "400003334445361605",
        '6' => "4130100105163645443303",
        '7' => "004016",
        '8' => "13020110304142331304051636454433",
        '9' => "0516364541301001021343",
        '-' => "1333",
        '+' => "0343 2125",
        '.' => "2626",
        ':' => "2222 2525",
        '/' => "0640",
        '_' => "0646",
        _ => "",
    }
}

/// The width of a line of text of this height, in the same unit.
pub(crate) fn text_width(text: &str, height: f64) -> f64 {
    (text.chars().count() as f64 * ADVANCE - (ADVANCE - 4.0)).max(0.0) * height / 6.0
}

/// Calls `draw` with the two ends of every stroke of a line of text, centred on (0, 0), y down.
pub(crate) fn draw_text(text: &str, height: f64, mut draw: impl FnMut([f64; 2], [f64; 2])) {
    let scale = height / 6.0;
    let left = -text_width(text, height) / 2.0;
    for (column, sign) in text.chars().enumerate() {
        let origin = left + column as f64 * ADVANCE * scale;
        for stroke in strokes(sign).split(' ').filter(|stroke| !stroke.is_empty()) {
            let at = |pair: &[u8]| [origin + f64::from(pair[0] - b'0') * scale, (f64::from(pair[1] - b'0') - 3.0) * scale];
            let points: Vec<_> = stroke.as_bytes().chunks_exact(2).map(at).collect();
            points.windows(2).for_each(|ends| draw(ends[0], ends[1]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_stays_on_its_grid() {
        for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+.:/_".chars() {
            let mut drawn = 0;
            draw_text(&sign.to_string(), 6.0, |a, b| {
                drawn += 1;
                for [x, y] in [a, b] {
                    assert!(x.abs() <= 2.0 && y.abs() <= 3.0, "{sign}");
                }
            });
            assert!(drawn > 0, "{sign}");
        }
    }

    #[test]
    fn a_word_is_as_wide_as_it_says() {
        let mut low_high = (f64::MAX, f64::MIN);
        draw_text("EH", 3.0, |a, b| low_high = (low_high.0.min(a[0]).min(b[0]), low_high.1.max(a[0]).max(b[0])));
        assert!((low_high.1 - low_high.0 - text_width("EH", 3.0)).abs() < 1e-9);
    }
}
