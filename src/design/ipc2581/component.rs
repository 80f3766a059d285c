//! Parts: where they stand, and what the bill of materials says of them.

use std::collections::BTreeMap;

use kurbo::Point;
use roxmltree::Node;

use super::shape::Shapes;
use super::{Elements, is_mirrored, moved, placed};
use crate::catalog::Side;
use crate::design::artwork::{Figure, around};
use crate::design::table::is_part_number;
use crate::design::unit::is_near;
use crate::design::{Design, DesignError, MOST_PLACEMENTS, Placement, Why, kept};
use crate::geometry::{Drawing, Point as Place, Rect};

/// What the bill of materials says of a part.
#[derive(Default, Clone)]
struct Item<'a> {
    value: &'a str,
    part_number: &'a str,
    is_left_out: bool,
}

pub(super) fn read<'a>(
    root: Node<'a, 'a>,
    step: Node<'a, 'a>,
    mm: f64,
    shapes: &Shapes<'a>,
    design: &mut Design,
) -> Result<(), DesignError> {
    let items = items(root);
    let bodies: BTreeMap<&str, Option<Rect<Drawing>>> =
        step.elements("Package").filter_map(|package| Some((package.attribute("name")?, body(package, mm, shapes)))).collect();
    // Which side a layer is on, for files that name layers and not sides.
    let sides: BTreeMap<&str, &str> = root
        .descendants()
        .filter(|node| node.has_tag_name_only("Layer"))
        .filter_map(|layer| Some((layer.attribute("name")?, layer.attribute("side")?)))
        .collect();
    for (place, component) in step.elements("Component").enumerate() {
        if design.placements.len() >= MOST_PLACEMENTS {
            return Err(DesignError::TooMany);
        }
        let designator = kept(component.attribute("refDes").unwrap_or_default());
        let layer = component.attribute("layerRef").unwrap_or_default();
        let side = match sides.get(layer).copied().unwrap_or(layer) {
            "TOP" => Some(Side::Top),
            "BOTTOM" => Some(Side::Bottom),
            _ => None,
        };
        let why = match side {
            _ if designator.is_empty() => Some(Why::NoDesignator),
            _ if component.element("Location").and_then(|at| at.point("x", "y")).is_none() => Some(Why::NoPlace),
            None => Some(Why::NoSide),
            Some(_) => None,
        };
        if let Some(why) = why {
            design.skip(place + 1, why);
            continue;
        }
        let package = component.attribute("packageRef").unwrap_or_default();
        let body = bodies.get(package).copied().flatten();
        let form = component.element("Xform");
        let centre = body.map_or(Point::ORIGIN, |body| Point::new(body.centre().x, body.centre().y));
        let mut centre = placed(component, mm) * centre;
        // A part on the bottom is mirrored, whether the file says so or leaves it to its layer.
        if side == Some(Side::Bottom) && !is_mirrored(component) {
            let at = component.element("Location").and_then(|at| at.number("x")).unwrap_or(0.0) * mm;
            centre.x = 2.0 * at - centre.x;
        }
        if !is_near(centre.x) || !is_near(centre.y) {
            design.skip(place + 1, Why::TooFar);
            continue;
        }
        let item = items.get(component.attribute("refDes").unwrap_or_default()).cloned().unwrap_or_default();
        design.placements.push(Placement {
            designator,
            at: Place::new(centre.x, centre.y),
            rotation_deg: form.and_then(|form| form.number("rotation")).unwrap_or(0.0),
            side: side.unwrap_or(Side::Top),
            value: kept(if item.value.is_empty() { own_value(component) } else { item.value }),
            package: kept(package),
            part_number: kept(if item.part_number.is_empty() {
                component.attribute("part").unwrap_or_default()
            } else {
                item.part_number
            }),
            fitted: !item.is_left_out,
            size_mm: body.map(|body| [body.w, body.h]),
        });
    }
    Ok(())
}

/// What some programmes say at the part itself.
fn own_value<'a>(component: Node<'a, '_>) -> &'a str {
    let mut said = component.elements("NonstandardAttribute").filter(|said| said.attribute("name") == Some("VALUE"));
    said.find_map(|said| said.attribute("value")).unwrap_or_default()
}

/// The bill of materials by designators.
fn items<'a>(root: Node<'a, 'a>) -> BTreeMap<&'a str, Item<'a>> {
    let mut items = BTreeMap::new();
    for item in root.descendants().filter(|node| node.has_tag_name_only("BomItem")) {
        let said = |is_it: &dyn Fn(&str) -> bool| {
            let texts = item.descendants().filter(|node| node.has_tag_name_only("Textual"));
            let mut named = texts.filter(|text| text.attribute("textualCharacteristicName").is_some_and(is_it));
            named.find_map(|text| text.attribute("textualCharacteristicValue")).unwrap_or_default()
        };
        let value = said(&|name| matches!(name.to_ascii_uppercase().as_str(), "VALUE" | "VAL" | "COMMENT"));
        let part_number = said(&is_part_number);
        let own = item.attribute("OEMDesignNumberRef").unwrap_or_default();
        for part in item.elements("RefDes") {
            let is_left_out = part.attribute("populate") == Some("false");
            let part_number = if part_number.is_empty() { own } else { part_number };
            items.extend(part.attribute("name").map(|name| (name, Item { value, part_number, is_left_out })));
        }
    }
    items
}

/// The rectangle around a package's outline and pins, before it is placed.
fn body(package: Node<'_, '_>, mm: f64, shapes: &Shapes<'_>) -> Option<Rect<Drawing>> {
    let outlines = package.elements("Outline").flat_map(|outline| shapes.edges(outline, mm)).collect::<Vec<_>>();
    let pins = package.elements("Pin").flat_map(|pin| moved(&shapes.drawn(pin, mm), placed(pin, mm))).collect::<Vec<_>>();
    around(outlines.iter().chain(&pins).filter_map(Figure::bounds))
}
