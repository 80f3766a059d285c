//! What a report says, sentence by sentence: the one source of the page in the app and of the report as a web page.
//!
//! Careful words. A report never calls a difference an implant: the pictures show that something looks different, not what it is or how it
//! came there. Verdicts about findings are always those of a person, and said to be.

use super::{Finding, FindingKind, Judgement, Report, Seen, words};
use crate::vision::{PictureFacts, Sha256, Verdict};

/// What stands in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Report or confirmation.
    pub sort: &'static str,
    /// The board's name.
    pub title: String,
    /// Who speaks about which unit; may be empty.
    pub byline: String,
    /// What the photo is called.
    pub photo: &'static str,
    /// Of the alignment.
    pub verdict: Verdict,
    /// The verdict in full.
    pub headline: String,
    /// What to do about a verdict that is not good.
    pub advice: Option<&'static str>,
    /// Numbers, and what is counted.
    pub figures: Vec<(String, &'static str)>,
    /// What was seen at the places of another report, when this one answers it.
    pub answer: Option<Answered>,
    /// What a person says, place by place.
    pub findings: Vec<Place>,
    /// What could not be seen.
    pub unseen: Vec<String>,
    /// How it was made.
    pub method: Vec<String>,
    /// The pictures that it was made from.
    pub pictures: Vec<Source>,
}

/// A finding, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its number.
    pub number: u32,
    /// For an icon.
    pub kind: FindingKind,
    /// For a colour.
    pub judgement: Judgement,
    /// The part's name and what kind of finding it is.
    pub head: String,
    /// How much it matters.
    pub severity: String,
    /// The person's own words; may be empty.
    pub note: String,
    /// Words to find it by; may be empty.
    pub tags: String,
    /// Where it is and where it came from.
    pub origin: String,
    /// It is a place of the report that this one answers: what was seen there on this unit, and in which words. All the rest is what the
    /// other report says.
    pub seen: Option<(Seen, String)>,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The report that it answers.
    pub report: Sha256,
    /// How many places were looked at, and with what result.
    pub sum: String,
    /// The number of a finding of that report, what was seen there, and the person's own words.
    pub places: Vec<(u32, Seen, String)>,
}

/// A picture that the report was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Which.
    pub name: String,
    /// In pixels.
    pub size: String,
    /// Contributor, licence and source, as far as they are known.
    pub credits: String,
    /// Of its file.
    pub sha256: Sha256,
}

impl Article {
    /// That of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let (alignment, summary) = (&report.alignment, &report.summary);
        // A case that was opened from a report carries no comparison of its own, so its figures would be noughts.
        let compared = summary.smallest_part_px > 0.0;
        let headline = if compared {
            let (all, flagged) = (summary.differences as usize, summary.flagged as usize);
            words::headline(alignment, all, flagged, summary.smallest_part_px, summary.px_per_mm)
        } else {
            format!("{}. {}", words::verdict(alignment.verdict), words::reason(alignment.reason))
        };
        let plural = |count: usize, one, many| if count == 1 { one } else { many };
        let is_drawing = alignment.reason.is_of_drawing();
        let mut figures = Vec::new();
        if compared {
            let (one, many) = if is_drawing {
                ("thing like a part where the design has none", "things like parts where the design has none")
            } else {
                ("place differs", "places differ")
            };
            figures.push((summary.differences.to_string(), plural(summary.differences as usize, one, many)));
            if !is_drawing {
                figures.push((summary.flagged.to_string(), "worth a look"));
            }
        }
        let count = report.findings.iter().filter(|finding| !report.is_answered(finding.id)).count();
        figures.push((count.to_string(), plural(count, "finding by a person", "findings by a person")));
        if let Some(answer) = &report.answer {
            let looked = answer.places.len();
            figures.push((
                looked.to_string(),
                plural(looked, "place of the other report looked at", "places of the other report looked at"),
            ));
        }
        figures.push((
            format!("{:.0} %", 100.0 * alignment.coverage),
            if is_drawing { "of the drawing searched" } else { "of the reference compared" },
        ));
        let reference = |(place, note): (usize, &super::ReferenceNote)| {
            let name = if report.references.len() == 1 { "Reference".to_owned() } else { format!("Reference {}", place + 1) };
            Source::of(format!("{name}: {}", note.title), note.picture, note.credits())
        };
        let shown = if report.answer.is_some() { words::THIS_UNIT } else { words::SENDERS_PHOTO };
        let photo = Source::of(shown.to_owned(), report.photo, String::new());
        Self {
            sort: if report.answer.is_some() { words::CONFIRMATION } else { words::REPORT },
            title: if report.board.is_empty() { "A circuit board".to_owned() } else { report.board.clone() },
            byline: words::byline(&report.contributor, &report.unit),
            photo: shown,
            verdict: alignment.verdict,
            headline,
            advice: words::advice(alignment.reason),
            figures,
            answer: report.answer.as_ref().map(Answered::of),
            findings: report.findings.iter().map(|finding| Place::of(finding, report)).collect(),
            unseen: unseen(report, compared),
            method: method(report),
            pictures: std::iter::once(photo).chain(report.references.iter().enumerate().map(reference)).collect(),
        }
    }
}

