//! IPC-2581 (revisions B and C): a whole board in one XML file.

mod component;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use kurbo::{Affine, Point};
use roxmltree::{Document, Node, ParsingOptions};

use self::shape::Shapes;
use super::artwork::{Drawn, Figure, Layer, LayerKind, Mark};
use super::text::head;
use super::unit::{MM_PER_INCH, is_near};
use super::{Design, DesignError, Why};
use crate::catalog::Side;

/// Elements of a file; a mainboard with all of its copper has some three million.
const MOST_ELEMENTS: u32 = 4_000_000;

/// True when the file looks like one.
pub(super) fn is_one(text: &str) -> bool {
    text.starts_with('<') && head(text).contains("IPC-2581")
}

pub(super) fn read(text: &str) -> Result<Design, DesignError> {
    let options = ParsingOptions { nodes_limit: MOST_ELEMENTS, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| DesignError::BrokenXml(error.to_string()))?;
    let root = document.root_element();
    let data = root.descendants().find(|node| node.has_tag_name_only("CadData"));
    let data = data.ok_or_else(|| DesignError::BrokenXml("it has no CadData".to_owned()))?;
    let header = root.descendants().find(|node| node.has_tag_name_only("CadHeader"));
    let mm = header.and_then(|header| unit(header.attribute("units"))).unwrap_or(1.0);
    let mut reading = Reading {
        design: Design { unit_is_stated: header.is_some_and(|header| header.attribute("units").is_some()), ..Design::default() },
        drawn: Drawn::default(),
        layers: data.elements("Layer").filter_map(|layer| Some((layer.attribute("name")?, sheet(layer)?))).collect(),
        order: Vec::new(),
        shapes: Shapes::of(root, mm),
        mm,
    };
    // A panel has its boards as steps of their own; the board is the one with parts.
    let steps = || data.elements("Step");
    let step = steps().max_by_key(|step| step.elements("Component").count());
    if let Some(step) = step {
        reading.step(step)?;
        component::read(root, step, mm, &reading.shapes, &mut reading.design)?;
    }
    let Reading { mut design, layers, order, .. } = reading;
    let mut layers = layers;
    design.layers = order.into_iter().filter_map(|name| layers.remove(name)).filter(|layer| !layer.marks.is_empty()).collect();
    Ok(design)
}

/// Elements by name, whatever their namespace.
trait Elements<'a, 'input: 'a> {
    fn has_tag_name_only(&self, name: &str) -> bool;
    fn elements<'n>(&self, name: &'n str) -> impl Iterator<Item = Node<'a, 'input>> + use<'a, 'input, 'n, Self>;
    fn element(&self, name: &str) -> Option<Node<'a, 'input>>;
    fn number(&self, name: &str) -> Option<f64>;
    fn point(&self, x: &str, y: &str) -> Option<Point>;
}

impl<'a, 'input: 'a> Elements<'a, 'input> for Node<'a, 'input> {
    fn has_tag_name_only(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn elements<'n>(&self, name: &'n str) -> impl Iterator<Item = Node<'a, 'input>> + use<'a, 'input, 'n> {
        self.children().filter(move |node| node.has_tag_name_only(name))
    }

    fn element(&self, name: &str) -> Option<Node<'a, 'input>> {
        self.children().find(|node| node.has_tag_name_only(name))
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.trim().parse().ok().filter(|number| is_near(*number))
    }

    fn point(&self, x: &str, y: &str) -> Option<Point> {
        Some(Point::new(self.number(x)?, self.number(y)?))
    }
}

/// Millimetres of a unit's name.
fn unit(name: Option<&str>) -> Option<f64> {
    match name? {
        "MILLIMETER" => Some(1.0),
        "MICRON" => Some(0.001),
        "INCH" => Some(MM_PER_INCH),
        _ => None,
    }
}

/// What a layer shows; `None` of those that show nothing of a board.
fn sheet(layer: Node<'_, '_>) -> Option<Layer> {
    let side = match layer.attribute("side") {
        Some("TOP") => Some(Side::Top),
        Some("BOTTOM") => Some(Side::Bottom),
        _ => None,
    };
    let kind = match layer.attribute("layerFunction")? {
        "CONDUCTOR" | "SIGNAL" | "PLANE" | "MIXED" | "CONDFILM" | "CONDFOIL" | "LANDPATTERN" if side.is_some() => {
            LayerKind::Copper
        }
        "CONDUCTOR" | "SIGNAL" | "PLANE" | "MIXED" | "CONDFILM" | "CONDFOIL" => LayerKind::Within,
        "SOLDERMASK" => LayerKind::Mask,
        "SOLDERPASTE" | "PASTEMASK" => LayerKind::Paste,
        "SILKSCREEN" | "LEGEND" => LayerKind::Silk,
        "ASSEMBLY" | "COMPONENT_TOP" | "COMPONENT_BOTTOM" => LayerKind::Assembly,
        "DRILL" | "ROUT" => LayerKind::Drill,
        "BOARD_OUTLINE" | "BOARDOUTLINE" => LayerKind::Outline,
        _ => return None,
    };
    let through = matches!(kind, LayerKind::Drill | LayerKind::Outline | LayerKind::Within);
    Some(Layer::new(kind, side.filter(|_| !through), layer.attribute("name")?))
}

