//! Parameters: what stands between per cent signs.

use kurbo::{Affine, Vec2};

use super::aperture::{self, Aperture, Flash, Pen};
use super::plot::Plot;
use crate::design::digits::{Omitted, codes};
use crate::design::unit::{MM_PER_INCH, is_near};
use crate::design::{DesignError, Why};

/// Copies of a pattern along each side of a panel.
const MOST_COPIES: u32 = 1000;
/// Times that an aperture may be enlarged.
const LARGEST_SCALE: f64 = 1000.0;

/// Copies of what is drawn from a place on.
#[derive(Debug)]
pub(super) struct Repeat {
    copies: [u32; 2],
    step: Vec2,
    begin: usize,
}

impl Plot {
    /// Carries out parameters: what stands between per cent signs.
    pub(super) fn extended(&mut self, parts: &[String]) -> Result<(), DesignError> {
        for (place, part) in parts.iter().enumerate() {
            let (name, rest) = part.split_at_checked(2).unwrap_or((part, ""));
            if name == "AM" {
                self.macros.insert(rest.to_owned(), parts.get(place + 1..).unwrap_or_default().to_vec());
                break;
            }
            self.parameter(name, rest)?;
        }
        Ok(())
    }

    fn parameter(&mut self, name: &str, rest: &str) -> Result<(), DesignError> {
        let is_read = match (name, rest) {
            ("FS", _) => self.format(rest).is_some(),
            ("MO", "IN" | "MM") => {
                self.mm = if rest == "IN" { MM_PER_INCH } else { 1.0 };
                true
            }
            ("AD", _) => {
                let defined = aperture::defined(rest, &self.macros);
                let is_read = defined.is_some();
                self.apertures.extend(defined.map(|(number, aperture)| (number, aperture.scaled(self.mm))));
                is_read
            }
            ("LP", _) => {
                self.end_line()?;
                self.is_clear = rest == "C";
                matches!(rest, "C" | "D")
            }
            ("LM" | "LR" | "LS", _) => {
                self.end_line()?;
                self.transform(name, rest).is_some()
            }
            ("SR", _) => {
                self.end_line()?;
                self.end_repeat()?;
                self.begin_repeat(rest).is_some()
            }
            ("AB", "") => self.end_block()?,
            ("AB", _) => {
                self.end_line()?;
                let number = rest.strip_prefix('D').and_then(|number| number.parse().ok());
                if let Some(number) = number {
                    self.blocks.push((number, std::mem::take(&mut self.drawn.marks)));
                }
                number.is_some()
            }
            // Names, attributes, and what only concerns the plotter.
            ("TF" | "TA" | "TO" | "TD" | "IN" | "LN" | "IC" | "PF" | "RO" | "IJ" | "IO" | "ID", _) => true,
            _ => self.image.set(name, rest, self.mm),
        };
        if !is_read {
            self.drawn.left_out = Some(Why::Unreadable);
        }
        Ok(())
    }

    /// `LAX23Y23`: which zeros are left out, whether places count from the last one, digits before and behind the point.
    fn format(&mut self, text: &str) -> Option<()> {
        for (letter, number) in codes(text) {
            match (letter, number.as_bytes()) {
                ('L' | 'D', _) => self.digits.iter_mut().for_each(|digits| digits.omitted = Omitted::Leading),
                ('T', _) => self.digits.iter_mut().for_each(|digits| digits.omitted = Omitted::Trailing),
                ('A', _) => self.is_incremental = false,
                ('I', _) => self.is_incremental = true,
                ('X' | 'Y', [whole @ b'0'..=b'9', fraction @ b'0'..=b'9']) => {
                    let digits = self.digits.get_mut(usize::from(letter == 'Y'))?;
                    (digits.whole, digits.fraction) = (u32::from(whole - b'0'), u32::from(fraction - b'0'));
                }
                ('N' | 'G' | 'M' | 'Z', _) => {}
                _ => return None,
            }
        }
        Some(())
    }

    fn transform(&mut self, name: &str, rest: &str) -> Option<()> {
        match name {
            "LM" => {
                let side = |letter: char| if rest.contains(letter) { -1.0 } else { 1.0 };
                self.mirror = [side('X'), side('Y')];
                matches!(rest, "N" | "X" | "Y" | "XY").then_some(())
            }
            "LR" => {
                self.turned_deg = rest.parse().ok().filter(|degrees| is_near(*degrees))?;
                Some(())
            }
            _ => {
                self.scale = rest.parse().ok().filter(|scale: &f64| (f64::MIN_POSITIVE..=LARGEST_SCALE).contains(scale))?;
                Some(())
            }
        }
    }

    fn begin_repeat(&mut self, rest: &str) -> Option<()> {
        let (mut copies, mut step) = ([1, 1], Vec2::ZERO);
        for (letter, number) in codes(rest) {
            match letter {
                'X' => copies[0] = number.parse().ok().filter(|count| (1..=MOST_COPIES).contains(count))?,
                'Y' => copies[1] = number.parse().ok().filter(|count| (1..=MOST_COPIES).contains(count))?,
                'I' => step.x = number.parse().ok().map(|step: f64| step * self.mm).filter(|mm| is_near(*mm))?,
                'J' => step.y = number.parse().ok().map(|step: f64| step * self.mm).filter(|mm| is_near(*mm))?,
                _ => return None,
            }
        }
        if copies != [1, 1] {
            self.repeat = Some(Repeat { copies, step, begin: self.drawn.marks.len() });
        }
        Some(())
    }

    pub(super) fn end_repeat(&mut self) -> Result<(), DesignError> {
        let Some(Repeat { copies: [columns, rows], step, begin }) = self.repeat.take() else { return Ok(()) };
        let pattern = self.drawn.marks.get(begin..).unwrap_or_default().to_vec();
        for (column, row) in (0..columns).flat_map(|column| (0..rows).map(move |row| (column, row))).skip(1) {
            let moved = Affine::translate((step.x * f64::from(column), step.y * f64::from(row)));
            for mark in &pattern {
                self.drawn.push(mark.moved(moved))?;
            }
        }
        Ok(())
    }

    /// False when none was begun.
    fn end_block(&mut self) -> Result<bool, DesignError> {
        self.end_line()?;
        self.end_repeat()?;
        let Some((number, before)) = self.blocks.pop() else { return Ok(false) };
        let marks = std::mem::replace(&mut self.drawn.marks, before);
        self.apertures.insert(number, Aperture { flash: Flash::Block(marks), pen: Pen::Round(0.0) });
        Ok(true)
    }
}
