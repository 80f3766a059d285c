//! Where a place of the first reference lies on each other picture, and the other way round.

use super::Record;
use crate::geometry::{Photo, Point, Rect, Reference, Space, Warp};

/// The way from the first reference to every picture that it is known for.
pub(super) struct Frame<'a> {
    ways: Vec<Option<Way<'a>>>,
    sizes: &'a [(f64, f64)],
}

#[derive(Clone, Copy)]
enum Way<'a> {
    /// It is the first reference.
    Itself,
    /// The first reference was laid on it.
    Laid(&'a Warp),
    /// It was laid on the first reference: the photo, or a reference that is none.
    Under(&'a Warp),
    /// A third picture was laid on both, first on the first reference.
    By(&'a Warp, &'a Warp),
}

impl<'a> Frame<'a> {
    pub(super) fn of(record: &Record<'a>) -> Self {
        let photo = record.units.len();
        let laid = |laid: usize, on: usize| record.pairs.iter().find(|pair| pair.laid == laid && pair.on == on)?.warp;
        let way = |picture: usize| {
            let by_photo = || Some(Way::By(laid(photo, 0)?, laid(photo, picture)?));
            match picture {
                0 => Some(Way::Itself),
                picture if picture == photo => laid(photo, 0).map(Way::Under),
                picture => laid(0, picture).map(Way::Laid).or_else(|| laid(picture, 0).map(Way::Under)).or_else(by_photo),
            }
        };
        Self { ways: (0..=photo).map(way).collect(), sizes: record.sizes }
    }

    /// A place of the first reference on this picture; `None` when it is not known or lies outside.
    pub(super) fn on(&self, picture: usize, place: Point<Reference>) -> Option<Point<Reference>> {
        let there = match (*self.ways.get(picture)?)? {
            Way::Itself => place,
            Way::Laid(warp) => warp.to_reference(same(place)),
            Way::Under(warp) => same(warp.to_photo(place)?),
            Way::By(first, other) => other.to_reference(first.to_photo(place)?),
        };
        let (width, height) = *self.sizes.get(picture)?;
        (there.x >= 0.0 && there.y >= 0.0 && there.x <= width && there.y <= height).then_some(there)
    }

    /// A box of the first reference, on the photo; `None` when that is not known.
    pub(super) fn on_photo(&self, area: &Rect<Reference>) -> Option<Rect<Photo>> {
        match self.ways.last()? {
            Some(Way::Under(warp)) => warp.rect_to_photo(area),
            _ => None,
        }
    }

    /// A box of this picture, on the first reference; `None` when that is not known.
    pub(super) fn from<S: Space>(&self, picture: usize, area: &Rect<S>) -> Option<Rect<Reference>> {
        let way = (*self.ways.get(picture)?)?;
        let corner = |corner: Point<S>| match way {
            Way::Itself => Some(same(corner)),
            Way::Laid(warp) => Some(same(warp.to_photo(same(corner))?)),
            Way::Under(warp) => Some(warp.to_reference(same(corner))),
            Way::By(first, other) => Some(first.to_reference(other.to_photo(same(corner))?)),
        };
        let corners: Option<Vec<Point<Reference>>> = area.corners().into_iter().map(corner).collect();
        Rect::around(corners?)
    }
}

/// The same numbers in another role: a reference that is laid on another stands where a photo does.
fn same<A: Space, B: Space>(point: Point<A>) -> Point<B> {
    Point::new(point.x, point.y)
}
