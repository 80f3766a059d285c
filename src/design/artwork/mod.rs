//! What is drawn of a board, layer by layer: copper, mask, print, holes, edge.

mod lettering;
mod paint;
mod sheet;
#[cfg(test)]
mod tests;

use kurbo::{Affine, BezPath, PathEl, Shape};

pub use paint::{Frame, MOST_PAINTED_PX};
pub use sheet::{MOST_SHEET_PX, Sheet};
#[cfg(test)]
pub(super) use tests::covered_mm2;

use super::unit::FURTHEST_MM;
use super::{DesignError, Why};
use crate::catalog::Side;
use crate::geometry::{Drawing, Rect};

/// Points of all paths of a design; a mainboard's copper with its poured areas has some one million.
pub const MOST_POINTS: usize = 2_000_000;
/// Times that what a layer draws may cover it, each line and area being taken for the rectangle around it: the examples of gerbv stay below five.
pub const MOST_TIMES_OVER: f64 = 1_000.0;
/// Curves differ from their pieces by less, in millimetres.
pub(super) const FLATNESS_MM: f64 = 0.002;

/// A layer of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// What it shows.
    pub kind: LayerKind,
    /// Where it is seen; `None` where it goes through the board, lies within, or the file doesn't say.
    pub side: Option<Side>,
    /// As the file calls it, or the file itself.
    pub name: String,
    /// In the order of drawing: what is clear takes away what was drawn before it.
    pub marks: Vec<Mark>,
}

/// What a layer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKind {
    /// Copper: pads, tracks and poured areas.
    Copper,
    /// Where copper is open to be soldered: openings of the mask.
    Mask,
    /// Where solder paste is printed.
    Paste,
    /// Printed text and lines.
    Silk,
    /// The bodies of parts.
    Assembly,
    /// Holes and slots, plated or not.
    Drill,
    /// The board's edge.
    Outline,
    /// Copper between the sides, which no photo shows.
    Within,
    /// Dimensions, notes, and what the file doesn't say.
    Other,
}

/// Something that is drawn at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// True when it takes away what was drawn before it.
    pub is_clear: bool,
    /// Its shape in millimetres.
    pub figure: Figure,
}

/// A shape in millimetres on the board, x right and y down as it is seen from the top.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// What closed paths enclose, by the non-zero rule.
    Area(BezPath),
    /// What a round pen draws along a path.
    Line {
        /// Where the pen's middle goes.
        path: BezPath,
        /// The pen's diameter; with 0 the line is as thin as can be seen.
        width_mm: f64,
    },
    /// Marks of which a clear one takes away only what this figure drew before it, as in an aperture macro.
    Group(Vec<Mark>),
}

impl Layer {
    /// A layer on which nothing is drawn yet.
    pub(super) fn new(kind: LayerKind, side: Option<Side>, name: &str) -> Self {
        Self { kind, side, name: super::kept(name), marks: Vec::new() }
    }

    /// How many times over the marks cover the rectangle around them all, each mark being taken for the rectangle around it: what painting it costs.
    pub(super) fn times_over(&self) -> f64 {
        // What is clear costs as much.
        let whole = around(self.marks.iter().filter_map(|mark| mark.figure.bounds())).map(|whole| whole.grown(1.0).area());
        whole.map_or(0.0, |whole| self.marks.iter().map(|mark| mark.figure.boxes_mm2()).sum::<f64>() / whole)
    }

    /// The smallest rectangle around all that is drawn; `None` when nothing is.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect<Drawing>> {
        around(self.marks.iter().filter(|mark| !mark.is_clear).filter_map(|mark| mark.figure.bounds()))
    }
}

impl LayerKind {
    /// Those that a picture of a side shows, in the order in which they lie on it.
    pub const SEEN: [Self; 8] =
        [Self::Copper, Self::Mask, Self::Paste, Self::Assembly, Self::Silk, Self::Other, Self::Outline, Self::Drill];

    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Copper => "copper",
            Self::Mask => "mask",
            Self::Paste => "paste",
            Self::Silk => "silk",
            Self::Assembly => "assembly",
            Self::Drill => "drill",
            Self::Outline => "outline",
            Self::Within => "within",
            Self::Other => "other",
        }
    }
}

impl Mark {
    pub(super) fn dark(figure: Figure) -> Self {
        Self { is_clear: false, figure }
    }

    pub(super) fn moved(&self, by: Affine) -> Self {
        Self { is_clear: self.is_clear, figure: self.figure.moved(by) }
    }
}

impl Figure {
    /// A closed ring of corners.
    pub(super) fn ring(corners: impl IntoIterator<Item = kurbo::Point>) -> Self {
        let mut path = chain(corners);
        if !path.elements().is_empty() {
            path.close_path();
        }
        Self::Area(path)
    }

