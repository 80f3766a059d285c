//! COCO in pycocotools, which everything else that reads COCO is built on or measured by.

use std::fs;
use std::path::Path;
use std::process::Command;

use boardwatch::report::interchange::{Format, from_coco};
use serde_json::Value;

use crate::findings::{exported, findings, reference};
use crate::{installed, scratch};

#[test]
fn pycocotools_reads_every_annotation_and_nothing_is_lost_on_the_way_through_it() {
    let Some(packages) = installed("BOARDWATCH_PYCOCOTOOLS") else { return };
    let folder = scratch("coco");
    let (dataset, saved) = (folder.join("dataset.json"), folder.join("saved.json"));
    fs::write(&dataset, exported(Format::Coco)).expect("a file can be written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers/coco.py");
    let output = Command::new("python3").arg(script).args([&dataset, &saved]).env("PYTHONPATH", packages).output();
    let output = output.unwrap_or_else(|error| panic!("python3 does not start: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let answer: Value = serde_json::from_slice(&output.stdout).expect("the script prints JSON");
    let annotations = answer["annotations"].as_array().expect("a list");
    println!("pycocotools accepted {} annotations.", annotations.len());
    assert_eq!(annotations.len(), findings().len());
    for annotation in annotations {
        let number = |value: &Value| value.as_f64().expect("a number");
        let (pixels, area) = (number(&annotation["pixels"]), number(&annotation["area"]));
        assert_eq!(annotation["shape"], serde_json::json!([900, 1200]), "{annotation}");
        // The third shape of the last one is half off the picture, where a mask has no pixels.
        let visible = if annotation["id"] == 30 { area - 200.0 * 150.0 + 100.0 * 100.0 } else { area };
        // A line one pixel wide may be drawn by a pixel more or less on either side.
        let outline: f64 = 2.0 * (number(&annotation["box"][2]) + number(&annotation["box"][3]));
        assert!(pixels > 0.0 && (pixels - visible).abs() < 0.01 * visible + outline, "{annotation}");
        if annotation["id"] != 30 {
            for side in 0..4 {
                let off = number(&annotation["mask_box"][side]) - number(&annotation["box"][side]);
                assert!(off.abs() <= 1.5, "{annotation}");
            }
        }
    }
    assert!((answer["average_precision"].as_f64().expect("a number") - 1.0).abs() < 1e-9, "{answer}");

    let back = from_coco(&fs::read_to_string(saved).expect("the script saved it"), &reference()).expect("a dataset");
    assert_eq!((back.findings, back.losses.len()), (findings(), 0));
}
