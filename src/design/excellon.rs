//! Drill files: Excellon and XNC.

use std::collections::BTreeMap;

use kurbo::{BezPath, Point, Vec2};

use super::arcs::{self, Turn};
use super::artwork::{Drawn, Figure, Layer, LayerKind, Mark, chain};
use super::digits::{Digits, Omitted, codes};
use super::unit::{MM_PER_INCH, is_near};
use super::{Design, DesignError, Why};

/// Holes of a repeated row.
const MOST_REPEATED: u32 = 10_000;
/// Lines in which the kind of a file is looked for.
const HEAD: usize = 60;

/// True when the file looks like one: a header or a table of tools, and then places.
pub(super) fn is_one(text: &str) -> bool {
    let head = || text.lines().take(HEAD).map(str::trim);
    head().any(|line| line == "M48")
        || (head().any(|line| tool(line).is_some_and(|(_, size)| size.is_some())) && head().any(is_place))
}

fn is_place(line: &str) -> bool {
    let bare = line.trim_start_matches(['X', 'Y']);
    bare.len() < line.len() && bare.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
}

/// What drills.
struct Machine {
    drawn: Drawn,
    mm: f64,
    unit_is_stated: bool,
    digits: Digits,
    has_own_digits: bool,
    /// Diameters in millimetres.
    tools: BTreeMap<u32, f64>,
    tool: Option<f64>,
    is_incremental: bool,
    is_in_header: bool,
    at: Point,
    /// Where the router has been since it went down.
    cut: Option<BezPath>,
    turn: Option<Turn>,
    is_routing: bool,
    is_over: bool,
}

pub(super) fn read(name: &str, text: &str) -> Result<Design, DesignError> {
    let mut machine = Machine {
        drawn: Drawn::default(),
        mm: MM_PER_INCH,
        unit_is_stated: false,
        digits: Digits { whole: 2, fraction: 4, omitted: Omitted::Leading },
        has_own_digits: false,
        tools: BTreeMap::new(),
        tool: None,
        is_incremental: false,
        is_in_header: false,
        at: Point::ORIGIN,
        cut: None,
        turn: None,
        is_routing: false,
        is_over: false,
    };
    let mut design = Design::default();
    for (place, line) in text.lines().enumerate() {
        machine.line(line.trim())?;
        if let Some(why) = machine.drawn.left_out.take() {
            design.skip(place + 1, why);
        }
        if machine.is_over {
            break;
        }
    }
    machine.lift()?;
    design.unit_is_stated = machine.unit_is_stated;
    let mut layer = Layer::new(LayerKind::Drill, None, name);
    layer.marks = machine.drawn.marks.into_iter().map(|mark| mark.moved(kurbo::Affine::FLIP_Y)).collect();
    design.layers.push(layer);
    Ok(design)
}

/// The number of a tool, and its size where the line tells it: `T01`, `T01F00S00C0.020`.
fn tool(line: &str) -> Option<(u32, Option<f64>)> {
    let rest = line.strip_prefix('T')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, behind) = rest.split_at_checked(end)?;
    let size = codes(behind).find(|(letter, _)| *letter == 'C').and_then(|(_, size)| size.parse().ok());
    Some((number.parse().ok()?, size.filter(|size: &f64| *size >= 0.0 && is_near(*size))))
}

impl Machine {
    fn line(&mut self, line: &str) -> Result<(), DesignError> {
        if let Some(comment) = line.strip_prefix(';') {
            self.comment(comment);
            return Ok(());
        }
        let plain: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        match plain.as_str() {
            "" | "/" => {}
            "M48" => self.is_in_header = true,
            "%" | "M95" => self.is_in_header = false,
            "M30" | "M00" => self.is_over = true,
            "M71" => self.set_unit(1.0),
            "M72" => self.set_unit(MM_PER_INCH),
            unit if unit.starts_with("METRIC") || unit.starts_with("INCH") => {
                self.set_unit(if unit.starts_with("METRIC") { 1.0 } else { MM_PER_INCH });
                self.header(unit);
            }
            said if said.starts_with("ICI") => self.is_incremental = said.ends_with("ON"),
            other if self.is_in_header && !other.starts_with(['T', 'X', 'Y', 'G']) => {}
            codes => self.codes(codes)?,
        }
        Ok(())
    }

