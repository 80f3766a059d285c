//! Out and in again.

use boardwatch::geometry::{Point, Rect, Reference};
use boardwatch::report::{Report, Shape, read_link, write_link};

use crate::random::{self, Dice};

const REPORTS: u64 = 500;

#[test]
fn everything_comes_back_on_its_grid() {
    for seed in 0..REPORTS {
        let sent = random::report::bundle(&mut Dice::new(seed));
        let read = read_link(&write_link(&sent).unwrap()).unwrap();
        assert_eq!((&read.signature, read.exhibits.len()), (&sent.signature, sent.exhibits.len()));
        for (read, sent) in read.exhibits.iter().zip(&sent.exhibits) {
            assert_eq!((read.shows, &read.file, read.width, read.height), (sent.shows, &sent.file, sent.width, sent.height));
        }
        let (read, sent) = (read.report, sent.report);
        assert_eq!(exact_part(&read), exact_part(&sent), "seed {seed}");
        for (read, sent) in read.findings.iter().zip(&sent.findings) {
            for (read, sent) in read.shapes.iter().zip(&sent.shapes) {
                assert_eq!(words(read), words(sent), "seed {seed}");
                // A box's far corner is the sum of two rounded numbers.
                let most = if matches!(sent, Shape::Box(_) | Shape::Ellipse(_)) { 1.0 / 8.0 } else { 1.0 / 16.0 };
                let (read, sent) = (read.points(), sent.points());
                let close =
                    |(a, b): (&Point<Reference>, &Point<Reference>)| (a.x - b.x).abs() <= most && (a.y - b.y).abs() <= most;
                assert!(read.len() == sent.len() && read.iter().zip(&sent).all(close), "seed {seed}: {read:?}, {sent:?}");
            }
            let (read, sent) = (read.score.unwrap_or(-1.0), sent.score.unwrap_or(-1.0));
            assert!((read - sent).abs() <= 0.5e-4, "seed {seed}");
        }
        if let (Some(read), Some(sent)) = (&read.alignment.mesh, &sent.alignment.mesh) {
            assert_eq!((read.columns, read.rows, read.step_x, read.step_y), (sent.columns, sent.rows, sent.step_x, sent.step_y));
            let mut pairs = read.nodes.iter().flatten().zip(sent.nodes.iter().flatten());
            assert!(pairs.all(|(read, sent)| (read - sent).abs() <= 1.0 / 32.0), "seed {seed}");
        }
        assert!((read.alignment.coverage - sent.alignment.coverage).abs() <= 0.5e-4, "seed {seed}");
        let (read, sent) = (read.summary.smallest_part_px, sent.summary.smallest_part_px);
        assert!((read - sent).abs() <= sent * 1e-7, "seed {seed}");
    }
}

#[test]
fn a_report_that_was_read_writes_the_same_link() {
    for seed in 0..REPORTS {
        let link = write_link(&random::report::bundle(&mut Dice::new(seed))).unwrap();
        let read = read_link(&link).unwrap();
        assert_eq!(write_link(&read).unwrap(), link, "seed {seed}");
    }
}

/// Which shape it is, and what it says.
fn words(shape: &Shape) -> (std::mem::Discriminant<Shape>, Option<&str>) {
    let text = if let Shape::Text { text, .. } = shape { Some(text.as_str()) } else { None };
    (std::mem::discriminant(shape), text)
}

/// The report without the numbers that are rounded.
fn exact_part(report: &Report) -> Report {
    let mut report = report.clone();
    report.alignment.mesh = None;
    report.alignment.coverage = 0.0;
    report.alignment.residual_px = None;
    report.summary.smallest_part_px = 0.0;
    report.summary.px_per_mm = report.summary.px_per_mm.map(|_| 1.0);
    for finding in &mut report.findings {
        finding.score = finding.score.map(|_| 0.0);
        finding.shapes.truncate(0);
    }
    report.blind.iter_mut().for_each(|blind| blind.reference_box = Rect::new(0.0, 0.0, 1.0, 1.0));
    report
}
