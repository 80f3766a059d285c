//! Control points from a file.

use std::path::Path;

use crate::geometry::{Photo, Point, Reference};

/// A place on the photo, and the same place on the reference.
type Pair = (Point<Photo>, Point<Reference>);

/// Four pairs fix a homography; fewer say nothing.
const FEWEST: usize = 4;
/// More than anybody marks by hand.
const MOST: usize = 1000;

/// Reads a JSON list of `[photo_x, photo_y, reference_x, reference_y]`, in pixels with centres at .5.
pub(super) fn read(path: &Path) -> Result<Vec<Pair>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("The control points in {} could not be read: {error}.", path.display()))?;
    parse(&text).map_err(|why| format!("The control points in {} can't be used: {why}.", path.display()))
}

fn parse(text: &str) -> Result<Vec<Pair>, String> {
    let pairs: Vec<[f64; 4]> =
        serde_json::from_str(text).map_err(|error| format!("a JSON list of four numbers each is expected ({error})"))?;
    if !(FEWEST..=MOST).contains(&pairs.len()) {
        return Err(format!("{FEWEST} to {MOST} pairs are needed, {} are there", pairs.len()));
    }
    Ok(pairs.into_iter().map(|[px, py, rx, ry]| (Point::new(px, py), Point::new(rx, ry))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_points() {
        let points = parse("[[1.5, 2.5, 3.5, 4.5], [0, 9, 0, 9], [9, 0, 9, 0], [9, 9, 9, 9]]").unwrap();
        assert_eq!(points[0], (Point::new(1.5, 2.5), Point::new(3.5, 4.5)));
    }

    #[test]
    fn too_few_pairs_and_foreign_text_are_refused() {
        assert!(parse("[[1, 2, 3, 4]]").unwrap_err().contains("1 are there"));
        assert!(parse("[[1, 2, 3]]").is_err() && parse("points").is_err());
    }
}
