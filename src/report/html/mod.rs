//! A report as one web page that opens from a disk without a network: no script, no address that is followed, its pictures inside.
//!
//! The report itself lies in it as data; Boardwatch opens that and ignores the page around it.

mod style;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::article::{Article, Place, Source};
use super::bundle::{MAX_EXHIBITS, from_parts, manifest};
use super::plan::{self, Pin};
use super::proof::report_json;
use super::{Bundle, BundleError, Exhibit, FindingId, MAX_BUNDLE_BYTES, Shows, Signature, digest, fingerprint, words};
use crate::geometry::{Point, Rect};
use crate::vision::Sha256;

/// What comes before the data; nothing else on the page looks like it, because text on the page has no `<`.
const DATA: &str = "<script type=\"application/json\" id=\"boardwatch\">";
const DATA_END: &str = "</script>";
/// What comes before each picture.
const PICTURE: &str = "src=\"data:image/";

/// The page of a bundle. Whole pictures stay out: a page is for reading.
///
/// # Errors
/// [`BundleError::OutOfLimits`] when the bundle is not [valid](Bundle::is_valid), [`BundleError::TooLarge`] when nobody would read it.
pub fn write_html(bundle: &Bundle) -> Result<String, BundleError> {
    let mut bundle = bundle.settled().map_err(|_| BundleError::OutOfLimits)?;
    bundle.exhibits.retain(|exhibit| exhibit.shows.is_on_page());
    let bytes: usize = bundle.exhibits.iter().map(|exhibit| exhibit.file.len()).sum();
    if bytes > MAX_BUNDLE_BYTES / 2 {
        return Err(BundleError::TooLarge);
    }
    let (article, digest) = (Article::of(&bundle.report), digest(&bundle.report));
    let mut page = Page { text: String::with_capacity(2 * bytes + (64 << 10)) };
    page.head(&article, digest);
    page.opening(&article, digest, bundle.signature.as_ref());
    page.overview(&bundle, article.photo);
    page.findings(&bundle, &article);
    page.closing(&article, digest, bundle.signature.as_ref());
    page.data(&bundle, digest);
    Ok(page.text)
}

/// The bundle that lies in a page.
///
/// # Errors
/// A [`BundleError`] when it holds none, or not what was written.
pub fn read_html(text: &str) -> Result<Bundle, BundleError> {
    let (_, data) = text.split_once(DATA).ok_or(BundleError::NotAReport)?;
    let (data, _) = data.split_once(DATA_END).ok_or(BundleError::Cut)?;
    let data: Value = serde_json::from_str(data).map_err(|_| BundleError::Altered)?;
    let part = |name: &str| data.get(name).filter(|part| !part.is_null()).map(super::canonical);
    let files = text.split(PICTURE).skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once(";base64,")?;
        let (file, _) = rest.split_once('"')?;
        STANDARD.decode(file).ok()
    });
    let files: Vec<(Sha256, Vec<u8>)> = files.take(MAX_EXHIBITS).map(|file| (Sha256::of(&file), file)).collect();
    let named = |sha256| files.iter().find(|(known, _)| *known == sha256).map(|(_, file)| file.as_slice());
    let (Some(manifest), Some(report)) = (part("manifest"), part("report")) else { return Err(BundleError::Altered) };
    from_parts(&manifest, &report, part("signature").as_deref(), named)
}

/// The page as far as it is written.
struct Page {
    text: String,
}

