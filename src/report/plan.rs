//! Which pictures go with a report, how large, and what is drawn on the one that is marked.

use super::{Finding, Report, Shape, Shows};
use crate::geometry::{Point, Rect, Reference};
use crate::vision::{Mark, View};

/// Pixels along the longer side of the picture of the whole board, on a page and with marks alike: whoever looked at the one has seen all
/// that the other shows.
const OVERVIEW_PX: f64 = 1600.0;
/// Pixels along the longer side of a crop.
const CROP_PX: f64 = 420.0;
/// The same in a link, where every byte counts.
const SMALL_CROP_PX: f64 = 96.0;
/// A crop shows this many times the finding's own extent beside it on each side, so that one can tell where it is.
const AROUND: f64 = 0.75;
/// Reference pixels along the longer side of a crop, at least.
const SMALLEST_CROP: f64 = 96.0;
/// How many times a crop enlarges the reference, at most: more shows no more.
const MOST_ENLARGED: f64 = 4.0;
/// Points of all outlines that are drawn; of the findings behind them the box is. A person draws fewer, and a stranger's report is drawn in
/// seconds, whatever it says.
const MOST_POINTS: usize = 20_000;
/// Width of the marks' lines, as a share of the marked picture's longer side.
const LINE_SHARE: f64 = 1.0 / 600.0;

/// The pictures of a report with their sizes: all of the board, and each finding on the photo and on the reference at one scale.
#[must_use]
pub fn exhibits(report: &Report) -> Vec<(Shows, View)> {
    let overview = whole(report, OVERVIEW_PX).map(|view| (Shows::Overview, view));
    overview.into_iter().chain(crops(report, CROP_PX)).collect()
}

/// The pictures that may ride along in a link.
#[must_use]
pub fn small_exhibits(report: &Report) -> Vec<(Shows, View)> {
    crops(report, SMALL_CROP_PX).collect()
}

/// The whole board for the marked picture, what is drawn on it, and in lines of which width in pixels.
#[must_use]
pub fn marked(report: &Report) -> Option<(View, Vec<Mark>, f64)> {
    let view = whole(report, OVERVIEW_PX)?;
    let width = view.width.max(view.height) as f64 * LINE_SHARE;
    // So far from what it surrounds, in reference pixels.
    let space = 1.5 * width * view.area.w / view.width as f64;
    let mut left = MOST_POINTS;
    let outlined = |finding: &Finding| {
        let points: usize = finding.shapes.iter().map(|shape| shape.points().len()).sum();
        if points > left {
            let bounds = finding.bounds().unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
            return mark(&Finding::around(finding.id, bounds), &view, space);
        }
        left -= points;
        mark(finding, &view, space)
    };
    let marks = report.findings.iter().map(outlined).collect();
    Some((view, marks, width))
}

fn whole(report: &Report, most_px: f64) -> Option<View> {
    let reference = report.references.first()?.picture;
    let area = Rect::new(0.0, 0.0, f64::from(reference.width), f64::from(reference.height));
    Some(view(area, (most_px / area.w.max(area.h)).min(1.0)))
}

fn crops(report: &Report, most_px: f64) -> impl Iterator<Item = (Shows, View)> {
    report.findings.iter().flat_map(move |finding| {
        let view = finding.bounds().map(|bounds| crop(bounds, most_px));
        let both = |view| [(Shows::PhotoCrop(finding.id), view), (Shows::ReferenceCrop(finding.id), view)];
        view.map(both).into_iter().flatten()
    })
}

/// A square-ish surrounding, never so narrow that nothing can be made out.
fn crop(bounds: Rect<Reference>, most_px: f64) -> View {
    let side = |length: f64| (length * (1.0 + 2.0 * AROUND)).max(SMALLEST_CROP);
    let longer = side(bounds.w).max(side(bounds.h));
    let (w, h) = (side(bounds.w).max(longer / 1.6), side(bounds.h).max(longer / 1.6));
    let middle = bounds.centre();
    // On whole pixels, so that the file says exactly what it shows.
    let area = Rect::new((middle.x - w / 2.0).round(), (middle.y - h / 2.0).round(), w.round(), h.round());
    view(area, (most_px / longer).min(MOST_ENLARGED))
}

/// A finding on the picture of the whole board: lines in reference pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pin {
    /// The finding's number.
    pub number: u32,
    /// The box around it.
    pub area: Rect<Reference>,
    /// Where the number begins, on its baseline.
    pub at: Point<Reference>,
    /// Height of the number.
    pub text: f64,
    /// Width of the dark edge of lines, of the line over it, and of the number's edge.
    pub widths: [f64; 3],
}

/// The findings over the picture of the whole board, numbered: for the app and for the page alike.
#[must_use]
pub fn pins(report: &Report, area: Rect<Reference>) -> Vec<Pin> {
    // A ninetieth of the picture's width: a number is as high as a line of text where the picture is as wide as the page.
    let unit = area.w / 90.0;
    let pin = |finding: &Finding| {
        let bounds = finding.bounds()?.grown(unit / 2.0);
        // A number stays on the picture.
        let at = Point::new(bounds.x.max(area.x), (bounds.y - unit * 0.6).max(area.y + unit * 2.0));
        Some(Pin { number: finding.id.0, area: bounds, at, text: unit * 2.4, widths: [unit / 2.2, unit / 5.0, unit / 2.0] })
    };
    report.findings.iter().filter_map(pin).collect()
}

fn view(area: Rect<Reference>, scale: f64) -> View {
    let px = |length: f64| (length * scale).round().max(1.0) as usize;
    View { area, width: px(area.w), height: px(area.h) }
}

fn mark(finding: &Finding, view: &View, space: f64) -> Mark {
    let to_view = |points: &[Point<Reference>]| points.iter().map(|point| view.to_view(*point)).collect::<Vec<_>>();
    let closed = |mut line: Vec<[f64; 2]>| {
        line.extend(line.first().copied());
        line
    };
    let lines = finding.shapes.iter().map(|shape| match shape {
        Shape::Box(area) => closed(to_view(&area.grown(space).corners())),
        Shape::Ellipse(area) => closed(to_view(&ellipse(&area.grown(space)))),
        Shape::Polygon(points) => closed(to_view(points)),
        open => to_view(&open.points()),
    });
    Mark { number: finding.id.0, lines: lines.collect() }
}

fn ellipse(area: &Rect<Reference>) -> Vec<Point<Reference>> {
    const CORNERS: usize = 48;
    let (middle, turn) = (area.centre(), std::f64::consts::TAU / CORNERS as f64);
    let corner = |k: usize| {
        let angle = turn * k as f64;
        Point::new(middle.x + libm::cos(angle) * area.w / 2.0, middle.y + libm::sin(angle) * area.h / 2.0)
    };
    (0..CORNERS).map(corner).collect()
}
