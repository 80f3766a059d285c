//! What a plotter does with the commands.

use std::collections::BTreeMap;

use kurbo::{Affine, BezPath, Point, Vec2};

use super::aperture::{Aperture, Flash, Pen};
use super::image::Image;
use super::parameters::Repeat;
use crate::design::arcs::{self, Turn};
use crate::design::artwork::{Drawn, FLATNESS_MM, Figure, Mark, chain};
use crate::design::digits::{Digits, Omitted, codes};
use crate::design::unit::{MM_PER_INCH, is_near};
use crate::design::{DesignError, Why};

/// The state of a plotter, in millimetres with y upwards.
#[derive(Debug)]
pub(super) struct Plot {
    pub(super) drawn: Drawn,
    pub(super) image: Image,
    pub(super) is_over: bool,
    pub(super) mm: f64,
    pub(super) digits: [Digits; 2],
    pub(super) is_incremental: bool,
    pub(super) macros: BTreeMap<String, Vec<String>>,
    pub(super) apertures: BTreeMap<u32, Aperture>,
    aperture: Option<u32>,
    at: Point,
    operation: Operation,
    interpolation: Interpolation,
    is_in_one_quadrant: bool,
    pub(super) is_clear: bool,
    /// What is done to an aperture before it is flashed.
    pub(super) mirror: [f64; 2],
    pub(super) turned_deg: f64,
    pub(super) scale: f64,
    /// The contour of a region while one is drawn.
    region: Option<BezPath>,
    /// A line that is going on, with its pen.
    line: Option<(BezPath, f64)>,
    pub(super) repeat: Option<Repeat>,
    /// Apertures that are being defined by what is drawn, and what was drawn before each began.
    pub(super) blocks: Vec<(u32, Vec<Mark>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Draw,
    Move,
    Flash,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interpolation {
    Straight,
    Arc { is_clockwise: bool },
}

impl Default for Plot {
    fn default() -> Self {
        Self {
            drawn: Drawn::default(),
            image: Image::default(),
            is_over: false,
            mm: MM_PER_INCH,
            digits: [Digits { whole: 2, fraction: 4, omitted: Omitted::Leading }; 2],
            is_incremental: false,
            macros: BTreeMap::new(),
            apertures: BTreeMap::new(),
            aperture: None,
            at: Point::ORIGIN,
            operation: Operation::Move,
            interpolation: Interpolation::Straight,
            // Files that name neither mode are from before there were two.
            is_in_one_quadrant: true,
            is_clear: false,
            mirror: [1.0; 2],
            turned_deg: 0.0,
            scale: 1.0,
            region: None,
            line: None,
            repeat: None,
            blocks: Vec::new(),
        }
    }
}

impl Plot {
    /// Carries out the codes of a word.
    pub(super) fn word(&mut self, word: &str) -> Result<(), DesignError> {
        let (mut place, mut offset, mut operation) = ([None; 2], [None; 2], None);
        for (letter, number) in codes(word) {
            let code: Option<u32> = number.parse().ok();
            match (letter, code) {
                ('X', _) => place[0] = self.length(0, number),
                ('Y', _) => place[1] = self.length(1, number),
                ('I', _) => offset[0] = self.length(0, number),
                ('J', _) => offset[1] = self.length(1, number),
                ('D', Some(1)) => operation = Some(Operation::Draw),
                ('D', Some(2)) => operation = Some(Operation::Move),
                ('D', Some(3)) => operation = Some(Operation::Flash),
                ('D', Some(number)) => {
                    self.end_line()?;
                    self.aperture = Some(number);
                }
                ('G', Some(code)) => self.mode(code)?,
                ('M', Some(0 | 2)) => self.is_over = true,
                ('M' | 'N', _) => {}
                _ => self.drawn.left_out = Some(Why::Unreadable),
            }
        }
        self.operation = operation.unwrap_or(self.operation);
        let is_placed = place.iter().chain(&offset).any(Option::is_some);
        if is_placed || operation == Some(Operation::Flash) {
            let to = self.target(place);
            let offset = Vec2::new(offset[0].unwrap_or(0.0), offset[1].unwrap_or(0.0));
            self.operate(to, offset)?;
            self.at = to;
        }
        Ok(())
    }

    /// Ends what is going on, when the file does.
    pub(super) fn finish(&mut self) -> Result<(), DesignError> {
        self.end_line()?;
        self.end_contour()?;
        self.end_repeat()
    }

    fn mode(&mut self, code: u32) -> Result<(), DesignError> {
        match code {
            0 | 1 | 10..=12 | 60 => self.interpolation = Interpolation::Straight,
            2 => self.interpolation = Interpolation::Arc { is_clockwise: true },
            3 => self.interpolation = Interpolation::Arc { is_clockwise: false },
            36 => {
                self.end_line()?;
                self.region = Some(BezPath::new());
            }
            37 => {
                self.end_contour()?;
                self.region = None;
            }
            54 | 55 => {}
            70 => self.mm = MM_PER_INCH,
            71 => self.mm = 1.0,
            74 => self.is_in_one_quadrant = true,
            75 => self.is_in_one_quadrant = false,
            90 => self.is_incremental = false,
            91 => self.is_incremental = true,
            _ => self.drawn.left_out = Some(Why::Unreadable),
        }
        Ok(())
    }

    /// Millimetres of a coordinate; `None` when it is no number.
    fn length(&self, axis: usize, number: &str) -> Option<f64> {
        Some(self.digits.get(axis)?.number(number)? * self.mm).filter(|mm| is_near(*mm))
    }

    fn target(&self, [x, y]: [Option<f64>; 2]) -> Point {
        if self.is_incremental {
            self.at + Vec2::new(x.unwrap_or(0.0), y.unwrap_or(0.0))
        } else {
            Point::new(x.unwrap_or(self.at.x), y.unwrap_or(self.at.y))
        }
    }

    fn operate(&mut self, to: Point, offset: Vec2) -> Result<(), DesignError> {
        if self.region.is_some() {
            match self.operation {
                Operation::Draw => self.outline(to, offset),
                Operation::Move | Operation::Flash => self.end_contour()?,
            }
            return Ok(());
        }
        if self.operation == Operation::Move {
            return self.end_line();
        }
        let aperture = self.aperture.and_then(|number| self.apertures.get(&number));
        let Some(aperture) = aperture else {
            self.drawn.left_out = Some(Why::NoAperture);
            return Ok(());
        };
        if self.operation == Operation::Flash {
            let flash = aperture.flash.clone();
            self.end_line()?;
            return self.flash(&flash, to);
        }
        match aperture.pen {
            Pen::Round(diameter) => {
                let width = diameter * self.scale;
                let (mut path, width) = self.line.take().unwrap_or_else(|| (chain([self.at]), width));
                self.extend(&mut path, to, offset);
                self.line = Some((path, width));
                Ok(())
            }
            Pen::Box(half) => self.sweep(half, to, offset),
        }
    }

    /// Goes on with a path to a place, straight or round.
    fn extend(&self, path: &mut BezPath, to: Point, offset: Vec2) {
        match self.interpolation {
            Interpolation::Straight => path.line_to(to),
            Interpolation::Arc { is_clockwise } => {
                let turn = Turn { is_clockwise, is_in_one_quadrant: self.is_in_one_quadrant };
                arcs::append(path, self.at, to, offset, turn);
            }
        }
    }

    fn outline(&mut self, to: Point, offset: Vec2) {
        let Some(mut contour) = self.region.take() else { return };
        if contour.is_empty() {
            contour = chain([self.at]);
        }
        self.extend(&mut contour, to, offset);
        self.region = Some(contour);
    }

    fn flash(&mut self, flash: &Flash, at: Point) -> Result<(), DesignError> {
        let [x, y] = self.mirror;
        let own = Affine::rotate(self.turned_deg.to_radians()) * Affine::scale(self.scale) * Affine::scale_non_uniform(x, y);
        let placed = Affine::translate(at.to_vec2()) * own;
        let is_clear = self.is_clear;
        match flash {
            Flash::Figure(figure) => self.drawn.push(Mark { is_clear, figure: figure.moved(placed) }),
            Flash::Block(marks) => marks.iter().try_for_each(|mark| {
                let moved = mark.moved(placed);
                self.drawn.push(Mark { is_clear: moved.is_clear ^ is_clear, ..moved })
            }),
        }
    }

    /// A line that a rectangle draws: what it sweeps over, piece by piece.
    fn sweep(&mut self, half: [f64; 2], to: Point, offset: Vec2) -> Result<(), DesignError> {
        let mut path = chain([self.at]);
        self.extend(&mut path, to, offset);
        let [x, y] = half.map(|side| side * self.scale);
        let mut pieces = Vec::new();
        kurbo::flatten(path, FLATNESS_MM, |element| pieces.extend(element.end_point()));
        for (a, b) in pieces.iter().zip(pieces.iter().skip(1)) {
            self.drawn.push(Mark { is_clear: self.is_clear, figure: swept(*a, *b, [x, y]) })?;
        }
        Ok(())
    }

    pub(super) fn end_line(&mut self) -> Result<(), DesignError> {
        match self.line.take() {
            Some((path, width_mm)) => self.drawn.push(Mark { is_clear: self.is_clear, figure: Figure::Line { path, width_mm } }),
            None => Ok(()),
        }
    }

    fn end_contour(&mut self) -> Result<(), DesignError> {
        let Some(contour) = &mut self.region else { return Ok(()) };
        let mut contour = std::mem::take(contour);
        if contour.is_empty() {
            return Ok(());
        }
        contour.close_path();
        self.drawn.push(Mark { is_clear: self.is_clear, figure: Figure::Area(contour) })
    }
}

/// What a rectangle covers that goes straight from one place to another: six corners, or four.
fn swept(a: Point, b: Point, [x, y]: [f64; 2]) -> Figure {
    let (right, up) = (if b.x >= a.x { x } else { -x }, if b.y >= a.y { y } else { -y });
    Figure::ring([a + (-right, -up), a + (right, -up), b + (right, -up), b + (right, up), b + (-right, up), a + (-right, up)])
}