impl Page {
    /// Markup of ours.
    fn put(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// A text, whoever wrote it, as nothing but text.
    fn say(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.put("&amp;"),
                '<' => self.put("&lt;"),
                '>' => self.put("&gt;"),
                '"' => self.put("&quot;"),
                '\'' => self.put("&#39;"),
                // Not allowed on a page, or made something else by it.
                '\r' => self.put("&#13;"),
                c if c.is_control() && c != '\n' && c != '\t' => self.put("\u{fffd}"),
                c => self.text.push(c),
            }
        }
    }

    /// An element around a text.
    fn element(&mut self, open: &str, text: &str) {
        let name = open.split([' ', '>']).next().unwrap_or_default();
        self.put("<");
        self.put(open);
        self.put(">");
        self.say(text);
        self.put("</");
        self.put(name);
        self.put(">\n");
    }

    /// An element around a text that somebody else wrote: its direction of writing stays its own.
    fn quoted(&mut self, open: &str, text: &str) {
        if !text.is_empty() {
            self.element(&format!("{open} dir=\"auto\""), text);
        }
    }

    fn head(&mut self, article: &Article, digest: Sha256) {
        self.put("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n");
        self.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.put("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        self.element("title", &format!("{}: {} {}", article.title, article.sort.to_lowercase(), fingerprint(digest)));
        self.put("<style>\n");
        self.put(style::STYLE);
        self.put("</style>\n</head>\n<body>\n<main>\n");
    }

    fn opening(&mut self, article: &Article, digest: Sha256, signature: Option<&Signature>) {
        self.put("<header>\n");
        self.element("p class=\"faint\"", &format!("{} {}", article.sort, fingerprint(digest)));
        self.quoted("h1", &article.title);
        self.quoted("p class=\"by\"", &article.byline);
        self.put(match article.verdict {
            crate::vision::Verdict::Aligned => "<div class=\"verdict good\">\n",
            crate::vision::Verdict::Doubtful => "<div class=\"verdict doubt\">\n",
            crate::vision::Verdict::Refused => "<div class=\"verdict bad\">\n",
        });
        self.element("p", &article.headline);
        if let Some(advice) = article.advice {
            self.element("p class=\"soft\"", advice);
        }
        self.put("</div>\n<dl class=\"figures\">\n");
        for (number, what) in &article.figures {
            self.put("<div>");
            self.element("dt", what);
            self.element("dd", number);
            self.put("</div>\n");
        }
        self.put("</dl>\n");
        self.proof(signature);
        self.put("</header>\n");
    }

    /// That a signature fits can't be told by a page about itself.
    fn proof(&mut self, signature: Option<&Signature>) {
        match signature {
            None => self.element("p class=\"proof\"", words::UNSIGNED),
            Some(signature) => {
                self.put("<p class=\"proof\">Signed as <b dir=\"auto\">");
                self.say(&signature.name);
                self.put("</b> with the key <code>");
                self.say(&String::from(signature.key));
                self.put("</code>. ");
                self.say(words::SIGNED_HERE);
                self.put("</p>\n");
            }
        }
    }

    fn overview(&mut self, bundle: &Bundle, shown: &str) {
        let Some(exhibit) = bundle.exhibits.iter().find(|exhibit| exhibit.shows == Shows::Overview) else { return };
        self.put("<figure class=\"overview\">\n<div class=\"pinned\">");
        self.picture(exhibit, &format!("{shown} as it lies on the reference, with the findings numbered"));
        let area = exhibit.area;
        self.put(&format!("<svg viewBox=\"{} {} {} {}\" aria-hidden=\"true\">", area.x, area.y, area.w, area.h));
        for Pin { number, area: Rect { x, y, w, h, .. }, at, text, widths: [edge, line, outline] } in
            plan::pins(&bundle.report, area)
        {
            for (class, width) in [("edge", edge), ("line", line)] {
                self.put(&format!(
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" stroke-width=\"{width}\"/>"
                ));
            }
            let Point { x, y, .. } = at;
            self.put(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{text}\" stroke-width=\"{outline}\">{number}</text>"));
        }
        self.put("</svg></div>\n");
        self.element("figcaption", &format!("{shown} as it lies on the reference. Numbers are those of the findings."));
        self.put("</figure>\n");
    }

    fn findings(&mut self, bundle: &Bundle, article: &Article) {
        if let Some(answer) = &article.answer {
            self.put("<section>\n<h2>Answer</h2>\n");
            self.element("p", &answer.sum);
            self.element(
                "p class=\"hash\"",
                &format!("It answers the report {} (SHA-256 {}).", fingerprint(answer.report), answer.report),
            );
            self.put("<table><thead><tr><th>Finding of that report</th><th>On this unit</th><th>Note</th></tr></thead><tbody>\n");
            for (number, seen, note) in &answer.places {
                self.put("<tr>");
                self.element("td", &number.to_string());
                self.element("td", words::seen(*seen));
                self.element("td dir=\"auto\"", note);
                self.put("</tr>\n");
            }
            self.put("</tbody></table>\n</section>\n");
        }
        self.put("<section>\n");
        self.element("h2", article.findings_title());
        if article.findings.is_empty() {
            self.element("p class=\"soft\"", words::NO_FINDINGS);
        }
        for place in &article.findings {
            self.finding(bundle, place, article.photo);
        }
        self.put("</section>\n");
    }

    fn finding(&mut self, bundle: &Bundle, place: &Place, shown: &str) {
        let id = FindingId(place.number);
        self.put("<article>\n<h3><span class=\"number\">");
        self.say(&place.number.to_string());
        self.put("</span> <span dir=\"auto\">");
        self.say(&place.head);
        self.put("</span></h3>\n");
        if let Some((seen, note)) = &place.seen {
            self.element("p class=\"soft\"", &format!("{}: {}", words::SEEN_HERE, words::seen(*seen).to_lowercase()));
            self.quoted("p class=\"said\"", note);
            self.element("p class=\"soft\"", &words::other_says(place.judgement));
            self.quoted("blockquote", &place.note);
        } else {
            self.element(
                "p class=\"soft\"",
                &format!("{}: {} · {}", words::VERDICT_OF_PERSON, words::judgement(place.judgement), place.severity),
            );
            self.quoted("p class=\"said\"", &place.note);
        }
        if !place.tags.is_empty() {
            self.quoted("p class=\"soft\"", &place.tags);
        }
        let crop = |shows| bundle.exhibits.iter().find(|exhibit| exhibit.shows == shows);
        let crops = [(crop(Shows::PhotoCrop(id)), shown), (crop(Shows::ReferenceCrop(id)), "The reference")];
        if crops.iter().any(|(crop, _)| crop.is_some()) {
            self.put("<div class=\"crops\">\n");
            for (exhibit, what) in crops {
                let Some(exhibit) = exhibit else { continue };
                self.put("<figure>");
                self.picture(exhibit, what);
                self.element("figcaption", &format!("{what}, {}", scale(exhibit, bundle.report.summary.px_per_mm)));
                self.put("</figure>\n");
            }
            self.put("</div>\n");
        }
        self.element("p class=\"faint\"", &place.origin);
        self.put("</article>\n");
    }

    fn closing(&mut self, article: &Article, digest: Sha256, signature: Option<&Signature>) {
        self.put("<section>\n<h2>What could not be seen</h2>\n<ul>\n");
        for line in &article.unseen {
            self.element("li", line);
        }
        self.put("</ul>\n</section>\n<section>\n<h2>Method</h2>\n");
        for line in &article.method {
            self.element("p class=\"soft\"", line);
        }
        self.put("</section>\n<section>\n<h2>Pictures, credits and licences</h2>\n<dl class=\"sources\">\n");
        for Source { name, size, credits, sha256 } in &article.pictures {
            self.quoted("dt", name);
            self.element("dd", size);
            self.quoted("dd", credits);
            self.element("dd class=\"hash\"", &format!("SHA-256 {sha256}"));
        }
        self.put("</dl>\n</section>\n<section>\n<h2>Check it</h2>\n");
        self.element("p", words::OPEN_THIS_PAGE);
        self.element("p class=\"hash\"", &format!("Fingerprint {}; SHA-256 of the report {digest}", fingerprint(digest)));
        if signature.is_some() {
            self.element("p class=\"soft\"", words::SIGNED_MEANS);
        }
        self.put("</section>\n</main>\n");
    }

    fn picture(&mut self, exhibit: &Exhibit, what: &str) {
        self.put("<img alt=\"");
        self.say(what);
        self.put(&format!(
            "\" width=\"{}\" height=\"{}\" src=\"data:{};base64,",
            exhibit.width,
            exhibit.height,
            exhibit.media_type()
        ));
        STANDARD.encode_string(&exhibit.file, &mut self.text);
        self.put("\">");
    }

    fn data(&mut self, bundle: &Bundle, digest: Sha256) {
        let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
        let data = json!({
            "manifest": read(&manifest(bundle, digest)), "report": read(&report_json(&bundle.report)), "signature": bundle.signature,
        });
        self.put(DATA);
        // In JSON these stand in texts alone, where they can be written so; a page would take them for its own.
        for c in String::from_utf8_lossy(&super::canonical(&data)).chars() {
            match c {
                '<' => self.put("\\u003c"),
                '>' => self.put("\\u003e"),
                '&' => self.put("\\u0026"),
                c => self.text.push(c),
            }
        }
        self.put(DATA_END);
        self.put("\n</body>\n</html>\n");
    }
}

/// How large a picture shows things.
fn scale(exhibit: &Exhibit, px_per_mm: Option<f64>) -> String {
    let px = f64::from(exhibit.width) / exhibit.area.w;
    match px_per_mm {
        Some(density) => format!("{:.1} mm wide, {:.1} pixels a millimetre", exhibit.area.w / density, px * density),
        None => format!("{:.0} reference pixels wide, drawn {px:.1} times as large", exhibit.area.w),
    }
}
