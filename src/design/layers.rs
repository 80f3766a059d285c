//! Which layer a file shows, as it says itself, or as its name does.

use super::artwork::LayerKind;
use crate::catalog::Side;

/// What an ending of a file's name tells, as plotting programmes choose it: Protel and Altium, Eagle, OrCAD, and the many that do as these.
const ENDINGS: [(&str, LayerKind, Option<Side>); 31] = [
    ("gtl", LayerKind::Copper, Some(Side::Top)),
    ("gbl", LayerKind::Copper, Some(Side::Bottom)),
    ("gts", LayerKind::Mask, Some(Side::Top)),
    ("gbs", LayerKind::Mask, Some(Side::Bottom)),
    ("gto", LayerKind::Silk, Some(Side::Top)),
    ("gbo", LayerKind::Silk, Some(Side::Bottom)),
    ("gtp", LayerKind::Paste, Some(Side::Top)),
    ("gbp", LayerKind::Paste, Some(Side::Bottom)),
    ("gko", LayerKind::Outline, None),
    ("gml", LayerKind::Outline, None),
    ("gm1", LayerKind::Outline, None),
    ("oln", LayerKind::Outline, None),
    ("out", LayerKind::Outline, None),
    ("cmp", LayerKind::Copper, Some(Side::Top)),
    ("sol", LayerKind::Copper, Some(Side::Bottom)),
    ("stc", LayerKind::Mask, Some(Side::Top)),
    ("sts", LayerKind::Mask, Some(Side::Bottom)),
    ("plc", LayerKind::Silk, Some(Side::Top)),
    ("pls", LayerKind::Silk, Some(Side::Bottom)),
    ("crc", LayerKind::Paste, Some(Side::Top)),
    ("crs", LayerKind::Paste, Some(Side::Bottom)),
    ("top", LayerKind::Copper, Some(Side::Top)),
    ("bot", LayerKind::Copper, Some(Side::Bottom)),
    ("smt", LayerKind::Mask, Some(Side::Top)),
    ("smb", LayerKind::Mask, Some(Side::Bottom)),
    ("sst", LayerKind::Silk, Some(Side::Top)),
    ("ssb", LayerKind::Silk, Some(Side::Bottom)),
    ("spt", LayerKind::Paste, Some(Side::Top)),
    ("spb", LayerKind::Paste, Some(Side::Bottom)),
    ("ast", LayerKind::Assembly, Some(Side::Top)),
    ("asb", LayerKind::Assembly, Some(Side::Bottom)),
];

/// What a word in a file's name tells, the surest first: `board-F_SilkS.gbr`, `Gerber_BoardOutlineLayer.GKO`, `hellboard.frontmask.gbr`.
const WORDS: [(&str, LayerKind); 18] = [
    ("outline", LayerKind::Outline),
    ("edge", LayerKind::Outline),
    ("profile", LayerKind::Outline),
    ("contour", LayerKind::Outline),
    ("drill", LayerKind::Drill),
    ("silk", LayerKind::Silk),
    ("legend", LayerKind::Silk),
    ("overlay", LayerKind::Silk),
    ("paste", LayerKind::Paste),
    ("mask", LayerKind::Mask),
    ("fab", LayerKind::Assembly),
    ("assembly", LayerKind::Assembly),
    ("courtyard", LayerKind::Assembly),
    ("copper", LayerKind::Copper),
    ("etch", LayerKind::Copper),
    ("_cu", LayerKind::Copper),
    ("-cu", LayerKind::Copper),
    (".cu", LayerKind::Copper),
];

/// How a file's name says which side it shows.
const SIDES: [(&str, Side); 10] = [
    ("top", Side::Top),
    ("front", Side::Top),
    ("f_", Side::Top),
    ("f.", Side::Top),
    ("component", Side::Top),
    ("bottom", Side::Bottom),
    ("back", Side::Bottom),
    ("b_", Side::Bottom),
    ("b.", Side::Bottom),
    ("solderside", Side::Bottom),
];

