//! Catalogues of others: nothing is asked before the person agrees, nothing is used before it is checked, and several references come
//! into one case.

use boardwatch::app::library::{
    BUILT_IN, BoardState, Choice, Contents, FetchId, KeptCatalogue, KnownCatalogue, Library, LibraryAction, LibraryEffect, Need,
    update,
};
use boardwatch::app::{Action, Annex, Effect, Slot};
use boardwatch::catalog::{Side, host_of};
use boardwatch::report::{CatalogueSignature, PublicKey, SignatureBytes};
use boardwatch::vision::{Identity, Sha256};

use crate::board;
use crate::journey::Journey;
use crate::made_up_web::{ADDRESS, Web, web};
use crate::random::Dice;
use crate::recognising::said;

/// The library, and what it wants done.
#[derive(Default)]
pub(crate) struct Visit {
    pub(crate) library: Library,
    pub(crate) effects: Vec<LibraryEffect>,
    /// What the browser would say of signatures.
    fits: Option<bool>,
}

impl Visit {
    pub(crate) fn does(&mut self, action: LibraryAction) -> &mut Self {
        self.effects = update(&mut self.library, action);
        self
    }

    /// The hosts that the last action wants to ask.
    fn hosts(&self) -> Vec<String> {
        let asked = self.effects.iter().flat_map(|effect| match effect {
            LibraryEffect::FetchFiles(_, files) | LibraryEffect::HashFiles(_, files) => files.clone(),
            LibraryEffect::Recognise(_, catalogues) => catalogues.concat(),
            _ => Vec::new(),
        });
        asked.filter_map(|need| host_of(address(&need)?)).collect()
    }

    /// Answers what is wanted from this web, until no more is wanted; `kept` is what the browser kept.
    pub(crate) fn fetches(&mut self, web: &Web, kept: &Web) -> &mut Self {
        let mut left: Vec<LibraryEffect> = std::mem::take(&mut self.effects);
        let mut others = Vec::new();
        while let Some(effect) = left.pop() {
            match effect {
                LibraryEffect::FetchFiles(id, files) => self.answer(id, &files, web, kept),
                LibraryEffect::HashFiles(id, files) => {
                    let hash = |need: &Need| {
                        let file = came(need, web, kept)?.filter(|file| !file.is_empty());
                        let file = file.ok_or("what came is no picture".to_owned())?;
                        Ok((Sha256::of(&file), file.len() as u64))
                    };
                    let hashed = files.iter().map(hash).collect();
                    self.does(LibraryAction::FilesHashed(id, hashed));
                }
                LibraryEffect::Check(address, ..) => {
                    let fits = self.fits;
                    self.does(LibraryAction::SignatureChecked(address, fits));
                }
                other => {
                    others.push(other);
                    continue;
                }
            }
            left.append(&mut self.effects);
        }
        self.effects = others;
        self
    }

    fn answer(&mut self, id: FetchId, files: &[Need], web: &Web, kept: &Web) {
        let came: Result<Vec<Option<Vec<u8>>>, String> = files.iter().map(|need| came(need, web, kept)).collect();
        self.does(LibraryAction::FilesFetched(id, came));
    }

    /// The catalogue that was added last.
    fn known(&self) -> &KnownCatalogue {
        self.library.catalogues.as_ref().unwrap().last().unwrap()
    }

    pub(crate) fn models(&self) -> Vec<&str> {
        self.known().found.iter().flat_map(|(_, found)| &found.boards).map(|line| line.model.as_str()).collect()
    }

    /// The page of the first board.
    pub(crate) fn looks_at_the_first(&mut self, web: &Web) -> &mut Self {
        let line = self.known().found.as_ref().unwrap().1.boards[0].clone();
        self.does(LibraryAction::ShowBoard(ADDRESS.into(), Box::new(line), None)).fetches(web, &Web::new())
    }

    /// What is told to the page's programme.
    pub(crate) fn choice(&self) -> Choice {
        match &self.effects[..] {
            [LibraryEffect::Tell(choice)] => (**choice).clone(),
            other => panic!("{other:?}"),
        }
    }
}

fn address(need: &Need) -> Option<&str> {
    match need {
        Need::Now { address, .. } | Need::Known { address, .. } => Some(address),
        Need::Kept(_) => None,
    }
}

fn came(need: &Need, web: &Web, kept: &Web) -> Result<Option<Vec<u8>>, String> {
    match need {
        Need::Now { address, is_needed, .. } => match web.get(address) {
            None if *is_needed => Err(format!("{address} was not used: the host says 404.")),
            found => Ok(found.cloned()),
        },
        Need::Known { address, sha256, .. } => {
            let found = web.get(address).filter(|bytes| Sha256::of(bytes) == *sha256);
            found.cloned().map(Some).ok_or(format!("{address} was not used: its SHA-256 differs."))
        }
        Need::Kept(sha256) => Ok(kept.values().find(|bytes| Sha256::of(bytes) == *sha256).cloned()),
    }
}

