//! A drawing as a picture.

use kurbo::{Affine, BezPath, PathEl, Shape};
use serde::{Deserialize, Serialize};
use zeno::{Command, Fill, Mask, Scratch, Style};

use super::{Figure, Layer, LayerKind, Mark, around};
use crate::catalog::Side;
use crate::design::{Design, Placement};
use crate::geometry::{Drawing, Homography, Rect, Space};
use crate::vision::Picture;

/// Pixels of a painted picture: what four by four textures of 2,048 pixels a side hold.
pub const MOST_PAINTED_PX: usize = 67_108_864;
/// Pixels along a side of a painted picture; the library counts lines of 32,768.
pub(super) const LONGEST_PAINTED_PX: usize = 16_384;
/// Pixels per millimetre of a painted picture, far more than a photo has.
const MOST_PX_PER_MM: f64 = 200.0;
/// A piece of a line, in pixels: the library multiplies its length by 65,536, thrice, within 31 bits.
const LONGEST_PIECE_PX: f32 = 2048.0;
/// Curves differ from their pieces by less, in pixels.
const FLATNESS_PX: f64 = 0.05;
/// The thinnest line, in pixels.
const HAIRLINE_PX: f64 = 1.0;
/// What the board itself looks like where nothing is drawn on it.
const GROUND: [u8; 3] = [18, 30, 26];

/// A part of the board that is painted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// In millimetres.
    pub area: Rect<Drawing>,
    /// Pixels per millimetre.
    pub px_per_mm: f64,
    /// True when the board is looked at from its bottom side: left and right change places.
    pub from_below: bool,
}

impl Frame {
    /// The side that it shows.
    #[must_use]
    pub const fn side(&self) -> Side {
        if self.from_below { Side::Bottom } else { Side::Top }
    }

    /// Millimetres to pixels of the picture, whichever space that is.
    #[must_use]
    pub fn map_to<To: Space>(&self) -> Homography<Drawing, To> {
        let [a, b, c, d, e, f] = self.map().as_coeffs();
        Homography::new([a, c, e, b, d, f, 0.0, 0.0, 1.0])
    }

    /// Around all that is drawn of a side, a millimetre more; with fewer pixels per millimetre where the picture would be too large. `None` when nothing is drawn there.
    #[must_use]
    pub fn around(design: &Design, side: Side, px_per_mm: f64) -> Option<Self> {
        let edges = || design.layers.iter().filter(|layer| layer.kind == LayerKind::Outline).filter_map(Layer::bounds);
        let parts = design.on(side).map(Placement::outline);
        let all = || design.layers_of(side).filter_map(Layer::bounds).chain(parts);
        // Titles and frames of drawings lie outside of the board.
        let area = around(edges()).or_else(|| around(all()))?.grown(1.0);
        let longest = LONGEST_PAINTED_PX as f64 / area.w.max(area.h) * 0.999;
        let px_per_mm = px_per_mm.min(longest).min(MOST_PX_PER_MM);
        Some(Self { area, px_per_mm, from_below: side == Side::Bottom }.holding(MOST_PAINTED_PX))
    }

