//! Drawings: what the drafter, a worker of its own, is asked, and what it makes of it. It reads files of design programmes, draws a side of the
//! board on a transparent sheet, and sets a photo against it.

use serde::{Deserialize, Serialize};

use crate::catalog::Side;
use crate::design::{CheckOrder, Checked, Design, DesignCheck, DesignError, Frame, read_design};
use crate::geometry::{Photo, Point, Rect, Reference, Warp};
use crate::report::{ControlPoint, DesignFile, Drawing};
use crate::vision::{self, Comparison, PictureFacts, Sha256, Verdict, Watch};

/// What is to be done with the files of a design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftRequest {
    /// Draw a side. Buffers: the files.
    Draw {
        /// Of the files: which layer a Gerber file shows, its name may say.
        names: Vec<String>,
        /// Which one; else the top, or the bottom where only that has something.
        side: Option<Side>,
    },
    /// Set a photo against a side. Buffers: the photo, then the files.
    Check(Box<CheckRequest>),
}

/// A photo that is to be set against a design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckRequest {
    /// Of the files.
    pub names: Vec<String>,
    /// The picture of the drawing.
    pub sheet: PictureFacts,
    /// What it shows: the drawing's own `frame`.
    pub frame: String,
    /// Places that a person marked as the same: on the photo, and on the drawing's picture.
    pub points: Vec<ControlPoint>,
    /// How the photo lies on a first reference that is a photo, and what differs there, on the photo; `None` where the drawing is the only reference.
    pub on: Option<(Warp, Vec<Rect<Photo>>)>,
}

/// The answer. Buffer: the picture that was drawn, a PNG file, transparent where nothing is drawn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DraftReply {
    /// Why not, as a sentence; then there is nothing else.
    #[serde(default)]
    pub refused: Option<String>,
    /// The side that was drawn, or the other one than was asked about, where the photo shows that one.
    #[serde(default)]
    pub drawn: Option<(PictureFacts, Drawing)>,
    /// What was left out of the files, as sentences.
    #[serde(default)]
    pub said: Vec<String>,
    /// What the design says of the photo.
    #[serde(default)]
    pub check: Option<DesignCheck>,
    /// Where the drawing is the only reference: the photo's comparison with it.
    #[serde(default)]
    pub comparison: Option<Box<Comparison>>,
    /// Where it is not: places of the drawing's picture, as if it were a photo, and the same ones on the first reference.
    #[serde(default)]
    pub pairs: Vec<ControlPoint>,
}

/// A reply and its buffers.
pub type DraftAnswer = (DraftReply, Vec<Vec<u8>>);

const OTHER_FILES: &str =
    "The files of the design that this case was made with are no longer here. Drop the same files again to go on.";
const NOTHING_THERE: &str = "The design has nothing on the side that is asked for. Check that it is the design of this board.";
const NO_PICTURE: &str =
    "The drawing could not be written as a picture. Try again; if it fails once more, the design may be too large.";

impl DraftRequest {
    /// What comes of it; `files` are its buffers.
    #[must_use]
    pub fn answer(&self, files: &[Vec<u8>], watch: &mut dyn Watch) -> DraftAnswer {
        let answered = match (self, files.split_first()) {
            (Self::Draw { names, side }, _) => draw(names, files, *side),
            (Self::Check(request), Some((photo, files))) => request.answer(photo, files, watch),
            (Self::Check(_), None) => Err(OTHER_FILES.to_owned()),
        };
        answered.unwrap_or_else(|sentence| (DraftReply { refused: Some(sentence), ..DraftReply::default() }, Vec::new()))
    }
}

/// All that the files say together.
fn read(names: &[String], files: &[Vec<u8>]) -> Result<Design, String> {
    let own = |(place, file): (usize, &Vec<u8>)| {
        let name = names.get(place).map_or("", String::as_str);
        let said = |error: DesignError| if name.is_empty() { error.to_string() } else { format!("{name}: {error}") };
        read_design(name, file).map_err(said)
    };
    Design::joined(files.iter().enumerate().map(own))?.ok_or_else(|| OTHER_FILES.to_owned())
}