    /// What programmes say where a machine doesn't look: `FILE_FORMAT=2:4`, `Format  : 3.3 / Absolute / MM / Leading`, `FORMAT={3:3/ absolute / metric / keep zeros}`.
    fn comment(&mut self, text: &str) {
        let text = text.to_ascii_uppercase();
        let Some((_, format)) = text.split_once("FORMAT") else { return };
        let mut digits =
            format.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).map_while(|run| run.parse().ok());
        if let (Some(whole), Some(fraction)) = (digits.next(), digits.next()) {
            self.set_digits(whole, fraction);
        }
        match format {
            _ if format.contains("METRIC") || format.contains("MM") => self.mm = 1.0,
            _ if format.contains("INCH") => self.mm = MM_PER_INCH,
            _ => return,
        }
        self.unit_is_stated = true;
    }

    fn header(&mut self, line: &str) {
        for field in line.split(',').skip(1) {
            match field {
                // Which zeros are there: the others are left out.
                "LZ" => self.digits.omitted = Omitted::Trailing,
                "TZ" => self.digits.omitted = Omitted::Leading,
                _ => {
                    if let Some((whole, fraction)) = field.split_once('.').filter(|(whole, _)| whole.bytes().all(|c| c == b'0')) {
                        self.set_digits(whole.len() as u32, fraction.len() as u32);
                    }
                }
            }
        }
    }

    fn set_digits(&mut self, whole: u32, fraction: u32) {
        if whole <= 6 && fraction <= 6 {
            (self.digits.whole, self.digits.fraction) = (whole, fraction);
            self.has_own_digits = true;
        }
    }

    /// Sets what a number counts; sizes of tools that were told before are kept.
    fn set_unit(&mut self, mm: f64) {
        if !self.unit_is_stated {
            let factor = mm / self.mm;
            self.tools.values_mut().for_each(|size| *size *= factor);
        }
        (self.mm, self.unit_is_stated) = (mm, true);
        if !self.has_own_digits {
            (self.digits.whole, self.digits.fraction) = if mm == 1.0 { (3, 3) } else { (2, 4) };
        }
    }

    fn codes(&mut self, line: &str) -> Result<(), DesignError> {
        if let Some((number, size)) = tool(line) {
            if let Some(size) = size {
                self.tools.insert(number, size * self.mm);
            }
            if !self.is_in_header {
                self.lift()?;
                self.tool = self.tools.get(&number).copied();
            }
            return Ok(());
        }
        // A slot: from here to there.
        if let Some((from, to)) = line.split_once("G85") {
            let (from, _) = self.place(from);
            self.at = from;
            let (to, _) = self.place(to);
            self.at = to;
            let mut path = BezPath::new();
            path.move_to(from);
            path.line_to(to);
            return self.drill(|width_mm| Figure::Line { path, width_mm });
        }
        let (mut has_place, mut repeated) = (false, None);
        for (letter, number) in codes(line) {
            match (letter, number.parse::<u32>()) {
                ('G', Ok(code)) => self.mode(code)?,
                ('M', Ok(15)) => self.cut = Some(chain([self.at])),
                ('M', Ok(16 | 17)) => self.lift()?,
                ('R', Ok(count)) => repeated = Some(count.min(MOST_REPEATED)),
                ('X' | 'Y', _) => has_place = true,
                ('A' | 'I' | 'J' | 'F' | 'S' | 'C' | 'H' | 'Z' | 'N' | 'M' | 'B', _) => {}
                _ => self.drawn.left_out = Some(Why::Unreadable),
            }
        }
        // Where counting begins.
        if line.starts_with("G93") || line.starts_with("G92") {
            return Ok(());
        }
        if let Some(count) = repeated {
            let step =
                |axis| codes(line).find(|(letter, _)| *letter == axis).and_then(|(_, number)| self.length(number)).unwrap_or(0.0);
            let step = Vec2::new(step('X'), step('Y'));
            for _ in 0..count {
                self.at += step;
                self.hole()?;
            }
            return Ok(());
        }
        if has_place {
            let (to, offset) = self.place(line);
            self.go(to, offset)?;
        }
        Ok(())
    }

    fn mode(&mut self, code: u32) -> Result<(), DesignError> {
        match code {
            // The router goes to where it shall begin.
            0 => {
                self.lift()?;
                self.is_routing = true;
            }
            1 => (self.is_routing, self.turn) = (true, None),
            2 | 3 => (self.is_routing, self.turn) = (true, Some(Turn { is_clockwise: code == 2, is_in_one_quadrant: false })),
            5 | 81 => (self.is_routing, self.turn) = (false, None),
            90 => self.is_incremental = false,
            91 => self.is_incremental = true,
            40..=42 | 92 | 93 | 4 => {}
            _ => self.drawn.left_out = Some(Why::Unreadable),
        }
        Ok(())
    }

    /// Millimetres of a number; `None` when it is none, or further than any board is long.
    fn length(&self, number: &str) -> Option<f64> {
        self.digits.number(number).map(|length| length * self.mm).filter(|mm| is_near(*mm))
    }

    /// The place and the offset of a centre that a line names.
    fn place(&self, line: &str) -> (Point, Vec2) {
        let base = if self.is_incremental { Vec2::ZERO } else { self.at.to_vec2() };
        let (mut to, mut offset) = (base, Vec2::ZERO);
        let mut radius = None;
        for (letter, number) in codes(line) {
            let Some(length) = self.length(number) else { continue };
            match letter {
                'X' => to.x = length,
                'Y' => to.y = length,
                'I' => offset.x = length,
                'J' => offset.y = length,
                'A' => radius = Some(length),
                _ => {}
            }
        }
        let to = if self.is_incremental { self.at + to } else { to.to_point() };
        if let (Some(radius), Some(turn)) = (radius, self.turn) {
            offset = centre(to - self.at, radius, turn);
        }
        (to, offset)
    }

    fn go(&mut self, to: Point, offset: Vec2) -> Result<(), DesignError> {
        let from = std::mem::replace(&mut self.at, to);
        if let Some(path) = &mut self.cut {
            match self.turn {
                Some(turn) => arcs::append(path, from, to, offset, turn),
                None => path.line_to(to),
            }
            return Ok(());
        }
        if self.is_routing { Ok(()) } else { self.hole() }
    }

    fn hole(&mut self) -> Result<(), DesignError> {
        let at = self.at;
        self.drill(|diameter| Figure::disc(at, diameter))
    }

    fn drill(&mut self, figure: impl FnOnce(f64) -> Figure) -> Result<(), DesignError> {
        match self.tool {
            Some(diameter) => self.drawn.push(Mark::dark(figure(diameter))),
            None => {
                self.drawn.left_out = Some(Why::NoAperture);
                Ok(())
            }
        }
    }

    /// The router comes up: what it cut is done.
    fn lift(&mut self) -> Result<(), DesignError> {
        match self.cut.take() {
            Some(path) if path.elements().len() > 1 => self.drill(|width_mm| Figure::Line { path, width_mm }),
            _ => Ok(()),
        }
    }
}

