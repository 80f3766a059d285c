//! Modes, cameras, the swipe line, the overview and the loupe.

use boardwatch::app::table::{Orientation, Plan, Strength, Swipe, TableEvent};
use boardwatch::app::{Mode, Tool};
use boardwatch::geometry::{Point, Rect, Reference};

use crate::{NOTHING, VIEW, drag, seen, table};

#[test]
fn the_swipe_line_is_where_it_was_dragged_at_every_angle() {
    for angle in [0.0, 30.0, 90.0, -135.0, 180.0] {
        let mut table = table(|scene| (scene.mode, scene.swipe) = (Mode::Swipe, Swipe { position: 0.5, angle }));
        let (through, normal) = table.swipe_line().unwrap();
        assert!((through.0 - 400.0).abs() + (through.1 - 300.0).abs() < 1e-9, "half way is the middle");
        let to = (through.0 + 60.0 * normal.0, through.1 + 60.0 * normal.1);
        assert!(table.over_swipe_line(through) && !table.over_swipe_line(to));
        let swiped = drag(&mut table, through, to, NOTHING);
        assert!(matches!(swiped, Some(TableEvent::Swiped(swipe)) if swipe.angle == angle && swipe.position > 0.5), "{swiped:?}");
        let (now, _) = table.swipe_line().unwrap();
        let off = (now.0 - to.0) * normal.0 + (now.1 - to.1) * normal.1;
        assert!(off.abs() < 1e-6, "{angle}: {off} px off");
        for (position, side) in [(0.0, 1.0), (1.0, -1.0)] {
            // At its ends, the whole canvas is on one side.
            let table = crate::table(|scene| (scene.mode, scene.swipe) = (Mode::Swipe, Swipe { position, angle }));
            let ((x, y), (a, b)) = table.swipe_line().unwrap();
            for corner in [(0.0, 0.0), (VIEW.0, 0.0), VIEW, (0.0, VIEW.1)] {
                assert!(side * ((corner.0 - x) * a + (corner.1 - y) * b) > -1e-6, "{angle} {position} {corner:?}");
            }
        }
    }
    let wild = Swipe { position: 7.0, angle: 730.0 }.limited();
    assert_eq!((wild.position, wild.angle), (1.0, 10.0));
    assert_eq!(Swipe { position: f64::NAN, angle: f64::INFINITY }.limited(), Swipe::default());
}

#[test]
fn turning_and_mirroring_keep_what_is_in_the_middle() {
    let mut table = table(|_| ());
    table.zoom(4.0, Some((200.0, 200.0)));
    let middle = |table: &boardwatch::app::table::Table| table.reference_at((VIEW.0 / 2.0, VIEW.1 / 2.0)).unwrap();
    let before = middle(&table);
    for change in [Orientation::mirrored as fn(Orientation) -> Orientation, |o| o.turned(true), |o| o.turned(false)] {
        table.orient(change);
        assert!(middle(&table).distance(before) < 1e-6);
    }
}

#[test]
fn halves_move_together_or_each_by_itself() {
    let mut linked = table(|scene| scene.mode = Mode::SideBySide);
    linked.pan(-30.0, 0.0, Some((600.0, 300.0)));
    assert_eq!(linked.cameras()[0], linked.cameras()[1]);
    let mut free = table(|scene| (scene.mode, scene.linked) = (Mode::SideBySide, false));
    let before = free.cameras();
    free.zoom(2.0, Some((600.0, 300.0)));
    assert_eq!(free.cameras()[0], before[0]);
    assert!((free.cameras()[1].zoom / before[1].zoom - 2.0).abs() < 1e-9);
    free.pan(0.0, 9.0, Some((100.0, 300.0)));
    assert!(free.cameras()[0] != before[0]);
    // Linked again, the right half looks where the left one does.
    let scene = crate::scene();
    free.show(boardwatch::app::table::Scene { mode: Mode::SideBySide, ..scene });
    assert_eq!(free.cameras()[0], free.cameras()[1]);
}

#[test]
fn the_overview_comes_when_the_board_is_not_all_in_sight_and_leads_there() {
    let mut table = table(|scene| scene.overview = true);
    assert_eq!(table.overview(), None, "all of it is in sight");
    table.zoom(5.0, None);
    let (view, camera) = table.overview().unwrap();
    let place = camera.to_screen(Point::<Reference>::new(300.0, 800.0), &view);
    drag(&mut table, place, (place.0 + 0.5, place.1), NOTHING);
    assert!(table.camera().centre.distance(Point::new(300.0, 800.0)) < 20.0, "{:?}", table.camera().centre);
}

#[test]
fn the_loupe_shows_what_is_under_the_pointer_in_both_pictures_at_one_scale() {
    let mut table = table(|scene| scene.loupe = true);
    for at in [(400.0, 300.0), (2.0, 2.0), (799.0, 599.0)] {
        table.glide(1, at, &[], NOTHING);
        let ([left, right], camera) = table.loupe().unwrap();
        assert_eq!(camera.centre, table.reference_at(at).unwrap());
        assert!(left.x >= 0.0 && right.x + right.width <= VIEW.0 && left.y >= 0.0 && left.y + left.height <= VIEW.1, "{left:?}");
        assert!((left.width, left.height, left.y) == (right.width, right.height, right.y) && camera.zoom > table.camera().zoom);
    }
}

#[test]
fn a_flight_arrives_and_a_gesture_ends_it() {
    let mut table = table(|_| ());
    let area = Rect::new(1500.0, 700.0, 40.0, 30.0);
    table.fly_to(&area, Some(1000.0));
    assert!(table.advance(1100.0) && !table.advance(1200.0));
    assert!(table.camera().centre.distance(area.centre()) < 1e-9);
    table.fit();
    table.fly_to(&area, None);
    let (x, y) = seen(&table, 1520.0, 715.0);
    assert!((x - 400.0).abs() + (y - 300.0).abs() < 1e-6, "at once");
    table.fit();
    table.fly_to(&area, Some(0.0));
    table.advance(50.0);
    let now = table.camera();
    table.press(1, (10.0, 10.0), boardwatch::app::table::Hand::Pan, NOTHING);
    assert!(!table.advance(100.0) && table.camera() == now);
}

#[test]
fn the_photo_is_held_up_in_every_mode() {
    for mode in Mode::ALL {
        let mut table = table(|scene| (scene.mode, scene.tool) = (mode, Tool::Box));
        table.hold_photo(true);
        assert!(table.photo_is_up(), "{mode:?}");
        table.hold_photo(false);
        assert!(!table.photo_is_up());
        table.toggle_photo();
        assert!(table.photo_is_up());
    }
}

#[test]
fn what_is_hidden_leaves_the_other_whole_and_what_is_held_up_is_seen() {
    let hidden =
        |reference: f64, photo: f64| table(|scene| (scene.mode, scene.strength) = (Mode::Swipe, Strength { reference, photo }));
    assert!(matches!(hidden(1.0, 0.4).plan(), Plan::Split(_)), "faded is not hidden");
    assert_eq!((hidden(0.0, 1.0).plan(), hidden(1.0, 0.0).plan()), (Plan::Over(1.0), Plan::Over(0.0)));
    let mut held = table(|scene| scene.mode = Mode::Difference);
    assert_eq!(held.plan(), Plan::Difference);
    held.hold_photo(true);
    assert_eq!(held.plan(), Plan::Photo);
    let mut from_hiding = hidden(1.0, 0.0);
    from_hiding.hold_photo(true);
    assert_eq!(from_hiding.plan(), Plan::Photo);
}
