//! Which column holds what, by its name.

use crate::design::unit::Unit;

/// Names that programmes give to the column of designators: the surest first, as in the lists that follow. Letters and digits alone, in small letters.
const DESIGNATOR: [&str; 11] = [
    "designator",
    "designators",
    "refdes",
    "reference",
    "references",
    "ref",
    "refdesignator",
    "referencedesignator",
    "component",
    "part",
    "name",
];
/// Centres before other points of a part, of which some programmes write several.
const X: [&str; 14] = [
    "midx",
    "centerx",
    "centrex",
    "centroidx",
    "posx",
    "x",
    "locationx",
    "xlocation",
    "positionx",
    "xposition",
    "xcoord",
    "coordx",
    "symx",
    "refx",
];
const Y: [&str; 14] = [
    "midy",
    "centery",
    "centrey",
    "centroidy",
    "posy",
    "y",
    "locationy",
    "ylocation",
    "positiony",
    "yposition",
    "ycoord",
    "coordy",
    "symy",
    "refy",
];
const ROTATION: [&str; 9] = ["rotation", "rot", "rotate", "angle", "orientation", "theta", "rotationdeg", "rotdeg", "angledeg"];
const SIDE: [&str; 8] = ["side", "layer", "tb", "topbottom", "boardside", "mountside", "placementlayer", "mirror"];
const VALUE: [&str; 4] = ["value", "val", "comment", "partvalue"];
const PACKAGE: [&str; 8] = ["package", "footprint", "pattern", "pcbfootprint", "symname", "case", "decal", "description"];
const PART_NUMBER: [&str; 9] = [
    "mpn",
    "manufacturerpartnumber",
    "manufacturerpart",
    "mfrpartnumber",
    "mfgpartnumber",
    "mfrpn",
    "mfgpn",
    "partnumber",
    "lcscpart",
];
/// What says yes of a part that is left out.
const LEFT_OUT: [&str; 7] = ["dnp", "dni", "dnf", "dnl", "donotpopulate", "donotfit", "nofit"];
/// What says no of it.
const FITTED: [&str; 6] = ["fitted", "populate", "populated", "mount", "mounted", "fit"];
const YES: [&str; 6] = ["1", "yes", "y", "true", "x", "t"];
const NO: [&str; 7] = ["0", "no", "n", "false", "notfitted", "notpopulated", "notmounted"];

/// Letters and digits of a name, or of a word in a cell, in small letters.
pub(in crate::design) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True for the name of a column, or of a field, with part numbers.
pub(in crate::design) fn is_part_number(name: &str) -> bool {
    PART_NUMBER.contains(&plain(name).as_str())
}

/// Whether a part is fitted, as a column or field of this name says; `None` when it is about something else.
pub(in crate::design) fn is_fitted(name: &str, value: &str) -> Option<bool> {
    let (name, value) = (plain(name), plain(value));
    let (name, value) = (name.as_str(), value.as_str());
    if LEFT_OUT.contains(&name) {
        return Some(!(YES.contains(&value) || LEFT_OUT.contains(&value)));
    }
    FITTED.contains(&name).then(|| !(NO.contains(&value) || LEFT_OUT.contains(&value)))
}

/// Where in a row what is needed stands.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::design) struct Columns {
    pub(in crate::design) designator: usize,
    pub(in crate::design) x: usize,
    pub(in crate::design) y: usize,
    pub(in crate::design) rotation: Option<usize>,
    pub(in crate::design) side: Option<usize>,
    /// The side's column says whether the part is mirrored.
    pub(in crate::design) is_mirror: bool,
    pub(in crate::design) value: Option<usize>,
    pub(in crate::design) package: Option<usize>,
    pub(in crate::design) part_number: Option<usize>,
    /// Those that say whether it is fitted, by their names.
    pub(in crate::design) fitted: Vec<(usize, String)>,
    /// The unit in the names of the places.
    pub(in crate::design) unit: Option<Unit>,
    /// All of them.
    pub(in crate::design) count: usize,
}

impl Columns {
    /// The columns of a header; `None` for any other line.
    pub(super) fn of(header: &[String]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let find = |wanted: &[&str]| wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
        let ((x, unit), (y, _)) = (place(&names, &X)?, place(&names, &Y)?);
        let side = find(&SIDE);
        let value = find(&VALUE);
        Some(Self {
            designator: find(&DESIGNATOR)?,
            x,
            y,
            rotation: find(&ROTATION),
            side,
            is_mirror: side.and_then(|side| names.get(side)).is_some_and(|name| name == "mirror"),
            value,
            package: find(&PACKAGE).filter(|package| Some(*package) != value),
            part_number: find(&PART_NUMBER),
            fitted: names.iter().cloned().enumerate().filter(|(_, name)| is_fitted(name, "").is_some()).collect(),
            unit,
            count: names.len(),
        })
    }
}

/// The column with one of these names, with or without a unit behind it.
fn place(names: &[String], wanted: &[&str]) -> Option<(usize, Option<Unit>)> {
    let matches = |name: &String, wanted: &str| {
        let unit = name.strip_prefix(wanted)?;
        if unit.is_empty() { Some(None) } else { Unit::behind(unit).map(Some) }
    };
    wanted.iter().find_map(|wanted| names.iter().enumerate().find_map(|(place, name)| Some((place, matches(name, wanted)?))))
}
