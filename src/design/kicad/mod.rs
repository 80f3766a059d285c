//! KiCad's boards (`.kicad_pcb`), from version 5 on.

mod footprint;
mod list;
mod pad;
mod shape;
#[cfg(test)]
mod tests;

use kurbo::{Affine, Point};

use self::footprint::Footprint;
use self::list::{Node, parse};
use self::pad::Margins;
use self::shape::points;
use super::artwork::{Drawn, Figure, Layer, LayerKind, Mark};
use super::unit::is_near;
use super::{Design, DesignError, Why};
use crate::catalog::Side;

/// True when the file looks like one.
pub(super) fn is_one(text: &str) -> bool {
    text.starts_with("(kicad_pcb")
}

pub(super) fn read(text: &str) -> Result<Design, DesignError> {
    let board = parse(text).ok_or(DesignError::BrokenKicad)?;
    let mut design = Design { unit_is_stated: true, ..Design::default() };
    let mut sheets = Sheets::default();
    let margins = board.find("setup").map_or(Margins::default(), |setup| Margins::default().and(setup));
    for (place, item) in board.rest().iter().enumerate() {
        match item.name() {
            "footprint" | "module" => {
                let Some(footprint) = Footprint::of(item) else {
                    design.skip(place + 1, Why::NoPlace);
                    continue;
                };
                footprint.draw(margins, &mut sheets)?;
                match footprint.placement() {
                    Some(Ok(placement)) => design.placements.push(placement),
                    Some(Err(why)) => design.skip(place + 1, why),
                    None => {}
                }
            }
            "segment" | "arc" => track(item, &mut sheets)?,
            "via" => via(item, &mut sheets)?,
            "zone" => zone(item, &mut sheets)?,
            name if name.starts_with("gr_") => sheets.items(item, Affine::IDENTITY)?,
            _ => {}
        }
        if sheets.take_left_out() {
            design.skip(place + 1, Why::TooFar);
        }
    }
    design.layers = sheets.layers;
    Ok(design)
}

/// The layers of a board while they are read.
#[derive(Default)]
pub(super) struct Sheets {
    layers: Vec<Layer>,
    drawn: Drawn,
}

impl Sheets {
    /// Draws on the layer of this name; what nobody sees is left away.
    ///
    /// # Errors
    /// When there is more than any board has.
    pub(super) fn push(&mut self, layer: &str, mark: Mark) -> Result<(), DesignError> {
        let Some((kind, side)) = known(layer) else { return Ok(()) };
        if !self.drawn.admits(&mark)? {
            return Ok(());
        }
        match self.layers.iter_mut().find(|own| own.name == layer) {
            Some(own) => own.marks.push(mark),
            None => {
                let mut own = Layer::new(kind, side, layer);
                own.marks.push(mark);
                self.layers.push(own);
            }
        }
        Ok(())
    }

    /// Draws an item of lines and areas on its own layer.
    fn items(&mut self, item: &Node<'_>, placed: Affine) -> Result<(), DesignError> {
        let Some(layer) = item.said("layer") else { return Ok(()) };
        shape::drawn(item, placed).into_iter().try_for_each(|figure| self.push(layer, Mark::dark(figure)))
    }

    /// True when something lay too far away since the last time.
    fn take_left_out(&mut self) -> bool {
        self.drawn.left_out.take().is_some()
    }
}

/// What a layer of this name shows; `None` of those that are for the designer alone.
fn known(layer: &str) -> Option<(LayerKind, Option<Side>)> {
    let (side, rest) = match layer.split_once('.') {
        Some(("F", rest)) => (Some(Side::Top), rest),
        Some(("B", rest)) => (Some(Side::Bottom), rest),
        _ => (None, layer),
    };
    match rest {
        "Cu" => Some((LayerKind::Copper, side)),
        "Mask" => Some((LayerKind::Mask, side)),
        "Paste" => Some((LayerKind::Paste, side)),
        "SilkS" | "Silkscreen" => Some((LayerKind::Silk, side)),
        "Fab" => Some((LayerKind::Assembly, side)),
        "Edge.Cuts" => Some((LayerKind::Outline, None)),
        "Drill" => Some((LayerKind::Drill, None)),
        _ if layer.starts_with("In") && layer.ends_with(".Cu") => Some((LayerKind::Within, None)),
        _ => None,
    }
}

/// Those of the sides' layers that a pad's or a via's name of layers means: `*.Cu`, `F&B.Cu`, `B.Mask`.
pub(super) fn meant(name: &str) -> Vec<String> {
    match name.split_once('.') {
        Some(("*" | "F&B", kind)) => vec![format!("F.{kind}"), format!("B.{kind}")],
        _ => vec![name.to_owned()],
    }
}

fn track(item: &Node<'_>, sheets: &mut Sheets) -> Result<(), DesignError> {
    let (Some(start), Some(end), Some(layer)) = (item.point("start"), item.point("end"), item.said("layer")) else {
        return Ok(());
    };
    let mut path = kurbo::BezPath::new();
    match item.point("mid") {
        Some(mid) => shape::arc_through(&mut path, start, mid, end),
        None => {
            path.move_to(start);
            path.line_to(end);
        }
    }
    sheets.push(layer, Mark::dark(Figure::Line { path, width_mm: item.number("width").unwrap_or(0.0).max(0.0) }))
}

fn via(item: &Node<'_>, sheets: &mut Sheets) -> Result<(), DesignError> {
    let (Some(at), Some(size)) = (item.point("at"), item.number("size")) else { return Ok(()) };
    let disc = |diameter: f64| Mark::dark(Figure::disc(at, diameter.max(0.0)));
    for layer in item.find("layers").into_iter().flat_map(Node::words) {
        sheets.push(layer, disc(size))?;
    }
    item.number("drill").map_or(Ok(()), |diameter| sheets.push("Drill", disc(diameter)))
}

/// A poured area, as it was last filled.
fn zone(item: &Node<'_>, sheets: &mut Sheets) -> Result<(), DesignError> {
    // Before version 6 the filling is drawn with a pen around it, and may be later.
    let has_pen = item.said("filled_areas_thickness") != Some("no");
    let width_mm = item.number("min_thickness").filter(|_| has_pen).unwrap_or(0.0);
    for filled in item.all("filled_polygon") {
        let layer = filled.said("layer").or_else(|| item.said("layer")).unwrap_or_default();
        let Figure::Area(path) = Figure::ring(points(filled)) else { continue };
        if path.elements().is_empty() {
            continue;
        }
        let edge = (width_mm > 0.0).then(|| Figure::Line { path: path.clone(), width_mm });
        for figure in edge.into_iter().chain([Figure::Area(path)]) {
            sheets.push(layer, Mark::dark(figure))?;
        }
    }
    Ok(())
}

/// Where something is, and by how many degrees it is turned.
fn at(node: &Node<'_>) -> Option<(Point, f64)> {
    let numbers = node.find("at")?.numbers();
    match numbers[..] {
        [x, y] => Some((Point::new(x, y), 0.0)),
        [x, y, degrees, ..] => Some((Point::new(x, y), degrees)),
        _ => None,
    }
}
