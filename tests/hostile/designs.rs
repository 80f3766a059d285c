//! What is drawn of boards, as design programmes and repairers write it.

use std::sync::LazyLock;

use boardwatch::catalog::Side;
use boardwatch::design::{Design, Frame, read_design};

use super::{Outcome, Parser, placements, refused};

/// No board is longer, many times over; pens and old transformations of whole images go beyond it by some.
const FURTHEST_MM: f64 = 50_000.0;
/// Pixels of the picture that is painted of what was read.
const PICTURE_PX: f64 = 40_000.0;

/// Reads a file and checks what must hold of it, a picture of it included.
fn read(bytes: &[u8]) -> Outcome {
    let design = match read_design("board.gtl", bytes) {
        Ok(design) => design,
        Err(error) => return refused(&error),
    };
    placements::holds(&design)?;
    for layer in &design.layers {
        if let Some(area) = layer.bounds()
            && ![area.x, area.y, area.w, area.h].into_iter().all(|mm| mm.abs() <= FURTHEST_MM)
        {
            return Err(format!("a layer that is no board: {area:?}"));
        }
    }
    paint(&design)?;
    Ok("read")
}

fn paint(design: &Design) -> Result<(), String> {
    for side in [Side::Top, Side::Bottom] {
        let Some(frame) = Frame::around(design, side, 20.0) else { continue };
        let small = (PICTURE_PX / (frame.area.w * frame.area.h)).sqrt();
        let frame = Frame { px_per_mm: frame.px_per_mm.min(small), ..frame };
        let [width, height] = frame.size();
        let picture = design.painted(side, &frame);
        if picture.rgb.len() != 3 * width * height || picture.rgb.is_empty() {
            return Err(format!("{} bytes for {width} × {height} pixels", picture.rgb.len()));
        }
    }
    Ok(())
}

pub(crate) static GERBER_LAYERS: Parser = Parser {
    files: LazyLock::new(|| {
        [
            "G04 one*\n%FSLAX24Y24*%\n%MOMM*%\n%TF.FileFunction,Copper,L1,Top*%\n%ADD10C,0.2X0.1*%\n%ADD11R,1.0X2.0*%\n%ADD12O,2X1*%\n%ADD13P,2X6X30*%\nD10*\nX0Y0D02*\nX10000D01*\nY10000D01*\nD11*\nX50000Y50000D03*\nD12*\nX60000D03*\nD13*\nX70000D03*\nG36*\nX0Y0D02*\nG75*\nG03X10000Y0I5000J0D01*\nG01X0Y0D01*\nG37*\n%LPC*%\nD11*\nX50000Y50000D02*\nX90000D01*\nM02*\n",
            "%FSLAX23Y23*%%MOIN*%\n%AMA*1,1,$1,0,0*20,1,$2,0,0,$1+1,0,45*21,1,1,1,0,0,0*22,1,1,1,0,0,0*4,1,3,0,0,1,0,1,1,0,0,0*5,0,6,0,0,$1,0*%\n%AMB*$3=$1x2/($2-1)*6,0,0,1,.1,.1,3,.05,1.2,0*7,0,0,1,.5,.1,45*%\n%ADD10A,1X0.1*%\n%ADD11B,1X2*%\nG74*\nD10*\nX1000Y1000D03*\nD11*\nX2000D03*\n%SRX3Y2I2.0J3.0*%\n%LMXY*%%LR45*%%LS0.5*%\nD10*\nX0Y0D03*\n%SR*%\n%ABD20*%\nD11*\nX0Y0D03*\n%AB*%\nD20*\nX5000Y5000D03*\nM02*\n",
            "G70*%OFA0B0*%%MIA1*%%SFA2B2*%%IR90*%%ASAYBX*%%IPNEG*%%FSTIX24Y24*%\n%ADD010R,.05X.1X.02*%\nG54D10*G01X01Y02D02*X02D01*G02X03Y03I01D01*\nX1Y1*\nM02*\n",
        ]
        .map(|text| text.as_bytes().to_vec())
        .to_vec()
    }),
    words: &[
        b"%",
        b"*",
        b"G36*",
        b"G37*",
        b"G74*",
        b"G75*",
        b"G02",
        b"G03",
        b"D01*",
        b"D02*",
        b"D03*",
        b"X",
        b"Y",
        b"I",
        b"J",
        b"%SRX1000Y1000I1J1*%",
        b"%ABD12*%",
        b"%AB*%",
        b"%LPC*%",
        b"%LS1000*%",
        b"$1",
        b"x",
        b"(",
        b")",
        b"999999999",
        b"1e308",
        b"-",
        b"%ADD10C,10000*%",
        b"%IPNEG*%",
        b"6,0,0,1,.1,.1,100,.05,1,0*",
    ],
    sealed: None,
    read,
};

