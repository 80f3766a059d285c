use super::*;
use crate::catalog::Side;
use crate::geometry::{Homography, Point, Rect};

/// Designator, place in micrometres, rotation, side and whether it is fitted, of each part.
fn parts(text: &str) -> Vec<(String, i64, i64, i64, bool, bool)> {
    let design = read_design("", text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let micrometres = |mm: f64| (mm * 1000.0).round() as i64;
    let part = |p: &Placement| {
        let place = (micrometres(p.at.x), micrometres(p.at.y));
        (p.designator.clone(), place.0, place.1, p.rotation_deg.round() as i64, p.side == Side::Top, p.fitted)
    };
    design.placements.iter().map(part).collect()
}

fn part(designator: &str, x: i64, y: i64, turned: i64, top: bool, fitted: bool) -> (String, i64, i64, i64, bool, bool) {
    (designator.to_owned(), x, y, turned, top, fitted)
}

/// What a design says of its parts, a line each, with so many digits behind the points.
pub(super) fn said(design: &Design, digits: usize) -> Vec<String> {
    let line = |part: &Placement| {
        let [w, h] = part.size_mm.unwrap();
        let Placement { designator, value, package, part_number, side, fitted, at, rotation_deg, .. } = part;
        format!(
            "{designator} {value} {package} {part_number} {side:?} fitted {fitted} at {:.digits$}, {:.digits$}, {w:.digits$} × {h:.digits$}, {rotation_deg}°",
            at.x, at.y
        )
    };
    design.placements.iter().map(line).collect()
}

/// What was left out, by its rows.
pub(super) fn left_out(design: &Design) -> Vec<(usize, Why)> {
    design.skipped.iter().map(|skipped| (skipped.row, skipped.why)).collect()
}

#[test]
fn tables_of_many_programmes_say_the_same() {
    let expected = [part("R1", 12_700, -25_400, 90, true, true), part("C2", 5_080, -2_540, 270, false, true)];
    for text in [
        // KiCad, position file and CSV.
        "### Footprint positions - created on 2026-11-28 ###\n## Unit = mm, Angle = deg.\n## Side : All\n# Ref     Val       Package                PosX       PosY       Rot  Side\nR1        10k       R_0603_1608Metric      12.7000    25.4000   90.0000  top\nC2        100n      C_0402_1005Metric       5.0800     2.5400  270.0000  bottom\n## End\n",
        "Ref,Val,Package,PosX,PosY,Rot,Side\n\"R1\",\"10k\",\"R_0603\",12.7,25.4,90,top\n\"C2\",\"100n\",\"C_0402\",5.08,2.54,270,bottom\n",
        // Altium, with a preamble, in mils and in columns of text.
        "Altium Designer Pick and Place Locations\n\n\"Units used:\",\"mil\"\n\n\"Designator\",\"Comment\",\"Layer\",\"Footprint\",\"Center-X(mil)\",\"Center-Y(mil)\",\"Rotation\",\"Description\"\n\"R1\",\"10k\",\"TopLayer\",\"R0603\",\"500.0000\",\"1000.0000\",\"90\",\"Resistor, thick film\"\n\"C2\",\"100n\",\"BottomLayer\",\"C0402\",\"200\",\"100\",\"270\",\"\"\n",
        "Units used: mm\n\nDesignator Comment     Layer       Footprint Center-X(mm) Center-Y(mm) Rotation\nR1         \"10k 1%\"    TopLayer    R0603     12.7000      25.4000      90\nC2         \"\"          BottomLayer C0402     5.0800       2.5400       270\n",
        // EasyEDA and a board house.
        "Designator\tFootprint\tMid X\tMid Y\tRef X\tRef Y\tPad X\tPad Y\tLayer\tRotation\tComment\nR1\tR0603\t12.7mm\t25.4mm\t0mm\t0mm\t1mm\t1mm\tT\t90\t10k\nC2\tC0402\t200mil\t100mil\t0mil\t0mil\t1mil\t1mil\tB\t270\t100n\n",
        "Designator;Mid X;Mid Y;Layer;Rotation\nR1;12,7;25,4;Top;90\nC2;5,08;2,54;Bottom;270\n",
        "Designator,X (in),Y (in),Side,Rotation (deg)\nR1,0.5,1,Top,90\nC2,0.2,0.1,Bottom,270\n",
        // gEDA, whose header is a comment, and an old one that mirrors.
        "# PcbXY Version 1.0\n# RefDes, Description, Value, X, Y, rotation, top/bottom\n# X,Y in mils.  rotation in degrees.\n# ---\nR1,\"0603\",\"10k\",500.00,1000.00,90,top\nC2,\"0402\",\"100n\",200.00,100.00,270,bottom\n",
        "REFDES,SYM_X,SYM_Y,ROTATION,MIRROR,SYM_NAME\nR1,12.7,25.4,90,NO,R0603\nC2,5.08,2.54,270,YES,C0402\n",
    ] {
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn names_with_spaces_and_empty_ones_stand_in_columns_of_text() {
    let text =
        "# Ref Val Package PosX PosY Rot Side\nR1 10k thick film R_0603 1 2 0 top\nTP1 1 3 0 top\nJ1 Conn P 4 5 0 bottom\n";
    let expected = [
        part("R1", 1_000, -2_000, 0, true, true),
        part("TP1", 1_000, -3_000, 0, true, true),
        part("J1", 4_000, -5_000, 0, false, true),
    ];
    assert_eq!(parts(text), expected);
}

#[test]
fn parts_that_are_not_fitted_are_told() {
    let text = "Ref,Val,X,Y,Side,DNP,MPN\nR1,10k,1,1,top,,RC0603\nR2,10k,2,1,top,DNP,\nR3,10k DNP,3,1,top,,\nR4,10k,4,1,top,0,\n";
    let fitted: Vec<bool> = parts(text).into_iter().map(|part| part.5).collect();
    assert_eq!(fitted, [true, false, false, true]);
    assert_eq!(read_design("", text.as_bytes()).unwrap().placements[0].part_number, "RC0603");
    let fitted: Vec<bool> = parts("Name,X,Y,Fitted\nR1,1,1,Fitted\nR2,1,1,Not Fitted\n").into_iter().map(|part| part.5).collect();
    assert_eq!(fitted, [true, false]);
}

#[test]
fn a_board_longer_than_a_metre_is_in_mils() {
    let design = read_design("", b"Ref,X,Y\nR1,0,0\nR2,5000,100\n").unwrap();
    assert!(!design.unit_is_stated && (design.placements[1].at.x - 127.0).abs() < 1e-9);
    let design = read_design("", b"Ref,X(mm),Y(mm)\nR1,0,0\nR2,5000,100\n").unwrap();
    assert!(design.unit_is_stated && design.placements[1].at.x == 5000.0);
}

#[test]
fn what_a_row_lacks_is_told_and_the_rest_is_read() {
    let text = "Ref,X,Y,Side\nR1,1,1,top\n,1,1,top\nR3,one,1,top\nR4,1,1,inside\nR5,2,2,top\n";
    let design = read_design("", text.as_bytes()).unwrap();
    assert_eq!(design.placements.len(), 2);
    assert_eq!(left_out(&design), [(3, Why::NoDesignator), (4, Why::NoPlace), (5, Why::NoSide)]);
    let far = read_design("", b"Ref,X(mm),Y(mm)\nR1,1,1\nR2,20000,1\n").unwrap();
    assert_eq!((far.placements.len(), far.skipped[0].why, far.skipped_count), (1, Why::TooFar, 1));
}

#[test]
fn generic_json_is_read_with_outlines() {
    let footprint = |designator: &str, angle: f64, layer: &str| {
        format!(
            r#"{{"ref": "{designator}", "center": [10, 20], "layer": "{layer}", "pads": [], "drawings": [],
                "bbox": {{"pos": [10, 20], "relpos": [-1, -2], "size": [4, 2], "angle": {angle}}}}}"#
        )
    };
    let text = format!(
        r#"{{"spec_version": 1, "pcbdata": {{"edges": [], "footprints": [{}, {}, {}]}}, "components": [
            {{"ref": "U1", "val": "LM358", "footprint": "SOIC-8", "layer": "F", "extra_fields": {{"MPN": "LM358DR"}}}},
            {{"ref": "U1", "val": "second", "footprint": "SOIC-8", "layer": "B", "extra_fields": {{"DNP": "yes"}}}}]}}"#,
        footprint("U1", 0.0, "F"),
        footprint("U1", 90.0, "B"),
        footprint("", 0.0, "F"),
    );
    let design = read_design("", text.as_bytes()).unwrap();
    let [first, second] = &design.placements[..] else { panic!("{design:?}") };
    assert_eq!((first.at.x, first.at.y, first.size_mm, first.part_number.as_str()), (11.0, 19.0, Some([4.0, 2.0]), "LM358DR"));
    assert!((second.at.x - 11.0).abs() < 1e-9 && (second.at.y - 21.0).abs() < 1e-9, "turned clockwise about its place");
    assert_eq!((second.rotation_deg, second.side, second.fitted, second.value.as_str()), (-90.0, Side::Bottom, false, "second"));
    assert_eq!((design.skipped_count, design.skipped[0].why), (1, Why::NoDesignator));
}

