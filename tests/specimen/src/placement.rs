//! A board's placement data, as KiCad writes it.

use std::fmt::Write;

use crate::board::Board;
use crate::part::{ChipFamily, ChipSize, Kind, Part};

/// Where design programmes put a board's corner on their sheet, in mm.
const CORNER_MM: [f64; 2] = [100.0, 50.0];

impl Board {
    /// A table of all parts: designator, value, package, place in mm (y upwards), rotation, side, and whether this variant leaves it out.
    #[must_use]
    pub fn placements(&self) -> String {
        let mut table = "Ref,Val,Package,PosX,PosY,Rot,Side,DNP\n".to_owned();
        for part in &self.parts {
            let [x, y] = [part.centre[0] + CORNER_MM[0], -(part.centre[1] + CORNER_MM[1])];
            let turned = (4 - u32::from(part.quarters % 4)) % 4 * 90;
            let (name, value, package) = (&part.name, value(part), package(&part.kind));
            let left_out = if part.populated { "" } else { "DNP" };
            // Writing into a string can't fail.
            _ = writeln!(table, "{name},{value},{package},{x:.4},{y:.4},{turned}.0000,top,{left_out}");
        }
        table
    }
}

/// What is printed on it; capacitors and inductors have a value that nobody prints.
fn value(part: &Part) -> String {
    let printed = part.marking.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
    if printed.is_empty() { part.kind.word().to_owned() } else { printed.replace(',', " ") }
}

/// The name of its footprint, with the size over everything.
fn package(kind: &Kind) -> String {
    let [w, d, _] = kind.extent_mm();
    match *kind {
        Kind::Chip(size, family) => {
            let letter = match family {
                ChipFamily::Resistor => "R",
                ChipFamily::Capacitor => "C",
                ChipFamily::Ferrite => "L",
                ChipFamily::Led => "LED",
            };
            let code = match size {
                ChipSize::C0402 => "0402_1005Metric",
                ChipSize::C0603 => "0603_1608Metric",
                ChipSize::C0805 => "0805_2012Metric",
                ChipSize::C1206 => "1206_3216Metric",
            };
            format!("{letter}_{code}")
        }
        Kind::Dual { body: [width, length], leads } => format!("SOIC-{}_{width}x{length}mm", leads * 2),
        Kind::Quad { side, leads, gull_wing } => {
            format!("{}-{}_{side}x{side}mm", if gull_wing { "LQFP" } else { "QFN" }, leads * 4)
        }
        Kind::Transistor => "SOT-23".to_owned(),
        _ => format!("{}_{w:.1}x{d:.1}mm", kind.word().to_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Board, BoardConfig};

    #[test]
    fn every_part_has_a_row() {
        let board = Board::new(&BoardConfig { seed: 7, size_mm: [80.0, 60.0], ..BoardConfig::default() });
        let table = board.placements();
        assert_eq!(table.lines().count(), board.parts.len() + 1);
        let empty = board.parts.iter().filter(|part| !part.populated).count();
        assert_eq!(table.lines().filter(|line| line.ends_with(",DNP")).count(), empty + 1, "the header's, too");
        assert!(table.lines().all(|line| line.split(',').count() == 8), "{table}");
    }
}
