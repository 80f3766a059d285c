//! Draws the calibration curves of `docs/method.md` as SVG files.
//!
//! ```text
//! cargo run --release --example curves -- docs/figures NAME=MANIFEST...
//! ```
//!
//! Every pair of every manifest (as `specimen suite` writes them) is compared with its first reference. The curve of the smallest
//! visible part is drawn when the campaign `limits` has been run.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use boardwatch::vision::{ExamineConfig, Files, Ignore, Verdict, compare_files};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("curves OUT_FOLDER NAME=MANIFEST...")?;
    let out = Path::new(&out);
    fs::create_dir_all(out)?;
    let sets = arguments
        .map(|argument| {
            let (name, manifest) = argument.split_once('=').ok_or("each set is NAME=MANIFEST")?;
            Ok(Set { name: name.to_owned(), pairs: pairs(Path::new(manifest))? })
        })
        .collect::<Result<Vec<_>>>()?;
    if !sets.is_empty() {
        fs::write(out.join("score.svg"), score_chart(&sets))?;
        fs::write(out.join("flagged.svg"), flagged_chart(&sets))?;
    }
    if let Ok(state) = fs::read_to_string("target/campaign/limits.json") {
        fs::write(out.join("limit.svg"), limit_chart(&serde_json::from_str(&state)?))?;
    }
    Ok(())
}

struct Set {
    name: String,
    pairs: Vec<Pair>,
}

/// What one comparison came to.
struct Pair {
    /// Score of each difference, and whether it shows something that was really done.
    listed: Vec<(f64, bool)>,
    /// The best score of each thing that was done; 0 when it is not listed.
    done: Vec<f64>,
}

