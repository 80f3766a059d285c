//! A suite of cases in the format of the evaluation set beside the checkout (`../shared`): pixel centres at integers there.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

use crate::random::Random;
use crate::{Board, BoardConfig, Camera, Difficulty, PixelBox, Shot, Tampering, Truth, Unit, UnitConfig, photograph, truth};

/// What to draw.
#[derive(Debug, Clone)]
pub struct SuiteConfig {
    /// Another seed is another suite.
    pub seed: u64,
    /// Cases.
    pub count: usize,
    /// Of every picture.
    pub megapixels: f64,
    /// References per case, each of another unit.
    pub references: usize,
    /// Tamperings on every board; 0 for the suite's own mixture, in which some boards have none. With tamperings the suite is
    /// one to learn from: print, cameras and care differ more widely.
    pub tamperings: usize,
    /// Photos of every board, each of another unit. In the suite's own mixture every second one is of a unit as it was made.
    pub photos: usize,
    /// Added 0603 parts on every photo, in place of the mixture; 0 for the mixture.
    pub implants: usize,
}

/// Sizes of boards in mm, with their names: two mainboards, two modules.
const FORMATS: [(&str, [f64; 2]); 4] =
    [("mini", [170.0, 170.0]), ("matx", [244.0, 244.0]), ("module", [100.0, 80.0]), ("card", [140.0, 96.0])];

/// Those of suites with many tamperings: near enough that a 0603 part has some pixels on pictures of 4 MP.
const CLOSE_FORMATS: [(&str, [f64; 2]); 4] =
    [("mini", [150.0, 150.0]), ("board", [190.0, 140.0]), ("module", [100.0, 80.0]), ("card", [140.0, 96.0])];

/// Draws the suite into `folder`, which is made if need be; `progress` hears the name of every case as it is begun.
///
/// # Errors
/// When a file can't be written.
pub fn write_suite(folder: &Path, config: &SuiteConfig, mut progress: impl FnMut(&str)) -> io::Result<()> {
    let mut entries = Vec::new();
    for number in 0..config.count {
        let case = Case::of(config, number);
        progress(&case.id);
        entries.extend(case.write(folder, config)?);
    }
    fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&entries)?)
}

struct Case {
    id: String,
    kind: &'static str,
    difficulty: Difficulty,
    seed: u64,
    size_mm: [f64; 2],
    format: &'static str,
    tamperings: Vec<Tampering>,
    half: bool,
}

