//! The generic JSON that InteractiveHtmlBom reads from programmes that it doesn't know (`genericjsonpcbdata_v1`).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::table::{is_fitted, is_part_number};
use super::unit::{Unit, is_near};
use super::{Design, DesignError, MOST_PLACEMENTS, Placement, Why, kept};
use crate::catalog::Side;
use crate::geometry::Point;
use crate::json;

/// The version that is read.
const VERSION: i64 = 1;

#[derive(Deserialize)]
struct File {
    spec_version: i64,
    pcbdata: Board,
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct Board {
    footprints: Vec<Footprint>,
}

#[derive(Deserialize)]
struct Footprint {
    #[serde(rename = "ref")]
    designator: String,
    bbox: Outline,
    layer: String,
}

#[derive(Deserialize)]
struct Outline {
    /// What the rest is turned about.
    pos: [f64; 2],
    /// The upper left corner from there, before it is turned.
    relpos: [f64; 2],
    size: [f64; 2],
    /// Degrees clockwise.
    angle: f64,
}

#[derive(Deserialize)]
struct Component {
    #[serde(rename = "ref")]
    designator: String,
    #[serde(default)]
    val: String,
    #[serde(default)]
    footprint: String,
    #[serde(default)]
    attr: String,
    /// What else is said of a part: names with values, in some files values alone.
    #[serde(default)]
    extra_fields: serde_json::Value,
}

pub(super) fn read(text: &str) -> Result<Design, DesignError> {
    let file: File = json::from_str(text).map_err(|error| DesignError::OtherJson(error.to_string()))?;
    if file.spec_version != VERSION {
        return Err(DesignError::OtherVersion(file.spec_version));
    }
    if file.pcbdata.footprints.len() > MOST_PLACEMENTS {
        return Err(DesignError::TooMany);
    }
    let by_name: BTreeMap<&str, &Component> =
        file.components.iter().rev().map(|component| (component.designator.as_str(), component)).collect();
    let mut design = Design::default();
    let centres: Vec<[f64; 2]> = file.pcbdata.footprints.iter().map(|footprint| footprint.bbox.centre()).collect();
    let unit = Unit::assumed(&centres);
    for (place, (footprint, centre)) in file.pcbdata.footprints.iter().zip(centres).enumerate() {
        // The two lists go side by side; a designator may be there twice.
        let beside = file.components.get(place).filter(|component| component.designator == footprint.designator);
        let component = beside.or_else(|| by_name.get(footprint.designator.as_str()).copied());
        match placed(footprint, component, centre, unit) {
            Ok(placement) => design.placements.push(placement),
            Err(why) => design.skip(place + 1, why),
        }
    }
    Ok(design)
}

fn placed(footprint: &Footprint, component: Option<&Component>, [x, y]: [f64; 2], unit: Unit) -> Result<Placement, Why> {
    let designator = kept(&footprint.designator);
    if designator.is_empty() {
        return Err(Why::NoDesignator);
    }
    let side = match footprint.layer.as_str() {
        "F" => Side::Top,
        "B" => Side::Bottom,
        _ => return Err(Why::NoSide),
    };
    let (x, y) = (unit.mm(x), unit.mm(y));
    let [width, height] = footprint.bbox.size.map(|length| unit.mm(length).abs());
    if ![x, y, width, height, footprint.bbox.angle].into_iter().all(is_near) {
        return Err(Why::TooFar);
    }
    let said = |of: fn(&Component) -> &str| component.map(of).map(kept).unwrap_or_default();
    Ok(Placement {
        designator,
        at: Point::new(x, y),
        rotation_deg: 0.0 - footprint.bbox.angle,
        side,
        value: said(|component| &component.val),
        package: said(|component| &component.footprint),
        part_number: component.map(Component::part_number).unwrap_or_default(),
        fitted: component.is_none_or(Component::is_fitted),
        size_mm: Some([width, height]),
    })
}

impl Outline {
    fn centre(&self) -> [f64; 2] {
        let ([x, y], [left, top], [width, height]) = (self.pos, self.relpos, self.size);
        let (dx, dy) = (left + width / 2.0, top + height / 2.0);
        let (sin, cos) = libm::sincos(self.angle.to_radians());
        [x + cos * dx - sin * dy, y + sin * dx + cos * dy]
    }
}

impl Component {
    fn fields(&self) -> impl Iterator<Item = (&str, String)> {
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.extra_fields.as_object().into_iter().flatten().map(move |(name, value)| (name.as_str(), text(value)))
    }

    fn is_fitted(&self) -> bool {
        let is_left_out = self.fields().any(|(name, value)| is_fitted(name, &value) == Some(false));
        !(is_left_out || self.attr.eq_ignore_ascii_case("dnp"))
    }

    fn part_number(&self) -> String {
        self.fields().find(|(name, _)| is_part_number(name)).map(|(_, number)| kept(&number)).unwrap_or_default()
    }
}
