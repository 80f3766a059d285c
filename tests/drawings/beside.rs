//! One file, drawn by us and by gerbv.

use std::fmt;
use std::path::Path;
use std::process::Command;

use boardwatch::design::{Frame, Layer, read_design};
use boardwatch::vision::{Picture, decode, to_png};

/// A tenth of a millimetre is two pixels.
const PX_PER_MM: f64 = 20.0;
/// Pixels of a picture that is compared.
const MOST_PX: f64 = 16_000_000.0;
const MM_PER_INCH: f64 = 25.4;
/// From here on a pixel counts as covered.
const HALF: u8 = 128;

/// How alike the two are.
pub(crate) struct Beside {
    /// Pixels that either covers.
    drawn: usize,
    /// Pixels that only one covers.
    differing: usize,
    /// Of these the ones that lie more than a pixel within what either draws or leaves free.
    inside: usize,
    lines_skipped: usize,
}

pub(crate) fn gerbv_is_here() -> bool {
    Command::new("gerbv").arg("--version").output().is_ok()
}

impl Beside {
    /// Reads a file with one layer and draws it, and has gerbv draw it, too.
    pub(crate) fn of(path: &Path, name: &str) -> Result<Self, String> {
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        let design = read_design(name, &bytes).map_err(|error| format!("not read: {error}"))?;
        let [layer] = &design.layers[..] else { return Err("no drawing".to_owned()) };
        Self::of_layer(layer, path, name).map(|beside| Self { lines_skipped: design.skipped_count, ..beside })
    }

    /// Draws a layer, has gerbv draw a file that should show the same, and leaves both as a picture of this name.
    pub(crate) fn of_layer(layer: &Layer, path: &Path, name: &str) -> Result<Self, String> {
        let frame = framed(layer)?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/drawings");
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let [width, height] = frame.size();
        let ours = layer.coverage(&frame);
        let theirs = gerbvs(path, &frame, &folder.join(format!("{name}.gerbv.png")))?;
        if [theirs.width, theirs.height] != [width, height] {
            return Err(format!("gerbv drew {} × {} pixels for {width} × {height}", theirs.width, theirs.height));
        }
        let theirs: Vec<u8> = theirs.rgb.chunks_exact(3).map(|pixel| pixel[0]).collect();
        write(&folder.join(format!("{name}.png")), [width, height], &ours, &theirs);
        Ok(Self::counted(&ours, &theirs, width))
    }

    /// Draws two layers that should show the same.
    pub(crate) fn of_both(one: &Layer, other: &Layer) -> Result<Self, String> {
        let frame = framed(one)?;
        Ok(Self::counted(&one.coverage(&frame), &other.coverage(&frame), frame.size()[0]))
    }

    fn counted(ours: &[u8], theirs: &[u8], width: usize) -> Self {
        let mut beside = Self { drawn: 0, differing: 0, inside: 0, lines_skipped: 0 };
        for (place, (our, their)) in ours.iter().zip(theirs).enumerate() {
            let (our, their) = (*our >= HALF, *their >= HALF);
            beside.drawn += usize::from(our || their);
            if our != their {
                beside.differing += 1;
                beside.inside += usize::from(is_uniform(theirs, width, place) || is_uniform(ours, width, place));
            }
        }
        beside
    }

    /// Of what either draws, the share that they differ in beyond the edges.
    pub(crate) fn share(&self) -> f64 {
        self.inside as f64 / self.drawn.max(1) as f64
    }
}

impl fmt::Display for Beside {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |count: usize| 100.0 * count as f64 / self.drawn.max(1) as f64;
        write!(
            to,
            "{} pixels drawn, {:.3} % differ, {:.3} % within; {} lines not read",
            self.drawn,
            percent(self.differing),
            100.0 * self.share(),
            self.lines_skipped
        )
    }
}

/// All of a layer and a millimetre around it, with as many pixels as can be compared.
fn framed(layer: &Layer) -> Result<Frame, String> {
    let area = layer.bounds().ok_or("nothing drawn")?.grown(1.0);
    let most = (MOST_PX / (area.w * area.h)).sqrt();
    Ok(Frame { area, px_per_mm: PX_PER_MM.min(most), from_below: false })
}

/// gerbv's picture of the same part of the board.
fn gerbvs(path: &Path, frame: &Frame, out: &Path) -> Result<Picture, String> {
    let [width, height] = frame.size();
    // Its origin is the lower left corner, counted upwards.
    let below = -(frame.area.y + height as f64 / frame.px_per_mm);
    let inches = |pixels: usize| (pixels as f64 + 0.01) / (frame.px_per_mm * MM_PER_INCH);
    let run = Command::new("gerbv")
        .args(["--export=png", "--antialias", "--border=0", "--background=#000000", "--foreground=#ffffffff"])
        .arg(format!("--dpi={:.6}", frame.px_per_mm * MM_PER_INCH))
        .arg(format!("--origin={:.5}x{:.5}", frame.area.x / MM_PER_INCH, below / MM_PER_INCH))
        // In pixels it takes no more than 2,000.
        .arg(format!("--window_inch={:.6}x{:.6}", inches(width), inches(height)))
        .arg("-o")
        .arg(out)
        .arg(path)
        .output()
        .map_err(|error| error.to_string())?;
    let bytes = std::fs::read(out).map_err(|_| format!("gerbv: {}", String::from_utf8_lossy(&run.stderr)))?;
    let _ = std::fs::remove_file(out);
    decode(&bytes).map_err(|error| error.to_string())
}

/// True when the eight pixels around are covered alike.
fn is_uniform(pixels: &[u8], width: usize, place: usize) -> bool {
    let own = pixels[place] >= HALF;
    let (x, y) = (place % width, place / width);
    let height = pixels.len() / width;
    (y.saturating_sub(1)..=(y + 1).min(height - 1))
        .flat_map(|y| (x.saturating_sub(1)..=(x + 1).min(width - 1)).map(move |x| y * width + x))
        .all(|near| (pixels[near] >= HALF) == own)
}

/// Ours in green, theirs in red: what both draw is yellow.
fn write(path: &Path, [width, height]: [usize; 2], ours: &[u8], theirs: &[u8]) {
    let rgb = ours.iter().zip(theirs).flat_map(|(our, their)| [*their, *our, 0]).collect();
    let file = to_png(&Picture { width, height, rgb }).expect("a picture is encoded");
    std::fs::write(path, file).expect("a picture is written");
}
