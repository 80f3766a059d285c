//! How large a part is, as the name of its package tells.

/// Two-terminal chips by their code in hundredths of an inch: length and width in millimetres (EIA-198, IPC-7351).
const CHIPS: [(&str, [f64; 2]); 10] = [
    ("01005", [0.4, 0.2]),
    ("0201", [0.6, 0.3]),
    ("0402", [1.0, 0.5]),
    ("0603", [1.6, 0.8]),
    ("0805", [2.0, 1.25]),
    ("1206", [3.2, 1.6]),
    ("1210", [3.2, 2.5]),
    ("1812", [4.5, 3.2]),
    ("2010", [5.0, 2.5]),
    ("2512", [6.3, 3.2]),
];
/// Packages with one size, leads included, by how their names begin in small letters and without what is no letter or digit; longer ones first.
const KNOWN: [(&str, [f64; 2]); 14] = [
    ("sot223", [7.0, 6.5]),
    ("sot235", [2.8, 2.9]),
    ("sot236", [2.8, 2.9]),
    ("sot23", [2.4, 2.9]),
    ("sot323", [2.1, 2.0]),
    ("sot353", [2.1, 2.0]),
    ("sot363", [2.1, 2.0]),
    ("sot89", [4.1, 4.5]),
    ("sod123", [3.7, 1.6]),
    ("sod323", [2.5, 1.25]),
    ("sod523", [1.6, 0.8]),
    ("sma", [5.2, 2.6]),
    ("smb", [5.4, 3.6]),
    ("smc", [7.9, 5.9]),
];
/// Leads on two sides, by how the name begins: what they add to the body's width, and the pitch and width of one whose body is not told.
const DUAL: [(&str, f64, f64, f64); 8] = [
    ("soic", 2.1, 1.27, 6.0),
    ("tssop", 2.0, 0.65, 6.4),
    ("msop", 1.9, 0.65, 4.9),
    ("vssop", 1.9, 0.5, 4.9),
    ("ssop", 2.5, 0.65, 7.8),
    ("tsop", 1.8, 0.5, 20.0),
    ("sop", 2.1, 1.27, 6.0),
    ("so", 2.1, 1.27, 6.0),
];
/// Packages that are flat, whatever their size: at most some two millimetres above the board.
const FLAT: [&str; 22] = [
    "soic", "tssop", "msop", "vssop", "ssop", "tsop", "sop", "so", "qfp", "lqfp", "tqfp", "pqfp", "qfn", "vqfn", "wqfn", "dfn",
    "son", "bga", "fbga", "lga", "sod", "powerpak",
];
/// What leads add to each side of a flat package with four sides.
const QUAD_LEADS_MM: f64 = 2.0;
/// No part is larger than this, and what is smaller is none.
const SIZES_MM: [f64; 2] = [0.1, 400.0];

/// Width and depth in millimetres of a part that is not turned, leads included; `None` where the name doesn't say. Names as KiCad, IPC-7351 and shops
/// write them: `R_0603_1608Metric`, `CAPC1608X90N`, `C0402`, `SOIC-8_3.9x4.9mm_P1.27mm`, `QFN-24-1EP_4x4mm`, `SOT-23-5`.
pub(super) fn size_of(package: &str) -> Option<[f64; 2]> {
    let name = package.rsplit(':').next().unwrap_or(package).to_ascii_lowercase();
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let dual = DUAL.iter().find(|(begin, ..)| plain.starts_with(begin));
    let is_quad = ["qfp", "lqfp", "tqfp", "pqfp"].iter().any(|begin| plain.starts_with(begin));
    if let Some([w, h]) = written(&name) {
        return Some(match dual {
            Some((_, leads, ..)) => [w + leads, h],
            None if is_quad => [w + QUAD_LEADS_MM, h + QUAD_LEADS_MM],
            None => [w, h],
        });
    }
    if let Some(size) = metric_chip(&name) {
        return Some(size);
    }
    if let Some((_, size)) = KNOWN.iter().find(|(begin, _)| plain.starts_with(begin)) {
        return Some(*size);
    }
    if let Some((begin, _, pitch, width)) = dual {
        let pins = digits(plain.get(begin.len()..)?)?;
        let length = f64::from(pins) / 2.0 * pitch;
        return (4..=64).contains(&pins).then_some([*width, length]);
    }
    chip(&name)
}

