//! The whole map from photo to reference.

use serde::{Deserialize, Serialize};

use super::{Homography, Mesh, Photo, Point, Rect, Reference};

/// Photo to reference: a homography, and where lens or bow bend the picture a mesh on top.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warp {
    /// The projective part.
    pub homography: Homography<Photo, Reference>,
    /// What is added to it, in reference pixels.
    pub mesh: Option<Mesh>,
}

/// The way back, from reference to photo, for many points.
#[derive(Debug, Clone)]
pub struct WayBack<'a> {
    homography: Homography<Reference, Photo>,
    mesh: Option<&'a Mesh>,
}

impl WayBack<'_> {
    /// Fixed-point steps from no displacement; each one shrinks the error by the mesh's slope, which is a few per cent.
    const STEPS: usize = 6;
    /// The same from a neighbour's place, whose displacement is nearly right already.
    const STEPS_BESIDE: usize = 2;

    /// Where a reference point lies on the photo; `None` when it is at the homography's horizon.
    #[must_use]
    pub fn to_photo(&self, r: Point<Reference>) -> Option<Point<Photo>> {
        self.settled(r, self.homography.apply(r), Self::STEPS)
    }

    /// The same, faster, for a point whose neighbour lies at `neighbour`, far nearer than the mesh's nodes are to each other:
    /// within a hundredth of a pixel.
    #[must_use]
    pub fn to_photo_beside(&self, r: Point<Reference>, neighbour: Point<Photo>) -> Option<Point<Photo>> {
        self.settled(r, neighbour, Self::STEPS_BESIDE)
    }

    fn settled(&self, r: Point<Reference>, start: Point<Photo>, steps: usize) -> Option<Point<Photo>> {
        let p = match self.mesh {
            None => self.homography.apply(r),
            Some(mesh) => (0..steps).fold(start, |p, _| {
                let [dx, dy] = mesh.at(p);
                self.homography.apply(Point::new(r.x - dx, r.y - dy))
            }),
        };
        p.is_finite().then_some(p)
    }
}

impl Warp {
    /// A picture beside a reference, both given by their sizes in pixels: as large as it, in its middle.
    #[must_use]
    pub fn beside(picture: (u32, u32), reference: (u32, u32)) -> Self {
        let size = |(width, height): (u32, u32)| (f64::from(width.max(1)), f64::from(height.max(1)));
        Self { homography: Homography::fitted(size(picture), size(reference)), mesh: None }
    }