impl Case {
    /// The cases of a suite in turn: all formats and difficulties; of twelve, two without a change and one of another board.
    fn of(config: &SuiteConfig, number: usize) -> Self {
        use Tampering::{Added, Bridged, Cut, Filled, Missing, Placed, Rotated, Skewed, Swapped, Wired};
        let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Medium][number % 4];
        let turn = (number + number / 4) % 4;
        let (format, size_mm) = if config.tamperings > 0 { CLOSE_FORMATS[turn] } else { FORMATS[turn] };
        let (kind, tamperings) = match number % 12 {
            2 | 9 => ("clean", vec![]),
            7 => ("different", vec![]),
            0 | 4 => ("tampered", vec![Added]),
            1 | 10 => ("tampered", vec![Added, Missing]),
            3 | 6 => ("tampered", vec![Swapped, Added]),
            5 => ("tampered", vec![Filled, Rotated]),
            8 => ("tampered", vec![Missing, Missing, Added]),
            _ => ("tampered", vec![Added, Missing, Swapped]),
        };
        let (kind, tamperings) = if config.tamperings > 0 {
            let turn =
                [Added, Missing, Filled, Wired, Swapped, Missing, Skewed, Added, Rotated, Placed, Cut, Bridged, Skewed, Missing];
            ("tampered", turn.into_iter().cycle().take(config.tamperings).collect())
        } else if config.implants > 0 {
            ("tampered", vec![Added; config.implants])
        } else {
            (kind, tamperings)
        };
        let half = config.tamperings + config.implants == 0 && number % 12 == 11;
        let what = if half { "half" } else { kind };
        let id = format!("g{:03}_{}_{}_{}", number + 1, difficulty.word(), format, what);
        Self { id, kind, difficulty, seed: config.seed * 1000 + number as u64, size_mm, format, tamperings, half }
    }

    /// Draws the references, then the photos; an entry of the manifest per photo.
    fn write(&self, folder: &Path, config: &SuiteConfig) -> io::Result<Vec<Value>> {
        let room = folder.join(&self.id);
        fs::create_dir_all(&room)?;
        let framed = config.tamperings > 0 && self.seed.is_multiple_of(2);
        let board = |seed| Board::new(&BoardConfig { seed, size_mm: self.size_mm, framed, ..BoardConfig::default() });
        let unit = |board: &Board, seed| board.unit(&self.unit(seed, config));
        let size = size_of(config.megapixels);
        let design = board(self.seed);
        fs::write(room.join("placements.csv"), design.placements())?;
        let mut references = Vec::new();
        let mut first: Option<Shot> = None;
        for k in 0..config.references.max(1) {
            let shot = photograph(&unit(&design, 10 + k as u64), &self.reference_camera(k as u64, config), size);
            let name = numbered("reference", k);
            fs::write(room.join(format!("{name}.jpg")), shot.jpeg(shot.quality))?;
            references.push(format!("{}/{name}.jpg", self.id));
            first.get_or_insert(shot);
        }
        let reference = first.ok_or(io::ErrorKind::InvalidData)?;
        let other = (self.kind == "different").then(|| board(self.seed ^ 0x5eed));
        let product = other.as_ref().unwrap_or(&design);
        let mut entries = Vec::new();
        for k in 0..config.photos.max(1) {
            let untouched = config.tamperings + config.implants == 0 && k % 2 == 1;
            let kind = if untouched && self.kind == "tampered" { "clean" } else { self.kind };
            let done: &[Tampering] = if untouched { &[] } else { &self.tamperings };
            let subject: Unit = done.iter().fold(unit(product, 90 + k as u64), |unit, t| unit.with(*t));
            let difficulty = self.photo_difficulty(k, config);
            let photo = photograph(&subject, &self.photo_camera(k as u64, difficulty, config), size);
            let (name, grid) = (numbered("photo", k), numbered("truth", k));
            fs::write(room.join(format!("{name}.jpg")), photo.jpeg(photo.quality))?;
            let truth = truth(&reference, &photo);
            fs::write(room.join(format!("{grid}.json")), serde_json::to_string(&self.truth_json(&truth, difficulty))?)?;
            entries.push(json!({
                "id": numbered(&self.id, k), "kind": kind, "difficulty": difficulty.word(), "board": self.format,
                "reference": references[0], "references": references, "photo": format!("{}/{name}.jpg", self.id),
                "boxes_in": "photo", "boxes": boxes(&truth, |b| b.photo_box), "ignore": [],
                "grid": format!("{}/{grid}.json", self.id), "placements": format!("{}/placements.csv", self.id),
                "photo_px_per_mm": truth.photo_px_per_mm, "reference_px_per_mm": truth.reference_px_per_mm,
            }));
        }
        Ok(entries)
    }

    /// Contributors are careful; to learn from, some are not, and their cameras render as they like.
    fn reference_camera(&self, number: u64, config: &SuiteConfig) -> Camera {
        let seed = self.seed * 31 + number;
        if config.tamperings == 0 {
            return Camera::reference(seed);
        }
        match Random::of(seed, 50).below(10) {
            0..5 => Camera::reference(seed).of_another_make(),
            5..8 => Camera::hand_held(seed, Difficulty::Easy).of_another_make(),
            _ => Camera::hand_held(seed, Difficulty::Medium).of_another_make(),
        }
    }

    /// Each photo of a board to learn from is as hard to compare as another case's.
    fn photo_difficulty(&self, number: usize, config: &SuiteConfig) -> Difficulty {
        match number % 4 {
            others @ 1.. if config.tamperings > 0 => [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][others - 1],
            _ => self.difficulty,
        }
    }

    fn photo_camera(&self, number: u64, difficulty: Difficulty, config: &SuiteConfig) -> Camera {
        let camera = Camera::hand_held(self.seed * 31 + 90 + number, difficulty);
        match config.tamperings {
            0 if self.half => camera.over_half(),
            0 => camera,
            _ => camera.of_another_make(),
        }
    }

    /// Where many tamperings are to be learned from, care in making and keeping the units differs, too.
    fn unit(&self, seed: u64, config: &SuiteConfig) -> UnitConfig {
        let usual = UnitConfig { seed, ..UnitConfig::default() };
        if config.tamperings == 0 {
            return usual;
        }
        let care = (self.seed.wrapping_mul(7) % 10) as f64 / 9.0;
        UnitConfig { placement_mm: 0.03 + 0.09 * care, dust: 40.0 + 160.0 * care, other_lots: 0.1 + 0.3 * care, ..usual }
    }

    fn truth_json(&self, truth: &Truth, difficulty: Difficulty) -> Value {
        let parts: Vec<Value> = truth
            .parts
            .iter()
            .map(|part| {
                let PixelBox { x, y, w, h } = part.photo_box;
                let foot = part.foot.map(|v| round(v - 0.5));
                json!([
                    part.name,
                    part.kind,
                    part.height_mm,
                    round(x - 0.5),
                    round(y - 0.5),
                    round(w),
                    round(h),
                    foot[0],
                    foot[1]
                ])
            })
            .collect();
        let grid: Vec<[f64; 4]> = truth.grid.iter().map(|point| point.map(|v| round(v - 0.5))).collect();
        json!({
            "seed": self.seed, "preset": self.format, "board_mm": self.size_mm, "difficulty": difficulty.word(),
            "view": if self.half { "half" } else { "full" }, "same_board": truth.same_board,
            "photo_px_per_mm": truth.photo_px_per_mm, "reference_px_per_mm": truth.reference_px_per_mm,
            "boxes": boxes(truth, |b| b.photo_box), "reference_boxes": boxes(truth, |b| b.reference_box),
            "ignore": [], "grid": grid, "parts": parts,
        })
    }
}

/// The name itself for the first, with its number behind it for the others.
fn numbered(name: &str, number: usize) -> String {
    if number == 0 { name.to_owned() } else { format!("{name}_{}", number + 1) }
}

/// A picture of four by three with about so many megapixels.
#[must_use]
pub fn size_of(megapixels: f64) -> [usize; 2] {
    let unit = ((megapixels * 1e6 / 12.0).sqrt() / 4.0).round().max(10.0) as usize * 4;
    [unit * 4, unit * 3]
}

fn boxes(truth: &Truth, which: impl Fn(&crate::TruthBox) -> PixelBox) -> Vec<Value> {
    let one = |found: &crate::TruthBox| {
        let PixelBox { x, y, w, h } = which(found);
        let (label, tamper) = (found.tampering.label(), found.tampering.word());
        json!({ "x": round(x - 0.5), "y": round(y - 0.5), "w": round(w), "h": round(h), "label": label, "tamper": tamper, "part": found.part })
    };
    truth.boxes.iter().map(one).collect()
}

fn round(v: f64) -> f64 {
    (v * 1000.0).round() / 1000.0
}
