//! What a person says about where things are: pairs of the same place, and how large a millimetre is.

use serde::{Deserialize, Serialize};

use crate::geometry::{Homography, Photo, Point, Reference};
use crate::vision::{PointFit, fit_points, map_of_points};

/// Control points that fix a map.
pub const FEWEST_CONTROL_POINTS: usize = 4;
/// Control points that fix a drawing: its shape is known.
pub const FEWEST_DRAWING_POINTS: usize = 3;
/// Control points of one case: a person places each by hand.
pub const MAX_CONTROL_POINTS: usize = 64;

/// The same place in both pictures, as a person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ControlPoint {
    /// On the photo.
    pub photo: Point<Photo>,
    /// On the first reference.
    pub reference: Point<Reference>,
}

/// The map that control points make by themselves; `None` while there are too few, or all on a line.
#[must_use]
pub fn fit(points: &[ControlPoint]) -> Option<PointFit> {
    fit_points(&places(points))
}

/// The map of [`fit`] alone.
pub(super) fn map(points: &[ControlPoint]) -> Option<Homography<Photo, Reference>> {
    map_of_points(&places(points))
}

fn places(points: &[ControlPoint]) -> Vec<(Point<Photo>, Point<Reference>)> {
    points.iter().map(|point| (point.photo, point.reference)).collect()
}

/// How large a millimetre is on the first reference, as a person measured it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Reference pixels per millimetre.
    pub px_per_mm: f64,
    /// How it is known.
    pub from: CalibrationSource,
}

/// How a person knows how large a millimetre is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalibrationSource {
    /// A distance of known length was measured.
    Distance,
    /// Two mounting holes of known distance were measured.
    Holes,
    /// The board's size is known.
    BoardSize,
}

impl CalibrationSource {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Distance, Self::Holes, Self::BoardSize];
}
