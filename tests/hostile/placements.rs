//! Files of design programmes, which say where parts belong.

use std::sync::LazyLock;

use boardwatch::design::{Design, MOST_PLACEMENTS, read_design};

use super::{Parser, refused};

/// No board is longer, many times over.
const FURTHEST_MM: f64 = 10_000.0;

pub(crate) static PLACEMENTS: Parser = Parser {
    files: LazyLock::new(|| {
        let table = |text: &str| text.as_bytes().to_vec();
        let wide = |text: &str| [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        vec![
            table(
                "### Footprint positions ###\n## Unit = mm, Angle = deg.\n# Ref Val Package PosX PosY Rot Side\nR1 10k R_0603 12.70 25.40 90.0 top\nC2 100 nF C_0402 5.08 2.54 270.0 bottom\n## End\n",
            ),
            table(
                "\"Designator\",\"Comment\",\"Layer\",\"Center-X(mil)\",\"Center-Y(mil)\",\"Rotation\"\n\"R1\",\"10k, 1%\",\"TopLayer\",\"500\",\"1000\",\"90\"\n\"C2\",\"\",\"BottomLayer\",\"200\",\"100\",\"270\"\n",
            ),
            table(
                "# RefDes, Description, Value, X, Y, rotation, top/bottom\n# X,Y in mils.\nR61,\"0603\",\"10\",2610.00,3560.00,90,top\n",
            ),
            table("Ref;X;Y;Side;DNP\nR1;12,7;25,4;T;\nC2;5,08mm;0.1in;B;x\n"),
            wide("Designator\tMid X\tMid Y\tLayer\tRotation\nR1\t12.7mm\t25.4mm\tT\t90\n"),
            table(
                r#"{"spec_version": 1, "pcbdata": {"footprints": [{"ref": "U1", "layer": "F", "bbox": {"pos": [10, 20], "relpos": [-1, -2], "size": [4, 2], "angle": 45}}]},
                "components": [{"ref": "U1", "val": "LM358", "footprint": "SOIC-8", "layer": "F", "extra_fields": {"MPN": "LM358DR", "DNP": "no"}}]}"#,
            ),
        ]
    }),
    words: &[
        b"Ref",
        b"PosX",
        b"PosY",
        b"Side",
        b"Mirror",
        b"DNP",
        b"Unit = ",
        b"(mil)",
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\n",
        b"#",
        b"1e308",
        b"-0",
        b"inch",
        b"\"bbox\"",
        b"\"extra_fields\"",
    ],
    sealed: None,
    read: |bytes| {
        let design = match read_design("", bytes) {
            Ok(design) => design,
            Err(error) => return refused(&error),
        };
        if design.placements.is_empty() {
            return Err("no parts".to_owned());
        }
        holds(&design)?;
        Ok("read")
    },
};

/// What must hold of the parts of any design.
pub(super) fn holds(design: &Design) -> Result<(), String> {
    let count = design.placements.len();
    if count > MOST_PLACEMENTS || design.skipped.len() > design.skipped_count {
        return Err(format!("{count} parts, {} of {} rows told", design.skipped.len(), design.skipped_count));
    }
    for part in &design.placements {
        let numbers = [part.at.x, part.at.y, part.rotation_deg].into_iter().chain(part.size_mm.into_iter().flatten());
        if !numbers.into_iter().all(|number| number.abs() <= FURTHEST_MM) {
            return Err(format!("a part in no place: {part:?}"));
        }
        let sides = part.footprint().half_mm.into_iter().flatten();
        if !sides.into_iter().all(|side| (0.0..=FURTHEST_MM).contains(&side)) {
            return Err(format!("a part of no size: {part:?}"));
        }
        let texts = [&part.designator, &part.value, &part.package, &part.part_number];
        if part.designator.is_empty()
            || texts.into_iter().any(|text| text.chars().count() > 200 || text.contains(char::is_control))
        {
            return Err(format!("a part with no name, or with a text that can't be shown: {part:?}"));
        }
    }
    Ok(())
}
