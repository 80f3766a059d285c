//! Integrated circuits and transistors.

use super::{LASER_INKS, Pad, Site, lines};
use crate::finish::{self, MOULD, TIN};
use crate::part::Kind;

/// Pads in a row along y at `x`, so many with this pitch.
fn column(pads: &mut Vec<Pad>, x: f64, count: usize, pitch: f64, half: [f64; 2]) {
    pads.extend((0..count).map(|k| Pad { centre: [x, (k as f64 - (count as f64 - 1.0) / 2.0) * pitch], half }));
}

/// Distance between leads that fill a side.
fn pitch(side: f64, leads: usize) -> f64 {
    (side - 0.6) / (leads as f64 - 0.3).max(1.0)
}

pub(super) fn pads(kind: &Kind) -> Vec<Pad> {
    let mut pads = Vec::new();
    match *kind {
        Kind::Dual { body: [width, length], leads } => {
            let pitch = pitch(length, leads);
            for end in [-1.0, 1.0] {
                column(&mut pads, end * (width / 2.0 + 0.75), leads, pitch, [0.5, pitch * 0.3]);
            }
        }
        Kind::Quad { side, leads, gull_wing } => {
            let pitch = pitch(side, leads);
            let (x, half) =
                if gull_wing { (side / 2.0 + 0.75, [0.5, pitch * 0.3]) } else { (side / 2.0 + 0.02, [0.3, pitch * 0.3]) };
            for end in [-1.0, 1.0] {
                column(&mut pads, end * x, leads, pitch, half);
            }
            let turned: Vec<Pad> =
                pads.iter().map(|p| Pad { centre: [p.centre[1], p.centre[0]], half: [p.half[1], p.half[0]] }).collect();
            pads.extend(turned);
        }
        Kind::BallGrid { side, .. } => {
            let count = (side / 1.27) as usize;
            for k in 0..count {
                column(&mut pads, (k as f64 - (count as f64 - 1.0) / 2.0) * 1.27, count, 1.27, [0.2; 2]);
            }
        }
        Kind::Transistor => {
            column(&mut pads, -1.1, 2, 1.9, [0.45, 0.35]);
            column(&mut pads, 1.1, 1, 1.9, [0.45, 0.35]);
        }
        _ => {
            column(&mut pads, -2.5, 4, 1.27, [0.45, 0.32]);
            pads.push(Pad { centre: [0.7, 0.0], half: [2.0, 2.2] });
        }
    }
    pads
}

pub(super) fn build(site: &mut Site<'_>) {
    let (kind, [_, _, height]) = (site.part.kind, site.part.kind.extent_mm());
    match kind {
        Kind::Dual { body: [width, length], leads } => {
            for end in [-1.0, 1.0] {
                leads_along(site, end, width / 2.0, length, leads, false);
            }
            body(site, [width, length], height, width > length * 0.9);
        }
        Kind::Quad { side, leads, gull_wing } => {
            if gull_wing {
                for end in [-1.0, 1.0] {
                    leads_along(site, end, side / 2.0, side, leads, false);
                    leads_along(site, end, side / 2.0, side, leads, true);
                }
            }
            body(site, [side, side], height, true);
        }
        Kind::BallGrid { side, bare_die } => ball_grid(site, side, bare_die),
        Kind::Transistor => {
            for lead in pads(&kind) {
                site.block(lead.centre, [0.6, 0.42], [0.0, 0.35], [TIN, TIN]);
            }
            body(site, [1.4, 2.9], height, false);
        }
        _ => {
            for lead in pads(&kind).iter().take(4) {
                site.block([lead.centre[0] + 0.1, lead.centre[1]], [0.7, 0.45], [0.0, 0.3], [TIN, TIN]);
            }
            body(site, [4.9, 5.8], height, true);
        }
    }
}

/// Gull wings: a foot on the pad and a shoulder at the body.
fn leads_along(site: &mut Site<'_>, end: f64, from: f64, length: f64, leads: usize, horizontal: bool) {
    let pitch = pitch(length, leads);
    let shine = TIN.times(0.95 * site.part.shade);
    for k in 0..leads {
        let y = (k as f64 - (leads as f64 - 1.0) / 2.0) * pitch;
        let turned = |p: [f64; 2]| if horizontal { [p[1], p[0]] } else { p };
        site.block(turned([end * (from + 0.72), y]), turned([0.62, pitch * 0.42]), [0.0, 0.2], [shine, TIN]).bevel = 0.05;
        site.block(turned([end * (from + 0.22), y]), turned([0.46, pitch * 0.42]), [0.0, 0.62], [shine, TIN]).bevel = 0.05;
    }
}

/// A mould with its marking and the dent at pin 1.
fn body(site: &mut Site<'_>, size: [f64; 2], height: f64, upright: bool) {
    let mould = MOULD.times(site.part.shade);
    let marking = site.part.marking.clone();
    site.block([0.0; 2], size, [0.08, height], [mould, mould.times(0.8)]).bevel = 0.18;
    if marking.is_empty() {
        return;
    }
    let smaller = size[0].min(size[1]);
    site.print(LASER_INKS, |sheet, [w, h]| {
        let dent = (smaller * 0.07).clamp(0.18, 0.7);
        sheet.disc(1, [dent * 2.4, dent * 2.4], dent);
        lines(sheet, 0, &marking, [w, h], [size[0] * 0.76, size[1] * 0.72], upright);
    });
}

fn ball_grid(site: &mut Site<'_>, side: f64, bare_die: bool) {
    let marking = site.part.marking.clone();
    if !bare_die {
        site.block([0.0; 2], [side, side], [0.35, 0.75], [finish::SUBSTRATE, finish::SUBSTRATE]);
        body(site, [side * 0.93, side * 0.93], 1.4, true);
        return;
    }
    site.block([0.0; 2], [side, side], [0.35, 1.1], [finish::SUBSTRATE, finish::SUBSTRATE]);
    site.print([finish::SUBSTRATE.times(1.7), finish::GOLD, finish::SILK, finish::INK], |sheet, [w, h]| {
        for k in 0..10 {
            let along = side * (0.08 + 0.084 * f64::from(k));
            sheet.line(0, [along, side * 0.04], [side * 0.5 + (along - side * 0.5) * 0.4, h * 0.7], 0.12);
            sheet.line(0, [along, side * 0.96], [side * 0.5 + (along - side * 0.5) * 0.4, h * 1.3], 0.12);
            for (x, y) in [(along, side * 0.045), (along, side * 0.955), (side * 0.045, along), (side * 0.955, along)] {
                sheet.block(1, [x, y], [0.3, 0.3], [1.0, 0.0]);
            }
        }
        sheet.block(2, [w, h], [side * 0.265, side * 0.265], [1.0, 0.0]);
    });
    site.block([0.0; 2], [side * 0.5, side * 0.5], [1.1, 1.9], [finish::DIE, finish::DIE]).bevel = 0.05;
    site.print([finish::LASER.times(1.4), finish::INK, finish::INK, finish::INK], |sheet, middle| {
        lines(sheet, 0, &marking, middle, [side * 0.38, side * 0.3], true);
    });
}
