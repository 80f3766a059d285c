//! Mirror images of lamps: small bright spots on whatever is round or molten, elsewhere in every picture.

use crate::camera::Camera;
use crate::random::Random;
use crate::unit::Unit;

/// Side of a cell of the index, in mm; no glint reaches farther than from its cell into the next.
const CELL_MM: f64 = 2.0;

/// The spots of one picture.
#[derive(Debug, Clone)]
pub(crate) struct Glints {
    columns: usize,
    rows: usize,
    /// Spots by the cell that they lie in.
    cells: Vec<Vec<Glint>>,
}

#[derive(Debug, Clone, Copy)]
struct Glint {
    at: [f64; 2],
    /// Cosine and sine of its longer axis.
    turn: [f64; 2],
    /// Half axes in mm: its core is as bright as the lamp's image, its edge fades within as much again.
    half: [f64; 2],
    strength: f32,
}

impl Glints {
    /// Those that this camera sees on `unit`: two thirds on parts, the rest on the face.
    pub(crate) fn of(unit: &Unit, camera: &Camera) -> Self {
        let size = unit.board.size_mm;
        let [columns, rows] = size.map(|mm| (mm / CELL_MM).ceil() as usize);
        let mut glints = Self { columns, rows, cells: vec![Vec::new(); columns * rows] };
        let mut random = Random::of(camera.seed, 60);
        for _ in 0..(size[0] * size[1] / 10_000.0 * camera.glints) as usize {
            let part = random.pick(&unit.parts);
            let at = if random.chance(0.67) {
                let half = part.half_place();
                [0, 1].map(|k| part.centre[k] + random.range(-0.5, 0.5) * half[k])
            } else {
                size.map(|mm| random.range(0.0, mm))
            };
            let sine = random.range(-1.0, 1.0);
            let long = random.range(0.1, 0.45);
            let half = [long, long / random.range(1.0, 4.0)];
            let glint = Glint { at, turn: [(1.0 - sine * sine).sqrt(), sine], half, strength: random.range(0.2, 2.0) as f32 };
            if let Some(cell) = glints.cell(at) {
                glints.cells[cell].push(glint);
            }
        }
        glints
    }

    fn cell(&self, at: [f64; 2]) -> Option<usize> {
        let [column, row] = at.map(|mm| (mm / CELL_MM).floor());
        let inside = column >= 0.0 && row >= 0.0 && (column as usize) < self.columns && (row as usize) < self.rows;
        inside.then(|| row as usize * self.columns + column as usize)
    }

    /// Light that comes from a level surface at a place.
    #[inline]
    pub(crate) fn light(&self, [x, y]: [f64; 2]) -> f32 {
        let near =
            (0..9).filter_map(|k| self.cell([x + (f64::from(k % 3) - 1.0) * CELL_MM, y + (f64::from(k / 3) - 1.0) * CELL_MM]));
        near.flat_map(|cell| &self.cells[cell]).map(|glint| glint.light(x, y)).sum()
    }
}

impl Glint {
    fn light(&self, x: f64, y: f64) -> f32 {
        let (x, y) = (x - self.at[0], y - self.at[1]);
        let along = (x * self.turn[0] + y * self.turn[1]) / self.half[0];
        let across = (y * self.turn[0] - x * self.turn[1]) / self.half[1];
        let fade = (2.0 - (along * along + across * across).sqrt()).clamp(0.0, 1.0) as f32;
        self.strength * fade * fade
    }
}