/// True for a package of a kind that never stands high above the board.
pub(super) fn is_flat(package: &str) -> bool {
    let name = package.rsplit(':').next().unwrap_or(package).to_ascii_lowercase();
    let kind: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
    FLAT.contains(&kind.as_str())
}

/// `4x4mm`, `3.9x4.9mm`: the first two numbers with an x between them and the unit behind.
fn written(name: &str) -> Option<[f64; 2]> {
    name.split(['_', ' ', '-']).find_map(|word| {
        let (w, h) = word.strip_suffix("mm")?.split_once('x')?;
        // Some names tell the height as well.
        let h = h.split('x').next()?;
        sides(w.parse().ok()?, h.parse().ok()?)
    })
}

fn sides(w: f64, h: f64) -> Option<[f64; 2]> {
    let fits = |v: f64| (SIZES_MM[0]..SIZES_MM[1]).contains(&v);
    (fits(w) && fits(h)).then_some([w, h])
}

/// `1608Metric`, and `RESC1608X55N`: tenths of millimetres.
fn metric_chip(name: &str) -> Option<[f64; 2]> {
    let of_kicad = name.split(['_', ' ', '-']).find_map(|word| word.strip_suffix("metric"));
    let of_ipc = ["resc", "capc", "indc", "ledc", "ferc", "diosc"].iter().find_map(|begin| name.strip_prefix(begin));
    let code: String = of_kicad.or(of_ipc)?.chars().take_while(char::is_ascii_digit).collect();
    let (length, width) = code.get(..2).zip(code.get(2..4)).filter(|_| code.len() == 4)?;
    sides(length.parse::<f64>().ok()? / 10.0, width.parse::<f64>().ok()? / 10.0)
}

/// A chip's code that stands alone, or behind the letter of a kind of part: `0603`, `R0603`, `0603-RES`.
fn chip(name: &str) -> Option<[f64; 2]> {
    name.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
        let code = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = word.len() - code.len();
        let (_, size) = CHIPS.iter().find(|(known, _)| *known == code)?;
        (letters <= 4).then_some(*size)
    })
}

fn digits(text: &str) -> Option<u32> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_packages_tell_their_size() {
        let sizes = [
            ("R_0603_1608Metric", [1.6, 0.8]),
            ("Resistor_SMD:R_0402_1005Metric_Pad0.72x0.64mm_HandSolder", [1.0, 0.5]),
            ("CAPC1608X90N", [1.6, 0.8]),
            ("C0805", [2.0, 1.25]),
            ("0402", [1.0, 0.5]),
            ("LED_0603", [1.6, 0.8]),
            ("SOIC-8_3.9x4.9mm_P1.27mm", [6.0, 4.9]),
            ("LQFP-48_7x7mm_P0.5mm", [9.0, 9.0]),
            ("QFN-24-1EP_4x4mm", [4.0, 4.0]),
            ("SOT-23", [2.4, 2.9]),
            ("SOT-23-5", [2.8, 2.9]),
            ("SOIC8", [6.0, 5.08]),
            ("SO-16", [6.0, 10.16]),
            ("CP_Elec_6.3x7.7mm", [6.3, 7.7]),
        ];
        for (name, size) in sizes {
            let found = size_of(name).unwrap_or_else(|| panic!("{name}"));
            assert!((0..2).all(|k| (found[k] - size[k]).abs() < 1e-9), "{name}: {found:?}");
        }
    }

    #[test]
    fn a_name_that_tells_nothing_is_no_size() {
        for name in
            ["", "CONN", "JST-XH", "MP16030603X", "0x0mm", "infxnanmm", "9e999x1mm", "SOIC", "SOIC-999999999999", "ü0603é"]
        {
            assert_eq!(size_of(name), None, "{name}");
        }
    }

    #[test]
    fn circuits_are_flat_and_sockets_are_not() {
        assert!(["SOIC-8_3.9x4.9mm", "Package_DFN_QFN:QFN-24_4x4mm", "LQFP48", "BGA-256"].into_iter().all(is_flat));
        assert!(!["SOCKET_10x10mm", "CP_Elec_6.3x7.7", "", "Sonic", "L_12x12mm"].into_iter().any(is_flat));
    }
}
