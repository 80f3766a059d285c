//! A drawing as a picture.

use kurbo::{Affine, BezPath, PathEl};
use zeno::{Cap, Command, Fill, Join, Mask, Scratch, Stroke, Style};

use super::{Figure, Layer, LayerKind, Mark, around};
use crate::catalog::Side;
use crate::design::{Design, Placement};
use crate::geometry::{Drawing, Rect};
use crate::vision::Picture;

/// Pixels of a painted picture: what four by four textures of 2,048 pixels a side hold.
pub const MOST_PAINTED_PX: usize = 67_108_864;
/// Pixels per millimetre of a painted picture, far more than a photo has.
pub(super) const MOST_PX_PER_MM: f64 = 200.0;
/// The thinnest line, in pixels.
const HAIRLINE_PX: f64 = 1.0;
/// What the board itself looks like where nothing is drawn on it.
const GROUND: [u8; 3] = [18, 30, 26];

/// A part of the board that is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// In millimetres.
    pub area: Rect<Drawing>,
    /// Pixels per millimetre.
    pub px_per_mm: f64,
    /// True when the board is looked at from its bottom side: left and right change places.
    pub from_below: bool,
}

impl Frame {
    /// Around all that is drawn of a side, a millimetre more; with fewer pixels per millimetre where the picture would be too large. `None` when nothing is drawn there.
    #[must_use]
    pub fn around(design: &Design, side: Side, px_per_mm: f64) -> Option<Self> {
        let edges = || design.layers.iter().filter(|layer| layer.kind == LayerKind::Outline).filter_map(Layer::bounds);
        let parts = design.on(side).map(Placement::outline);
        let all = || design.layers_of(side).filter_map(Layer::bounds).chain(parts);
        // Titles and frames of drawings lie outside of the board.
        let area = around(edges()).or_else(|| around(all()))?.grown(1.0);
        let most = (MOST_PAINTED_PX as f64 / (area.w * area.h)).sqrt() * 0.999;
        Some(Self { area, px_per_mm: px_per_mm.min(most).min(MOST_PX_PER_MM), from_below: side == Side::Bottom })
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        [self.area.w, self.area.h].map(|mm| ((mm * self.px_per_mm).ceil() as usize).max(1))
    }

    /// The outline of a part in pixels, closed; `None` where its size is unknown.
    #[must_use]
    pub fn outline(&self, part: &Placement) -> Option<Vec<[f64; 2]>> {
        part.footprint().half_mm?;
        let corners = part.outline().corners();
        let ring = corners.into_iter().chain([corners[0]]);
        Some(ring.map(|corner| self.map() * kurbo::Point::new(corner.x, corner.y)).map(|p| [p.x - 0.5, p.y - 0.5]).collect())
    }

    /// Millimetres to pixels.
    fn map(&self) -> Affine {
        let scaled = Affine::translate((-self.area.x, -self.area.y)).then_scale(self.px_per_mm);
        let mirror = Affine::new([-1.0, 0.0, 0.0, 1.0, self.size()[0] as f64, 0.0]);
        if self.from_below { mirror * scaled } else { scaled }
    }
}

impl Layer {
    /// How much of each pixel of the frame the layer covers, 0 to 255, row by row.
    #[must_use]
    pub fn coverage(&self, frame: &Frame) -> Vec<u8> {
        let [width, height] = frame.size();
        if width.saturating_mul(height) > MOST_PAINTED_PX {
            return Vec::new();
        }
        let mut canvas = Canvas { width, height, pixels: vec![0; width * height] };
        let mut brush = Brush { map: frame.map(), scale: frame.px_per_mm, scratch: Scratch::new(), path: Vec::new() };
        self.marks.iter().for_each(|mark| brush.paint(mark, &mut canvas));
        canvas.pixels
    }
}

impl Design {
    /// The layers that are seen on a side, and those that go through the board or of which no side is told.
    pub fn layers_of(&self, side: Side) -> impl Iterator<Item = &Layer> {
        self.layers.iter().filter(move |layer| layer.kind != LayerKind::Within && layer.side.is_none_or(|own| own == side))
    }

    /// A side as a picture, each kind of layer in its own colour.
    #[must_use]
    pub fn painted(&self, side: Side, frame: &Frame) -> Picture {
        let [width, height] = frame.size();
        let mut rgb: Vec<u8> = GROUND.into_iter().cycle().take(3 * width * height).collect();
        for kind in LayerKind::SEEN {
            let (colour, opacity) = ink(kind);
            for layer in self.layers_of(side).filter(|layer| layer.kind == kind) {
                for (pixel, cover) in rgb.as_chunks_mut::<3>().0.iter_mut().zip(layer.coverage(frame)) {
                    for (value, ink) in pixel.iter_mut().zip(colour) {
                        *value = blended(*value, ink, u32::from(cover) * opacity / 255);
                    }
                }
            }
        }
        Picture { width, height, rgb }
    }
}