pub(crate) static DRILL_FILES: Parser = Parser {
    files: LazyLock::new(|| {
        [
            "M48\n; FORMAT={-:-/ absolute / metric / decimal}\nFMAT,2\nMETRIC,TZ,000.000\nT1C0.800\nT2C1.000\n%\nG90\nG05\nT1\nX2.54Y1.27\nX5.08Y1.27G85X7.0Y1.27\nT2\nR5X1.0\nG00X1.0Y1.0\nM15\nG01X3.0\nG03X5.0Y1.0A1.0\nG02X7.0Y1.0I1.0J0\nM16\nG91\nX1\nT0\nM30\n",
            ";FILE_FORMAT=2:4\nM48\nINCH,LZ\nT1F00S00C0.031\n%\nT01\nX001Y0005\nX002\nY-001\nM71\nX1Y1\nM30\n",
            "%\nT1C0.028F200S100\nX002250Y002300\nX002400Y003850\nM30\n",
        ]
        .map(|text| text.as_bytes().to_vec())
        .to_vec()
    }),
    words: &[
        b"M48",
        b"%",
        b"METRIC",
        b"INCH",
        b"LZ",
        b"TZ",
        b"T1",
        b"C",
        b"C10000",
        b"G85",
        b"G00",
        b"G03",
        b"M15",
        b"M16",
        b"A",
        b"R10000X",
        b"X",
        b"Y",
        b"99999999",
        b"0.0000001",
        b"-",
        b"G91",
        b"FORMAT",
        b"9:9",
    ],
    sealed: None,
    read,
};

