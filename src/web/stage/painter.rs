//! Draws one frame, whoever holds the brush: what comes over what, and where.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{HtmlCanvasElement, ImageBitmap};

use super::StageError;
use super::patch::Area;
use crate::app::table::{Camera, Plan, Table, Viewport};
use crate::geometry::Warp;
use crate::vision::Sha256;

/// Red, green, blue, opacity, 0 to 1.
pub(super) type Colour = [f32; 4];

const LIGHT: Colour = [1.0, 1.0, 1.0, 1.0];
const DARK: Colour = [0.05, 0.05, 0.06, 1.0];
/// The page's own colour under a picture that does not fill its square.
const GROUND: Colour = [0.08, 0.085, 0.095, 1.0];

/// What a picture is on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Reference,
    Photo,
    /// Over both, by its place from below.
    Over(usize),
}

/// A picture that is to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    pub(super) role: Role,
    pub(super) sha256: Sha256,
    pub(super) size: (u32, u32),
    pub(super) warp: Rc<Warp>,
    /// Transparent pixels show what lies below, as on a drawing; else they lie over white, as in the analysis.
    pub(super) is_sheet: bool,
}

/// What is to be loaded for a picture.
#[derive(Debug, Clone)]
pub(super) struct Load {
    pub(super) role: Role,
    /// Given to one loading only, so that a late tile of an older one is known as such.
    pub(super) number: u32,
    pub(super) sha256: Sha256,
    pub(super) width: u32,
    pub(super) pixels: u64,
    pub(super) tiles: Vec<Area>,
}

/// Nobody waits for these pixels any more.
pub(super) struct Outdated;

/// How one picture is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) camera: Camera,
    pub(super) view: Viewport,
    pub(super) opacity: f64,
    /// As in [`Plan::Split`]: drawn where it is above 0.
    pub(super) cut: Option<[f64; 3]>,
    pub(super) grey: bool,
}

/// A part of a picture, as it comes from the loading.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// The whole picture in few pixels, shown wherever a tile is missing.
    Preview,
    /// The tile at this place of [`Load::tiles`].
    Tile(usize),
}

/// Whoever draws: a graphics card, or a plain canvas.
pub(super) trait Painter {
    /// Makes the pictures those that are wanted; what is to be loaded for that.
    /// Numbers of loadings go on from `last_number`.
    fn lay_out(&mut self, wanted: Vec<Wanted>, last_number: &mut u32) -> Vec<Load>;
    /// Takes pixels for the picture of this number.
    fn take(&mut self, number: u32, part: Part, bitmap: &ImageBitmap) -> Result<Result<(), JsValue>, Outdated>;
    /// Draws a frame.
    fn paint(&mut self, canvas: &HtmlCanvasElement, table: &Table) -> Result<(), StageError>;
    /// True while the last frame, or the last pixels, are still being worked on.
    fn is_drawing(&mut self) -> bool;
    /// True when everything was taken away from it.
    fn is_lost(&self) -> bool;
    /// Gives the graphics memory back; nothing is drawn afterwards.
    fn free(&mut self);
}

/// A picture on the table, with what a painter keeps for it.
pub(super) struct Laid<P> {
    pub(super) wanted: Wanted,
    pub(super) number: u32,
    pub(super) pixels: P,
}

/// Makes `laid` what is wanted. A picture that is there already stays, whatever it is now, and is bent where it lies otherwise; `make`
/// makes what a new one needs, with its tiles.
pub(super) fn lay_out<P>(
    laid: &mut Vec<Laid<P>>,
    last_number: &mut u32,
    wanted: Vec<Wanted>,
    bend: impl Fn(&mut P, &Wanted),
    make: impl Fn(&Wanted) -> (P, Vec<Area>),
    free: impl Fn(P),
) -> Vec<Load> {
    let mut before = std::mem::take(laid);
    let mut loads = Vec::new();
    for wanted in wanted {
        let same = |old: &Laid<P>| (old.wanted.sha256, old.wanted.size) == (wanted.sha256, wanted.size);
        if let Some(place) = before.iter().position(same) {
            let mut kept = before.swap_remove(place);
            if kept.wanted.warp != wanted.warp {
                bend(&mut kept.pixels, &wanted);
            }
            laid.push(Laid { wanted, ..kept });
            continue;
        }
        *last_number = last_number.wrapping_add(1);
        let (pixels, tiles) = make(&wanted);
        let (role, number, sha256, (width, height)) = (wanted.role, *last_number, wanted.sha256, wanted.size);
        loads.push(Load { role, number, sha256, width, pixels: u64::from(width) * u64::from(height), tiles });
        laid.push(Laid { wanted, number, pixels });
    }
    before.into_iter().for_each(|old| free(old.pixels));
    loads
}

/// Gives a canvas its size; one that has it keeps what is on it.
pub(super) fn resize(canvas: &HtmlCanvasElement, (width, height): (u32, u32)) {
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
}

