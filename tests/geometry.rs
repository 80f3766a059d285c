//! Rectangles, meshes and whole maps, by closed form and at random.

#[path = "random/mod.rs"]
mod random;

use boardwatch::geometry::{Homography, Mesh, Photo, Point, Rect, Reference, Warp};

use random::Dice;

type Area = Rect<Reference>;

#[test]
fn a_rectangle_is_the_same_from_any_two_opposite_corners() {
    let area = Area::new(2.0, 3.0, 10.0, 4.0);
    let [top_left, top_right, bottom_right, bottom_left] = area.corners();
    for (a, b) in [(top_left, bottom_right), (bottom_right, top_left), (top_right, bottom_left), (bottom_left, top_right)] {
        assert_eq!(Rect::from_corners(a, b), area);
    }
    assert_eq!(Rect::around(area.corners()), Some(area));
    assert_eq!(Area::around([]), None);
    assert_eq!((area.centre(), area.area(), area.grown(1.0)), (Point::new(7.0, 5.0), 40.0, Rect::new(1.0, 2.0, 12.0, 6.0)));
}

#[test]
fn rectangles_meet_where_both_are() {
    let area = Area::new(0.0, 0.0, 10.0, 10.0);
    assert_eq!(area.intersection(&Rect::new(6.0, -5.0, 10.0, 8.0)), Some(Rect::new(6.0, 0.0, 4.0, 3.0)));
    assert_eq!(area.intersection(&Rect::new(10.0, 0.0, 5.0, 5.0)), None, "an edge alone is no area");
    assert!(area.contains(Point::new(10.0, 0.0)) && !area.contains(Point::new(10.1, 0.0)));
}

#[test]
fn a_rectangle_of_what_is_no_number_is_not_valid() {
    assert!(Area::new(-5.0, 0.0, 0.0, 3.0).is_valid());
    for wrong in [Area::new(f64::NAN, 0.0, 1.0, 1.0), Area::new(0.0, 0.0, f64::INFINITY, 1.0), Area::new(0.0, 0.0, 1.0, -0.5)] {
        assert!(!wrong.is_valid(), "{wrong:?}");
    }
}

/// dx grows by 1 from column to column, dy by 10 from row to row.
fn ramp() -> Mesh {
    let nodes = (0..6).map(|k| [(k % 3) as f32, 10.0 * (k / 3) as f32]).collect();
    Mesh { columns: 3, rows: 2, step_x: 100.0, step_y: 200.0, nodes }
}

#[test]
fn a_mesh_is_linear_between_nodes_and_goes_on_beyond_its_edge() {
    let cases = [
        ((0.0, 0.0), [0.0, 0.0]),
        ((100.0, 200.0), [1.0, 10.0]),
        ((50.0, 0.0), [0.5, 0.0]),
        ((150.0, 50.0), [1.5, 2.5]),
        ((200.0, 200.0), [2.0, 10.0]),
        ((9000.0, -40.0), [2.0, 0.0]),
        ((-3.0, 7000.0), [0.0, 10.0]),
    ];
    for ((x, y), expected) in cases {
        assert_eq!(ramp().at(Point::new(x, y)), expected, "at {x}, {y}");
    }
}

#[test]
fn a_mesh_that_is_not_whole_is_not_valid_and_panics_nowhere() {
    type Spoil = fn(&mut Mesh);
    assert!(ramp().is_valid());
    let spoils: [Spoil; 6] = [
        |mesh| mesh.nodes.truncate(5),
        |mesh| mesh.columns = 1,
        |mesh| (mesh.columns, mesh.rows) = (u32::MAX, u32::MAX),
        |mesh| mesh.step_x = 0.0,
        |mesh| mesh.step_y = f64::NAN,
        |mesh| mesh.nodes[3][1] = f32::INFINITY,
    ];
    for (place, spoil) in spoils.into_iter().enumerate() {
        let mut mesh = ramp();
        spoil(&mut mesh);
        assert!(!mesh.is_valid(), "spoil {place}");
        // Reading one all the same must not panic.
        let _ = mesh.at(Point::new(1e9, f64::NAN));
    }
    let empty = Mesh { columns: 0, rows: 0, step_x: 1.0, step_y: 1.0, nodes: Vec::new() };
    assert_eq!(empty.at(Point::new(5.0, 5.0)), [0.0, 0.0]);
}

/// A map as a hand-held camera with a lens makes it, for photos of 4000 × 3000.
fn random_warp(dice: &mut Dice) -> Warp {
    let (turn, scale) = (dice.between(-3.2, 3.2), dice.between(0.3, 3.0));
    let (sin, cos) = (libm::sin(turn) * scale, libm::cos(turn) * scale);
    let (px, py) = (dice.between(-4e-5, 4e-5), dice.between(-4e-5, 4e-5));
    let homography =
        Homography::new([cos, -sin, dice.between(-900.0, 900.0), sin, cos, dice.between(-900.0, 900.0), px, py, 1.0]);
    let nodes = (0..9 * 7).map(|_| [dice.between(-3.0, 3.0) as f32, dice.between(-3.0, 3.0) as f32]).collect();
    let mesh = Mesh { columns: 9, rows: 7, step_x: 500.0, step_y: 500.0, nodes };
    Warp { homography, mesh: (!dice.chance(4)).then_some(mesh) }
}

#[test]
fn every_point_of_the_photo_comes_back_through_any_map() {
    for seed in 0..2000 {
        let mut dice = Dice::new(seed);
        let warp = random_warp(&mut dice);
        assert!(warp.is_valid(), "seed {seed}");
        let p = Point::<Photo>::new(dice.between(0.0, 4000.0), dice.between(0.0, 3000.0));
        let off = warp.to_photo(warp.to_reference(p)).map(|back| back.distance(p));
        assert!(off.is_some_and(|off| off < 1e-3), "seed {seed}: {off:?} px");
    }
}

#[test]
fn a_box_on_the_reference_lies_inside_its_box_on_the_photo() {
    for seed in 0..500 {
        let mut dice = Dice::new(seed);
        let warp = random_warp(&mut dice);
        let corner = warp.to_reference(Point::new(dice.between(500.0, 3000.0), dice.between(500.0, 2000.0)));
        let area = Rect::new(corner.x, corner.y, dice.between(5.0, 60.0), dice.between(5.0, 60.0));
        let on_photo = warp.rect_to_photo(&area).unwrap();
        assert!(on_photo.contains(warp.to_photo(area.centre()).unwrap()), "seed {seed}");
        let back = warp.rect_to_reference(&on_photo).unwrap();
        assert!(area.corners().iter().all(|corner| back.grown(0.5).contains(*corner)), "seed {seed}: {area:?}, {back:?}");
    }
}

#[test]
fn a_map_that_cannot_be_undone_is_not_valid() {
    let flat = Warp { homography: Homography::new([1.0, 2.0, 0.0, 2.0, 4.0, 0.0, 0.0, 0.0, 1.0]), mesh: None };
    assert!(!flat.is_valid());
    assert_eq!(flat.to_photo(Point::new(1.0, 1.0)), None);
    let endless = Warp { homography: Homography::new([f64::NAN; 9]), mesh: None };
    assert!(!endless.is_valid());
}