pub(crate) static KICAD_BOARDS: Parser = Parser {
    files: LazyLock::new(|| {
        [
            r#"(kicad_pcb (version 20211014) (setup (pad_to_mask_clearance 0.1)) (gr_rect (start 0 0) (end 40 30) (layer "Edge.Cuts") (width 0.1) (fill none))
            (gr_arc (start 10 0) (mid 7 7) (end 0 10) (layer "F.SilkS") (stroke (width 0.2) (type solid)))
            (footprint "R_0603" (layer "F.Cu") (at 10 20 90) (property "MPN" "RC0603") (attr smd dnp) (fp_text reference "R1" (at 0 0) (layer "F.SilkS")) (fp_text value "10k" (at 0 1) (layer "F.Fab"))
             (fp_circle (center 0 0) (end 1 0) (layer "F.Fab") (width 0.1)) (fp_curve (pts (xy 0 0) (xy 1 0) (xy 1 1) (xy 0 1)) (layer "F.Fab") (width 0.1))
             (pad "1" smd roundrect (at -1 0 90) (size 1 2) (layers "F.Cu" "F.Paste" "F.Mask") (roundrect_rratio 0.25) (chamfer_ratio 0.2) (chamfer top_left))
             (pad "2" thru_hole custom (at 1 0) (size 1 1) (drill oval 0.5 0.8 (offset 0.1 0)) (layers "*.Cu" "*.Mask") (options (anchor rect)) (primitives (gr_poly (pts (xy 0 0) (xy 3 0) (xy 3 1)) (width 0.1) (fill yes)))))
            (segment (start 0 25) (end 10 25) (width 0.5) (layer "F.Cu")) (arc (start 0 0) (mid 1 1) (end 2 0) (width 0.2) (layer "B.Cu")) (via (at 30 20) (size 0.8) (drill 0.4) (layers "F.Cu" "B.Cu"))
            (zone (layer "B.Cu") (min_thickness 0.2) (filled_polygon (pts (xy 25 25) (arc (start 35 25) (mid 36 27) (end 35 29)) (xy 25 29)))))"#,
            r#"(kicad_pcb (version 20171130) (module R_0402 (layer B.Cu) (at 1 2) (fp_text reference "C\"1" (at 0 0) (layer B.SilkS)) (fp_arc (start 0 0) (end 1 0) (angle 90) (layer B.SilkS) (width 0.1))
            (pad 1 smd trapezoid (at 0 0 45) (size 1 1) (rect_delta 0.2 0) (layers B.Cu B.Mask) (solder_mask_margin 0.05)) (pad 2 thru_hole oval (at 1 0) (size 1 2) (drill 0.3) (layers *.Cu))))"#,
        ]
        .map(|text| text.as_bytes().to_vec())
        .to_vec()
    }),
    words: &[
        b"(",
        b")",
        b"\"",
        b"\\",
        b"(at ",
        b"(pts ",
        b"(xy 1 1)",
        b"(arc ",
        b"(mid ",
        b"(pad ",
        b"(footprint ",
        b"(zone ",
        b"1e308",
        b"-9999",
        b"0",
        b"0.0000001",
        b"(layer \"F.Cu\")",
        b"*.Cu",
        b"(fill solid)",
        b"(angle 99999)",
        b"(drill ",
    ],
    sealed: None,
    read,
};

