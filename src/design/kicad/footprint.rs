//! Footprints: what they draw, and the part that belongs there.

use kurbo::{Affine, Point};

use super::list::Node;
use super::pad::{Margins, Pad};
use super::{Sheets, at, meant, shape};
use crate::catalog::Side;
use crate::design::artwork::{Figure, Mark, around};
use crate::design::table::{is_fitted, is_part_number};
use crate::design::{DesignError, Placement, Why, kept};
use crate::geometry::{Point as Place, Rect};

/// A footprint on a board.
pub(super) struct Footprint<'a, 'b> {
    node: &'b Node<'a>,
    at: Point,
    /// Counterclockwise as it is seen from the top.
    turned_deg: f64,
}

impl<'a, 'b> Footprint<'a, 'b> {
    /// `None` where it has no place.
    pub(super) fn of(node: &'b Node<'a>) -> Option<Self> {
        let (at, turned_deg) = at(node)?;
        Some(Self { node, at, turned_deg })
    }

    /// From its own millimetres to the board's.
    fn placed(&self) -> Affine {
        Affine::translate(self.at.to_vec2()) * Affine::rotate(-self.turned_deg.to_radians())
    }

    fn pads(&self) -> impl Iterator<Item = Pad<'a, 'b>> {
        self.node.all("pad").filter_map(Pad::of)
    }

    fn items(&self) -> impl Iterator<Item = &'b Node<'a>> {
        self.node.rest().iter().filter(|item| item.name().starts_with("fp_"))
    }

    /// Draws its lines, areas, pads and holes.
    pub(super) fn draw(&self, margins: Margins, sheets: &mut Sheets) -> Result<(), DesignError> {
        let placed = self.placed();
        self.items().try_for_each(|item| sheets.items(item, placed))?;
        for node in self.node.all("pad") {
            let Some(pad) = Pad::of(node) else { continue };
            let own = pad.placed(placed, self.turned_deg);
            let margins = margins.and(self.node).and(node);
            for layer in pad.layers().flat_map(meant) {
                let figures = match layer.rsplit('.').next() {
                    Some("Mask") => pad.copper(margins.mask_mm),
                    Some("Paste") => pad.pasted(margins).copper(0.0),
                    Some("Cu") if pad.is_bare_hole() => Vec::new(),
                    _ => pad.copper(0.0),
                };
                for figure in figures {
                    sheets.push(&layer, Mark::dark(figure.moved(own)))?;
                }
            }
            if let Some(hole) = pad.hole() {
                sheets.push("Drill", Mark::dark(hole.moved(own)))?;
            }
        }
        Ok(())
    }

    /// The part that belongs here; `None` where the footprint is none, as a logo or a hole to be screwed through is.
    pub(super) fn placement(&self) -> Option<Result<Placement, Why>> {
        let attributes: Vec<&str> = self.node.all("attr").flat_map(Node::words).collect();
        let has = |word: &str| attributes.contains(&word);
        if has("board_only") || has("exclude_from_pos_files") && has("exclude_from_bom") || self.pads().next().is_none() {
            return None;
        }
        let designator = kept(self.text("reference", "Reference"));
        if designator.is_empty() {
            return Some(Err(Why::NoDesignator));
        }
        let side = if self.node.said("layer").is_some_and(|layer| layer.starts_with("B.")) { Side::Bottom } else { Side::Top };
        let body = self.body();
        let centre = body.map_or(Point::ORIGIN, |body| Point::new(body.centre().x, body.centre().y));
        let centre = self.placed() * centre;
        let fields = || self.node.all("property").filter_map(|field| field.words().next().zip(field.words().nth(1)));
        let is_left_out = has("dnp") || fields().any(|(name, value)| is_fitted(name, value) == Some(false));
        Some(Ok(Placement {
            designator,
            at: Place::new(centre.x, centre.y),
            rotation_deg: self.turned_deg,
            side,
            value: kept(self.text("value", "Value")),
            package: kept(self.node.words().next().unwrap_or_default()),
            part_number: fields().find(|(name, _)| is_part_number(name)).map(|(_, number)| kept(number)).unwrap_or_default(),
            fitted: !is_left_out,
            size_mm: body.map(|body| [body.w, body.h]),
        }))
    }

    /// A text of it: an item up to version 7, a property from then on.
    fn text(&self, item: &str, property: &str) -> &'b str {
        let second = |node: &'b Node<'a>, first: &str| {
            let mut words = node.words();
            if words.next() == Some(first) { words.next() } else { None }
        };
        let items = self.node.all("fp_text").find_map(|node| second(node, item));
        items.or_else(|| self.node.all("property").find_map(|node| second(node, property))).unwrap_or_default()
    }

    /// The rectangle around its pads and the body that is drawn for assembly, before it is turned.
    fn body(&self) -> Option<Rect<crate::geometry::Drawing>> {
        let drawn = |item: &'b Node<'a>| {
            let is_body = item.said("layer").is_some_and(|layer| layer.ends_with(".Fab"));
            if is_body { shape::drawn(item, Affine::IDENTITY) } else { Vec::new() }
        };
        let lines = self.items().flat_map(drawn).map(|figure| match figure {
            // A body ends in the middle of the line that is drawn around it.
            Figure::Line { path, .. } => Figure::Area(path),
            other => other,
        });
        let pads = self.pads().flat_map(|pad| {
            let own = pad.placed(Affine::IDENTITY, self.turned_deg);
            pad.copper(0.0).into_iter().map(move |figure| figure.moved(own))
        });
        around(lines.chain(pads).filter_map(|figure| figure.bounds()))
    }
}