#[test]
fn what_is_no_placement_data_is_refused_in_words() {
    for (bytes, words) in [
        (&b"hello"[..], "no line that names a column"),
        (b"", "no line that names a column"),
        (b"Ref,X,Y\n", "places no part"),
        (b"{\"spec_version\": 1}", "generic data"),
        (b"{\"spec_version\": 2, \"pcbdata\": {\"footprints\": []}, \"components\": []}", "version 2"),
    ] {
        let error = read_design("", bytes).unwrap_err().to_string();
        assert!(error.contains(words) && error.ends_with('.'), "{error}");
    }
}

#[test]
fn a_place_belongs_to_a_part_or_to_none() {
    let table = "Ref,Val,Package,PosX,PosY,Rot,Side,DNP\n\
        R1,10k,R_0603_1608Metric,10,-10,0,top,\nR2,10k,R_0603_1608Metric,20,-10,90,top,DNP\nJ1,plug,,40,-10,0,top,\nU1,chip,QFN_12x12mm,60,-10,45,top,\n";
    let design = read_design("", table.as_bytes()).unwrap();
    // Ten pixels to the millimetre.
    let map = Homography::new([10.0, 0.0, 5.0, 0.0, 10.0, 5.0, 0.0, 0.0, 1.0]);
    let laid = LaidDesign::new(design.on(Side::Top).collect(), map).unwrap();
    let at = |x: f64, y: f64| Rect::new(10.0 * x + 4.0, 10.0 * y + 4.0, 2.0, 2.0);
    let named = |area: &Rect<_>| match laid.belongs(area) {
        Belongs::Parts(parts) => parts.iter().map(|part| part.designator.as_str()).collect::<Vec<_>>().join(" "),
        Belongs::NotFitted(part) => format!("no {}", part.designator),
        Belongs::Nothing { nearest } => {
            nearest.map_or("nothing".to_owned(), |(part, mm)| format!("{mm:.1} from {}", part.designator))
        }
    };
    assert_eq!(named(&at(10.7, 10.3)), "R1");
    assert_eq!(named(&at(11.1, 10.0)), "R1", "a placement is off by that much");
    assert_eq!(named(&at(12.8, 10.0)), "2.0 from R1");
    assert_eq!(named(&at(20.0, 10.7)), "no R2", "turned by a quarter");
    assert_eq!(named(&at(42.0, 10.0)), "J1", "of unknown size");
    assert_eq!(named(&at(68.4, 10.0)), "U1", "on a corner");
    let (nearest, mm) = laid.nearest(Point::new(132.0, 105.0)).unwrap();
    assert_eq!((nearest.designator.as_str(), (mm * 10.0).round()), ("R1", 19.0));
    assert_eq!(laid.nearest(Point::new(105.0, 105.0)).unwrap().1, 0.0, "within an outline");
    // A wire over two parts is about both.
    assert_eq!(named(&Rect::new(5.0, 55.0, 500.0, 100.0)), "R1 J1");
    let across =
        |[first, .., last]: [Point<_>; 4], opposite: Point<_>| ((opposite.x - first.x).round(), (last.y - first.y).round());
    let outlines: Vec<_> = laid.places().map(|(.., outline)| outline.map(|corners| across(corners, corners[2]))).collect();
    assert_eq!(outlines, [Some((16.0, 8.0)), Some((8.0, 16.0)), None, Some((170.0, 170.0))]);
    let flat = Homography::new([1.0, 2.0, 0.0, 2.0, 4.0, 0.0, 0.0, 0.0, 1.0]);
    assert!(LaidDesign::new(Vec::new(), flat).is_none());
}