/// The library with the catalogue of `web` opened.
pub(crate) fn opened(web: &Web) -> Visit {
    let mut visit = Visit { fits: Some(true), ..Visit::default() };
    visit.does(LibraryAction::CataloguesListed(Vec::new())).fetches(web, &Web::new());
    visit.does(LibraryAction::AddCatalogue("boards.example/c".into())).does(LibraryAction::AgreeToHost(true));
    visit.fetches(web, &Web::new());
    visit
}

#[test]
fn no_host_is_asked_before_the_person_agrees() {
    let web = web(1, 1);
    let mut visit = Visit::default();
    for action in [
        LibraryAction::CataloguesListed(Vec::new()),
        LibraryAction::AddCatalogue("boards.example/c".into()),
        LibraryAction::Search("x".into()),
    ] {
        visit.does(action);
        assert_eq!(visit.hosts(), [""; 0]);
    }
    assert_eq!(visit.library.asking.as_deref(), Some(ADDRESS));
    visit.does(LibraryAction::AgreeToHost(false));
    assert_eq!((visit.hosts(), &visit.library.asking), (Vec::new(), &None));
    assert_eq!(visit.library.catalogues.as_ref().unwrap().len(), 1, "only the built-in one");

    visit.does(LibraryAction::AddCatalogue(ADDRESS.into())).does(LibraryAction::AgreeToHost(true));
    assert_eq!(visit.hosts(), ["boards.example", "boards.example"]);
    let kept = KeptCatalogue { address: ADDRESS.into(), ..KeptCatalogue::default() };
    assert!(visit.effects.contains(&LibraryEffect::KeepCatalogue(kept)));
    visit.fetches(&web, &Web::new());
    assert!(visit.known().open().is_some(), "{:?}", visit.known().contents);
    visit.does(LibraryAction::AddCatalogue("boards.example/c".into()));
    assert!(visit.library.refused.is_some(), "it is here already");
    // A second catalogue of the same host needs no second agreement, and with the last one of them it ends.
    visit.does(LibraryAction::AddCatalogue("boards.example/d".into()));
    assert_eq!(visit.hosts().len(), 2);
    for _ in 0..2 {
        let address = visit.known().kept.address.clone();
        visit.does(LibraryAction::RemoveCatalogue(address.clone()));
        assert_eq!(visit.effects, [LibraryEffect::ForgetCatalogue(address)]);
    }
    visit.does(LibraryAction::AddCatalogue("boards.example/c".into()));
    assert!(visit.hosts().is_empty() && visit.library.asking.is_some());
}

#[test]
fn actions_in_any_order_ask_no_host_that_was_not_agreed_to() {
    let web = web(1, 600);
    for seed in 0..300 {
        let (mut dice, mut visit) = (Dice::new(seed), Visit::default());
        for step in 0..60 {
            let address = dice.one_of(&[ADDRESS, "https://other.example/catalog.json", BUILT_IN]).to_owned();
            let line =
                visit.library.catalogues.iter().flatten().flat_map(|known| &known.found).flat_map(|(_, found)| &found.boards);
            let line = line.last().cloned();
            match dice.below(15) {
                0 => visit.does(LibraryAction::CataloguesListed(Vec::new())),
                1 | 2 => visit.does(LibraryAction::AddCatalogue(dice.one_of(&["boards.example/c", "other.example", "?"]).into())),
                3 | 4 => visit.does(LibraryAction::AgreeToHost(dice.chance(2))),
                5 => visit.does(LibraryAction::OpenCatalogue(address)),
                6 => visit.does(LibraryAction::RemoveCatalogue(address)),
                7 => visit.does(LibraryAction::Search(dice.one_of(&["", "x", "x59", "acme x1"]).into())),
                8 if line.is_some() => visit.does(LibraryAction::ShowBoard(address, Box::new(line.unwrap()), None)),
                9 => visit.does(LibraryAction::UseReferences),
                10 => visit.does(LibraryAction::Recognise),
                11 => visit.does(LibraryAction::StopRecognising),
                12 => {
                    let job = FetchId(dice.below(40) as u32);
                    visit.does(LibraryAction::Recognised(
                        job,
                        Ok(said(Identity::Known, &[(dice.below(700) as u32, "acme-x1", Side::Top)])),
                    ))
                }
                13 => visit.does(LibraryAction::FilesFetched(FetchId(dice.below(40) as u32), Err("No network.".into()))),
                _ => visit.fetches(&web, &Web::new()),
            };
            let kept = visit.library.kept();
            let agreed = |host: &String| kept.iter().any(|kept| host_of(&kept.address).as_ref() == Some(host));
            assert!(visit.hosts().iter().all(agreed), "seed {seed}, step {step}");
        }
    }
}

