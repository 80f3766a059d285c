//! A side of a design on a transparent sheet, as it lies on the light table: what is drawn, the outlines of parts, and their names.

use kurbo::Affine;

use super::lettering::{width_of, written};
use super::{Figure, Frame, Layer, LayerKind, Mark};
use crate::catalog::Side;
use crate::design::{Design, Placement};

/// Pixels of a sheet: as many as of a common photo.
pub const MOST_SHEET_PX: usize = 16_000_000;
/// Pixels per millimetre where there is room: the name of an 0402 part is six pixels high.
const PX_PER_MM: f64 = 20.0;
/// Width of an outline, and of the dark line below it that sets it off from any picture.
const OUTLINE_MM: f64 = 0.1;
const CASING_MM: f64 = 0.22;
/// The least and the greatest height of a name.
const LETTERS_MM: [f64; 2] = [0.3, 2.0];
/// A name takes this share of its part's sides.
const NAME_SHARE: f64 = 0.8;
/// The pen's width, as a share of the height of letters.
const PEN_SHARE: f64 = 0.12;
/// A part whose size is unknown is a cross of this size with its name beside it.
const UNKNOWN_MM: f64 = 0.5;

/// A side of a board as a picture with transparency.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Which part of the board it shows, and how large.
    pub frame: Frame,
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and opacity, row by row; colours are not multiplied with opacity.
    pub rgba: Vec<u8>,
}

impl Frame {
    /// The frame of the sheet of a side; `None` when the design has nothing there.
    #[must_use]
    pub fn of_sheet(design: &Design, side: Side) -> Option<Self> {
        Some(Self::around(design, side, PX_PER_MM)?.holding(MOST_SHEET_PX))
    }
}

impl Design {
    /// A side on a transparent sheet; `None` when the design has nothing there.
    #[must_use]
    pub fn sheet(&self, side: Side) -> Option<Sheet> {
        let frame = Frame::of_sheet(self, side)?;
        let [width, height] = frame.size();
        let mut sheet = Sheet { frame, width, height, rgba: vec![0; 4 * width * height] };
        for (kind, colour, opacity) in INKS {
            for layer in self.layers_of(side).filter(|layer| layer.kind == kind) {
                sheet.lay(layer, colour, opacity);
            }
        }
        for (fitted, colour) in [(false, NOT_FITTED), (true, FITTED)] {
            let parts: Vec<&Placement> = self.on(side).filter(|part| part.fitted == fitted).collect();
            sheet.lay(&lines(&parts, &frame, CASING_MM - OUTLINE_MM), CASING, 150);
            sheet.lay(&lines(&parts, &frame, 0.0), colour, 255);
        }
        Some(sheet)
    }
}

/// What is drawn, lowest first: between light and dark, so that it is seen on a dark table, on a photo and on paper.
const INKS: [(LayerKind, [u8; 3], u32); 5] = [
    (LayerKind::Copper, [150, 110, 50], 90),
    (LayerKind::Mask, [206, 160, 70], 190),
    (LayerKind::Silk, [168, 174, 182], 220),
    (LayerKind::Outline, [232, 176, 40], 255),
    (LayerKind::Drill, [60, 64, 72], 235),
];
const FITTED: [u8; 3] = [86, 190, 255];
const NOT_FITTED: [u8; 3] = [150, 152, 160];
const CASING: [u8; 3] = [8, 12, 18];

/// Outlines and names of parts, with lines that are so much wider than usual.
fn lines(parts: &[&Placement], frame: &Frame, wider_mm: f64) -> Layer {
    let mut layer = Layer::new(LayerKind::Other, None, "");
    for part in parts {
        let (at, half) = (kurbo::Point::new(part.at.x, part.at.y), part.footprint().half_mm);
        let mut outline = kurbo::BezPath::new();
        match half {
            Some([w, h]) => {
                outline = super::chain([(-w, -h), (w, -h), (w, h), (-w, h)].map(|(x, y)| kurbo::Point::new(at.x + x, at.y + y)));
                outline.close_path();
            }
            None => {
                for (x, y) in [(UNKNOWN_MM, 0.0), (0.0, UNKNOWN_MM)] {
                    outline.move_to((at.x - x, at.y - y));
                    outline.line_to((at.x + x, at.y + y));
                }
            }
        }
        layer.marks.push(Mark::dark(Figure::Line { path: outline, width_mm: OUTLINE_MM + wider_mm }));
        let (letters_mm, turned) = name_of(part, half);
        // A name beside a cross, in the middle of an outline.
        let off = if half.is_none() { UNKNOWN_MM + letters_mm } else { 0.0 };
        let mirror = if frame.from_below { -1.0 } else { 1.0 };
        let place = Affine::translate((at.x, at.y - off))
            * Affine::scale_non_uniform(mirror, 1.0)
            * Affine::rotate(if turned { -std::f64::consts::FRAC_PI_2 } else { 0.0 })
            * Affine::scale(letters_mm);
        let pen_mm = PEN_SHARE * letters_mm + wider_mm;
        layer.marks.push(Mark::dark(Figure::Line { path: place * written(&part.designator), width_mm: pen_mm }));
    }
    layer
}

/// The height of the letters of a part's name, and whether it is written upwards: along the part's longer side.
fn name_of(part: &Placement, half: Option<[f64; 2]>) -> (f64, bool) {
    let Some([w, h]) = half else { return (2.0 * LETTERS_MM[0], false) };
    let (turned, along, across) = if h > w { (true, 2.0 * h, 2.0 * w) } else { (false, 2.0 * w, 2.0 * h) };
    let fits = (NAME_SHARE * across).min(NAME_SHARE * along / width_of(&part.designator).max(1.0));
    (fits.clamp(LETTERS_MM[0], LETTERS_MM[1]), turned)
}

impl Sheet {
    /// Lays a layer over what is there.
    fn lay(&mut self, layer: &Layer, colour: [u8; 3], opacity: u32) {
        for (pixel, cover) in self.rgba.as_chunks_mut::<4>().0.iter_mut().zip(layer.coverage(&self.frame)) {
            let above = u32::from(cover) * opacity / 255;
            if above == 0 {
                continue;
            }
            let [.., below] = *pixel;
            // What shows of the ink below, and both together; of 255.
            let rest = (u32::from(below) * (255 - above) + 127) / 255;
            let whole = above + rest;
            for (value, ink) in pixel.iter_mut().zip(colour) {
                *value = ((u32::from(ink) * above + u32::from(*value) * rest + whole / 2) / whole) as u8;
            }
            pixel[3] = whole.min(255) as u8;
        }
    }

    /// As a PNG file with nothing in it but pixels; `None` when it has none.
    #[must_use]
    pub fn to_png(&self) -> Option<Vec<u8>> {
        let mut file = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut file);
        let (width, height) = (u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        image::ImageEncoder::write_image(encoder, &self.rgba, width, height, image::ExtendedColorType::Rgba8).ok()?;
        Some(file)
    }
}
