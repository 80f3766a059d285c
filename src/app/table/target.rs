//! What is under the pointer.

use super::scene::{Mark, Scene};
use crate::geometry::{Point, Rect, Reference};
use crate::report::{FindingId, Handle, Shape};

/// CSS pixels around a shape that still belong to it.
const REACH_PX: f64 = 10.0;
/// A handle is caught within this many CSS pixels: a finger is 44 wide.
const HANDLE_PX: f64 = 22.0;
/// Inside of a small shape its handles leave this share of it free, so that it can be moved as well.
const HANDLE_SHARE: f64 = 0.25;
/// CSS pixels across of one letter on the table, about.
const LETTER_PX: f64 = 7.0;
/// CSS pixels down of a line of words on the table.
const LETTER_HEIGHT_PX: f64 = 16.0;
/// A corner of a difference draws the pen to itself within this many CSS pixels.
const SNAP_PX: f64 = 8.0;

/// What a press would take hold of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Target {
    /// A handle of one shape of a chosen finding.
    Handle { id: FindingId, shape: usize, handle: Handle },
    /// A finding.
    Finding(FindingId),
    /// A difference, by its place in the list.
    Difference(usize),
}

/// The handle under the pointer, of a chosen finding that is alone.
pub(super) fn handle(scene: &Scene, point: Point<Reference>, zoom: f64) -> Option<Target> {
    let mut chosen = scene.marks.iter().filter(|mark| mark.chosen && !mark.fixed);
    let (mark, None) = (chosen.next()?, chosen.next()) else { return None };
    let near = mark.shapes.iter().enumerate().flat_map(|(place, shape)| {
        let size = shape.bounds().map_or(0.0, |area| area.w.min(area.h)) * zoom;
        let inside = shape.distance(point) == 0.0;
        let reach = if inside { HANDLE_PX.min(size * HANDLE_SHARE) } else { HANDLE_PX };
        let handles = shape.handles().into_iter().map(move |(handle, at)| (handle, at.distance(point) * zoom));
        handles.filter(move |(_, distance)| *distance <= reach).map(move |(handle, distance)| (distance, place, handle))
    });
    // Of a corner and the middle of a side at the same distance, the corner comes first in the list.
    let (_, shape, handle) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Target::Handle { id: mark.id, shape, handle })
}

/// The finding or difference under the pointer: the smallest around it, findings before differences.
pub(super) fn thing(scene: &Scene, point: Point<Reference>, zoom: f64) -> Option<Target> {
    let reach = REACH_PX / zoom.max(f64::MIN_POSITIVE);
    // Of equal ones the later lies higher, and `min_by` keeps the first: so from the top down.
    let findings = scene.marks.iter().rev().filter(|mark| is_hit(mark, point, reach, zoom)).map(|mark| (extent(mark), mark.id));
    if let Some((_, id)) = findings.min_by(|a, b| a.0.total_cmp(&b.0)) {
        return Some(Target::Finding(id));
    }
    let places = scene.places.iter().filter(|(_, area)| area.grown(reach).contains(point));
    places.min_by(|a, b| a.1.area().total_cmp(&b.1.area())).map(|(place, _)| Target::Difference(*place))
}

fn is_hit(mark: &Mark, point: Point<Reference>, reach: f64, zoom: f64) -> bool {
    mark.shapes.iter().any(|shape| match shape {
        Shape::Text { at, text } => {
            let (width, height) = (text.chars().count() as f64 * LETTER_PX / zoom, LETTER_HEIGHT_PX / zoom);
            Rect::new(at.x, at.y - height, width, height).grown(reach).contains(point)
        }
        _ => shape.distance(point) <= reach,
    })
}

fn extent(mark: &Mark) -> f64 {
    let area = Rect::around(mark.shapes.iter().flat_map(Shape::points));
    area.map_or(0.0, |area| area.w * area.h)
}

/// The findings that lie wholly in `frame`.
pub(super) fn enclosed(scene: &Scene, frame: &Rect<Reference>) -> Vec<FindingId> {
    let is_in = |mark: &&Mark| mark.shapes.iter().flat_map(Shape::points).all(|p| frame.contains(p));
    scene.marks.iter().filter(|mark| !mark.fixed).filter(is_in).map(|mark| mark.id).collect()
}

/// The corner of a difference near the pen, or the pen's own place.
pub(super) fn snapped(scene: &Scene, point: Point<Reference>, zoom: f64) -> Point<Reference> {
    let corners = scene.places.iter().flat_map(|(_, area)| area.corners());
    let near = corners.map(|corner| (corner.distance(point) * zoom, corner)).filter(|(distance, _)| *distance <= SNAP_PX);
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(point, |(_, corner)| corner)
}
