//! Asks of a patch: is it somewhere near on the other picture? And the other way round?

use super::difference::Map;
use super::layers::Layers;
use super::likeness::{Field, Template};

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) w: usize,
    pub(super) h: usize,
}

/// Where a patch was found again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Found {
    /// Likeness at the best place that had no counterpart of its own, -1 to 1.
    pub(super) best: f32,
    /// Likeness where it should be.
    pub(super) here: f32,
    /// Displacement of the best place, in pixels.
    pub(super) shift: [i32; 2],
}

/// Look for `patch` of `from` on `into`, at most `reach` pixels away.
///
/// A place on `into` that agrees with `from` as it lies has its explanation already: a part beside its twin is not
/// explained by the twin. `changed` says where the pictures differ (values of at least `level`).
pub(super) fn seek(from: &Layers, into: &Layers, patch: Patch, reach: usize, changed: &Map, level: u16) -> Found {
    let template = Template::new(from, patch);
    let step = template.stride + 1;
    let field = Field::around(&template, into, reach + step / 2);
    let reach = reach as i32;
    let here = field.likeness(0, 0, f32::NEG_INFINITY).unwrap_or(0.0);
    let mut tops: Vec<(f32, i32, i32)> = Vec::new();
    for dy in (-reach..=reach).step_by(step) {
        for dx in (-reach..=reach).step_by(step) {
            let least = tops.get(MOST_TOPS - 1).map_or(f32::NEG_INFINITY, |top| top.0);
            if let Some(value) = field.likeness(dx, dy, least) {
                keep(&mut tops, (value, dx, dy));
            }
        }
    }
    let own = share(changed, patch, 0, 0, level).max(0.05);
    let mut found = Found { best: here, here, shift: [0, 0] };
    for (_, x, y) in tops {
        for (dx, dy) in (-1..=1).flat_map(|v| (-1..=1).map(move |u| (x + u * (step as i32 / 2), y + v * (step as i32 / 2)))) {
            let Some(value) = field.likeness(dx, dy, found.best).filter(|value| value.max(0.0) > found.best) else { continue };
            let free = (share(changed, patch, dx, dy, level) / (0.6 * own)).min(1.0);
            if value * free > found.best {
                found = Found { best: value * free, here, shift: [dx, dy] };
            }
        }
    }
    found
}

/// Places of the coarse search around which the fine one looks.
const MOST_TOPS: usize = 12;

/// Keep the best few places, best first.
fn keep(tops: &mut Vec<(f32, i32, i32)>, place: (f32, i32, i32)) {
    if tops.len() == MOST_TOPS && tops[MOST_TOPS - 1].0 >= place.0 {
        return;
    }
    let at = tops.partition_point(|top| top.0 >= place.0);
    tops.insert(at, place);
    tops.truncate(MOST_TOPS);
}

/// The part of a shifted patch in which the pictures differ.
fn share(changed: &Map, patch: Patch, dx: i32, dy: i32, level: u16) -> f32 {
    let (x, y) = (patch.x as i32 + dx, patch.y as i32 + dy);
    if x < 0 || y < 0 || x as usize + patch.w > changed.width || y as usize + patch.h > changed.height {
        return 0.0;
    }
    let rows = (y as usize..y as usize + patch.h).map(|row| &changed.values[row * changed.width + x as usize..][..patch.w]);
    let count: usize = rows.map(|row| row.iter().filter(|value| **value >= level).count()).sum();
    count as f32 / (patch.w * patch.h) as f32
}
