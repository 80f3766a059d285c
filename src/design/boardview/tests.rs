use super::*;
use crate::design::read_design;
use crate::design::tests::left_out;

const BRD: &str = "str_length: 100 100\nvar_data: 4 3 5 1\nFormat:\n0 0\n2000 0\n2000 1000\n0 1000\nParts:\nR1 5 2\nU1 10 4\nX 0 5\nPins:\n100 100 -99 1 GND\n200 100 -99 1 VCC\n1000 500 1 2 GND\n1100 600 2 2 NET\n1 1 1 3 NET\nNails:\n1 1000 500 1 GND\n";

fn said(design: &Design) -> Vec<String> {
    let part = |part: &Placement| {
        let [w, h] = part.size_mm.unwrap();
        format!("{} {:?} at {:.2}, {:.2}, {:.2} × {:.2}", part.designator, part.side, part.at.x, part.at.y, w, h)
    };
    design.placements.iter().map(part).collect()
}

#[test]
fn brd_is_read_plain_and_scrambled() {
    let expected = ["R1 Top at 3.81, -2.54, 2.94 × 0.40", "U1 Bottom at 26.67, -13.97, 2.94 × 2.94"];
    let scrambled: Vec<u8> = BRD.bytes().map(|byte| if byte == b'\n' { byte } else { (!byte).rotate_right(2) }).collect();
    assert!(scrambled.starts_with(&[0x23, 0xe2, 0x63, 0x28]), "{:x?}", &scrambled[..4]);
    for bytes in [BRD.as_bytes(), &scrambled] {
        let design = read_design("", bytes).unwrap();
        assert_eq!(said(&design), expected);
        assert_eq!(left_out(&design), [(11, Why::NoSide)]);
        let edge = design.layers[0].bounds().unwrap();
        assert_eq!((design.layers[0].kind, edge.w.round(), edge.h.round()), (LayerKind::Outline, 51.0, 25.0));
    }
}

#[test]
fn bvr_is_read() {
    let text = "BVRAW_FORMAT_3\nPART_NAME C7\nPART_SIDE B\nPART_ORIGIN 10 10\nPART_MOUNT SMD\nPIN_ID 1\nPIN_ORIGIN 100 200\nPIN_RADIUS 20\nPIN_END\nPIN_ID 2\nPIN_ORIGIN 140 200\nPIN_RADIUS 20\nPIN_END\nPART_END\nPART_NAME D1\nPART_SIDE T\nPART_END\nOUTLINE_SEGMENTED 0 0 1000 0 1000 0 1000 500\n";
    let design = read_design("", text.as_bytes()).unwrap();
    assert_eq!(said(&design), ["C7 Bottom at 3.05, -5.08, 2.03 × 1.02"]);
    assert_eq!(left_out(&design), [(15, Why::NoPlace)]);
    assert_eq!(design.layers[0].marks.len(), 2);
}