fn pairs(manifest: &Path) -> Result<Vec<Pair>> {
    let entries: Vec<Value> = serde_json::from_slice(&fs::read(manifest)?)?;
    let root = manifest.parent().ok_or("the manifest lies in no folder")?;
    let mut pairs = Vec::new();
    for entry in entries.iter().filter(|entry| !entry["kind"].as_str().is_some_and(|kind| kind.starts_with("different"))) {
        let file =
            |name: &str| -> Result<Vec<u8>> { Ok(fs::read(root.join(entry[name].as_str().ok_or("a picture is missing")?))?) };
        let (photo, reference) = (file("photo")?, file("reference")?);
        let said = compare_files(&Files::of(&photo, &[&reference]), &ExamineConfig::default(), &mut Ignore)?;
        if said.alignment.verdict == Verdict::Refused {
            continue;
        }
        let on_photo = entry["boxes_in"].as_str() != Some("reference");
        let number = |value: &Value| value.as_f64().unwrap_or(0.0);
        let truths: Vec<[f64; 4]> =
            entry["boxes"].as_array().into_iter().flatten().map(|b| ["x", "y", "w", "h"].map(|k| number(&b[k]))).collect();
        let mut pair = Pair { listed: Vec::new(), done: vec![0.0; truths.len()] };
        for difference in &said.differences {
            let (p, r) = (difference.photo_box, difference.reference_box);
            let seen = if on_photo { [p.x - 0.5, p.y - 0.5, p.w, p.h] } else { [r.x - 0.5, r.y - 0.5, r.w, r.h] };
            let shown: Vec<usize> = (0..truths.len()).filter(|k| shows(seen, truths[*k])).collect();
            pair.listed.push((difference.score, !shown.is_empty()));
            shown.into_iter().for_each(|k| pair.done[k] = pair.done[k].max(difference.score));
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

/// The middle of either lies in the other, give or take a few pixels, or they have much in common.
fn shows(seen: [f64; 4], there: [f64; 4]) -> bool {
    const NEAR: f64 = 6.0;
    let middle = |b: [f64; 4]| [b[0] + b[2] / 2.0, b[1] + b[3] / 2.0];
    let inside = |p: [f64; 2], b: [f64; 4], near: f64| (0..2).all(|k| p[k] >= b[k] - near && p[k] <= b[k] + b[k + 2] + near);
    let along = |k: usize| ((seen[k] + seen[k + 2]).min(there[k] + there[k + 2]) - seen[k].max(there[k])).max(0.0);
    let (common, areas) = (along(0) * along(1), [seen[2] * seen[3], there[2] * there[3]]);
    inside(middle(seen), there, NEAR)
        || common >= 0.1 * (areas[0] + areas[1] - common)
        || (inside(middle(there), seen, 0.0) && areas[0] <= 12.0 * areas[1])
}

/// How often a difference of some score is a real change.
fn score_chart(sets: &[Set]) -> String {
    const BINS: usize = 8;
    let mut chart = Chart::new("Score", "Part that shows a real change", [0.0, 1.0], 5);
    chart.line(&[(0.0, 0.0), (1.0, 1.0)], "as stated", 0, true);
    for (number, set) in sets.iter().enumerate() {
        let mut bins = [(0.0, 0_u32, 0_u32); BINS];
        for (score, real) in set.pairs.iter().flat_map(|pair| &pair.listed) {
            let bin = &mut bins[((score * BINS as f64) as usize).min(BINS - 1)];
            *bin = (bin.0 + score, bin.1 + u32::from(*real), bin.2 + 1);
        }
        let known = bins.iter().filter(|bin| bin.2 >= 5);
        let points: Vec<Point> = known.map(|(sum, real, all)| Point::of(sum / f64::from(*all), *real, *all)).collect();
        chart.points(&points, &set.name, number + 1);
    }
    chart.svg()
}

/// How many changes are flagged, and how many other places beside them, for every line that could be drawn.
fn flagged_chart(sets: &[Set]) -> String {
    let most = 4.0;
    let mut chart = Chart::new("Other places flagged per pair", "Part of the changes that is flagged", [0.0, most], 4);
    for (number, set) in sets.iter().enumerate() {
        let changes = set.pairs.iter().map(|pair| pair.done.len()).sum::<usize>().max(1) as f64;
        let at = |least: f64| {
            let found = set.pairs.iter().flat_map(|pair| &pair.done).filter(|score| **score >= least).count();
            let others = set.pairs.iter().flat_map(|pair| &pair.listed).filter(|(score, real)| *score >= least && !real).count();
            (others as f64 / set.pairs.len().max(1) as f64, found as f64 / changes)
        };
        let points: Vec<(f64, f64)> = (1..100).rev().map(|k| at(f64::from(k) / 100.0)).filter(|(x, _)| *x <= most).collect();
        chart.line(&points, &set.name, number + 1, false);
        let flagged = at(boardwatch::vision::CompareConfig::default().flagged_from);
        if flagged.0 <= most {
            chart.mark(flagged, number + 1);
        }
    }
    chart.svg()
}

/// How many parts are found, by their side beside the smallest that a comparison says it could have shown.
fn limit_chart(state: &Value) -> String {
    let mut chart = Chart::new("Side of the part beside the stated limit", "Part found among the first ten", [0.25, 1.75], 6);
    chart.line(&[(0.25, 0.9), (1.75, 0.9)], "promised at the limit", 0, true);
    let count = |name: String| state["outcomes"][&name].as_u64().unwrap_or(0) as u32;
    let sides = [
        (0.5, "half the limit"),
        (0.75, "three quarters of the limit"),
        (1.0, "the limit"),
        (1.5, "one and a half times the limit"),
    ];
    let points: Vec<Point> = sides
        .into_iter()
        .map(|(side, name)| (side, count(format!("found at {name}")), count(format!("missed at {name}"))))
        .filter(|(_, found, missed)| found + missed > 0)
        .map(|(side, found, missed)| Point::of(side, found, found + missed))
        .collect();
    chart.points(&points, "drawn boards", 1);
    chart.svg()
}

/// A share with its interval of 95 % (E. Wilson, 1927).
struct Point {
    x: f64,
    y: f64,
    low: f64,
    high: f64,
}

impl Point {
    fn of(x: f64, hits: u32, all: u32) -> Self {
        const Z: f64 = 1.96;
        let (n, y) = (f64::from(all), f64::from(hits) / f64::from(all));
        let (middle, below) = ((y + Z * Z / (2.0 * n)), 1.0 + Z * Z / n);
        let half = Z * (y * (1.0 - y) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self { x, y, low: (middle - half) / below, high: (middle + half) / below }
    }
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
/// Left, top, right, bottom.
const MARGINS: [f64; 4] = [64.0, 24.0, 24.0, 56.0];
/// Told apart by lightness as well as by hue.
const COLOURS: [&str; 4] = ["#8a8f98", "#1d4f91", "#d9731a", "#2f9e62"];

/// Shares over something.
struct Chart {
    across: [f64; 2],
    body: String,
    names: usize,
}

impl Chart {
    /// With `steps` numbers under it.
    fn new(across: &str, up: &str, range: [f64; 2], steps: u32) -> Self {
        let mut chart = Self { across: range, body: String::new(), names: 0 };
        for share in (0..=5).map(|k| f64::from(k) / 5.0) {
            let ([left, y], [right, _]) = (chart.at(range[0], share), chart.at(range[1], share));
            chart.add(&format!("<path d='M{left:.1} {y:.1}H{right:.1}' stroke='#dfe2e6'/>"));
            chart.text([left - 8.0, y + 4.0], "end", &format!("{share:.1}"));
        }
        for k in 0..=steps {
            let value = range[0] + (range[1] - range[0]) * f64::from(k) / f64::from(steps);
            let [x, bottom] = chart.at(value, 0.0);
            chart.text([x, bottom + 18.0], "middle", &format!("{}", (value * 100.0).round() / 100.0));
        }
        chart.text([MARGINS[0] + (WIDTH - MARGINS[0] - MARGINS[2]) / 2.0, HEIGHT - 12.0], "middle", across);
        let middle = MARGINS[1] + (HEIGHT - MARGINS[1] - MARGINS[3]) / 2.0;
        chart.add(&format!("<text transform='translate(18 {middle:.0}) rotate(-90)' text-anchor='middle'>{up}</text>"));
        chart
    }

    fn at(&self, x: f64, y: f64) -> [f64; 2] {
        let [left, top, right, bottom] = MARGINS;
        let part = (x - self.across[0]) / (self.across[1] - self.across[0]);
        [left + part * (WIDTH - left - right), HEIGHT - bottom - y * (HEIGHT - top - bottom)]
    }

    fn add(&mut self, element: &str) {
        self.body += element;
        self.body.push('\n');
    }

    /// Names come from the command line.
    fn escaped(name: &str) -> String {
        name.replace('&', "&amp;").replace('<', "&lt;")
    }

    fn text(&mut self, [x, y]: [f64; 2], anchor: &str, text: &str) {
        self.add(&format!("<text x='{x:.1}' y='{y:.1}' text-anchor='{anchor}'>{text}</text>"));
    }

    fn line(&mut self, points: &[(f64, f64)], name: &str, colour: usize, dashed: bool) {
        let mut path = String::new();
        for (k, (x, y)) in points.iter().enumerate() {
            let [x, y] = self.at(*x, *y);
            let _ = write!(path, "{}{x:.1} {y:.1}", if k == 0 { 'M' } else { 'L' });
        }
        let dashes = if dashed { " stroke-dasharray='5 4'" } else { "" };
        self.add(&format!("<path d='{path}' fill='none' stroke='{}' stroke-width='2'{dashes}/>", COLOURS[colour]));
        self.name(name, colour);
    }

    fn points(&mut self, points: &[Point], name: &str, colour: usize) {
        for point in points {
            let ([x, low], [_, high]) = (self.at(point.x, point.low), self.at(point.x, point.high));
            self.add(&format!("<path d='M{x:.1} {low:.1}V{high:.1}' stroke='{}' stroke-width='1.5'/>", COLOURS[colour]));
            self.mark((point.x, point.y), colour);
        }
        self.line(&points.iter().map(|point| (point.x, point.y)).collect::<Vec<_>>(), name, colour, false);
    }

    fn mark(&mut self, (x, y): (f64, f64), colour: usize) {
        let [x, y] = self.at(x, y);
        self.add(&format!("<circle cx='{x:.1}' cy='{y:.1}' r='4.5' fill='{}'/>", COLOURS[colour]));
    }

    /// Names stand in the lower right corner, one above the other.
    fn name(&mut self, name: &str, colour: usize) {
        let name = Self::escaped(name);
        let (x, y) = (WIDTH - MARGINS[2] - 10.0, HEIGHT - MARGINS[3] - 12.0 - 18.0 * self.names as f64);
        self.names += 1;
        self.add(&format!(
            "<text x='{x:.1}' y='{y:.1}' text-anchor='end' fill='{}' font-weight='600' stroke='#fff' stroke-width='4' paint-order='stroke'>{name}</text>",
            COLOURS[colour]
        ));
    }

    fn svg(&self) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' font-family='system-ui, sans-serif' font-size='13' fill='#30343a'>\n\
             <rect width='{WIDTH}' height='{HEIGHT}' fill='#fff'/>\n{}</svg>\n",
            self.body
        )
    }
}
