//! The light that comes along a ray.

use crate::camera::{Camera, View, cos, sin};
use crate::finish::{self, Finish};
use crate::glints::Glints;
use crate::random::{lattice, value_noise};
use crate::scene::{BOARD_MM, Scene};
use crate::shade::TABLE_MM;
use crate::solid::{Meeting, Ray};
use crate::table;
use crate::unit::Unit;

/// Answers what a ray brings.
pub(crate) struct Radiance<'a> {
    unit: &'a Unit,
    camera: &'a Camera,
    scene: &'a Scene,
    lamp: [f64; 3],
    /// Where the lamp stands that is mirrored in the board, in mm.
    mirrored: [f64; 3],
    slope: [f64; 2],
    seed: u32,
    /// `None` where there are none.
    glints: Option<Glints>,
}

/// A lit point.
struct Point {
    at: [f64; 3],
    normal: [f64; 3],
    finish: Finish,
    /// How much it sees of the lamp and of the surroundings.
    open: [f32; 2],
}

impl<'a> Radiance<'a> {
    pub(crate) fn new(unit: &'a Unit, camera: &'a Camera, scene: &'a Scene, view: &View) -> Self {
        let light = &camera.light;
        let (level, up) = (cos(light.elevation), sin(light.elevation));
        let lamp = [cos(light.azimuth) * level, sin(light.azimuth) * level, up];
        let size = unit.board.size_mm;
        let spot = [size[0] * light.glare_at[0], size[1] * light.glare_at[1]];
        // The board is a mirror at the spot: the lamp stands where the reflected line of sight ends.
        let mirrored = [0, 1, 2].map(|k| if k < 2 { 2.0 * spot[k] - view.origin[k] } else { view.origin[2] });
        let slope = [cos(light.azimuth) / size[0], sin(light.azimuth) / size[1]];
        let glints = (camera.glints > 0.0).then(|| Glints::of(unit, camera));
        Self { unit, camera, scene, lamp, mirrored, slope, seed: unit.seed as u32, glints }
    }

    /// Linear red, green, blue, and whether it is only the table.
    pub(crate) fn along(&self, ray: &Ray) -> ([f32; 3], bool) {
        let size = self.unit.board.size_mm;
        let ground = ray.at(-ray.origin[2] / ray.direction[2]);
        // A bowed board is taken as level around the point in question.
        let bow = self.unit.bow_at(ground[0].clamp(0.0, size[0]), ground[1].clamp(0.0, size[1]));
        let ray = &Ray { origin: [ray.origin[0], ray.origin[1], ray.origin[2] - bow], direction: ray.direction };
        if let Some((number, meeting)) = self.scene.crowd.first(ray, 0.0) {
            return (self.lit(&self.on_solid(ray, number, &meeting), ray), false);
        }
        let at = ray.at(-ray.origin[2] / ray.direction[2]);
        if (0..2).all(|k| at[k] >= 0.0 && at[k] <= size[k]) {
            return (self.lit(&self.on_face(at), ray), false);
        }
        if let Some(point) = self.on_edge(ray, size) {
            return (self.lit(&point, ray), false);
        }
        let at = ray.at((TABLE_MM - ray.origin[2]) / ray.direction[2]);
        let finish = table::finish(self.camera.table, at[0], at[1]);
        let open = self.scene.shade.floor(at[0], at[1]);
        (self.lit(&Point { at, normal: [0.0, 0.0, 1.0], finish, open }, ray), true)
    }

