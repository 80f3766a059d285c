//! A second reader, written from `docs/formats/report.md` alone and knowing nothing of the product's own: where the two
//! disagree, the page or the product is wrong.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use boardwatch::report::{Exhibit, read_link, write_link};
use serde_json::{Value, json};

use crate::random::{self, Dice};

const VERDICTS: [&str; 3] = ["aligned", "doubtful", "refused"];
const REASONS: [&str; 13] = [
    "agrees",
    "little_overlap",
    "partly_agrees",
    "loose_fit",
    "too_few_features",
    "too_blurred",
    "too_few_pixels",
    "mirrored",
    "different_board",
    "parts_agree",
    "parts_partly_agree",
    "parts_disagree",
    "too_few_parts",
];
const KINDS: [&str; 9] = ["added", "missing", "replaced", "moved", "bodge_wire", "rework", "marking", "damage", "other"];
const SEVERITIES: [&str; 3] = ["low", "medium", "high"];
const JUDGEMENTS: [&str; 4] = ["suspicious", "explained", "confirmed", "refuted"];

const BLIND: [&str; 5] = ["out_of_frame", "glare", "blur", "parallax", "dark"];
const SEEN: [&str; 3] = ["same", "different", "cant_tell"];

/// In JSON, what says nothing is left out.
fn leave_out(object: &mut Value, name: &str, nothing: &Value) {
    if object[name] == *nothing {
        object.as_object_mut().unwrap().remove(name);
    }
}

/// What is still unread of the numbers, and of the texts.
struct Bytes<'a>(&'a [u8], &'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) = self.0.split_first_chunk().expect("the bytes reach to the end");
        self.0 = rest;
        *taken
    }

    fn unsigned(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let [byte] = self.take();
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    fn signed(&mut self) -> i64 {
        let folded = self.unsigned() as i64;
        (folded >> 1) ^ -(folded & 1)
    }

    fn text(&mut self) -> String {
        assert_eq!(self.unsigned(), 0, "texts stand by themselves");
        let end = self.1.iter().position(|byte| *byte == 0xff).expect("a text has an end");
        let (text, rest) = self.1.split_at(end);
        self.1 = &rest[1..];
        String::from_utf8(text.to_vec()).expect("text is UTF-8")
    }

    fn unsigned_length(&mut self) -> usize {
        self.unsigned() as usize
    }

    fn single(&mut self) -> f64 {
        f64::from(f32::from_le_bytes(self.take()))
    }

    fn double(&mut self) -> f64 {
        f64::from_le_bytes(self.take())
    }

    fn share(&mut self) -> f64 {
        self.unsigned() as f64 / 10_000.0
    }

    fn name(&mut self, names: &[&str]) -> Value {
        names[self.unsigned_length()].into()
    }

    fn list(&mut self, item: impl Fn(&mut Self) -> Value) -> Value {
        (0..self.unsigned()).map(|_| item(self)).collect()
    }

    fn perhaps(&mut self, item: impl Fn(&mut Self) -> Value) -> Value {
        if self.take() == [1] { item(self) } else { Value::Null }
    }

    fn picture(&mut self) -> Value {
        let sha256: String = self.take::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ "sha256": sha256, "width": self.unsigned(), "height": self.unsigned() })
    }

    fn mesh(&mut self) -> Value {
        let step = |bytes: &mut Self| Value::from(bytes.signed() as f32 / 16.0);
        json!({
            "columns": self.unsigned(),
            "rows": self.unsigned(),
            "step_x": self.double(),
            "step_y": self.double(),
            "nodes": self.list(|bytes| json!([step(bytes), step(bytes)])),
        })
    }

    fn finding(&mut self) -> Value {
        let mut finding = json!({
            "id": self.unsigned(),
            "shapes": self.list(Self::shape),
            "kind": self.name(&KINDS),
            "designator": self.text(),
            "severity": self.name(&SEVERITIES),
            "judgement": self.name(&JUDGEMENTS),
            "note": self.text(),
            "tags": self.list(|bytes| bytes.text().into()),
            "score": self.perhaps(|bytes| bytes.share().into()),
            "depth": self.signed(),
        });
        for (name, nothing) in [("designator", json!("")), ("tags", json!([])), ("depth", json!(0))] {
            leave_out(&mut finding, name, &nothing);
        }
        finding
    }

    fn length(&mut self) -> f64 {
        self.signed() as f64 / 8.0
    }

    fn point(&mut self) -> Value {
        json!({ "x": self.length(), "y": self.length() })
    }

    fn shape(&mut self) -> Value {
        let area =
            |bytes: &mut Self| json!({ "x": bytes.length(), "y": bytes.length(), "w": bytes.length(), "h": bytes.length() });
        let ends = |bytes: &mut Self| json!([bytes.point(), bytes.point()]);
        match self.unsigned() {
            0 => json!({ "box": area(self) }),
            1 => json!({ "point": self.point() }),
            2 => json!({ "ellipse": area(self) }),
            3 => json!({ "polygon": self.list(Self::point) }),
            4 => json!({ "line": ends(self) }),
            5 => json!({ "arrow": ends(self) }),
            6 => json!({ "freehand": self.list(Self::point) }),
            7 => json!({ "text": { "at": self.point(), "text": self.text() } }),
            8 => json!({ "measure": ends(self) }),
            other => panic!("there is no shape {other}"),
        }
    }

    fn report(&mut self) -> Value {
        let (board, photo) = (self.text(), self.picture());
        let references = self.list(|bytes| json!({ "title": bytes.text(), "picture": bytes.picture() }));
        let alignment = json!({
            "verdict": self.name(&VERDICTS),
            "reason": self.name(&REASONS),
            "homography": self.perhaps(|bytes| (0..9).map(|_| bytes.double()).collect()),
            "mesh": self.perhaps(Self::mesh),
            "points": [],
            "inliers": self.unsigned(),
            "residual_px": self.perhaps(|bytes| json!({ "median": bytes.single(), "p95": bytes.single() })),
            "coverage": self.share(),
        });
        let summary = json!({
            "differences": self.unsigned(),
            "flagged": self.unsigned(),
            "smallest_part_px": self.single(),
            "px_per_mm": self.perhaps(|bytes| bytes.single().into()),
        });
        let findings = self.list(Self::finding);
        json!({
            "board": board, "photo": photo, "references": references,
            "alignment": alignment, "summary": summary, "findings": findings,
        })
    }

    fn hash(&mut self) -> Value {
        self.take::<32>().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
    }

    fn area(&mut self) -> Value {
        json!({ "x": self.length(), "y": self.length(), "w": self.length(), "h": self.length() })
    }

    /// The report, the signature and the exhibits.
    fn bundle(&mut self) -> [Value; 3] {
        let mut report = self.report();
        report["unit"] = self.text().into();
        report["contributor"] = self.text().into();
        let credits = self.list(|bytes| json!([bytes.text(), bytes.text(), bytes.text(), bytes.text()]));
        for (reference, credits) in report["references"].as_array_mut().unwrap().iter_mut().zip(credits.as_array().unwrap()) {
            for (name, credit) in ["contributor", "licence", "source", "catalogue"].into_iter().zip(credits.as_array().unwrap()) {
                reference[name] = credit.clone();
            }
            leave_out(reference, "catalogue", &json!(""));
        }
        report["blind"] = self.list(|bytes| json!({ "reason": bytes.name(&BLIND), "reference_box": bytes.area() }));
        report["method"] = json!({
            "made_by": self.text(),
            "comparison": self.perhaps(Self::hash),
            "px_per_mm": self.perhaps(|bytes| bytes.double().into()),
            "control_points": self.list(|bytes| {
                let [x, y, u, v] = [(); 4].map(|()| bytes.double());
                json!({ "photo": { "x": x, "y": y }, "reference": { "x": u, "y": v } })
            }),
            "units": self.list(|bytes| bytes.perhaps(|bytes| bytes.unsigned().into())),
        });
        leave_out(&mut report["method"], "units", &json!([]));
        let place = |bytes: &mut Self| json!({ "finding": bytes.unsigned(), "seen": bytes.name(&SEEN), "note": bytes.text() });
        report["answer"] = self.perhaps(|bytes| json!({ "report": bytes.hash(), "places": bytes.list(place) }));
        let signature = self.perhaps(|bytes| {
            let (name, key, evidence) = (bytes.text(), bytes.hash(), bytes.perhaps(Self::hash));
            let halves = [bytes.hash(), bytes.hash()].map(|half| half.as_str().unwrap().to_owned());
            json!({ "name": name, "key": key, "evidence": evidence, "signature": halves.concat() })
        });
        let exhibits = self.list(|bytes| {
            let shows = match bytes.unsigned() {
                0 => json!("overview"),
                1 => json!({ "photo_crop": bytes.unsigned() }),
                2 => json!({ "reference_crop": bytes.unsigned() }),
                3 => json!("photo"),
                4 => json!({ "reference": bytes.unsigned() }),
                other => panic!("nothing shows {other}"),
            };
            let (area, width, height) = (bytes.area(), bytes.unsigned(), bytes.unsigned());
            let length = bytes.unsigned_length();
            let (file, rest) = bytes.0.split_at(length);
            bytes.0 = rest;
            json!({ "shows": shows, "area": area, "width": width, "height": height, "file": file })
        });
        [report, signature, exhibits]
    }
}