#[test]
fn what_is_typed_while_files_come_is_looked_for_with_them() {
    let web = web(1, 600);
    let mut visit = opened(&web);
    assert_eq!(visit.models().len(), 24);
    let mut first = Vec::new();
    for question in ["x5", "x59", "x599"] {
        visit.does(LibraryAction::Search(question.into()));
        first.append(&mut visit.effects);
    }
    assert_eq!(first.len(), 1, "one search at a time");
    visit.effects = first;
    visit.fetches(&web, &Web::new());
    assert_eq!(visit.models(), ["X599"]);
    // Files of the index that are here are not fetched again.
    visit.does(LibraryAction::Search("x59".into()));
    assert_eq!((visit.hosts().len(), visit.models().len()), (0, 11));
}

#[test]
fn several_references_of_a_board_become_one_case() {
    let web = web(7, 1);
    let mut visit = opened(&web);
    visit.looks_at_the_first(&web);
    let page = visit.library.page.clone().unwrap();
    assert!(matches!(page.board, BoardState::Here(_)));
    assert_eq!(page.chosen, [board::sha("a0.jpg"), board::sha("b0.jpg")], "one of each unit, of the side that most show");
    visit.does(LibraryAction::ToggleReference(board::sha("d0.jpg")));
    assert_eq!(visit.library.page.as_ref().unwrap().chosen, [board::sha("d0.jpg")], "the other side is another choice");
    for name in ["c0.jpg", "b0.jpg", "a0.jpg"] {
        visit.does(LibraryAction::ToggleReference(board::sha(name)));
    }
    let choice = visit.does(LibraryAction::UseReferences).choice();
    assert_eq!((choice.references.len(), choice.kept.len()), (3, 1));

    let mut journey = Journey::fresh();
    journey.does(Action::OpenAnnex(Annex::Library));
    assert!(journey.state.annex.is_some() && journey.effects.contains(&Effect::SetFragment("library".into())));
    journey.does(Action::ReferencesChosen(Box::new(choice)));
    assert!(journey.state.annex.is_none());
    assert_eq!(hosts(&journey), ["boards.example"], "the others are fetched when they are needed");
    journey.does(Action::PictureFetched(board::sha("a0.jpg"), Ok(())));
    assert_eq!((journey.ready(Slot::KnownGood), journey.state.further.len()), (Some("Acme X0, unit 1"), 2));

    journey.drops(&["mine.jpg"]).does(Action::Compare);
    assert_eq!((journey.case().document.references().len(), journey.case().board.as_str()), (3, "Acme X0"));
    // They are looked for in this browser, then fetched.
    for name in ["b0.jpg", "c0.jpg"] {
        assert!(journey.effects.contains(&Effect::LoadPicture(board::sha(name))), "{:?}", journey.effects);
    }
    for name in ["b0.jpg", "c0.jpg"] {
        journey.does(Action::PictureLoaded(board::sha(name), false));
        assert_eq!(hosts(&journey), ["boards.example"]);
        assert!(journey.state.notices.is_empty(), "{}", journey.said());
    }
    journey.does(Action::PictureFetched(board::sha("b0.jpg"), Ok(())));
    journey.does(Action::PictureFetched(board::sha("c0.jpg"), Ok(())));
    let asked = journey.effects.iter().find_map(|effect| match effect {
        Effect::Compare { units, px_per_mm, features, .. } => Some((units.clone(), *px_per_mm, features.len())),
        _ => None,
    });
    assert_eq!(asked, Some((vec![Some(0), Some(1), Some(1)], Some(20.0), 3)));
    let job = journey.compare_job();
    journey.does(Action::Compared(job, Box::new(board::comparison_of("mine.jpg", "a0.jpg"))));
    let report = boardwatch::report::read_link(&journey.shares()).unwrap().report;
    assert_eq!(report.method.units, [Some(0), Some(1), Some(1)]);
    assert_eq!(report.references[1].catalogue, format!("Boards, edition 7 ({ADDRESS})"));
    assert_eq!((report.references[1].licence.as_str(), report.references[1].contributor.as_str()), ("CC-BY-4.0", "A. Keeper"));
}

/// The hosts that the page's programme wants to ask.
pub(crate) fn hosts(journey: &Journey) -> Vec<String> {
    let asked = journey.effects.iter().flat_map(|effect| match effect {
        Effect::FetchPicture { file, .. } => vec![file.path.clone()],
        Effect::Compare { features, .. } => features.iter().map(|file| file.path.clone()).collect(),
        _ => Vec::new(),
    });
    asked.filter_map(|address| host_of(&address)).collect()
}