    /// What a shape of the library's encloses; nothing where it is larger than any board, as its curves would have pieces without end.
    pub(super) fn of(shape: &impl Shape) -> Self {
        let bounds = shape.bounding_box();
        let is_board = bounds.width() <= 2.0 * FURTHEST_MM && bounds.height() <= 2.0 * FURTHEST_MM;
        Self::Area(if is_board { shape.to_path(FLATNESS_MM) } else { BezPath::new() })
    }

    /// A disc.
    pub(super) fn disc(centre: kurbo::Point, diameter: f64) -> Self {
        Self::of(&kurbo::Circle::new(centre, diameter / 2.0))
    }

    /// The same figure elsewhere. A pen keeps its width but for the map's scale.
    pub(super) fn moved(&self, by: Affine) -> Self {
        match self {
            Self::Area(path) => Self::Area(by * path),
            Self::Line { path, width_mm } => Self::Line { path: by * path, width_mm: width_mm * by.determinant().abs().sqrt() },
            Self::Group(marks) => Self::Group(marks.iter().map(|mark| mark.moved(by)).collect()),
        }
    }

    /// The smallest rectangle around it; `None` when it is empty, or somewhere that is no number.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect<Drawing>> {
        let (path, grown) = match self {
            Self::Area(path) => (path, 0.0),
            Self::Line { path, width_mm } => (path, width_mm / 2.0),
            Self::Group(marks) => return around(marks.iter().filter_map(|mark| mark.figure.bounds())),
        };
        let bounds = (!path.elements().is_empty()).then(|| path.bounding_box())?;
        let rect = Rect::new(bounds.x0, bounds.y0, bounds.width(), bounds.height()).grown(grown);
        [rect.x, rect.y, rect.w, rect.h].into_iter().all(f64::is_finite).then_some(rect)
    }

    /// Square millimetres of the rectangles around it and around what it is made of.
    fn boxes_mm2(&self) -> f64 {
        let own = self.bounds().map_or(0.0, |bounds| bounds.area());
        match self {
            Self::Group(marks) => own + marks.iter().map(|mark| mark.figure.boxes_mm2()).sum::<f64>(),
            Self::Area(_) | Self::Line { .. } => own,
        }
    }

    /// Points of its paths.
    fn points(&self) -> usize {
        match self {
            Self::Area(path) | Self::Line { path, .. } => path.elements().len(),
            Self::Group(marks) => marks.iter().map(|mark| mark.figure.points()).sum(),
        }
    }

    /// True when all of its points lie within so many millimetres of where the file counts from.
    pub(super) fn is_within(&self, mm: f64) -> bool {
        match self {
            Self::Area(path) => is_near(path, mm),
            Self::Line { path, width_mm } => *width_mm <= mm && is_near(path, mm),
            Self::Group(marks) => marks.iter().all(|mark| mark.figure.is_within(mm)),
        }
    }
}

fn is_near(path: &BezPath, mm: f64) -> bool {
    let near = |p: kurbo::Point| p.x.abs() <= mm && p.y.abs() <= mm;
    path.elements().iter().all(|element| match *element {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => near(p),
        PathEl::QuadTo(a, b) => near(a) && near(b),
        PathEl::CurveTo(a, b, c) => near(a) && near(b) && near(c),
        PathEl::ClosePath => true,
    })
}

/// Straight from each corner to the next.
pub(super) fn chain(corners: impl IntoIterator<Item = kurbo::Point>) -> BezPath {
    let mut path = BezPath::new();
    for (place, corner) in corners.into_iter().enumerate() {
        if place == 0 { path.move_to(corner) } else { path.line_to(corner) }
    }
    path
}

/// What a file draws, as it is read.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) marks: Vec<Mark>,
    /// Why the last thing was left out, until somebody asks.
    pub(super) left_out: Option<Why>,
    points: usize,
}

impl Drawn {
    /// Adds a mark, or leaves it out where it lies somewhere that no board is.
    ///
    /// # Errors
    /// When there are more points than any board has.
    pub(super) fn push(&mut self, mark: Mark) -> Result<(), DesignError> {
        if self.admits(&mark)? {
            self.marks.push(mark);
        }
        Ok(())
    }

    /// Counts a mark that is kept elsewhere; false where it is to be left out.
    ///
    /// # Errors
    /// When there are more points than any board has.
    pub(super) fn admits(&mut self, mark: &Mark) -> Result<bool, DesignError> {
        self.points += mark.figure.points();
        if self.points > MOST_POINTS {
            return Err(DesignError::TooMuchDrawn);
        }
        let is_on_board = mark.figure.is_within(FURTHEST_MM);
        if !is_on_board {
            self.left_out = Some(Why::TooFar);
        }
        Ok(is_on_board)
    }
}

/// The smallest rectangle around some; `None` when there are none.
pub(super) fn around(rects: impl IntoIterator<Item = Rect<Drawing>>) -> Option<Rect<Drawing>> {
    Rect::around(rects.into_iter().flat_map(|rect| {
        let [low, _, high, _] = rect.corners();
        [low, high]
    }))
}
