//! How far the patches speak for a map, and where.

use super::survey::Patch;
use crate::geometry::{Point, Reference};
use crate::vision::order::rising;

/// How far the patches speak for a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Agreement {
    /// Patches that could be compared.
    pub(super) seen: usize,
    /// Those that show the same.
    pub(super) agreeing: usize,
    /// Patches inside the area that the agreeing ones span: the board, without the table it lies on.
    pub(super) seen_inside: usize,
    /// Those of them that show the same.
    pub(super) agreeing_inside: usize,
}

/// An agreeing patch spans the area when this many others agree around it: a lonely one agrees by chance.
const COMPANIONS: usize = 3;
/// The spanned area speaks for the board when it holds this part of all patches; a common part on two boards holds less.
const BOARD_SHARE: f64 = 0.4;

impl Agreement {
    /// Counts; `spacing` is the distance between neighbouring patches on the reference.
    pub(super) fn of(patches: &[Patch], spacing: f64) -> Self {
        let agreeing: Vec<Point<Reference>> =
            patches.iter().filter(|patch| patch.agrees()).map(|patch| patch.reference).collect();
        let near = 1.6 * spacing;
        let close = |a: &Point<Reference>, b: &Point<Reference>| (a.x - b.x).abs() < near && (a.y - b.y).abs() < near;
        let in_company = |p: &&Point<Reference>| agreeing.iter().filter(|q| close(p, q)).count() > COMPANIONS;
        let hull = hull(agreeing.iter().filter(in_company).copied().collect());
        let inside = patches.iter().filter(|patch| contains(&hull, patch.reference));
        let (seen_inside, agreeing_inside) =
            inside.fold((0, 0), |(seen, agree), patch| (seen + 1, agree + usize::from(patch.agrees())));
        Self { seen: patches.len(), agreeing: agreeing.len(), seen_inside, agreeing_inside }
    }

    /// The part of the board that agrees, 0 to 1: of the spanned area where that is large enough, else of everything.
    pub(super) fn share(&self) -> f64 {
        let all = self.agreeing as f64 / self.seen.max(1) as f64;
        if self.seen_inside as f64 >= BOARD_SHARE * self.seen as f64 {
            all.max(self.agreeing_inside as f64 / self.seen_inside.max(1) as f64)
        } else {
            all
        }
    }

    /// What ranks maps: many patches, and most of those that could.
    pub(super) fn support(&self) -> f64 {
        (self.agreeing * self.agreeing) as f64 / self.seen.max(1) as f64
    }
}

/// The convex hull, clockwise on the screen (A. Andrew's monotone chain, 1979).
fn hull(points: Vec<Point<Reference>>) -> Vec<Point<Reference>> {
    let mut points = rising(points, |p| [p.x, p.y, 0.0]);
    let mut chain: Vec<Point<Reference>> = Vec::new();
    for pass in 0..2 {
        let start = chain.len();
        for &p in &points {
            while chain.len() >= start + 2 && turn(chain[chain.len() - 2], chain[chain.len() - 1], p) <= 0.0 {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        if pass == 0 {
            points.reverse();
        }
    }
    chain
}

/// Positive when `a`, `b`, `c` turn clockwise on the screen.
fn turn(a: Point<Reference>, b: Point<Reference>, c: Point<Reference>) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn contains(hull: &[Point<Reference>], p: Point<Reference>) -> bool {
    hull.len() >= 3 && (0..hull.len()).all(|k| turn(hull[k], hull[(k + 1) % hull.len()], p) >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::correlate::Peak;
    use super::*;

    /// A grid of patches of which those agree for which `agrees` says so.
    fn counted(agrees: impl Fn(i32, i32) -> bool) -> Agreement {
        let patch = |k: i32| {
            let (column, row) = (k % 20, k / 20);
            let here = if agrees(column, row) { 0.9 } else { 0.1 };
            Patch {
                reference: Point::new(f64::from(column) * 10.0, f64::from(row) * 10.0),
                photo: Point::new(0.0, 0.0),
                peak: Peak { dx: 0.0, dy: 0.0, best: here, here, fall: [0.1, 0.0, 0.1] },
            }
        };
        Agreement::of(&(0..400).map(patch).collect::<Vec<_>>(), 10.0)
    }

    #[test]
    fn the_table_around_the_board_does_not_count() {
        let board = counted(|column, row| (3..17).contains(&column) && (3..17).contains(&row));
        assert_eq!((board.seen, board.agreeing, board.seen_inside), (400, 196, 196));
        assert!(board.share() > 0.99);
    }

    #[test]
    fn one_common_part_is_not_the_board() {
        let part = counted(|column, row| column < 6 && row < 6);
        assert!((part.share() - 36.0 / 400.0).abs() < 1e-9);
        let scattered = counted(|column, row| column % 4 == 0 && row % 4 == 0);
        assert_eq!(scattered.seen_inside, 0);
    }
}