#[test]
fn closing_the_library_leads_back_to_the_start() {
    let mut visit = opened(&web(1, 1));
    let choice = visit.does(LibraryAction::Close).choice();
    assert!(choice.references.is_empty() && choice.kept.len() == 1);
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).does(Action::OpenAnnex(Annex::Library)).does(Action::ReferencesChosen(Box::new(choice)));
    assert_eq!((journey.state.annex.is_some(), journey.ready(Slot::YourBoard)), (false, Some("mine.jpg")));
}

#[test]
fn what_changed_since_last_time_is_told() {
    let before = web(1, 1);
    let seen = Sha256::of(&before[ADDRESS]);
    let kept = KeptCatalogue { address: ADDRESS.into(), seen: Some(seen), ..KeptCatalogue::default() };
    let mut visit = Visit::default();
    visit.does(LibraryAction::CataloguesListed(vec![kept])).fetches(&web(2, 3), &before);
    let open = visit.known().open().unwrap();
    let changes = open.changes.clone().unwrap();
    assert_eq!((open.size(), changes.edition), ((3, 12), 1));
    let [added, changed, gone] = changes.boards.unwrap();
    assert_eq!((added, changed.0, gone.0), ((2, vec!["Acme X1".to_owned(), "Acme X2".to_owned()]), 0, 0));
    assert_eq!(visit.known().kept.seen, Some(Sha256::of(&web(2, 3)[ADDRESS])));
}

fn signed(web: &Web, key: u8) -> Web {
    let signature = CatalogueSignature { key: PublicKey([key; 32]), signature: SignatureBytes(([1; 32], [2; 32])) };
    let mut web = web.clone();
    web.insert("https://boards.example/c/catalog.sig".into(), signature.to_bytes());
    web
}

#[test]
fn another_signature_is_a_change_that_the_person_has_to_accept() {
    let plain = web(1, 1);
    for (before, now) in [(Some(7), signed(&plain, 9)), (Some(7), plain.clone()), (None, signed(&plain, 7))] {
        let key = before.map(|key| PublicKey([key; 32]));
        let seen = Some(Sha256::of(b"before"));
        let kept = KeptCatalogue { address: ADDRESS.into(), key, seen, ..KeptCatalogue::default() };
        let mut visit = Visit { fits: Some(true), ..Visit::default() };
        visit.does(LibraryAction::CataloguesListed(vec![kept])).fetches(&now, &Web::new());
        assert!(matches!(visit.known().contents, Contents::Changed(_)), "{:?}", visit.known().contents);
        assert_eq!((visit.known().kept.key, visit.known().found.is_some()), (key, false), "nothing of it is used");
        visit.does(LibraryAction::AcceptChange(ADDRESS.into()));
        assert!(visit.known().open().is_some() && visit.models() == ["X0"]);
        assert_ne!(visit.known().kept.key, key);
    }
    let mut visit = opened(&signed(&plain, 7));
    assert_eq!(visit.known().kept.key, Some(PublicKey([7; 32])), "pinned when it is first seen");
    visit.does(LibraryAction::OpenCatalogue(ADDRESS.into())).fetches(&signed(&plain, 7), &Web::new());
    assert!(visit.known().open().is_some());
    visit.fits = Some(false);
    visit.does(LibraryAction::OpenCatalogue(ADDRESS.into())).fetches(&signed(&plain, 7), &Web::new());
    assert!(matches!(&visit.known().contents, Contents::Failed(sentence) if sentence.contains("does not fit")));
}

#[test]
fn a_broken_catalogue_says_what_is_wrong_with_it() {
    let whole = web(1, 1);
    let broken = |change: &dyn Fn(&mut Web)| {
        let mut web = whole.clone();
        change(&mut web);
        match &opened(&web).known().contents {
            Contents::Failed(sentence) => sentence.clone(),
            other => panic!("{other:?}"),
        }
    };
    let put = |address: &'static str, bytes: &'static [u8]| {
        broken(&move |web: &mut Web| drop(web.insert(address.to_owned(), bytes.to_vec())))
    };
    assert!(put(ADDRESS, b"<!doctype html>").contains("can't be read"));
    assert!(put(ADDRESS, br#"{"format": "boardwatch-board", "version": 1}"#).contains("boardwatch-catalogue"));
    assert!(put("https://boards.example/c/catalog.sig", b"{}").contains("signature"));
    assert!(broken(&|web: &mut Web| drop(web.remove(ADDRESS))).contains("404"));
}