fn draw(names: &[String], files: &[Vec<u8>], side: Option<Side>) -> Result<DraftAnswer, String> {
    let design = read(names, files)?;
    let has = |side: &Side| design.on(*side).next().is_some() || design.layers.iter().any(|layer| layer.side == Some(*side));
    let side = side.or_else(|| [Side::Top, Side::Bottom].into_iter().find(has)).unwrap_or(Side::Top);
    let (drawn, file) = drawn(&design, side, names, files)?;
    Ok((DraftReply { drawn: Some(drawn), said: design.unread().into_iter().collect(), ..DraftReply::default() }, vec![file]))
}

fn drawn(design: &Design, side: Side, names: &[String], files: &[Vec<u8>]) -> Result<((PictureFacts, Drawing), Vec<u8>), String> {
    let sheet = design.sheet(side).ok_or(NOTHING_THERE)?;
    let file = sheet.to_png().ok_or(NO_PICTURE)?;
    let picture = PictureFacts { sha256: Sha256::of(&file), width: sheet.width as u32, height: sheet.height as u32 };
    let frame = serde_json::to_string(&sheet.frame).map_err(|error| error.to_string())?;
    let parts = u32::try_from(design.on(side).count()).unwrap_or(u32::MAX);
    let name = |place: usize| names.get(place).cloned().unwrap_or_default();
    let files = files.iter().enumerate().map(|(place, file)| DesignFile { sha256: Sha256::of(file), name: name(place) });
    Ok(((picture, Drawing { side, frame, files: files.collect(), parts }), file))
}

impl CheckRequest {
    fn answer(&self, photo: &[u8], files: &[Vec<u8>], watch: &mut dyn Watch) -> Result<DraftAnswer, String> {
        let picture = vision::decode(photo).map_err(|error| error.to_string())?;
        let design = read(&self.names, files)?;
        let facts = PictureFacts::of(photo, &picture);
        let frame: Frame = crate::json::from_str(&self.frame).map_err(|error| error.to_string())?;
        let on = self.on.as_ref().map(|(warp, boxes)| (warp, boxes.as_slice()));
        let back = frame.map_to::<Reference>().inverse().map_err(|error| error.to_string())?;
        let points: Vec<_> = self.points.iter().map(|point| (point.photo, back.apply(point.reference))).collect();
        let order = CheckOrder { photo: &picture, facts, design: &design, sheet: self.sheet, frame: &frame, points: &points, on };
        let stopped = |error: vision::Cancelled| error.to_string();
        let checked = order.perform(watch).map_err(stopped)?;
        // Nobody has said which side the photo shows.
        if checked.check.verdict == Verdict::Refused && points.is_empty() {
            let other = match frame.side() {
                Side::Top => Side::Bottom,
                Side::Bottom => Side::Top,
            };
            if let Some(other_frame) = Frame::of_sheet(&design, other).filter(|_| design.on(other).next().is_some()) {
                // Its picture is drawn only where it is wanted.
                let [width, height] = other_frame.size().map(|side| side as u32);
                let sheet = PictureFacts { width, height, ..self.sheet };
                let turned = CheckOrder { sheet, frame: &other_frame, ..order }.perform(watch).map_err(stopped)?;
                if turned.check.verdict != Verdict::Refused {
                    let (side, file) = drawn(&design, other, &self.names, files)?;
                    let mut reply = DraftReply::of(turned);
                    // The comparison was made before the picture that it is about.
                    for reference in reply.comparison.iter_mut().flat_map(|comparison| &mut comparison.references) {
                        reference.picture = side.0;
                    }
                    return Ok((DraftReply { drawn: Some(side), ..reply }, vec![file]));
                }
            }
        }
        Ok((DraftReply::of(checked), Vec::new()))
    }
}

impl DraftReply {
    fn of(checked: Checked) -> Self {
        let pair = |([x, y], reference): &([f64; 2], Point<Reference>)| ControlPoint {
            photo: Point::new(*x, *y),
            reference: *reference,
        };
        let pairs = checked.pairs.iter().map(pair).collect();
        let comparison = checked.comparison.map(Box::new);
        Self { check: Some(checked.check), comparison, pairs, ..Self::default() }
    }
}