pub(crate) static IPC2581: Parser = Parser {
    files: LazyLock::new(|| {
        vec![
            br#"<?xml version="1.0"?><IPC-2581 revision="C" xmlns="http://webstds.ipc.org/2581"><Content>
<DictionaryStandard units="MILLIMETER"><EntryStandard id="p"><RectRound width="1" height="2" radius="0.2" upperLeft="false"/></EntryStandard><EntryStandard id="q"><RectCham width="1" height="2" chamfer="0.2"/></EntryStandard>
<EntryStandard id="d"><Donut shape="ROUND" outerDiameter="2" innerDiameter="1"/></EntryStandard><EntryStandard id="o"><Octagon length="1"/></EntryStandard></DictionaryStandard>
<DictionaryLineDesc units="MICRON"><EntryLineDesc id="l"><LineDesc lineEnd="ROUND" lineWidth="200"/></EntryLineDesc></DictionaryLineDesc>
<DictionaryUser units="INCH"><EntryUser id="u"><UserSpecial><Contour><Polygon><PolyBegin x="0" y="0"/><PolyStepSegment x="2" y="0"/><PolyStepCurve x="0" y="0" centerX="1" centerY="0" clockwise="true"/></Polygon><Cutout><PolyBegin x="0.5" y="0.1"/><PolyStepSegment x="1" y="0.1"/><PolyStepSegment x="1" y="0.2"/></Cutout></Contour></UserSpecial></EntryUser></DictionaryUser></Content>
<Bom name="b"><BomItem OEMDesignNumberRef="R10K"><RefDes name="R1" populate="false" layerRef="T"/><Characteristics><Textual textualCharacteristicName="VALUE" textualCharacteristicValue="10k"/></Characteristics></BomItem></Bom>
<Ecad><CadHeader units="MILLIMETER"/><CadData><Layer name="T" layerFunction="CONDUCTOR" side="TOP"/><Layer name="H" layerFunction="DRILL" side="ALL"/><Step name="s">
<Profile><Polygon><PolyBegin x="0" y="0"/><PolyStepSegment x="20" y="0"/><PolyStepSegment x="20" y="10"/></Polygon></Profile>
<PadStackDef name="k"><PadstackPadDef layerRef="T" padUse="REGULAR"><StandardPrimitiveRef id="p"/></PadstackPadDef></PadStackDef>
<Package name="n"><Outline><Polygon><PolyBegin x="-1" y="-1"/><PolyStepSegment x="1" y="1"/></Polygon></Outline><Pin number="1"><Location x="1" y="1"/><StandardPrimitiveRef id="o"/></Pin></Package>
<Component refDes="R1" packageRef="n" layerRef="T"><Xform rotation="90" mirror="true" xOffset="1"/><Location x="5" y="5"/></Component>
<LayerFeature layerRef="T"><Set polarity="NEGATIVE"><Pad padstackDefRef="k"><Location x="1" y="1"/></Pad><Features><Location x="3" y="3"/><UserPrimitiveRef id="u"/></Features><Features><UserSpecial><Arc startX="0" startY="0" endX="1" endY="0" centerX="0.5" centerY="0"><LineDescRef id="l"/></Arc><Polyline><PolyBegin x="0" y="0"/><PolyStepSegment x="1" y="1"/><LineDesc lineWidth="0.1"/></Polyline></UserSpecial></Features></Set></LayerFeature>
<LayerFeature layerRef="H"><Set><Hole name="h" diameter="0.4" x="5" y="5"/></Set></LayerFeature></Step></CadData></Ecad></IPC-2581>"#
                .to_vec(),
        ]
    }),
    words: &[
        b"<",
        b">",
        b"/>",
        b"\"",
        b"<UserSpecial>",
        b"</UserSpecial>",
        b"<Polygon>",
        b"<PolyStepCurve x=\"1\" y=\"1\" centerX=\"0\" centerY=\"0\"/>",
        b"clockwise=\"true\"",
        b"<Step name=\"x\">",
        b"x=\"1e308\"",
        b"9999",
        b"-",
        b"id=\"p\"",
        b"<Pad>",
        b"<Features>",
        b"<!ENTITY a \"b\">",
        b"&a;",
        b"<![CDATA[",
    ],
    sealed: None,
    read,
};

pub(crate) static BOARDVIEWS: Parser = Parser {
    files: LazyLock::new(|| {
        let plain = "str_length: 100 100\nvar_data: 4 3 5 1\nFormat:\n0 0\n2000 0\n2000 1000\n0 1000\nParts:\nR1 5 2\nU1 10 4\nPins:\n100 100 -99 1 GND\n200 100 -99 1 VCC\n1000 500 1 2 GND\n1100 600 2 2 NET\nNails:\n1 1000 500 1 GND\n";
        let scrambled = plain.bytes().map(|byte| if byte == b'\n' { byte } else { (!byte).rotate_right(2) }).collect();
        let bvr = "BVRAW_FORMAT_3\nPART_NAME C7\nPART_SIDE B\nPIN_ID 1\nPIN_ORIGIN 100 200\nPIN_RADIUS 20\nPIN_END\nPIN_ORIGIN 140 200\nPIN_END\nPART_END\nOUTLINE_SEGMENTED 0 0 1000 0 1000 0 1000 500\nOUTLINE_POINTS 0 0 1 1 2 2\n";
        vec![plain.as_bytes().to_vec(), scrambled, bvr.as_bytes().to_vec()]
    }),
    words: &[
        b"Parts:",
        b"Pins:",
        b"Pins2:",
        b"Format:",
        b"Nails:",
        b"var_data:",
        b"\n",
        b" ",
        b"-99",
        b"99999999999",
        b"PART_NAME ",
        b"PIN_ORIGIN ",
        b"PIN_END\n",
        b"PIN_RADIUS 1e9\n",
        b"OUTLINE_POINTS ",
        b"nan",
    ],
    sealed: None,
    read,
};
