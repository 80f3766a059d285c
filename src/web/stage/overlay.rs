//! Marks that follow the camera at its own pace, without the interface having to draw anew.

use std::fmt::Write as _;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

use crate::app::Mode;
use crate::app::table::{Table, outline};
use crate::geometry::Point;

/// A group of marks in reference pixels, and in it the line of what is being drawn.
pub(super) struct Overlay {
    pub(super) group: SvgElement,
    pub(super) viewport: usize,
    /// As the group has it, so that nothing is set twice: each setting costs the browser a look at every mark.
    shown: Option<String>,
    drafted: String,
}

impl Overlay {
    pub(super) const fn new(group: SvgElement, viewport: usize) -> Self {
        Self { group, viewport, shown: None, drafted: String::new() }
    }

    pub(super) fn follow(&mut self, table: &Table) {
        let viewports = table.viewports();
        let there = self.viewport == 0 || table.scene().shown_mode() == Mode::SideBySide;
        let style = self.group.style();
        let (Some(view), Some(camera)) =
            (viewports.get(self.viewport).filter(|_| there), table.cameras().get(self.viewport).copied())
        else {
            if self.shown.take().is_some() {
                drop(style.set_property("display", "none"));
            }
            return;
        };
        let (zoom, (x, y)) = (camera.zoom, camera.to_screen(Point::new(0.0, 0.0), view));
        let [[a, b], [c, d]] = camera.orientation.matrix().map(|row| row.map(|v| v * zoom));
        let transform = format!("matrix({a} {c} {b} {d} {x} {y})");
        if self.shown.as_ref() != Some(&transform) {
            // Properties and attributes that a browser refuses leave a mark where it was; there is nothing better to do.
            drop(style.remove_property("display"));
            drop(style.set_property("--zoom", &zoom.to_string()));
            drop(style.set_property("--turn", &format!("{}deg", 90 * u32::from(camera.orientation.quarters))));
            drop(style.set_property("--mirror", if camera.orientation.flipped { "-1" } else { "1" }));
            drop(self.group.set_attribute("transform", &transform));
            self.shown = Some(transform);
        }
        self.draft(table, zoom);
    }

    /// The line of what is being drawn, in every element of the group that waits for it.
    fn draft(&mut self, table: &Table, zoom: f64) {
        let mut d = String::new();
        for shape in table.drafts(self.viewport) {
            d += &outline::path(&shape);
            for ornament in outline::ornaments(&shape) {
                // Heads and dots of a draft are plain crosses: they turn into what they are when it is finished.
                let (arm, at) = (5.0 / zoom, ornament.at);
                let (left, right, top, bottom) = (at.x - arm, at.x + arm, at.y - arm, at.y + arm);
                // Writing into a text can't fail.
                _ = write!(d, "M{left} {y}H{right}M{x} {top}V{bottom}", x = at.x, y = at.y);
            }
        }
        if d == self.drafted {
            return;
        }
        if let Ok(lines) = self.group.query_selector_all(".draft path") {
            for place in 0..lines.length() {
                if let Some(line) = lines.item(place).and_then(|line| line.dyn_into::<Element>().ok()) {
                    drop(line.set_attribute("d", &d));
                }
            }
        }
        self.drafted = d;
    }
}

/// The swipe line, as an element that lies over the canvas.
pub(super) struct Line {
    pub(super) element: HtmlElement,
    shown: String,
}

impl Line {
    pub(super) const fn new(element: HtmlElement) -> Self {
        Self { element, shown: String::new() }
    }

    pub(super) fn follow(&mut self, table: &Table) {
        let transform = match table.swipe_line().filter(|_| !table.photo_is_held_up()) {
            Some(((x, y), _)) => format!("translate({x}px, {y}px) rotate({}deg)", table.swipe().angle),
            None => String::new(),
        };
        if transform == self.shown {
            return;
        }
        let style = self.element.style();
        drop(style.set_property("visibility", if transform.is_empty() { "hidden" } else { "visible" }));
        drop(style.set_property("transform", &transform));
        self.shown = transform;
    }
}
