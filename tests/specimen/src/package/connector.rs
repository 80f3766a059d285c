//! What is plugged into: headers, slots, ports, sockets.

use super::{Pad, Site, lines};
use crate::finish::{self, BLACK, GOLD, HOLE, IVORY, PLASTICS, STEEL, WHITE};
use crate::part::Kind;

pub(super) fn pads(kind: &Kind) -> Vec<Pad> {
    match *kind {
        Kind::Header { columns, rows } => {
            let at = |k: usize, count: usize| (k as f64 - (count as f64 - 1.0) / 2.0) * 2.54;
            let pins =
                (0..columns * rows).map(|k| Pad { centre: [at(k % columns, columns), at(k / columns, rows)], half: [0.8; 2] });
            pins.collect()
        }
        Kind::Socket { side } => {
            let corners = [[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]];
            corners.map(|c: [f64; 2]| Pad { centre: c.map(|v| v * (side / 2.0 + 2.6)), half: [1.1; 2] }).to_vec()
        }
        _ => Vec::new(),
    }
}

pub(super) fn build(site: &mut Site<'_>) {
    let [width, depth, height] = site.part.kind.extent_mm();
    let plastic = PLASTICS[site.part.lot as usize % PLASTICS.len()];
    match site.part.kind {
        Kind::Header { columns, rows } => {
            site.block([0.0; 2], [width, depth], [0.0, 2.5], [BLACK, BLACK]).bevel = 0.2;
            for k in 0..columns * rows {
                let at = |k: usize, count: usize| (k as f64 - (count as f64 - 1.0) / 2.0) * 2.54;
                let pin = [at(k % columns, columns), at(k / columns, rows)];
                site.block(pin, [0.64, 0.64], [2.5, height], [GOLD, GOLD]).bevel = 0.15;
            }
        }
        Kind::Slot { length } => {
            site.block([0.0; 2], [length, depth], [0.0, height], [plastic, plastic]).bevel = 0.3;
            contacts(site, length, 1.0, 0.33 * length.min(40.0));
        }
        Kind::MemorySocket { length } => {
            site.block([0.0; 2], [length - 8.0, 5.2], [0.0, 7.4], [plastic, plastic]).bevel = 0.25;
            contacts(site, length - 8.0, 0.85, length * 0.46);
            for end in [-1.0, 1.0] {
                site.block([end * (length / 2.0 - 4.0), 0.0], [8.0, depth], [0.0, height], [WHITE, WHITE]).bevel = 0.4;
                site.print([WHITE.times(0.55), HOLE, WHITE, WHITE], |sheet, [w, h]| {
                    sheet.block(1, [w - end * 2.2, h], [1.8, 0.8], [1.0, 0.0]);
                    sheet.frame(0, [w, h], [w * 0.72, h * 0.72], [1.0, 0.0], 0.25);
                });
            }
        }
        Kind::Storage => {
            site.block([0.0; 2], [width, depth], [0.0, height], [plastic, plastic]).bevel = 0.3;
            site.print([HOLE, GOLD, BLACK, BLACK], |sheet, [w, h]| {
                sheet.block(0, [w, h], [w * 0.82, h * 0.66], [1.0, 0.0]);
                sheet.clear_block(0, [w, h], [w * 0.66, h * 0.16], [1.0, 0.0]);
                (0..7).for_each(|k| sheet.block(1, [w * 0.5 + w * f64::from(k) / 6.0, h * 0.94], [0.25, 0.3], [1.0, 0.0]));
            });
        }
        Kind::Port { .. } => port(site, [width, depth, height]),
        Kind::PowerPlug { columns } => {
            site.block([0.0; 2], [width, depth], [0.0, height], [IVORY, IVORY.times(0.9)]).bevel = 0.3;
            site.block([0.0, depth / 2.0 + 0.9], [5.0, 1.8], [0.0, height - 2.0], [IVORY, IVORY]);
            let block = site.assembly.solids.len() - 2;
            site.assembly.solids.swap(block, block + 1);
            site.print([HOLE, GOLD, IVORY, IVORY], |sheet, [w, h]| {
                for k in 0..columns * 2 {
                    let x = w + ((k % columns) as f64 - (columns as f64 - 1.0) / 2.0) * 4.2;
                    let middle = [x, h + if k < columns { -2.1 } else { 2.1 }];
                    sheet.block(0, middle, [1.6; 2], [1.0, 0.0]);
                    sheet.disc(1, middle, 0.6);
                }
            });
        }
        Kind::Socket { side } => socket(site, side),
        _ => {}
    }
}

