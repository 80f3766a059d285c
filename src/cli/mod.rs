//! The same core in a terminal.
//!
//! Exit status: 0 aligned or doubtful, 2 refused, 1 everything else, with the reason on standard error.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod arguments;
mod compare;
mod features;
mod points;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::Command;

/// Exit status of a comparison that was refused.
const REFUSED: u8 = 2;

/// Runs the command line with these arguments, the programme's own name left out.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match arguments::parse(arguments).and_then(perform) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("boardwatch: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn perform(command: Command) -> Result<ExitCode, String> {
    match command {
        Command::Help => println!("{}", arguments::HELP),
        Command::Version => println!("boardwatch {}", env!("CARGO_PKG_VERSION")),
        Command::Features { reference, out } => features::write(&reference, &out)?,
        Command::Compare(order) => {
            return compare::perform(&order).map(|refused| if refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS });
        }
    }
    Ok(ExitCode::SUCCESS)
}
