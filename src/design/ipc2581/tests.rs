use super::super::artwork::covered_mm2;
use super::super::tests::{left_out, said};
use super::*;

const BOARD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<IPC-2581 revision="C" xmlns="http://webstds.ipc.org/2581">
 <Content roleRef="owner">
  <DictionaryStandard units="MILLIMETER">
   <EntryStandard id="pad"><RectCenter width="1" height="2"/></EntryStandard>
   <EntryStandard id="dot"><Circle diameter="1"/></EntryStandard>
  </DictionaryStandard>
  <DictionaryLineDesc units="MILLIMETER"><EntryLineDesc id="pen"><LineDesc lineEnd="ROUND" lineWidth="0.2"/></EntryLineDesc></DictionaryLineDesc>
  <DictionaryUser units="MILLIMETER"><EntryUser id="sign"><UserSpecial>
   <Contour><Polygon><PolyBegin x="0" y="0"/><PolyStepSegment x="2" y="0"/><PolyStepSegment x="2" y="2"/><PolyStepSegment x="0" y="2"/></Polygon>
    <Cutout><PolyBegin x="0.5" y="0.5"/><PolyStepSegment x="1.5" y="0.5"/><PolyStepSegment x="1.5" y="1.5"/><PolyStepSegment x="0.5" y="1.5"/></Cutout></Contour>
  </UserSpecial></EntryUser></DictionaryUser>
 </Content>
 <Bom name="b"><BomItem OEMDesignNumberRef="RES-10K" quantity="1"><RefDes name="R1" packageRef="0603" populate="true" layerRef="TOP"/>
   <Characteristics category="ELECTRICAL"><Textual textualCharacteristicName="VALUE" textualCharacteristicValue="10k"/></Characteristics></BomItem>
  <BomItem OEMDesignNumberRef="CAP" quantity="1"><RefDes name="C1" packageRef="0603" populate="false" layerRef="BOT"/></BomItem></Bom>
 <Ecad name="e"><CadHeader units="INCH"/><CadData>
  <Layer name="TOP" layerFunction="CONDUCTOR" side="TOP" polarity="POSITIVE"/>
  <Layer name="INNER" layerFunction="CONDUCTOR" side="INTERNAL" polarity="POSITIVE"/>
  <Layer name="BOT" layerFunction="CONDUCTOR" side="BOTTOM" polarity="POSITIVE"/>
  <Layer name="INK" layerFunction="SILKSCREEN" side="TOP" polarity="POSITIVE"/>
  <Layer name="HOLES" layerFunction="DRILL" side="ALL" polarity="POSITIVE"/>
  <Step name="board">
   <Profile><Polygon><PolyBegin x="0" y="0"/><PolyStepSegment x="2" y="0"/><PolyStepCurve x="2" y="1" centerX="2" centerY="0.5" clockwise="false"/><PolyStepSegment x="0" y="1"/></Polygon></Profile>
   <PadStackDef name="stack"><PadstackPadDef layerRef="TOP" padUse="REGULAR"><Location x="0" y="0"/><StandardPrimitiveRef id="dot"/></PadstackPadDef>
    <PadstackPadDef layerRef="BOT" padUse="REGULAR"><StandardPrimitiveRef id="pad"/></PadstackPadDef></PadStackDef>
   <Package name="0603" type="CHIP"><Outline><Polygon><PolyBegin x="-0.04" y="-0.02"/><PolyStepSegment x="0.08" y="-0.02"/><PolyStepSegment x="0.08" y="0.02"/><PolyStepSegment x="-0.04" y="0.02"/></Polygon></Outline></Package>
   <Component refDes="R1" packageRef="0603" layerRef="TOP"><Xform rotation="90"/><Location x="0.5" y="0.5"/></Component>
   <Component refDes="C1" packageRef="0603" layerRef="BOT"><Location x="1" y="0.5"/></Component>
   <Component refDes="D1" packageRef="0603" layerRef="BOT"><Xform rotation="90" mirror="true"/><Location x="1.5" y="0.5"/><NonstandardAttribute name="VALUE" value="BAT54" type="STRING"/></Component>
   <Component refDes="" packageRef="0603" layerRef="TOP"><Location x="1" y="0.5"/></Component>
   <LayerFeature layerRef="TOP"><Set><Pad padstackDefRef="stack"><Location x="0.5" y="0.25"/></Pad>
     <Pad><Xform rotation="90"/><Location x="1" y="0.25"/><StandardPrimitiveRef id="pad"/></Pad></Set></LayerFeature>
   <LayerFeature layerRef="BOT"><Set><Pad padstackDefRef="stack"><Location x="0.5" y="0.25"/></Pad></Set></LayerFeature>
   <LayerFeature layerRef="INK"><Set><Features><Location x="0.1" y="0.1"/><UserPrimitiveRef id="sign"/></Features>
     <Features><Location x="0" y="0"/><UserSpecial><Line startX="1" startY="0.8" endX="1.1" endY="0.8"><LineDescRef id="pen"/></Line></UserSpecial></Features></Set></LayerFeature>
   <LayerFeature layerRef="HOLES"><Set><Hole name="h" diameter="0.04" platingStatus="VIA" x="0.5" y="0.5"/></Set></LayerFeature>
  </Step></CadData></Ecad>