/// A groove with gilded contacts along both sides, and the key that parts it.
fn contacts(site: &mut Site<'_>, length: f64, pitch: f64, key: f64) {
    let plastic = PLASTICS[site.part.lot as usize % PLASTICS.len()];
    site.print([HOLE, GOLD.times(0.8), plastic.times(1.1), plastic], |sheet, [w, h]| {
        sheet.block(0, [w, h], [length / 2.0 - 2.4, 0.95], [1.0, 0.0]);
        let count = ((length - 7.0) / pitch) as usize;
        for k in 0..count {
            let x = 3.5 + (k as f64 + 0.5) * pitch;
            for side in [-1.0, 1.0] {
                sheet.block(1, [x, h + side * 1.0], [pitch * 0.26, 0.5], [1.0, 0.0]);
            }
        }
        sheet.block(2, [key, h], [0.9, 1.55], [1.0, 0.0]);
    });
}

fn port(site: &mut Site<'_>, [width, depth, height]: [f64; 3]) {
    let shell = STEEL.times(0.9 + 0.05 * (site.part.lot % 4) as f32);
    site.block([0.0; 2], [width, depth], [0.0, height], [shell, shell]).bevel = 0.35;
    site.print([shell.times(0.35), shell.times(0.7), HOLE, shell], |sheet, [w, h]| {
        for x in [w * 0.55, w * 1.45] {
            sheet.block(0, [x, h * 1.1], [0.4, h * 0.22], [1.0, 0.0]);
            sheet.block(0, [x, h * 1.32], [w * 0.16, 0.18], [1.0, 0.0]);
        }
        sheet.line(1, [0.6, h * 0.36], [2.0 * w - 0.6, h * 0.36], 0.3);
        sheet.block(1, [w, h * 1.86], [w * 0.94, 0.2], [1.0, 0.0]);
    });
    // The rim that touches the case.
    site.block([0.0, -depth / 2.0 - 0.3], [width + 1.2, 0.6], [0.0, height + 0.4], [shell, shell]);
}

fn socket(site: &mut Site<'_>, side: f64) {
    let marking = site.part.marking.clone();
    site.block([0.0; 2], [side, side], [0.0, 3.2], [BLACK, BLACK]).bevel = 0.3;
    site.print([GOLD.times(0.75), HOLE, finish::SILK, BLACK], |sheet, [w, h]| {
        let (half, pitch) = (side * 0.36, 1.016);
        let count = (2.0 * half / pitch) as i64;
        for row in 0..count {
            for column in 0..count {
                let at = |k: i64| (k as f64 - (count as f64 - 1.0) / 2.0) * pitch;
                let [x, y] = [at(column), at(row)];
                if x.abs() > side * 0.12 || y.abs() > side * 0.12 {
                    sheet.disc(0, [w + x, h + y], 0.3);
                }
            }
        }
        sheet.frame(1, [w, h], [side * 0.385, side * 0.385], [1.0, 0.0], 0.4);
        lines(sheet, 2, &marking, [w, h * 1.9], [side * 0.4, 1.6], true);
    });
    // The steel frame and its lever.
    let (rail, reach) = (side * 0.085, side * 0.46);
    for end in [-1.0, 1.0] {
        site.block([end * reach, 0.0], [rail, side * 1.04], [0.0, 4.8], [STEEL, STEEL]).bevel = 0.4;
        site.block([0.0, end * reach], [side * 0.84, rail], [0.0, 4.6], [STEEL.times(0.92), STEEL]).bevel = 0.4;
    }
    site.block([side / 2.0 + 1.6, 0.0], [1.6, side * 0.98], [2.4, 4.0], [STEEL, STEEL]).bevel = 0.7;
    site.block([side / 2.0 - 1.0, side * 0.47], [6.0, 1.6], [4.8, 5.6], [STEEL, STEEL]).bevel = 0.6;
}
