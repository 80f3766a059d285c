//! Designs on the command line.

use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, UnitConfig, photograph, truth};

use crate::{boardwatch, place, text};

#[test]
fn a_design_is_laid_over_a_photo_and_says_what_belongs_where() {
    let board = Board::new(&BoardConfig { seed: 11, size_mm: [80.0, 60.0], ..BoardConfig::default() });
    let good = board.unit(&UnitConfig { seed: 1, ..UnitConfig::default() });
    let bad = board.unit(&UnitConfig { seed: 2, ..UnitConfig::default() }).with(Tampering::Added);
    let size = [1600, 1200];
    let (reference, photo) =
        (photograph(&good, &Camera::reference(1), size), photograph(&bad, &Camera::hand_held(5, Difficulty::Easy), size));
    let [photo_file, reference_file, design, json, overlay] =
        ["check.jpg", "check-good.jpg", "check.csv", "check.json", "check.png"].map(place);
    std::fs::write(&photo_file, photo.jpeg(90)).unwrap();
    std::fs::write(&reference_file, reference.jpeg(90)).unwrap();
    std::fs::write(&design, board.placements()).unwrap();
    let [photo_path, reference_path, design_path, json_path, overlay_path] =
        [&photo_file, &reference_file, &design, &json, &overlay].map(|path| path.to_str().unwrap());
    let out = boardwatch(&[
        "check",
        photo_path,
        "--design",
        design_path,
        "--reference",
        reference_path,
        "--json",
        json_path,
        "--overlay",
        overlay_path,
    ]);
    let (said, wrong) = (text(&out.stdout), text(&out.stderr));
    assert_eq!(out.status.code(), Some(0), "{said}{wrong}");
    assert!(said.contains("The design lies on the photo"), "{said}");
    let found: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    assert_eq!((&found["format"], &found["alignment"]["verdict"]), (&"boardwatch-check".into(), &"aligned".into()));
    assert_eq!(found["parts"].as_array().unwrap().len(), board.parts.len());
    let added = &truth(&reference, &photo).boxes[0];
    let is_there = |difference: &&serde_json::Value| {
        let at = |key: &str| difference["photo_box"][key].as_f64().unwrap();
        let (x, y) = (at("x") + at("w") / 2.0, at("y") + at("h") / 2.0);
        let area = added.photo_box;
        (area.x..area.x + area.w).contains(&x) && (area.y..area.y + area.h).contains(&y)
    };
    let difference = found["differences"].as_array().unwrap().iter().find(is_there).expect("the added part is seen");
    assert_eq!(difference["design"], "nothing_placed", "{difference}");
    assert!(said.contains("Nothing is placed here in the design"), "{said}");
    assert!(difference["nearest"]["mm"].as_f64().unwrap() > 0.4, "{difference}");
    let drawn = boardwatch::vision::decode(&std::fs::read(&overlay).unwrap()).unwrap();
    assert_eq!((drawn.width, drawn.height), (1600, 1200));

    // A design of another board is refused, and told so where a part is named that it does not have.
    let other = Board::new(&BoardConfig { seed: 12, size_mm: [80.0, 60.0], ..BoardConfig::default() });
    std::fs::write(&design, other.placements()).unwrap();
    let out = boardwatch(&["check", photo_path, "--design", design_path]);
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stdout));
    let out =
        boardwatch(&["check", photo_path, "--design", design_path, "--at", "NONE1=1,2", "--at", "R1=3,4", "--at", "R2=5,6"]);
    assert!(text(&out.stderr).contains("The design has no NONE1 on the top side."), "{}", text(&out.stderr));
}

#[test]
fn the_files_of_a_design_become_a_picture() {
    let [copper, holes, parts, out] = ["draw.gtl", "draw.drl", "draw.csv", "draw.png"].map(place);
    std::fs::write(&copper, "%FSLAX24Y24*%%MOMM*%%ADD10R,4X4*%D10*X50000Y50000D03*Q9*M02*").unwrap();
    std::fs::write(&holes, "M48\nMETRIC\nT1C1.0\n%\nT1\nX5.0Y5.0\nM30\n").unwrap();
    std::fs::write(&parts, "Ref,Package,X(mm),Y(mm),Side\nR1,R_0603,5,2.5,top\n").unwrap();
    let [copper_path, holes_path, parts_path, out_path] = [&copper, &holes, &parts, &out].map(|path| path.to_str().unwrap());
    let drawn = boardwatch(&["draw", copper_path, holes_path, parts_path, "--out", out_path, "--px-per-mm", "10"]);
    let (said, wrong) = (text(&drawn.stdout), text(&drawn.stderr));
    assert_eq!(drawn.status.code(), Some(0), "{said}{wrong}");
    for sentence in [
        "copper, top: 1 shapes, 4.0 × 4.0 mm: ",
        "drill: 1 shapes, 1.0 × 1.0 mm: ",
        "1 parts: ",
        "1 lines of the design could not be read: 1.",
    ] {
        assert!(said.contains(sentence), "{sentence}: {said}");
    }
    let picture = boardwatch::vision::decode(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!((picture.width, picture.height), (60, 69));
    let pixel = |x: usize, y: usize| &picture.rgb[3 * (y * 60 + x)..][..3];
    assert_eq!((pixel(30, 30), pixel(20, 20)), (&[0, 0, 0][..], &[110, 84, 38][..]), "a hole in copper");
    assert_ne!(pixel(3, 3), pixel(20, 20));

    let empty = boardwatch(&["draw", copper_path, "--side", "bottom", "--out", out_path]);
    assert!(text(&empty.stderr).contains("The design draws nothing on the bottom side."), "{}", text(&empty.stderr));
    let wrong = boardwatch(&["draw", copper_path, "--layer", "gold", "--out", out_path]);
    assert!(text(&wrong.stderr).contains("--layer takes one of copper, mask"), "{}", text(&wrong.stderr));
    let over = boardwatch(&["draw", out_path, "--out", out_path]);
    assert!(text(&over.stderr).contains("would be written over"), "{}", text(&over.stderr));
}