    fn on_solid(&self, ray: &Ray, number: u32, meeting: &Meeting) -> Point {
        let solid = &self.scene.crowd.solids[number as usize];
        let at = ray.at(meeting.t);
        let is_top = meeting.normal[2] > 0.0;
        let mut finish = if is_top { solid.top } else { solid.side };
        if let (true, Some(decal)) = (is_top, solid.decal) {
            let decal = &self.scene.decals[decal as usize];
            let [w, h] = match solid.shape {
                crate::solid::Shape::Box(half) => half,
                crate::solid::Shape::Disc(r) => [r; 2],
            };
            let cover = decal.sheet.sample(meeting.local[0] + w, meeting.local[1] + h);
            for layer in 0..4 {
                finish = finish.under(&decal.inks[layer], cover[layer]);
            }
        }
        // Seeded by the place, so that a part more or less changes no other part.
        let seed = self.seed ^ lattice(3, (solid.centre[0] * 500.0) as i32, (solid.centre[1] * 500.0) as i32).to_bits();
        let grain = value_noise(seed, (meeting.local[0] * 7.0) as f32, ((meeting.local[1] + at[2]) * 7.0) as f32);
        finish = finish.times(1.0 + finish.grain * (grain - 0.5));
        let open = if is_top {
            if solid.z[1] < 0.15 { self.scene.shade.floor(at[0], at[1]) } else { self.scene.shade.roof(at[0], at[1]) }
        } else {
            // Walls see half of the surroundings, and less of it near the floor.
            let depth = (at[2] / (1.0 + 0.4 * solid.z[1])).clamp(0.0, 1.0) as f32;
            [0.3 + 0.6 * depth, 0.28 + 0.34 * depth]
        };
        Point { at, normal: solid.to_board(meeting.normal), finish, open }
    }

    fn on_face(&self, at: [f64; 3]) -> Point {
        let [copper, metal, silk, hole] = self.scene.face.sample(at[0], at[1]);
        let (x, y) = (at[0] as f32, at[1] as f32);
        let mottle =
            value_noise(self.seed, x * 2.3, y * 2.3) - 0.5 + 0.8 * (value_noise(self.seed ^ 77, x * 0.16, y * 0.16) - 0.5);
        let varnish = self.scene.mask[0].under(&self.scene.mask[1], copper).times(1.0 + 0.14 * mottle);
        let tin = if metal > 0.0 { value_noise(self.seed ^ 5, x * 5.0, y * 5.0) } else { 0.5 };
        let bare = self.scene.metal.times(0.75 + 0.35 * tin);
        let finish = varnish.under(&finish::SILK, silk).under(&bare, metal);
        let finish = if hole > 0.0 { finish.under(&self.hole([at[0], at[1]]), hole) } else { finish };
        // Solder is never flat: its mirror image wanders.
        let lean = f64::from(metal * (tin - 0.5)) * 0.35;
        let normal = [lean, -lean * 0.6, (1.0 - 1.36 * lean * lean).sqrt()];
        Point { at, normal, finish, open: self.scene.shade.floor(at[0], at[1]) }
    }

    /// What is seen through a hole; a via is too narrow to show anything.
    fn hole(&self, at: [f64; 2]) -> Finish {
        const NEAR: f64 = 2.2;
        let wide = |hole: &[f64; 2]| (0..2).all(|k| (hole[k] - at[k]).abs() < NEAR);
        if self.camera.holes_open && self.unit.board.holes.iter().any(wide) {
            table::finish(self.camera.table, at[0], at[1])
        } else {
            finish::HOLE
        }
    }

    /// The cut edge of the board, where the ray meets it.
    fn on_edge(&self, ray: &Ray, size: [f64; 2]) -> Option<Point> {
        for axis in 0..2 {
            let toward = ray.direction[axis];
            let plane = if toward > 0.0 { 0.0 } else { size[axis] };
            let t = (plane - ray.origin[axis]) / toward;
            let at = ray.at(t);
            let other = 1 - axis;
            if t.is_finite() && at[2] < 0.0 && at[2] > -BOARD_MM && at[other] >= 0.0 && at[other] <= size[other] {
                let mut normal = [0.0; 3];
                normal[axis] = -toward.signum();
                let layer = if ((at[2] / BOARD_MM * 6.0) as i32).rem_euclid(3) == 0 { 0.75 } else { 1.0 };
                return Some(Point { at, normal, finish: finish::LAMINATE.times(layer), open: [0.8, 0.5] });
            }
        }
        None
    }

