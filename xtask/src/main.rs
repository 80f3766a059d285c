//! The arguments of `cargo xtask`.

use std::process::ExitCode;

use lexopt::prelude::*;
use xtask::campaign::{self, Restart};
use xtask::serve::{self, Opening};
use xtask::step::Failure;
use xtask::{bench_browser, bench_table, dist, test, train};

const HELP: &str = "\
cargo xtask serve [--port N] [--open]     build the release app and serve it (port 8642; 0 takes a free one)
cargo xtask dist                          make the static site in dist/ and weigh it
cargo xtask test [PART...]                run every check, or only the named parts:
                                          format clippy tidy licences native consumers wasm dist e2e
cargo xtask campaign [NAME] [--restart]   list the long counts, or run one; stopped ones are resumed
cargo xtask bench-browser PHOTO REFERENCE [--runs N] [--workers 2]
                                          compare two pictures in a browser; time, processor time, memory (3 runs)
cargo xtask bench-table PHOTO REFERENCE    pan and zoom in a browser, beside OpenSeadragon: frames, work per frame
cargo xtask train [ranking | unlisted]    draw boards and train the networks that rank differences and look for unlisted parts (Python with torch)

Every command first puts in place what it needs and this machine lacks.";

fn main() -> ExitCode {
    match perform() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform() -> Result<(), Failure> {
    let mut arguments = Arguments::default();
    arguments.read().map_err(|error| Failure::Sentence(format!("{error}\n\n{HELP}")))?;
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    match (arguments.help, words.as_slice()) {
        (true, _) | (_, []) => {
            println!("{HELP}");
            Ok(())
        }
        (_, ["serve"]) => serve::serve(arguments.port, arguments.opening),
        (_, ["dist"]) => dist::dist(),
        (_, ["test", parts @ ..]) => test::test(parts),
        (_, ["bench-browser", photo, reference]) => {
            bench_browser::bench_browser(photo, reference, arguments.runs, arguments.workers)
        }
        (_, ["bench-table", photo, reference]) => bench_table::bench_table(photo, reference),
        (_, ["train"]) => train::ranking().and_then(|()| train::unlisted()),
        (_, ["train", "ranking"]) => train::ranking(),
        (_, ["train", "unlisted"]) => train::unlisted(),
        (_, ["campaign"]) => campaign::list(),
        (_, ["campaign", name]) => campaign::campaign(name, arguments.restart),
        (_, [word, ..]) => Err(Failure::Sentence(format!("`{word}` does not go together with the rest of the line.\n\n{HELP}"))),
    }
}

struct Arguments {
    words: Vec<String>,
    port: u16,
    opening: Opening,
    restart: Restart,
    runs: u32,
    workers: u32,
    help: bool,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            port: serve::PORT,
            opening: Opening::Print,
            restart: Restart::Resume,
            runs: 3,
            workers: 1,
            help: false,
        }
    }
}

impl Arguments {
    fn read(&mut self) -> Result<(), lexopt::Error> {
        let mut parser = lexopt::Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Value(word) => self.words.push(word.string()?),
                Long("port") => self.port = parser.value()?.parse()?,
                Long("open") => self.opening = Opening::Browser,
                Long("runs") => self.runs = parser.value()?.parse()?,
                Long("workers") => self.workers = parser.value()?.parse()?,
                Long("restart") => self.restart = Restart::FromTheStart,
                Short('h') | Long("help") => self.help = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(())
    }
}
