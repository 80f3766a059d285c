//! Everything that can be written of a case, the whole way from the files.

use boardwatch::app::cut::CutOrder;
use boardwatch::app::paper::{ExhibitNote, Form, PaperReply, PaperRequest};
use boardwatch::geometry::{Homography, Rect, Warp};
use boardwatch::report::interchange::Format;
use boardwatch::report::{Bundle, Finding, FindingId, Hosted, ReferenceNote, Report, Shows, Summary, plan, read_link};
use boardwatch::vision::{Alignment, Hidden, PictureFacts, Reason, Verdict, View, decode};

/// What was written, by name.
pub(crate) type Exports = Vec<(String, Vec<u8>)>;

/// The report of two findings on a photo that lies exactly on its reference.
pub(crate) fn report(photo: &[u8], reference: &[u8]) -> Report {
    let facts = |file: &[u8]| PictureFacts::of(file, &decode(file).unwrap());
    let alignment = Alignment {
        verdict: Verdict::Aligned,
        reason: Reason::Agrees,
        homography: Some(Homography::identity()),
        mesh: None,
        points: Vec::new(),
        inliers: 200,
        residual_px: None,
        coverage: 1.0,
        regions: Vec::new(),
    };
    Report {
        references: vec![ReferenceNote::of("A known-good photo of the sender's".to_owned(), facts(reference))],
        summary: Summary { differences: 2, flagged: 1, smallest_part_px: 8.0, px_per_mm: None },
        findings: vec![
            Finding::around(FindingId(1), Rect::new(60.0, 50.0, 40.0, 30.0)),
            Finding::around(FindingId(2), Rect::new(200.0, 140.0, 30.0, 30.0)),
        ],
        ..Report::about(facts(photo), alignment)
    }
}

fn order(report: &Report, planned: &[(Shows, View)], hidden: &[Hidden]) -> CutOrder {
    CutOrder {
        warp: Warp { homography: report.alignment.homography.unwrap(), mesh: None },
        marked: None,
        views: planned.iter().map(|(shows, view)| (!matches!(shows, Shows::ReferenceCrop(_)), *view)).collect(),
        hidden: hidden.to_vec(),
        labels: true,
    }
}

fn notes(planned: &[(Shows, View)]) -> Vec<ExhibitNote> {
    let note = |(shows, view): &(Shows, View)| ExhibitNote {
        shows: *shows,
        area: view.area,
        width: view.width as u32,
        height: view.height as u32,
    };
    planned.iter().map(note).collect()
}

/// Every form of the report, and every other file.
pub(crate) fn all(photo: &[u8], reference: &[u8], hidden: &[Hidden]) -> Exports {
    let report = report(photo, reference);
    let mut exports = Vec::new();
    let write = |form, planned: Vec<(Shows, View)>, marked| {
        let order = CutOrder { marked, ..order(&report, &planned, hidden) };
        let (files, _) = order.answer(photo, reference).unwrap();
        let request = PaperRequest::WriteReport {
            form,
            report: Box::new(report.clone()),
            comparison: None,
            signature: None,
            exhibits: notes(&planned),
            page: "https://boards.example/".to_owned(),
            signer: None,
        };
        request.answer(&files)
    };
    for form in [Form::Page, Form::Bundle, Form::Picture, Form::Link] {
        let (planned, marked) = match form {
            Form::Picture => (Vec::new(), plan::marked(&report)),
            Form::Link => (plan::small_exhibits(&report), None),
            Form::Page | Form::Bundle => (plan::exhibits(&report), None),
        };
        match write(form, planned, marked) {
            (PaperReply::Written { name, .. }, mut made) => exports.push((name, made.pop().unwrap())),
            (PaperReply::Link(link), _) => {
                // Inside of the link, too.
                let bundle = read_link(&link.fragment).unwrap();
                exports.extend(inner("link", &bundle));
                exports.push(("link".to_owned(), link.fragment.into_bytes()));
            }
            (other, _) => panic!("{other:?}"),
        }
    }
    for format in Format::ALL {
        let request = PaperRequest::WriteFindings {
            format,
            findings: report.findings.clone(),
            photo: report.photo.sha256,
            reference: report.references[0].clone(),
            px_per_mm: None,
        };
        let (PaperReply::Written { name, .. }, mut made) = request.answer(&[]) else { panic!("{format:?}") };
        exports.push((name, made.pop().unwrap()));
    }
    let hosted = Hosted { address: "https://boards.example/a.boardwatch".to_owned(), sha256: report.photo.sha256 };
    let (PaperReply::Link(link), _) =
        (PaperRequest::WriteHosted { hosted, page: "https://boards.example/".to_owned() }).answer(&[])
    else {
        panic!("no link")
    };
    exports.push(("hosted link".to_owned(), link.fragment.into_bytes()));
    exports
}

/// What a reader gets out of a bundle.
pub(crate) fn inner(name: &str, bundle: &Bundle) -> Exports {
    let files = bundle.exhibits.iter().map(|exhibit| (format!("{name}: {:?}", exhibit.shows), exhibit.file.clone()));
    let report = serde_json::to_vec(&bundle.report).unwrap();
    files.chain([(format!("{name}: report"), report)]).collect()
}
