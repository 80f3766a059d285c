//! A journey: actions go in, effects are collected, and the answers that need no outside world are given.

use std::collections::BTreeMap;

use boardwatch::app::cut::{CutOrder, FoundLabel};
use boardwatch::app::draft::DraftRequest;
use boardwatch::app::job::JobId;
use boardwatch::app::paper::PaperRequest;
use boardwatch::app::{Action, Case, Effect, Offer, OfferId, Purpose, Slot, SlotState, State, update};
use boardwatch::geometry::Rect;
use boardwatch::report::begins_like_report;
use boardwatch::vision::{Comparison, Ignore, LabelKind, Picture, Sha256, to_png};

use crate::{board, random};

pub(crate) struct Journey {
    pub(crate) state: State,
    /// What the last action asked for.
    pub(crate) effects: Vec<Effect>,
    /// Files that a worker can read, or wrote.
    files: BTreeMap<OfferId, Vec<u8>>,
    /// What a worker was asked about papers and has not answered yet.
    papers: BTreeMap<JobId, (PaperRequest, Vec<OfferId>, Vec<Sha256>)>,
    cuts: BTreeMap<JobId, CutOrder>,
    /// The last order for pictures.
    pub(crate) ordered: Option<CutOrder>,
    /// Papers are answered only when [`Journey::answers`] says so.
    pub(crate) slow: bool,
    offers: u32,
}

impl Journey {
    /// A page that is up, at `fragment`, with nothing listed yet.
    pub(crate) fn at(fragment: &str) -> Self {
        let mut journey = Self {
            state: State::default(),
            effects: Vec::new(),
            files: BTreeMap::new(),
            papers: BTreeMap::new(),
            cuts: BTreeMap::new(),
            ordered: None,
            slow: false,
            offers: 0,
        };
        journey.does(Action::Started {
            seed: 7,
            memory_gb: None,
            page: "https://boards.example/".to_owned(),
            fragment: fragment.to_owned(),
        });
        journey
    }

    /// A page that is up in a browser that keeps no cases, with the catalogue of [`board::catalogue`].
    pub(crate) fn fresh() -> Self {
        let mut journey = Self::at("");
        journey.does(Action::CasesListed(Vec::new()));
        journey.does(Action::CatalogueArrived(Ok(board::catalogue())));
        journey
    }

    /// The workbench with a comparison of [`board::reference`] and [`board::photo`] done.
    pub(crate) fn compared() -> Self {
        let mut journey = Self::fresh();
        journey.drops(&["known.jpg", "mine.jpg"]);
        journey.does(Action::Compare);
        let job = journey.compare_job();
        journey.does(Action::Compared(job, Box::new(board::comparison())));
        journey
    }

    pub(crate) fn does(&mut self, action: Action) -> &mut Self {
        self.effects = update(&mut self.state, action);
        let mut asked = Vec::new();
        for effect in &self.effects {
            match effect {
                Effect::Paper { job, request, offers, pictures } => {
                    self.papers.insert(*job, ((**request).clone(), offers.clone(), pictures.clone()));
                    asked.push(*job);
                }
                Effect::Cut { job, order, .. } => {
                    self.cuts.insert(*job, (**order).clone());
                    self.ordered = Some((**order).clone());
                    asked.push(*job);
                }
                _ => {}
            }
        }
        self.effects.retain(|effect| !matches!(effect, Effect::Paper { .. } | Effect::Cut { .. }));
        if !self.slow {
            let mut effects = std::mem::take(&mut self.effects);
            for job in asked {
                self.answers(job);
                effects.append(&mut self.effects);
            }
            self.effects = effects;
        }
        self
    }

