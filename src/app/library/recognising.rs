//! Which board is this? The photo is looked for among what the open catalogues say their boards are recognised by. Nothing is chosen: the
//! person is told what it may be, and looks.

use super::update::shelve;
use super::{FetchId, Library, LibraryEffect, Need};
use crate::catalog::search::{Step, numbered};
use crate::catalog::{BoardLine, CatalogueError, MOST_CODE_FILES, Recognised, Recognition};
use crate::vision::Identity;

/// Where the question is.
#[derive(Debug, Clone, PartialEq)]
pub enum Recognising {
    /// The photo is looked at.
    Looking {
        /// Names the work.
        job: FetchId,
        /// The share of it that is done, 0 to 1.
        done: f32,
        /// The catalogues that are asked, by their addresses.
        asked: Vec<String>,
        /// Those that are not, each with why, as a sentence.
        unasked: Vec<String>,
    },
    /// It is known which boards it may be, but not yet what all of them are called.
    Naming {
        /// What is known.
        answer: Box<Answer>,
        /// Names the files that tell.
        fetch: FetchId,
        /// The catalogue that they are of, and their paths.
        files: (String, Vec<String>),
    },
    /// What was found.
    Told(Box<Answer>),
    /// Nothing could be found out; why, as a sentence.
    Failed(String),
}

/// What the photo may show.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Whether it is the first of the boards, one of the first few, or none.
    pub identity: Identity,
    /// Best first; those of an unknown board are guesses.
    pub guesses: Vec<Guess>,
    /// Catalogues that were not asked, each with why, as a sentence.
    pub unasked: Vec<String>,
}

/// A board that the photo may show.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// Of the catalogue at this address.
    pub catalogue: String,
    /// What it is called, once that is known.
    pub line: Option<BoardLine>,
    /// How it lies, and how likely it is.
    pub found: Recognised,
}

/// What is less likely than this is not told of.
const LEAST_TOLD: f64 = 0.01;

impl Guess {
    /// True for a board that may be it.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.found.confidence >= LEAST_TOLD
    }
}

/// Has the photo looked for in all catalogues that are open.
pub(super) fn start(library: &mut Library) -> Vec<LibraryEffect> {
    let mut effects = stop(library);
    let (mut asked, mut files, mut unasked, mut count) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for known in library.catalogues.iter().flatten() {
        let Some((open, edition)) = known.open().zip(known.edition()) else {
            unasked.push(not_asked(&known.kept.title, &known.kept.address, "it is not open"));
            continue;
        };
        let codes = &open.index.recognise;
        let needs: Vec<Need> = codes.iter().map(|file| Need::of(&edition.file(file))).collect();
        match needs.len() {
            0 if open.size().0 == 0 => {}
            0 => unasked.push(not_asked(&edition.title, &edition.address, "it does not say what its boards are recognised by")),
            more if count + more > MOST_CODE_FILES => {
                unasked.push(not_asked(&edition.title, &edition.address, "there are too many boards to look at all at once"));
            }
            more => {
                count += more;
                asked.push(edition.address);
                files.push(needs);
            }
        }
    }
    let job = library.number();
    library.recognising = Some(if asked.is_empty() {
        let why = if unasked.is_empty() { "No catalogue has boards.".to_owned() } else { unasked.join(" ") };
        Recognising::Failed(format!("Nothing could be looked at. {why}"))
    } else {
        effects.push(LibraryEffect::Recognise(job, files));
        Recognising::Looking { job, done: 0.0, asked, unasked }
    });
    effects
}

fn not_asked(title: &str, address: &str, why: &str) -> String {
    format!("“{}” was not asked: {why}.", if title.is_empty() { address } else { title })
}

/// Lets go of the question.
pub(super) fn stop(library: &mut Library) -> Vec<LibraryEffect> {
    match library.recognising.take() {
        Some(Recognising::Looking { job, .. }) => vec![LibraryEffect::StopRecognising(job)],
        _ => Vec::new(),
    }
}

/// So much of the work is done.
pub(super) fn progressed(library: &mut Library, at: FetchId, share: f32) {
    if let Some(Recognising::Looking { job, done, .. }) = &mut library.recognising
        && *job == at
    {
        *done = share;
    }
}

