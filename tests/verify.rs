//! `boardwatch verify`, on a report that was made of a real comparison and signed.

#![cfg(not(target_arch = "wasm32"))]

#[path = "random/mod.rs"]
mod random;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use boardwatch::cli::signature_fits;
use boardwatch::report::{
    Bundle, Exhibit, Finding, FindingId, Method, PublicKey, ReferenceNote, Report, Shows, Signature, SignatureBytes, Summary,
    comparison_digest, digest, plan, read_bundle, report_json, write_bundle, write_html, write_link, write_png,
};
use boardwatch::vision::{
    Alignment, Comparison, ExamineConfig, Files, Ignore, Picture, compare_files, decode, draw_marks, to_jpeg, to_png,
};
use ed25519_dalek::{Signer as _, SigningKey};
use random::Dice;

const PHOTO: &str = "static/catalog/specimen/sample-small.jpg";
const REFERENCE: &str = "static/catalog/specimen/unit-1-small.jpg";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn verify(arguments: &[&str]) -> (Option<i32>, String) {
    let out: Output = Command::new(env!("CARGO_BIN_EXE_boardwatch"))
        .arg("verify")
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("it starts");
    (out.status.code(), String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned())
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// A report of the small sample with a finding in each of the first differences, its pictures cut as the app cuts them.
fn compared() -> Bundle {
    let [photo, reference] = [PHOTO, REFERENCE].map(|path| fs::read(root().join(path)).unwrap());
    let comparison: Comparison =
        compare_files(&Files::of(&photo, &[&reference]), &ExamineConfig::default(), &mut Ignore).unwrap();
    let alignment = Alignment { points: Vec::new(), regions: Vec::new(), ..comparison.alignment.clone() };
    let finding = |(place, difference): (usize, &boardwatch::vision::Difference)| {
        Finding::around(FindingId(place as u32 + 1), difference.reference_box)
    };
    let report = Report {
        board: "Specimen".to_owned(),
        references: vec![ReferenceNote::of("unit 1".to_owned(), comparison.references[0].picture)],
        summary: Summary { differences: 3, flagged: 1, smallest_part_px: comparison.limits.smallest_part_px, px_per_mm: None },
        method: Method {
            made_by: comparison.made_by.clone(),
            comparison: comparison_digest(&serde_json::to_string(&comparison).unwrap()),
            px_per_mm: None,
            control_points: Vec::new(),
            units: Vec::new(),
        },
        findings: comparison.differences.iter().take(3).enumerate().map(finding).collect(),
        ..Report::about(comparison.photo, alignment)
    };
    let (photo, reference) = (decode(&photo).unwrap(), decode(&reference).unwrap());
    let warp = report.alignment.warp().unwrap();
    let exhibits = plan::exhibits(&report).into_iter().map(|(shows, view)| {
        let picture =
            if matches!(shows, Shows::ReferenceCrop(_)) { view.of_reference(&reference) } else { view.of_photo(&photo, &warp) };
        let Picture { width, height, .. } = picture;
        Exhibit { shows, area: view.area, width: width as u32, height: height as u32, file: to_jpeg(&picture).unwrap() }
    });
    let exhibits = exhibits.collect();
    Bundle { report, signature: None, exhibits }.settled().unwrap()
}

fn signed(bundle: &Bundle) -> Bundle {
    let signing = SigningKey::from_bytes(&[7; 32]);
    let key = PublicKey(signing.verifying_key().to_bytes());
    let (name, evidence) = ("Wei".to_owned(), Some(bundle.evidence()));
    let bytes = signing.sign(&Signature::statement(digest(&bundle.report), &name, key, evidence));
    let signature = SignatureBytes((*bytes.r_bytes(), *bytes.s_bytes()));
    Bundle { signature: Some(Signature { name, key, evidence, signature }), ..bundle.clone() }
}

#[test]
fn every_form_of_a_report_is_verified_and_its_comparison_repeated() {
    let bundle = compared();
    let known_as = digest(&bundle.report).to_string();
    let signed = signed(&bundle);
    let report = &bundle.report;
    let (view, marks, width) = plan::marked(report).unwrap();
    let mut marked = view.of_photo(&decode(&fs::read(root().join(PHOTO)).unwrap()).unwrap(), &report.alignment.warp().unwrap());
    draw_marks(&mut marked, &marks, width);
    let small = Bundle { exhibits: Vec::new(), ..signed.clone() };
    let forms = [
        file("whole.boardwatch", &write_bundle(&signed).unwrap()),
        file("page.html", write_html(&signed).unwrap().as_bytes()),
        file("marked.png", &write_png(&to_png(&marked).unwrap(), &small).unwrap()),
    ];
    let link = format!("https://boards.example/app/#{}", write_link(&small).unwrap());
    let names = forms.iter().map(|path| path.to_str().unwrap()).chain([link.as_str()]);
    for name in names {
        let (code, said) = verify(&[name, "--rerun", "--picture", PHOTO, "--picture", REFERENCE]);
        assert_eq!(code, Some(0), "{name}: {said}");
        for part in [known_as.as_str(), "Signed as Wei", "The signature fits", "comes out the same"] {
            assert!(said.contains(part), "{name}: {said}");
        }
    }
    let (code, said) = verify(&[file("alone.json", &report_json(report)).to_str().unwrap()]);
    assert!(code == Some(0) && said.contains("Anyone could have written this"), "{said}");
    assert!(!said.contains("comes out"), "nothing was repeated");
}

#[test]
fn what_does_not_hold_is_told_by_status_and_words() {
    let bundle = compared();
    let good = signed(&bundle);
    let mut forged = good.clone();
    forged.report.board = "Another board".to_owned();
    let mut swapped = good.clone();
    swapped.exhibits[1].file.push(0);
    let mut wrong = bundle.clone();
    wrong.report.method.comparison = Some(boardwatch::vision::Sha256([1; 32]));
    let pictures = ["--rerun", "--picture", PHOTO, "--picture", REFERENCE];
    for (name, bundle, arguments, part) in [
        ("forged", &forged, &[][..], "SIGNATURE DOES NOT FIT"),
        ("swapped", &swapped, &[], "NOT THOSE THAT WERE SIGNED"),
        ("wrong", &wrong, &pictures, "COMES OUT DIFFERENTLY"),
    ] {
        let path = file(&format!("{name}.boardwatch"), &write_bundle(bundle).unwrap());
        let (code, said) = verify(&[&[path.to_str().unwrap()], arguments].concat());
        assert!(code == Some(2) && said.contains(part), "{name}: {code:?}, {said}");
    }
    let bytes = write_bundle(&good).unwrap();
    for (name, bytes, part) in [
        ("cut", &bytes[..bytes.len() - 9], "was cut"),
        ("changed", &[&bytes[..99], b"?", &bytes[100..]].concat()[..], "was changed"),
        ("else", b"Dear diary", "holds no Boardwatch report"),
    ] {
        let path = file(&format!("{name}.boardwatch"), bytes);
        let (code, said) = verify(&[path.to_str().unwrap()]);
        assert!(code == Some(1) && said.contains(part), "{name}: {code:?}, {said}");
    }
    let path = file("good.boardwatch", &bytes);
    let (code, said) = verify(&[path.to_str().unwrap(), "--rerun", "--picture", PHOTO]);
    assert!(code == Some(1) && said.contains("Missing by SHA-256") && said.contains("--picture"), "{said}");
    let (code, said) = verify(&["https://boards.example/a.boardwatch"]);
    assert!(code == Some(1) && said.contains("Download the file"), "{said}");
}

#[test]
fn a_thousand_single_byte_edits_of_a_signed_bundle_are_all_detected() {
    let bytes = write_bundle(&signed(&compared())).unwrap();
    let holds = |bytes: &[u8]| {
        read_bundle(bytes).is_ok_and(|read| {
            let signature = read.signature.as_ref();
            signature.is_some_and(|known| signature_fits(known, digest(&read.report)) && known.evidence == Some(read.evidence()))
        })
    };
    assert!(holds(&bytes));
    let mut dice = Dice::new(1);
    let detected = (0..1000).filter(|_| {
        let mut changed = bytes.clone();
        let place = dice.below(changed.len());
        changed[place] ^= 1 + dice.below(255) as u8;
        !holds(&changed)
    });
    assert_eq!(detected.count(), 1000);
}

#[test]
fn keys_of_small_order_are_known() {
    use boardwatch::report::PublicKey;
    use ed25519_dalek::VerifyingKey;

    let bytes = |first: u8, fill: u8, last: u8| {
        let mut key = [fill; 32];
        (key[0], key[31]) = (first, last);
        key
    };
    let mut known =
        vec![bytes(0, 0, 0), bytes(1, 0, 0), bytes(0xec, 0xff, 0x7f), bytes(0xed, 0xff, 0x7f), bytes(0xee, 0xff, 0x7f)];
    for eighth in [
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ] {
        known.push(PublicKey::try_from(eighth.to_owned()).unwrap().0);
    }
    for key in known {
        for sign in [0, 0x80] {
            let mut key = key;
            key[31] |= sign;
            assert!(PublicKey(key).is_weak(), "{key:?}");
            // What is a point at all is one of small order.
            assert!(VerifyingKey::from_bytes(&key).map_or(true, |point| point.is_weak()), "{key:?}");
        }
    }
    for seed in 1..50 {
        let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]).verifying_key();
        assert!(!PublicKey(key.to_bytes()).is_weak() && !key.is_weak());
    }
}
