//! Pads and their holes.

use kurbo::{Affine, BezPath, Point, Rect, RoundedRect, Shape, Vec2};

use super::list::Node;
use super::shape;
use crate::design::artwork::{FLATNESS_MM, Figure, Mark};
use crate::design::unit::is_near;

/// How far towards the corner a curve leans that is a quarter of a circle.
const QUARTER: f64 = 0.552_285;

/// What openings of the mask and prints of paste have more than the pad.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margins {
    pub(super) mask_mm: f64,
    pub(super) paste_mm: f64,
    /// Of the pad's size.
    pub(super) paste_ratio: f64,
}

impl Margins {
    /// What a pad, a footprint or a board says of them; the rest stays.
    pub(super) fn and(self, node: &Node<'_>) -> Self {
        let said = |names: &[&str], before: f64| names.iter().find_map(|name| node.number(name)).unwrap_or(before);
        Self {
            mask_mm: said(&["solder_mask_margin", "pad_to_mask_clearance"], self.mask_mm),
            paste_mm: said(&["solder_paste_margin", "pad_to_paste_clearance"], self.paste_mm),
            paste_ratio: said(
                &["solder_paste_margin_ratio", "solder_paste_ratio", "pad_to_paste_clearance_ratio"],
                self.paste_ratio,
            ),
        }
    }
}

/// A pad, around its middle and not yet turned.
#[derive(Clone, Copy)]
pub(super) struct Pad<'a, 'b> {
    node: &'b Node<'a>,
    size: Vec2,
    /// From the hole to the middle of the copper.
    offset: Vec2,
}

impl<'a, 'b> Pad<'a, 'b> {
    /// `None` where it has no size.
    pub(super) fn of(node: &'b Node<'a>) -> Option<Self> {
        let size = node.point("size")?.to_vec2();
        let offset = node.find("drill").and_then(|drill| drill.point("offset")).map_or(Vec2::ZERO, Point::to_vec2);
        Some(Self { node, size: Vec2::new(size.x.abs(), size.y.abs()), offset })
    }

    /// Where it stands on its footprint, turned as it is on the board: the angle in a board's file counts from the board.
    pub(super) fn placed(&self, footprint: Affine, footprint_deg: f64) -> Affine {
        let at = self.node.point("at").unwrap_or(Point::ORIGIN);
        let degrees = self.node.find("at").and_then(|at| at.numbers().get(2).copied()).unwrap_or(0.0) - footprint_deg;
        footprint * Affine::translate(at.to_vec2()) * Affine::rotate(-degrees.to_radians())
    }

