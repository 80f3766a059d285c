use super::super::artwork::covered_mm2;
use super::super::tests::said;
use super::*;

/// A board in the words of version 6, and what is the same in those of version 5 and 8.
const BOARD: &str = r#"(kicad_pcb (version 20211014) (generator pcbnew)
  (setup (pad_to_mask_clearance 0.1))
  (gr_rect (start 0 0) (end 40 30) (layer "Edge.Cuts") (width 0.1) (fill none))
  (gr_poly (pts (xy 1 1) (xy 3 1) (xy 3 2) (xy 1 2)) (layer "F.SilkS") (width 0) (fill solid))
  (gr_text "not read" (at 5 5) (layer "F.SilkS"))
  (footprint "Resistor_SMD:R_0603" (layer "F.Cu") (at 10 20 90)
    (property "MPN" "RC0603FR-0710KL") (attr smd)
    (fp_text reference "R1" (at 0 -1.5) (layer "F.SilkS")) (fp_text value "10k \"1%\"" (at 0 1.5) (layer "F.Fab"))
    (fp_line (start -0.8 -0.4) (end 0.8 -0.4) (layer "F.Fab") (width 0.1))
    (pad "1" smd rect (at -1 0 90) (size 1 2) (layers "F.Cu" "F.Paste" "F.Mask"))
    (pad "2" smd roundrect (at 1 0 90) (size 1 2) (layers "F.Cu" "F.Paste" "F.Mask") (roundrect_rratio 0.25)))
  (footprint "Package_TO:TO-92" (layer "B.Cu") (at 20 10)
    (property "Reference" "Q1" (at 0 0) (layer "B.SilkS")) (property "Value" "BC547") (attr through_hole dnp)
    (pad "1" thru_hole oval (at 0 0) (size 2 1) (drill 0.6) (layers "*.Cu" "*.Mask"))
    (pad "2" thru_hole circle (at 3 0) (size 1.5 1.5) (drill oval 1.2 0.6) (layers "*.Cu" "*.Mask")))
  (footprint "MountingHole:M3" (layer "F.Cu") (at 35 5) (attr exclude_from_pos_files exclude_from_bom)
    (fp_text reference "H1" (at 0 0) (layer "F.SilkS"))
    (pad "" np_thru_hole circle (at 0 0) (size 3.2 3.2) (drill 3.2) (layers "*.Mask")))
  (segment (start 0 25) (end 10 25) (width 0.5) (layer "F.Cu") (net 1))
  (via (at 30 20) (size 0.8) (drill 0.4) (layers "F.Cu" "B.Cu") (net 1))
  (zone (net 1) (layer "B.Cu") (min_thickness 0.2) (filled_areas_thickness no)
    (polygon (pts (xy 0 0) (xy 40 0) (xy 40 30)))
    (filled_polygon (layer "B.Cu") (pts (xy 25 25) (xy 35 25) (xy 35 29) (xy 25 29)))))"#;

#[test]
fn parts_stand_where_their_bodies_are() {
    let design = read(BOARD).unwrap();
    assert_eq!(
        said(&design, 2),
        [
            "R1 10k \"1%\" Resistor_SMD:R_0603 RC0603FR-0710KL Top fitted true at 10.00, 20.00, 3.00 × 2.00, 90°",
            "Q1 BC547 Package_TO:TO-92  Bottom fitted false at 21.38, 10.00, 4.75 × 1.50, 0°",
        ]
    );
    assert_eq!(design.placements[0].footprint().half_mm.map(|half| half.map(|mm| (mm * 100.0).round())), Some([100.0, 150.0]));
}

#[test]
fn layers_hold_what_is_drawn_on_them() {
    let design = read(BOARD).unwrap();
    let mm2 = |name: &str| {
        let layer = design.layers.iter().find(|layer| layer.name == name).unwrap_or_else(|| panic!("{name}"));
        covered_mm2(layer)
    };
    let round = std::f64::consts::PI / 4.0;
    let corners = (1.0 - round) * 4.0 * 0.25 * 0.25;
    let (oval, disc) = (1.0 + round, 1.5 * 1.5 * round);
    for (name, expected) in [
        ("F.Paste", 2.0 + 2.0 - corners),
        ("F.Cu", 4.0 - corners + oval + disc + 5.0 + 0.25 * round + 0.64 * round),
        ("B.Cu", oval + disc + 0.64 * round + 40.0),
        // A tenth of a millimetre around each opening, round at its corners.
        ("B.Mask", (1.2 + 1.44 * round) + 1.7 * 1.7 * round + 3.4 * 3.4 * round),
        ("Drill", 0.36 * round + (0.6 * 0.6 + 0.36 * round) + 3.2 * 3.2 * round + 0.16 * round),
        ("F.SilkS", 2.0),
    ] {
        let covered = mm2(name);
        assert!((covered - expected).abs() < 0.01 * expected, "{name}: {covered} mm² for {expected}");
    }
    assert!(design.layers.iter().all(|layer| layer.name != "F.Courtyard"));
    let edge = design.layers.iter().find(|layer| layer.kind == LayerKind::Outline).unwrap().bounds().unwrap();
    assert_eq!([edge.x, edge.y, edge.w, edge.h].map(|mm| (mm * 100.0).round() / 100.0), [-0.05, -0.05, 40.1, 30.1]);
}

#[test]
fn arcs_of_both_kinds_of_file_are_the_same() {
    let layer = |text: &str| read(&format!("(kicad_pcb {text})")).unwrap().layers.remove(0);
    let new = layer("(gr_arc (start 10 0) (mid 7.0710678 7.0710678) (end 0 10) (layer \"F.SilkS\") (width 0.2))");
    let old = layer("(gr_arc (start 0 0) (end 10 0) (angle 90) (layer F.SilkS) (width 0.2))");
    for layer in [&new, &old] {
        let bounds = layer.bounds().unwrap();
        assert_eq!([bounds.x, bounds.y, bounds.w, bounds.h].map(|mm| (mm * 100.0).round() / 100.0), [-0.1, -0.1, 10.2, 10.2]);
        assert!((covered_mm2(layer) - (5.0 * std::f64::consts::PI * 0.2 + 0.0314)).abs() < 0.02);
    }
}

#[test]
fn pads_have_the_shapes_that_they_say() {
    let mm2 = |pad: &str| {
        let text = format!("(kicad_pcb (footprint \"x\" (layer \"F.Cu\") (at 0 0) (pad \"1\" smd {pad} (layers \"F.Cu\"))))");
        covered_mm2(&read(&text).unwrap().layers[0])
    };
    for (pad, expected) in [
        ("trapezoid (at 0 0) (size 2 2) (rect_delta 0.5 0)", 4.0),
        ("roundrect (at 0 0) (size 2 2) (roundrect_rratio 0) (chamfer_ratio 0.25) (chamfer top_left bottom_right)", 4.0 - 0.25),
        (
            "custom (at 0 0) (size 1 1) (options (anchor rect)) (primitives (gr_poly (pts (xy 0 0) (xy 3 0) (xy 3 1) (xy 0 1)) (width 0)))",
            1.0 + 3.0 - 0.25,
        ),
    ] {
        let covered = mm2(pad);
        assert!((covered - expected).abs() < 0.01 * expected, "{pad}: {covered} mm² for {expected}");
    }
}

#[test]
fn what_is_cut_off_is_told() {
    for cut in [10, 100, BOARD.len() - 1] {
        assert_eq!(read(&BOARD[..cut]), Err(DesignError::BrokenKicad), "{cut}");
    }
}