/// The strokes that a frame is made of.
pub(super) trait Brush {
    /// Draws only in this viewport from now on.
    fn clip_to(&self, view: &Viewport);
    /// A plain rectangle in CSS pixels. The clip ends.
    fn fill(&self, area: [f64; 4], colour: Colour);
    /// A picture, if there is one of this role; false when there is none. One without opacity costs nothing.
    fn picture(&self, role: Role, look: &Look) -> bool;
    /// Reference and photo measured against each other, in the way of the plan.
    fn measure(&self, plan: Plan, looks: [&Look; 2]);
}

/// Draws the table.
pub(super) fn compose(brush: &impl Brush, table: &Table) {
    let ([first, second], [left, right]) = (table.viewports(), table.cameras());
    let strength = table.scene().strength;
    let look = |camera, view, opacity| Look { camera, view, opacity, cut: None, grey: false };
    let (reference, photo) = (look(left, first, strength.reference), look(right, second, strength.photo));
    let plan = table.plan();
    match plan {
        Plan::Split(cut) => {
            brush.picture(Role::Reference, &Look { cut: Some(cut.map(|v| -v)), ..reference });
            brush.picture(Role::Photo, &Look { cut: Some(cut), ..photo });
        }
        Plan::Halves => {
            for (role, look) in [(Role::Reference, &reference), (Role::Photo, &photo)] {
                brush.clip_to(&look.view);
                brush.picture(role, look);
                // A photo that lies nowhere has nothing over it.
                if role == Role::Reference || table.scene().warp.is_some() {
                    over(brush, table, look);
                }
            }
            brush.fill([photo.view.x - 1.5, 0.0, 3.0, photo.view.height], DARK);
            brush.fill([photo.view.x - 0.5, 0.0, 1.0, photo.view.height], LIGHT);
        }
        Plan::Reference => _ = brush.picture(Role::Reference, &reference),
        // Whoever holds a hidden photo up wants to see it.
        Plan::Photo if photo.opacity <= 0.0 => _ = brush.picture(Role::Photo, &Look { opacity: 1.0, ..photo }),
        Plan::Photo => _ = brush.picture(Role::Photo, &photo),
        Plan::Over(opacity) => {
            brush.picture(Role::Reference, &reference);
            brush.picture(Role::Photo, &Look { opacity: opacity * photo.opacity, ..photo });
        }
        Plan::Difference | Plan::RedCyan => {
            let whole = |look| Look { opacity: 1.0, ..look };
            brush.measure(plan, [&whole(reference), &whole(photo)]);
        }
    }
    if plan != Plan::Halves {
        over(brush, table, &reference);
    }
    insets(brush, table, &Look { opacity: 1.0, ..reference });
}

/// What lies over both, from below.
fn over(brush: &impl Brush, table: &Table, like: &Look) {
    for (place, picture) in table.scene().over.iter().enumerate() {
        brush.picture(Role::Over(place), &Look { opacity: picture.opacity, ..*like });
    }
}

/// The overview in its corner, and the loupe's two squares.
fn insets(brush: &impl Brush, table: &Table, like: &Look) {
    if let Some((view, camera)) = table.overview() {
        framed(brush, &view, DARK);
        let look = Look { camera, view, ..*like };
        if !brush.picture(Role::Reference, &look) {
            brush.picture(Role::Photo, &look);
        }
        // What the table shows, as a frame in it.
        let [seen, _] = table.viewports();
        let corner = |x: f64, y: f64| camera.to_screen(table.camera().to_reference((x, y), &seen), &view);
        let ((x0, y0), (x1, y1)) = (corner(seen.x, seen.y), corner(seen.x + seen.width, seen.y + seen.height));
        let (left, top) = (x0.min(x1).max(view.x), y0.min(y1).max(view.y));
        let (right, bottom) = (x0.max(x1).min(view.x + view.width), y0.max(y1).min(view.y + view.height));
        for (grow, width, colour) in [(1.0, 3.0, DARK), (0.0, 1.0, LIGHT)] {
            let (x, y) = (left - grow, top - grow);
            let (w, h) = ((right - left + 2.0 * grow).max(width), (bottom - top + 2.0 * grow).max(width));
            let edges = [[x, y, w, width], [x, y + h - width, w, width], [x, y, width, h], [x + w - width, y, width, h]];
            edges.into_iter().for_each(|edge| brush.fill(edge, colour));
        }
    }
    if let Some((views, camera)) = table.loupe() {
        for (view, role) in views.into_iter().zip([Role::Reference, Role::Photo]) {
            framed(brush, &view, LIGHT);
            brush.picture(role, &Look { camera, view, ..*like });
            let (x, y) = view.middle();
            brush.fill([x - 6.0, y - 0.5, 12.0, 1.0], LIGHT);
            brush.fill([x - 0.5, y - 6.0, 1.0, 12.0], LIGHT);
        }
    }
}

/// An empty square with an edge around it; what comes next is drawn inside.
fn framed(brush: &impl Brush, view: &Viewport, edge: Colour) {
    brush.fill([view.x - 2.0, view.y - 2.0, view.width + 4.0, view.height + 4.0], DARK);
    brush.fill([view.x - 1.0, view.y - 1.0, view.width + 2.0, view.height + 2.0], edge);
    brush.fill([view.x, view.y, view.width, view.height], GROUND);
    brush.clip_to(view);
}