    /// What a lit point sends back along the ray.
    #[inline]
    fn lit(&self, point: &Point, ray: &Ray) -> [f32; 3] {
        let (light, n) = (&self.camera.light, point.normal);
        let size = self.unit.board.size_mm;
        let along = (point.at[0] - size[0] / 2.0) * self.slope[0] + (point.at[1] - size[1] / 2.0) * self.slope[1];
        let mut key = light.key * (1.0 + 2.0 * light.slope * along as f32).max(0.1);
        if light.shadow > 0.0 {
            let depth = ((along + light.shadow_at) / 0.16 + 0.5).clamp(0.0, 1.0) as f32;
            key *= 1.0 - light.shadow * (1.0 - depth * depth * (3.0 - 2.0 * depth));
        }
        let facing = (n[0] * self.lamp[0] + n[1] * self.lamp[1] + n[2] * self.lamp[2]).max(0.0) as f32;
        let scattered = light.ambient * point.open[1] + key * facing * point.open[0];
        let length = ray.direction.map(|v| v * v).iter().sum::<f64>().sqrt();
        let sight = ray.direction.map(|v| v / length);
        let against = 2.0 * (0..3).map(|k| sight[k] * n[k]).sum::<f64>();
        let mirror = [0, 1, 2].map(|k| sight[k] - against * n[k]);
        let image = self.surroundings(mirror, key * point.open[0], light.ambient * point.open[1]);
        let lamp = self.glare(point, mirror) * (0.4 + 0.6 * point.open[0]);
        let finish = &point.finish;
        // Varnish and plastic mirror a twenty-fifth of what falls on them straight, metals nearly all.
        let thin = 0.04 * finish.gloss * (1.0 - finish.metal);
        let mut out = [0.0; 3];
        for c in 0..3 {
            let body = finish.colour[c] * (scattered * (1.0 - finish.metal) + finish.metal * finish.gloss * image);
            out[c] = body + thin * image + finish.gloss * lamp * (0.25 + finish.metal * finish.colour[c] * 2.0);
        }
        if let Some(glints) = self.glints.as_ref().filter(|_| n[2] > 0.9) {
            let light = glints.light([point.at[0], point.at[1]]) * finish.gloss.max(0.1).sqrt();
            out = out.map(|v| v + light);
        }
        let warm = light.warmth;
        [out[0] * warm, out[1], out[2] * (2.0 - warm)]
    }

    /// A plain room: bright above, dark at the horizon, brightest towards the lamp.
    #[inline]
    fn surroundings(&self, mirror: [f64; 3], key: f32, ambient: f32) -> f32 {
        let up = mirror[2].max(0.0) as f32;
        let toward = (0..3).map(|k| mirror[k] * self.lamp[k]).sum::<f64>() as f32;
        let lobe = ((toward - 0.45) / 0.5).clamp(0.0, 1.0);
        ambient * (0.2 + 0.65 * up * up) + key * 0.95 * lobe * lobe
    }

    /// The mirror image of the lamp, spread by the roughness of varnish.
    #[inline]
    fn glare(&self, point: &Point, mirror: [f64; 3]) -> f32 {
        let strength = self.camera.light.glare;
        if strength <= 0.0 {
            return 0.0;
        }
        let to_lamp = [0, 1, 2].map(|k| self.mirrored[k] - point.at[k]);
        let length = to_lamp.map(|v| v * v).iter().sum::<f64>().sqrt();
        let toward = ((0..3).map(|k| mirror[k] * to_lamp[k]).sum::<f64>() / length).max(0.0) as f32;
        // The 64th and the 512th power, by squaring: a broad sheen and a core.
        let sheen = (0..6).fold(toward, |v, _| v * v);
        let core = (0..3).fold(sheen, |v, _| v * v);
        strength * (0.18 * sheen + 0.9 * core)
    }
}