    /// The layers that it lies on: `F.Cu`, `*.Mask`.
    pub(super) fn layers(&self) -> impl Iterator<Item = &'b str> {
        self.node.find("layers").into_iter().flat_map(Node::words)
    }

    /// The same with so much more on every side, or less, as paste is printed.
    pub(super) fn pasted(&self, margins: Margins) -> Self {
        let grown = |size: f64| (size + 2.0 * (margins.paste_mm + margins.paste_ratio * size)).max(0.0);
        Self { size: Vec2::new(grown(self.size.x), grown(self.size.y)), ..*self }
    }

    /// True when it is nothing but the edge of its own hole.
    pub(super) fn is_bare_hole(&self) -> bool {
        let hole = self.hole().and_then(|hole| hole.bounds());
        let is_open = self.node.words().nth(1) == Some("np_thru_hole");
        is_open && hole.is_some_and(|hole| hole.w >= self.size.x - 1e-6 && hole.h >= self.size.y - 1e-6)
    }

    /// Its copper, with a margin around it as the mask has one.
    pub(super) fn copper(&self, margin_mm: f64) -> Vec<Figure> {
        let mut figures = Vec::new();
        let kind = self.node.words().nth(2).unwrap_or_default();
        let kind = if kind == "custom" {
            self.node.find("options").and_then(|options| options.said("anchor")).unwrap_or("circle")
        } else {
            kind
        };
        let moved = Affine::translate(self.offset);
        figures.extend(self.plain(kind).map(|path| Figure::Area(moved * path)));
        for item in self.node.find("primitives").into_iter().flat_map(Node::rest) {
            figures.extend(shape::drawn(item, moved));
        }
        if margin_mm > 0.0 {
            let grown = |figure: Figure| match figure {
                Figure::Area(path) => {
                    let edge = Figure::Line { path: path.clone(), width_mm: 2.0 * margin_mm };
                    Figure::Group(vec![Mark::dark(Figure::Area(path)), Mark::dark(edge)])
                }
                Figure::Line { path, width_mm } => Figure::Line { path, width_mm: width_mm + 2.0 * margin_mm },
                group @ Figure::Group(_) => group,
            };
            figures = figures.into_iter().map(grown).collect();
        }
        figures
    }

    fn plain(&self, kind: &str) -> Option<BezPath> {
        let Vec2 { x: width, y: height } = self.size;
        let shorter = width.min(height);
        let area = Rect::from_center_size(Point::ORIGIN, (width, height));
        let rounded = |radius: f64| RoundedRect::from_rect(area, radius).to_path(FLATNESS_MM);
        let ratio = |name: &str| self.node.number(name).unwrap_or(0.0).clamp(0.0, 0.5);
        match kind {
            "circle" => Some(kurbo::Circle::new(Point::ORIGIN, width / 2.0).to_path(FLATNESS_MM)),
            "oval" => Some(rounded(shorter / 2.0)),
            "rect" => Some(area.to_path(FLATNESS_MM)),
            "roundrect" if self.node.find("chamfer").is_some() => {
                let cut =
                    |corner: &str| self.node.find("chamfer").is_some_and(|chamfer| chamfer.words().any(|word| word == corner));
                let corners = ["top_left", "top_right", "bottom_right", "bottom_left"].map(cut);
                Some(chamfered(area, corners, ratio("chamfer_ratio") * shorter, ratio("roundrect_rratio") * shorter))
            }
            "roundrect" => Some(rounded(ratio("roundrect_rratio") * shorter)),
            "trapezoid" => {
                // How much one pair of sides is longer than the other: `(rect_delta y x)`.
                let delta = self.node.point("rect_delta").map_or(Vec2::ZERO, |delta| Vec2::new(delta.y, delta.x) / 2.0);
                let (x, y) = (width / 2.0, height / 2.0);
                let corners = [
                    (-x - delta.x, y + delta.y),
                    (-x + delta.x, -y - delta.y),
                    (x - delta.x, -y + delta.y),
                    (x + delta.x, y - delta.y),
                ];
                let Figure::Area(path) = Figure::ring(corners.map(Point::from)) else { return None };
                Some(path)
            }
            _ => None,
        }
    }

    /// Its hole, if it has one.
    pub(super) fn hole(&self) -> Option<Figure> {
        let drill = self.node.find("drill")?;
        let sizes: Vec<f64> =
            drill.words().filter_map(|word| word.parse().ok()).filter(|size: &f64| *size > 0.0 && is_near(*size)).collect();
        let (width, height) = match sizes[..] {
            [width, height, ..] => (width, height),
            [width] => (width, width),
            [] => return None,
        };
        let area = Rect::from_center_size(Point::ORIGIN, (width, height));
        Some(Figure::of(&RoundedRect::from_rect(area, width.min(height) / 2.0)))
    }
}

/// A rectangle of which some corners are cut, and the others round: top left, top right, bottom right, bottom left.
fn chamfered(area: Rect, cut: [bool; 4], depth: f64, radius: f64) -> BezPath {
    let corners = [(area.x0, area.y0), (area.x1, area.y0), (area.x1, area.y1), (area.x0, area.y1)].map(Point::from);
    let mut path = BezPath::new();
    for (place, (corner, is_cut)) in corners.iter().zip(cut).enumerate() {
        let towards = |other: usize| corners.get(other % 4).map_or(Vec2::ZERO, |other| (*other - *corner).normalize());
        let reach = if is_cut { depth } else { radius };
        let (before, behind) = (*corner + towards(place + 3) * reach, *corner + towards(place + 1) * reach);
        if place == 0 {
            path.move_to(before);
        } else {
            path.line_to(before);
        }
        if is_cut {
            path.line_to(behind);
        } else {
            path.curve_to(before.lerp(*corner, QUARTER), behind.lerp(*corner, QUARTER), behind);
        }
    }
    path.close_path();
    path
}
