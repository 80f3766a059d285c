//! Placement tables: centroid, pick-and-place and position files.

use super::table::{Columns, Row, Table, is_fitted, plain};
use super::unit::{Unit, is_near, number};
use super::{Design, DesignError, MOST_PLACEMENTS, Placement, Why, kept};
use crate::catalog::Side;
use crate::geometry::Point;

/// Words in a value or package for what is not fitted, as people write them there.
const LEFT_OUT: [&str; 4] = ["dnp", "dni", "dnf", "dnl"];

/// A row whose places are not yet in millimetres.
struct Placed {
    placement: Placement,
    row: usize,
    place: [(f64, Option<Unit>); 2],
}

pub(super) fn read(text: &str) -> Result<Design, DesignError> {
    let table = Table::of(text)?;
    let mut design = Design::default();
    let mut placed = Vec::new();
    for row in table.rows() {
        match read_row(&table.columns, &row) {
            Ok(row) => placed.push(row),
            Err(why) => design.skip(row.line, why),
        }
        if placed.len() > MOST_PLACEMENTS {
            return Err(DesignError::TooMany);
        }
    }
    design.unit_is_stated = table.unit.is_some() || placed.iter().any(|row| row.place.iter().any(|(_, unit)| unit.is_some()));
    let bare: Vec<[f64; 2]> = placed.iter().map(|row| row.place.map(|(length, _)| length)).collect();
    let unit = table.unit.unwrap_or_else(|| Unit::assumed(&bare));
    for Placed { placement, row, place } in placed {
        let [x, y] = place.map(|(length, own)| own.unwrap_or(unit).mm(length));
        if is_near(x) && is_near(y) {
            // These files count y upwards.
            design.placements.push(Placement { at: Point::new(x, 0.0 - y), ..placement });
        } else {
            design.skip(row, Why::TooFar);
        }
    }
    Ok(design)
}

fn read_row(columns: &Columns, row: &Row) -> Result<Placed, Why> {
    let cell = |column: Option<usize>| kept(row.cell(column));
    let designator = cell(Some(columns.designator));
    if designator.is_empty() {
        return Err(Why::NoDesignator);
    }
    let place = |column| number(row.cell(Some(column))).ok_or(Why::NoPlace);
    let place = [place(columns.x)?, place(columns.y)?];
    let side =
        if columns.side.is_some() { side(row.cell(columns.side), columns.is_mirror).ok_or(Why::NoSide)? } else { Side::Top };
    let turned = number(row.cell(columns.rotation)).map_or(0.0, |(degrees, _)| degrees);
    let (value, package) = (cell(columns.value), cell(columns.package));
    let is_left_out = columns.fitted.iter().any(|(column, name)| is_fitted(name, row.cell(Some(*column))) == Some(false))
        || [&value, &package].into_iter().any(|text| says_left_out(text));
    let placement = Placement {
        designator,
        at: Point::new(0.0, 0.0),
        rotation_deg: if is_near(turned) { turned } else { 0.0 },
        side,
        value,
        package,
        part_number: cell(columns.part_number),
        fitted: !is_left_out,
        size_mm: None,
    };
    Ok(Placed { placement, row: row.line, place })
}

fn says_left_out(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| LEFT_OUT.iter().any(|out| word.eq_ignore_ascii_case(out)))
}

fn side(cell: &str, is_mirror: bool) -> Option<Side> {
    let word = plain(cell);
    if is_mirror {
        return match word.as_str() {
            "" | "no" | "n" | "0" | "false" => Some(Side::Top),
            "yes" | "y" | "1" | "true" | "m" | "mirror" => Some(Side::Bottom),
            _ => None,
        };
    }
    match word.as_str() {
        "t" | "top" | "toplayer" | "topside" | "f" | "fcu" | "front" | "frontside" | "componentside" => Some(Side::Top),
        "b" | "bot" | "bottom" | "bottomlayer" | "bottomside" | "bcu" | "back" | "backside" | "solderside" => Some(Side::Bottom),
        _ => None,
    }
}