/// The photo was looked at; `failed` are numbers of catalogues whose files did not come, each with why. Or nothing could be done; why, as a
/// sentence.
pub(super) fn recognised(
    library: &mut Library,
    at: FetchId,
    result: Result<(Recognition, Vec<String>), String>,
) -> Option<LibraryEffect> {
    let is_it = |recognising: &mut Recognising| matches!(recognising, Recognising::Looking { job, .. } if *job == at);
    let Recognising::Looking { asked, mut unasked, .. } = library.recognising.take_if(is_it)? else { return None };
    let answer = result.and_then(|(said, failed)| {
        unasked.extend(failed);
        let named = |number: u32| asked.get(number as usize).map(String::as_str).unwrap_or_default();
        unasked.extend(said.unread.iter().map(|(number, why)| format!("{} was not asked. {why}", named(*number))));
        if said.unread.len() >= asked.len() {
            return Err(unasked.join(" "));
        }
        let guess =
            |found: Recognised| Some(Guess { catalogue: asked.get(found.catalogue as usize)?.clone(), line: None, found });
        let guesses: Option<Vec<Guess>> = said.boards.into_iter().map(guess).collect();
        let guesses = guesses.ok_or_else(|| CatalogueError::BrokenIndex.to_string())?;
        Ok(Answer { identity: said.identity, guesses, unasked })
    });
    name(library, answer)
}

/// True when it is this that is waited for.
pub(super) fn waits_for(library: &Library, at: FetchId) -> bool {
    matches!(library.recognising, Some(Recognising::Naming { fetch, .. }) if fetch == at)
}

/// Files that tell what boards are called came, or not; why, as a sentence.
pub(super) fn named(library: &mut Library, result: Result<Vec<Option<Vec<u8>>>, String>) -> Option<LibraryEffect> {
    let Recognising::Naming { answer, files: (address, paths), .. } = library.recognising.take()? else { return None };
    let shelved = result.and_then(|files| match library.catalogue_mut(&address) {
        Some(catalogue) => shelve(catalogue, paths, files).map_err(|error| error.to_string()),
        None => Ok(()),
    });
    name(library, shelved.map(|()| *answer))
}

/// Finds out what the boards are called, or what has to be fetched for that.
fn name(library: &mut Library, answer: Result<Answer, String>) -> Option<LibraryEffect> {
    let fetch = library.number();
    let named = answer.and_then(|mut answer| {
        let wanted = lines(library, &mut answer).map_err(|error| error.to_string())?;
        Ok((answer, wanted))
    });
    let (recognising, effect) = match named {
        Err(sentence) => (Recognising::Failed(sentence), None),
        Ok((answer, None)) => (Recognising::Told(Box::new(answer)), None),
        Ok((answer, Some((address, files)))) => {
            let (paths, needs) = files.into_iter().unzip();
            let naming = Recognising::Naming { answer: Box::new(answer), fetch, files: (address, paths) };
            (naming, Some(LibraryEffect::FetchFiles(fetch, needs)))
        }
    };
    library.recognising = Some(recognising);
    effect
}

/// A catalogue, and what is needed of it: paths, and how to get at them.
type Missing = (String, Vec<(String, Need)>);

/// Gives each board its line in its catalogue; or says what has to be fetched first.
fn lines(library: &Library, answer: &mut Answer) -> Result<Option<Missing>, CatalogueError> {
    let addresses: Vec<String> = answer.guesses.iter().map(|guess| guess.catalogue.clone()).collect();
    for address in addresses {
        let open = library.catalogue(&address).and_then(|known| known.open().zip(known.edition()));
        let (open, edition) = open.ok_or(CatalogueError::BrokenIndex)?;
        let mut of_it: Vec<&mut Guess> = answer.guesses.iter_mut().filter(|guess| guess.catalogue == address).collect();
        let numbers: Vec<u32> = of_it.iter().map(|guess| guess.found.number).collect();
        match numbered(&open.index, &open.shelf, &numbers)? {
            Step::Fetch(wanted) => {
                let files = wanted.into_iter().map(|file| (file.path.clone(), Need::wanted(&edition, &file))).collect();
                return Ok(Some((address, files)));
            }
            Step::Found(found) => {
                for (guess, line) in of_it.iter_mut().zip(found.boards) {
                    // What a file of codes calls a board has to be what the catalogue does.
                    if line.id != guess.found.board {
                        return Err(CatalogueError::BrokenIndex);
                    }
                    guess.line = Some(line);
                }
            }
        }
    }
    Ok(None)
}
