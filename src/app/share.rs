//! The share dialog: what was written, what would be seen, and what is to be written.

use super::cut::FoundLabel;
use super::job::JobId;
use super::link::Link;
use super::paper::{ExhibitNote, Form, Identity};
use super::state::OfferId;
use crate::report::{Report, Signature};
use crate::vision::Sha256;

/// The share dialog.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShareState {
    /// The job that writes the link, until it is written.
    pub job: Option<JobId>,
    /// The link, or why there is none, as a sentence; `None` until it is first written. The one before stays while a new one is written.
    pub link: Option<Result<Link, String>>,
    /// What became of copying it.
    pub copied: Option<bool>,
    /// Small pictures of the findings ride along in the link.
    pub crops: bool,
    /// The pictures themselves go with a bundle, with everything that their files hold.
    pub originals: bool,
    /// The bundle that was saved last, for a link that points to it.
    pub bundle: Option<Sha256>,
    /// The link that points to it.
    pub hosted: Option<Link>,
    /// What is shared is signed.
    pub sign: bool,
    /// The pictures that would go along, once the person asked to see them.
    pub preview: Option<Preview>,
    /// The person has looked at them. Without that, no picture goes anywhere.
    pub looked: bool,
    /// The form that is being written as a file, and the job that does it.
    pub writing: Option<(Form, JobId)>,
}

/// The pictures that would go along with a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// The job that cuts them, until they are cut.
    pub job: Option<JobId>,
    /// What they show.
    pub exhibits: Vec<ExhibitNote>,
    /// Their files, in the same order: the very ones that go along.
    pub files: Vec<OfferId>,
    /// Places on them that look like labels.
    pub labels: Vec<FoundLabel>,
}

impl ShareState {
    /// The pictures, when the person has looked at them.
    #[must_use]
    pub fn looked_at(&self) -> Option<&Preview> {
        self.preview.as_ref().filter(|preview| self.looked && preview.job.is_none())
    }

    /// The link, when it is up to date.
    #[must_use]
    pub fn ready(&self) -> Option<&Link> {
        self.link.as_ref()?.as_ref().ok().filter(|_| self.job.is_none())
    }
}

/// A report as it was when the person wanted it written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// In which form.
    pub form: Form,
    /// What it says.
    pub report: Box<Report>,
    /// The comparison that it is about, as JSON.
    pub comparison: Option<String>,
    /// Who vouched for it before.
    pub signature: Option<Signature>,
    /// Who is to sign it.
    pub signer: Option<Identity>,
    /// The pictures that go with it: those that are cut, then those that are there.
    pub exhibits: Vec<ExhibitNote>,
    /// The kept pictures among them.
    pub pictures: Vec<Sha256>,
    /// Pictures are to be cut for it.
    pub crops: bool,
}
