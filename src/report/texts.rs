//! The texts of a report apart from its numbers: a link packs the two one by one, because no table of codes suits both.

use super::{Bundle, LinkError, Shape};

/// Stands behind each text; no text in UTF-8 has this byte.
const END: u8 = 0xff;

impl Bundle {
    /// Every text that somebody wrote, in the order in which [`super::wire`] has them.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        let Self { report, signature, .. } = self;
        let (mut texts, mut credits) = (vec![&mut report.board], Vec::new());
        for note in &mut report.references {
            texts.push(&mut note.title);
            credits.extend([&mut note.contributor, &mut note.licence, &mut note.source, &mut note.catalogue]);
        }
        for finding in &mut report.findings {
            texts.extend(finding.shapes.iter_mut().filter_map(|shape| match shape {
                Shape::Text { text, .. } => Some(text),
                _ => None,
            }));
            texts.extend([&mut finding.designator, &mut finding.note]);
            texts.extend(&mut finding.tags);
        }
        texts.extend([&mut report.unit, &mut report.contributor]);
        texts.extend(credits);
        texts.push(&mut report.method.made_by);
        texts.extend(report.answer.iter_mut().flat_map(|answer| &mut answer.places).map(|place| &mut place.note));
        texts.extend(signature.iter_mut().map(|signature| &mut signature.name));
        texts
    }

    /// Takes the texts out and leaves empty ones.
    pub(super) fn take_texts(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        for text in self.texts_mut() {
            all.extend_from_slice(std::mem::take(text).as_bytes());
            all.push(END);
        }
        all
    }

    /// Puts back what [`Self::take_texts`] took.
    ///
    /// # Errors
    /// [`LinkError::OutOfLimits`] when they are not as many as it has, or not all UTF-8, or one is there already.
    pub(super) fn put_texts(&mut self, all: &[u8]) -> Result<(), LinkError> {
        let mut given = all.split_inclusive(|byte| *byte == END);
        for text in self.texts_mut() {
            let bytes = given.next().and_then(|bytes| bytes.strip_suffix(&[END])).filter(|_| text.is_empty());
            *text = bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()).ok_or(LinkError::OutOfLimits)?;
        }
        if given.next().is_none() { Ok(()) } else { Err(LinkError::OutOfLimits) }
    }
}