    /// A worker answers what it was asked about papers, or about pictures for them.
    pub(crate) fn answers(&mut self, job: JobId) -> &mut Self {
        if let Some(order) = self.cuts.remove(&job) {
            let picture = Picture { width: 2, height: 2, rgb: vec![90; 12] };
            let marked = order.marked.map(|_| to_png(&picture).unwrap());
            let files = marked
                .into_iter()
                .chain(order.views.iter().map(|(_, view)| random::report::jpeg_of(view.width as u32, view.height as u32)));
            let made = files.collect::<Vec<_>>().into_iter().map(|file| self.file(file)).collect();
            // A worker finds one label on every photo.
            let label = FoundLabel { area: Rect::new(300.0, 200.0, 120.0, 50.0), kind: LabelKind::Bars };
            return self.does(Action::PicturesCut(job, made, if order.labels { vec![label] } else { Vec::new() }));
        }
        let Some((request, offers, pictures)) = self.papers.remove(&job) else { return self };
        // A kept picture is known by its hash; here its file says so.
        let kept = pictures.iter().map(|sha256| sha256.to_string().into_bytes());
        let files: Vec<_> = offers.iter().map(|offer| self.files[offer].clone()).chain(kept).collect();
        let (reply, made) = request.answer(&files);
        let made = made.into_iter().map(|file| self.file(file)).collect();
        self.does(Action::PaperAnswered(job, Box::new(reply), made))
    }

    fn file(&mut self, bytes: Vec<u8>) -> OfferId {
        self.offers += 1;
        self.files.insert(OfferId(self.offers), bytes);
        OfferId(self.offers)
    }

    /// A file of this text that can be chosen.
    pub(crate) fn text_file(&mut self, text: &str) -> Offer {
        let id = self.file(text.as_bytes().to_vec());
        Offer { id, title: "findings.json".into(), bytes: text.len() as u64, purpose: None, is_report: false, is_design: false }
    }

    /// Chooses a file of findings.
    pub(crate) fn imports(&mut self, text: &str) -> &mut Self {
        let file = self.text_file(text);
        self.does(Action::ImportFindings(file))
    }

    /// The file that the last action gave the person: its name, media type and text.
    pub(crate) fn saved(&self) -> (&str, &str, String) {
        let (name, media_type, bytes) = self.saved_bytes();
        (name, media_type, String::from_utf8(bytes).unwrap())
    }

    /// The same, its bytes.
    pub(crate) fn saved_bytes(&self) -> (&str, &str, Vec<u8>) {
        let mut downloads = self.effects.iter().filter_map(|effect| match effect {
            Effect::Download { offer, name, media_type } => Some((name, media_type, self.files[offer].clone())),
            _ => None,
        });
        let first = downloads.next().unwrap_or_else(|| panic!("{:?}", self.effects));
        assert!(downloads.next().is_none(), "one file at a time");
        (first.0, first.1, first.2)
    }

    /// A file that may be a report, as the shell offers it.
    pub(crate) fn offer_of(&mut self, bytes: &[u8]) -> Offer {
        let id = self.file(bytes.to_vec());
        let is_report = begins_like_report(&bytes[..bytes.len().min(64)]);
        Offer { id, title: "a file".into(), bytes: bytes.len() as u64, purpose: None, is_report, is_design: false }
    }

    /// Drops such a file.
    pub(crate) fn drops_file(&mut self, bytes: &[u8]) -> &mut Self {
        let offer = self.offer_of(bytes);
        self.does(Action::PicturesOffered(vec![offer]))
    }

    /// Offers files by name, as one drop; nothing has looked at them yet.
    pub(crate) fn offers(&mut self, names: &[&str]) -> Vec<JobId> {
        self.offers_for(None, names)
    }

    /// The same, for something that the person said first.
    pub(crate) fn offers_for(&mut self, purpose: Option<Purpose>, names: &[&str]) -> Vec<JobId> {
        let offers = names.iter().map(|name| {
            self.offers += 1;
            Offer {
                id: OfferId(self.offers),
                title: (*name).to_owned(),
                bytes: 4_000_000,
                purpose,
                is_report: false,
                is_design: false,
            }
        });
        let offers = offers.collect();
        self.does(Action::PicturesOffered(offers));
        let jobs = self.effects.iter().filter_map(|e| if let Effect::Inspect { job, .. } = e { Some(*job) } else { None });
        jobs.collect()
    }

