//! Drawing, choosing, moving, reshaping; by drag and by clicks.

use std::rc::Rc;

use boardwatch::app::Tool;
use boardwatch::app::table::{Hand, Held, Mark, Pair, PairEnd, Table, TableEvent};
use boardwatch::geometry::{Point, Rect, Reference};
use boardwatch::report::{FindingId, Shape};

use crate::{NOTHING, click, drag, scene, seen, table};

const SHIFT: Held = Held { shift: true, ..NOTHING };
const CTRL: Held = Held { ctrl: true, ..NOTHING };
const ALT: Held = Held { alt: true, ..NOTHING };

fn near(shape: &Shape, points: &[(f64, f64)]) -> bool {
    let seen = shape.points();
    seen.len() == points.len() && seen.iter().zip(points).all(|(p, (x, y))| (p.x - x).abs() < 3.0 && (p.y - y).abs() < 3.0)
}

fn drawn(event: Option<TableEvent>) -> Shape {
    match event {
        Some(TableEvent::Drawn { shape, joins: false }) => shape,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_tool_of_two_places_draws_by_drag_and_by_two_clicks() {
    let box_corners = [(100.0, 100.0), (300.0, 100.0), (300.0, 250.0), (100.0, 250.0)];
    let ends = [(100.0, 100.0), (300.0, 250.0)];
    for tool in [Tool::Box, Tool::Ellipse, Tool::Line, Tool::Arrow, Tool::Measure] {
        let wanted = if matches!(tool, Tool::Box | Tool::Ellipse) { &box_corners[..] } else { &ends[..] };
        let mut table = table(|scene| scene.tool = tool);
        let (from, to) = (seen(&table, 100.0, 100.0), seen(&table, 300.0, 250.0));
        let by_drag = drawn(drag(&mut table, from, to, NOTHING));
        assert!(near(&by_drag, wanted), "{tool:?}: {by_drag:?}");
        assert_eq!(click(&mut table, from, NOTHING), None, "{tool:?} waits for the second click");
        table.glide(1, seen(&table, 200.0, 150.0), &[], NOTHING);
        assert_eq!(table.drafts(0).len(), 1);
        let by_clicks = drawn(click(&mut table, to, NOTHING));
        assert!(near(&by_clicks, wanted), "{tool:?}: {by_clicks:?}");
        assert!(table.drafts(0).is_empty());
    }
}

#[test]
fn shift_draws_squares_and_straight_lines() {
    let mut box_table = table(|scene| scene.tool = Tool::Box);
    let (from, to) = (seen(&box_table, 100.0, 100.0), seen(&box_table, 300.0, 250.0));
    let area = drawn(drag(&mut box_table, from, to, SHIFT)).bounds().unwrap();
    assert!((area.w - area.h).abs() < 1e-9 && area.w > 190.0, "{area:?}");
    let mut line_table = table(|scene| scene.tool = Tool::Line);
    let to = seen(&line_table, 300.0, 110.0);
    let line = drawn(drag(&mut line_table, from, to, SHIFT)).points();
    assert!((line[0].y - line[1].y).abs() < 1e-9, "{line:?}");
}

#[test]
fn an_outline_is_set_corner_by_corner_and_closed_in_three_ways() {
    let corners = [(100.0, 100.0), (400.0, 120.0), (250.0, 250.0)];
    let begun = || {
        let mut table = table(|scene| scene.tool = Tool::Polygon);
        for (x, y) in corners {
            let at = seen(&table, x, y);
            assert_eq!(click(&mut table, at, NOTHING), None);
        }
        table
    };
    let mut by_first = begun();
    let first = seen(&by_first, 100.0, 100.0);
    assert!(near(&drawn(click(&mut by_first, first, NOTHING)), &corners));
    let mut by_enter = begun();
    assert!(near(&drawn(by_enter.finish(NOTHING)), &corners));
    let mut by_double_click = begun();
    let last = seen(&by_double_click, 250.0, 250.0);
    assert_eq!(click(&mut by_double_click, last, NOTHING), None);
    assert!(near(&drawn(by_double_click.double_press(last, NOTHING)), &corners));

    let mut shorter = begun();
    assert!(shorter.step_back());
    assert_eq!(shorter.finish(NOTHING), None, "two corners make no outline");
    let mut cancelled = begun();
    assert!(cancelled.cancel() && !cancelled.cancel());
    assert_eq!(cancelled.finish(NOTHING), None);
}

#[test]
fn a_line_by_hand_follows_every_place_that_the_browser_tells() {
    let mut table = table(|scene| scene.tool = Tool::Freehand);
    let place = |table: &Table, k: u32| seen(table, 100.0 + 20.0 * f64::from(k), 300.0 + 200.0 * f64::from(k % 2));
    table.press(7, place(&table, 0), Hand::Tool, NOTHING);
    let between: Vec<_> = (1..9).map(|k| place(&table, k)).collect();
    let last = place(&table, 9);
    table.glide(7, last, &between, NOTHING);
    let shape = drawn(table.release(7, last, NOTHING));
    assert_eq!(shape.points().len(), 10, "{shape:?}");
}

#[test]
fn a_point_is_one_click_and_words_ask_for_themselves() {
    let mut points = table(|scene| scene.tool = Tool::Point);
    let at = seen(&points, 700.0, 200.0);
    assert!(near(&drawn(click(&mut points, at, NOTHING)), &[(700.0, 200.0)]));
    let mut words = table(|scene| scene.tool = Tool::Text);
    assert!(
        matches!(click(&mut words, at, NOTHING), Some(TableEvent::TextWanted { at: p, joins: false }) if (p.x - 700.0).abs() < 1e-6)
    );
    assert!(matches!(click(&mut words, at, ALT), Some(TableEvent::TextWanted { joins: true, .. })));
}

#[test]
fn alt_and_a_click_take_a_corner_out_of_an_outline_until_three_are_left() {
    let corners = [(100.0, 100.0), (300.0, 100.0), (300.0, 300.0), (100.0, 300.0)].map(|(x, y)| Point::new(x, y));
    let outline = |corners: &[Point<Reference>]| Shape::Polygon(corners.to_vec());
    let marked = |shape: Shape| Mark { id: FindingId(1), shapes: vec![shape], chosen: true, fixed: false };
    let mut four = table(|scene| (scene.tool, scene.marks) = (Tool::Select, Rc::new(vec![marked(outline(&corners))])));
    let at = seen(&four, 300.0, 300.0);
    let less = vec![(FindingId(1), vec![outline(&[corners[0], corners[1], corners[3]])])];
    assert_eq!(click(&mut four, at, ALT), Some(TableEvent::Reshaped(less)));
    assert!(matches!(click(&mut four, at, NOTHING), Some(TableEvent::ChoseFinding { .. })));
    let mut three = table(|scene| (scene.tool, scene.marks) = (Tool::Select, Rc::new(vec![marked(outline(&corners[..3]))])));
    assert!(matches!(click(&mut three, at, ALT), Some(TableEvent::ChoseFinding { .. })), "three corners are the fewest");
}

#[test]
fn what_somebody_else_marked_is_chosen_and_neither_moved_nor_reshaped() {
    for (chosen, tool) in [(false, Tool::Select), (true, Tool::Select), (true, Tool::Hand)] {
        let mark = Mark { chosen, fixed: true, ..scene().marks[0].clone() };
        let mut table = table(|scene| (scene.tool, scene.marks) = (tool, Rc::new(vec![mark])));
        let (corner, inside) = (seen(&table, 400.0, 300.0), seen(&table, 500.0, 350.0));
        assert!(matches!(click(&mut table, inside, NOTHING), Some(TableEvent::ChoseFinding { id: FindingId(1), .. })));
        let away = seen(&table, 700.0, 600.0);
        for from in [corner, inside] {
            let meant = drag(&mut table, from, away, NOTHING);
            assert!(!matches!(meant, Some(TableEvent::Reshaped(_))), "{meant:?}");
        }
        let all = (seen(&table, 300.0, 200.0), seen(&table, 800.0, 600.0));
        if tool == Tool::Select {
            assert_eq!(drag(&mut table, all.0, all.1, NOTHING), Some(TableEvent::Enclosed(Vec::new())));
        }
    }
}

#[test]
fn what_is_drawn_ends_at_the_board() {
    let mut boxes = table(|scene| scene.tool = Tool::Box);
    let (inside, outside) = (seen(&boxes, 1900.0, 900.0), seen(&boxes, 2200.0, 1200.0));
    assert_eq!(drawn(drag(&mut boxes, inside, outside, NOTHING)).bounds().unwrap().x.round(), 1900.0);
    assert!(drawn(drag(&mut boxes, inside, outside, NOTHING)).bounds().unwrap().w < 101.0);
    let far = (seen(&boxes, 2100.0, 1100.0), seen(&boxes, 2200.0, 1200.0));
    assert_eq!(drag(&mut boxes, far.0, far.1, NOTHING), None, "wholly off the board");
}

#[test]
fn the_pen_is_drawn_to_a_differences_corner_unless_ctrl_is_held() {
    let mut boxes = table(|scene| scene.tool = Tool::Box);
    let (from, to) = (seen(&boxes, 1203.0, 502.0), seen(&boxes, 1258.0, 537.0));
    assert_eq!(drawn(drag(&mut boxes, from, to, NOTHING)), Shape::Box(Rect::new(1200.0, 500.0, 60.0, 40.0)));
    let free = drawn(drag(&mut boxes, from, to, CTRL)).bounds().unwrap();
    assert!((free.x - 1203.0).abs() < 0.5 && (free.w - 55.0).abs() < 0.5, "{free:?}");
}

#[test]
fn a_click_chooses_and_the_bare_board_lets_go() {
    for tool in [Tool::Hand, Tool::Select] {
        let mut table = table(|scene| scene.tool = tool);
        let (finding, difference, bare) = (seen(&table, 500.0, 350.0), seen(&table, 1230.0, 520.0), seen(&table, 50.0, 900.0));
        let chose = |toggles| Some(TableEvent::ChoseFinding { id: FindingId(1), toggles });
        assert_eq!(click(&mut table, finding, NOTHING), chose(false));
        assert_eq!(click(&mut table, finding, SHIFT), chose(true));
        assert_eq!(click(&mut table, difference, NOTHING), Some(TableEvent::ChoseDifference(3)));
        assert_eq!(click(&mut table, bare, NOTHING), Some(TableEvent::ChoseNothing));
    }
}

#[test]
fn a_chosen_finding_is_reshaped_by_its_handles_and_moved_by_its_body() {
    let mut table = table(|scene| {
        scene.tool = Tool::Select;
        let mut marks = scene.marks.as_ref().clone();
        marks[0].chosen = true;
        scene.marks = marks.into();
    });
    let (corner, to) = (seen(&table, 600.0, 400.0), seen(&table, 700.0, 480.0));
    let reshaped = |event| match event {
        Some(TableEvent::Reshaped(mut all)) => all.remove(0).1.remove(0).bounds().unwrap(),
        other => panic!("{other:?}"),
    };
    let larger = reshaped(drag(&mut table, corner, to, NOTHING));
    assert!((larger.w - 300.0).abs() < 1e-6 && (larger.h - 180.0).abs() < 1e-6, "{larger:?}");
    let (body, to) = (seen(&table, 500.0, 350.0), seen(&table, 540.0, 330.0));
    let moved = reshaped(drag(&mut table, body, to, NOTHING));
    assert!((moved.x - 440.0).abs() < 1e-6 && (moved.w - 200.0).abs() < 1e-6, "{moved:?}");
    // A finger just beside the corner still catches it: 44 pixels across.
    let beside = (seen(&table, 600.0, 400.0).0 + 15.0, seen(&table, 600.0, 400.0).1 + 15.0);
    assert!(reshaped(drag(&mut table, beside, to, NOTHING)).w != 200.0);
    // Escape in the middle of it leaves everything as it was.
    table.press(1, body, Hand::Tool, NOTHING);
    table.glide(1, to, &[], NOTHING);
    assert!(table.cancel());
    assert_eq!(table.release(1, to, NOTHING), None);
}

#[test]
fn a_frame_encloses() {
    let mut table = table(|scene| scene.tool = Tool::Select);
    let (from, to) = (seen(&table, 350.0, 250.0), seen(&table, 650.0, 450.0));
    assert_eq!(drag(&mut table, from, to, NOTHING), Some(TableEvent::Enclosed(vec![FindingId(1)])));
    let to = seen(&table, 500.0, 450.0);
    assert_eq!(drag(&mut table, from, to, NOTHING), Some(TableEvent::Enclosed(Vec::new())), "only half of it");
}

#[test]
fn two_fingers_move_the_view_and_a_second_one_ends_a_drawing() {
    let mut table = table(|scene| scene.tool = Tool::Box);
    let (a, b) = (seen(&table, 500.0, 500.0), seen(&table, 900.0, 500.0));
    table.press(1, a, Hand::Tool, NOTHING);
    table.press(2, b, Hand::Tool, NOTHING);
    let before = table.camera();
    table.glide(2, (b.0 + 100.0, b.1), &[], NOTHING);
    assert!(table.camera().zoom > before.zoom && table.drafts(0).is_empty());
    let held = table.reference_at((f64::midpoint(a.0, b.0) + 50.0, a.1)).unwrap();
    assert!((held.x - 700.0).abs() < 1.0, "what was between the fingers stays there: {held:?}");
    assert_eq!((table.release(1, a, NOTHING), table.release(2, b, NOTHING)), (None, None));
}

#[test]
fn control_points_are_set_on_either_side_and_moved() {
    let whole = Pair { reference: Some(Point::new(300.0, 200.0)), photo: Some(Point::new(310.0, 210.0)) };
    let mut table = table(|scene| {
        (scene.warp, scene.linked) = (None, false);
        scene.pairs = Some(vec![whole].into());
    });
    let [left, right] = table.viewports();
    let on = |view: &boardwatch::app::table::Viewport, x: f64, y: f64| table.cameras()[0].to_screen(Point::new(x, y), view);
    let (reference, photo) = (on(&left, 900.0, 500.0), on(&right, 900.0, 500.0));
    let (old, new) = (on(&right, 310.0, 210.0), on(&right, 320.0, 230.0));
    assert!(
        matches!(click(&mut table, reference, NOTHING), Some(TableEvent::PairPlaced(PairEnd::Reference(p))) if (p.x - 900.0).abs() < 1.0)
    );
    assert!(
        matches!(click(&mut table, photo, NOTHING), Some(TableEvent::PairPlaced(PairEnd::Photo(p))) if (p.x - 900.0).abs() < 1.0)
    );
    let moved = drag(&mut table, old, new, NOTHING);
    assert!(
        matches!(moved, Some(TableEvent::PairMoved(0, PairEnd::Photo(p))) if (p.x - 320.0).abs() < 1.0 && (p.y - 230.0).abs() < 1.0),
        "{moved:?}"
    );
}

#[test]
fn without_a_pointer_every_drawing_tool_marks_the_middle() {
    for tool in Tool::ALL {
        let table = table(|scene| scene.tool = tool);
        match table.mark_middle() {
            None => assert!(matches!(tool, Tool::Hand | Tool::Select), "{tool:?}"),
            Some(TableEvent::TextWanted { at: p, .. }) => assert_eq!((tool, p), (Tool::Text, Point::new(1000.0, 500.0))),
            Some(TableEvent::Drawn { shape, .. }) => assert!(shape.is_valid() && shape.has_extent(), "{shape:?}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_pointer_that_only_passes_over_asks_for_no_new_frame() {
    let mut still = table(|_| ());
    assert!(!still.glide(1, (300.0, 200.0), &[], NOTHING));
    let mut under_loupe = table(|scene| scene.loupe = true);
    assert!(under_loupe.glide(1, (300.0, 200.0), &[], NOTHING));
    let mut drawing = table(|scene| scene.tool = Tool::Box);
    let from = seen(&drawing, 100.0, 100.0);
    click(&mut drawing, from, NOTHING);
    assert!(drawing.glide(1, (300.0, 200.0), &[], NOTHING));
    let mut panning = table(|_| ());
    panning.press(1, (300.0, 200.0), Hand::Pan, NOTHING);
    assert!(panning.glide(1, (340.0, 200.0), &[], NOTHING));
}
