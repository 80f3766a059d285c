//! Report links that were cut, altered or made up.

use boardwatch::geometry::{Homography, Rect};
use boardwatch::report::{Bundle, Finding, FindingId, LINK_PREFIX, LinkError, ReferenceNote, Report, read_link, write_link};
use boardwatch::vision::{Alignment, PictureFacts, Reason, Sha256, Verdict};

use crate::random::Dice;

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A mutated link is refused with a sentence; one that is read anyway must read as what was sent.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let mut dice = Dice::new(seed);
    let link = write_link(&Bundle::of(report(&mut dice))).map_err(|error| format!("no link is made: {error}"))?;
    let sent = read_link(&link).map_err(|error| format!("the link itself is refused: {error}"))?;
    let mutated = mutate(&link, &mut dice);
    match read_link(&mutated) {
        Ok(read) if read == sent => Ok("unchanged"),
        Ok(_) => Err(format!("another report was read from {mutated}")),
        Err(LinkError::NotAReport) => Ok("not a report"),
        Err(LinkError::Newer { .. }) => Ok("newer"),
        Err(LinkError::Cut { .. } | LinkError::CutEarly) => Ok("cut"),
        Err(LinkError::Altered) => Ok("altered"),
        Err(LinkError::OutOfLimits) => Ok("out of limits"),
        Err(LinkError::TooLong) => Ok("too long"),
    }
}

/// A report with up to twelve findings.
fn report(dice: &mut Dice) -> Report {
    let mut picture = || PictureFacts { sha256: Sha256([dice.next() as u8; 32]), width: 4000, height: 3000 };
    let (photo, reference) = (picture(), picture());
    let shift = dice.between(-200.0, 200.0);
    let homography = Homography::new([1.0, 0.01, shift, -0.01, 1.0, -shift, 1e-6, 0.0, 1.0]);
    let alignment = Alignment {
        verdict: Verdict::Aligned,
        reason: Reason::Agrees,
        homography: Some(homography),
        mesh: None,
        points: Vec::new(),
        inliers: 400,
        residual_px: None,
        coverage: 0.9,
        regions: Vec::new(),
    };
    let findings = (0..=dice.below(12)).map(|number| {
        let area = Rect::new(dice.between(0.0, 3900.0), dice.between(0.0, 2900.0), 60.0, 40.0);
        let note = "A part that the reference does not have.".repeat(dice.below(3));
        Finding { note, ..Finding::around(FindingId(number as u32 + 1), area) }
    });
    let findings = findings.collect();
    let references = vec![ReferenceNote::of("Unit 7".to_owned(), reference)];
    Report { board: "Specimen".to_owned(), references, findings, ..Report::about(photo, alignment) }
}

/// What happens to links on their way: characters change, vanish, come twice, change places; the end is lost.
fn mutate(link: &str, dice: &mut Dice) -> String {
    let mut bytes = link.as_bytes().to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(6) {
            0 => bytes[at] = ALPHABET[dice.below(ALPHABET.len())],
            1 if bytes.len() > 1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, ALPHABET[dice.below(ALPHABET.len())]),
            3 => bytes.truncate(at.max(1)),
            4 => {
                let other = dice.below(bytes.len());
                bytes.swap(at, other);
            }
            // Behind the prefix, so that contents of any shape are tried as well.
            _ => bytes = [LINK_PREFIX.as_bytes(), &random(dice)].concat(),
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn random(dice: &mut Dice) -> Vec<u8> {
    (0..=dice.below(400)).map(|_| ALPHABET[dice.below(ALPHABET.len())]).collect()
}