    /// The same part of the board in at most so many pixels.
    pub(super) fn holding(self, most_px: usize) -> Self {
        let most = (most_px as f64 / (self.area.w * self.area.h)).sqrt() * 0.999;
        Self { px_per_mm: self.px_per_mm.min(most), ..self }
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
    /// How much of each pixel of the frame the layer covers, 0 to 255, row by row; nothing where the frame is larger than is painted.
    #[must_use]
    pub fn coverage(&self, frame: &Frame) -> Vec<u8> {
        let [width, height] = frame.size();
        if width.saturating_mul(height) > MOST_PAINTED_PX || width.max(height) > LONGEST_PAINTED_PX {
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
            Figure::Area(path) => self.fill(path, &mut own),
            Figure::Line { path, width_mm } => {
                let width_mm = width_mm.max(HAIRLINE_PX / self.scale);
                self.fill(&stroked(path, width_mm, FLATNESS_PX / self.scale), &mut own);
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

    /// What a path encloses, by the non-zero rule.
    fn fill(&mut self, path: &BezPath, canvas: &mut Canvas) {
        self.path.clear();
        let around = canvas.around();
        let (commands, mut at, mut start) = (&mut self.path, kurbo::Point::ORIGIN, kurbo::Point::ORIGIN);
        kurbo::flatten(self.map * path, FLATNESS_PX, |element| match element {
            PathEl::MoveTo(p) => {
                (at, start) = (p, p);
                commands.push(Command::MoveTo(clamped(p, &around)));
            }
            PathEl::LineTo(p) => {
                pieces(at, p, &around, |p| commands.push(Command::LineTo(p)));
                at = p;
            }
            PathEl::ClosePath => {
                pieces(at, start, &around, |p| commands.push(Command::LineTo(p)));
                at = start;
            }
            // Flat paths have no curves.
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
        Mask::with_scratch(&self.path[..], &mut self.scratch)
            .style(Style::Fill(Fill::NonZero))
            .size(canvas.width as u32, canvas.height as u32)
            .render_into(&mut canvas.pixels, None);
    }
}

/// The straight pieces of a line, cut where it leaves a box and comes back, with what lies outside laid onto the box's edge. What the box encloses
/// is enclosed as before, and nothing is longer than the library can count.
fn pieces(from: kurbo::Point, to: kurbo::Point, around: &kurbo::Rect, mut meet: impl FnMut(zeno::Vector)) {
    let along = to - from;
    let crossing = |edge: f64, at: f64, length: f64| (edge - at) / length;
    let mut cuts = [
        crossing(around.x0, from.x, along.x),
        crossing(around.x1, from.x, along.x),
        crossing(around.y0, from.y, along.y),
        crossing(around.y1, from.y, along.y),
    ];
    cuts.sort_by(f64::total_cmp);
    let mut last = clamped(from, around);
    let mut go = |to: zeno::Vector| {
        let along = to - last;
        let count = (along.x.abs().max(along.y.abs()) / LONGEST_PIECE_PX).ceil().clamp(1.0, 64.0);
        (1..=count as u32).for_each(|k| meet(last + along * (k as f32 / count)));
        last = to;
    };
    for cut in cuts.into_iter().filter(|cut| *cut > 0.0 && *cut < 1.0) {
        go(clamped(from + along * cut, around));
    }
    go(clamped(to, around));
}

/// Within the box, whatever it is: the library takes the whole part of a number that is none without looking.
fn clamped(p: kurbo::Point, around: &kurbo::Rect) -> zeno::Vector {
    zeno::Vector::new(p.x.max(around.x0).min(around.x1) as f32, p.y.max(around.y0).min(around.y1) as f32)
}

/// What a round pen covers along a path, as an area.
fn stroked(path: &BezPath, width_mm: f64, tolerance_mm: f64) -> BezPath {
    let bounds = path.bounding_box();
    if bounds.width().max(bounds.height()) < tolerance_mm {
        // A dot.
        return kurbo::Circle::new(bounds.center(), width_mm / 2.0).to_path(tolerance_mm);
    }
    let mut line = BezPath::new();
    kurbo::flatten(path, tolerance_mm, |element| {
        line.push(match element {
            PathEl::MoveTo(p) => PathEl::MoveTo(snapped(p)),
            PathEl::LineTo(p) => PathEl::LineTo(snapped(p)),
            other => other,
        });
    });
    kurbo::stroke(line, &kurbo::Stroke::new(width_mm), &kurbo::StrokeOpts::default(), tolerance_mm)
}

/// On a grid of a nanometre: of pieces that are shorter than numbers can tell, the library makes outlines that are nowhere.
fn snapped(p: kurbo::Point) -> kurbo::Point {
    const PER_MM: f64 = 1e6;
    kurbo::Point::new((p.x * PER_MM).round() / PER_MM, (p.y * PER_MM).round() / PER_MM)
}

impl Canvas {
    /// What is beyond this changes no pixel.
    fn around(&self) -> kurbo::Rect {
        kurbo::Rect::new(0.0, 0.0, self.width as f64, self.height as f64).inflate(2.0, 2.0)
    }

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