    /// The way back; `None` when the homography has no inverse.
    #[must_use]
    pub fn way_back(&self) -> Option<WayBack<'_>> {
        Some(WayBack { homography: self.homography.inverse().ok()?, mesh: self.mesh.as_ref() })
    }

    /// Where a photo point lies on the reference.
    #[must_use]
    pub fn to_reference(&self, p: Point<Photo>) -> Point<Reference> {
        let flat = self.homography.apply(p);
        let [dx, dy] = self.mesh.as_ref().map_or([0.0; 2], |mesh| mesh.at(p));
        Point::new(flat.x + dx, flat.y + dy)
    }

    /// Where a reference point lies on the photo; `None` when the homography has no inverse or the point is at its horizon.
    #[must_use]
    pub fn to_photo(&self, r: Point<Reference>) -> Option<Point<Photo>> {
        self.way_back()?.to_photo(r)
    }

    /// The smallest photo rectangle around a reference rectangle, by its corners.
    #[must_use]
    pub fn rect_to_photo(&self, rect: &Rect<Reference>) -> Option<Rect<Photo>> {
        let corners: Option<Vec<_>> = rect.corners().into_iter().map(|c| self.to_photo(c)).collect();
        Rect::around(corners?)
    }

    /// The smallest reference rectangle around a photo rectangle, by its corners.
    #[must_use]
    pub fn rect_to_reference(&self, rect: &Rect<Photo>) -> Option<Rect<Reference>> {
        Rect::around(rect.corners().map(|c| self.to_reference(c)))
    }

    /// How another reference lies on the first: `self` maps a photo to the first, `other` the same photo to another one of
    /// `size` pixels, and the result the pixels of that other one, as if they were a photo's, to the first. The mesh meets the
    /// exact map at its nodes, 64 pixels apart. `None` when `other` can't be turned round.
    #[must_use]
    pub fn under(&self, other: &Self, size: (u32, u32)) -> Option<Self> {
        const STEP: u32 = 64;
        let back = other.way_back()?;
        let homography: Homography<Reference, Reference> = other.homography.inverse().ok()?.then(&self.homography);
        let homography = Homography::<Photo, Reference>::new(*homography.rows());
        let (columns, rows) = (size.0.div_ceil(STEP) + 1, size.1.div_ceil(STEP) + 1);
        let node = |k: u32| {
            let (x, y) = (f64::from(k % columns * STEP), f64::from(k / columns * STEP));
            let exact = back.to_photo(Point::new(x, y)).map(|p| self.to_reference(p));
            let flat = homography.apply(Point::new(x, y));
            exact.map_or([0.0; 2], |exact| [(exact.x - flat.x) as f32, (exact.y - flat.y) as f32])
        };
        let nodes = (0..columns * rows).map(node).collect();
        let step = f64::from(STEP);
        Some(Self { homography, mesh: Some(Mesh { columns, rows, step_x: step, step_y: step, nodes }) })
    }

    /// True when every number is finite and the mesh, if there is one, is whole.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.homography.is_finite() && self.homography.inverse().is_ok() && self.mesh.as_ref().is_none_or(Mesh::is_valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bent_map_goes_there_and_back() {
        let nodes = (0..12).map(|k| [(k % 4) as f32 - 1.5, 2.0 - (k / 4) as f32]).collect();
        let warp = Warp {
            homography: Homography::new([1.1, 0.1, -30.0, -0.05, 0.95, 12.0, 1e-5, 3e-5, 1.0]),
            mesh: Some(Mesh { columns: 4, rows: 3, step_x: 300.0, step_y: 400.0, nodes }),
        };
        for (x, y) in [(10.0, 10.0), (450.0, 390.0), (880.0, 790.0)] {
            let p = Point::new(x, y);
            assert!(warp.to_photo(warp.to_reference(p)).unwrap().distance(p) < 1e-6);
        }
    }
    #[test]
    fn between_larger_pictures_the_same_place_lies_as_many_times_further_out() {
        let nodes: Vec<[f32; 2]> = (0..12).map(|k| [(k % 4) as f32 - 1.5, 2.0 - (k / 4) as f32]).collect();
        let homography = Homography::new([1.1, 0.1, -30.0, -0.05, 0.95, 12.0, 1e-5, 3e-5, 1.0]);
        let mesh = Mesh { columns: 4, rows: 3, step_x: 300.0, step_y: 400.0, nodes };
        let small = Warp { homography, mesh: Some(mesh.clone()) };
        for factor in [2.0, 4.0] {
            let large = Warp { homography: homography.enlarged(factor), mesh: Some(mesh.clone().enlarged(factor)) };
            for (x, y) in [(10.0, 10.0), (450.0, 390.0), (880.0, 790.0)] {
                let (before, after) =
                    (small.to_reference(Point::new(x, y)), large.to_reference(Point::new(x * factor, y * factor)));
                assert!(after.distance(Point::new(before.x * factor, before.y * factor)) < 1e-9 * factor, "{before:?} {after:?}");
            }
            let rect = Rect::<Reference>::new(1.0, 2.0, 3.0, 4.0).enlarged(factor);
            assert_eq!(rect, Rect::new(factor, 2.0 * factor, 3.0 * factor, 4.0 * factor));
        }
    }

    #[test]
    fn another_reference_lies_where_the_photo_says() {
        let mesh = |by: f32| Mesh {
            columns: 4,
            rows: 3,
            step_x: 300.0,
            step_y: 400.0,
            nodes: (0..12).map(|k| [by * ((k % 4) as f32 - 1.5), by * (2.0 - (k / 4) as f32)]).collect(),
        };
        let first =
            Warp { homography: Homography::new([1.1, 0.1, -30.0, -0.05, 0.95, 12.0, 1e-5, 3e-5, 1.0]), mesh: Some(mesh(1.0)) };
        let other =
            Warp { homography: Homography::new([0.0, -1.2, 900.0, 1.2, 0.1, 5.0, 2e-5, 0.0, 1.0]), mesh: Some(mesh(-2.0)) };
        let under = first.under(&other, (900, 1100)).unwrap();
        for (x, y) in [(60.0, 70.0), (450.0, 390.0), (700.0, 640.0)] {
            let p = Point::new(x, y);
            let on_other = other.to_reference(p);
            let lies = under.to_reference(Point::new(on_other.x, on_other.y));
            assert!(lies.distance(first.to_reference(p)) < 0.05, "{x} {y}: {}", lies.distance(first.to_reference(p)));
        }
    }
}