#[test]
fn a_reader_written_from_the_page_reads_the_same() {
    for seed in 0..200 {
        let link = write_link(&random::report::bundle(&mut Dice::new(seed))).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(link.strip_prefix("r3.").unwrap()).unwrap();
        let (header, payload) = bytes.split_at(8);
        assert_eq!(header[..4], (payload.len() as u32).to_le_bytes());
        assert_eq!(header[4..], crc32fast::hash(&[b"r3.", payload].concat()).to_le_bytes());
        let mut payload = Bytes(payload, &[]);
        let length = payload.unsigned_length();
        let (numbers, texts) = payload.0.split_at(length);
        let [numbers, texts] = [numbers, texts].map(|part| miniz_oxide::inflate::decompress_to_vec(part).unwrap());
        let mut rest = Bytes(&numbers, &texts);
        let [report, signature, exhibits] = rest.bundle();
        assert_eq!((rest.0.len(), rest.1.len()), (0, 0), "seed {seed}: bytes are left over");
        let read = read_link(&link).unwrap();
        assert_eq!(report, serde_json::to_value(&read.report).unwrap(), "seed {seed}");
        assert_eq!(signature, serde_json::to_value(&read.signature).unwrap(), "seed {seed}");
        let shown = |exhibit: &Exhibit| {
            let Exhibit { shows, area, width, height, file } = exhibit;
            json!({ "shows": shows, "area": area, "width": width, "height": height, "file": file })
        };
        assert_eq!(exhibits, read.exhibits.iter().map(shown).collect::<Value>(), "seed {seed}");
    }
}