    /// Drops files of a design; the drafter has not answered yet.
    pub(crate) fn offers_design(&mut self, files: &[(&str, &str)]) -> Vec<Offer> {
        let offers: Vec<Offer> = files
            .iter()
            .map(|(name, text)| Offer { title: (*name).to_owned(), is_design: true, ..self.text_file(text) })
            .collect();
        self.does(Action::PicturesOffered(offers.clone()));
        offers
    }

    /// The drafter draws these files.
    pub(crate) fn draws(&mut self, job: JobId, offers: &[Offer]) -> &mut Self {
        let names = offers.iter().map(|offer| offer.title.clone()).collect();
        let contents: Vec<Vec<u8>> = offers.iter().map(|offer| self.files[&offer.id].clone()).collect();
        let (reply, made) = DraftRequest::Draw { names, side: None }.answer(&contents, &mut Ignore);
        let made = made.into_iter().map(|file| self.file(file)).collect();
        self.does(Action::Drafted(job, Box::new(reply), made))
    }

    /// Drops files of a design, and the drafter draws them.
    pub(crate) fn drops_design(&mut self, files: &[(&str, &str)]) -> &mut Self {
        let offers = self.offers_design(files);
        let (job, _) = self.draft();
        self.draws(job, &offers)
    }

    /// What the last action asked the drafter.
    pub(crate) fn draft(&self) -> (JobId, DraftRequest) {
        let asked = self.effects.iter().find_map(|effect| match effect {
            Effect::Draft { job, request, .. } => Some((*job, (**request).clone())),
            _ => None,
        });
        asked.unwrap_or_else(|| panic!("{:?}", self.effects))
    }

    /// Offers files by name, and a worker finds each to be the picture of that name.
    pub(crate) fn drops(&mut self, names: &[&str]) -> &mut Self {
        for (job, name) in self.offers(names).into_iter().zip(names) {
            self.does(Action::PictureInspected(job, Ok(board::facts(name))));
        }
        self
    }

    /// Chooses a file for something in the open case, and a worker finds it to be the picture of that name.
    pub(crate) fn gives(&mut self, purpose: Purpose, name: &str) -> &mut Self {
        for job in self.offers_for(Some(purpose), &[name]) {
            self.does(Action::PictureInspected(job, Ok(board::facts(name))));
        }
        self
    }

    /// The one comparison that the last action asked for.
    pub(crate) fn compare_job(&self) -> JobId {
        let jobs: Vec<_> =
            self.effects.iter().filter_map(|e| if let Effect::Compare { job, .. } = e { Some(*job) } else { None }).collect();
        assert_eq!(jobs.len(), 1, "{:?}", self.effects);
        jobs[0]
    }

    /// The pictures that the last action wanted compared: the photo, then the references.
    pub(crate) fn compared_pictures(&self) -> Option<(Sha256, Vec<Sha256>)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Compare { photo, references, .. } => Some((*photo, references.clone())),
            _ => None,
        })
    }

    pub(crate) fn case(&self) -> &Case {
        self.state.case.as_ref().expect("a case is open")
    }

    pub(crate) fn comparison(&self) -> &Comparison {
        self.case().document.comparison().expect("the case is compared")
    }

    /// The link that Share makes.
    pub(crate) fn shares(&mut self) -> String {
        self.does(Action::Share);
        self.state.share.clone().expect("the dialog is open").link.expect("it is written").expect("there is a link").fragment
    }

    /// At the share dialog, looks at the pictures that would go along.
    pub(crate) fn looks(&mut self) -> &mut Self {
        self.does(Action::ShowPictures).does(Action::SetLooked(true))
    }

    /// What stands in a slot, by title.
    pub(crate) fn ready(&self, slot: Slot) -> Option<&str> {
        if let SlotState::Ready(entry) = self.state.slot(slot) { Some(&entry.title) } else { None }
    }

    /// All that is being said to the person.
    pub(crate) fn said(&self) -> String {
        self.state.notices.iter().map(|notice| notice.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}