/// Where the centre of an arc lies from its beginning, by its radius: the arc is half a turn at most.
fn centre(chord: Vec2, radius: f64, turn: Turn) -> Vec2 {
    let length = chord.hypot();
    if length == 0.0 {
        return Vec2::ZERO;
    }
    let beside = (radius * radius - length * length / 4.0).max(0.0).sqrt() / length;
    let left = Vec2::new(-chord.y, chord.x) * beside;
    chord / 2.0 + if turn.is_clockwise { -left } else { left }
}

#[cfg(test)]
mod tests {
    use super::super::tests::left_out;
    use super::*;

    /// Holes as place and width, in hundredths of a millimetre, y upwards.
    fn holes(text: &str) -> Vec<[i64; 3]> {
        assert!(is_one(text), "{text}");
        let design = read("test.drl", text).unwrap();
        assert_eq!(design.skipped, [], "{text}");
        let hole = |mark: &Mark| {
            let bounds = mark.figure.bounds().unwrap();
            [bounds.centre().x, -bounds.centre().y, bounds.w].map(|mm| (mm * 100.0).round() as i64)
        };
        design.layers[0].marks.iter().map(hole).collect()
    }

    #[test]
    fn holes_of_many_programmes_are_the_same() {
        let expected = [[254, 127, 80], [508, 127, 80], [508, -254, 100]];
        for text in [
            // KiCad, decimal and not; inches with zeros left out on either side; a format in words; tools without a header.
            "M48\n; FORMAT={-:-/ absolute / metric / decimal}\nFMAT,2\nMETRIC\nT1C0.800\nT2C1.000\n%\nG90\nG05\nT1\nX2.54Y1.27\nX5.08Y1.27\nT2\nX5.08Y-2.54\nT0\nM30\n",
            "M48\r\nMETRIC,TZ,000.000\r\nT01C0.8\r\nT02C1.0\r\n%\r\nT01\r\nX2540Y1270\r\nX5080\r\nT02\r\nX5080Y-2540\r\nM30\r\n",
            "M48\nINCH,LZ\nT1F00S00C0.031496\nT2F00S00C0.03937\n%\nT01\nX001Y0005\nX002\nT02\nY-001\nM30\n",
            ";FILE_FORMAT=2:4\nM48\nINCH,TZ\nT1C0.031496\nT2C0.03937\n%\nT1\nX1000Y500\nX2000\nT2\nX2000Y-1000\nM30\n",
            "%\nT1C0.031496F200S100\nX1000Y500\nX2000\nT2C0.03937\nX2000Y-1000\nM30\n",
        ] {
            assert_eq!(holes(text), expected, "{text}");
        }
    }

