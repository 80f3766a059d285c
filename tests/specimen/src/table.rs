//! What the board lies on.

use crate::finish::Finish;
use crate::random::{floor, lattice, value_noise};

/// The table's surface at a place, in mm; four kinds.
pub(crate) fn finish(kind: u8, x: f64, y: f64) -> Finish {
    let (x, y) = (x as f32, y as f32);
    let fine = lattice(90, floor(x * 5.0), floor(y * 5.0)) - 0.5;
    let broad = value_noise(91, x * 0.05, y * 0.05) - 0.5;
    let (colour, gloss) = match kind % 4 {
        0 => {
            // A dissipative mat.
            let v = 1.0 + 0.10 * fine + 0.15 * broad + 0.12 * (value_noise(92, x * 2.0, y * 2.0) - 0.5);
            ([0.035 * v, 0.105 * v, 0.235 * v], 0.25)
        }
        1 => {
            // Woven cloth.
            let weave = |v: f32| v * 1.1 - floor(v * 1.1) as f32 - 0.5;
            let v = 0.75 + 0.9 * (weave(x).abs() * weave(y).abs()) * 4.0 + 0.25 * fine + 0.2 * broad;
            ([0.060 * v, 0.063 * v, 0.072 * v], 0.0)
        }
        2 => {
            // A wooden bench.
            let ring = value_noise(93, x * 0.018, y * 0.35) * 5.0 + value_noise(94, x * 0.09, y * 2.6);
            let grain = (ring - floor(ring) as f32 - 0.5).abs();
            let v = 0.72 + 0.5 * grain + 0.05 * fine + 0.2 * broad;
            ([0.36 * v, 0.215 * v, 0.115 * v], 0.15)
        }
        _ => {
            // Grey card.
            let v = 1.0 + 0.05 * fine + 0.08 * broad;
            ([0.42 * v, 0.42 * v, 0.41 * v], 0.05)
        }
    };
    Finish { colour, gloss, metal: 0.0, grain: 0.0 }
}
