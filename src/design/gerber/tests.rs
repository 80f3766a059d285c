use super::super::artwork::covered_mm2;
use super::super::tests::left_out;
use super::*;
use crate::catalog::Side;
use crate::design::{LayerKind, Why};

const MM: &str = "%FSLAX24Y24*%%MOMM*%";

/// Square millimetres that a file draws, and the box around it: left, top, right, bottom, y downwards.
fn drawn(text: &str) -> (f64, [f64; 4]) {
    let design = read("test.gbr", text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(design.skipped, [], "{text}");
    let bounds = design.layers[0].bounds().expect("something is drawn");
    let round = |v: f64| (v * 100.0).round() / 100.0;
    (covered_mm2(&design.layers[0]), [bounds.x, bounds.y, bounds.x + bounds.w, bounds.y + bounds.h].map(round))
}

fn check(text: &str, area: f64, around: [f64; 4]) {
    let (covered, bounds) = drawn(text);
    assert!((covered - area).abs() < 0.01 * area, "{text}: {covered} mm² for {area}");
    assert_eq!(bounds, around, "{text}");
}

#[test]
fn flashes_lines_and_regions_are_drawn() {
    const PI: f64 = std::f64::consts::PI;
    check(&format!("{MM}%ADD10C,2*%D10*X10000Y20000D03*M02*"), PI, [0.0, -3.0, 2.0, -1.0]);
    check(&format!("{MM}%ADD10R,2X1*%D10*X0Y0D03*M02*"), 2.0, [-1.0, -0.5, 1.0, 0.5]);
    check(&format!("{MM}%ADD10O,3X1*%D10*X0Y0D03*M02*"), 2.0 + PI / 4.0, [-1.5, -0.5, 1.5, 0.5]);
    check(&format!("{MM}%ADD10P,2X4X45*%D10*X0Y0D03*M02*"), 2.0, [-0.71, -0.71, 0.71, 0.71]);
    check(&format!("{MM}%ADD10R,2X2X1*%D10*X0Y0D03*M02*"), 4.0 - PI / 4.0, [-1.0, -1.0, 1.0, 1.0]);
    check(&format!("{MM}%ADD10C,1*%D10*X0Y0D02*X30000D01*M02*"), 3.0 + PI / 4.0, [-0.5, -0.5, 3.5, 0.5]);
    // A rectangle as a pen, aslant.
    check(&format!("{MM}%ADD10R,1X1*%D10*X0Y0D02*X10000Y10000D01*M02*"), 3.0, [-0.5, -1.5, 1.5, 0.5]);
    check(&format!("{MM}G36*X0Y0D02*X20000D01*Y10000D01*X0D01*Y0D01*G37*M02*"), 2.0, [0.0, -1.0, 2.0, 0.0]);
    // Two contours of one region, each by itself.
    check(
        &format!("{MM}G36*X0Y0D02*X10000D01*Y10000D01*X0Y0D02*X20000Y0D02*X30000D01*Y10000D01*G37*M02*"),
        1.0,
        [0.0, -1.0, 3.0, 0.0],
    );
    // A disc as a region, by one arc, and by four quarters without signs.
    check(&format!("{MM}G75*G36*X10000Y0D02*G03X10000Y0I-10000J0D01*G37*M02*"), PI, [-1.0, -1.0, 1.0, 1.0]);
    let quarters = "G74*G36*G01X10000Y0D02*G03X0Y10000I10000D01*X-10000Y0J10000D01*X0Y-10000I10000D01*X10000Y0J10000D01*G37*M02*";
    check(&format!("{MM}{quarters}"), PI, [-1.0, -1.0, 1.0, 1.0]);
    // What is clear.
    check(&format!("{MM}%ADD10R,2X2*%%ADD11R,1X1*%D10*X0Y0D03*%LPC*%D11*X0Y0D03*M02*"), 3.0, [-1.0, -1.0, 1.0, 1.0]);
}

#[test]
fn older_files_are_read() {
    // Inches, codes before the numbers, several on a line, no code on what goes on as before, comments, other ends of lines.
    check(
        "G04 old*\r\nG70*%FSLAX23Y23*%%ADD010R,0.1X0.2*%G54D10*G01X0Y0D03*X1000Y0*Y0X0D02*M02*",
        2.0 * 0.02 * 645.16,
        [-1.27, -2.54, 26.67, 2.54],
    );
    // Trailing zeros left out, places from the last one.
    check("%FSTIX22Y22*%%MOMM*%%ADD10R,1X1*%D10*X01Y0D03*X02D03*M02*", 2.0, [0.5, -0.5, 3.5, 0.5]);
    // The whole image: negative within what it draws, moved, mirrored, turned.
    check(
        &format!("{MM}%IPNEG*%%LPD*%%ADD10R,4X4*%%ADD11R,1X1*%D10*X0Y0D03*%LPC*%D11*X0Y0D03*M02*"),
        1.0,
        [-2.0, -2.0, 2.0, 2.0],
    );
    check(&format!("%OFA1.0B2.0*%{MM}%OFA1.0B2.0*%%ADD10R,2X1*%D10*X0Y0D03*M02*"), 2.0, [0.0, -2.5, 2.0, -1.5]);
    check(&format!("{MM}%MIA1*%%IR90*%%ADD10R,2X1*%D10*X10000Y0D03*M02*"), 2.0, [-0.5, 0.0, 0.5, 2.0]);
}

#[test]
fn copies_blocks_and_turned_apertures_are_drawn() {
    check(&format!("{MM}%ADD10R,1X1*%D10*%SRX3Y2I2.0J3.0*%X0Y0D03*%SR*%X0Y100000D03*M02*"), 7.0, [-0.5, -10.5, 4.5, 0.5]);
    check(
        &format!("{MM}%ADD10R,1X1*%%ABD20*%D10*X0Y0D03*X20000D03*%AB*%D20*X0Y0D03*X0Y50000D03*M02*"),
        4.0,
        [-0.5, -5.5, 2.5, 0.5],
    );
    check(&format!("{MM}%ADD10R,3X1*%D10*%LR90*%%LS2*%X0Y0D03*M02*"), 12.0, [-1.0, -3.0, 1.0, 3.0]);
    let block = "%ADD10R,1X1*%%ADD11R,4X4*%%ABD20*%D11*X0Y0D03*%LPC*%D10*X0Y0D03*%LPD*%%AB*%D20*X0Y0D03*";
    check(&format!("{MM}{block}M02*"), 15.0, [-2.0, -2.0, 2.0, 2.0]);
}

#[test]
fn aperture_macros_are_drawn() {
    let area = |body: &str, call: &str, expected: f64| {
        let text = format!("{MM}%AMX*{body}%%ADD10X{call}*%D10*X0Y0D03*M02*");
        let (covered, _) = drawn(&text);
        assert!((covered - expected).abs() < 0.01 * expected, "{text}: {covered} mm² for {expected}");
    };
    const PI: f64 = std::f64::consts::PI;
    area("0 a comment, with 1,1,1*1,1,$1,0,0*", ",2", PI);
    area("20,1,1,0,0,3,0,30*", "", 3.0);
    area("21,1,$1,$2x2,0,0,45*", ",2X1", 4.0);
    area("22,1,2,1,0,0,0*", "", 2.0);
    area("4,1,4,0,0,2,0,2,1,0,1,0,0,0*", "", 2.0);
    area("5,1,4,0,0,2,0*", "", 2.0);
    area("$3=$1/2*$1=$1X2*21,1,$1,$3,0,0,0*", ",2", 4.0);
    // A hole belongs to the macro alone.
    area("1,1,4,0,0*1,0,2,0,0*", "", 3.0 * PI);
    area("7,0,0,4,2,0.5,0*", "", 3.0 * PI - 4.0 * 0.5 * 1.0);
    area("6,0,0,4,0.5,0.5,2,0.2,5,0*", "", 0.5 * PI * (3.5 + 1.5) + 4.0 * 0.2 * (2.5 - 1.0 + 0.5 - 0.5) - 0.1);
}

#[test]
fn layers_tell_what_they_are() {
    let layer = |name: &str, text: &str| {
        let design = read(name, &format!("{text}{MM}%ADD10C,2*%D10*X0Y0D03*M02*")).unwrap();
        (design.layers[0].kind, design.layers[0].side)
    };
    assert_eq!(layer("board.gbo", ""), (LayerKind::Silk, Some(Side::Bottom)));
    assert_eq!(layer("board.gbo", "%TF.FileFunction,Soldermask,Top*%"), (LayerKind::Mask, Some(Side::Top)));
    assert_eq!(layer("x", "G04 #@! TF.FileFunction,Profile,NP*\n"), (LayerKind::Outline, None));
}

#[test]
fn what_cannot_be_read_is_told_by_its_line() {
    let design = read("", &format!("{MM}\n%ADD10C,2*%\n%ADD11NONE,2*%\nD10*\nX0Y0D03*\nQ7*\nD99*\nX1Y1D03*\nM02*")).unwrap();
    assert_eq!(left_out(&design), [(3, Why::Unreadable), (6, Why::Unreadable), (8, Why::NoAperture)]);
    assert_eq!(design.layers[0].marks.len(), 1);
}

#[test]
fn copies_of_copies_end_before_memory_does() {
    let mut text = format!("{MM}%ADD10C,1*%D10*%ABD20*%X0Y0D03*X1Y1D03*%AB*%");
    for number in 21..60 {
        text += &format!("%ABD{number}*%D{}*X0Y0D03*X1D03*X2D03*X3D03*%AB*%", number - 1);
    }
    assert_eq!(read("", &format!("{text}D59*X0Y0D03*M02*")), Err(DesignError::TooMuchDrawn));
}
