//! Large passives, batteries, and the metal that cools or shields.

use super::{Pad, Site, lines};
use crate::finish::{self, ALUMINIUM, ANODISED, BLACK, FERRITE, Finish, STEEL, TIN};
use crate::part::Kind;

pub(super) fn pads(kind: &Kind) -> Vec<Pad> {
    let [width, depth, _] = kind.extent_mm();
    let half = match kind {
        Kind::Electrolytic { .. } => [width * 0.18, 0.9],
        Kind::Inductor { .. } => [width * 0.14, depth * 0.36],
        Kind::Tantalum => [0.8, 1.1],
        _ => [1.0, 0.6],
    };
    [-1.0, 1.0].map(|end| Pad { centre: [end * (width / 2.0 - half[0] + 0.35), 0.0], half }).to_vec()
}

pub(super) fn build(site: &mut Site<'_>) {
    let [width, depth, height] = site.part.kind.extent_mm();
    let marking = site.part.marking.clone();
    let shade = site.part.shade;
    match site.part.kind {
        Kind::Electrolytic { diameter, .. } => {
            site.block([0.0; 2], [width, depth], [0.0, 1.3], [BLACK, BLACK]);
            for end in [-1.0, 1.0] {
                site.block([end * (width / 2.0 + 0.2), 0.0], [0.5, 1.0], [0.0, 0.25], [TIN, TIN]);
            }
            site.cylinder([0.0; 2], diameter / 2.0, [1.3, height], [ALUMINIUM.times(0.92), ALUMINIUM.times(0.8)]).bevel = 0.45;
            site.print([finish::INK, finish::INK, finish::INK, finish::INK], |sheet, [r, _]| {
                negative_side(sheet, r);
                lines(sheet, 1, &marking, [r * 1.28, r], [r * 1.05, r * 1.3], false);
            });
        }
        Kind::Tantalum => {
            for end in [-1.0, 1.0] {
                site.block([end * 1.65, 0.0], [0.3, 2.2], [0.0, 1.0], [TIN, TIN]);
            }
            site.block([0.0; 2], [3.2, 2.7], [0.0, height], [BLACK.times(2.0 * shade), BLACK]).bevel = 0.15;
            site.print([finish::LASER, finish::WHITE, finish::INK, finish::INK], |sheet, middle| {
                sheet.block(1, [0.35, middle[1]], [0.25, 1.3], [1.0, 0.0]);
                lines(sheet, 0, &marking, [1.8, middle[1]], [2.0, 2.0], true);
            });
        }
        Kind::Inductor { side, .. } => {
            for end in [-1.0, 1.0] {
                site.block([end * (side / 2.0 + 0.05), 0.0], [0.3, side * 0.6], [0.0, height * 0.5], [TIN, TIN]);
            }
            let ferrite = FERRITE.times(0.75 * shade);
            site.block([0.0; 2], [side, depth], [0.0, height], [ferrite, ferrite]).bevel = 0.35;
            site.print([finish::SILK.times(0.8), FERRITE, FERRITE, FERRITE], |sheet, middle| {
                lines(sheet, 0, &marking, middle, [side * 0.66, side * 0.4], true);
            });
        }
        Kind::Crystal => {
            let r = depth / 2.0;
            site.block([0.0; 2], [width - depth, depth], [0.0, height], [STEEL, STEEL]).bevel = 0.3;
            site.print([finish::INK, STEEL, STEEL, STEEL], |sheet, middle| {
                lines(sheet, 0, &marking, middle, [width - depth, depth * 0.55], true);
            });
            for end in [-1.0, 1.0] {
                site.cylinder([end * (width / 2.0 - r), 0.0], r, [0.0, height - 0.001], [STEEL, STEEL]).bevel = 0.3;
            }
        }
        _ => battery(site, &marking),
    }
}

/// The black segment that marks the negative side of a can.
fn negative_side(sheet: &mut crate::sheet::Sheet, r: f64) {
    let (chord, steps) = (0.42 * r, 24);
    for k in 0..steps {
        let x = r - chord - (r - chord) * (f64::from(k) + 0.5) / f64::from(steps);
        let half = (r * r - (r - x) * (r - x)).max(0.0).sqrt() * 0.97;
        sheet.block(0, [x, r], [(r - chord) / f64::from(steps), half], [1.0, 0.0]);
    }
}

fn battery(site: &mut Site<'_>, marking: &[String]) {
    site.block([0.0; 2], [23.0, 20.6], [0.0, 1.6], [BLACK, BLACK]);
    for end in [-1.0, 1.0] {
        site.block([end * 10.6, 0.0], [1.8, 6.0], [0.0, 4.6], [BLACK, BLACK]).bevel = 0.2;
    }
    site.cylinder([0.0; 2], 10.0, [1.6, 5.0], [STEEL.times(1.1), STEEL]).bevel = 0.3;
    site.print([finish::INK.times(6.0), STEEL.times(0.75), STEEL, STEEL], |sheet, middle| {
        sheet.disc(1, middle, 8.7);
        sheet.clear_disc(1, middle, 8.5);
        lines(sheet, 0, marking, [middle[0], middle[1]], [11.0, 10.0], true);
    });
    site.block([7.6, 0.0], [4.0, 2.4], [5.0, 5.4], [STEEL, STEEL]).bevel = 0.2;
}

pub(super) fn heat_sink(site: &mut Site<'_>, [width, depth, height]: [f64; 3]) {
    let metal = if site.part.lot.is_multiple_of(2) { ANODISED } else { ALUMINIUM.times(0.85) };
    site.block([0.0; 2], [width, depth], [1.6, 4.0], [metal.times(0.7), metal]);
    let fins = ((depth - 1.2) / 2.6).floor().max(1.0) as usize;
    for k in 0..=fins {
        let y = -depth / 2.0 + 0.6 + (depth - 1.2) * k as f64 / fins as f64;
        site.block([0.0, y], [width, 1.1], [4.0, height], [metal.times(1.3), metal]).bevel = 0.12;
    }
    // Spring pins that hold it down.
    for end in [-1.0, 1.0] {
        let corner = [end * (width / 2.0 + 2.4), end * (depth / 2.0 - 2.0)];
        site.block([end * (width / 2.0 + 1.5), corner[1]], [4.0, 3.4], [1.6, 3.0], [metal, metal]).bevel = 0.2;
        site.cylinder(corner, 1.4, [3.0, 5.0], [finish::WHITE, finish::WHITE]).bevel = 0.4;
    }
}

pub(super) fn shield(site: &mut Site<'_>, [width, depth]: [f64; 2]) {
    let tin = Finish { grain: 0.1, ..TIN };
    site.block([0.0; 2], [width, depth], [0.0, 2.4], [tin, tin]).bevel = 0.3;
    let marking = site.part.marking.clone();
    site.print([finish::HOLE, finish::INK.times(5.0), tin, tin], |sheet, _| {
        let (columns, rows) = ((width / 3.0) as usize, (depth / 3.0) as usize);
        for k in 1..columns {
            for j in 1..rows {
                sheet.disc(0, [width * k as f64 / columns as f64, depth * j as f64 / rows as f64], 0.5);
            }
        }
        lines(sheet, 1, &marking, [width / 2.0, depth - 1.6], [width * 0.6, 1.6], true);
    });
}