</IPC-2581>"#;

#[test]
fn parts_are_read_with_their_bill_of_materials() {
    let design = read(BOARD).unwrap();
    // The body lies 0.02 inches beside the place: upwards when it is turned by a quarter, to the left when it is seen from below.
    assert_eq!(
        said(&design, 3),
        [
            "R1 10k 0603 RES-10K Top fitted true at 12.700, -13.208, 3.048 × 1.016, 90°",
            "C1  0603 CAP Bottom fitted false at 24.892, -12.700, 3.048 × 1.016, 0°",
            "D1 BAT54 0603  Bottom fitted true at 38.100, -13.208, 3.048 × 1.016, 90°",
        ]
    );
    assert_eq!(left_out(&design), [(4, Why::NoDesignator)]);
}

#[test]
fn layers_hold_what_is_drawn_on_them() {
    let design = read(BOARD).unwrap();
    let layer = |name: &str| design.layers.iter().find(|layer| layer.name == name).unwrap_or_else(|| panic!("{name}"));
    let round = std::f64::consts::PI / 4.0;
    for (name, kind, expected) in [
        ("TOP", LayerKind::Copper, round + 2.0),
        ("BOT", LayerKind::Copper, 2.0),
        ("INK", LayerKind::Silk, 3.0 + 2.54 * 0.2 + 0.04 * round),
        ("HOLES", LayerKind::Drill, 1.016 * 1.016 * round),
    ] {
        let covered = covered_mm2(layer(name));
        assert_eq!(layer(name).kind, kind);
        assert!((covered - expected).abs() < 0.01 * expected, "{name}: {covered} mm² for {expected}");
    }
    let turned = layer("TOP").marks[1].figure.bounds().unwrap();
    assert_eq!([turned.x, turned.y, turned.w, turned.h].map(|mm| (mm * 100.0).round() / 100.0), [24.4, -6.85, 2.0, 1.0]);
    let edge = layer("Profile").bounds().unwrap();
    assert_eq!([edge.x, edge.y, edge.w, edge.h].map(|mm| (mm * 10.0).round() / 10.0), [0.0, -25.4, 63.5, 25.4]);
}

#[test]
fn what_is_no_such_file_is_refused_in_words() {
    for text in ["<IPC-2581>", "<IPC-2581></IPC-2581>", "<!DOCTYPE a [<!ENTITY b \"c\">]><IPC-2581>&b;</IPC-2581>"] {
        assert!(is_one(text));
        assert!(matches!(read(text), Err(DesignError::BrokenXml(_))), "{text}");
    }
}
