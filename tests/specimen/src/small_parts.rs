//! Integrated circuits and the crowd of small parts around them.

use crate::layout::Planner;
use crate::part::{ChipFamily, ChipSize, Kind};

/// One small part on so many mm²: about as dense as mainboards are.
const MM2_PER_PART: f64 = 38.0;
/// Share of footprints that stay empty.
const EMPTY: f64 = 0.05;
const MAKERS: [&str; 9] = ["NEXWAY", "TORREX", "RICHT", "MACRNX", "ITELA", "NUVTN", "WINBLD", "ASMD", "FINTK"];

/// Fills the free ground with chips of all kinds.
pub(crate) fn scatter(planner: &mut Planner<'_>) {
    let area = planner.size[0] * planner.size[1];
    let circuits = (area / 520.0) as usize + 4;
    for _ in 0..circuits * 3 {
        if planner.plan.parts.iter().filter(|p| p.kind.is_marked_chip()).count() >= circuits {
            break;
        }
        circuit(planner);
    }
    for _ in 0..(area / 2600.0) as usize + 2 {
        let kind = match planner.random.below(5) {
            0 => Kind::Crystal,
            1 => Kind::Tantalum,
            2 => Kind::Inductor { side: 7.0, height: 3.6 },
            _ => {
                let diameter = *planner.random.pick(&[5.0, 6.3, 8.0]);
                Kind::Electrolytic { diameter, height: 5.4 + diameter * 0.55 }
            }
        };
        let (place, quarters) = (planner.anywhere(), planner.random.below(4) as u8);
        planner.try_set(kind, place, quarters, 0.7);
    }
    let wanted = (area / MM2_PER_PART) as usize;
    for _ in 0..wanted * 4 {
        if planner.plan.parts.len() >= wanted {
            break;
        }
        row_of_chips(planner);
    }
    describe(planner);
}

/// An integrated circuit with its passives.
fn circuit(planner: &mut Planner<'_>) {
    let kind = match planner.random.below(11) {
        0..3 => Kind::Dual { body: [3.9, 4.9], leads: 4 },
        3 => Kind::Dual { body: [3.9, 9.9], leads: 8 },
        4 => Kind::Dual { body: [4.4, 6.5], leads: 10 },
        5 => Kind::Quad { side: 7.0, leads: 12, gull_wing: true },
        6 => Kind::Quad { side: 10.0, leads: 16, gull_wing: true },
        7 => Kind::Quad { side: 5.0, leads: 8, gull_wing: false },
        8 => Kind::Quad { side: 4.0, leads: 6, gull_wing: false },
        9 => Kind::BallGrid { side: 11.0, bare_die: false },
        _ => Kind::PowerTransistor,
    };
    let (place, quarters) = (planner.anywhere(), planner.random.below(4) as u8);
    if !planner.try_set(kind, place, quarters, 1.4) {
        return;
    }
    let [w, d] = planner.plan.parts[planner.plan.parts.len() - 1].half_place();
    for _ in 0..3 + planner.random.below(7) {
        let chip = small_chip(planner);
        let along = planner.random.range(-1.0, 1.0);
        let away = planner.random.range(1.3, 2.6);
        let side = planner.random.sign();
        let (offset, turned) = if planner.random.chance(0.5) {
            ([along * w, side * (d + away)], planner.random.below(2) as u8)
        } else {
            ([side * (w + away), along * d], planner.random.below(2) as u8)
        };
        planner.try_set(chip, [place[0] + offset[0], place[1] + offset[1]], turned, 0.25);
    }
    if planner.random.chance(0.3) {
        let offset = [(w + 3.0) * planner.random.sign(), planner.random.range(-2.0, 2.0)];
        planner.try_set(Kind::Transistor, [place[0] + offset[0], place[1] + offset[1]], quarters, 0.3);
    }
}

fn small_chip(planner: &mut Planner<'_>) -> Kind {
    let size = match planner.random.below(10) {
        0..5 => ChipSize::C0402,
        5..8 => ChipSize::C0603,
        8 => ChipSize::C0805,
        _ => ChipSize::C1206,
    };
    let family = match planner.random.below(20) {
        0..9 => ChipFamily::Resistor,
        9..18 => ChipFamily::Capacitor,
        18 => ChipFamily::Ferrite,
        _ => ChipFamily::Led,
    };
    Kind::Chip(size, family)
}

/// A row, or two, of the same chip, as termination resistors and bypass capacitors stand.
fn row_of_chips(planner: &mut Planner<'_>) {
    let kind = small_chip(planner);
    let [length, width, _] = kind.extent_mm();
    let [x, y] = planner.anywhere();
    let (columns, rows) = (1 + planner.random.below(6), 1 + planner.random.below(2));
    let quarters = planner.random.below(4) as u8;
    let (step_x, step_y) = (width + planner.random.range(0.5, 0.9), length + planner.random.range(0.9, 1.4));
    for row in 0..rows {
        for column in 0..columns {
            let (u, v) = (column as f64 * step_x, row as f64 * step_y);
            let (offset, turn) = if quarters.is_multiple_of(2) { ([v, u], quarters) } else { ([u, v], quarters) };
            planner.try_set(kind, [x + offset[0], y + offset[1]], turn, 0.18);
        }
    }
}

/// Values, markings and reels.
fn describe(planner: &mut Planner<'_>) {
    let mut previous: Option<(Kind, String, u64)> = None;
    for k in 0..planner.plan.parts.len() {
        let kind = planner.plan.parts[k].kind;
        let random = &mut *planner.random;
        let code = format!("{}{}", 10 + random.below(90), random.below(5));
        // Neighbours of one kind mostly come from one reel.
        let (code, lot) = match previous.take() {
            Some((before, code, lot)) if before == kind && random.chance(0.8) => (code, lot),
            _ => (code, random.next() % 12),
        };
        let marking = match kind {
            Kind::Chip(..) => vec![code.clone()],
            Kind::Dual { .. } | Kind::Quad { .. } | Kind::BallGrid { .. } | Kind::PowerTransistor => {
                let maker = (*random.pick(&MAKERS)).to_owned();
                vec![
                    maker,
                    format!("{}{}", random.code(2), 1000 + random.below(8999)),
                    format!("23{:02} {}", 10 + random.below(40), random.code(5)),
                ]
            }
            Kind::Transistor => vec![random.code(2)],
            Kind::Electrolytic { .. } => {
                vec![(*random.pick(&["271", "101", "471"])).to_owned(), "16V".to_owned(), random.code(3)]
            }
            Kind::Tantalum => vec!["107".to_owned(), "16V".to_owned()],
            Kind::Inductor { .. } => vec![format!("R{}", 15 + random.below(80))],
            Kind::Crystal => vec![format!("{}.000", 12 + random.below(36))],
            Kind::Battery => vec!["+".to_owned(), "CR2032".to_owned(), "3V".to_owned()],
            Kind::Socket { .. } => vec![format!("LGA {}", 1000 + random.below(900))],
            Kind::Shield { .. } => vec![format!("RF {}", random.code(4))],
            _ => Vec::new(),
        };
        let empty = matches!(kind, Kind::Chip(..) | Kind::Transistor) && random.chance(EMPTY);
        previous = Some((kind, code, lot));
        let part = &mut planner.plan.parts[k];
        (part.marking, part.lot, part.populated) = (marking, lot, !empty);
    }
}