/// The colour of a kind of layer, and how much of what lies below it hides, of 255.
fn ink(kind: LayerKind) -> ([u8; 3], u32) {
    match kind {
        LayerKind::Copper => ([110, 84, 38], 255),
        LayerKind::Mask => ([214, 176, 92], 255),
        LayerKind::Paste => ([176, 178, 184], 160),
        LayerKind::Assembly => ([98, 160, 214], 200),
        LayerKind::Silk => ([238, 238, 232], 255),
        LayerKind::Within | LayerKind::Other => ([120, 120, 130], 160),
        LayerKind::Outline => ([250, 210, 60], 255),
        LayerKind::Drill => ([0, 0, 0], 255),
    }
}

fn blended(below: u8, above: u8, share: u32) -> u8 {
    ((u32::from(below) * (255 - share) + u32::from(above) * share + 127) / 255) as u8
}

/// Pixels that are covered more or less.
struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// What paints marks on a canvas.
struct Brush {
    map: Affine,
    scale: f64,
    scratch: Scratch,
    path: Vec<Command>,
}

impl Brush {
    fn paint(&mut self, mark: &Mark, canvas: &mut Canvas) {
        let Some(part) = self.pixels_of(mark, canvas) else { return };
        let [left, top, width, height] = part;
        let mut own = Canvas { width, height, pixels: vec![0; width * height] };
        let before = self.map;
        // The library counts in single precision: from the corner on, that is enough.
        self.map = Affine::translate((-(left as f64), -(top as f64))) * before;
        match &mark.figure {
            Figure::Area(path) => self.fill(path, Style::Fill(Fill::NonZero), &mut own),
            Figure::Line { path, width_mm } => {
                let width = (width_mm * self.scale).max(HAIRLINE_PX) as f32;
                self.fill(path, Style::Stroke(*Stroke::new(width).cap(Cap::Round).join(Join::Round)), &mut own);
            }
            Figure::Group(marks) => marks.iter().for_each(|mark| self.paint(mark, &mut own)),
        }
        self.map = before;
        canvas.lay(&own.pixels, part, mark.is_clear);
    }

    /// The pixels that a mark may touch: left, top, width, height.
    fn pixels_of(&self, mark: &Mark, canvas: &Canvas) -> Option<[usize; 4]> {
        let bounds = mark.figure.bounds()?;
        let bounds = self.map.transform_rect_bbox(kurbo::Rect::new(bounds.x, bounds.y, bounds.x + bounds.w, bounds.y + bounds.h));
        // A hairline is wider than it says, and edges are smooth.
        let bounds = bounds.inflate(2.0, 2.0);
        let clamp = |value: f64, most: usize| value.clamp(0.0, most as f64) as usize;
        let [left, right] = [bounds.x0.floor(), bounds.x1.ceil()].map(|x| clamp(x, canvas.width));
        let [top, bottom] = [bounds.y0.floor(), bounds.y1.ceil()].map(|y| clamp(y, canvas.height));
        (right > left && bottom > top).then(|| [left, top, right - left, bottom - top])
    }

    fn fill(&mut self, path: &BezPath, style: Style<'_>, canvas: &mut Canvas) {
        let map = self.map;
        let at = |p: kurbo::Point| {
            let p = map * p;
            zeno::Vector::new(p.x as f32, p.y as f32)
        };
        self.path.clear();
        self.path.extend(path.elements().iter().map(|element| match *element {
            PathEl::MoveTo(p) => Command::MoveTo(at(p)),
            PathEl::LineTo(p) => Command::LineTo(at(p)),
            PathEl::QuadTo(a, b) => Command::QuadTo(at(a), at(b)),
            PathEl::CurveTo(a, b, c) => Command::CurveTo(at(a), at(b), at(c)),
            PathEl::ClosePath => Command::Close,
        }));
        Mask::with_scratch(&self.path[..], &mut self.scratch)
            .style(style)
            .size(canvas.width as u32, canvas.height as u32)
            .render_into(&mut canvas.pixels, None);
    }
}

impl Canvas {
    /// Lays what covers a part over what is there, or takes it away.
    fn lay(&mut self, pixels: &[u8], [left, top, width, _]: [usize; 4], is_clear: bool) {
        let ink = if is_clear { 0 } else { 255 };
        for (row, line) in pixels.chunks_exact(width).enumerate() {
            let start = (top + row) * self.width + left;
            let Some(below) = self.pixels.get_mut(start..start + width) else { continue };
            for (below, cover) in below.iter_mut().zip(line) {
                *below = blended(*below, ink, u32::from(*cover));
            }
        }
    }
}