impl Article {
    /// What stands over its findings.
    #[must_use]
    pub const fn findings_title(&self) -> &'static str {
        if self.answer.is_some() { "Places of the other report, and findings" } else { "Findings" }
    }
}

impl Place {
    fn of(finding: &Finding, report: &Report) -> Self {
        let place = finding
            .bounds()
            .map(|area| format!("{:.0} × {:.0} pixels at {:.0}, {:.0} of the reference", area.w, area.h, area.x, area.y));
        let from = finding
            .score
            .map_or("drawn by hand".to_owned(), |score| format!("from a difference that the comparison found, score {score:.2}"));
        let seen = report.answer.iter().flat_map(|answer| &answer.places).find(|place| place.finding == finding.id);
        Self {
            number: finding.id.0,
            kind: finding.kind,
            judgement: finding.judgement,
            head: words::finding_head(finding),
            severity: format!("Severity: {}", words::severity(finding.severity).to_lowercase()),
            note: finding.note.clone(),
            tags: finding.tags.join(", "),
            origin: [place.unwrap_or_default(), from].join(" · "),
            seen: seen.map(|place| (place.seen, place.note.clone())),
        }
    }
}

impl Answered {
    fn of(answer: &super::Answer) -> Self {
        let count = |seen| answer.places.iter().filter(|place| place.seen == seen).count();
        let [same, different, unclear] = Seen::ALL.map(count);
        let sum = format!(
            "{} of the other report's places were looked at on this unit: {same} the same, {different} different, {unclear} can't be told.",
            answer.places.len()
        );
        let places = answer.places.iter().map(|place| (place.finding.0, place.seen, place.note.clone())).collect();
        Self { report: answer.report, sum, places }
    }
}

impl Source {
    fn of(name: String, facts: PictureFacts, credits: String) -> Self {
        let megapixels = f64::from(facts.width) * f64::from(facts.height) / 1e6;
        let size = format!("{} × {} pixels, {megapixels:.1} MP", facts.width, facts.height);
        Self { name, size, credits, sha256: facts.sha256 }
    }
}

fn unseen(report: &Report, compared: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if compared {
        let smallest = report.summary.smallest_part_px;
        let smallest = match report.summary.px_per_mm {
            Some(density) => format!("{:.2} mm ({smallest:.0} px)", smallest / density),
            None => format!("{smallest:.0} px"),
        };
        lines.push(format!("Parts smaller than {smallest} could not have been seen on this pair of pictures."));
    }
    let missing = (100.0 * (1.0 - report.alignment.coverage)).round();
    lines.push(if report.alignment.reason.is_of_drawing() {
        format!("{missing:.0} % of the drawing was not searched: the places of parts, what lies around them all, and what the photo does not show. Nothing is known about that area.")
    } else if missing < 1.0 {
        "All of the reference was compared.".to_owned()
    } else {
        let mut why: Vec<&str> = Vec::new();
        for blind in &report.blind {
            let reason = words::blind_reason(blind.reason);
            if !why.contains(&reason) {
                why.push(reason);
            }
        }
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) };
        format!("{missing:.0} % of the reference was not compared{why}. Nothing is known about that area.")
    });
    lines.push(words::SURFACE.to_owned());
    lines
}

fn method(report: &Report) -> Vec<String> {
    let is_drawing = report.alignment.reason.is_of_drawing();
    let mut lines = vec![if is_drawing { words::METHOD_OF_DRAWING } else { words::METHOD }.to_owned()];
    let method = &report.method;
    if !method.made_by.is_empty() {
        let by_hand = match method.control_points.len() {
            0 => String::new(),
            count => format!(", which was told {count} places that are the same on both pictures"),
        };
        lines.push(format!("Compared by {}{by_hand}.", method.made_by));
    }
    if let Some(comparison) = method.comparison {
        lines.push(format!("Whoever has the same pictures can repeat it and gets the same result: SHA-256 {comparison}."));
    }
    lines
}
