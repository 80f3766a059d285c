//! Real design files beside the rendering of gerbv, a viewer of the same formats, pixel by pixel.
//!
//! Needs gerbv and the examples of its Debian package, and for the second half KiCad with its demo boards; without them it says so. Every pair is
//! left in `target/drawings` as a picture: what only we draw is green, what only gerbv draws red, what both draw yellow.
#![cfg(not(target_arch = "wasm32"))]

mod beside;

use std::path::{Path, PathBuf};
use std::process::Command;

use beside::{Beside, gerbv_is_here};
use boardwatch::design::read_design;

/// Where Debian puts gerbv's examples.
const EXAMPLES: &str = "/usr/share/doc/gerbv/examples";
/// Where Debian puts KiCad's boards.
const DEMOS: &str = "/usr/share/kicad/demos";
/// Of what either draws, the share that may differ more than a pixel away from every edge: thin lines, of which a pixel more or less is covered.
const ALIKE: f64 = 0.006;
/// Files of which gerbv draws something else, and why.
const OTHERWISE: [(&str, &str); 10] = [
    ("amacro-ref_jj1.drl", "routes, of which gerbv draws where they begin"),
    ("ekf2_drill20.exc", "tool 0, which gerbv draws with another size than the file tells"),
    ("ekf2_drill30.exc", "tool 0, which gerbv draws with another size than the file tells"),
    ("numpres_numpres.pcb.output_componentmask.grb", "a negative image: how far its ground goes is nowhere told"),
    ("numpres_numpres.pcb.output_soldermask.grb", "a negative image: how far its ground goes is nowhere told"),
    ("polarity_6_vbat.gbr", "a negative image: how far its ground goes is nowhere told"),
    ("protel-pnp_SE_SG_IF_V2.TXT", "gerbv counts other digits; ours lie in the middle of the pads of the same board"),
    ("custom_pads_test", "outlines of hundreds of corners in macros, of which gerbv draws the first ones"),
    ("uwe_", "a pen of no width, with which we draw a pixel"),
    ("StickHub-F_Fab.gbr", "lines that are thinner than a pixel"),
];

/// What gerbv draws otherwise; the reason.
fn otherwise(name: &str) -> Option<&'static str> {
    OTHERWISE.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, why)| *why)
}

/// Prints how alike two drawings are; what complaints there are.
fn told(name: &str, reader: &str, beside: Result<Beside, String>, complaints: &mut Vec<String>) {
    match beside {
        Ok(beside) => {
            let why = otherwise(name).map_or(String::new(), |why| format!(" ({why})"));
            println!("{name} ({reader}): {beside}{why}");
            if beside.share() > ALIKE && why.is_empty() {
                complaints.push(format!("{name} ({reader}): {beside}"));
            }
        }
        Err(why) => complaints.push(format!("{name} ({reader}): {why}")),
    }
}

#[test]
fn the_examples_of_gerbv_are_drawn_as_it_draws_them() {
    if !gerbv_is_here() || !Path::new(EXAMPLES).is_dir() {
        println!("skipped: gerbv and its examples are not on this machine (Debian: apt-get install gerbv)");
        return;
    }
    let mut paths = Vec::new();
    gather(Path::new(EXAMPLES), &mut paths);
    paths.sort();
    let (mut complaints, mut drawn) = (Vec::new(), 0);
    for path in paths {
        let name = path.strip_prefix(EXAMPLES).expect("below it").to_string_lossy().replace('/', "_");
        match read_design(&name, &std::fs::read(&path).expect("a file")) {
            Ok(design) if !design.layers.is_empty() => {
                drawn += 1;
                told(&name, "read", Beside::of(&path, &name), &mut complaints);
            }
            Ok(design) => println!("{name}: {} parts", design.placements.len()),
            Err(error) => println!("{name}: {error}"),
        }
    }
    assert!(drawn >= 70 && complaints.is_empty(), "{drawn} files drawn; {}", complaints.join("\n"));
}

#[test]
fn the_boards_of_kicad_are_drawn_as_it_plots_them() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drawings/plot.py");
    let can_plot = Command::new("/usr/bin/python3").args(["-c", "import pcbnew"]).output().is_ok_and(|run| run.status.success());
    if !gerbv_is_here() || !can_plot || !Path::new(DEMOS).is_dir() {
        println!(
            "skipped: gerbv, KiCad and its boards are not on this machine (Debian: apt-get install gerbv kicad kicad-demos)"
        );
        return;
    }
    let mut boards = Vec::new();
    gather(Path::new(DEMOS), &mut boards);
    boards.retain(|board| board.extension().is_some_and(|ending| ending == "kicad_pcb"));
    boards.sort();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plots");
    let plotted = Command::new("/usr/bin/python3").arg(script).arg(&folder).args(&boards).output().expect("python3 runs");
    assert!(plotted.status.success(), "{}", String::from_utf8_lossy(&plotted.stderr));
    let (mut complaints, mut drawn) = (Vec::new(), 0);
    for board in boards {
        let stem = board.file_stem().expect("a file").to_string_lossy().into_owned();
        let design = read_design("", &std::fs::read(&board).expect("a file")).unwrap_or_else(|error| panic!("{stem}: {error}"));
        println!("{stem}: {} parts, {} left out", design.placements.len(), design.skipped_count);
        for layer in &design.layers {
            let ending = if layer.name == "Drill" { ".drl".to_owned() } else { format!("-{}.gbr", layer.name.replace('.', "_")) };
            let file = folder.join(&stem).join(format!("{stem}{ending}"));
            if !file.is_file() {
                continue;
            }
            drawn += 1;
            let name = format!("{stem}{ending}");
            told(&name, "read", Beside::of(&file, &name), &mut complaints);
            told(&name, "KiCad's board", Beside::of_layer(layer, &file, &format!("kicad_{name}")), &mut complaints);
            // Where gerbv is no judge, the two readers are each other's.
            let own = read_design(&name, &std::fs::read(&file).expect("a file")).expect("KiCad's own plot is read");
            told("both readers", &name, Beside::of_both(layer, &own.layers[0]), &mut complaints);
        }
    }
    assert!(drawn >= 100 && complaints.is_empty(), "{drawn} layers drawn; {}", complaints.join("\n"));
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map_while(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