/// By the function that a file says it has (Gerber layer format specification, 5.6.3): `Copper,L1,Top`, `Legend,Bot`, `Profile,NP`.
pub(super) fn by_function(function: &str) -> (LayerKind, Option<Side>) {
    let mut fields = function.split(',');
    let kind = match fields.next().unwrap_or_default() {
        "Copper" => LayerKind::Copper,
        "Soldermask" => LayerKind::Mask,
        "Paste" => LayerKind::Paste,
        "Legend" => LayerKind::Silk,
        "Profile" => LayerKind::Outline,
        "Plated" | "NonPlated" => LayerKind::Drill,
        "AssemblyDrawing" | "Component" => LayerKind::Assembly,
        _ => LayerKind::Other,
    };
    let side = fields.find_map(|field| match field {
        "Top" => Some(Side::Top),
        "Bot" => Some(Side::Bottom),
        _ => None,
    });
    let kind = if kind == LayerKind::Copper && side.is_none() { LayerKind::Within } else { kind };
    (kind, side)
}

/// By the name of a file.
pub(super) fn by_name(name: &str) -> (LayerKind, Option<Side>) {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    if let Some((_, kind, side)) = ENDINGS.iter().find(|(known, ..)| *known == ending) {
        return (*kind, *side);
    }
    let kind = WORDS.iter().find(|(word, _)| stem.contains(word)).map(|(_, kind)| *kind);
    // The last word that tells a side: the board's own name stands before it.
    let place = |word: &str| {
        let before = |at: usize| name.get(..at).and_then(|before| before.chars().next_back());
        let begins = |at: &usize| word.len() > 2 || before(*at).is_none_or(|c| !c.is_alphanumeric());
        name.rmatch_indices(word).map(|(at, _)| at).find(begins)
    };
    let side =
        SIDES.iter().filter_map(|(word, side)| Some((place(word)?, *side))).max_by_key(|(at, _)| *at).map(|(_, side)| side);
    match (kind, side) {
        (Some(kind @ (LayerKind::Outline | LayerKind::Drill)), _) => (kind, None),
        (Some(kind), side) => (kind, side),
        (None, Some(side)) if stem.ends_with("front") || stem.ends_with("back") || stem.contains("layer") => {
            (LayerKind::Copper, Some(side))
        }
        (None, _) => (LayerKind::Other, None),
    }
}

#[test]
fn layers_are_told_by_name_and_by_function() {
    use LayerKind::{Assembly, Copper, Drill, Mask, Other, Outline, Paste, Silk, Within};
    let (top, bottom) = (Some(Side::Top), Some(Side::Bottom));
    for (name, kind, side) in [
        ("board.GTL", Copper, top),
        ("board-B_Cu.gbr", Copper, bottom),
        ("board-F_SilkS.gbr", Silk, top),
        ("stop-b/board-F_Mask.gbr", Mask, top),
        ("Gerber_TopSolderMaskLayer.gbr", Mask, top),
        ("Gerber_BoardOutlineLayer.gbr", Outline, None),
        ("Gerber_BottomLayer.gbr", Copper, bottom),
        ("hellboard.front.gbr", Copper, top),
        ("hellboard.frontmask.gbr", Mask, top),
        ("board.backpaste.gbr", Paste, bottom),
        ("board-Edge_Cuts.gbr", Outline, None),
        ("board-F_Fab.gbr", Assembly, top),
        ("board-PTH-drill.gbr", Drill, None),
        ("notes.gbr", Other, None),
    ] {
        assert_eq!(by_name(name), (kind, side), "{name}");
    }
    for (function, kind, side) in [
        ("Copper,L1,Top", Copper, top),
        ("Copper,L4,Bot,Signal", Copper, bottom),
        ("Copper,L2,Inr", Within, None),
        ("Legend,Bot", Silk, bottom),
        ("Profile,NP", Outline, None),
        ("NonPlated,1,2,NPTH,Drill", Drill, None),
        ("Other,Comment", Other, None),
    ] {
        assert_eq!(by_function(function), (kind, side), "{function}");
    }
}
