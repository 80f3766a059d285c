//! Maps as a hand-held camera makes them, and back.

use boardwatch::geometry::{Homography, Photo, Point, Reference};

use crate::random::Dice;

/// A thousandth of a pixel: far below what any later stage resolves.
const TOLERANCE_PX: f64 = 1e-3;

/// Scale, rotation, shear, shift and perspective by chance; a point of a 12 MP photo goes there and back.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let mut dice = Dice::new(seed);
    let (turn, scale) = (dice.between(-4.0, 4.0), dice.between(0.2, 5.0));
    let (sin, cos) = (libm::sin(turn) * scale, libm::cos(turn) * scale);
    let mut shift = || dice.between(-4000.0, 4000.0);
    let (dx, dy) = (shift(), shift());
    let shear = dice.between(-0.2, 0.2);
    // 1e-4 across 4000 px changes the scale by 40 %: a steeper view than that shows no board.
    let (px, py) = (dice.between(-1e-4, 1e-4), dice.between(-1e-4, 1e-4));
    let there = Homography::<Photo, Reference>::new([cos, shear - sin, dx, sin, cos + shear, dy, px, py, 1.0]);
    let Ok(back) = there.inverse() else { return Ok("no inverse") };
    let point = Point::new(dice.between(0.0, 4000.0), dice.between(0.0, 3000.0));
    let (landed, weight) = there.apply_with_weight(point);
    if weight < 0.1 {
        return Ok("behind the camera");
    }
    let off = back.apply(landed).distance(point);
    if off < TOLERANCE_PX { Ok("came back") } else { Err(format!("{point:?} came back {off} px away")) }
}