struct Reading<'a> {
    design: Design,
    drawn: Drawn,
    layers: BTreeMap<&'a str, Layer>,
    /// Their names as they come.
    order: Vec<&'a str>,
    shapes: Shapes<'a>,
    mm: f64,
}

impl<'a> Reading<'a> {
    fn step(&mut self, step: Node<'a, 'a>) -> Result<(), DesignError> {
        for profile in step.elements("Profile") {
            let edges: Vec<Figure> = self.shapes.edges(profile, self.mm);
            // What the file has as a layer of its own is drawn there, too; this one is always there.
            let layer = self.layers.entry("Profile").or_insert_with(|| Layer::new(LayerKind::Outline, None, "Profile"));
            layer.marks.extend(edges.into_iter().map(Mark::dark));
            self.order.push("Profile");
        }
        let stacks: BTreeMap<&str, Node<'a, 'a>> =
            step.elements("PadStackDef").filter_map(|stack| Some((stack.attribute("name")?, stack))).collect();
        for (place, feature) in step.elements("LayerFeature").enumerate() {
            let Some(name) = feature.attribute("layerRef").filter(|name| self.layers.contains_key(name)) else { continue };
            self.order.push(name);
            for set in feature.elements("Set") {
                self.set(name, set, &stacks)?;
            }
            if let Some(layer) = self.layers.get_mut(name) {
                layer.marks.append(&mut self.drawn.marks);
            }
            if let Some(why) = self.drawn.left_out.take() {
                self.design.skip(place + 1, why);
            }
        }
        Ok(())
    }

    fn set(&mut self, layer: &str, set: Node<'a, 'a>, stacks: &BTreeMap<&str, Node<'a, 'a>>) -> Result<(), DesignError> {
        let is_clear = set.attribute("polarity") == Some("NEGATIVE");
        for item in set.children().filter(Node::is_element) {
            let figures = match item.tag_name().name() {
                "Pad" => {
                    let own = self.shapes.named(item);
                    let figures = if own.is_empty() { self.stacked(item, layer, stacks) } else { own };
                    moved(&figures, placed(item, self.mm))
                }
                "Hole" => {
                    let hole = item.point("x", "y").zip(item.number("diameter"));
                    hole.map(|(at, diameter)| Figure::disc(at, diameter.max(0.0)).moved(Affine::FLIP_Y * Affine::scale(self.mm)))
                        .into_iter()
                        .collect()
                }
                "SlotCavity" | "Features" => moved(&self.shapes.drawn(item, self.mm), placed(item, self.mm)),
                _ => continue,
            };
            if figures.is_empty() {
                self.drawn.left_out = Some(Why::Unreadable);
            }
            for figure in figures {
                self.drawn.push(Mark { is_clear, figure })?;
            }
        }
        Ok(())
    }

    /// What the stack of a pad has on this layer.
    fn stacked(&self, pad: Node<'a, 'a>, layer: &str, stacks: &BTreeMap<&str, Node<'a, 'a>>) -> Vec<Figure> {
        let stack = pad.attribute("padstackDefRef").and_then(|name| stacks.get(name));
        let here = stack.into_iter().flat_map(|stack| stack.elements("PadstackPadDef"));
        here.filter(|own| own.attribute("layerRef") == Some(layer) && own.attribute("padUse") != Some("ANTIPAD"))
            .flat_map(|own| moved(&self.shapes.named(own), placed(own, self.mm)))
            .collect()
    }
}

fn moved(figures: &[Figure], by: Affine) -> Vec<Figure> {
    figures.iter().map(|figure| figure.moved(by)).collect()
}

fn is_mirrored(item: Node<'_, '_>) -> bool {
    item.element("Xform").is_some_and(|form| form.attribute("mirror") == Some("true"))
}

/// Where an element stands, by its `Location` and `Xform`, from millimetres to millimetres, both with y downwards.
fn placed(item: Node<'_, '_>, mm: f64) -> Affine {
    let at = item.element("Location").and_then(|at| at.point("x", "y")).unwrap_or(Point::ORIGIN);
    let form = item.element("Xform");
    let number = |name: &str| form.and_then(|form| form.number(name));
    let shift = Affine::translate((number("xOffset").unwrap_or(0.0) * mm, -number("yOffset").unwrap_or(0.0) * mm));
    let turned = Affine::rotate(-number("rotation").unwrap_or(0.0).to_radians());
    let scaled = Affine::scale(number("scale").filter(|scale| *scale > 0.0).unwrap_or(1.0));
    // It is turned first and mirrored then, as Allegro and KiCad write it.
    let mirrored = if is_mirrored(item) { Affine::FLIP_X } else { Affine::IDENTITY };
    Affine::translate((at.x * mm, -at.y * mm)) * shift * mirrored * turned * scaled
}