    #[test]
    fn slots_routes_and_rows_are_drilled() {
        let head = "M48\nMETRIC,TZ\nT1C1.0\n%\nT1\n";
        assert_eq!(holes(&format!("{head}X1000Y0G85X3000Y0\n")), [[200, 0, 300]]);
        assert_eq!(holes(&format!("{head}G00X1000Y0\nM15\nG01X3000\nM16\nG05\nX0Y5000\n")), [[200, 0, 300], [0, 500, 100]]);
        assert_eq!(holes(&format!("{head}X0Y0\nR2X2000\n")), [[0, 0, 100], [200, 0, 100], [400, 0, 100]]);
        assert_eq!(holes(&format!("{head}G91\nX1000Y0\nX1000\n")), [[100, 0, 100], [200, 0, 100]]);
        // A half circle by its radius, and by its centre.
        let arc = holes(&format!("{head}G00X0Y0\nM15\nG03X2000Y0A1000\nM16\n"));
        assert_eq!(arc, holes(&format!("{head}G00X0Y0\nM15\nG03X2000Y0I1000J0\nM16\n")));
        assert_eq!(arc, [[100, -50, 300]]);
    }

    #[test]
    fn what_cannot_be_drilled_is_told() {
        let design = read("", "M48\nMETRIC\nT1C1.0\n%\nT2\nX1.0Y1.0\nT1\nX1.0Y1.0\nQ9\n").unwrap();
        assert_eq!(left_out(&design), [(6, Why::NoAperture), (9, Why::Unreadable)]);
        assert!(!is_one("Ref,X,Y\nT1,1,1\n") && !is_one("G04 x*\nX1Y1D01*\n"));
    }
}
