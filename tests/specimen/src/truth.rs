//! What a comparison of two pictures should find.

use crate::crowd::Crowd;
use crate::part::Part;
use crate::photograph::Shot;
use crate::scene::assemble;
use crate::solid::Ray;
use crate::tampering::Tampering;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PixelBox {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A tampering, in both pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct TruthBox {
    /// Around the part, on the photo.
    pub photo_box: PixelBox,
    /// Around the same body, on the reference, whether it is there or not.
    pub reference_box: PixelBox,
    /// What was done.
    pub tampering: Tampering,
    /// The part it was done to.
    pub part: String,
}

/// A part on the photo.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenPart {
    /// Its designator.
    pub name: String,
    /// A short word for its kind.
    pub kind: &'static str,
    /// Above the board, in mm.
    pub height_mm: f64,
    /// Around it, on the photo.
    pub photo_box: PixelBox,
    /// Where its middle stands on the board, on the photo.
    pub foot: [f64; 2],
}

/// The truth about a reference and a photo. Pixel centres at .5.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// False when the two are pictures of different boards; then there are no boxes and no grid.
    pub same_board: bool,
    /// Every tampering that lies within both pictures.
    pub boxes: Vec<TruthBox>,
    /// `[photo_x, photo_y, ref_x, ref_y]` of points of the board's surface that both pictures show, 40 photo px apart.
    pub grid: Vec<[f64; 4]>,
    /// Pixels per mm in the middle of the photo.
    pub photo_px_per_mm: f64,
    /// Pixels per mm in the middle of the reference.
    pub reference_px_per_mm: f64,
    /// All parts within the photo.
    pub parts: Vec<SeenPart>,
}

/// Photo pixels between points of the grid.
const GRID_PX: usize = 40;

/// The truth about two pictures.
#[must_use]
pub fn truth(reference: &Shot, photo: &Shot) -> Truth {
    let same_board =
        reference.unit.board.seed == photo.unit.board.seed && reference.unit.board.size_mm == photo.unit.board.size_mm;
    let mut boxes = Vec::new();
    let mut grid = Vec::new();
    if same_board {
        for change in &photo.unit.changes {
            let [on_photo, on_reference] = [photo, reference].map(|shot| shot.around(&change.part.corners()));
            if photo.shows(&on_photo) && reference.shows(&on_reference) {
                let (tampering, part) = (change.tampering, change.part.name.clone());
                boxes.push(TruthBox { photo_box: on_photo, reference_box: on_reference, tampering, part });
            }
        }
        grid = correspondences(reference, photo);
    }
    let seen = photo.unit.parts.iter().filter(|part| part.populated).map(|part| SeenPart {
        name: part.name.clone(),
        kind: part.kind.word(),
        height_mm: part.kind.extent_mm()[2],
        photo_box: photo.around(&part.corners()),
        foot: foot(photo, part),
    });
    let parts = seen.filter(|part| photo.shows(&part.photo_box)).collect();
    let (photo_px_per_mm, reference_px_per_mm) = (photo.view.px_per_mm, reference.view.px_per_mm);
    Truth { same_board, boxes, grid, photo_px_per_mm, reference_px_per_mm, parts }
}

fn foot(photo: &Shot, part: &Part) -> [f64; 2] {
    let [x, y] = part.place([0.0, 0.0]);
    photo.locate([x, y, 0.0])
}

fn correspondences(reference: &Shot, photo: &Shot) -> Vec<[f64; 4]> {
    // Prints don't matter here: the coarsest ones do.
    let [(there, _), (here, _)] = [reference, photo].map(|shot| assemble(&shot.unit, 1.0));
    let mut grid = Vec::new();
    for y in (GRID_PX / 2..photo.height).step_by(GRID_PX) {
        for x in (GRID_PX / 2..photo.width).step_by(GRID_PX) {
            let pixel = [x as f64 + 0.5, y as f64 + 0.5];
            let Some(at) = photo.surface_at(pixel, &here) else { continue };
            let [u, v] = reference.locate([at[0], at[1], 0.0]);
            let inside = u > 0.0 && v > 0.0 && u < reference.width as f64 && v < reference.height as f64;
            if inside && reference.surface_at([u, v], &there).is_some() {
                grid.push([pixel[0], pixel[1], u, v]);
            }
        }
    }
    grid
}

impl Shot {
    /// Where a point of the board (mm, z up from its surface) lies on this picture.
    #[must_use]
    pub fn locate(&self, [x, y, z]: [f64; 3]) -> [f64; 2] {
        self.view.project([x, y, z + self.unit.bow_at(x, y)])
    }

    /// The place on the bare board that this pixel shows; `None` for anything else.
    fn surface_at(&self, pixel: [f64; 2], crowd: &Crowd) -> Option<[f64; 2]> {
        let (origin, direction) = (self.view.origin, self.view.direction(pixel));
        let mut bow = 0.0;
        // The bow is a fraction of a mm and nearly level: each round gains two digits or more.
        for _ in 0..6 {
            let at = Ray { origin, direction }.at((bow - origin[2]) / direction[2]);
            bow = self.unit.bow_at(at[0], at[1]);
        }
        let ray = Ray { origin: [origin[0], origin[1], origin[2] - bow], direction };
        let at = ray.at(-ray.origin[2] / direction[2]);
        let size = self.unit.board.size_mm;
        let inside = (0..2).all(|k| at[k] > 0.0 && at[k] < size[k]);
        // Dust is no reason to look away.
        let hidden = crowd.first(&ray, 0.0).is_some_and(|(number, _)| crowd.solids[number as usize].z[1] > 0.06);
        (inside && !hidden).then_some([at[0], at[1]])
    }

    /// The box around these points.
    fn around(&self, corners: &[[f64; 3]]) -> PixelBox {
        let start = ([f64::MAX; 2], [f64::MIN; 2]);
        let (low, high) = corners
            .iter()
            .map(|corner| self.locate(*corner))
            .fold(start, |(low, high), p| ([low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])]));
        PixelBox { x: low[0], y: low[1], w: high[0] - low[0], h: high[1] - low[1] }
    }

    /// True when the whole box is within the picture.
    fn shows(&self, area: &PixelBox) -> bool {
        area.x >= 0.0 && area.y >= 0.0 && area.x + area.w <= self.width as f64 && area.y + area.h <= self.height as f64
    }
}
