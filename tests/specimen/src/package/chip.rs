//! Two-terminal chips: resistors, capacitors, ferrites, diodes.

use super::{Pad, Site};
use crate::finish::{self, CERAMICS, LENSES, TIN};
use crate::part::{ChipFamily, ChipSize, Kind};
use crate::sheet::Lettering;

pub(super) fn pads(size: ChipSize) -> Vec<Pad> {
    let [length, width] = size.size_mm();
    let half = [length * 0.2 + 0.08, width / 2.0 + 0.06];
    [-1.0, 1.0].map(|end| Pad { centre: [end * length * 0.44, 0.0], half }).to_vec()
}

pub(super) fn build(site: &mut Site<'_>, size: ChipSize, family: ChipFamily) {
    let ([length, width], [_, _, height]) = (size.size_mm(), Kind::Chip(size, family).extent_mm());
    let cap = length * 0.2;
    let tin = TIN.times(site.part.shade);
    for end in [-1.0, 1.0] {
        site.block([end * (length - cap) / 2.0, 0.0], [cap, width], [0.0, height], [tin, tin]).bevel = 0.12 * width;
        // Solder climbs up the end of the part.
        site.block([end * (length / 2.0 + 0.05), 0.0], [0.12, width * 0.9], [0.0, height * 0.45], [TIN, TIN]).bevel = 0.1;
    }
    let body = [length - 2.0 * cap, width * 0.98];
    let low = [0.0, height - 0.02];
    match family {
        ChipFamily::Resistor => {
            let glass = finish::RUTHENIUM.times(site.part.shade);
            site.block([0.0; 2], body, low, [glass, finish::ALUMINA]).bevel = 0.0;
            if let (Some(code), true) = (site.part.marking.first().cloned(), size != ChipSize::C0402) {
                let height = width * 0.46;
                let style = |centre| Lettering { centre, height, stroke: height * 0.16, turn: [1.0, 0.0] };
                site.print([finish::SILK; 4], |sheet, middle| sheet.text(0, &code, style(middle)));
            }
        }
        ChipFamily::Capacitor => {
            let ceramic = CERAMICS[site.part.lot as usize % CERAMICS.len()].times(site.part.shade);
            site.block([0.0; 2], body, low, [ceramic, ceramic]).bevel = 0.06;
        }
        ChipFamily::Ferrite => {
            let ferrite = finish::FERRITE.times(site.part.shade);
            site.block([0.0; 2], body, low, [ferrite, ferrite]).bevel = 0.06;
        }
        ChipFamily::Led => {
            let lens = LENSES[site.part.lot as usize % LENSES.len()];
            site.block([0.0; 2], body, low, [lens, finish::WHITE]).bevel = 0.15;
        }
    }
}
