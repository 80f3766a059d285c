//! What makes no sense gives an empty list, and what stands out on a plain board is a place.

use super::*;
use crate::geometry::Point;
use crate::vision::Ignore;

/// Ten pixels to the millimetre.
fn scaled() -> Homography<Drawing, Photo> {
    Homography::new([10.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.0, 0.0, 1.0])
}

/// A green board of 40 by 30 mm with light boxes of 2 by 1 mm around these places.
fn board(boxes: &[[f64; 2]]) -> Picture {
    let colour = |k: usize| {
        let (x, y) = ((k % 400) as f64 / 10.0, (k / 400) as f64 / 10.0);
        let on = boxes.iter().any(|[u, v]| (x - u).abs() < 1.0 && (y - v).abs() < 0.5);
        if on { [190, 170, 140] } else { [30, 100, 60] }
    };
    Picture { width: 400, height: 300, rgb: (0..400 * 300).flat_map(colour).collect() }
}

fn part(x: f64, y: f64) -> Footprint {
    Footprint { at: Point::new(x, y), half_mm: Some([1.0, 0.5]), fitted: true }
}

#[test]
fn what_the_design_has_is_no_place_and_what_it_lacks_is_one() {
    let photo = board(&[[5.0, 5.0], [20.0, 15.0], [35.0, 25.0]]);
    let found = unlisted_evidence(&photo, &[part(5.0, 5.0), part(35.0, 25.0)], &scaled(), &mut Ignore).unwrap();
    let [place] = &found[..] else { panic!("{} places", found.len()) };
    assert!(place.at.distance(Point::new(20.0, 15.0)) < 0.2, "{:?}", place.at);
    let expected = [190.0, 145.0, 20.0, 10.0];
    let area = [place.photo_box.x, place.photo_box.y, place.photo_box.w, place.photo_box.h];
    // A place is known to two samples, and its box is as wide as what is seen to its narrower side.
    assert!(area.iter().zip(expected).all(|(is, wanted)| (is - wanted).abs() <= 4.0), "{area:?}");
    assert_eq!(place.window.len(), 4 * 48 * 48);
    let middle = 24 * 48 + 24;
    assert!(place.window[middle] > 170 && place.window[0] == 128 && place.window[3 * 48 * 48 + middle] == 0);
    // A part of this variant or of another one: neither is looked at.
    let left_out = Footprint { fitted: false, ..part(20.0, 15.0) };
    let all = [part(5.0, 5.0), left_out, part(35.0, 25.0)];
    assert!(unlisted_evidence(&photo, &all, &scaled(), &mut Ignore).unwrap().is_empty());
}

#[test]
fn what_makes_no_sense_gives_an_empty_list() {
    let photo = board(&[[20.0, 15.0]]);
    let parts = [part(5.0, 5.0), part(35.0, 25.0)];
    let list = |photo: &Picture, parts: &[Footprint], rows: [f64; 9]| {
        unlisted_parts(photo, parts, &Homography::new(rows), &mut Ignore).unwrap()
    };
    let rows = *scaled().rows();
    assert!(list(&photo, &[], rows).is_empty());
    for (width, height) in [(0, 0), (1, 1), (3, 2), (2, 900)] {
        let small = Picture { width, height, rgb: vec![9; 3 * width * height] };
        assert!(list(&small, &parts, rows).is_empty(), "{width} by {height}");
    }
    for wrong in [
        [0.0; 9],
        [f64::NAN; 9],
        [f64::INFINITY; 9],
        [1.0, 2.0, 0.0, 2.0, 4.0, 0.0, 0.0, 0.0, 1.0],
        // Past the picture.
        [10.0, 0.0, 9e9, 0.0, 10.0, 0.0, 0.0, 0.0, 1.0],
        [1e300, 0.0, 0.0, 0.0, 1e300, 0.0, 1e300, 0.0, 1e300],
    ] {
        assert!(list(&photo, &parts, wrong).is_empty(), "{wrong:?}");
    }
    let endless = |at: f64, half: f64| Footprint { at: Point::new(at, 0.0), half_mm: Some([half; 2]), fitted: true };
    // Neither a horizon across the board nor parts far outside it end in a panic.
    list(&photo, &parts, [10.0, 0.0, 0.0, 0.0, 10.0, 0.0, 0.05, 0.0, -1.0]);
    for far in [endless(1e9, 1.0), endless(0.0, 1e9), endless(f64::NAN, 1.0), endless(0.0, f64::INFINITY)] {
        list(&photo, &[parts[0], far], rows);
    }
}
